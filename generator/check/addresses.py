"""From an address in a page to a place in the site, as a browser and a web server understand it.

Follows RFC 3986 section 5.2, and the WHATWG URL Standard where browsers are more lenient.
Whether anything is at that place is for the tree to say.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, unquote

from msgspec import Struct

INDEX = "index.html"
"""The file that a web server shows for a folder."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_DOT = re.compile("%2e", re.IGNORECASE)
_SLASH = re.compile("%2f", re.IGNORECASE)
_EDGES = "".join(map(chr, range(0x21)))
_INNER = str.maketrans("", "", "\t\n\r")
_HTTP = ("http:", "https:")
_PORTS = (":80", ":443")
_HOST_LIMIT = 253


class Target(Struct, frozen=True):
    """A place in the site: `path` decoded, from the site's root (`/cafe/`; "" is the root without its slash).

    `fragment` is as written, without a text directive. With `outside` the path is the host's,
    because the address leaves the site's prefix.
    """

    path: str
    fragment: str = ""
    outside: bool = False


class _Parts(Struct, frozen=True):
    host: str | None
    path: str
    fragment: str
    whole: bool = False


class Addresses(Struct, frozen=True):
    """A site's addresses: below `prefix` ("" or `/sub`, decoded) on `host` ("" where it is not known)."""

    prefix: str
    host: str

    @classmethod
    def of(cls, prefix: str = "", origin: str = "") -> Addresses:
        """From a sub-path in any spelling (`/sub/`) and an origin (`https://forum.example`)."""
        trimmed = prefix.strip("/")
        parts = _split(origin)
        return cls(unquote(f"/{trimmed}") if trimmed else "", parts.host or "")

    def of_file(self, file: str) -> str:
        """The address of an output file from the host's root, decoded: `/sub/cafe/`."""
        return f"{self.prefix}/{place_of(file)}"

    def target(self, value: str, page: str, base: str = "") -> Target | None:
        """Where an address leads that stands in the file `page`; None if that is no business of the site."""
        origin = _origin(self.of_file(page))
        if base:
            start = self._resolve(_split(base), origin)
            if start is None:
                return self._absolute(_split(value))
            origin = start
        parts = _split(value)
        path = self._resolve(parts, origin)
        return None if path is None else self._inside(path, parts)

    def _absolute(self, parts: _Parts) -> Target | None:
        # Relative to another host's base, only an address with a host of its own can come back.
        path = self._resolve(parts, "/") if parts.host else None
        return None if path is None else self._inside(path, parts)

    def _resolve(self, parts: _Parts, origin: str) -> str | None:
        if parts.host is None:
            return _merge(origin, parts.path) if not parts.whole else None
        if not self.host or parts.host != self.host:
            return None
        return _merge("/", parts.path or "/")

    def _inside(self, path: str, parts: _Parts) -> Target | None:
        decoded = _decode(path)
        if decoded == self.prefix or decoded.startswith(f"{self.prefix}/"):
            return Target(decoded[len(self.prefix) :], parts.fragment)
        # A whole address beside the prefix is a neighbour on the same host, and meant to be.
        return None if parts.host else Target(decoded, parts.fragment, outside=True)


def place_of(file: str) -> str:
    """The address of an output file from the site's root, without the leading slash: `cafe/`."""
    if file == INDEX or file.endswith(f"/{INDEX}"):
        return file[: -len(INDEX)]
    return file


def _split(value: str) -> _Parts:
    text = value.strip(_EDGES).translate(_INNER)
    front, _, fragment = text.partition("#")
    front = front.partition("?")[0]
    fragment = fragment.partition(":~:")[0]
    scheme = _SCHEME.match(front)
    if scheme:
        if scheme[0].lower() not in _HTTP:
            return _Parts(None, "", "", whole=True)
        front = "//" + front[scheme.end() :].lstrip("/\\")
    front = front.replace("\\", "/")
    if not front.startswith("//"):
        return _Parts(None, front, fragment)
    authority, slash, path = front[2:].partition("/")
    return _Parts(_host(authority), slash + path, fragment)


@lru_cache(maxsize=8)
def _origin(address: str) -> str:
    return quote(address)


@lru_cache(maxsize=256)
def _host(authority: str) -> str:
    host = authority.rpartition("@")[2].lower()
    for port in _PORTS:
        host = host.removesuffix(port)
    if host.isascii() or len(host) > _HOST_LIMIT:
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def _merge(origin: str, path: str) -> str:
    if not path:
        return origin
    if not path.startswith("/"):
        path = origin[: origin.rfind("/") + 1] + path
    return _without_dots(path)


def _without_dots(path: str) -> str:
    """RFC 3986 section 5.2.4, with `%2e` read as a dot as browsers do."""
    if "/." not in path and "%2" not in path:
        return path
    kept: list[str] = []
    segments = _DOT.sub(".", path).split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _decode(path: str) -> str:
    if "%" not in path:
        return path
    # An encoded slash parts no folders, so it must not become one.
    return unquote(_SLASH.sub("%252F", path))
