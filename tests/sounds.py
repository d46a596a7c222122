"""Small files of sound in every format that is read, made byte by byte: silence of a chosen length."""

from __future__ import annotations

import struct
import wave
from io import BytesIO

OPUS = 48_000


def wav(seconds: float = 1, rate: int = 8000) -> bytes:
    made = BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(rate)
        file.writeframes(b"\x80" * int(seconds * rate))
    return made.getvalue()


def mp3(frames: int = 100, told: bytes = b"", tag: bytes = b"") -> bytes:
    """Frames of MPEG-1, layer III, 128 kbit/s, 44,100 Hz, stereo: 417 bytes and 1152 samples each; `told` is in the first."""
    head = b"\xff\xfb\x90\x00"
    first = (head + bytes(32) + told).ljust(417, b"\0")
    return tag + first + (head + bytes(413)) * (frames - 1)


def xing(frames: int, length: int) -> bytes:
    return b"Xing" + struct.pack(">III", 3, frames, length)


def vbri(frames: int, length: int) -> bytes:
    return b"VBRI" + struct.pack(">HHHII", 1, 0, 0, length, frames)


def flac(samples: int = 44_100, rate: int = 44_100) -> bytes:
    facts = (rate << 44 | 1 << 41 | 15 << 36 | samples).to_bytes(8, "big")
    return b"fLaC" + b"\x80\0\0\x22" + struct.pack(">HH", 4096, 4096) + bytes(6) + facts + bytes(16) + bytes(2000)


def page(granule: int, body: bytes, kind: int = 0, serial: int = 7) -> bytes:
    sizes = [255] * (len(body) // 255) + [len(body) % 255]
    head = b"OggS\0" + struct.pack("<BqIII", kind, granule, serial, 0, 0)
    return head + bytes([len(sizes), *sizes]) + body


def opus(seconds: float = 1, skipped: int = 312) -> bytes:
    head = b"OpusHead" + struct.pack("<BBHIHB", 1, 1, skipped, OPUS, 0, 0)
    return page(0, head.ljust(40, b"\0"), 2) + page(int(seconds * OPUS) + skipped, bytes(2000), 4)


def box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", 8 + len(body)) + name + body


def m4a(seconds: int = 1, handler: bytes = b"soun", scale: int = 1000) -> bytes:
    times = bytes(12) + struct.pack(">II", scale, seconds * scale)
    media = box(b"mdia", box(b"mdhd", times) + box(b"hdlr", bytes(8) + handler + bytes(12)))
    movie = box(b"moov", box(b"mvhd", times + bytes(80)) + box(b"trak", media))
    return box(b"ftyp", b"M4A \0\0\0\0") + box(b"mdat", bytes(4000)) + movie
