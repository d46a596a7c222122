"""Writing the files of a site."""

from __future__ import annotations

from pathlib import Path


def put(path: Path, text: str) -> None:
    """Write a text, with its folder; lines end alike on every system."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")
