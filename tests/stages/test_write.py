from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator import digest
from generator.errors import OutputError
from generator.stages.write import copy, file_name, file_path, remove, write


def test_an_address_is_a_file() -> None:
    assert [file_name(address) for address in ("/", "/cafe/", "/feed.xml")] == ["index.html", "cafe/index.html", "feed.xml"]


@pytest.mark.parametrize("address", ["/../x/", "/a/../../x", "/a//b", "/./", "/a\0b/"])
def test_an_address_that_leads_out_is_refused(tmp_path: Path, address: str) -> None:
    with pytest.raises(OutputError):
        file_path(tmp_path, address)


def test_a_page_is_replaced_only_if_its_bytes_differ(tmp_path: Path) -> None:
    first = write(tmp_path, "/cafe/", b"one", b"")
    assert first.changed
    assert not write(tmp_path, "/cafe/", b"one", first.digest).changed
    assert not write(tmp_path, "/cafe/", b"one", b"").changed
    assert write(tmp_path, "/cafe/", b"two", first.digest).changed
    assert (tmp_path / "cafe" / "index.html").read_bytes() == b"two"
    assert [path.name for path in (tmp_path / "cafe").iterdir()] == ["index.html"]


def test_a_copied_file_is_replaced_only_if_its_bytes_differ(tmp_path: Path) -> None:
    source = tmp_path / "a.bin"
    source.write_bytes(b"x" * 3_000_000)
    output = tmp_path / "out"
    wanted = digest.of_file(source)
    assert copy(output, "/a.bin", source, wanted, b"").changed
    assert not copy(output, "/a.bin", source, wanted, wanted).changed
    assert not copy(output, "/a.bin", source, wanted, b"").changed
    assert (output / "a.bin").read_bytes() == source.read_bytes()


def test_what_fails_leaves_the_old_page_and_no_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "/cafe/", b"one", b"")

    def full(source: object, target: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OutputError) as caught:
        write(tmp_path, "/cafe/", b"two", b"")
    assert "No space left" in str(caught.value)
    assert [path.read_bytes() for path in (tmp_path / "cafe").iterdir()] == [b"one"]


def test_removing_a_file_takes_the_empty_folders_with_it(tmp_path: Path) -> None:
    output = tmp_path / "out"
    write(output, "/a/b/c/", b"x", b"")
    write(output, "/a/x.txt", b"x", b"")
    assert remove(output, "/a/b/c/")
    assert sorted(path.name for path in (output / "a").iterdir()) == ["x.txt"]
    assert not remove(output, "/a/b/c/")
    assert remove(output, "/a/x.txt")
    assert output.is_dir()
