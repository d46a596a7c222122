"""Pictures for tests, made anew by Pillow: of any format, with what a camera writes, and in bad shape."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image


def image(width: int = 1200, height: int = 800, mode: str = "RGB") -> Image.Image:
    """A picture of many colours: it takes some bytes in each format, and none of them at random."""
    noise = Image.new("L", (width // 8, height // 8))
    noise.putdata([(x * 7919 ^ (x >> 3) * 104729) & 255 for x in range((width // 8) * (height // 8))])
    channel = noise.resize((width, height), Image.Resampling.BICUBIC)
    sky = Image.linear_gradient("L").resize((width, height))
    return Image.merge("RGB", (channel, sky, sky.transpose(Image.Transpose.FLIP_LEFT_RIGHT))).convert(mode)


def photograph(form: str = "JPEG", made: Image.Image | None = None, **options: Any) -> bytes:
    """The bytes of a picture."""
    out = io.BytesIO()
    (made or image()).save(out, form, **options)
    return out.getvalue()


def camera(orientation: int = 1) -> bytes:
    """What a camera writes: the way up, who made it, and where."""
    found = Image.Exif()
    found[0x0112], found[0x010F] = orientation, "SecretCamera"
    found.get_ifd(0x8825).update({1: "N", 2: (52.0, 30.0, 1.5), 3: "E", 4: (13.0, 24.0, 2.5)})
    return found.tobytes()


def claiming(width: int, height: int) -> bytes:
    """A PNG that claims a size, and has next to nothing in it."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(bytes(30_000), 0)), (b"IEND", b"")]
    chunks = (struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))
