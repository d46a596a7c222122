"""Pages of media, and the files that entries have attached."""

from __future__ import annotations

import json

import pytest

from generator.check import check_links
from generator.features.media import ENTRIES
from tests.conftest import SETTINGS, Community, community
from tests.films import mp4
from tests.photographs import image, photograph
from tests.sounds import wav

MEDIA = f"{SETTINGS}[boards]\nmedia = true\nper_page = 10\n"
HEAD = "---\ntitle: {0}\nauthor: leila\ndate: 2026-01-{1:02}\n{2}---\n"


def topic(title: str, text: str, day: int = 1, more: str = "") -> str:
    return HEAD.format(title, day, more) + text


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Community:
    """Two boards, of which one has media: two short topics, and one of three pages with a picture in each reply."""
    replies = "".join(f"\n--- reply\nid: r{n}\nauthor: omid\ndate: 2026-02-01 00:{n:02}\n---\n![P{n}](p{n}.png)\n" for n in range(26))
    pictures: dict[str, str | bytes] = {f"cafe/long/p{n}.png": b"\x89PNG\r\n\x1a\n" for n in range(26)}
    files: dict[str, str | bytes] = {
        "cafe/one/index.md": topic(
            "One", '![A "view" & more](a.png)\n\n![Talk](talk.mp4)\n\n![](https://elsewhere.example/b%20c.gif)\n\n![Gone](gone.png)',
            2, "attachments: [a.png, {file: notes.pdf, name: <Notes>}, talk.mp4, chime.wav, rows.csv]\naudio: chime.wav\n",
        ),
        "cafe/one/a.png": b"\x89PNG\r\n\x1a\n", "cafe/one/talk.mp4": mp4(seconds=75), "cafe/one/talk.jpg": b"\xff\xd8",
        "cafe/one/notes.pdf": b"%PDF" + bytes(1_200_000), "cafe/one/chime.wav": wav(2), "cafe/one/rows.csv": "a,b\n",
        "cafe/words.md": topic("Words", "Nothing but words."), "quiet/a.md": topic("Quiet", "No picture."),
        "cafe/hidden.md": topic("Hidden", "![x](one/a.png)", 3, "hidden: true\n"),
        "cafe/long/index.md": topic("Long", "It goes on." + replies, 4), **pictures,
        "room/talk.md": topic("Talk", "What is said.", 1, "") + "\n--- reply\nid: a\nauthor: omid\ndate: 2025-12-01\n---\n![Garden](garden.jpg)\n",
        "room/garden.jpg": photograph(made=image(800, 534), quality=95),
    }  # fmt: skip
    site = community(tmp_path_factory.mktemp("media") / "site", files, MEDIA, cafe="title: Cafe", quiet="title: Quiet", room="title: Room\nkind: chat")
    assert [problem.message for problem in site.build().problems] == ["the address “gone.png” leads to no page and no file"]
    return site


def test_a_board_shows_all_of_its_media_newest_first_each_once(made: Community) -> None:
    titles = made.texts("/cafe/media/page/1/", ".tile-title")
    assert titles[-7:] == ["P0", 'A "view" & more', "b c.gif", "Talk", "<Notes>", "chime.wav", "rows.csv"]
    assert made.texts("/cafe/media/", ".tile-title") == [f"P{n}" for n in range(25, 25 - ENTRIES, -1)]
    assert made.attributes("/cafe/media/page/1/", ".tile > a", "href")[-7:] == [
        "/forum/cafe/long/#r-r0", *["/forum/cafe/one/"] * 6,
    ]  # fmt: skip


def test_a_film_has_its_picture_and_length_there(made: Community) -> None:
    assert made.attributes("/cafe/media/page/1/", ".is-film img", "src") == ["/forum/cafe/one/talk.jpg"]
    assert made.texts("/cafe/media/page/1/", ".is-film bdi, .is-sound bdi, .is-file bdi") == ["1:15", "PDF", "0:02", "CSV"]


def test_a_long_topic_has_a_page_of_its_own_and_a_short_one_has_none(made: Community) -> None:
    assert len(made.texts("/cafe/long/media/", ".tile")) == ENTRIES
    assert made.text("/cafe/long/media/", "h1") == "Media of Long"
    assert made.attributes("/cafe/long/", ".topic-facts a[href$='/media/']", "href") == ["/forum/cafe/long/media/"]
    assert not made.has("/cafe/one/media/")


def test_a_conversation_has_its_media_too_in_a_size_that_fits(made: Community) -> None:
    assert made.attributes("/room/talk/", ".chat-facts a[href$='/media/']", "href") == ["/forum/room/talk/media/"]
    for page in ("/room/talk/media/", "/room/media/"):
        assert made.attributes(page, ".tile > a", "href") == ["/forum/room/talk/2025-12-01/#r-a"]
        assert made.attributes(page, ".tile source", "type") == ["image/avif", "image/webp"]
        assert all(" 480w" in srcset for srcset in made.attributes(page, ".tile source", "srcset"))
    assert made.texts("/media/page/1/", ".tile-title")[0] != made.texts("/media/page/1/", ".tile-title")[-1] == "Garden"


def test_only_boards_with_media_have_the_page_and_lead_to_it(made: Community) -> None:
    assert made.attributes("/cafe/", ".page-tools a[href$='/media/']", "href") == ["/forum/cafe/media/"]
    assert made.has("/media/")
    assert not made.has("/quiet/media/")
    assert "/quiet/media/" not in made.source("/quiet/")


def test_everything_leads_somewhere(made: Community) -> None:
    broken = list(check_links(made.root / "output", prefix="/forum", origin="https://example.org"))
    assert [one for one in broken if "gone.png" not in str(one)] == []


def test_attachments_say_what_they_are(made: Community) -> None:
    facts = made.texts("/cafe/one/", ".files .file-size")
    assert facts == ["PDF · 1.2 MB", "1:15 · MP4 · 4.3 kB", "0:02 · WAV · 16 kB", "CSV · 4 B"]
    assert made.attributes("/cafe/one/", ".files video", "poster") == ["/forum/cafe/one/talk.jpg"]
    assert made.attributes("/cafe/one/", ".files audio", "aria-label") == ["chime.wav"]
    assert made.texts("/cafe/one/", ".files .file-name") == ["<Notes>", "talk.mp4", "chime.wav", "rows.csv"]
    assert made.attributes("/cafe/one/", ".files .is-picture img", "alt") == ["a.png"]


def test_all_pages_lead_to_that_of_the_site(made: Community) -> None:
    assert made.texts("/quiet/", ".site-footer a[href='/forum/media/']") == ["Media"]


# One site after another -----------------------------------------------------


def test_it_is_off_by_default_and_the_name_is_free(site: Community) -> None:
    site.write({"cafe/media.md": topic("Media", "![a](media/a.png)"), "cafe/media/a.png": b"x"}, cafe="title: Cafe").clean()
    assert site.text("/cafe/media/", "h1") == "Media"
    assert not site.has("/media/")


def test_where_it_is_on_no_topic_has_its_name(site: Community) -> None:
    site.write({"/site.toml": MEDIA, "cafe/media.md": topic("Media", "a"), "media.md": topic("All", "a")}, cafe="title: Cafe")
    assert [problem.message for problem in site.build().problems] == [
        "the address /cafe/media/ is used by the site itself; the topic is left out",
        "the address /media/ is used by the site itself; the topic is left out",
    ]  # fmt: skip


def test_one_more_picture_changes_the_front_and_a_page_and_its_end_takes_all_away(site: Community) -> None:
    files = {f"cafe/t{n:02}.md": topic(f"T{n}", f"![p](/p{n}.png)", 1 + n % 28) for n in range(60)}
    pictures = {f"/static/p{n}.png": b"x" for n in range(61)}
    site.write({"/site.toml": MEDIA, **files, **pictures}, cafe="title: Cafe").clean()
    before = site.outputs()
    site.write({"cafe/t99.md": topic("New", "![p](/p60.png)", 30)}).clean()
    changed = {name for name, (_, data) in site.outputs().items() if "media/" in name and before.get(name, (0, b""))[1] != data}
    assert changed == {f"{place}media/{page}index.html" for place in ("", "cafe/") for page in ("", "page/3/")}
    site.remove(*files, "cafe/t99.md")
    site.clean()
    assert site.texts("/media/", ".empty p:first-of-type") == ["No media here yet."]
    assert not site.has("/cafe/media/")
    site.write({"/site.toml": SETTINGS}).clean()
    assert not [name for name in site.html_files() if "media/" in name]


def test_search_engines_are_told_of_films_with_a_picture_and_of_sounds(site: Community) -> None:
    files = {"talk.mp4": mp4(seconds=75), "talk.jpg": b"\xff\xd8", "bare.mp4": mp4(seconds=5), "chime.wav": wav(2)}
    spoken = "\n--- reply\nauthor: omid\ndate: 2026-01-03\naudio: voice.wav\n---\nListen.\n"
    site.write({"cafe/one/index.md": topic("One", "Look.", 2, f"attachments: [{', '.join(files)}]\n") + spoken}, cafe="title: Cafe")
    site.write({f"cafe/one/{name}": data for name, data in {**files, "voice.wav": wav(3)}.items()}).clean()
    data = json.loads(site.page("/cafe/one/").css_first("script[type='application/ld+json']").text())  # type: ignore[union-attr]
    film, sound = data["@graph"][0]["associatedMedia"]
    assert (film["@type"], film["name"], film["thumbnailUrl"]) == ("VideoObject", "talk.mp4", "https://example.org/forum/cafe/one/talk.jpg")
    assert (film["duration"], film["uploadDate"]) == ("PT75S", "2026-01-02T00:00:00Z")
    assert (sound["@type"], sound["contentUrl"]) == ("AudioObject", "https://example.org/forum/cafe/one/chime.wav")
    (voice,) = data["@graph"][0]["comment"][0]["associatedMedia"]
    assert (voice["@type"], voice["contentUrl"], voice["duration"]) == ("AudioObject", "https://example.org/forum/cafe/one/voice.wav", "PT3S")
