"""A built site below a sub-path on a loopback port, and a reader who notes what the browser complains of."""

from __future__ import annotations

import struct
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Page, Request

PREFIX = "/forum"


@dataclass
class Visit:
    """A site on a loopback port, and what the browser complained of while it was read."""

    page: Page
    origin: str
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda message: self.complaints.append(f"{self.page.url} {message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url} {error}"))
        self.page.on("requestfailed", self._failed)

    def _failed(self, request: Request) -> None:
        # What the browser itself gives up, because the reader has gone on, is no failure.
        if "ERR_ABORTED" not in (request.failure or ""):
            self.complaints.append(f"failed: {request.url}")

    def go(self, address: str) -> Page:
        self.page.goto(f"{self.origin}{PREFIX}{address}")
        return self.page


class _UnderPrefix(SimpleHTTPRequestHandler):
    """Serves the output below the site's sub-path, and says nothing."""

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix(PREFIX))

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002 - the base class names it so
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A folder on a loopback port."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_UnderPrefix, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def picture(width: int, height: int) -> bytes:
    """A grey PNG (ISO 15948)."""
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress((b"\0" + b"\x99" * width) * height)),
        (b"IEND", b""),
    )
    packed = (struct.pack(">I", len(data)) + tag + data + struct.pack(">I", zlib.crc32(tag + data)) for tag, data in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def until(page: Page, expression: str) -> None:
    """Wait until the expression is true; the page's policy forbids Playwright's own way, which uses eval."""
    end = time.monotonic() + 10
    while not holds(page, expression):
        assert time.monotonic() < end, expression
        time.sleep(0.003)


def holds(page: Page, expression: str) -> bool:
    try:
        return bool(page.evaluate(expression))
    except Error:  # the page is just being replaced
        return False
