"""Sounds, films, captions and frames in entries, as a reader and the browser get them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from generator.check import check_links
from tests.conftest import SETTINGS, Community, community
from tests.films import mp4, webm
from tests.sounds import opus

VTT = "WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n"
SRT = "1\n00:00:00,500 --> 00:00:01,250\nLeila: One & <b>two</b>\n\n2\n01:02:03,004 --> 01:02:04,000\nسلام\n"
EMBEDS = '[embeds]\nservices = ["youtube"]\npeertube = ["tilvids.com"]\n'
YOUTUBE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
ENTRY = "---\ntitle: Talk\nauthor: leila\ndate: 2026-01-01\n---\n"
TEXT = f"""{ENTRY}
![How it went](talk.mp4)

![Rain](/rain.opus)

![Elsewhere](https://media.example.net:8443/a.webm?x=1 "still.png")

[Small](small.webm)

{YOUTUBE}

[A film](https://tilvids.com/w/3b7PDNLbzUaKnMdVaH2o3T)

https://vimeo.com/76979871
"""


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Community:
    """A built site with a topic that has all of it."""
    files: dict[str, str | bytes] = {
        "cafe/talk/index.md": TEXT, "cafe/talk/talk.mp4": mp4(), "cafe/talk/talk.png": b"\x89PNG", "cafe/talk/still.png": b"\x89PNG",
        "cafe/talk/talk.vtt": VTT, "cafe/talk/talk.fa.srt": SRT, "cafe/talk/talk.x.y.vtt": VTT, "cafe/talk/small.webm": webm(),
        "/static/rain.opus": opus(), "/static/rain.srt": SRT,
        "tea/film/index.md": f"{ENTRY}![چای](tea.mp4)", "tea/film/tea.mp4": mp4(), "tea/film/tea.VTT": VTT, "tea/film/tea.srt": SRT,
        "cafe/plain.md": f"{ENTRY}{YOUTUBE} and more\n",
        "cafe/tall/index.md": f"{ENTRY}![](tall.webm)", "cafe/tall/tall.webm": webm(width=90, height=160),
    }  # fmt: skip
    made = community(tmp_path_factory.mktemp("talk") / "site", files, SETTINGS + EMBEDS, cafe="title: Cafe", tea="title: Tea\nlanguage: fa")
    made.clean()
    return made


def test_a_film_keeps_its_place_free_and_shows_its_picture(talk: Community) -> None:
    film = talk.page("/cafe/talk/").css("video")[0].attributes
    assert film["src"] == "/forum/cafe/talk/talk.mp4"
    assert (film["width"], film["height"], film["preload"]) == ("640", "360", "none")
    assert film["poster"] == "/forum/cafe/talk/talk.png"
    assert film["aria-label"] == "How it went"
    assert "controls" in film


def test_search_engines_are_told_of_players_and_of_films_only_with_a_picture(talk: Community) -> None:
    data = json.loads(talk.page("/cafe/talk/").css_first("script[type='application/ld+json']").text())  # type: ignore[union-attr]
    found = [(one["@type"], one["name"], one["contentUrl"].rpartition("/")[2], one.get("thumbnailUrl", "")) for one in data["@graph"][0]["associatedMedia"]]
    assert found == [
        ("VideoObject", "How it went", "talk.mp4", "https://example.org/forum/cafe/talk/talk.png"),
        ("AudioObject", "Rain", "rain.opus", ""),
        ("VideoObject", "Elsewhere", "a.webm?x=1", "https://example.org/forum/cafe/talk/still.png"),
    ]


def test_a_film_that_is_higher_than_wide_is_told_to_styles(talk: Community) -> None:
    assert (len(talk.texts("/cafe/talk/", ".is-tall")), len(talk.texts("/cafe/tall/", ".is-film.is-tall"))) == (0, 1)


def test_a_caption_stands_below(talk: Community) -> None:
    assert talk.texts("/cafe/talk/", ".is-film figcaption, .is-sound figcaption") == ["How it went", "Rain", "Elsewhere", "Small"]


def test_captions_are_tracks_in_their_languages(talk: Community) -> None:
    tracks = [node.attributes for node in talk.page("/cafe/talk/").css("video track")]
    assert [(one["src"], one["srclang"], one["label"]) for one in tracks] == [
        ("/forum/cafe/talk/talk.vtt", "en", "English"), ("/forum/cafe/talk/talk.fa.vtt", "fa", "فارسی"),
    ]  # fmt: skip
    assert talk.attributes("/cafe/talk/", "audio track", "src") == ["/forum/rain.vtt"]


def test_captions_without_a_language_are_in_that_of_the_board_and_webvtt_goes_first(talk: Community) -> None:
    (track,) = talk.page("/tea/film/").css("track")
    assert (track.attributes["srclang"], track.attributes["src"]) == ("fa", "/forum/tea/film/tea.VTT")


def test_captions_in_srt_are_webvtt_too(talk: Community) -> None:
    made = "WEBVTT\n\n00:00:00.500 --> 00:00:01.250\n<v Leila>One &amp; two\n\n01:02:03.004 --> 01:02:04.000\nسلام\n"
    assert talk.source("/cafe/talk/talk.fa.vtt") == talk.source("/rain.vtt") == made


def test_a_title_names_the_picture_of_a_film_elsewhere(talk: Community) -> None:
    far = talk.page("/cafe/talk/").css("video")[1].attributes
    assert far["src"] == "https://media.example.net:8443/a.webm?x=1"
    assert far["poster"] == "/forum/cafe/talk/still.png"


def test_only_wanted_services_have_frames_and_the_link_stays(talk: Community) -> None:
    assert talk.attributes("/cafe/talk/", "figure[data-frame]", "data-frame") == [
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ", "https://tilvids.com/videos/embed/3b7PDNLbzUaKnMdVaH2o3T",
    ]  # fmt: skip
    assert talk.texts("/cafe/talk/", ".is-embed figcaption") == [f"YouTube {YOUTUBE}", "PeerTube A film"]
    assert talk.attributes("/cafe/talk/", ".prose > p a", "href") == ["https://vimeo.com/76979871"]
    assert set(talk.attributes("/cafe/talk/", ".is-embed a", "rel")) == {"ugc nofollow noopener"}
    assert not talk.page("/cafe/talk/").css("iframe")


def test_a_page_may_ask_those_that_are_in_it_and_nobody_else(talk: Community) -> None:
    policy = "meta[http-equiv=Content-Security-Policy]"
    (own,) = talk.attributes("/cafe/talk/", policy, "content")
    assert "media-src 'self' https://media.example.net:8443;" in own
    assert "frame-src https://tilvids.com https://www.youtube-nocookie.com;" in own
    for address in ("/cafe/plain/", "/cafe/", "/"):
        (other,) = talk.attributes(address, policy, "content")
        assert "media-src 'self';" in other
        assert "frame-src" not in other


def test_only_pages_with_players_fetch_what_they_need(talk: Community) -> None:
    assert "/media." in talk.source("/cafe/talk/")
    assert "/media." not in talk.source("/cafe/plain/")


def test_feeds_have_players_with_whole_addresses(talk: Community) -> None:
    assert "https://example.org/forum/cafe/talk/talk.fa.vtt" in talk.source("/cafe/feed.xml")


def test_all_of_it_leads_somewhere(talk: Community) -> None:
    assert list(check_links(talk.root / "output", prefix="/forum", origin="https://example.org")) == []


# Changes and faults ---------------------------------------------------------


def test_what_comes_beside_a_film_later_is_there_and_goes_again(site: Community) -> None:
    site.write({"cafe/talk/index.md": f"{ENTRY}![A](talk.mp4)", "cafe/talk/talk.mp4": mp4()}, cafe="title: Cafe")
    site.clean()
    before = site.source("/cafe/talk/")
    site.write({"cafe/talk/talk.de.vtt": VTT, "cafe/talk/talk.jpg": b"\xff\xd8"}).clean()
    assert site.attributes("/cafe/talk/", "track", "srclang") == ["de"]
    assert site.attributes("/cafe/talk/", "video", "poster") == ["/forum/cafe/talk/talk.jpg"]
    site.remove("cafe/talk/talk.de.vtt", "cafe/talk/talk.jpg")
    site.clean()
    assert site.source("/cafe/talk/") == before
    site.write({"cafe/talk/talk.mp4": mp4(64, 48)}).clean()
    assert site.attributes("/cafe/talk/", "video", "width") == ["64"]


def test_bad_media_are_problems_with_a_hint_and_the_page_stands(site: Community) -> None:
    text = f"{ENTRY}Look:\n\n![A](cut.mp4)\n\n![B](not.webm)\n\n![C](gone.mp3)\n\n![D](cut.ogg)"
    files = {"cut.mp4": mp4()[:-99], "not.webm": b"<html>", "cut.ogg": opus()[:60], "cut.vtt": b"WEBVTT"}
    site.write({"cafe/talk/index.md": text, **{f"cafe/talk/{name}": data for name, data in files.items()}}, cafe="title: Cafe")
    found = {(one.line, one.message.partition(":")[0]) for one in site.build().problems}
    assert found >= {
        (8, "“cut.mp4” can't be played to its end"), (10, "“not.webm” can't be played to its end"),
        (12, "the address “gone.mp3” leads to no page and no file"), (14, "“cut.ogg” can't be played to its end"),
        (8, "the captions “cut.vtt” can't be read"),
    }  # fmt: skip
    assert len(site.page("/cafe/talk/").css("video, audio")) == 4


def test_hostile_names_stay_names(site: Community) -> None:
    name = 'a"><img src=x onerror=alert(1)>.mp4' if os.name != "nt" else "a&b.mp4"
    text = f'{ENTRY}![" onplay="alert(1)](<https://evil.example/"onplay="alert(1).mp4>)\n\n![<b>](javascript:alert(1).mp4)\n'
    site.write({"cafe/talk/index.md": text, f"cafe/talk/{name}": mp4()}, cafe="title: Cafe").build()
    page = site.page("/cafe/talk/")
    assert not [node for node in page.css("*") if any(name.startswith("on") for name in node.attributes)]
    assert not [src for src in site.attributes("/cafe/talk/", "video", "src") if src.startswith("javascript:")]


@pytest.mark.parametrize(("text", "field"), [
    ('services = ["facebook"]', "services"), ('peertube = ["https://tilvids.com"]', "peertube"), ('mastodon = ["a b; img-src *"]', "mastodon"),
])  # fmt: skip
def test_a_wrong_setting_is_a_problem(tmp_path: Path, text: str, field: str) -> None:
    from generator.errors import SiteError
    from generator.settings.reading import load

    made = community(tmp_path, settings=f"{SETTINGS}[embeds]\n{text}\n")
    with pytest.raises(SiteError) as caught:
        load(made.root)
    assert [problem.field for problem in caught.value.problems] == [f"embeds.{field}"]
