"""Marks: what points elsewhere is left to be resolved, where it is text, and nobody can forge one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.markup.interface import Mark, MarkKind
from tests.markup.rendering import ENGINES, check_marks, rendered, shown


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@leila", ["leila"]),
        ("Hi @leila, @omid: and (@sara)!", ["leila", "omid", "sara"]),
        ("@a.b- and @c_d.", ["a.b", "c_d"]),
        ("**@leila** _@omid_", ["leila"]),
        ("@نیلوفر‌جان و @لیلا؛", ["نیلوفر‌جان", "لیلا"]),
        ('@"James J. Gavan" wrote', ["James J. Gavan"]),
        ("a@b.org x/@y @@z", []),
        ("`@leila`", []),
        ("    @leila", []),
        ("```\n@leila\n```", []),
        (r"\@leila", []),
        ("\\\\@leila", ["leila"]),
        ("[@leila](/x)", []),
        ("# @leila", ["leila"]),
    ],
)
def test_mentions(text: str, names: list[str], engine: str) -> None:
    marks = rendered(text, engine).marks
    assert [mark.target for mark in marks if mark.kind is MarkKind.MENTION] == names


@pytest.mark.parametrize("engine", ENGINES)
def test_a_mark_in_code_or_an_attribute_is_its_source(engine: str) -> None:
    html = shown('`[[a|b]] :smile:` [x](y "@leila") ![@omid](z.png)', engine)
    assert "<code>[[a|b]] :smile:</code>" in html
    assert 'title="@leila"' in html
    assert 'alt="@omid"' in html
    assert "mention" not in html


@pytest.mark.parametrize("engine", ENGINES)
def test_wiki_links(engine: str) -> None:
    marks = rendered("See [[Which reader?]]\nand [[cafe/tea|the tea]], not [[a]](b) or [[ ]].", engine).marks
    assert [mark for mark in marks if mark.kind is MarkKind.WIKI] == [
        Mark(MarkKind.WIKI, "Which reader?", source="[[Which reader?]]", line=1),
        Mark(MarkKind.WIKI, "cafe/tea", "the tea", source="[[cafe/tea|the tea]]", line=2),
    ]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_quote_may_name_an_entry_of_another_topic(engine: str) -> None:
    made = rendered("> @leila [[cafe/tea#2]]:\n> Green.", engine)
    assert made.marks == (Mark(MarkKind.QUOTE, "leila", text="cafe/tea#2", source="@leila [[cafe/tea#2]]:", line=1),)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_quote_names_its_source_on_its_first_line_only(engine: str) -> None:
    made = rendered("> @leila #2:\n> tea\n> @omid #3:", engine)
    quotes = [mark for mark in made.marks if mark.kind is MarkKind.QUOTE]
    assert quotes == [Mark(MarkKind.QUOTE, "leila", entry="2", source="@leila #2:", line=1)]


@pytest.mark.parametrize("engine", ENGINES)
def test_lines_are_counted_in_the_source(engine: str) -> None:
    text = "> [!NOTE]\n> a\n\n```\n@x\n```\n\n!!! tip\n    @leila\n\n@omid [a](b.md)\n\n[^1]: n\n\n@sara[^1]"
    lines = {mark.target: mark.line for mark in rendered(text, engine).marks}
    assert lines == {"leila": 9, "omid": 11, "b.md": 11, "sara": 15}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("[a](../tea.md#x)", "../tea.md#x"),
        ("[a](/cafe/x/)", "/cafe/x/"),
        ("[a](my%20tea.md)", "my tea.md"),
        ("![a](photo.jpg?a&amp;b)", "photo.jpg?a&b"),
        ("[a](%25.md)", "%.md"),
        ("[a](javascript%3Aalert)", "javascript%3Aalert"),
        ("[a](%2F%2Fevil.example)", "%2F%2Fevil.example"),
        ("[a](/%5Cevil.example)", "/%5Cevil.example"),
    ],
)
def test_addresses_within_the_site_are_decoded_once(text: str, target: str, engine: str) -> None:
    assert [mark.target for mark in rendered(text, engine).marks] == [target]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("text", ["[a](https://b.c/d)", "[a](//b.c)", "[a](#b)", "[a](mailto:x@y.z)", "[a](/\\\\b.c)"])
def test_other_addresses_are_no_marks_to_files(text: str, engine: str) -> None:
    targets = [mark.target for mark in rendered(text, engine).marks]
    assert targets in ([], ["/%5Cb.c"])


FORGERIES = [
    "\ue0000\ue001",
    "\ue0020\ue003",
    "&#xE000;0&#xE001;",
    "&#57344;0&#57345;",
    "&#xE0020&#xE003",
    "&\\#xE000;0&\\#xE001;",
    "&amp;#xE000;0&amp;#xE001;",
    '<a title="&#xE000;0&#xE001;">x</a>',
    "[a](%EE%80%800%EE%80%81)",
    "[a](%EE%80%820%EE%80%83)",
    "```\n&#xE000;0&#xE001;\n```",
    "`\ue0000\ue001`",
    "$\ue0000\ue001$",
    "[[\ue0000\ue001]]",
]


@pytest.mark.parametrize("form", ["markdown", "html", "text"])
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("text", FORGERIES)
def test_marks_can_not_be_forged(text: str, engine: str, form: str) -> None:
    made = rendered(f"{text} tea", engine, format=form)
    check_marks(made)
    assert "tea" in made.html
    assert not [mark for mark in made.marks if mark.kind is MarkKind.MENTION]


PIECES = st.sampled_from(
    ["@leila", "@", "[[", "]]", "[[a|b]]", "|", "||", ":", ":smile:", "$", "$$", "$x$", "`", "```", "~~~", "*", "**", "_",
     "~~", "<", ">", "<b>", "</b>", "<a ", "<!--", "-->", "&", "&amp;", "&#xe000;", "\\", "[", "](b)", "![", "[^1]",
     "[^1]:", ">!", "!!!", "[!NOTE]", "#", "-", "1.", "[x]", "http://a.b", "www.c.d", ".mp3", "\ue000", "\ue001", "\ue002",
     "\ue003", "\ue006", "0", "1", "tea", "چای", "茶", "\n", "\n\n", "    ", " ", "\t", "<div>", "</div>", "<pre>",
     "<code>", '"', "'", "!!! note\n    ", "> @leila #1:\n> "]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join), st.sampled_from(ENGINES), st.booleans())
def test_no_text_breaks_the_marks(text: str, engine: str, breaks: bool) -> None:
    check_marks(rendered(text, engine, breaks=breaks))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["tea", "cup", "@leila", "[[Milk]]", "*sugar*", "||lemon||", "> mint", "\n\n"]), max_size=15))
def test_both_engines_keep_the_words(parts: list[str]) -> None:
    text = " ".join(parts)
    kept = [[word.strip(">|*[]") for word in rendered(text, engine).text.split()] for engine in ENGINES]
    expected = [word.strip(">|*[]") for word in text.split()]
    assert [[word for word in words if word] for words in kept] == [[word for word in expected if word]] * 2
