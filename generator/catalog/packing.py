"""Rows as the bytes that are stored: one alone, and the entries of a page together.

What is in a row is left to `rows`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeVar

import msgspec
from msgspec import Raw

from generator.catalog.rows import EntryRow

Row = TypeVar("Row")


@lru_cache(maxsize=64)
def _decoder(row: Any) -> msgspec.json.Decoder[Any]:  # noqa: ANN401 - also generic aliases
    return msgspec.json.Decoder(row)


_encoder = msgspec.json.Encoder(order="deterministic")


def dump(row: object) -> bytes:
    """A row as the bytes that are stored; equal rows give equal bytes."""
    return _encoder.encode(row)


class DamageError(Exception):
    """A stored row is not what was stored: the state file is damaged."""


def load(row: type[Row], data: bytes) -> Row:
    """A stored row; raises `DamageError`."""
    try:
        found: Row = _decoder(row).decode(data)  # type: ignore[arg-type]
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DamageError(str(error)) from error
    return found


Sheet = list[tuple[str, Raw]]
"""The entries of a page by id, each as the bytes of its row."""


def dump_sheet(rows: Sequence[EntryRow]) -> bytes:
    """A page's entries in their order."""
    return _encoder.encode([(row.id, row) for row in rows])


def load_sheet(data: bytes) -> tuple[EntryRow, ...]:
    """All entries of a stored page."""
    return tuple(row for _, row in load(list[tuple[str, EntryRow]], data))


def find_entry(data: bytes, entry_id: str) -> EntryRow | None:
    """One entry of a stored page, without making the others."""
    for found, row in load(Sheet, data):
        if found == entry_id:
            return load(EntryRow, bytes(row))
    return None


def raw_entries(data: bytes) -> dict[str, bytes]:
    """The entries of a stored page by id, as stored: two that are equal have equal bytes."""
    return {found: bytes(row) for found, row in load(Sheet, data)}
