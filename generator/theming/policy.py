"""Whom a page may ask for sounds, films and frames: those that are in it, and nobody else.

It is said in the page's Content Security Policy, which stands before all of that, so it is read off the finished body.
Text can't forge an element, because a `<` of it is written `&lt;`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from markupsafe import Markup

# Compiled where they are needed: most pages have neither.
_PLAYED = r"<(?:audio|video|source|track)\b[^>]*?\ssrc=\"((?:https?:)?//[^\"]*)\""
_FRAMED = r"<figure\b[^>]*?\sdata-frame=\"(https://[^\"]*)\""
_ORIGIN = r"(?:https?://)?[A-Za-z0-9._-]{1,253}(?::\d{1,5})?"


def allowed(body: str) -> Markup:
    """The directives for what a body holds: `media-src` always, `frame-src` where a script may put frames in."""
    played = _origins(re.findall(_PLAYED, body)) if "<audio" in body or "<video" in body else ()
    framed = _origins(re.findall(_FRAMED, body)) if " data-frame=" in body else ()
    frames = f"; frame-src {' '.join(framed)}" if framed else ""
    return Markup(" ".join(("media-src 'self'", *played)) + frames)  # noqa: S704 - hosts hold no mark


def _origins(addresses: Iterable[str]) -> tuple[str, ...]:
    """The hosts of addresses, each once; one that no policy can name is left out, and so is refused."""
    return tuple(sorted({origin for origin in map(_origin, addresses) if re.fullmatch(_ORIGIN, origin)}))


def _origin(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme else parts.netloc
