"""Draws a picture from an SVG text, by the package resvg_py, which the extra `cards` installs.

It joins letters and puts lines from right to left as their scripts want it, and reads no font but the given ones.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator import digest
from generator.errors import PageError, Problem


def png(svg: str, fonts: Sequence[str]) -> bytes:
    """The picture as PNG; `fonts` are files. Raises `PageError` where the package is missing or the SVG is wrong."""
    try:
        import resvg_py
    except ImportError as error:
        raise PageError(_missing()) from error
    try:
        return bytes(resvg_py.svg_to_bytes(svg_string=svg, font_files=list(fonts), skip_system_fonts=True))
    except ValueError as error:
        message = f"the picture can't be drawn: {error}"
        raise PageError(Problem("card.svg", 0, "", message, "The template is part of the theme: mend it there.")) from error


def mark(svg: str, fonts: Sequence[int]) -> bytes:
    """The digest of all that a picture depends on; `fonts` are the marks of the files."""
    return digest.of(svg, fonts, _version())


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("resvg_py")
    except PackageNotFoundError:
        return ""


def _missing() -> Problem:
    message = "previews are drawn by a package that is not installed"
    return Problem("site.toml", 0, "cards.enabled", message, "Run: pip install 'anjoman[cards]'")
