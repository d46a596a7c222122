"""Inputs that blow up other converters are rendered, and their text is kept."""

from __future__ import annotations

import pytest

from generator.markup import guards, render
from generator.markup.engines import TooMuchOutputError, engine
from tests.markup.rendering import ENGINES, PREFIX, check_marks, rendered

SIZE = 64 * 1024

REPEATED = [
    "[", "![[]()", "\t", "[^a] ", "<![CDATA[ ", "[x](", "<a ", '<a href="', "\\`", "- ", "a\n: b\n",
    '<div markdown="1">', "*a _b", "=", ":a", "http://a.com/(", "<b>", "<div>", "> ", "> [!NOTE]\n\n", ">! a\n\n",
    "||a", "$a", "$a$ ", "[[a", "@a ", "`", "` `` ", "```\n", "~~~ a\n", ":smile:", "<!--", "<?", "&#xe000;", "**a",
    "~~a", "1. ", "- [ ] ", "| a |\n|--|\n", "# a\n", "a\n=\n", "!!! a\n    ", "[^a]: b\n\n", "[a]: b\n", "www.a ",
    "https://a.b/c.mp3\n\n", "<p>", "<script>", "<table><tr><td>", "<math>", "\\$", ")", "`a\n", "![a](b.mp4)\n",
    "<b a=1>", "</blockquote>", "<blockquote>", "\ue0021\ue003", "'\"", "@\"", "    a\n", "#", "= \n", "-\n", "> @a #1:\n\n", "a|b\n-|-\n",
]  # fmt: skip


def repeated(piece: str) -> str:
    return (piece * (SIZE // len(piece) + 1))[: SIZE - 100]


def notes(count: int) -> str:
    return "[^a]: one note\n\n" + "[^a] " * count


SHAPED = {
    "a wide table": "|a" * 4096 + "\n" + "|-" * 4096 + "\n" + "|a\n" * 8000,
    "a heading of spaces": "# a" + " " * (SIZE - 100) + "#x",
    "ticks and spaces": "```" + " " * (SIZE - 100) + "x",
    "ticks of every length": " ".join("`" * length for length in range(1, 350)),
    "one note": notes(SIZE // 5 - 100),
    "a deep list": "\n".join("    " * level + "- a" for level in range(170)),
    "a list 249 deep": "\n".join("  " * level + "- a" for level in range(249)),
    "496 list markers": "- " * 496 + "a",
    "331 divisions": '<div markdown="1">\n' * 331,
    "496 definitions": "a\n: b\n" * 496,
    "braces": "$" + "{" * 1000 + "}" * 1000 + "$",
    "roots": "$" + "\\sqrt" * 700 + "$",
    "a long address used often": "[a]: /" + "x" * 20000 + "\n\n" + "[a] " * 10000,
    "brackets among words": "[ tea cup " * 600,
    "brackets, then words": "[" * 700 + "tea " * 15000,
    "tags, then words": "<a " * 690 + "tea " * 15000,
    "a deep quote": ">" * 5000 + "a",
    "deep emphasis": "*_" * 16000 + "a" + "_*" * 16000,
}


def check(text: str, engine_name: str, form: str = "markdown") -> None:
    whole = f"first words\n\n{text}\n\nlast words"
    made = rendered(whole, engine_name, format=form)
    check_marks(made)
    assert "first words" in made.text
    assert len(made.html) <= guards.amplification(len(whole))


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("piece", REPEATED)
def test_repeated_pieces_are_rendered(piece: str, name: str) -> None:
    check(repeated(piece), name)


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("shape", SHAPED)
def test_shapes_are_rendered(shape: str, name: str) -> None:
    check(SHAPED[shape], name)


@pytest.mark.parametrize("piece", ["<div>", "<b>", "<a ", "<table><tr><td>", "<!--", "<math>", "<b a=1>", "<p>", "<select>"])
def test_html_is_rendered(piece: str) -> None:
    check(repeated(piece), "commonmark", "html")


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("piece", ["[", "![[]()", "<a ", "`", "*a _b", "=", "http://a.com/(", "**a", "$a", "||a", "| a |\n"])
def test_the_text_after_it_is_kept_too(piece: str, name: str) -> None:
    assert "last words" in rendered(f"{repeated(piece)}\n\nlast words", name).text


def test_what_is_too_heavy_is_rendered_by_the_fast_engine_with_a_warning() -> None:
    text = "*tea* " + "[" * 2100
    made = rendered(text, "markdown")
    assert made.html == rendered(text, "commonmark").html
    assert [problem.severity for problem in made.problems] == ["warning"]
    assert "“[”" in made.problems[0].message
    assert not rendered(text, "commonmark").problems


def test_fenced_code_may_hold_any_characters() -> None:
    assert not rendered("```html\n" + "<b>[x]</b>\n" * 1000 + "```", "markdown").problems


def test_a_long_entry_is_rendered_by_the_fast_engine() -> None:
    made = rendered("*tea* " * 12000, "markdown")
    assert "<em>tea</em>" in made.html
    assert "characters" in made.problems[0].message


def test_a_huge_entry_is_shown_as_it_is() -> None:
    made = rendered("*tea* " * 100_000, "markdown")
    assert made.html.startswith('<div class="plain">*tea* *tea*')
    assert made.words == 100_000
    assert len(made.problems) == 1


def test_an_engine_that_fails_costs_no_words(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def convert(self, text: str, limit: int) -> str:
            raise RecursionError

    monkeypatch.setattr(render, "engine", lambda name: engine(name) if name == "commonmark" else Broken())
    made = rendered("__tea__", "markdown")
    assert made.html == "<p><strong>tea</strong></p>"
    assert "nested too deeply" in made.problems[0].message
    monkeypatch.setattr(render, "engine", lambda name: Broken())
    assert rendered("__tea__", "markdown").html == '<div class="plain">__tea__</div>'


def test_the_fast_engine_stops_at_its_limit() -> None:
    with pytest.raises(TooMuchOutputError):
        engine("commonmark").convert("*tea* " * 20000, 10**5)


def test_code_of_a_slow_lexer_is_coloured_while_it_is_short() -> None:
    fence = "```java\n{}\n```"
    assert "<span" in rendered(fence.format("int a;\n" * 100)).html
    assert "<span" not in rendered(fence.format("int a;\n" * 1000)).html


def test_ids_have_the_prefix() -> None:
    assert f'id="{PREFIX}a"' in rendered("# a").html
