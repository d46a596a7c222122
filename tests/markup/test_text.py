"""Plain text, its words and its excerpt."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markup.text import beginning, excerpt, plain, words


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a</p>\n<p>b &amp; c</p>", "a b & c"),
        ("<ul><li>a</li><li>b</li></ul>", "a b"),
        ("a<br>b", "a b"),
        ("<em>a</em>b", "ab"),
        ('<a title="x>y">a</a>', "a"),
        ("", ""),
    ],
)
def test_plain(html: str, text: str) -> None:
    assert plain(html) == text


@pytest.mark.parametrize(("text", "count"), [("", 0), ("a b-c don't", 3), ("می‌روم خانه", 2), ("你好世界", 2), ("茶 tea", 2)])
def test_words(text: str, count: int) -> None:
    assert words(text) == count


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_words_of_ascii_are_counted_as_all_others(text: str) -> None:
    assert words(text) == len(re.findall(r"\w[\w'.-]*", text))


def test_excerpts_end_at_a_word() -> None:
    assert excerpt("one two three", 100) == "one two three"
    assert excerpt("one two, three", 10) == "one two…"
    assert excerpt("one two. Three", 10) == "one two…"
    assert excerpt("x" * 50, 10) == "x" * 10 + "…"


@pytest.mark.parametrize(
    ("before", "shown"),
    [
        ("Something that says by itself what it is about, and why:", "Something that says by itself what it is about, and why…"),
        ("Look:", "Look: if (a) { b(); } And after it."),
    ],
)
def test_an_entry_begins_with_what_stands_before_its_code(before: str, shown: str) -> None:
    html = f'<p>{before}</p>\n<div class="code"><pre><code><span class="k">if</span> (a)\n{{ b(); }}</code></pre></div>\n<p>And after it.</p>'
    assert beginning(html, plain(html)) == shown


@given(st.text(), st.integers(min_value=1, max_value=60))
def test_an_excerpt_is_never_longer_than_its_limit(text: str, limit: int) -> None:
    assert len(excerpt(text, limit).removesuffix("…")) <= limit
