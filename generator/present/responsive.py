"""Pictures in HTML: with their sizes, so that a browser fetches what fits, and with room kept for them.

Works on HTML that is safe already; where a picture's address leads is still a mark in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markupsafe import escape

from generator.markup.interface import MARK_CLOSE, MARK_OPEN
from generator.views.seen import Picture

TEXT_SIZES = "(min-width: 46rem) 42rem, 100vw"
"""How wide a picture in a text is at most: as the text, which has a good length of lines on any screen."""

_IMG = re.compile(rf'<img (?P<before>(?:[^>"]*"[^"]*")*?[^>"]*?)(?<![\w-])src="{MARK_OPEN}(?P<mark>[0-9]{{1,6}}){MARK_CLOSE}"(?P<after>(?:[^>"]*"[^"]*")*[^>"]*)>')


def pictured(html: str, find: Callable[[int], Picture | None]) -> str:
    """The HTML with sizes of its pictures; `find` gives the picture of a mark's number.

    A text that has `<picture>` of its own says itself what it wants.
    """
    return html if "<picture" in html else _IMG.sub(lambda found: _shown(found, find), html)


def _shown(found: re.Match[str], find: Callable[[int], Picture | None]) -> str:
    picture = find(int(found["mark"]))
    if picture is None or not picture.width:
        return found[0]
    said = found["before"] + found["after"]
    room = "" if " width=" in f" {said}" or " height=" in f" {said}" else f' width="{picture.width}" height="{picture.height}"'
    image = f'{found[0][:-1]}{room} decoding="async">'
    if not picture.sources:
        return image
    return f"<picture>{sources(picture, TEXT_SIZES)}{image}</picture>"


def sources(picture: Picture, sizes: str) -> str:
    """The `<source>` elements of a picture that is shown as wide as `sizes` says."""
    every = (f'<source type="{escape(one.type)}" srcset="{escape(one.srcset)}" sizes="{sizes}">' for one in picture.sources)
    return "".join(every)
