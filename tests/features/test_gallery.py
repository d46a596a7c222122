"""Galleries: the pictures of a text as an album, beside each other and each of them large, and told to machines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import feedparser  # type: ignore[import-untyped]
import pytest

from generator.check import check_links
from generator.check.schemas import check_linked_data
from tests.conftest import SETTINGS, Community, community
from tests.photographs import image, photograph

BASE = "https://example.org/forum/gallery/hills"
BOARD = "title: Gallery\nkind: gallery"
ALL = SETTINGS + '[pictures]\nwidths = [60]\nformats = ["webp"]\n[feeds]\nformats = ["atom", "rss", "json"]\n'
HEAD = "---\ntitle: Hills\nauthor: leila\ndate: 2026-01-01\n---\n"
TEXT = """\
I walked there.

![A <b>hill</b> & more](hill.jpg "At dawn")
![A small one](small.png)

<figure><img src="/fixed.png" alt="Fixed"><figcaption>In <em>static</em></figcaption></figure>

Beside a word: ![a sign](small.png) is here.

![Elsewhere](https://example.net/x.jpg)

That was all.

--- reply
author: omid
date: 2026-01-02
---
Mine: ![My hill](small.png)
"""
SMALL = photograph("PNG", image(64, 32))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Community]:
    site = community(
        tmp_path_factory.mktemp("gallery"),
        {
            "gallery/hills/index.md": HEAD + TEXT,
            "gallery/hills/hill.jpg": photograph(made=image(400, 300), quality=92),
            "gallery/hills/small.png": SMALL,
            "gallery/empty.md": "---\ntitle: Words alone\nauthor: omid\ndate: 2026-01-03\n---\nNo picture.",
            "gallery/one.md": "---\ntitle: One\nauthor: omid\ndate: 2026-01-02\ncover: /fixed.png\n---\n![A sign](hills/small.png)",
            "gallery/hidden.md": "---\ntitle: Hidden\nauthor: omid\ndate: 2026-01-04\nhidden: yes\n---\n![A sign](hills/small.png)",
            "/static/fixed.png": SMALL,
        },
        settings=ALL,
        gallery=BOARD,
    )
    site.clean()
    yield site


ALBUM = "/gallery/hills/"


def test_all_pictures_of_the_text_are_the_album_in_their_order(built: Community) -> None:
    assert built.attributes(ALBUM, ".shot img", "alt") == ["A <b>hill</b> & more", "A small one", "Fixed", "a sign", "Elsewhere"]
    assert built.texts(ALBUM, ".shot-caption") == ["At dawn", "A small one", "In static", "a sign", "Elsewhere"]
    assert built.attributes(ALBUM, ".shot a", "href") == [f"#picture-{number}" for number in range(1, 6)]


def test_the_text_keeps_what_stands_within_a_sentence(built: Community) -> None:
    (text,) = built.page(ALBUM).css(".article-body .prose")
    assert [" ".join(each.text().split()) for each in text.css("p")] == ["I walked there.", "Beside a word: is here.", "That was all."]
    assert [each.attributes["alt"] for each in text.css("img")] == ["a sign"]
    assert not text.css("figure")


def test_each_is_large_without_a_script_and_leads_to_the_next(built: Community) -> None:
    page = built.page(ALBUM)
    views = page.css("figure.view")
    assert [view.attributes["id"] for view in views] == [f"picture-{number}" for number in range(1, 6)]
    links = [[link.attributes["href"] for link in view.css("a")] for view in views]
    assert links[0] == ["#shot-1", "#picture-2"]
    assert links[1] == ["#shot-2", "#picture-1", "#picture-3"]
    assert links[4] == ["#shot-5", "#picture-4"]
    assert page.css_first("#shot-3")


def test_it_has_sizes_and_room(built: Community) -> None:
    (source,) = built.page(ALBUM).css(".shot source")
    assert source.attributes["srcset"] == "/forum/_/pictures/gallery/hills/hill.jpg.60.webp 60w"
    assert built.attributes(ALBUM, ".shot img", "width") == ["400", "64", "64", "64", ""]


def test_the_first_is_fetched_at_once_and_the_others_when_they_are_near(built: Community) -> None:
    first, *others = built.attributes("/gallery/hills/", ".shot img", "loading")
    assert first == ""
    assert set(others) == {"lazy"}


def test_replies_show_their_pictures_as_anywhere(built: Community) -> None:
    assert built.attributes(ALBUM, ".reply .prose img", "alt") == ["My hill"]


def test_the_board_shows_albums_the_newest_first(built: Community) -> None:
    assert built.texts("/gallery/", ".album-title") == ["Hidden topic", "Words alone", "One", "Hills"]
    assert built.attributes("/gallery/", ".album-cover img", "src") == ["/forum/fixed.png", "/forum/gallery/hills/hill.jpg"]
    facts = [each.split()[:2] for each in built.texts("/gallery/", ".album-facts")]
    assert facts[2:] == [["1", "picture"], ["5", "pictures"]]


def test_what_is_hidden_shows_no_picture(built: Community) -> None:
    assert "small.png" not in built.source("/gallery/hidden/")


def test_an_album_without_pictures_is_its_text(built: Community) -> None:
    assert not built.page("/gallery/empty/").css(".album")
    assert built.text("/gallery/empty/", ".article-body .prose") == "No picture."


def test_our_own_check_finds_nothing_wrong(built: Community) -> None:
    found = check_links(built.root / "output", prefix="/forum", origin="https://example.org", strictly=frozenset({"html", "feeds"}))
    assert not list(found)


# What machines are told -----------------------------------------------------------


def data(site: Community, address: str) -> dict[str, Any]:
    blocks = site.page(address).css('script[type="application/ld+json"]')
    assert not [problem for block in blocks for problem in check_linked_data(address, 1, block.text())]
    return {node["@type"]: node for block in blocks for node in json.loads(block.text())["@graph"]}


def test_search_engines_are_told_of_each_picture(built: Community) -> None:
    node = data(built, ALBUM)["ImageGallery"]
    assert node["name"] == "Hills"
    assert node["image"][0] == {
        "@type": "ImageObject", "contentUrl": f"{BASE}/hill.jpg", "url": f"{BASE}/#picture-1",
        "encodingFormat": "image/jpeg", "width": 400, "height": 300, "caption": "At dawn",
    }  # fmt: skip
    assert node["image"][4] == {
        "@type": "ImageObject", "contentUrl": "https://example.net/x.jpg", "url": f"{BASE}/#picture-5", "caption": "Elsewhere",
    }  # fmt: skip
    assert len(node["comment"]) == 1


def test_feeds_carry_the_pictures(built: Community) -> None:
    atom = feedparser.parse(built.file("/gallery/feed.xml").read_bytes())
    found = next(each for each in atom.entries if each.title == "Hills")
    assert [(one.href, one.get("type")) for one in found.enclosures][:2] == [
        (f"{BASE}/hill.jpg", "image/jpeg"), (f"{BASE}/small.png", "image/png"),
    ]  # fmt: skip
    items = json.loads(built.source("/gallery/feed.json"))["items"]
    (item,) = [each for each in items if each["title"] == "Hills"]
    assert item["attachments"][0] == {"url": f"{BASE}/hill.jpg", "mime_type": "image/jpeg", "title": "At dawn"}


def test_rss_has_them_as_media(built: Community) -> None:
    root = ET.fromstring(built.file("/gallery/feed.rss").read_bytes())
    media = "{http://search.yahoo.com/mrss/}"
    item = next(each for each in root.iter("item") if each.findtext("title") == "Hills")
    first = item.find(f"{media}content")
    assert first is not None
    assert first.attrib == {"url": f"{BASE}/hill.jpg", "medium": "image", "type": "image/jpeg", "width": "400", "height": "300"}
    assert first.findtext(f"{media}description") == "At dawn"


# What is wrong, and what changes ---------------------------------------------------


def test_a_picture_without_words_is_told_with_its_line(site: Community) -> None:
    text = HEAD + "Some words.\n\n![](small.png)\n\n[pot.png](pot.png)\n\n![Said](small.png)\n"
    site.write({"gallery/hills/index.md": text, "gallery/hills/small.png": SMALL, "gallery/hills/pot.png": SMALL}, gallery=BOARD)
    problems = site.build().problems
    assert [(each.path, each.line, each.severity) for each in problems] == [
        ("content/gallery/hills/index.md", 8, "warning"), ("content/gallery/hills/index.md", 10, "warning"),
    ]  # fmt: skip
    assert "![A hill at dawn](small.png)" in problems[0].hint
    assert site.attributes("/gallery/hills/", ".shot .picture", "aria-label")[0] == "Picture 1"


def test_elsewhere_nobody_has_to_say_what_is_seen(site: Community) -> None:
    site.write({"cafe/hills/index.md": HEAD + "![](small.png)", "cafe/hills/small.png": SMALL}, cafe="title: Café").clean()


def test_another_picture_changes_the_album_and_its_card(site: Community) -> None:
    site.write({"gallery/hills/index.md": HEAD + "![A](small.png)", "gallery/hills/small.png": SMALL}, gallery=BOARD).clean()
    site.write({"gallery/hills/small.png": photograph("PNG", image(96, 32))}).clean()
    assert site.attributes(ALBUM, ".shot img", "width") == ["96"]
    assert site.attributes("/gallery/", ".album-cover img", "width") == ["96"]
    site.write({"gallery/hills/index.md": HEAD + "![A](small.png) ![B](small.png)"}).clean()
    assert site.texts("/gallery/", ".album-facts")[0].startswith("2 pictures")


def test_thousands_of_pictures_in_a_line_take_no_time(site: Community) -> None:
    """A text of the most bytes, which no expression reads more than once."""
    many = "![a](https://e.net/x) " * 600
    site.write({"gallery/a.md": HEAD + many + "words", "gallery/b.md": HEAD.replace("Hills", "B") + "<figure>" * 50 + many}, gallery=BOARD)
    site.build()
    assert len(site.page("/gallery/a/").css(".shot")) == 600
