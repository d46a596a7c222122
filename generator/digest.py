"""Digests: short fingerprints of bytes and of plain data, the same on every machine."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from enum import Enum
from pathlib import Path, PurePath

from generator.shapes import field_names, is_plain

SIZE = 16
"""Bytes of a digest: 128 bits, so that two of a billion texts don't meet."""


def of_bytes(data: bytes) -> bytes:
    """The digest of some bytes."""
    return hashlib.blake2b(data, digest_size=SIZE).digest()


def of_text(text: str) -> bytes:
    """The digest of a text; lone surrogates count as themselves."""
    return of_bytes(text.encode("utf-8", "surrogatepass"))


class Running:
    """The digest of bytes that come in blocks."""

    def __init__(self) -> None:
        self._state = hashlib.blake2b(digest_size=SIZE)

    def add(self, block: bytes) -> None:
        """The next block."""
        self._state.update(block)

    def digest(self) -> bytes:
        """The digest of all blocks so far."""
        return self._state.digest()


def of_file(path: Path) -> bytes:
    """The digest of a file of any size; raises OSError."""
    state = Running()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            state.add(block)
    return state.digest()


def of(*values: object) -> bytes:
    """The digest of plain data: structs, dataclasses, mappings, sequences, sets, scalars, None."""
    state = hashlib.blake2b(digest_size=SIZE)
    for part in _canonical(values):
        state.update(part)
    return state.digest()


def _canonical(value: object) -> list[bytes]:
    parts: list[bytes] = []
    _feed(value, parts)
    return parts


def _feed(value: object, parts: list[bytes]) -> None:  # noqa: C901 - one branch a type
    if isinstance(value, str):
        _leaf(b"s", value.encode("utf-8", "surrogatepass"), parts)
    elif isinstance(value, bytes):
        _leaf(b"b", value, parts)
    elif value is None or isinstance(value, bool | int | float):
        _leaf(b"n", repr(value).encode(), parts)
    elif is_plain(kind := type(value)):
        parts.append(b"d" + type(value).__name__.encode() + b"(")
        for name in field_names(kind):
            _feed(getattr(value, name), parts)
        parts.append(b")")
    elif isinstance(value, Mapping):
        parts.append(b"m(")
        for key in sorted(value, key=str):
            _feed(key, parts)
            _feed(value[key], parts)
        parts.append(b")")
    elif isinstance(value, set | frozenset):
        _feed(sorted(value, key=repr), parts)
    elif isinstance(value, tuple | list):
        parts.append(b"l(")
        for item in value:
            _feed(item, parts)
        parts.append(b")")
    elif isinstance(value, date | Enum | PurePath):
        _leaf(b"x", str(value).encode(), parts)
    else:
        raise TypeError(f"no digest of {type(value).__name__}")


def _leaf(mark: bytes, data: bytes, parts: list[bytes]) -> None:
    # The length goes first, so that ("ab", "c") and ("a", "bc") differ.
    parts.append(b"%s%d:" % (mark, len(data)))
    parts.append(data)
