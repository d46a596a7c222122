"""The engine `markdown` gives what stock Python-Markdown gives."""

from __future__ import annotations

import markdown
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.markup.engines import engine
from generator.markup.python_markdown import EXTENSIONS, SETTINGS

STOCK = markdown.Markdown(extensions=EXTENSIONS, extension_configs=SETTINGS)
PIECES = st.sampled_from(
    ["tea", "cup", "*", "**", "_", "`", "``", "[", "]", "(", ")", "[a](b)", "![a](b)", "[a]", "[a]: b\n", "<b>", "</b>",
     "<div>", "</div>", "<http://a.b>", "<a@b.c>", "&", "&amp;", "&#65;", "\\", "\\*", "~~", "~", "#", "-", "1.", ">", "|",
     "|-|-|", "```", "~~~", "    ", "  \n", "\n", "\n\n", "\t", " ", "!", "=", "===", "---", "[x]", "چای", "<!-- -->"]
)  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(st.one_of(st.lists(PIECES, max_size=40).map("".join), st.lists(PIECES, max_size=12).map("\n\n".join)))
def test_leaving_patterns_out_changes_nothing(text: str) -> None:
    STOCK.reset()
    assert engine("markdown").convert(text, 10**7) == STOCK.convert(text)
