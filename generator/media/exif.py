"""What a camera writes into a picture besides its pixels: which way up it was held, and what is nobody's business.

The place, the device and the time are taken out without touching a pixel; the way up and the colour profile stay.
Sources: JEITA CP-3451 (Exif), ITU T.81 (JPEG), PNG 3, the WebP container. What the formats say of size is in `pictures`.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from generator.media import avif

UPRIGHT = 1
"""The orientation of what is not turned; from 5 on width and height are exchanged."""

_EXIF = b"Exif\0\0"
_ORIENTATION = 0x0112
_ENTRIES = 200
"""Fields of a directory that are looked at."""

# A marker in the data of a scan: neither a stuffed byte, nor a restart, nor a fill byte (ITU T.81, B.1.1.5).
_MARKER = re.compile(b"\xff[^\x00\x01\xd0-\xd7\xff]")
_PRIVATE_PNG = (b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME")
_PRIVATE_WEBP = (b"EXIF", b"XMP ")
_HAS_EXIF, _HAS_XMP = 0x08, 0x04


class MalformedError(ValueError):
    """A file whose parts don't follow each other as its format has them."""


def orientation(kind: str, data: bytes) -> int:
    """Which way up a picture is to be shown, 1 to 8 as Exif has it; 1 where nothing is said of it."""
    try:
        return next(filter(None, (_turn(tiff) for tiff in _READERS[kind](data))), UPRIGHT) if kind in _READERS else UPRIGHT
    except MalformedError:
        return UPRIGHT


def without(kind: str, data: bytes) -> bytes:
    """The same picture without what is private; the same bytes where there is nothing. Raises `MalformedError`."""
    return _CLEANERS[kind](data) if kind in _CLEANERS else data


def _turn(tiff: bytes) -> int:
    """The orientation that a TIFF header's first directory says, 0 where it says none."""
    order = {b"II*\0": "little", b"MM\0*": "big"}.get(tiff[:4])
    if order is None:
        return 0

    def number(at: int, size: int) -> int:
        return int.from_bytes(tiff[at : at + size], "little" if order == "little" else "big")

    start = number(4, 4)
    for place in range(min(number(start, 2), _ENTRIES)):
        at = start + 2 + 12 * place
        if number(at, 2) == _ORIENTATION:
            found = number(at + 8, 2)
            return found if 1 <= found <= 8 else 0
    return 0


def _upright(turn: int) -> bytes:
    """A TIFF header that says the orientation and nothing else."""
    return b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0" + bytes([turn]) + b"\0\0\0\0\0\0"


# JPEG ------------------------------------------------------------------------


def _segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """The marker, the beginning and the end of each segment up to the first scan, which is the last one given."""
    at = 2
    while data[at : at + 1] == b"\xff":
        kind = data[at + 1] if at + 1 < len(data) else 0
        if kind == 0xFF:  # a fill byte
            at += 1
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if end < at + 4 or end > len(data):
            break
        yield kind, at, end
        if kind == 0xDA:
            return
        at = end
    raise MalformedError


def _exif_of_jpeg(data: bytes) -> Iterator[bytes]:
    for kind, start, end in _segments(data):
        if kind == 0xE1 and data.startswith(_EXIF, start + 4):
            yield data[start + 4 + len(_EXIF) : end]


def _clean_jpeg(data: bytes) -> bytes:
    turn, kept, scan = orientation("jpeg", data), [data[:2]], len(data)
    for kind, start, end in _segments(data):
        if kind == 0xDA:
            scan = start
        elif _stays(kind, data[start + 4 : end]):
            kept.append(data[start:end])
    if turn != UPRIGHT:
        body = _EXIF + _upright(turn)
        # Exif has to come first; what JFIF says stands before it in nearly all files.
        place = 2 if len(kept) > 1 and kept[1][1] == 0xE0 else 1
        kept.insert(place, b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body)
    return b"".join(kept) + data[scan : _end_of_jpeg(data, scan)]


def _stays(kind: int, body: bytes) -> bool:
    """Whether a segment is needed to show the picture."""
    if kind == 0xE0:
        return body.startswith(b"JFIF\0")
    if kind == 0xE2:
        return body.startswith(b"ICC_PROFILE\0")
    return kind == 0xEE or not (0xE1 <= kind <= 0xEF or kind == 0xFE)


def _end_of_jpeg(data: bytes, at: int) -> int:
    """Where the picture ends: behind it cameras put another one, with all that is said of it."""
    while found := _MARKER.search(data, at):
        if found[0][1] == 0xD9:
            return found.end()
        at = found.end() + int.from_bytes(data[found.end() : found.end() + 2], "big")
    return len(data)


# PNG and WebP ------------------------------------------------------------------


def _chunks_of_png(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """The name, the beginning and the end of each chunk."""
    at = 8
    while at < len(data):
        name, end = data[at + 4 : at + 8], at + 12 + int.from_bytes(data[at : at + 4], "big")
        if end > len(data):
            raise MalformedError
        yield name, at, end
        if name == b"IEND":
            return
        at = end


def _exif_of_png(data: bytes) -> Iterator[bytes]:
    return (data[start + 8 : end - 4] for name, start, end in _chunks_of_png(data) if name == b"eXIf")


def _clean_png(data: bytes) -> bytes:
    turn, kept = orientation("png", data), [data[:8]]
    for name, start, end in _chunks_of_png(data):
        if name not in _PRIVATE_PNG:
            kept.append(data[start:end])
        if name == b"IHDR" and turn != UPRIGHT:
            body = b"eXIf" + _upright(turn)
            kept.append((len(body) - 4).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big"))
    return b"".join(kept)


def _chunks_of_webp(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """The name, the beginning and the end of each chunk, with its filling."""
    at = 12
    while at < len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        if at + 8 + size > len(data):
            raise MalformedError
        end = min(at + 8 + size + size % 2, len(data))
        yield data[at : at + 4], at, end
        at = end


def _exif_of_webp(data: bytes) -> Iterator[bytes]:
    found = (data[start + 8 : end] for name, start, end in _chunks_of_webp(data) if name == b"EXIF")
    return (body.removeprefix(_EXIF) for body in found)


def _clean_webp(data: bytes) -> bytes:
    turn, kept = orientation("webp", data), list[bytes]()
    private = [data[start:end] for name, start, end in _chunks_of_webp(data) if name in _PRIVATE_WEBP]
    if not private:
        return data
    for name, start, end in _chunks_of_webp(data):
        part = data[start:end]
        if name == b"VP8X":
            part = part[:8] + bytes([part[8] & ~_HAS_XMP & ~(_HAS_EXIF if turn == UPRIGHT else 0)]) + part[9:]
        kept += [part] if name not in _PRIVATE_WEBP else []
    if turn != UPRIGHT:
        body = _upright(turn)
        kept.append(b"EXIF" + len(body).to_bytes(4, "little") + body)
    body = b"".join(kept)
    return b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WEBP" + body


_READERS = {"jpeg": _exif_of_jpeg, "png": _exif_of_png, "webp": _exif_of_webp}
_CLEANERS = {"jpeg": _clean_jpeg, "png": _clean_png, "webp": _clean_webp, "avif": avif.without}
