"""Who changed which file when, and what they said of it, as the site's git repository tells."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from generator.model import NO_HISTORY, Edit, History

KEPT = 50
"""How many edits of a file are kept, the newest."""

_LONGEST = 200
_NUMBERS = re.compile(r"\n*(\d+|-)\t(\d+|-)\t(.+)", re.DOTALL)


def history(root: Path, build: str, path: str) -> History:
    """The edits of a file; nothing where the site is not in a repository. The repository is asked once a build."""
    edits = _edits(root, build).get(path, ())
    return (len({name for _, name, *_ in edits}), len(edits), tuple(edits[:KEPT])) if edits else NO_HISTORY


@lru_cache(maxsize=1)
def _edits(root: Path, build: str) -> dict[str, list[Edit]]:
    import subprocess  # few sites have pages with a history

    shown = "--format=%x1e%ct%x1f%an%x1f%s"
    command = ["git", "log", shown, "--numstat", "--no-renames", "--relative", "-z", "--", "content"]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, check=True)  # noqa: S603 - fixed words
    except (OSError, subprocess.CalledProcessError):
        return {}
    found: dict[str, list[Edit]] = {}
    commit = (0, "", "")
    for part in done.stdout.decode("utf-8", "replace").split("\0"):
        text = part.lstrip("\n")
        if text.startswith("\x1e"):
            commit = _commit(text[1:])
        elif numbers := _NUMBERS.fullmatch(text):
            found.setdefault(numbers[3], []).append((*commit, _number(numbers[1]), _number(numbers[2])))
    return found


def _commit(text: str) -> tuple[int, str, str]:
    """The moment, name and message of a commit; names and messages are anybody's words."""
    moment, _, rest = text.partition("\x1f")
    name, _, message = rest.partition("\x1f")
    return int(moment) if moment.isdecimal() else 0, _line(name), _line(message)


def _line(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:_LONGEST]


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0
