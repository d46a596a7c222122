from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import Problem
from generator.markup.frontmatter import FrontMatter, read_flat, split
from generator.markup.header import DEPTH, LIMIT
from generator.markup.yamlheader import parse_yaml

LINE = st.one_of(
    st.sampled_from(
        ["", "# note", "a:", "- x", "  b: c", "a: [x, y]", 'a: "x \\" y"', "a: 'it''s'", "b: [C#, a b]"]
    ),
    st.builds(
        "{}: {}".format,
        st.sampled_from("abcdef"),
        st.text(alphabet="xy1 :#[]{},\"'\\-?&*!|>%@`./\t~=ی۱", max_size=12),
    ),
    st.builds("{}: [{}]".format, st.sampled_from("abcdef"), st.text(alphabet="xy1 ,#\"'-?:", max_size=12)),
)

VALUE = st.one_of(
    st.text(alphabet="xyی۱ #:.,'\"-", max_size=6).map("x{}".format),
    st.text(alphabet="xy #:.\\'\"-", max_size=6).map('"{}"'.format),
    st.text(alphabet="xy #:.\\'\"-", max_size=6).map("'{}'".format),
    st.lists(st.text(alphabet="xyC #'\"-.+", min_size=1, max_size=3), max_size=3).map(
        lambda each: f"[{', '.join(each)}]"
    ),
    st.text(alphabet="xy1 :#[]{},\"'\\-?&*!|>%@`./\t~=ی۱", max_size=5),
)


def read(text: str) -> dict[str, object]:
    matter = split(text)
    assert matter.problems == ()
    return dict(matter.values)


def problem(text: str) -> Problem:
    matter = split(text, "tea.md")
    assert matter.values == {}
    (found,) = matter.problems
    assert found.path == "tea.md"
    return found


def test_every_value_stays_the_text_that_it_is() -> None:
    text = (
        "---\nanswer: no\nversion: 1.10\nts: 1234567890.000100\nday: 2024-13-45\nat: 12:30:45\nempty:\n---\n"
    )
    assert read(text) == {
        "answer": "no", "version": "1.10", "ts": "1234567890.000100", "day": "2024-13-45", "at": "12:30:45", "empty": "",
    }  # fmt: skip


def test_lists_and_tables_are_kept() -> None:
    text = "---\ntags: [a b, 'c, d', C#]\npolls:\n  - id: x\n    options: [yes, no]\nsummary: >\n  one\n  two\n---\n"
    assert read(text) == {
        "tags": ["a b", "c, d", "C#"],
        "polls": [{"id": "x", "options": ["yes", "no"]}],
        "summary": "one two\n",
    }


def test_each_name_and_the_body_have_their_lines() -> None:
    matter = split("---\r\ntitle: Tea\r\n\r\ntags:\r\n- a\r\n---\r\nText.\r\n")
    assert matter == FrontMatter({"title": "Tea", "tags": ["a"]}, {"title": 2, "tags": 4}, 7, "Text.\n")


@pytest.mark.parametrize("text", ["", "Text.", "--- \nx", "----\n", "a\n---\nb: c\n---\n"])
def test_a_text_without_header_is_all_body(text: str) -> None:
    matter = split(text) if text != "--- \nx" else FrontMatter({}, {}, 1, text)
    assert (matter.values, matter.body, matter.body_line) == ({}, text, 1)


def test_toml_is_read_as_text_too() -> None:
    matter = split(
        '+++\ntitle = "Tea"\nversion = 1.10\ndraft = true\ndate = 2012-03-01T09:05:00Z\n[extra]\na = [1]\n+++\nx'
    )
    assert matter.values == {
        "title": "Tea", "version": "1.10", "draft": "true", "date": "2012-03-01T09:05:00+00:00", "extra": {"a": ["1"]},
    }  # fmt: skip
    assert (matter.lines["draft"], matter.lines["extra"], matter.body, matter.body_line) == (4, 6, "x", 9)


def test_pelican_headers_are_read_where_the_first_is_a_known_one() -> None:
    matter = split("Title: Tea\nTags: a, b\nSummary: one\n    two\n\nText: x")
    assert matter.values == {"title": "Tea", "tags": "a, b", "summary": "one\ntwo"}
    assert (matter.lines["tags"], matter.body, matter.body_line) == (2, "Text: x", 6)


@pytest.mark.parametrize("text", ["Note: this is prose.\n\nx", "Date: I forgot it,\nas ever.\n\nx"])
def test_prose_with_a_colon_is_no_header(text: str) -> None:
    assert split(text).body == text


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("---\ntitle: Tea\n", 1, "expected a line `---`"),
        ("---\na: 1\nb: 2\na: 3\n---\n", 4, "given twice"),
        ("---\na: 1\nb:\n\tc: 1\n---\n", 4, "YAML"),
        ("---\na: 1\nb: x: y\n---\n", 3, "YAML"),
        ("---\na: 1\nb: &x 1\n---\n", 3, "anchors"),
        ("---\na: 1\nb: *x\n---\n", 3, "anchors"),
        ("---\njust text\n---\n", 2, "`key: value`"),
        ("---\n- a\n---\n", 2, "`key: value`"),
        ("---\na: 1\n? [x]\n: y\n---\n", 3, "expected a name"),
        ("---\na: 1\nb: \x07\n---\n", 3, "U+0007"),
        ('---\na: 1\nb: "\\0"\n---\n', 3, "U+0000"),
        ("---\na: 1\nb:\n  c: 1\n  c: 2\n---\n", 5, "given twice"),
        ("+++\na = 1\nb = \n+++\n", 3, "TOML"),
        ("+++\na = 1\nb = 0x" + "f" * 60000 + "\n+++\n", 2, "digits"),
        ("Title: a\nTitle: b\n\n", 2, "given twice"),
    ],
)
def test_what_is_wrong_names_its_line(text: str, line: int, words: str) -> None:
    found = problem(text)
    assert found.line == line
    assert words in found.message


@pytest.mark.parametrize(
    "header",
    [
        "a: " + "[" * 30000,
        "a: " + "{a: " * 15000,
        "- " * 30000,
        "a: x\n" * 20000,
        "b: [" + "x, " * 40000,
        "k: " + "- " * DEPTH + "x\n",
    ],
)
def test_hostile_headers_are_problems(header: str) -> None:
    assert split(f"---\n{header}\n---\nx").problems


@pytest.mark.parametrize("value", ["[" * 9000, ".".join("a" * 9000) + " = 1", "{a=" * 9000])
def test_hostile_toml_is_a_problem(value: str) -> None:
    assert split(f"+++\na = {value}\n+++\n").problems


def test_a_header_over_the_limit_is_a_problem() -> None:
    assert str(LIMIT) in problem("---\na: " + "x" * LIMIT + "\n---\n").message


@settings(max_examples=2000, deadline=None)
@given(st.lists(VALUE, min_size=1, max_size=4))
def test_what_needs_no_parser_is_what_the_parser_says(values: list[str]) -> None:
    header = "".join(f"{name}: {value}\n" for name, value in zip("abcd", values, strict=False))
    if (flat := read_flat(header)) is not None:
        assert flat == parse_yaml(header)


def test_simple_headers_need_no_parser() -> None:
    assert read_flat("title: It's C#" + '\ntags: [a, C#]\n# note\n\nname: "a \\" b"\nx:\n') is not None


@settings(max_examples=2500, deadline=None)
@given(
    st.sampled_from(["---\n", "+++\n", "Title: x\n"]),
    st.one_of(st.lists(LINE, max_size=6).map("\n".join), st.text()),
    st.booleans(),
)
def test_any_header_gives_values_or_a_problem_with_its_line(mark: str, header: str, closed: bool) -> None:
    matter = split(f"{mark}{header}\n{mark if closed else ''}", "tea.md")
    assert all(1 <= each.line <= matter.body_line + header.count("\n") + 3 for each in matter.problems)
    assert all(each.path == "tea.md" for each in matter.problems)
    assert not (matter.problems and matter.values)
