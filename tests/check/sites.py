"""Builds small output folders for the tests of the check."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from generator.check import check_links
from generator.errors import Problem

ORIGIN = "https://forum.example"


def built(root: Path, files: Mapping[str, str]) -> Path:
    for name, content in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode())
    return root


def told(root: Path, files: Mapping[str, str], prefix: str = "", origin: str = ORIGIN) -> list[Problem]:
    return list(check_links(built(root, files), prefix=prefix, origin=origin))


def only(problems: list[Problem]) -> Problem:
    assert len(problems) == 1, "\n".join(map(str, problems))
    return problems[0]
