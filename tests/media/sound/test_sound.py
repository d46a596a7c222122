from __future__ import annotations

import struct
import tracemalloc
from pathlib import Path
from random import Random

import pytest

from generator.media.sound import Sound, look
from tests.sounds import flac, m4a, mp3, opus, page, vbri, wav, xing

MADE = {"a.wav": wav(2), "a.mp3": mp3(100), "a.flac": flac(88_200), "a.opus": opus(2), "a.m4a": m4a(2)}


def found(folder: Path, name: str, data: bytes) -> Sound:
    path = folder / name
    path.write_bytes(data)
    sound = look(path)
    assert sound
    return sound


@pytest.mark.parametrize(
    ("name", "data", "kind", "length"),
    [
        ("a.wav", wav(2.5), "audio/wav", 2500),
        ("a.mp3", mp3(100), "audio/mpeg", 2612),
        ("a.mp3", mp3(100, xing(5000, 41_700)), "audio/mpeg", 130_612),
        ("a.mp3", mp3(100, vbri(5000, 41_700)), "audio/mpeg", 130_612),
        ("a.mp3", mp3(100, tag=b"ID3\4\0\0\0\0\2\0" + bytes(256)), "audio/mpeg", 2612),
        ("a.flac", flac(88_200), "audio/flac", 2000),
        ("a.opus", opus(3), "audio/ogg", 3000),
        ("voice.OGG", opus(3), "audio/ogg", 3000),
        ("a.m4a", m4a(75), "audio/x-m4a", 75_000),
    ],
)
def test_a_file_says_what_it_is_and_how_long_it_plays(
    tmp_path: Path, name: str, data: bytes, kind: str, length: int
) -> None:
    assert found(tmp_path, name, data) == Sound(kind, length)


def test_frames_that_vary_are_counted(tmp_path: Path) -> None:
    slow = b"\xff\xfb\x50\x00" + bytes(204)  # 64 kbit/s
    assert found(tmp_path, "a.mp3", mp3(50) + slow * 50).milliseconds == 2612


@pytest.mark.parametrize(("name", "data", "told"), [
    ("a.mp3", b"", "empty"),
    ("a.mp3", b"plain text, not a sound" * 9, "no MP3"),
    ("a.mp3", opus(), "Ogg by its bytes"),
    ("a.ogg", mp3(), "MP3 by its bytes"),
    ("a.wav", wav(2)[:-100], "cut off"),
    ("a.wav", wav()[:40] + struct.pack("<I", 10_000_000_000 % 2**32), "cut off"),
    ("a.mp3", mp3(100, xing(5000, 10_000_000)), "cut off"),
    ("a.mp3", mp3(100, xing(4_000_000_000, 1000)), "claims"),
    ("a.opus", opus(2)[:-10], "cut off"),
    ("a.opus", opus(900_000), "claims 250 hours"),
    ("a.ogg", page(0, b"theora".ljust(40, b"\0"), 2) + page(9, b"x"), "without sound"),
    ("a.flac", flac(2**36 - 1), "claims"),
    ("a.flac", flac(0), "no sound in it"),
    ("a.flac", flac()[:30], "cut off"),
    ("a.m4a", m4a(2)[:-40], "cut off"),
    ("a.m4a", m4a(4_000_000), "claims"),
    ("a.m4a", m4a(2, b"vide"), "no sound in it"),
    ("a.m4a", m4a(2)[:4000], "cut off"),
    ("a.aac", b"\xff\xf1" + bytes(100), "no MP3"),
])  # fmt: skip
def test_a_file_that_is_not_what_it_says_is_told(tmp_path: Path, name: str, data: bytes, told: str) -> None:
    sound = found(tmp_path, name, data)
    assert sound.milliseconds == 0
    assert told in sound.fault


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(opus())
    assert look(tmp_path / "a.png") is None


@pytest.mark.parametrize("name", MADE)
def test_damage_is_told_and_never_raises(tmp_path: Path, name: str) -> None:
    random = Random(name)
    for _ in range(300):
        data = bytearray(MADE[name])
        for _ in range(random.randint(1, 12)):
            data[random.randrange(min(len(data), 400))] = random.choice((0, 1, 0x7F, 0xFF, random.randrange(256)))
        sound = found(tmp_path, name, bytes(data[: random.choice((len(data), random.randrange(len(data))))]))
        assert bool(sound.fault) == (sound.milliseconds == 0)


def test_a_large_file_takes_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    with path.open("wb") as file:
        file.write(mp3(10, xing(400_000, 160_000_000)))
        file.truncate(200_000_000)
    tracemalloc.start()
    try:
        sound = look(path)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
    assert sound == Sound("audio/mpeg", 10_448_979)
