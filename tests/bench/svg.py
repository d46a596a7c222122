"""SVG (https://www.w3.org/TR/SVG11/) from a few shapes. Colours are of a middle tone, so that they show on light and dark."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

INK = "#7c7c82"
"""Of text and axes: at least 4 to 1 against white and against near-black (WCAG 2.2, 1.4.3 asks for 3 in charts)."""

COLOURS = ("#2f8f83", "#4a7fd0", "#c4633f", "#9a6fb8")

FONT = "system-ui, sans-serif"
SIZE = 13


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing of a width and height in pixels; `title` is read aloud, and `description` in place of the picture."""

    width: int
    height: int
    title: str
    description: str
    shapes: tuple[str, ...]

    def __str__(self) -> str:
        inner = "\n".join(self.shapes)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" width="{self.width}"'
            f' height="{self.height}" role="img" aria-labelledby="title description" font-family="{FONT}"'
            f' font-size="{SIZE}">\n<title id="title">{escape(self.title)}</title>\n'
            f'<desc id="description">{escape(self.description)}</desc>\n{inner}\n</svg>\n'
        )


Anchor = Literal["start", "middle", "end"]


def text(x: float, y: float, words: str, anchor: Anchor = "start", *, bold: bool = False) -> str:
    """Words whose line stands on `y`."""
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" fill="{INK}"{weight}>{escape(words)}</text>'


def bar(x: float, y: float, width: float, height: float, colour: str, label: str) -> str:
    """A bar; `label` shows where a mouse rests on it."""
    size = f'width="{width:.1f}" height="{height:g}"'
    return f'<rect x="{x:g}" y="{y:g}" {size} rx="2" fill="{colour}"><title>{escape(label)}</title></rect>'


def line(points: Iterable[tuple[float, float]], colour: str, *, width: float = 2) -> str:
    """A line through points."""
    path = quoteattr(" ".join(f"{x:.1f},{y:.1f}" for x, y in points))
    return f'<polyline points={path} fill="none" stroke="{colour}" stroke-width="{width:g}"/>'


def dot(x: float, y: float, colour: str, label: str) -> str:
    """A point of a curve; `label` shows where a mouse rests on it."""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"><title>{escape(label)}</title></circle>'
