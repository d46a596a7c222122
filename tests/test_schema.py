from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

import pytest

from generator.markup.fields import BoardForm, MarkdownForm, MemberForm, ReplyForm, TopicForm
from generator.markup.values import AttachmentForm, OptionForm, OriginForm, PollForm
from generator.model import Moment
from generator.schema import FieldDoc, Place, Record, between, describe, doc, one_of, read, read_values
from generator.settings import (
    BoardSettings,
    FeedSettings,
    MarkdownSettings,
    SearchSettings,
    SiteSettings,
    TrustedSettings,
)

DECLARED: tuple[type[Record], ...] = (
    BoardSettings, FeedSettings, MarkdownSettings, SearchSettings, SiteSettings, TrustedSettings,
    BoardForm, MarkdownForm, MemberForm, ReplyForm, TopicForm, AttachmentForm, OptionForm, OriginForm, PollForm,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tea:
    name: str = field(default="", metadata=doc("What it is called."))
    cups: int = field(default=1, metadata=doc("How many.", check=between(1, 9)))
    hot: bool = field(default=True, metadata=doc("Whether it is hot."))
    kind: str = field(default="black", metadata=doc("Which one.", check=one_of("black", "green")))
    made: Moment | None = field(default=None, metadata=doc("When."))
    with_: tuple[str, ...] = field(default=(), metadata=doc("With what."))
    notes: Mapping[str, str] = field(default_factory=dict, metadata=doc("More."))


def test_texts_are_read_by_their_declared_types() -> None:
    values = {
        "name": " Earl\n Grey ",
        "cups": "2",
        "hot": "no",
        "made": "1970-01-02",
        "with_": ["milk", "milk", ""],
    }
    tea, problems = read(Tea, values, Place("tea.md"))
    assert tea == Tea("Earl Grey", 2, False, "black", 86400, ("milk",))
    assert problems == ()


def test_all_problems_are_told_at_once_with_place_and_mend() -> None:
    values = {
        "nmae": "x",
        "cups": "many",
        "hot": ["a"],
        "kind": "gren",
        "made": "2024-13-45",
        "notes": {"a": []},
    }
    lines = {key: number for number, key in enumerate(values, 1)}
    tea, problems = read(Tea, values, Place("tea.md", lines))
    assert tea == Tea()
    assert [(problem.line, problem.field) for problem in problems] == [(n, key) for key, n in lines.items()]
    assert all(problem.path == "tea.md" and "expected" in problem.message for problem in problems[1:])
    assert "“name”" in problems[0].hint
    assert "“green”" in problems[3].hint


def test_a_number_out_of_bounds_is_a_problem() -> None:
    assert (
        read(Tea, {"cups": "10"}, Place("tea.md"))[1][0].message == "expected a number from 1 to 9, not “10”"
    )


def test_only_given_values_are_returned_and_unknown_names_may_be_warnings() -> None:
    given, problems = read_values(
        Tea, {"hot": "true", "sugar": "x"}, Place("a"), unknown="warning", otherwise="Hm."
    )
    assert given == {"hot": True}
    assert [(problem.severity, problem.hint) for problem in problems] == [("warning", "Hm.")]


def test_a_field_is_described_for_the_manual() -> None:
    assert describe(Tea)[1] == FieldDoc("cups", "number", 1, "How many.")
    assert describe(Tea)[6].default == {}


@pytest.mark.parametrize("cls", DECLARED)
def test_every_setting_and_field_is_documented(cls: type[Record]) -> None:
    assert [each.name for each in describe(cls)] == [each.name for each in fields(cls)]
    assert all(each.doc.endswith(".") and each.type for each in describe(cls))
