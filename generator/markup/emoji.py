"""Emoji by name, as GitHub writes them: `:smile:`. The table is loaded at its first use."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache


@cache
def _table() -> dict[str, str]:
    from pymdownx import gemoji_db  # type: ignore[import-untyped]

    named = {name: _characters(fields) for name, fields in gemoji_db.emoji.items()}
    return named | {alias: named[name] for alias, name in gemoji_db.aliases.items() if name in named}


def _characters(fields: Mapping[str, str]) -> str:
    # "unicode_alt" has the joiners and selectors that "unicode" leaves out.
    points = fields.get("unicode_alt") or fields.get("unicode", "")
    if not points:
        return ""
    return "".join(chr(int(point, 16)) for point in points.split("-"))


def emoji(name: str) -> str:
    """The emoji of a name without its colons, "" if there is none."""
    return _table().get(f":{name}:", "")
