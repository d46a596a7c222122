"""Services whose players and maps a page can hold, and where a link to one of them has its frame.

A link is only read here; nothing is asked of anybody. Which services a site wants is said in its settings, whether a
frame is loaded by each reader.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from urllib.parse import SplitResult, parse_qs, quote, urlsplit

from msgspec import Struct

SERVICES = ("youtube", "vimeo", "openstreetmap")
"""Services that stand at one place, by the names that settings have for them."""

_ID = re.compile(r"[A-Za-z0-9_-]{6,64}")
_DIGITS = re.compile(r"\d{1,20}")
_CLOCK = re.compile(r"(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?")
_MAP = re.compile(r"map=(\d{1,2})/(-?\d{1,2}(?:\.\d{1,8})?)/(-?\d{1,3}(?:\.\d{1,8})?)")
_PLACE = re.compile(r"-?\d{1,3}(?:\.\d{1,8})?")


class Frame(Struct, frozen=True):
    """What a link can be shown as: the name of the service, the address of the frame, and its shape (`wide` or `tall`)."""

    service: str
    name: str
    url: str
    shape: str = "wide"

    @property
    def host(self) -> str:
        """Whom the frame is asked of."""
        return urlsplit(self.url).netloc


def frame(address: str) -> Frame | None:
    """The frame of a link, None for one that leads to none of the services; `service` says which has to be wanted.

    PeerTube and Mastodon stand on many hosts: whether one of them is meant is known to the settings only.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme != "https" or port or "@" in parts.netloc:
        return None
    host = parts.netloc.lower().removeprefix("www.")
    reader = _READERS.get(host)
    return reader(parts) if reader else _federated(parts)


def _youtube(parts: SplitResult) -> Frame | None:
    query = parse_qs(parts.query)
    first, _, rest = parts.path.strip("/").partition("/")
    if parts.netloc.lower().endswith("youtu.be"):
        name = first
    elif first in ("shorts", "live", "embed"):
        name = rest
    else:
        name = query.get("v", [""])[0] if first == "watch" else ""
    if not _ID.fullmatch(name):
        return None
    start = _seconds(query.get("t", query.get("start", [""]))[0])
    shape = "tall" if first == "shorts" else "wide"
    return Frame("youtube", "YouTube", f"https://www.youtube-nocookie.com/embed/{name}" + (f"?start={start}" if start else ""), shape)


def _seconds(text: str) -> int:
    """A time as 90, 90s or 1m30s."""
    found = _CLOCK.fullmatch(text)
    hours, minutes, seconds = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    return hours * 3600 + minutes * 60 + seconds


def _vimeo(parts: SplitResult) -> Frame | None:
    name, _, key = parts.path.strip("/").removeprefix("video/").partition("/")
    if not _DIGITS.fullmatch(name) or (key and not _ID.fullmatch(key)):
        return None
    return Frame("vimeo", "Vimeo", f"https://player.vimeo.com/video/{name}?dnt=1" + (f"&h={key}" if key else ""))


def _openstreetmap(parts: SplitResult) -> Frame | None:
    """What its map shows at a zoom is told to its frame by corners; a tile of 256 pixels is the world at zoom 0."""
    found = _MAP.match(parts.fragment)
    if not found or parts.path not in ("", "/"):
        return None
    zoom, latitude, longitude = int(found[1]), float(found[2]), float(found[3])
    if zoom > 20 or abs(latitude) > 85 or abs(longitude) > 180:
        return None
    wide = 640 * 360 / 256 / 2**zoom
    high = wide * 9 / 16 * math.cos(math.radians(latitude))
    corners = (longitude - wide / 2, latitude - high / 2, longitude + wide / 2, latitude + high / 2)
    url = "https://www.openstreetmap.org/export/embed.html?layer=mapnik&bbox=" + "%2C".join(f"{one:.5f}" for one in corners)
    query = parse_qs(parts.query)
    marked = [query.get(name, [""])[0] for name in ("mlat", "mlon")]
    return Frame("openstreetmap", "OpenStreetMap", url + ("&marker=" + "%2C".join(marked) if all(map(_PLACE.fullmatch, marked)) else ""))


def _federated(parts: SplitResult) -> Frame | None:
    """PeerTube's films and Mastodon's posts, by how their addresses look."""
    steps = parts.path.strip("/").split("/")
    host = parts.netloc.lower()
    if (steps[0] == "w" and len(steps) == 2) or steps[:2] == ["videos", "watch"]:
        return Frame("peertube", "PeerTube", f"https://{host}/videos/embed/{steps[-1]}") if _ID.fullmatch(steps[-1]) else None
    if steps[0].startswith("@") and len(steps) == 2 and _DIGITS.fullmatch(steps[1]):
        return Frame("mastodon", "Mastodon", f"https://{host}/{quote(steps[0], safe='@._-')}/{steps[1]}/embed", "tall")
    return None


_READERS: dict[str, Callable[[SplitResult], Frame | None]] = {
    "youtube.com": _youtube, "m.youtube.com": _youtube, "youtu.be": _youtube, "youtube-nocookie.com": _youtube,
    "vimeo.com": _vimeo, "player.vimeo.com": _vimeo, "openstreetmap.org": _openstreetmap,
}  # fmt: skip
