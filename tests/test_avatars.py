"""Faces that are drawn: their letters can be read on their pattern, in every colour, light and dark."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

from generator.present.people import HUES, SHAPES
from generator.theming import theme
from generator.theming.assets import BUNDLE
from tests.conftest import Community

Colour = tuple[float, float, float]


def linear(lightness: float, chroma: float, hue: float) -> Colour:
    """The linear sRGB of a colour in OKLCH (Ottosson 2020), cut to what a screen shows."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long, middle, short = (
        (lightness + x * a + y * b) ** 3
        for x, y in ((0.3963377774, 0.2158037573), (-0.1055613458, -0.0638541728), (-0.0894841775, -1.2914855480))
    )
    mixed = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    red, green, blue = (min(1.0, max(0.0, value)) for value in mixed)
    return red, green, blue


def blended(over: Colour, under: Colour, share: float) -> Colour:
    """What is seen where one colour lies over another: browsers blend sRGB as it is encoded."""
    pairs = zip(over, under, strict=True)
    red, green, blue = ((share * one ** (1 / 2.2) + (1 - share) * other ** (1 / 2.2)) ** 2.2 for one, other in pairs)
    return red, green, blue


def contrast(one: Colour, other: Colour) -> float:
    """WCAG's contrast ratio."""
    weights = (0.2126, 0.7152, 0.0722)
    light, dark = sorted((sum(map(lambda w, c: w * c, weights, colour)) + 0.05 for colour in (one, other)), reverse=True)
    return light / dark


@pytest.fixture(scope="module")
def style() -> str:
    assets = theme.load("agora", Path(), {}).assets()
    return next(asset.text for asset in assets if asset.name == BUNDLE)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_letters_are_read_on_every_ground_and_pattern(style: str, dark: bool) -> None:
    rule = re.search(r"\.avatar\{.*?\}", style)
    share = re.search(r"\.avatar use\{opacity:([\d.]+)", style)
    assert rule and share
    found = re.findall(r"oklch\(([\d.]+) ([\d.]+) var\(--hue\)\)", rule[0])
    hues = [float(hue) for hue in re.findall(r"\.hue-\d+\{--hue:(\d+)", style)]
    assert (len(found), len(hues)) == (4, HUES)
    (ground, letters) = ((found[1], found[3]) if dark else (found[0], found[2]))
    for hue in hues:
        below, ink = (linear(float(light), float(chroma), hue) for light, chroma in (ground, letters))
        assert contrast(ink, below) >= 4.5
        assert contrast(ink, blended(ink, below, float(share[1]))) >= 4.5


def test_every_pattern_is_drawn(style: str) -> None:
    sprite = next(asset for asset in theme.load("agora", Path(), {}).assets() if asset.name == "avatars.svg")
    assert re.findall(r'<symbol id="p(\d+)"', sprite.read().decode()) == [str(number) for number in range(SHAPES)]


def test_a_members_picture_goes_before_a_drawn_face(site: Community) -> None:
    text = "---\ntitle: Tea\nauthor: leila\ndate: 2026-01-01\n---\nTea.\n--- reply\nauthor: omid\ndate: 2026-01-02\n---\nYes.\n"
    site.write({"cafe/tea.md": text, "members/leila.md": "---\navatar: me.png\n---\n", "members/me.png": b"\x89PNG"}, cafe="").clean()
    assert site.attributes("/cafe/tea/", "#r-1 > img.avatar", "src") == ["/forum/members/me.png"]
    assert site.texts("/cafe/tea/", "#r-2 > svg.avatar text") == ["O"]
    assert site.attributes("/cafe/tea/", "#r-2 > svg.avatar", "aria-hidden") == ["true"]
