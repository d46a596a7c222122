"""Files that change, go or come while they are read: half a text never stays, and what is gone is no error."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.errors import Problem
from generator.stages import read
from generator.stages.read import Reader, Reading, Task
from tests.broken.sites import cafe, clean_output, output, topic
from tests.conftest import Community


def before_reading(monkeypatch: pytest.MonkeyPatch, name: str, act: Callable[[Path], None]) -> None:
    """Do something to a file after it was scanned, before it is read; once."""
    real = Reader._read
    done: list[str] = []

    def reading(reader: Reader, task: Task) -> Reading:
        if task.source.path == f"content/{name}" and not done:
            done.append(name)
            act(reader.root / task.source.path)
        return real(reader, task)

    monkeypatch.setattr(read.Reader, "_read", reading)


@pytest.mark.parametrize("name", ["cafe/t1.md", "cafe/new.md", "cafe/board.md", "photo.png", "about.md", "members/leila.md"])
def test_a_file_that_goes_between_scan_and_read_is_not_there(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = cafe(tmp_path / "site")
    site.write({"photo.png": "picture", "members/leila.md": "---\nname: Leila\n---\n"}).clean()
    changed = {"cafe/board.md": "---\ntitle: Bar\n---\n", "members/leila.md": "---\nname: L\n---\n"}
    site.write({name: changed.get(name, topic("Other"))})
    before_reading(monkeypatch, name, Path.unlink)
    assert not site.build().errors
    assert not site.build().errors
    assert output(site) == clean_output(site, tmp_path)


def test_a_file_that_can_not_be_read_any_more_is_an_error_until_it_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = cafe(tmp_path / "site")
    site.write({"cafe/t1.md": topic("Other")})

    def replace(path: Path) -> None:  # a folder can't be read, not even by root
        path.rename(tmp_path / "aside")
        path.mkdir()

    before_reading(monkeypatch, "cafe/t1.md", replace)
    (problem,) = site.build().errors
    assert (problem.path, bool(problem.hint)) == ("content/cafe/t1.md", True)
    (site.root / "content/cafe/t1.md").rmdir()
    (tmp_path / "aside").rename(site.root / "content/cafe/t1.md")
    site.clean()
    assert output(site) == clean_output(site, tmp_path)


@contextmanager
def writer(path: Path, pieces: int) -> Iterator[None]:
    """Somebody who writes a text into a file, piece by piece."""

    def write() -> None:
        with path.open("w") as file:
            file.write(topic("Slow"))
            for number in range(pieces):
                file.write(f"\nPiece {number}.\n")
                file.flush()
                time.sleep(0.002)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield
    finally:
        thread.join()


def test_half_a_text_does_not_stay(tmp_path: Path) -> None:
    site = cafe(tmp_path / "site")
    with writer(site.path("cafe/slow.md"), 100):
        for _ in range(3):
            site.build()
    site.clean()
    assert output(site) == clean_output(site, tmp_path)


def test_a_file_that_changes_while_it_is_copied_is_copied_by_the_next_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = cafe(tmp_path / "site")
    source = site.path("/static/a.bin")
    site.write({"/static/a.bin": "read"})
    stat = source.stat()
    before_writing(monkeypatch, lambda: source.write_text("torn"))
    (problem,) = site.build().problems
    assert (problem.path, problem.severity) == ("a.bin", "warning")
    monkeypatch.undo()
    source.write_text("read")
    os.utime(source, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    site.clean()
    assert output(site)["a.bin"] == b"read"


def before_writing(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    from generator.build import Build

    real = Build._render

    def rendering(run: Build) -> object:
        act()
        return real(run)

    monkeypatch.setattr(Build, "_render", rendering)


def test_a_file_that_goes_before_it_is_copied_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = cafe(tmp_path / "site")
    site.write({"/static/a.bin": "read"})
    before_writing(monkeypatch, site.path("/static/a.bin").unlink)
    problems: tuple[Problem, ...] = site.build().problems
    assert [(problem.path, problem.severity) for problem in problems] == [("a.bin", "warning")]
    monkeypatch.undo()
    site.clean()
    assert "a.bin" not in output(site)


def test_many_builds_beside_a_hand_that_edits_end_right(tmp_path: Path, site: Community) -> None:
    site = cafe(tmp_path / "many")
    stop = threading.Event()

    def edit() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            target = site.path(f"cafe/t{number % 4}.md")
            aside = site.path(f"cafe/.t{number % 4}.md")
            aside.write_text(topic(f"Turn {number}"))
            if number % 3:
                aside.replace(target)
            else:
                target.unlink(missing_ok=True)
                aside.rename(target)

    thread = threading.Thread(target=edit)
    thread.start()
    try:
        for _ in range(6):
            assert not site.build().errors
    finally:
        stop.set()
        thread.join()
    site.build()
    assert output(site) == clean_output(site, tmp_path)
