"""The shape of plain data: which fields a class has, be it a struct of msgspec or a dataclass."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import cache


def is_plain(kind: object) -> bool:
    """Whether something is a class of plain data."""
    return isinstance(kind, type) and (hasattr(kind, "__struct_fields__") or dataclasses.is_dataclass(kind))


def field_names(kind: type) -> tuple[str, ...]:
    """The fields of a class of plain data, in their order."""
    structs: tuple[str, ...] | None = getattr(kind, "__struct_fields__", None)
    return _of_dataclass(kind) if structs is None else structs


@cache
def _of_dataclass(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))


def defaults(kind: type) -> Mapping[str, object]:
    """What fields are where nothing is given, of those that have such a value."""
    structs: tuple[object, ...] | None = getattr(kind, "__struct_defaults__", None)
    if structs is not None:
        return dict(zip(reversed(field_names(kind)), reversed(structs), strict=False))
    return {field.name: field.default for field in dataclasses.fields(kind) if field.default is not dataclasses.MISSING}
