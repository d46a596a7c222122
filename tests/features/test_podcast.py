from __future__ import annotations

import json
import struct
import zlib
from typing import Any
from xml.etree import ElementTree as ET

import feedparser  # type: ignore[import-untyped]
import pytest

from generator.check import check_links
from tests.conftest import SETTINGS, Community, community, only
from tests.sounds import m4a, mp3, opus, wav

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
BASE = "https://example.org/forum"
BOARD = "title: Radio\nkind: podcast\ndescription: Words\ncover: cover.png\ncategory: Technology\nauthor: leila\n"
VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Leila>Hello &lt;b&gt;\n\n00:02.500 --> 00:04.000\nand welcome.\n\n00:05.000 --> 00:06.000\n<v Omid>Thanks.\n"


def png(width: int, height: int | None = None) -> bytes:
    head = struct.pack(">IIBBBBB", width, height or width, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))


def episode(more: str = "audio: talk.mp3\n", text: str = "Notes.", day: int = 1) -> str:
    return f"---\ntitle: First\nauthor: leila\ndate: 2026-01-{day:02}\n{more}---\n{text}\n"


@pytest.fixture
def radio(site: Community) -> Community:
    """A podcast with one episode of some two seconds and a half."""
    files: dict[str, str | bytes] = {"radio/first/index.md": episode(), "radio/first/talk.mp3": mp3(), "radio/cover.png": png(1400)}
    return site.write(files, radio=BOARD)


def feed(site: Community) -> ET.Element:
    channel = ET.fromstring(site.file("/radio/feed.rss").read_bytes())[0]
    assert isinstance(channel, ET.Element)
    return channel


def item(site: Community) -> ET.Element:
    (found,) = feed(site).iter("item")
    return found


def read(site: Community, address: str) -> Any:
    found = feedparser.parse(site.file(address).read_bytes())
    assert not found.bozo, found.get("bozo_exception")
    return found


# The feed ------------------------------------------------------------------


def test_the_feed_has_what_directories_ask_for(radio: Community) -> None:
    radio.clean()
    channel, found = feed(radio), item(radio)
    assert channel.findtext("title") == "Radio"
    assert channel.findtext(f"{ITUNES}explicit") == "false"
    assert channel.findtext(f"{ITUNES}author") == "leila"
    assert channel.find(f"{ITUNES}image").attrib == {"href": f"{BASE}/radio/cover.png"}  # type: ignore[union-attr]
    assert channel.find(f"{ITUNES}category").attrib == {"text": "Technology"}  # type: ignore[union-attr]
    assert found.find("enclosure").attrib == {  # type: ignore[union-attr]
        "url": f"{BASE}/radio/first/talk.mp3", "length": str(len(mp3())), "type": "audio/mpeg",
    }  # fmt: skip
    assert found.findtext(f"{ITUNES}duration") == "3"
    assert found.findtext(f"{ITUNES}episodeType") == "full"
    assert found.findtext("guid") == f"{BASE}/radio/first/"


def test_programs_read_it(radio: Community) -> None:
    radio.clean()
    found = read(radio, "/radio/feed.rss")
    assert found.version == "rss20"
    assert found.feed.image.href == f"{BASE}/radio/cover.png"
    (one,) = found.entries
    assert one.itunes_duration == "3"
    assert [each.type for each in one.enclosures] == ["audio/mpeg"]


def test_our_own_check_finds_nothing_wrong(radio: Community) -> None:
    radio.write({"radio/first/index.md": episode("audio: talk.mp3\ntranscript: talk.vtt\nchapters: [0:00 One]\n"), "radio/first/talk.vtt": VTT})
    radio.clean()
    found = check_links(radio.root / "output", prefix="/forum", origin="https://example.org", strictly=frozenset({"html", "feeds"}))
    assert not list(found)


def test_podcasting_2_is_told_all(radio: Community) -> None:
    radio.write({
        "radio/board.md": f"---\n{BOARD}guid: one\nlocked: yes\nowner: us@example.org\nfunding: {{url: https://example.org/give, text: Tea}}\npeople: leila\n---\n",
        "radio/first/index.md": episode(
            "id: old-guid\naudio: talk.mp3\nseason: 2\nepisode: 7\nepisode_type: bonus\nexplicit: yes\nchapters: [0:00 One, 1:30 Two]\n"
            "transcript: [talk.vtt, words.md]\npeople: {guest: Noor}\n"
        ),
        "radio/first/talk.vtt": VTT,
        "radio/first/words.md": "**Leila:** Hello\n\n**Omid:** *Thanks*\n",
    }).clean()  # fmt: skip
    channel, found = feed(radio), item(radio)
    assert channel.findtext(f"{PODCAST}guid") == "one"
    assert channel.find(f"{PODCAST}locked").attrib == {"owner": "us@example.org"}  # type: ignore[union-attr]
    assert channel.findtext(f"{PODCAST}funding") == "Tea"
    assert channel.findtext(f"{PODCAST}person") == "leila"
    assert [found.findtext(f"{ITUNES}{name}") for name in ("season", "episode", "episodeType", "explicit")] == ["2", "7", "bonus", "true"]
    assert found.findtext(f"{PODCAST}person") == "Noor"
    assert found.findtext("guid") == "urn:uuid:" + found.findtext("guid", "")[9:]
    assert [each.get("type") for each in found.iter(f"{PODCAST}transcript")] == ["text/vtt", "text/plain"]
    assert radio.source("/radio/first/words.txt") == "Leila: Hello\n\nOmid: Thanks\n\n"
    assert found.find(f"{PODCAST}chapters").get("url") == f"{BASE}/radio/first/episode-chapters.json"  # type: ignore[union-attr]
    made = json.loads(radio.source("/radio/first/episode-chapters.json"))
    assert made["chapters"] == [{"startTime": 0, "title": "One"}, {"startTime": 90, "title": "Two"}]


def test_a_podcast_that_gives_no_guid_has_one_by_its_feeds_address(site: Community) -> None:
    # The specification's own example, which has another address than any of our feeds.
    from generator.syndication.podcasting import podcast_guid

    assert podcast_guid("https://mp3s.nashownotes.com/pc20rss.xml") == "917393e3-1b1e-5cef-ace4-edaa54e1f810"


def test_a_sound_elsewhere_is_what_its_author_says(radio: Community) -> None:
    sound = "audio: {url: https://example.org/1.mp3, length: 900, type: audio/mpeg, duration: 1:30}\n"
    radio.write({"radio/first/index.md": episode(sound)}).clean()
    assert item(radio).find("enclosure").attrib == {"url": "https://example.org/1.mp3", "length": "900", "type": "audio/mpeg"}  # type: ignore[union-attr]
    assert item(radio).findtext(f"{ITUNES}duration") == "90"


def test_another_sound_changes_the_feed_and_the_page(radio: Community) -> None:
    radio.clean()
    radio.write({"radio/first/talk.mp3": mp3(1000)}).clean()
    assert item(radio).find("enclosure").get("length") == str(len(mp3(1000)))  # type: ignore[union-attr]
    assert radio.text("/radio/first/", ".player time") == "0:26"
    assert radio.texts("/radio/", ".episode-row time") == ["1 Jan 2026", "0:26"]


# What is wrong -------------------------------------------------------------


@pytest.mark.parametrize(("files", "field", "told"), [
    ({"radio/first/index.md": episode("")}, "audio", "without a sound"),
    ({"radio/first/index.md": episode("audio: gone.mp3\n")}, "audio", "not there"),
    ({"radio/first/talk.mp3": opus()}, "audio", "Ogg by its bytes"),
    ({"radio/first/index.md": episode("audio: talk.m4a\n"), "radio/first/talk.m4a": m4a(9)[:-9]}, "audio", "cut off"),
    ({"radio/first/index.md": episode("audio: talk.wav\n"), "radio/first/talk.wav": wav()}, "audio", "MP3 and M4A alone"),
    ({"radio/first/index.md": episode("audio: {url: https://example.org/1.mp3}\n")}, "audio", "size of a sound elsewhere"),
    ({"radio/first/index.md": episode("audio: talk.mp3\nchapters: gone.json\n")}, "chapters", "not there"),
    ({"radio/first/index.md": episode("audio: talk.mp3\nchapters: c.json\n"), "radio/first/c.json": "{"}, "chapters", "no JSON"),
    ({"radio/first/index.md": episode("audio: talk.mp3\ntranscript: words.md\n")}, "transcript", "not there"),
    ({"radio/first/index.md": episode("audio: talk.mp3\ntranscript: t.srt\n"), "radio/first/t.srt": "x"}, "transcript", "no line of it"),
    ({"radio/cover.png": png(1200)}, "cover", "1200 × 1200"),
    ({"radio/cover.png": png(1400, 1500)}, "cover", "1400 × 1500"),
    ({"radio/cover.png": b"GIF89a"}, "cover", "no JPEG or PNG"),
    ({"radio/board.md": f"---\n{BOARD.replace('cover.png', 'none.png')}---\n"}, "cover", "not there"),
    ({"radio/board.md": f"---\n{BOARD.replace('Technology', 'Tecnology')}---\n"}, "category", "no category"),
])  # fmt: skip
def test_what_is_wrong_is_told_with_its_file_and_field(
    radio: Community, files: dict[str, str | bytes], field: str, told: str
) -> None:
    result = radio.write(files).build()
    problem = only(result)
    assert (problem.field, told in problem.message, bool(problem.hint)) == (field, True, True), problem


def test_the_nearest_category_is_named(radio: Community) -> None:
    radio.write(radio=BOARD.replace("Technology", "Personal Journal"))
    assert "“Personal Journals”" in only(radio.build()).hint
    radio.write(radio=BOARD.replace("Technology", "personal journals")).clean()
    category = feed(radio).find(f"{ITUNES}category")
    assert category is not None
    assert [each.get("text") for each in category.iter()] == ["Society & Culture", "Personal Journals"]


def test_an_episode_that_can_not_be_heard_is_not_in_the_feed(radio: Community) -> None:
    radio.write({"radio/first/talk.mp3": b"nothing"}).build()
    assert not list(feed(radio).iter("item"))
    radio.write({"radio/first/talk.mp3": mp3()}).clean()
    assert item(radio) is not None


def test_a_transcript_in_the_folder_is_one_only_where_the_topic_names_it(radio: Community) -> None:
    radio.write({"radio/first/words.md": "Hello."})
    assert "expected a reply" in only(radio.build(), "content/radio/first/words.md").message
    radio.write({"radio/first/index.md": episode("audio: talk.mp3\ntranscript: words.md\n")}).clean()
    assert radio.text("/radio/first/", ".transcript .speeches") == "Hello."
    radio.write({"radio/first/words.md": "Good bye."}).clean()
    assert radio.text("/radio/first/", ".transcript .speeches") == "Good bye."
    radio.write({"radio/first/index.md": episode()})
    assert "expected a reply" in only(radio.build(), "content/radio/first/words.md").message


# Pages ---------------------------------------------------------------------


def test_an_episode_has_a_player_chapters_and_its_words(radio: Community) -> None:
    more = 'audio: talk.mp3\nseason: 2\nepisode: 7\nchapters: [{at: "0:01", title: "<b>One</b>"}]\ntranscript: talk.vtt\npeople: {host: leila}\n'
    radio.write({"radio/first/index.md": episode(more), "radio/first/talk.vtt": VTT}).clean()
    page = "/radio/first/"
    assert radio.attributes(page, "audio", "src") == ["/forum/radio/first/talk.mp3"]
    assert radio.attributes(page, "audio", "preload") == ["none"]
    assert radio.attributes(page, "a.chapter", "href") == ["/forum/radio/first/talk.mp3#t=1"]
    assert radio.text(page, "a.chapter") == "0:01 <b>One</b>"
    assert radio.texts(page, ".speech") == ["0:01 Leila Hello <b> and welcome.", "0:05 Omid Thanks."]
    assert radio.attributes(page, ".speech span", "data-from") == ["1", "2.5", "5"]
    assert radio.text(page, ".episode-title .kicker") == "Season 2 Episode 7"
    assert "/forum/radio/feed.rss" in radio.attributes(page, ".player a", "href")


def test_the_board_lists_episodes_by_season_newest_first(radio: Community) -> None:
    for day, season in ((2, 1), (3, 2), (4, 2)):
        text = episode(f"audio: talk.mp3\nseason: {season}\nepisode: {day}\n", day=day)
        radio.write({f"radio/e{day}/index.md": text, f"radio/e{day}/talk.mp3": mp3()})
    radio.write({"radio/first/index.md": episode("audio: talk.mp3\nseason: 1\nepisode: 1\nepisode_type: trailer\nexplicit: yes\n")}).clean()
    assert radio.texts("/radio/", ".season") == ["Season 2", "Season 1"]
    assert radio.texts("/radio/", ".episode-row .kicker") == ["Episode 4", "Episode 3", "Episode 2", "Episode 1 Trailer Explicit"]


def test_search_engines_and_networks_are_told(radio: Community) -> None:
    radio.clean()
    (text,) = radio.texts("/radio/first/", "script[type='application/ld+json']")
    node = json.loads(text)["@graph"][0]
    assert node["@type"] == "PodcastEpisode"
    assert node["associatedMedia"]["contentUrl"] == f"{BASE}/radio/first/talk.mp3"
    assert node["partOfSeries"]["webFeed"] == f"{BASE}/radio/feed.rss"
    (text,) = radio.texts("/radio/", "script[type='application/ld+json']")
    assert json.loads(text)["@graph"][0]["@type"] == "PodcastSeries"
    assert radio.attributes("/radio/first/", "meta[property='og:audio']", "content") == [f"{BASE}/radio/first/talk.mp3"]


# Voices in replies ---------------------------------------------------------


def test_a_voice_in_a_reply_has_a_player_and_is_in_the_topics_feeds(tmp_path: Any) -> None:
    settings = SETTINGS + '[feeds]\nformats = ["atom", "rss", "json"]\nplaces = ["topics"]\n'
    text = "---\ntitle: Tea\nauthor: leila\ndate: 2026-01-01\n---\nHi.\n\n--- reply\nauthor: omid\ndate: 2026-01-02\naudio: tea/v.opus\n---\nSpoken.\n"
    site = community(tmp_path / "site", {"cafe/tea.md": text, "cafe/tea/v.opus": opus(3)}, settings, cafe="title: Café")
    site.clean()
    assert site.attributes("/cafe/tea/", ".reply audio", "src") == ["/forum/cafe/tea/v.opus"]
    assert site.text("/cafe/tea/", ".reply .is-player time") == "0:03"
    for name in ("feed.xml", "feed.rss"):
        (sound,) = read(site, f"/cafe/tea/{name}").entries[0].enclosures
        assert (sound.href, sound.length, sound.type) == (f"{BASE}/cafe/tea/v.opus", str(len(opus(3))), "audio/ogg")
    (sound,) = json.loads(site.source("/cafe/tea/feed.json"))["items"][0]["attachments"]
    assert sound == {"url": f"{BASE}/cafe/tea/v.opus", "mime_type": "audio/ogg", "size_in_bytes": len(opus(3)), "duration_in_seconds": 3}


def test_a_voice_that_is_cut_off_is_told(site: Community) -> None:
    text = "---\ntitle: Tea\ndate: 2026-01-01\n---\nHi.\n\n--- reply\nauthor: omid\naudio: v.opus\n---\nSpoken.\n"
    site.write({"cafe/tea.md": text, "cafe/v.opus": opus()[:-9]}, cafe="title: Café")
    problem = only(site.build())
    assert (problem.field, problem.severity, "cut off" in problem.message) == ("audio", "warning", True)
