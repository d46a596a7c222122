"""The random worlds leave nothing out: every declared field and setting is edited, and every edit can happen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from random import Random
from typing import Any

import pytest

from generator.installed import code_signature
from generator.markup.document import read_document
from generator.markup.equivalents import TOPIC
from generator.markup.fields import BoardForm, MemberForm, ReplyForm, TopicForm
from generator.model import Role, Source
from generator.schema import names
from generator.settings import Settings
from generator.theming import theme
from tests.laws import packages, values
from tests.laws.builds import Circumstances, make, make_afresh
from tests.laws.dates import changes, snapshot
from tests.laws.folder import Edit, tree
from tests.laws.hands import Hands
from tests.laws.long import shrunk
from tests.laws.script import Plan, run
from tests.laws.values import Values


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """No test leaves a package behind."""
    yield
    packages.load(None)


FORMS = [
    (TopicForm, values.TOPIC_FIELDS, Role.TOPIC, ""),
    (ReplyForm, values.REPLY_FIELDS, Role.REPLIES, "author: leila\n"),
    (BoardForm, values.BOARD_FIELDS, Role.BOARD, ""),
    (MemberForm, values.MEMBER_FIELDS, Role.MEMBER, ""),
]
FREE = ("theme", "navigation", "translations", "people", "badges", "trust")
"""The sections whose names are not declared."""


@pytest.mark.parametrize(("form", "known", "role", "head"), FORMS, ids=lambda one: getattr(one, "__name__", ""))
def test_every_field_has_a_value_that_is_good(form: Any, known: Values, role: Role, head: str) -> None:
    for name in names(form):
        assert any(_is_good(role, head, name, text) for text in known[name]), name


def _is_good(role: Role, head: str, name: str, text: str) -> bool:
    rest = "" if name in ("author", "name", "event") else head
    data = f"---\n{rest}{name}: {text}\n---\nText\n".encode()
    read = read_document(Source("content/cafe/tea.md", role, "cafe", "cafe/tea"), data, Settings())
    return not any(problem.severity == "error" for problem in read.problems)


def test_every_setting_is_edited() -> None:
    declared = {each.name for each in fields(Settings().site)}
    for section in fields(Settings):
        if section.name not in ("site", *FREE):
            declared |= {f"{section.name}.{each.name}" for each in fields(getattr(Settings(), section.name))}
    assert declared - values.SETTINGS.keys() == set()
    assert {name.partition(".")[0] for name in values.SETTINGS} >= set(FREE)


def test_every_option_of_the_theme_is_edited(tmp_path: Path) -> None:
    offered = {f"theme.{option.name}" for option in theme.load("agora", tmp_path, {}).offers}
    assert offered - values.SETTINGS.keys() == set()


def test_fields_of_other_generators_are_read() -> None:
    assert values.EQUIVALENTS.keys() & TOPIC.keys()


def test_every_edit_can_happen(tmp_path: Path) -> None:
    world = Hands(tmp_path / "site", Random(1))
    make(world.root, world.circumstances())
    for _, edit in world.edits():
        assert any(_happens(world, edit) for _ in range(20)), edit.__name__


def _happens(world: Hands, edit: Edit) -> bool:
    make(world.root, world.circumstances())
    done = edit()
    world.forget_gone()
    return done != "nothing"


def test_a_script_is_its_seed(tmp_path: Path) -> None:
    worlds = [Hands(tmp_path / name / "site", Random(5)) for name in ("one", "other")]
    for _ in range(30):
        assert worlds[0].edit() == worlds[1].edit()
    assert worlds[0].texts == worlds[1].texts
    assert _sources(worlds[0].root) == _sources(worlds[1].root)


def _sources(root: Path) -> dict[str, bytes]:
    found = [path for name in ("content", "static", "themes", "locale", "site.toml") for path in (root / name, *(root / name).rglob("*"))]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found if path.is_file()}


@pytest.mark.parametrize("version", [1, 2])
def test_another_version_makes_another_site(version: int, tmp_path: Path) -> None:
    world = Hands(tmp_path / "site", Random(2))
    make(world.root, Circumstances())
    now = tree(world.root / "output")
    make(world.root, Circumstances(version=version))
    assert tree(world.root / "output") != now
    make(world.root, Circumstances())
    assert tree(world.root / "output") == now


def test_a_package_makes_pages_until_it_goes(tmp_path: Path) -> None:
    world, folder = Hands(tmp_path / "site", Random(2)), tmp_path / packages.FOLDER
    make(world.root, Circumstances(packages=(folder, 0)))
    before = tree(world.root / "output")
    seen = {frozenset(before.items())}
    for mark in range(1, 9):
        packages.install(folder, Random(mark))
        make(world.root, Circumstances(packages=(folder, mark)))
        seen.add(frozenset(tree(world.root / "output").items()))
    assert len(seen) > 4
    packages.uninstall(folder)
    make(world.root, Circumstances(packages=(folder, 9)))
    assert tree(world.root / "output") == before


def test_in_a_slow_world_the_first_look_is_enough_until_something_happens(tmp_path: Path) -> None:
    if not code_signature():
        pytest.skip("Anjoman itself has only just been written")
    world = Hands(tmp_path / "site", Random(3))
    for path in [path for path in world.texts if "date" not in world.texts[path].head or "wiki" in world.texts[path].head]:
        (world.root / path).unlink()  # what has no date, and a wiki, asks for the repository's history
    world.clock.pass_time()
    assert not make(world.root, Circumstances(look=True)).stood
    assert make(world.root, Circumstances(look=True)).stood
    world.put("content/new.md", b"New")
    world.clock.pass_time()
    assert not make(world.root, Circumstances(look=True)).stood


def test_who_watches_sees_every_edit(tmp_path: Path) -> None:
    world = Hands(tmp_path / "site", Random(3))
    before = snapshot(world.root)
    assert changes(world.root, before) == frozenset()
    world.put("content/cafe/new/one.md", b"One")
    real = world.root.resolve()
    assert changes(world.root, before) == {real / "content/cafe/new", real / "content/cafe/new/one.md"}


def test_a_new_process_makes_the_same(tmp_path: Path) -> None:
    worlds = [Hands(tmp_path / name / "site", Random(3)) for name in ("here", "elsewhere")]
    make(worlds[0].root, Circumstances())
    make_afresh(worlds[1].root, Circumstances())
    assert tree(worlds[0].root / "output") == tree(worlds[1].root / "output")


def test_the_law_fails_where_a_build_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.catalog.store.Store.touch", lambda store, key: None)
    plan = Plan(edits=6)
    _, finding = run(1, tmp_path, plan)
    assert finding
    short = shrunk(finding, plan)
    assert short.differences
    assert sum(edit != "left out" for edit in short.edits) == 1


def test_a_text_seen_through_a_link_is_built_where_only_its_target_changed(tmp_path: Path) -> None:
    world = Hands(tmp_path / "site", Random(3))
    world.put("content/cafe/real.md", b"---\ntitle: Real\ndate: 2026-01-01\n---\nOne\n")
    try:
        (world.root / "content/cafe/linked.md").symlink_to("real.md")
    except OSError:
        pytest.skip("no links here")
    make(world.root, Circumstances())
    before = snapshot(world.root)
    world.put("content/cafe/real.md", b"---\ntitle: Real\ndate: 2026-01-01\n---\nAnother\n")
    make(world.root, Circumstances(changed=changes(world.root, before)))
    assert "Another" in (world.root / "output/cafe/linked/index.html").read_text("utf-8")
