"""Colours of code can be read by everyone, and never cost the code."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.markup.highlight import DARK_GROUND, LIGHT_GROUND, blocks, colour, stylesheet
from tests.markup.rendering import parsed


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("line", [line for line in stylesheet().splitlines() if "{color:#" in line or "};color:#" in line])
def test_every_colour_has_the_contrast_that_text_needs(line: str) -> None:
    ground = DARK_GROUND if line.startswith(":root") else LIGHT_GROUND
    found = re.search(r"\{color:(#[0-9a-f]{6})", line)
    assert found
    assert contrast(found[1], ground) >= 4.5


def test_dark_is_the_page_s_choice_or_the_system_s() -> None:
    style = stylesheet()
    assert ":root[data-theme=dark] .code :is(.k," in style
    assert "@media screen and (prefers-color-scheme: dark)" in style
    assert ":root:not([data-theme=light]) .code :is(.k," in style


def test_unknown_languages_and_raw_tags_stay_plain() -> None:
    assert colour("x", "nosuch") == ""
    assert blocks("<pre><code>a <b>b</b></code></pre>") == "<pre><code>a <b>b</b></code></pre>"


@pytest.mark.parametrize("language", ["console", "pycon", "doscon"])
def test_sessions_keep_their_last_line(language: str) -> None:
    lines = "$ first\n$ second"
    html = blocks(f'<pre><code class="language-{language}">{lines}\n</code></pre>')
    body = parsed(html).body
    assert body is not None
    assert body.text() == lines


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["python", "html", "c", "bash", "json", "diff", "php", "rst", "console"]))
def test_colouring_keeps_the_code(code: str, language: str) -> None:
    code = code.replace("\x00", "").replace("\r", "")
    shown = colour(code, language)
    if shown:
        body = parsed(f"<pre>\n{shown}</pre>").body
        assert body is not None
        assert body.text() == code
