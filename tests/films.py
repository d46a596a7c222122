"""Small files of film, made byte by byte: only what a header says, with some bytes of nothing for the film."""

from __future__ import annotations

import struct

from tests.sounds import box

UPRIGHT = (1, 0, 0, 1)
QUARTER = (0, 1, -1, 0)


def mp4(width: int = 640, height: int = 360, seconds: int = 2, turn: tuple[int, int, int, int] = UPRIGHT, size: int = 4000) -> bytes:
    a, b, c, d = (one << 16 for one in turn)
    head = bytes(40) + struct.pack(">iiiiiiiii", a, b, 0, c, d, 0, 0, 0, 1 << 30) + struct.pack(">II", width << 16, height << 16)
    times = bytes(12) + struct.pack(">II", 1000, seconds * 1000)
    track = box(b"trak", box(b"tkhd", head) + box(b"mdia", box(b"mdhd", times) + box(b"hdlr", bytes(8) + b"vide" + bytes(12))))
    return box(b"ftyp", b"isom\0\0\0\0") + box(b"moov", box(b"mvhd", times + bytes(80)) + track) + box(b"mdat", bytes(size))


def element(name: str, body: bytes, length: bytes = b"") -> bytes:
    return bytes.fromhex(name) + (length or struct.pack(">Q", 1 << 56 | len(body))) + body


def webm(width: int = 320, height: int = 180, seconds: float = 2, size: int = 4000, length: bytes = b"") -> bytes:
    facts = element("2AD7B1", (1_000_000).to_bytes(3, "big")) + element("4489", struct.pack(">d", seconds * 1000))
    video = element("B0", struct.pack(">H", width)) + element("BA", struct.pack(">H", height))
    tracks = element("AE", element("83", b"\x01") + element("E0", video))
    inside = element("1549A966", facts) + element("1654AE6B", tracks) + element("1F43B675", bytes(size))
    return element("1A45DFA3", element("4282", b"webm")) + element("18538067", inside, length)
