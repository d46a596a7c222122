"""The reference of templates: the manual has it as it is, and it leaves no field without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import reference, registry
from generator.api import Registry
from generator.shapes import field_names
from generator.theming import theme
from tests.theming.test_theme import PAGES

MANUAL = Path(__file__).parent.parent / "content" / "manual"


@pytest.fixture(scope="module")
def found() -> Registry:
    return registry.discover(packages=False)


def test_the_manual_has_the_reference_as_it_is(found: Registry) -> None:
    written = {"templates.md": reference.templates(found, theme.load("agora", Path(), {})), "views.md": reference.views(found)}
    for name, text in written.items():
        assert (MANUAL / name).read_text("utf-8").endswith(text), "make it again: make manual"


def test_no_two_views_have_one_name(found: Registry) -> None:
    contexts = {reference.context_of(kind) for kind in found.pages.values() if kind.uses(found.board_kinds.values())}
    names = [view.__name__ for view in [*contexts, *reference.views_of(contexts)]]
    assert sorted(names) == sorted(set(names))


def test_every_field_says_what_it_means(found: Registry) -> None:
    kinds = [kind for kind in found.pages.values() if kind.uses(found.board_kinds.values())]
    contexts = {reference.context_of(kind) for kind in kinds}
    silent = [
        f"{view.__module__}.{view.__name__}.{field}"
        for view in [*contexts, *reference.views_of(contexts)]
        for field in field_names(view)
        if not reference.meaning(view, field)
    ]
    assert silent == [], "write a docstring below the field"


def test_every_template_of_a_page_is_in_it(found: Registry) -> None:
    written = reference.reference(found, theme.load("agora", Path(), {}))
    assert [name for name, _, _ in PAGES if f"`{name}`" not in written] == []


def test_it_names_the_blocks_and_macros_that_can_be_overridden(found: Registry) -> None:
    written = reference.reference(found, theme.load("agora", Path(), {}))
    assert "`topic_list(topics, board=true, heading=3)`" in written
    assert "`toolbar`" in written
