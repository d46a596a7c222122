"""axe-core over the demonstration: every kind of page, theme, language, width and scheme. All of it: `python -m tests.browser.axe`."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from itertools import combinations, product
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser, Page

from generator.build import build, open_site

ROOT = Path(__file__).parents[2]
KINDS = {
    "front": "/",
    "board": "/cafe/",
    "blog": "/announcements/",
    "right-to-left board": "/گپ/",
    "empty board": "/empty/",
    "topic": "/cafe/introduce-yourself/",
    "later page": "/cafe/introduce-yourself/page/2/",
    "right-to-left topic": "/گپ/چای-یا-قهوه/",
    "article": "/announcements/why-plain-files/",
    "rich text": "/manual/markdown/",
    "podcast": "/radio/",
    "episode": "/radio/wheelbarrow/",
    "board of questions": "/questions/",
    "what waits": "/questions/unanswered/",
    "question": "/questions/reply-by-mail/",
    "board of links": "/links/",
    "shared link": "/links/threading/",
    "media": "/show-and-tell/media/",
    "film": "/show-and-tell/garden-day/",
    "gallery": "/gallery/",
    "album": "/gallery/hours-of-a-valley/",
    "mailing list": "/mail/",
    "thread of mails": "/mail/long-ladder/",
    "right-to-left mails": "/mail/winter-seed/",
    "mails of a month": "/mail/archive/2026/10/",
    "months of mails": "/mail/archive/",
    "board of conversations": "/chat/",
    "conversation": "/chat/seed-swap/",
    "day in bubbles": "/chat/seed-swap/2026-11-18/",
    "day in lines": "/chat/irc/2026-11-20/",
    "threads": "/chat/seed-swap/threads/",
    "archive": "/announcements/archive/",
    "series": "/announcements/series/how-this-house-is-built/",
    "activity": "/activity/",
    "badges": "/badges/",
    "badge": "/badges/guide/",
    "top": "/top/",
    "polls": "/cafe/spring-meeting/",
    "tags": "/tags/",
    "tag": "/tags/manual/",
    "members": "/members/",
    "member": "/members/leila/",
    "recent": "/recent/",
    "unanswered": "/unanswered/",
    "page": "/about/",
    "history": "/about/words/history/",
    "not found": "/404.html",
}
THEMES = tuple(sorted(path.parent.name for path in (ROOT / "themes").glob("*/theme.toml")))
AXES: tuple[tuple[Any, ...], ...] = (tuple(KINDS), THEMES, ("en", "fa"), (1280, 360), ("light", "dark"))

Case = tuple[Any, ...]


def everything() -> list[Case]:
    """Every kind of page in every way."""
    return list(product(*AXES))


def pairwise() -> list[Case]:
    """Few cases in which any two values of different axes meet at least once; always the same ones."""
    cases, chosen = everything(), []
    waiting = {pair for case in cases for pair in _pairs(case)}
    while waiting:
        best = max(cases, key=lambda case: len(waiting.intersection(_pairs(case))))
        waiting.difference_update(_pairs(best))
        chosen.append(best)
    return sorted(chosen, key=lambda case: (case[1], case[2]))


def _pairs(case: Case) -> set[tuple[tuple[int, Any], tuple[int, Any]]]:
    return set(combinations(enumerate(case), 2))


@contextmanager
def demonstration(folder: Path, theme: str, language: str) -> Iterator[str]:
    """The demonstration in a theme and a language, served; its origin."""
    shutil.copytree(ROOT / "content", folder / "content")
    (folder / "content" / "empty").mkdir()
    (folder / "content" / "empty" / "board.md").write_text("---\ntitle: Empty\n---\n", "utf-8")
    settings = (ROOT / "site.toml").read_text("utf-8").replace('language = "en"', f'language = "{language}"')
    # Sizes of pictures take long, and change nothing for those who can't see them.
    settings += "\n[pictures]\nenabled = false\n"
    (folder / "site.toml").write_text(settings.replace('name = "agora"', f'name = "{theme}"'), "utf-8")
    _commit(folder, "content/about/words.md")
    build(open_site(folder), jobs=1)
    handler = partial(_Silent, directory=str(folder / "output"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def _commit(folder: Path, path: str) -> None:
    """Give a page a history: it came, and a word of it was mended."""
    text = (folder / path).read_text("utf-8")
    git = ("git", "-c", "user.name=Sara", "-c", "user.email=sara@example.org", "-c", "commit.gpgsign=false")
    subprocess.run([*git, "init", "-q"], cwd=folder, check=True)
    for version in (text.replace("Board", "Forum"), text):
        (folder / path).write_text(version, "utf-8")
        subprocess.run([*git, "add", path], cwd=folder, check=True)
        subprocess.run([*git, "commit", "-qm", "A better word"], cwd=folder, check=True)


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002 - the base class names it so
        pass


def violations(browser: Browser, origin: str, cases: Sequence[Case]) -> list[str]:
    """What axe finds in these cases of one site: the case, the rule and the place."""
    found: list[str] = []
    for kind, theme, language, width, scheme in cases:
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page.goto(origin + quote(KINDS[kind]))
        found += [f"{kind}, {theme}, {language}, {width}, {scheme}: {problem}" for problem in _run(page)]
        page.close()
    return found


def _run(page: Page) -> list[str]:
    page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text("utf-8"))
    # WCAG 2.2 asks for targets that can be touched; axe leaves that rule out by itself.
    result = page.evaluate("axe.run({resultTypes: ['violations'], rules: {'target-size': {enabled: true}}})")
    return [
        f"{rule['id']} at {' '.join(map(str, node['target']))}: {node['html'][:120]}"
        for rule in result["violations"]
        for node in rule["nodes"]
    ]


def main() -> int:
    """Everything; prints what it finds."""
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import launched

    cases, found = everything(), []
    with sync_playwright() as playwright:
        browser = launched(playwright)
        if browser is None:
            print("no Chromium on this machine")
            return 1
        for theme, language in product(AXES[1], AXES[2]):
            with tempfile.TemporaryDirectory() as folder, demonstration(Path(folder), theme, language) as origin:
                found += violations(browser, origin, [case for case in cases if case[1:3] == (theme, language)])
        browser.close()
    print(*found, f"{len(cases)} pages, {len(found)} violations", sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
