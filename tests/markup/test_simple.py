"""What needs no parser gives what the parsers give, on both engines."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.markup import highlight, sanitise, simple
from generator.markup.engines import engine
from generator.markup.interface import Options
from generator.markup.links import Addresses, Marks
from generator.markup.marks import Holder
from tests.markup.rendering import ENGINES

REL = "ugc nofollow noopener"

SPANS = (
    "*a*", "*a b*", "**b c**", "`x`", "`a b*c`", "`<T>`", "`<!--`", "`a\\`", "`a|b`", "`&amp;`", "[a b](https://e.com/x)",
    "[q](http://e.com/?a=1&b=2)", "a_b", "_", "*", "`", "**a**b", "c**a**", "*a*'", "\ue0020\ue003", "chá", "چای", "—", "«",
)  # fmt: skip
BLOCKS = (
    "## h h", "# t\nu", "# t #", "#t", "- i\n- j *k*", "1. j\n2. k", "1) j", "> q r\n> s", "> - q", "- > q", "- # a", "- - a", "> > a",
    "```python\nx=1\n\n  y<2\n```", "```\nx\n```", "```a", "```\n\nx", "===", "---", "+ a", "| a", "    code", "<div>", "[a]: b",
)  # fmt: skip
SIGNS = (" ", "\n", "  \n", "\n\n", "\n\n\n", ". ", ", ", "'", '"', "(", ")", "!", ":", "& ", "&a", "> ", "#", "=", "-", "1.", "\t", "\u00a0")
TEXTS = st.one_of(
    st.lists(st.sampled_from((*SPANS, *SIGNS, "tea", "word word")), max_size=20).map("".join),
    st.lists(st.sampled_from((*BLOCKS, *SPANS, "tea", "word word.")), max_size=6).map("\n\n".join),
    st.text(alphabet="ab *_`[]()#->1.\n!<&\":+=,?é", max_size=24),
)


def by_parser(text: str, name: str) -> str:
    options = Options(engine=name)
    html = sanitise.clean(sanitise.escape_raw_text(engine(name).convert(text, 10**7)))
    return highlight.blocks(Addresses(options, text, Holder(), Marks(REL)).finish(html)).strip()


@settings(max_examples=1000, deadline=None)
@given(TEXTS)
def test_it_equals_both_engines(text: str) -> None:
    made = simple.convert(text, REL)
    if made is not None:
        html = highlight.blocks(made).strip()
        assert [html] * len(ENGINES) == [by_parser(text, name) for name in ENGINES]


@pytest.mark.parametrize(
    "text",
    [
        "Tea.",
        "One\nand two, “three”.\n\nA second: 5 > 4 & so on.",
        "*One* **two** `a*b<c>` [three](https://example.org/a_b?c=1&d=%20).",
        "# A title\n\nText\n\n- one *item*\n- two\n\nMore\n\n1. a\n2. b",
        "> quoted\n> lines\n\nAnswer.",
        "Code:\n\n```python\nx = [1]\n\ny\n```\n\nText with snake_case.",
        "A line  \nbroken.",
    ],
)
def test_common_texts_need_no_parser(text: str) -> None:
    made = simple.convert(text, REL)
    assert made is not None
    assert [highlight.blocks(made)] * 2 == [by_parser(text, name) for name in ENGINES]


@pytest.mark.parametrize(
    "text",
    ["", " a", "a ", "a\tb", "a\\*", "<b>", "~~a~~", "a | b", "*a", "_a_", "![a](b.png)", "[a](b.md)", "a\n---", "- a\n\n- b",
     "- a\n  b", "> a\n\n> b", "    a", "&amp;", "a\n- b", "```\na", "[a](https://e.com/%EE%80%820)"],
)  # fmt: skip
def test_all_else_is_left_to_the_parsers(text: str) -> None:
    assert simple.convert(text, REL) is None
