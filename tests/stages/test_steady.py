"""A file that is written to while it is read is read again."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from generator.model import Role, Source
from generator.stages import steady
from generator.stages.scan import rescan
from generator.stages.steady import steadily


def scanned(path: Path) -> Source:
    found = rescan(path.parent, Source(path.name, Role.STATIC))
    assert found
    return found


def old(path: Path) -> None:
    os.utime(path, (1_000_000_000, 1_000_000_000))


def test_a_file_at_rest_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("tea")
    old(path)
    reads: list[Path] = []
    steadily(path, scanned(path), reads.append)
    assert len(reads) == 1
    assert steadily(path, scanned(path), Path.read_text) == "tea"


@pytest.mark.parametrize("settled", [True, False])
def test_a_file_that_changed_since_the_scan_is_read_until_it_rests(tmp_path: Path, settled: bool) -> None:
    path = tmp_path / "a.md"
    path.write_text("begin")
    old(path)
    source = scanned(path)

    def write() -> None:
        with path.open("w") as stream:
            for piece in ("whole ", "text ", "in pieces"):
                stream.write(piece)
                stream.flush()
                time.sleep(0.005)

    writer = threading.Thread(target=write)
    path.write_text("")
    writer.start()
    assert steadily(path, source, Path.read_text, settled=settled) == "whole text in pieces"
    writer.join()


def test_a_young_file_is_waited_for_unless_nobody_writes_to_it(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("tea")
    reads: list[Path] = []
    steadily(path, scanned(path), reads.append)
    assert len(reads) > 1
    path.write_text("milk")
    reads.clear()
    steadily(path, scanned(path), reads.append, settled=True)
    assert len(reads) == 1


def test_a_file_without_rest_is_taken_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steady, "LONGEST", 0.05)
    path = tmp_path / "log.txt"
    path.write_text("x")

    def grow(one: Path) -> str:
        with one.open("a") as stream:
            stream.write("x")
        return one.read_text()

    assert len(steadily(path, scanned(path), grow)) > 2


def test_a_file_that_goes_raises(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("tea")
    source = scanned(path)
    path.unlink()
    with pytest.raises(FileNotFoundError):
        steadily(path, source, Path.read_text)
