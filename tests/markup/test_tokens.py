"""Tokens and their HTML are what Pygments itself makes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.token import Error

from generator.markup import tokens

LANGUAGES = ("python", "bash", "html", "css", "js", "java", "go", "rust", "sql", "diff", "xml", "toml", "kotlin", "perl", "make", "csharp", "c")
PIECES = (
    "def f(x):\n", "return", "class A(B):", "    ", "\t", "\n", "\n\n", " ", "import os", "x = 1.5", "'a'", '"b', '"""', "# note\n",
    "// note\n", "/* ", "*/", "<div class=\"a\">", "</div>", "&amp;", "function(a) {", "}", "${a}", "$x", "@dec", "select * from t;",
    "if [ -f x ]; then", "fi", "- a\n", "+ b\n", "[section]\n", "key = \"v\"\n", "f\"{a!r:>3}\"", "rb'x'", "0x1F", "é", "چای", "\\", "\\n", "%s", ";",
)  # fmt: skip


@pytest.mark.parametrize("few", [0, 10**9])
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(LANGUAGES), st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_it_equals_the_formatter(few: int, monkeypatch: pytest.MonkeyPatch, language: str, code: str) -> None:
    monkeypatch.setattr(tokens, "FEW", few)
    lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    assert tokens.coloured(lexer, code) == highlight(code, lexer, HtmlFormatter(nowrap=True))


def test_kinds_that_are_not_standard_name_their_parents() -> None:
    kind = Error.Own.Sort
    formatter: Any = HtmlFormatter(nowrap=True)
    assert tokens._class(kind) == formatter._get_css_classes(kind) == "err err-Own err-Own-Sort"
