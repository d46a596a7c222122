"""What a picture's file says of itself in its head."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from generator.media.pictures import Picture, look, read

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 480)
GIF = b"GIF89a" + struct.pack("<HH", 640, 480)
FRAME = b"\xff\xc2" + struct.pack(">HBHH", 17, 8, 480, 640) + bytes(10)
JPEG = b"\xff\xd8\xff\xe1" + struct.pack(">H", 300) + bytes(298) + b"\xff\xff\xdb" + struct.pack(">H", 4) + bytes(2) + FRAME
RIFF = b"RIFF\0\0\0\0WEBP"
LOSSY = RIFF + b"VP8 " + bytes(10) + struct.pack("<HH", 640 | 0x4000, 480)
LOSSLESS = RIFF + b"VP8L" + bytes(4) + b"\x2f" + struct.pack("<I", 639 | 479 << 14)
EXTENDED = RIFF + b"VP8X" + bytes(8) + (639).to_bytes(3, "little") + (479).to_bytes(3, "little")
AVIF = b"\0\0\0\x20ftypavif" + b"ispe" + struct.pack(">III", 0, 64, 64) + b"ispe" + struct.pack(">III", 0, 640, 480)


HEADS = {"png": [PNG], "gif": [GIF], "jpeg": [JPEG], "webp": [LOSSY, LOSSLESS, EXTENDED], "avif": [AVIF]}


@pytest.mark.parametrize(("format", "head"), [(name, head) for name, heads in HEADS.items() for head in heads])
def test_each_format_tells_its_size(format: str, head: bytes) -> None:  # noqa: A002 - the name that it has
    assert read(head) == Picture(format, 640, 480)


@pytest.mark.parametrize("head", [PNG, GIF, JPEG, LOSSY, LOSSLESS, EXTENDED, AVIF])
def test_a_picture_that_was_cut_off_is_no_fault(head: bytes) -> None:
    for end in range(len(head)):
        found = read(head[:end])
        assert found is None or (found.width > 0 and found.height > 0)


def test_what_is_no_picture_has_no_size(tmp_path: Path) -> None:
    assert read(b"<svg/>") is read(b"\xff\xd8" + b"\xff\xe1\0\2" * 9) is None
    path = tmp_path / "text.md"
    path.write_bytes(PNG)
    assert look(path) is None
