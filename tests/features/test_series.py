"""Series: what articles tell of theirs, the pages of series, and their feeds."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from generator.check.schemas import check_linked_data
from tests.conftest import SETTINGS, Community, community

BASE = "https://example.org/forum"


def article(title: str, day: int, more: str = "series: How we began\n") -> str:
    return f"---\ntitle: {title}\nauthor: leila\ndate: 2026-01-{day:02} 10:00\n{more}---\nText of {title}.\n"


FILES = {
    "blog/one.md": article("One", 1, "series: How we  Began\nsummary: The first.\n"),
    "blog/two.md": article("Two", 2),
    "blog/three.md": article("Three", 3, "series: How we began\nhidden: true\n"),
    "blog/alone.md": article("Alone", 4, "series: C++\n"),
    "blog/none.md": article("None", 5, ""),
    "cafe/talk.md": article("Talk", 6),
}
BOARDS = {"blog": "title: Blog\nkind: blog", "cafe": "title: Café", "empty": "title: Empty\nkind: blog"}


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Community:
    root: Path = tmp_path_factory.mktemp("series") / "site"
    found = community(root, FILES, SETTINGS + '[feeds]\nplaces = ["series"]\n', **BOARDS)
    found.clean()
    return found


def test_an_article_tells_its_series_its_part_and_those_beside_it(blog: Community) -> None:
    assert blog.text("/blog/two/", ".series summary span") == "Part 2 of 3 of the series"
    assert blog.attributes("/blog/two/", ".series a", "href")[-1] == "/forum/blog/series/how-we-began/"
    assert blog.texts("/blog/two/", ".neighbours bdi") == ["One", "…"]
    assert blog.texts("/blog/one/", ".neighbours bdi") == ["Two"]
    assert not blog.page("/blog/none/").css(".series")
    assert blog.texts("/blog/none/", ".neighbours bdi") == ["Alone"]


def test_a_series_has_a_page_with_its_parts_in_order(blog: Community) -> None:
    address = "/blog/series/how-we-began/"
    assert blog.text(address, "h1") == "How we Began"
    assert blog.texts(address, ".series-part h2") == ["One", "Two", "Hidden topic"]
    assert blog.texts(address, ".series-part .card-text")[0] == "The first."
    assert blog.text(address, ".section-note") == "3 parts"


def test_a_board_names_its_series_that_with_the_newest_part_first(blog: Community) -> None:
    assert blog.texts("/blog/series/", ".series-list h2") == ["C++", "How we Began"]
    assert "/forum/blog/series/" in blog.attributes("/blog/", ".page-tools a", "href")
    for address in blog.attributes("/blog/series/", ".series-list h2 a", "href"):
        assert blog.has(address.removeprefix("/forum"))


def test_boards_without_series_and_discussions_have_no_such_pages(blog: Community) -> None:
    assert not blog.has("/empty/series/")
    assert not blog.has("/cafe/series/")
    assert not blog.page("/empty/").css('.page-tools [href$="/series/"]')


def test_machines_are_told_the_series_and_the_part(blog: Community) -> None:
    def nodes(address: str) -> dict[str, dict[str, object]]:
        (text,) = (node.text() for node in blog.page(address).css('script[type="application/ld+json"]'))
        assert not list(check_linked_data(address, 1, text))
        return {node["@type"]: node for node in json.loads(text)["@graph"]}

    post = nodes("/blog/two/")["BlogPosting"]
    whole = {"@type": "CreativeWorkSeries", "name": "How we began", "url": f"{BASE}/blog/series/how-we-began/"}
    assert post["isPartOf"] == [{"@type": "Blog", "name": "Blog", "url": f"{BASE}/blog/"}, whole]
    assert post["position"] == 2
    series = nodes("/blog/series/how-we-began/")["CreativeWorkSeries"]
    assert [part["url"] for part in series["hasPart"]] == [f"{BASE}/blog/one/", f"{BASE}/blog/two/"]  # type: ignore[attr-defined]


def test_a_series_has_a_feed_where_the_settings_say_so(blog: Community) -> None:
    root = ET.fromstring(blog.source("/blog/series/how-we-began/feed.xml").encode())
    atom = "{http://www.w3.org/2005/Atom}"
    assert [entry.findtext(f"{atom}title") for entry in root.iterfind(f"{atom}entry")] == ["Two", "One"]
    assert not blog.has("/blog/feed.xml")


def test_a_very_long_series_names_the_neighbours_only(site: Community) -> None:
    from generator.present import series

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(series, "LISTED", 2)
        site.write(FILES, **BOARDS).clean()
    assert site.text("/blog/two/", ".series summary span") == "Part of the series"
    assert not site.page("/blog/two/").css(".series ol")
    assert site.texts("/blog/two/", ".neighbours bdi") == ["One", "…"]


def test_a_reply_leaves_the_pages_of_series_as_they_are(site: Community) -> None:
    site.write(FILES, **BOARDS).clean()
    reply = "\n--- reply\nauthor: omid\ndate: 2026-01-09\n---\nWell.\n"
    written = site.write({"blog/two.md": FILES["blog/two.md"] + reply}).clean().written
    assert "blog/two/index.html" in written
    assert not [name for name in written if "/series/" in name]
    site.remove("blog/alone.md")
    site.clean()
    assert site.texts("/blog/series/", ".series-list h2") == ["How we Began"]


def test_a_topic_that_has_the_address_keeps_it(site: Community) -> None:
    site.write({**FILES, "blog/series.md": article("A serial", 7, "")}, **BOARDS).clean()
    assert site.text("/blog/series/", "h1") == "A serial"
