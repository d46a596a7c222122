from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import scaffold
from generator.markup.document import read_document
from generator.markup.frontmatter import newlines, read_flat, split
from generator.markup.yamlheader import parse_yaml
from generator.model import Role, Source, TopicFields
from generator.settings import Settings

NOW = datetime(2026, 11, 1, 10, 0, 5, tzinfo=UTC)
TOPIC = Source("content/cafe/tea.md", Role.TOPIC, "cafe", "cafe/tea")
anything = st.text(max_size=60)
# The line ends that Markdown files have are all read as line feeds.
text_of_lines = st.lists(st.sampled_from(["--- reply", "\\--- reply", "---", "```", "a", "", "id: 2", " x"]) | anything)


@given(anything)
def test_any_text_is_read_back_from_a_header(text: str) -> None:
    written = f"x: {scaffold.scalar(text)}"
    found = read_flat(written) or parse_yaml(written)
    assert found.values == parse_yaml(written).values == {"x": scaffold.one_line(text)}


@given(st.lists(anything.map(scaffold.one_line).filter(bool), min_size=1))
def test_any_list_is_read_back_from_a_header(items: list[str]) -> None:
    assert split(scaffold.document(scaffold.header({"tags": items}), "")).values == {"tags": items}


@given(text_of_lines, text_of_lines)
def test_whatever_a_text_says_it_stays_one_entry(opening: list[str], answer: list[str]) -> None:
    texts = ["\n".join(lines) for lines in (opening, answer)]
    texts = [newlines(text).replace("\0", "").encode("utf-8", "replace").decode() for text in texts]
    head = scaffold.header({"title": "Tea", "author": "leila", "date": "2026-11-01"})
    whole = scaffold.document(head, texts[0]) + scaffold.reply(scaffold.header({"id": "r", "author": "omid"}), texts[1])
    document = read_document(TOPIC, whole.encode(), Settings())
    assert [entry.id for entry in document.entries] == ["1", "r"]
    assert [entry.text.strip() for entry in document.entries] == [text.strip() for text in texts]


def test_a_header_leaves_out_what_is_empty() -> None:
    assert scaffold.header({"title": "Tea: green?", "tags": [], "name": ""}) == 'title: "Tea: green?"\n'


def test_ids_of_replies_never_meet() -> None:
    ids = {scaffold.new_id(NOW) for _ in range(50)}
    assert len(ids) > 45
    assert all(name.startswith("20261101-100005-") for name in ids)
    assert scaffold.new_id(NOW, ids) not in ids


@pytest.mark.parametrize(("title", "stem"), [("Page", "page-1"), ("Board", "board-1"), ("Node.fa", "node-fa"), ("انجمن ما", "انجمن-ما")])
def test_a_files_name_never_means_something_else(title: str, stem: str) -> None:
    assert scaffold.file_stem(title) == stem


def test_a_name_is_taken_in_any_case_and_with_any_date() -> None:
    assert scaffold.free_stem("2026-11-02-tea", ["2025-01-01-Tea", "tea-2"]) == "2026-11-02-tea-3"
    assert scaffold.free_stem("tea", ["coffee"]) == "tea"


@pytest.mark.parametrize(
    ("before", "after"),
    [(b"a", b"a\n\nb\n"), (b"a\n", b"a\n\nb\n"), (b"a\n\n", b"a\n\nb\n"), (b"a\r\n", b"a\r\n\r\nb\r\n"), (b"", b"b\n")],
)
def test_a_reply_is_added_after_an_empty_line(tmp_path: Path, before: bytes, after: bytes) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(before)
    scaffold.append(file, "b\n")
    assert file.read_bytes() == after


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    scaffold.create(tmp_path / "a" / "b.md", "one\n")
    with pytest.raises(FileExistsError):
        scaffold.create(tmp_path / "a" / "b.md", "two\n")
    assert (tmp_path / "a" / "b.md").read_bytes() == b"one\n"


def test_a_title_survives_as_it_was_typed() -> None:
    whole = scaffold.document(scaffold.header({"title": "@me: [x] # “y”"}), "x")
    head = read_document(TOPIC, whole.encode(), Settings()).head
    assert isinstance(head, TopicFields)
    assert head.title == "@me: [x] # “y”"
