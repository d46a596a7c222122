"""The colours of the built-in themes: every text can be read on its ground, in light and in dark (WCAG 2.2, AA)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.theming import theme
from generator.theming.assets import BUNDLE

Rgb = tuple[float, float, float]
"""Red, green and blue of linear light, 0 to 1."""

ENOUGH = 4.5

GROUNDS = ("bg", "surface", "sunken")
PAIRS = [
    *((ink, ground) for ink in ("text", "muted", "accent") for ground in GROUNDS),
    *((ink, "surface") for ink in ("warm", "note", "tip", "important", "warning", "danger")),
    ("accent", "accent-soft"),
    ("warm", "warm-soft"),
    ("on-accent", "accent"),
    ("text", "mark"),
]
CLASSIC = [("on-band", "band"), ("on-head", "head"), ("muted", "head"), ("accent", "head")]
ALL = [
    (name, ink, ground, scheme)
    for name in ("agora", "classic", "journal")
    for ink, ground in (PAIRS + CLASSIC if name == "classic" else PAIRS)
    for scheme in ("light", "dark")
]


def tokens(name: str) -> dict[str, str]:
    """The custom properties of a theme's root, the last of each."""
    found = theme.load(name, Path(), {})
    sheet = next(asset.read().decode() for asset in found.assets() if asset.name == BUNDLE)
    roots = re.findall(r"(?:^|(?<=\})):root\{(.*?)\}", sheet)
    return dict(re.findall(r"--([\w-]+):([^;]+)", ";".join(roots)))


def arguments(text: str) -> list[str]:
    """What stands between a function's brackets, cut at its own commas."""
    parts, depth = [""], 0
    for letter in text[text.index("(") + 1 : text.rindex(")")]:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts]


def color(text: str, known: Mapping[str, str], scheme: str) -> Rgb:
    """The colour of an expression as themes write it."""
    text = text.strip()
    if text.startswith("#"):
        return from_hex(text)
    if text.startswith("light-dark("):
        return color(arguments(text)[scheme == "dark"], known, scheme)
    if text.startswith("var("):
        name, *fallback = arguments(text)
        return color(known.get(name.removeprefix("--")) or fallback[0], known, scheme)
    space, first, second = arguments(text)
    assert space == "in oklab", text
    value, share = first.rsplit(" ", 1)
    return mixed(color(value, known, scheme), color(second, known, scheme), float(share.removesuffix("%")) / 100)


def from_hex(text: str) -> Rgb:
    digits = text[1:] if len(text) == 7 else "".join(digit * 2 for digit in text[1:])
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return linear(red), linear(green), linear(blue)


def linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def mixed(one: Rgb, other: Rgb, share: float) -> Rgb:
    """`color-mix(in oklab, …)` (CSS Color 5; the numbers are Björn Ottosson's)."""
    first, second = oklab(one), oklab(other)
    lightness, a, b = (share * x + (1 - share) * y for x, y in zip(first, second, strict=True))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def oklab(color: Rgb) -> Rgb:
    red, green, blue = color
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def luminance(color: Rgb) -> float:
    red, green, blue = (min(max(part, 0), 1) for part in color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Rgb, other: Rgb) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("name", "ink", "ground", "scheme"), ALL)
def test_a_text_can_be_read_on_its_ground(name: str, ink: str, ground: str, scheme: str) -> None:
    known = tokens(name)
    found = contrast(color(known[ink], known, scheme), color(known[ground], known, scheme))
    assert found >= ENOUGH, f"--{ink} on --{ground}: {found:.2f}"


def test_contrast_is_that_of_wcag() -> None:
    assert round(contrast(from_hex("#ffffff"), from_hex("#000000")), 1) == 21
    assert round(contrast(from_hex("#777"), from_hex("#fff")), 2) == 4.48
    assert round(contrast(mixed(from_hex("#fff"), from_hex("#000"), 1), from_hex("#000")), 1) == 21
