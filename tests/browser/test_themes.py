"""The themes journal and classic in a real browser: every kind of page, wide and narrow, in both directions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.served import Visit
from tests.browser.test_reading import KINDS, served_site

Visitor = Callable[..., Visit]
WIDE, PHONE = {"width": 1400, "height": 900}, {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def origins(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """The origin of the site in a theme, built and served when it is first asked for."""
    found: dict[str, str] = {}
    with ExitStack() as open_sites:

        def origin(name: str) -> str:
            if name not in found:
                place = tmp_path_factory.mktemp(name) / "site"
                found[name] = open_sites.enter_context(served_site(place, f'[theme]\nname = "{name}"\n'))
            return found[name]

        yield origin


@pytest.fixture
def visitor(browser: Browser, origins: Callable[[str], str]) -> Iterator[Visitor]:
    """Makes a visit to the site in a theme, with a browser of certain settings."""
    with ExitStack() as contexts:

        def make(name: str, **settings: Any) -> Visit:
            context = browser.new_context(**settings)
            contexts.callback(context.close)
            context.set_default_timeout(10_000)
            return Visit(context.new_page(), origins(name))

        yield make


def box(page: Page, selector: str) -> dict[str, float]:
    found = page.locator(selector).first.bounding_box()
    assert found, selector
    x, y = found["x"], found["y"]
    return {"x": x, "y": y, "end": x + found["width"], "bottom": y + found["height"]}


@pytest.mark.parametrize("width", [360, 1400])
@pytest.mark.parametrize("name", ["journal", "classic"])
def test_every_kind_of_page_is_quiet_and_fits(visitor: Visitor, name: str, width: int) -> None:
    visit = visitor(name, viewport={"width": width, "height": 800})
    wider = []
    for kind, address in KINDS.items():
        page = visit.go(address)
        assert page.locator("h1").count() == 1, kind
        wider += [kind] if page.evaluate("document.documentElement.scrollWidth") > width else []
    assert (wider, visit.complaints) == ([], [])


@pytest.mark.parametrize("name", ["journal", "classic"])
def test_focus_is_seen_on_every_link_of_a_page(visitor: Visitor, name: str) -> None:
    page = visitor(name, viewport=WIDE).go("/cafe/long/")
    for _ in range(12):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", page.evaluate("document.activeElement.outerHTML")


def test_classic_shows_topics_in_a_table_and_on_a_phone_as_cards(visitor: Visitor) -> None:
    wide = visitor("classic", viewport=WIDE).go("/cafe/")
    assert [head.strip() for head in wide.locator(".topics thead th").all_inner_texts()] == ["Topic", "Replies", "Last entry"]
    assert box(wide, ".topics tbody th")["end"] <= box(wide, ".topics tbody .cell-count")["x"]
    phone = visitor("classic", viewport=PHONE).go("/cafe/")
    assert box(phone, ".topics tbody .line-title")["bottom"] <= box(phone, ".topics tbody .cell-count")["y"]
    assert phone.locator(".topics tbody .cell-count").first.inner_text() == "34 replies"


def test_classic_names_who_wrote_beside_a_post_and_on_a_phone_above_it(visitor: Visitor) -> None:
    wide = visitor("classic", viewport=WIDE).go("/cafe/long/")
    assert box(wide, ".poster")["end"] <= box(wide, ".entry .prose")["x"]
    mirrored = wide.goto(wide.url.replace("/cafe/long/", "/gap/tea/"))
    assert mirrored
    assert box(wide, ".poster")["x"] >= box(wide, ".entry .prose")["end"]
    phone = visitor("classic", viewport=PHONE).go("/cafe/long/")
    assert box(phone, ".poster")["bottom"] <= box(phone, ".entry .prose")["y"]


def test_classic_has_crumbs_and_pages_above_and_below(visitor: Visitor) -> None:
    page = visitor("classic").go("/cafe/long/")
    assert page.locator(".page-of").all_inner_texts() == ["Page 1 of 4"] * 2
    crumbs = page.locator(".crumbs")
    assert crumbs.count() == 2
    labels = page.locator("nav").evaluate_all("all => all.map(nav => nav.getAttribute('aria-label'))")
    assert len(labels) == len(set(labels))


def test_classic_ends_its_front_with_the_numbers_of_the_community(visitor: Visitor) -> None:
    page = visitor("classic").go("/")
    facts = dict(page.locator(".facts div:not(.is-long)").evaluate_all("all => all.map(one => [...one.children].map(part => part.textContent))"))
    assert facts["Members"] == "3"
    assert int(facts["Entries"]) > int(facts["Topics"]) > 10


def test_journal_sets_dates_and_names_in_the_margin_where_there_is_room(visitor: Visitor) -> None:
    wide = visitor("journal", viewport=WIDE)
    page = wide.go("/blog/")
    assert box(page, ".essay-date")["end"] <= box(page, ".essay-title")["x"]
    page = wide.go("/cafe/long/")
    assert box(page, ".reply .entry-who")["end"] <= box(page, ".reply .prose")["x"]
    page = wide.go("/gap/tea/")
    assert box(page, ".reply .entry-who")["x"] >= box(page, ".reply .prose")["end"]
    phone = visitor("journal", viewport=PHONE).go("/blog/")
    assert box(phone, ".essay-date")["bottom"] <= box(phone, ".essay-title")["bottom"]


def test_journal_keeps_one_edge_for_all_that_is_read(visitor: Visitor) -> None:
    visit = visitor("journal", viewport=WIDE)
    edges = set()
    for address, selector in (("/blog/", ".essay-title"), ("/blog/first/", ".article-text"), ("/cafe/long/", ".reply .prose"),
                              ("/cafe/", "h1"), ("/recent/", ".excerpt-text"), ("/about/", ".article-text")):  # fmt: skip
        edges.add(round(box(visit.go(address), selector)["x"]))
    assert len(edges) == 1


def test_journal_shows_faces_only_where_they_are_wanted(visitor: Visitor, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert not visitor("journal").go("/cafe/long/").locator(".entry > .avatar").first.is_visible()
    more = '[theme]\nname = "journal"\nfaces = true\n'
    with served_site(tmp_path_factory.mktemp("faces") / "site", more) as origin:
        context = browser.new_context(viewport=WIDE)  # type: ignore[arg-type]
        page = Visit(context.new_page(), origin).go("/cafe/long/")
        assert page.locator(".entry > .avatar").first.is_visible()
        assert box(page, ".reply .avatar")["end"] <= box(page, ".reply .prose")["x"]
        context.close()


def test_journals_archive_is_an_index_of_titles(visitor: Visitor) -> None:
    page = visitor("journal").go("/blog/archive/")
    assert page.locator(".index a").all_inner_texts() == ["Unsigned", "The first"]
    page.get_by_role("link", name="The first").click()
    page.wait_for_url("**/blog/first/")
