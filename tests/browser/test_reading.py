"""Reading a built site in a real browser: every kind of page, both directions, light and dark, narrow and bare."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.served import Visit, picture, served, until
from tests.conftest import community

SETTINGS = """
title = "Tea and books"
description = "A quiet corner."
url = "https://example.org/forum/"
language = "en"
languages = ["fa"]

[feeds]
places = ["site", "boards", "topics"]

[people]
admin = ["leila"]
"""
BOARDS = (
    "announcements", "books", "correspondence", "gardening", "kitchen",
    "long-letters", "mathematics", "neighbourhood", "old-photographs", "questions-and-answers",
)  # fmt: skip
HEAD = "---\ntitle: {}\nauthor: leila\ndate: 2026-11-01 10:00\n{}---\n{}\n"
REPLY = "--- reply\nauthor: {}\ndate: 2026-11-02 10:{:02}\n{}---\n{}\n\n"
LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
ENDLESS_URL = "https://example.org/" + "a-very-long-path/" * 20

RICH = f"""
# A heading as large as can be

{LONG_WORD} and {ENDLESS_URL} and `{"code" * 40}`

| {" | ".join(f"column {number}" for number in range(12))} |
|{"---|" * 12}
| {" | ".join("cell" * 3 for _ in range(12))} |

```python
def brew(tea: str) -> str: return "{"x" * 200}"
```

> [!NOTE]
> Water first.

- [x] done
- one
    1. two
    2. three

![A cup](cup.png)

$$\\sum_{{i=0}}^n {"x + " * 60} i$$

||It was the cat.||
"""
POLL = """polls:
  - id: tea
    question: Which tea?
    options:
      - {text: Green, votes: 3}
      - {text: Black, votes: 1}
reactions: {👍: 3}
votes: 4
"""
PERSIAN = """
## فهرست

1. یکم
2. دوم

```python
print("سلام")
```

متنی با <code>code</code> و یک واژهٔ English در میان.
"""


def _files() -> dict[str, str | bytes]:
    nested = "".join(
        REPLY.format("omid", number, f"reply_to: {number - 1}\n" if number > 2 else "", f"Level {number}. {LONG_WORD}")
        for number in range(2, 12)
    )
    return {
        "index.md": HEAD.format("Front", "", "Welcome to the **corner**."),
        "index.fa.md": HEAD.format("خانه", "", "به گوشهٔ چای خوش آمدید."),
        "about.md": HEAD.format("About", "", RICH.replace("![A cup](cup.png)", "")),
        "cafe/board.md": "---\ntitle: Café\nreplies: flat\nper_page: 10\nmoderators: [omid]\n---\nBring a cup.\n",
        "cafe/long.md": HEAD.format("A long topic", "pinned: true\ntags: [tea]\n", "How does it begin?")
        + "".join(REPLY.format("omid" if number % 2 else "leila", number, "", f"Answer {number}.") for number in range(2, 36)),
        "cafe/nested/index.md": HEAD.format("Rich and nested", f"tags: [tea, {LONG_WORD[:60]}]\naliases: [/old-nested/]\n" + POLL, RICH)
        + nested,
        "cafe/nested/cup.png": picture(1600, 900),
        "cafe/lonely.md": HEAD.format("Nobody answers", "locked: true\n", "Hello?"),
        "tree/board.md": "---\ntitle: Tree\nreplies: nested\n---\n",
        "tree/deep.md": HEAD.format("Deep", "", "Down.") + nested,
        "blog/board.md": "---\ntitle: Journal\nkind: blog\n---\n",
        "blog/2026-11-03-first/index.md": HEAD.format("The first", "series: Days\ncover: cup.png\nsummary: How it began.\n", "Hi.\n\n## One\n\n## Two\n\n## Three\n")
        + REPLY.format("omid", 3, "", "Nice."),
        "blog/2026-11-03-first/cup.png": picture(800, 450),
        "blog/2026-11-04-second.md": "---\ntitle: Unsigned\ndate: 2026-11-04\nseries: Days\n---\nNobody signed this.\n",
        "gap/board.md": "---\ntitle: گپ\nlanguage: fa\nreplies: nested\n---\n",
        "gap/tea.md": HEAD.format("چای یا قهوه؟", "", PERSIAN) + REPLY.format("omid", 2, "", "چای.") + REPLY.format("sara", 3, "reply_to: 2\n", "قهوه."),
        "busy/board.md": "---\ntitle: Busy\nper_page: 2\n---\n",
        **{f"busy/topic-{number}.md": HEAD.format(f"Topic {number}", "", "So.") for number in range(1, 8)},
        "empty/board.md": "---\ntitle: Empty\n---\n",
        "members/leila.md": f"---\nname: Leila {LONG_WORD}\ntitle: Keeper of the keys\nurl: https://example.org/\n---\nI *read*.\n",
    }  # fmt: skip


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The origin of a built and served site."""
    with served_site(tmp_path_factory.mktemp("read") / "site") as found:
        yield found


@contextmanager
def served_site(root: Path, more: str = "") -> Iterator[str]:
    """The origin of the site of these tests, with more settings, while it is served."""
    site = community(root, settings=SETTINGS + more)
    boards: dict[str, str | bytes] = {f"{name}/board.md": "---\ndescription: A board.\n---\n" for name in BOARDS}
    result = site.write({**boards, **_files()}).build()
    assert not result.problems, "\n".join(map(str, result.problems))
    with served(site.root / "output") as found:
        yield found


@pytest.fixture
def visit(page: Page, origin: str) -> Visit:
    return Visit(page, origin)


KINDS = {
    "front": "/",
    "front in Persian": "/fa/",
    "forum": "/cafe/",
    "empty forum": "/empty/",
    "forum, page 2": "/busy/page/2/",
    "blog": "/blog/",
    "Persian board": "/gap/",
    "topic, flat and long": "/cafe/long/",
    "topic, page 3": "/cafe/long/page/3/",
    "topic, rich": "/cafe/nested/",
    "topic, nested": "/tree/deep/",
    "topic, locked": "/cafe/lonely/",
    "topic in Persian": "/gap/tea/",
    "article": "/blog/first/",
    "article without an author": "/blog/second/",
    "archive": "/blog/archive/",
    "tags": "/tags/",
    "tag": "/tags/tea/",
    "members": "/members/",
    "member": "/members/leila/",
    "recent": "/recent/",
    "unanswered": "/unanswered/",
    "page": "/about/",
    "not found": "/404.html",
}


@pytest.mark.parametrize("address", KINDS.values(), ids=KINDS.keys())
def test_a_page_is_quiet_and_fits_a_phone(visitor: Callable[..., Visit], address: str) -> None:
    visit = visitor(viewport={"width": 360, "height": 740})
    page = visit.go(address)
    assert page.locator("h1").count() >= 1
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.locator("main").evaluate("main => main.querySelectorAll('img').forEach(image => { image.loading = 'eager' })")
    page.wait_for_load_state("networkidle")
    assert visit.complaints == []


def test_a_redirect_leads_on_without_a_script(visitor: Callable[..., Visit]) -> None:
    visit = visitor(java_script_enabled=False)
    visit.go("/old-nested/")
    visit.page.wait_for_url("**/forum/cafe/nested/")
    assert visit.complaints == []


def test_a_topic_is_read_from_page_to_page(visit: Visit) -> None:
    page = visit.go("/cafe/")
    page.get_by_role("link", name="A long topic").first.click()
    page.wait_for_url("**/cafe/long/")
    assert page.locator("h1").inner_text() == "A long topic"
    assert page.locator(".entry .prose").first.inner_text() == "How does it begin?"
    page.locator(".pagination").last.get_by_role("link", name="Next").click()
    page.wait_for_url("**/cafe/long/page/2/")
    page.get_by_role("link", name="To the beginning").click()
    page.wait_for_url("**/cafe/long/")
    assert visit.complaints == []


def test_a_permalink_finds_its_entry_on_another_page(visit: Visit) -> None:
    page = visit.go("/cafe/long/#r-25")
    page.wait_for_url("**/cafe/long/page/3/#r-25")
    assert page.locator(":target .prose").inner_text() == "Answer 25."
    assert 0 <= page.locator("#r-25").evaluate("entry => entry.getBoundingClientRect().top") < 800


def test_a_permalink_to_nothing_stays_where_it_is(visit: Visit) -> None:
    for fragment in ("r-999", "r-toString", "r-%", "nothing"):
        page = visit.go(f"/cafe/long/#{fragment}")
        page.wait_for_load_state("networkidle")
        assert page.url.endswith(f"/cafe/long/#{fragment}")
    assert visit.complaints == []


def ground(page: Page) -> int:
    """How light the page's ground is, from 0 to 255."""
    colour = str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))
    return int(colour.strip("rgb()").split(",")[0])


@pytest.mark.parametrize(("scheme", "is_dark"), [("light", False), ("dark", True)])
def test_the_systems_scheme_is_followed(visitor: Callable[..., Visit], scheme: str, is_dark: bool) -> None:
    assert (ground(visitor(color_scheme=scheme).go("/")) < 100) == is_dark


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_readers_choice_goes_before_the_systems_and_is_kept(visitor: Callable[..., Visit], scheme: str) -> None:
    visit = visitor(color_scheme=scheme)
    page = visit.go("/")
    was_dark = ground(page) < 100
    page.get_by_role("button", name="Switch between light and dark").click()
    assert (ground(page) < 100) != was_dark
    assert (ground(visit.go("/gap/tea/")) < 100) != was_dark
    page.locator(".scheme-toggle").click()
    assert (ground(visit.go("/cafe/long/")) < 100) == was_dark


def test_a_right_to_left_page_is_a_mirror(visit: Visit) -> None:
    sides = {}
    for address, direction, tongue in (("/", "ltr", "en"), ("/fa/", "rtl", "fa")):
        page = visit.go(address)
        root = page.locator("html")
        assert (root.get_attribute("dir"), root.get_attribute("lang")) == (direction, tongue)
        section, aside = page.locator(".with-aside > .section"), page.locator(".aside")
        boxes = section.bounding_box(), aside.bounding_box()
        assert boxes[0] and boxes[1]
        sides[direction] = boxes[0]["x"] < boxes[1]["x"]
    assert sides == {"ltr": True, "rtl": False}


def test_texts_run_their_own_way_and_code_to_the_right(visit: Visit) -> None:
    page = visit.go("/gap/tea/")
    style = "(element, name) => getComputedStyle(element)[name]"
    assert page.locator(".entry .prose").first.evaluate(style, "direction") == "rtl"
    assert page.locator(".prose pre").first.evaluate(style, "direction") == "ltr"
    assert page.locator(".prose ol").first.evaluate(style, "listStyleType") == "persian"
    title = visit.go("/").locator(".row-title a", has_text="چای").first
    assert title.evaluate(style, "direction") == "rtl"
    assert title.evaluate("element => getComputedStyle(element.closest('.row')).direction") == "ltr"


def test_headings_of_entries_are_smaller_than_the_topics_title(visit: Visit) -> None:
    page = visit.go("/cafe/nested/")
    size = "element => parseFloat(getComputedStyle(element).fontSize)"
    assert page.locator(".prose h1, .prose h2").first.evaluate(size) < page.locator("main h1").first.evaluate(size)


def test_what_is_wide_scrolls_inside_its_entry_and_by_the_keyboard(visitor: Callable[..., Visit]) -> None:
    page = visitor(viewport={"width": 360, "height": 740}).go("/cafe/nested/")
    for selector in (".prose table", ".prose pre"):
        box = page.locator(selector).first
        assert box.evaluate("element => element.scrollWidth > element.clientWidth")
        box.focus()
        assert page.evaluate("document.activeElement.tagName") in ("TABLE", "PRE")


def test_many_boards_fit_the_header(visitor: Callable[..., Visit]) -> None:
    for width in (1280, 700, 360):
        page = visitor(viewport={"width": width, "height": 740}).go("/")
        menu = page.locator(".nav-more")
        menu.locator("summary").click()
        last = menu.get_by_role("link").last
        box = last.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= width
        assert page.evaluate("document.documentElement.scrollWidth") == width
        page.keyboard.press("Escape")
        assert not last.is_visible()
        menu.locator("summary").click()
        page.mouse.click(5, 730)
        assert not last.is_visible()


def test_the_headers_own_link_is_seen_on_a_phone(visitor: Callable[..., Visit]) -> None:
    page = visitor(viewport={"width": 360, "height": 740}).go("/correspondence/")
    until(page, """() => {
        const place = document.querySelector(".site-nav > ul [aria-current]").getBoundingClientRect();
        return place.left >= 0 && place.right <= 300;
    }""")


def test_who_did_not_sign_has_neither_face_nor_name(visit: Visit) -> None:
    page = visit.go("/blog/second/")
    assert page.locator(".article-head .avatar, .byline-names").count() == 0
    assert page.locator(".byline time").inner_text() == "4 Nov 2026"
    assert visit.go("/blog/").locator(".card", has_text="Unsigned").locator(".avatar").count() == 0


def test_a_picture_that_is_gone_leaves_no_gap(visit: Visit) -> None:
    visit.page.route("**/cup.png", lambda route: route.abort())
    page = visit.go("/cafe/nested/")
    broken = page.locator(".prose img.is-broken")
    broken.wait_for()
    box = broken.bounding_box()
    assert box and box["height"] < 80


def test_everything_is_read_without_scripts(visitor: Callable[..., Visit]) -> None:
    visit = visitor(java_script_enabled=False, color_scheme="dark")
    page = visit.go("/tree/deep/")
    assert ground(page) < 100
    assert page.locator(".scheme-toggle").is_hidden()
    assert page.locator(".entry").count() == 11
    for entry in page.locator(".entry").all():
        assert entry.is_visible()
    page.locator(".nav-more summary").click()
    page.locator(".nav-more a").last.click()
    assert page.locator("h1").first.is_visible()
    visit.go("/cafe/long/page/4/")
    assert page.locator("#r-35 .prose").inner_text() == "Answer 35."
    assert page.locator("#r-35 time").inner_text() == "2 Nov 2026"
    assert visit.complaints == []
