"""Who may talk to the dev server: the Host allow-list and the origin of the event stream.

A page of another site can make a browser send requests here, under a name of its own that it
points to 127.0.0.1 (DNS rebinding); the Host header still tells that name.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping

from msgspec import Struct

LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
_AUTHORITY = re.compile(r"(\[[0-9a-fA-F:.]{2,45}\]|[A-Za-z0-9._-]{1,253})(?::([0-9]{1,5}))?")
_HTTP_PORT = 80


class Guard(Struct, frozen=True):
    """Knows the names under which this server may be addressed: the chosen host and the local ones."""

    host: str
    port: int

    def admits_host(self, authority: str) -> bool:
        """Whether a Host header's value (RFC 9110, 7.2: host and optional port) names this server."""
        match = _AUTHORITY.fullmatch(authority)
        if match is None or int(match[2] or _HTTP_PORT) != self.port:
            return False
        return self._is_own_name(match[1].lower())

    def admits_origin(self, headers: Mapping[str, str]) -> bool:
        """Whether a request with these headers (names in lower case) comes from a page of this server.

        A browser leaves Origin out of a same-origin GET, so its absence alone says nothing;
        Sec-Fetch-Site then tells.
        """
        if headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
            return False
        scheme, mark, authority = headers.get("origin", "").partition("://")
        return (scheme == "http" and self.admits_host(authority)) if mark else not scheme

    def _is_own_name(self, name: str) -> bool:
        if name in LOCAL_NAMES or name == authority_name(self.host):
            return True
        # Bound to every interface, it has addresses that are not known here; rebinding needs a name.
        return _is_unspecified(self.host) and _is_address(name.strip("[]"))


def authority_name(host: str) -> str:
    """The host as it stands in an address: in lower case, IPv6 in brackets."""
    return f"[{host}]".lower() if ":" in host else host.lower()


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_unspecified(host: str) -> bool:
    return host == "" or (_is_address(host) and ipaddress.ip_address(host).is_unspecified)
