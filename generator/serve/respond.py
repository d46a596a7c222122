"""From content to an HTTP response: validators, "not modified", and byte ranges so that audio can seek.

Starlette's FileResponse looks at a file, then opens it; a build that replaces the file in between would
give one file's length with another's bytes. Here the file is opened first and its facts come from the handle.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from email.utils import formatdate, parsedate_to_datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct
from starlette.datastructures import Headers
from starlette.responses import Response, StreamingResponse

from generator import digest

HEADERS = {
    "cache-control": "no-cache",
    "x-content-type-options": "nosniff",
    # Nothing here is for other sites, not even as a picture or a script.
    "cross-origin-resource-policy": "same-origin",
}
"""On every response of the dev server."""

_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})", re.IGNORECASE)
_CHUNK = 256 * 1024


class UnsatisfiableError(Exception):
    """A range that lies outside the content."""


class Content(Struct, frozen=True):
    """What is served: an open stream at its start, its size in bytes, type, ETag and mtime in seconds."""

    stream: BinaryIO
    size: int
    media_type: str
    etag: str
    modified: float

    @property
    def validators(self) -> dict[str, str]:
        """The headers by which a client may ask whether this has changed."""
        return {"etag": self.etag, "last-modified": formatdate(self.modified, usegmt=True)}


def of_file(path: Path, media_type: str) -> Content:
    """The content of a file; raises OSError if it can't be read."""
    stream = path.open("rb")
    facts = os.fstat(stream.fileno())
    etag = f'"{facts.st_mtime_ns:x}-{facts.st_size:x}"'
    return Content(stream, facts.st_size, media_type, etag, facts.st_mtime)


def of_bytes(data: bytes, media_type: str, modified: float) -> Content:
    """The content of some bytes; their digest is the ETag."""
    return Content(BytesIO(data), len(data), media_type, f'"{digest.of_bytes(data).hex()}"', modified)


def respond(content: Content, request: Headers, *, method: str = "GET", status: int = 200) -> Response:
    """The response to a GET or HEAD for `content`: 200 (or `status`), 206, 304 or 416 (RFC 9110, 13 and 14)."""
    if status == 200 and _is_known(content, request):
        content.stream.close()
        return Response(status_code=304, headers=HEADERS | content.validators)
    try:
        span = _wanted(content, request) if method == "GET" and status == 200 else None
    except UnsatisfiableError:
        content.stream.close()
        return Response(status_code=416, headers=HEADERS | {"content-range": f"bytes */{content.size}"})
    return _send(content, span, method=method, status=status)


def _send(content: Content, span: range | None, *, method: str, status: int) -> Response:
    part = range(content.size) if span is None else span
    headers = HEADERS | content.validators | {
        "content-type": content.media_type,
        "content-length": str(len(part)),
        "accept-ranges": "bytes",
    }
    if span is not None:
        status = 206
        headers["content-range"] = f"bytes {span.start}-{span.stop - 1}/{content.size}"
    if method == "HEAD":
        content.stream.close()
        return Response(status_code=status, headers=headers)
    return StreamingResponse(_chunks(content.stream, part), status_code=status, headers=headers)


def _chunks(stream: BinaryIO, part: range) -> Iterator[bytes]:
    with stream:
        stream.seek(part.start)
        left = len(part)
        while left and (chunk := stream.read(min(left, _CHUNK))):
            left -= len(chunk)
            yield chunk


def _is_known(content: Content, request: Headers) -> bool:
    tags = request.get("if-none-match")
    if tags is not None:
        return tags.strip() == "*" or content.etag in (tag.strip().removeprefix("W/") for tag in tags.split(","))
    since = request.get("if-modified-since")
    return since is not None and content.modified < _seconds(since) + 1


def _seconds(date: str) -> float:
    """The moment of an HTTP date; one that can't be read lies before all others."""
    try:
        return parsedate_to_datetime(date).timestamp()
    except (ValueError, OverflowError, OSError):
        return float("-inf")


def _wanted(content: Content, request: Headers) -> range | None:
    condition = request.get("if-range", content.etag)
    if condition not in content.validators.values():
        return None
    return parse_range(request.get("range", ""), content.size)


def parse_range(header: str, size: int) -> range | None:
    """The bytes that a Range header asks for (RFC 9110, 14.2).

    None where it is to be ignored: absent, malformed, or of several parts (which a server may refuse to cut).
    Raises UnsatisfiableError where it begins after the end.
    """
    match = _RANGE.fullmatch(header.replace(" ", ""))
    if match is None or not (match[1] or match[2]):
        return None
    if not match[1]:
        span = range(max(size - int(match[2]), 0), size)
    elif match[2] and int(match[2]) < int(match[1]):
        return None
    else:
        span = range(int(match[1]), min(int(match[2]) + 1, size) if match[2] else size)
    if not span:
        raise UnsatisfiableError
    return span
