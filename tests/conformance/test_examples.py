"""Both engines on examples of our own, before extras and sanitising."""

from __future__ import annotations

import pytest

from generator.markup.engines import engine
from tests.conformance.examples import EXAMPLES, Example
from tests.conformance.normal import normal


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.markdown)
def test_commonmark_renders_as_the_specification_says(example: Example) -> None:
    assert normal(engine("commonmark").convert(example.markdown, 10**6)) == example.html


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.markdown)
def test_markdown_renders_the_same_or_as_the_original_markdown(example: Example) -> None:
    assert normal(engine("markdown").convert(example.markdown, 10**6)) == (example.classic or example.html)
