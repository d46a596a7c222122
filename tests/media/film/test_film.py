"""What is read of films, and that none of a stranger's can hurt."""

from __future__ import annotations

import random
import tracemalloc
from pathlib import Path

import pytest

from generator.media.film import Film, look
from tests.films import QUARTER, element, mp4, webm
from tests.sounds import box, wav


def looked(folder: Path, name: str, data: bytes) -> Film:
    path = folder / name
    path.write_bytes(data)
    found = look(path)
    assert found
    return found


def test_a_film_says_how_large_it_is_and_how_long_it_plays(tmp_path: Path) -> None:
    assert looked(tmp_path, "a.mp4", mp4()) == Film("video/mp4", 640, 360, 2000)
    assert looked(tmp_path, "A.MOV", mp4()) == Film("video/quicktime", 640, 360, 2000)
    assert looked(tmp_path, "a.webm", webm()) == Film("video/webm", 320, 180, 2000)


def test_one_that_was_held_upright_is_upright(tmp_path: Path) -> None:
    found = looked(tmp_path, "a.mp4", mp4(turn=QUARTER))
    assert (found.width, found.height) == (360, 640)


def test_one_that_was_written_as_it_was_recorded_goes_on_to_its_end(tmp_path: Path) -> None:
    assert looked(tmp_path, "a.webm", webm(length=b"\x01" + b"\xff" * 7)) == Film("video/webm", 320, 180, 2000)


def test_other_files_are_no_films(tmp_path: Path) -> None:
    assert look(tmp_path / "a.mp3") is None


BROKEN = {
    "nothing": ("a.mp4", b"", "empty"),
    "something else": ("a.mp4", wav(), "no MP4 or WebM"),
    "another ending": ("a.mp4", webm(), "is WebM by its bytes"),
    "another ending still": ("a.webm", mp4(), "is MP4 by its bytes"),
    "cut off": ("a.mp4", mp4()[:-900], "cut off"),
    "cut off in its head": ("a.mp4", mp4()[:60], "cut off"),
    "cut off as well": ("a.webm", webm()[:-900], "cut off"),
    "cut off very early": ("a.webm", webm()[:30], "cut off"),
    "never finished": ("a.mp4", box(b"ftyp", b"isom") + box(b"mdat", bytes(900)), "never finished"),
    "no film": ("a.mp4", box(b"ftyp", b"isom") + box(b"moov", b""), "no film"),
    "no tracks": ("a.webm", element("1A45DFA3", b"") + element("18538067", b""), "never finished"),
    "a claim of hours": ("a.mp4", mp4(seconds=4_000_000), "hours of film"),
    "a claim of hours too": ("a.webm", webm(seconds=1e12), "hours of film"),
    "no length at all": ("a.webm", webm(seconds=float("inf")), "hours of film"),
    "less than nothing": ("a.webm", webm(seconds=-9), "hours of film"),
    "a claim of pixels": ("a.mp4", mp4(60_000, 60_000), "60000 × 60000 pixels"),
    "a claim of ten gigabytes": ("a.mp4", box(b"ftyp", b"isom") + (1).to_bytes(4, "big") + b"mdat" + (10 << 30).to_bytes(8, "big"), "cut off"),
    "an element of the largest size": ("a.webm", webm(length=b"\x01" + b"\xff" * 6 + b"\xfe"), "cut off"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_with_a_film_is_said(name: str, tmp_path: Path) -> None:
    file, data, fault = BROKEN[name]
    found = looked(tmp_path, file, data)
    assert fault in found.fault
    assert (found.width, found.height, found.milliseconds) == (0, 0, 0)


@pytest.mark.parametrize(("name", "data"), [("a.mp4", mp4(size=9)), ("a.webm", webm(size=9))])
def test_no_change_of_a_byte_is_a_crash(name: str, data: bytes, tmp_path: Path) -> None:
    chance = random.Random(name)
    for _ in range(150):
        bad = bytearray(data)
        for _ in range(chance.randint(1, 4)):
            bad[chance.randrange(len(bad))] = chance.choice((0, 1, 127, 128, 255, chance.randrange(256)))
        assert looked(tmp_path, name, bytes(bad)).type


def test_of_a_large_film_only_a_little_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    with path.open("wb") as file:
        file.write(mp4(size=0)[:-8] + (1).to_bytes(4, "big") + b"mdat" + (16 + (8 << 30)).to_bytes(8, "big"))
        file.seek((8 << 30) - 1, 1)
        file.write(b"\0")
    tracemalloc.start()
    found = look(path)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == Film("video/mp4", 640, 360, 2000)
    assert most < 1 << 20
