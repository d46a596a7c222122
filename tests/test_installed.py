"""What is installed: the digest of the code is kept for as long as the dates of the code stay."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator import installed
from generator.installed import code_signature, code_version, has_plugins

OLD = 1_500_000_000


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of some of Anjoman's code, older than a moment, and nothing else installed."""
    copy = tmp_path / "site-packages" / "generator"
    shutil.copytree(Path(installed.__file__).parent / "catalog", copy)
    (copy / "themes").mkdir()
    monkeypatch.setattr(installed, "_OWN", copy)
    monkeypatch.setattr(sys, "path", [str(copy.parent)])
    age(copy.parent)
    forget()
    yield copy
    monkeypatch.undo()
    forget()


def age(folder: Path) -> None:
    for place, path in enumerate([folder, *sorted(folder.rglob("*"))]):
        os.utime(path, (OLD, OLD + place))


def forget() -> None:
    """What a new process knows."""
    code_version.cache_clear()
    installed._code.cache_clear()


def test_the_version_is_kept_and_found_again(package: Path, tmp_path: Path) -> None:
    state = tmp_path / "state"
    first = code_version(state)
    forget()
    assert (state / installed.FILE).is_file()
    assert code_version(state) == first
    code_version.cache_clear()
    assert not installed._code.cache_info().currsize, "read from the file"


@pytest.mark.parametrize("old", [True, False])
def test_a_change_of_the_code_is_another_version(package: Path, tmp_path: Path, old: bool) -> None:
    first = code_version(tmp_path / "state")
    path = package / "keys.py"
    path.write_bytes(path.read_bytes().replace(b"BUCKET = 10", b"BUCKET = 11"))
    if old:
        os.utime(path, (OLD, OLD + 1000))
    forget()
    assert code_version(tmp_path / "state") != first


def test_the_version_does_not_depend_on_dates_and_places(package: Path, tmp_path: Path) -> None:
    first = code_version(tmp_path / "state")
    for path in package.rglob("*.py"):
        os.utime(path, (OLD + 5, OLD + 5))
    forget()
    assert code_version(tmp_path / "state") == first
    forget()
    assert code_version(tmp_path / "elsewhere") == first


@pytest.mark.parametrize("text", ["", "[]", '{"code": 1}', '{"code": ["", ""], "plugins": ["", 1]}', "{" * 100_000, "\0"])
def test_a_damaged_file_is_as_good_as_none(package: Path, tmp_path: Path, text: str) -> None:
    first = code_version(tmp_path / "state")
    (tmp_path / "state" / installed.FILE).write_text(text, "utf-8")
    forget()
    assert code_version(tmp_path / "state") == first
    assert has_plugins(tmp_path / "state") is False


def test_a_wrong_version_under_the_right_signature_is_not_taken(package: Path, tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.mkdir()
    for value in ('"zz"', f'"{"z" * 32}"', "7", "null"):
        (state / installed.FILE).write_text(f'{{"code": ["{code_signature().hex()}", {value}]}}', "utf-8")
        forget()
        assert len(code_version(state)) == 16


def test_a_folder_that_cannot_be_written_costs_time_only(package: Path, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file", "utf-8")
    assert len(code_version(tmp_path / "state")) == 16
    assert has_plugins(tmp_path / "state") is False


def test_a_package_that_brings_features_is_found_and_missed(package: Path, tmp_path: Path) -> None:
    state = tmp_path / "state"
    assert has_plugins(state) is False
    info = package.parent / "wall-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: wall\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text(f"[{installed.GROUP}]\nwall = wall:feature\n", "utf-8")
    assert has_plugins(state) is True
    age(info)
    assert has_plugins(state) is True and has_plugins(state) is True
    shutil.rmtree(info)
    assert has_plugins(state) is False
