"""Makes again what the manual has of the code: the reference of templates, and the pictures of the themes.

    python -m tests.browser.manual

The pictures are taken of the demonstration, in each of the built-in themes.
"""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from generator import reference, registry
from generator.theming import theme
from tests.browser.conftest import OPTIONS, chromium

CHECKOUT = Path(__file__).parent.parent.parent
MANUAL = CHECKOUT / "content" / "manual"
DISCUSSION, ESSAY = "/questions/reply-by-mail/", "/announcements/right-to-left-first/"
SUBJECTS = {"agora": (DISCUSSION, "/"), "journal": (ESSAY, DISCUSSION), "classic": (DISCUSSION, "/")}
"""For each theme, what is shown in the dark and what on a phone."""

LIMIT = 60_000
"""Bytes of a picture at most."""

WIDE, PHONE, HEIGHT = 1200, 360, 800
SHOWN = 0.8
"""The size of the pictures, in that of the browser's window."""

GAP = 16


def main() -> None:
    """Write all of it."""
    write_reference()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=OPTIONS)
        for name, (dark, phone) in SUBJECTS.items():
            with built(name) as base:
                front = shot(browser, base + "/", WIDE, "light")
                save(browser, f"{name}.webp", [(front, WIDE)])
                pair = [(shot(browser, base + dark, WIDE - 160, "dark"), WIDE - 160), (shot(browser, base + phone, PHONE, "light"), PHONE)]
                save(browser, f"{name}-topic.webp", pair)
        browser.close()


def write_reference() -> None:
    """Put the reference below the introductions of its pages."""
    found = registry.discover(packages=False)
    written = {"templates.md": reference.templates(found, theme.load("agora", CHECKOUT, {})), "views.md": reference.views(found)}
    for name, text in written.items():
        page = MANUAL / name
        introduction = page.read_text("utf-8").partition("## ")[0]
        page.write_text(introduction + text, encoding="utf-8")


@contextmanager
def built(name: str) -> Iterator[str]:
    """The address of the demonstration in a theme, served while it is needed."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(CHECKOUT / "content", root / "content")
        settings = (CHECKOUT / "site.toml").read_text("utf-8")
        root.joinpath("site.toml").write_text(re.sub('name = "agora"', f'name = "{name}"', settings), encoding="utf-8")
        subprocess.run([sys.executable, "-m", "generator", "build"], cwd=root, check=True, stdout=subprocess.DEVNULL)
        handler = partial(Quiet, directory=str(root / "output"))
        with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield f"http://127.0.0.1:{server.server_port}"
            server.shutdown()


class Quiet(SimpleHTTPRequestHandler):
    """Serves without a word."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing."""


def shot(browser: Browser, address: str, width: int, scheme: Literal["light", "dark"]) -> bytes:
    """The top of a page, as PNG."""
    page = browser.new_page(viewport={"width": width, "height": HEIGHT}, color_scheme=scheme)
    page.goto(address)
    page.evaluate("Promise.all([...document.images].map((image) => { image.loading = 'eager'; return image.decode().catch(() => 0); }))")
    picture = page.screenshot()
    page.close()
    return picture


def save(browser: Browser, name: str, pictures: list[tuple[bytes, int]]) -> None:
    """Several pictures side by side as one, in the best quality that is light enough."""
    width = sum(round(wide * SHOWN) for _, wide in pictures) + GAP * (len(pictures) - 1)
    page = browser.new_page(viewport={"width": width, "height": round(HEIGHT * SHOWN)})
    images = "".join(
        f'<img width="{round(wide * SHOWN)}" src="data:image/png;base64,{base64.b64encode(data).decode()}">'
        for data, wide in pictures
    )
    page.set_content(f'<body style="margin:0;display:flex;gap:{GAP}px;background:#8a8f96">{images}')
    session = page.context.new_cdp_session(page)
    for quality in range(82, 20, -6):
        answer = session.send("Page.captureScreenshot", {"format": "webp", "quality": quality})
        picture = base64.b64decode(answer["data"])
        if len(picture) < LIMIT:
            break
    page.close()
    MANUAL.joinpath("themes").mkdir(exist_ok=True)
    MANUAL.joinpath("themes", name).write_bytes(picture)


if __name__ == "__main__":
    main()
