"""Right to left in a real browser: mixed text, code, icons that point, digits; and long words on a narrow page."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Page, Request, Route

from tests.conftest import Community, community

HEAD = "---\ntitle: {}\nauthor: leila\ndate: 2026-11-01 10:00\n---\n{}\n"
REPLY = "--- reply\nauthor: {}\ndate: 2027-01-15 07:00\n{}---\n{}\n"
CODE = "```python\nprint('x')  # {0}\n```\n\n{0} `a < b` C++ (2026)!\n"
OWN = {"ar": "مرحبا بكم في المنتدى", "he": "ברוכים הבאים לפורום", "fa": "به انجمن خوش آمدید"}
OTHERS = ("de", "es", "fr", "tr", "zh", "ja")

Show = Callable[[str, str], Page]


def write(root: Path, tag: str) -> Community:
    """A built site in a language, with an entry in its own tongue and one in English."""
    own = OWN.get(tag, "Hello there")
    replies = REPLY.format("omid", "", "This one is English (and *mixed* with " + own + ").")
    replies += "".join(REPLY.format("sara", "reply_to: 2\n", own) for _ in range(4))
    site = community(
        root,
        {
            "cafe/tea.md": HEAD.format(own, CODE.format(own)) + replies,
            "cafe/locked.md": HEAD.format("Locked", "x").replace("---\nx", "locked: true\n---\nx"),
            "blog/news.md": HEAD.format("News", "## One\n\n## Two\n\n## Three\n"),
            "members/leila.md": "---\nname: Leila\n---\n",
        },
        settings=f'title = "Tea"\nurl = "https://example.org/"\nlanguage = "{tag}"\n[boards]\nper_page = 3\n',
        cafe="title: Café\nmoderators: [leila]",
        blog="title: Blog\nkind: blog",
    )
    site.build()
    return site


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Community]:
    return {tag: write(tmp_path_factory.mktemp("directions") / tag, tag) for tag in (*OWN, *OTHERS)}


@pytest.fixture
def show(page: Page, sites: dict[str, Community]) -> Show:
    """Opens a page of the site in a language."""

    def opened(tag: str, address: str) -> Page:
        output = sites[tag].root / "output"

        def serve(route: Route, request: Request) -> None:
            file = output / unquote(urlsplit(request.url).path).lstrip("/")
            file = file / "index.html" if file.is_dir() else file
            route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file.name)[0])

        page.unroute_all()
        page.route("https://example.org/**", serve)
        page.goto(f"https://example.org{address}")
        return page

    return opened


def styles(page: Page, selector: str, name: str) -> set[str]:
    """The values of a style of all elements that a selector finds."""
    return set(page.eval_on_selector_all(selector, f"all => all.map(one => getComputedStyle(one).{name})"))


@pytest.mark.parametrize("tag", OWN)
def test_a_page_runs_from_right_to_left_and_code_does_not(tag: str, show: Show) -> None:
    page = show(tag, "/cafe/tea/")
    assert styles(page, "html", "direction") == {"rtl"}
    assert styles(page, ".prose pre, .prose code", "direction") == {"ltr"}
    families = styles(page, ".prose pre, .prose code, .prose pre span", "fontFamily")
    assert all("monospace" in family for family in families), families
    left, right = page.evaluate(
        "[...document.querySelectorAll('.brand, .tools')].map(one => one.getBoundingClientRect().left)"
    )
    assert left > right


@pytest.mark.parametrize("tag", OWN)
def test_an_entry_runs_as_its_own_letters_do(tag: str, show: Show) -> None:
    page = show(tag, "/cafe/tea/")
    directions = page.eval_on_selector_all(".entry .prose", "all => all.map(one => getComputedStyle(one).direction)")
    assert directions == ["rtl", "ltr", "rtl", "rtl"]


@pytest.mark.parametrize("tag", OWN)
def test_what_points_is_mirrored_and_what_does_not_point_is_not(tag: str, show: Show) -> None:
    page = show(tag, "/cafe/tea/")
    mirrored = "matrix(-1, 0, 0, 1, 0, 0)"
    assert styles(page, ".icon-next, .icon-answer", "transform") == {mirrored}
    assert styles(page, ".icon-clock, .icon-feed, .icon-home, .icon-agora", "transform") == {"none"}
    page = show(tag, "/cafe/tea/page/2/")
    assert styles(page, ".icon-back", "transform") == {mirrored}


def test_nothing_is_mirrored_from_left_to_right(show: Show) -> None:
    assert styles(show("de", "/cafe/tea/"), ".icon", "transform") == {"none"}


@pytest.mark.parametrize(("tag", "digits"), [("fa", "۰۱۲۳۴۵۶۷۸۹"), ("ar", "٠١٢٣٤٥٦٧٨٩"), ("he", "0123456789"), ("de", "0123456789")])
def test_a_script_writes_the_pages_digits_and_addresses_keep_theirs(tag: str, digits: str, show: Show) -> None:
    page = show(tag, "/cafe/tea/")
    times = " ".join(page.eval_on_selector_all("time", "all => all.map(one => one.textContent + ' ' + one.title)"))
    found = {one for one in times if one.isdigit()}
    assert found
    assert found <= set(digits)
    assert page.eval_on_selector(".page-step[rel=next]", "one => one.getAttribute('href')") == "/cafe/tea/page/2/"


@pytest.mark.parametrize("tag", (*OWN, *OTHERS))
def test_words_fit_on_a_narrow_page(tag: str, show: Show) -> None:
    for address in ("/", "/cafe/", "/cafe/tea/", "/cafe/locked/", "/blog/news/", "/members/", "/members/leila/", "/recent/", "/404.html"):
        page = show(tag, address)
        page.set_viewport_size({"width": 360, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") == 360, address


@pytest.mark.parametrize("tag", OWN)
def test_letters_that_join_are_not_moved_apart(tag: str, show: Show) -> None:
    assert styles(show(tag, "/"), "h1, h2, .brand, .brand bdi", "letterSpacing") <= {"normal", "0px"}
