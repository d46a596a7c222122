"""Live reload in a real browser: pages change in place, and problems show over them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from generator.errors import Problem
from generator.report import Result
from generator.serve import DevServer
from tests.browser.served import until
from tests.serve.harness import is_free, wait_until

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"
HEAD = f"""<!doctype html><html dir="rtl"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<link rel="stylesheet" href="/forum/style.css"></head>"""
BODY = f"<body><h1>%s</h1>{'<p>text</p>' * 300}</body></html>"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="9"></svg>'


class Site:
    """A served site whose sources are written by `write`, and whose problems are what it is told."""

    def __init__(self, root: Path) -> None:
        self.source = root / "src"
        self.output = root / "output"
        self.problems: tuple[Problem, ...] = ()
        self.source.mkdir()
        self.write("index.html", HEAD + BODY % "First")
        self.write("other.html", HEAD + BODY % "Other")
        self.write("style.css", "h1 { color: rgb(1, 2, 3) } anjoman-problems { display: none } * { direction: rtl }")
        self.write("picture.svg", PICTURE % 5)
        self.server = self._server(0)
        self._begin()

    @property
    def address(self) -> str:
        return self.server.address

    def write(self, name: str, text: str) -> None:
        fresh = self.source / f".{name}.swp"
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(self.source / name)

    def report(self, *problems: Problem) -> None:
        self.problems = problems
        (self.source / "changed.txt").touch()

    def restart(self) -> None:
        port = int(self.address.split(":")[2].split("/")[0])
        self.stop()
        wait_until(lambda: is_free(port))
        self.server = self._server(port)
        self._begin()

    def stop(self) -> None:
        self.server.stop()
        self.thread.join(5)

    def _server(self, port: int) -> DevServer:
        watched = lambda: [self.source]  # noqa: E731
        return DevServer(
            self._build, output=self.output, watched=watched, prefix="/forum", port=port, say=lambda _: None
        )

    def _begin(self) -> None:
        self.thread = threading.Thread(target=self.server.run)
        self.thread.start()

    def _build(self, changed: frozenset[Path] | None) -> Result:
        self.output.mkdir(exist_ok=True)
        sources = {path.name: path.read_bytes() for path in self.source.glob("*.*") if path.suffix != ".swp"}
        removed = [path.name for path in self.output.iterdir() if path.name not in sources]
        written = [name for name, data in sources.items() if self._differs(name, data)]
        for name in removed:
            (self.output / name).unlink()
        for name in written:
            (self.output / name).write_bytes(sources[name])
        return Result(written=tuple(written), removed=tuple(removed), problems=self.problems)

    def _differs(self, name: str, data: bytes) -> bool:
        path = self.output / name
        return not path.exists() or path.read_bytes() != data


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    yield made
    made.stop()


@pytest.fixture
def open_page(page: Page, site: Site) -> Page:
    """The site's first page, listening, with a mark that a reload would wipe away."""
    show(page, site.address)
    return page


def show(page: Page, address: str) -> None:
    page.goto(address)
    settle(page)
    page.evaluate("window.mark = true")


def settle(page: Page) -> None:
    """Wait until the page listens to the events."""
    until(page, "performance.getEntriesByType('resource').some(e => e.name.includes('overlay.js'))")
    page.wait_for_timeout(150)


def was_reloaded(page: Page) -> bool:
    return page.evaluate("window.mark") is None


def colour(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.querySelector('h1')).color"))


def test_a_changed_page_reloads_at_its_scroll_place(open_page: Page, site: Site) -> None:
    open_page.evaluate("scrollTo(0, 3000)")
    site.write("index.html", HEAD + BODY % "Second<button>now</button>")
    until(open_page, "document.querySelector('h1')?.textContent === 'Secondnow' && window.mark === undefined")
    until(open_page, "document.readyState === 'complete' && scrollY === 3000")


def text_of(page: Page, selector: str) -> str:
    return f"document.querySelector('{selector}')?.textContent"


def test_a_changed_text_is_put_in_without_a_reload(open_page: Page, site: Site) -> None:
    """Whatever is changed, added or taken away, and also while the problems are shown over the page."""
    open_page.evaluate("document.querySelector('p').textContent = 'changed by a script'")
    for text in ("One", "Two<em>s</em>", "Three</h1><ul><li>new</ul><h1>", "", "Four"):
        data = f'<title>{len(text)}</title><script type="application/ld+json">{{"text": {len(text)}}}</script>'
        site.write("index.html", HEAD.replace("<head>", f"<head>{data}") + BODY % text)
        wanted = text.replace("<em>", "").replace("</em>", "").partition("<")[0]
        until(open_page, f"{text_of(open_page, 'h1')} === '{wanted}' && document.title === '{len(text)}'")
        site.report(Problem("a.md", 1, "", wanted))
        open_page.locator("anjoman-problems").wait_for()
    assert not was_reloaded(open_page)
    assert open_page.evaluate("document.querySelector('p').textContent") == "changed by a script"
    assert open_page.evaluate("document.querySelectorAll('h1, ul, li').length") == 1
    assert open_page.evaluate("JSON.parse(document.querySelector('head script').textContent)") == {"text": 4}


@pytest.mark.parametrize(
    "change",
    [
        "<script src=/forum/a.js></script>",
        "<button>new</button>",
        "<details><summary>s</summary>d</details>",
        "<x-y>new</x-y>",
        "<link rel=icon href=/forum/picture.svg>",
    ],
)
def test_what_a_script_may_wait_upon_reloads_the_page(open_page: Page, site: Site, change: str) -> None:
    site.write("index.html", HEAD + BODY % f"Second{change}")
    until(open_page, f"{text_of(open_page, 'h1')}?.startsWith('Second') && window.mark === undefined")


def test_what_a_script_changed_is_not_guessed_at(open_page: Page, site: Site) -> None:
    open_page.evaluate("document.querySelector('h1').textContent = 'by a script'")
    site.write("index.html", HEAD + BODY % "Second")
    until(open_page, f"{text_of(open_page, 'h1')} === 'Second' && window.mark === undefined")
    open_page.evaluate("window.mark = true; document.querySelector('h1').append(document.createElement('b'))")
    site.write("index.html", HEAD + BODY % "Third")
    until(open_page, f"{text_of(open_page, 'h1')} === 'Third' && window.mark === undefined")


def test_a_changed_style_is_swapped_in_without_a_reload(open_page: Page, site: Site) -> None:
    for shade in (10, 20, 30):
        site.write("style.css", f"h1 {{ color: rgb({shade}, 2, 3) }}")
        until(open_page, f"getComputedStyle(document.querySelector('h1')).color === 'rgb({shade}, 2, 3)'")
    until(open_page, "document.querySelectorAll('link').length === 1")
    assert not was_reloaded(open_page)


def test_an_imported_style_reloads_the_page(page: Page, site: Site) -> None:
    site.write("colours.css", "h1 { color: rgb(4, 5, 6) }")
    site.write("style.css", "@import 'colours.css';")
    show(page, site.address)
    site.write("colours.css", "h1 { color: rgb(7, 8, 9) }")
    until(page, "getComputedStyle(document.querySelector('h1')).color === 'rgb(7, 8, 9)'")


def test_a_change_elsewhere_leaves_the_page_alone(open_page: Page, site: Site) -> None:
    site.write("other.html", HEAD + BODY % "Another")
    site.write("feed.xml", "<feed/>")
    site.write("unused.svg", PICTURE % 7)
    open_page.wait_for_timeout(500)
    assert not was_reloaded(open_page)


def test_a_changed_picture_reloads_only_pages_that_show_it(page: Page, site: Site) -> None:
    site.write("index.html", HEAD + BODY % "<img src=picture.svg>")
    show(page, site.address)
    site.write("picture.svg", PICTURE % 50)
    until(page, "document.querySelector('img')?.naturalWidth === 50")
    show(page, f"{site.address}other.html")
    site.write("picture.svg", PICTURE % 60)
    page.wait_for_timeout(500)
    assert not was_reloaded(page)


def test_a_missing_page_shows_itself_once_it_is_there(page: Page, site: Site) -> None:
    page.goto(f"{site.address}new.html")
    settle(page)
    site.write("new.html", HEAD + BODY % "New")
    until(page, "document.querySelector('h1')?.textContent === 'New'")


def test_errors_show_over_the_page_and_go_when_mended(open_page: Page, site: Site) -> None:
    site.report(
        Problem("content/tea.md", 7, "date", "expected a <b>date</b>", "Write 2026-11-01."),
        Problem("content/tea.md", 9, "colour", "unknown field", severity="warning"),
    )
    panel = open_page.locator("anjoman-problems section")
    panel.wait_for()
    text = panel.inner_text()
    for part in ("1 error, 1 warning", "content/tea.md:7", "date", "expected a <b>date</b>", "Write 2026-11-01."):
        assert part in text
    assert "unknown field" not in text
    assert panel.evaluate("e => getComputedStyle(e.getRootNode().host).display") == "block"
    assert panel.evaluate("e => getComputedStyle(e).direction") == "ltr"
    assert panel.evaluate("e => getComputedStyle(e).borderTopWidth") == "4px"
    site.report()
    panel.wait_for(state="detached")
    assert not was_reloaded(open_page)


def test_errors_show_again_on_the_next_page_until_dismissed(open_page: Page, site: Site) -> None:
    site.report(Problem("a.md", 1, "", "expected a text"))
    panel = open_page.locator("anjoman-problems section")
    panel.wait_for()
    show(open_page, f"{site.address}other.html")
    panel.wait_for()
    panel.get_by_role("button", name="Dismiss").click()
    panel.wait_for(state="detached")
    show(open_page, site.address)
    assert panel.count() == 0
    site.report(Problem("a.md", 2, "", "expected a number"))
    panel.wait_for()
    open_page.keyboard.press("Escape")
    panel.wait_for(state="detached")


def test_warnings_alone_show_as_a_count(open_page: Page, site: Site) -> None:
    site.report(*[Problem("a.md", line, "", "unknown field", severity="warning") for line in range(3000)])
    panel = open_page.locator("anjoman-problems section")
    panel.wait_for()
    assert panel.inner_text().split("\n")[0] == "3000 warnings"


def test_after_a_restart_of_the_server_the_page_reloads_once(open_page: Page, site: Site) -> None:
    site.restart()
    until(open_page, "window.mark === undefined && document.readyState === 'complete'")
    open_page.evaluate("window.mark = true")
    open_page.wait_for_timeout(700)
    assert not was_reloaded(open_page)


def test_the_pages_policy_is_not_violated(page: Page, site: Site) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(f"{message.type} {message.text} {message.location['url']}"))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    site.report(Problem("a.md", 1, "", "expected a text"))
    show(page, site.address)
    page.locator("anjoman-problems section").wait_for()
    site.write("style.css", "h1 { color: rgb(7, 7, 7) }")
    until(page, "getComputedStyle(document.querySelector('h1')).color === 'rgb(7, 7, 7)'")
    site.write("index.html", HEAD + BODY % "Second")
    until(page, "document.querySelector('h1').textContent === 'Second'")
    assert [text for text in complaints if "/favicon.ico" not in text] == []
