"""From an address to a file of the output, never to one outside it, and to the file's media type."""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePath

from generator.slugs import REFUSED, UNUSABLE

# No build makes them but .well-known.
_HIDDEN = re.compile(r"\A\.(?!well-known\Z)")

MEDIA_TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".txt": "text/plain",
    ".md": "text/plain",
    ".markdown": "text/plain",
    ".csv": "text/csv",
    ".ics": "text/calendar",
    ".vtt": "text/vtt",
    ".srt": "text/plain",
    ".json": "application/json",
    ".map": "application/json",
    ".webmanifest": "application/manifest+json",
    ".xml": "application/xml",
    ".xsl": "application/xml",
    ".rss": "application/rss+xml",
    ".atom": "application/atom+xml",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/x-icon",
    ".bmp": "image/bmp",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".aac": "audio/aac",
    ".ogg": "audio/ogg",
    ".oga": "audio/ogg",
    ".opus": "audio/ogg",
    ".flac": "audio/flac",
    ".wav": "audio/wav",
    ".weba": "audio/webm",
    ".mp4": "video/mp4",
    ".m4v": "video/mp4",
    ".mov": "video/quicktime",
    ".ogv": "video/ogg",
    ".webm": "video/webm",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".pdf": "application/pdf",
    ".epub": "application/epub+zip",
    ".zip": "application/zip",
    ".gz": "application/gzip",
    ".mbox": "application/mbox",
    ".wasm": "application/wasm",
}
"""Our own table, because the system's registry differs between machines (and on Windows is often wrong)."""

_TEXT = frozenset({"application/json", "application/manifest+json"})


def media_type(name: str) -> str:
    """The Content-Type for a file of this name; text is UTF-8, an unknown suffix octets."""
    kind = MEDIA_TYPES.get(PurePath(name).suffix.lower(), "application/octet-stream")
    is_text = kind.startswith("text/") or kind.endswith("xml") or kind in _TEXT
    return f"{kind}; charset=utf-8" if is_text else kind


def locate(root: Path, address: str) -> Path | None:
    """The real path of what stands at `address` under `root`; None if nothing does, or it leads outside.

    `address` is decoded, has forward slashes and no leading one; a last slash is allowed.
    """
    parts = address.removesuffix("/").split("/") if address else []
    if not all(map(_is_name, parts)):
        return None
    try:
        base = root.resolve()
        found = base.joinpath(*parts).resolve(strict=True)
    except (OSError, ValueError, RuntimeError):  # RuntimeError: a loop of symlinks, before Python 3.13
        return None
    return found if found.is_relative_to(base) else None


def _is_name(part: str) -> bool:
    if not part or UNUSABLE.search(part) or _HIDDEN.search(part):
        return False
    # To Windows these are drives, streams, devices and other names than they seem; elsewhere they are files.
    return os.name != "nt" or not REFUSED.search(part)


def locate_file(root: Path, address: str) -> Path | None:
    """The regular file at `address` under `root`, or None."""
    found = locate(root, address)
    return found if found is not None and found.is_file() else None
