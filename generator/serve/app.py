"""The web application of the dev server: which response an address gets.

It adds the reload script to each HTML response, never to the file.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from html import escape
from importlib import resources
from pathlib import Path
from urllib.parse import quote, unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from generator.serve import respond
from generator.serve.files import locate, locate_file, media_type
from generator.serve.guard import Guard
from generator.serve.reload import Hub

RESERVED = "/-anjoman/"
"""Addresses below this are the dev server's own, outside the site's sub-path."""

_CLIENT_FILES = ("reload.js", "swap.js", "overlay.js", "overlay.css")
_NO_PAGE = b"""<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Not found</title>
<body><h1>Not found</h1><p>There is no page at this address (yet).</p></body></html>
"""


class Application:
    """Answers requests for the output, under the site's sub-path, and for the reload client (ASGI 3)."""

    def __init__(self, output: Path, prefix: str, guard: Guard, hub: Hub) -> None:
        self._output = output
        self._prefix = normal_prefix(prefix)
        self._guard = guard
        self._hub = hub
        self._client = _client_files()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        response = self._refusal(request)
        if response is None and request.scope["path"] == f"{RESERVED}events":
            response = self._events(request)
        if response is None:
            response = await run_in_threadpool(self._answer, request)
        await response(scope, receive, send)

    def _refusal(self, request: Request) -> Response | None:
        if not self._guard.admits_host(request.headers.get("host", "")):
            return _plain(421, "This server does not go by that name. Open it as http://localhost:PORT/.")
        if request.method not in {"GET", "HEAD"}:
            return _plain(405, "Only GET and HEAD.", {"allow": "GET, HEAD"})
        return None

    def _events(self, request: Request) -> Response:
        if not self._guard.admits_origin(request.headers):
            return _plain(403, "The events are for this server's own pages.")
        headers = respond.HEADERS | {"content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store"}
        if request.method == "HEAD":
            return Response(headers=headers)
        seen = request.headers.get("last-event-id") or request.query_params.get("build", "")
        return StreamingResponse(self._hub.stream(seen), headers=headers)

    def _answer(self, request: Request) -> Response:
        path: str = request.scope["path"]
        if path.startswith(RESERVED):
            return self._own_file(request, path.removeprefix(RESERVED))
        if path in {"", "/", self._prefix} and path != f"{self._prefix}/":
            return self._redirect(f"{self._prefix}/", request)
        if not path.startswith(f"{self._prefix}/"):
            return self._missing(request)
        return self._from_output(request, path.removeprefix(f"{self._prefix}/"))

    def _own_file(self, request: Request, name: str) -> Response:
        if name not in self._client:
            return _plain(404, "Not found.")
        content = respond.of_bytes(self._client[name], media_type(name), modified=0)
        return respond.respond(content, request.headers, method=request.method)

    def _from_output(self, request: Request, address: str) -> Response:
        found = locate(self._output, address)
        if found is not None and found.is_dir():
            return self._from_folder(request, address)
        if found is None or not found.is_file() or address.endswith("/"):
            return self._missing(request)
        return self._serve(request, found, address)

    def _from_folder(self, request: Request, address: str) -> Response:
        folder = f"{address.rstrip('/')}/" if address else ""
        index = locate_file(self._output, f"{folder}index.html")
        if index is None:
            return self._missing(request)
        if address != folder:
            return self._redirect(f"{self._prefix}/{folder}", request)
        return self._serve(request, index, f"{folder}index.html")

    def _serve(self, request: Request, path: Path, name: str) -> Response:
        kind = media_type(name)
        try:
            is_page = kind.startswith("text/html")
            content = self._page(path, name) if is_page else respond.of_file(path, kind)
        except OSError:  # removed by the build a moment ago, or not readable
            return self._missing(request)
        return respond.respond(content, request.headers, method=request.method)

    def _page(self, path: Path, name: str, *, missing: bool = False) -> respond.Content:
        # The build's id is taken before the file is read: a page may be newer than it says, never older.
        script = self._script(name, missing=missing)
        with path.open("rb") as stream:
            page = stream.read()
            modified = os.fstat(stream.fileno()).st_mtime
        return respond.of_bytes(inject(page, script), "text/html; charset=utf-8", modified)

    def _missing(self, request: Request) -> Response:
        path = locate_file(self._output, "404.html")
        try:
            content = None if path is None else self._page(path, "404.html", missing=True)
        except OSError:
            content = None
        if content is None:
            page = inject(_NO_PAGE, self._script("404.html", missing=True))
            content = respond.of_bytes(page, "text/html; charset=utf-8", modified=0)
        return respond.respond(content, request.headers, method=request.method, status=404)

    def _script(self, page: str, *, missing: bool) -> bytes:
        facts = {"build": self._hub.build, "page": page, "prefix": self._prefix}
        marks = "".join(f' data-{name}="{escape(value)}"' for name, value in facts.items())
        flag = " data-missing" if missing else ""
        tag = f'<script type="module" id="anjoman-reload" src="{RESERVED}reload.js"{marks}{flag}></script>'
        return tag.encode("utf-8", "surrogateescape")

    def _redirect(self, path: str, request: Request) -> Response:
        query = f"?{request.url.query}" if request.url.query else ""
        # 307, as a permanent one would outlive this server in the browser's cache.
        return _plain(307, "", {"location": quote(path, errors="surrogateescape") + query})


def inject(page: bytes, script: bytes) -> bytes:
    """The page with the script before its last `</body>`, or at its end if it has none."""
    place = page.lower().rfind(b"</body")
    return page[:place] + script + page[place:] if place >= 0 else page + script


def normal_prefix(prefix: str) -> str:
    """The site's sub-path decoded, with a leading slash and no last one; "" at the root."""
    path = unquote(prefix).strip("/")
    return f"/{path}" if path else ""


def _plain(status: int, text: str, headers: Mapping[str, str] | None = None) -> Response:
    return PlainTextResponse(text, status_code=status, headers=respond.HEADERS | dict(headers or {}))


def _client_files() -> dict[str, bytes]:
    folder = resources.files("generator.serve")
    return {name: (folder / name).read_bytes() for name in _CLIENT_FILES}
