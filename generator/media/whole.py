"""Whether a picture's file is there to its end, or was cut off on its way: told by its parts, nothing is decoded.

What follows the end, as the film that some phones add, is nobody's business. Sources: ITU T.81, B.1; PNG 3rd edition, 11.2;
GIF89a; the container of WebP; ISO/IEC 14496-12, 4.2.
"""

from __future__ import annotations


def is_whole(form: str, data: bytes) -> bool:
    """Whether a picture of this format ("png", "jpeg" …) has its end."""
    return _CHECKS[form](data)


def _png(data: bytes) -> bool:
    return data.find(b"IEND") >= 0


def _jpeg(data: bytes) -> bool:
    """Whether an end follows the first scan: a small picture within the head has an end of its own."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        if data[at + 1] == 0xDA:
            return data.find(b"\xff\xd9", at) >= 0
        at += 1 if data[at + 1] == 0xFF else 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return False


def _webp(data: bytes) -> bool:
    return int.from_bytes(data[4:8], "little") + 8 <= len(data)


def _avif(data: bytes) -> bool:
    """Whether each of its boxes is there, with that of the data; one of size 0 goes to the end, and what is too short is none."""
    at, found = 0, False
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if size == 1:
            size = int.from_bytes(data[at + 8 : at + 16], "big")
        found = found or data[at + 4 : at + 8] == b"mdat" or data.find(b"idat", at, at + size) >= 0
        if size < 8:
            break
        at += size
    return found and at <= len(data)


def _gif(data: bytes) -> bool:
    """Whether its blocks go on to the one that ends it."""
    at = 13 + _table(data[10:11])
    while at < len(data) and data[at] in b"!,":
        is_image = data[at] == 0x2C
        at += 11 + _table(data[at + 9 : at + 10]) if is_image else 2
        at = _after_blocks(data, at)
    return data[at : at + 1] == b";"


def _table(flags: bytes) -> int:
    """The bytes of a table of colours, by the flags that tell of it."""
    return 3 << (flags[0] & 7) + 1 if flags and flags[0] & 0x80 else 0


def _after_blocks(data: bytes, at: int) -> int:
    """The place after a row of blocks, which an empty one ends."""
    while at < len(data) and data[at]:
        at += data[at] + 1
    return at + 1


_CHECKS = {"png": _png, "jpeg": _jpeg, "gif": _gif, "webp": _webp, "avif": _avif}
