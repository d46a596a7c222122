"""An installed package that brings a feature: a page kind and a kind of board, whose code changes.

It is found through its entry point in a folder of packages, as pip would have put it there.
"""

from __future__ import annotations

import importlib
import os
import shutil
import sys
from functools import lru_cache
from pathlib import Path
from random import Random

from generator.installed import GROUP
from generator.registry import discover

NAME = "anjoman_wall"
FOLDER = "installed"

_METADATA = "Metadata-Version: 2.1\nName: anjoman-wall\nVersion: 1.0\n"
_ENTRY_POINTS = f"[{GROUP}]\nwall = {NAME}.feature:feature\n"
_WORDS = 'GREETING = "{greeting}"\n'
_CODE = '''
from dataclasses import dataclass

from anjoman_wall.words import GREETING
from generator.api import Artifact, BoardKind, Feature, PageKind, scope as listed

feature = Feature("wall")
feature.board_kind(
    BoardKind("wall", "board-forum.html", "topic.html", by_activity={activity}, archive={archive}, nested={nested})
)


@dataclass(frozen=True)
class Wall:
    items: tuple


@feature.page
class WallPage(PageKind):
    name = "wall"
    per_board = {per_board}
    rank = {rank}

    def artifacts(self, lookup, scope):
        for number in range({pages}):
            yield Artifact(f"/{place}/{{scope}}{{number}}.txt", f"{{scope}}:{{number}}")

    def context(self, lookup, arg):
        return Wall((arg, *lookup.latest(listed("recent", ""), {length})))

    def render(self, context, canvas):
        return ("\\n".join([GREETING, "{mark}", *context.items])).encode()
'''


def install(folder: Path, random: Random) -> str:
    """Put the package into a folder of packages, or change one of its files; what it is now, in words."""
    wall = {
        "activity": random.choice((True, False)), "archive": random.choice((True, False)),
        "nested": random.choice((True, False)), "per_board": random.choice((True, False)),
        "rank": random.choice((5, 50, 90)), "pages": random.choice((0, 1, 2)),
        "place": random.choice(("wall", "cafe")), "length": random.choice((1, 5)), "mark": random.randrange(9),
    }  # fmt: skip
    greeting = random.choice(("Hello", "Salaam"))
    package, info = folder / NAME, folder / f"{NAME}-1.0.dist-info"
    only_words = package.is_dir() and random.random() < 0.3
    for path, text in (
        (package / "__init__.py", ""),
        (package / "words.py", _WORDS.format(greeting=greeting)),
        (package / "feature.py", _CODE.format(**wall)),
        (info / "METADATA", _METADATA),
        (info / "entry_points.txt", _ENTRY_POINTS),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        if not only_words or path.name == "words.py":
            path.write_text(text, "utf-8")
            date = random.randrange(10**18, 2 * 10**18 // 3 * 2)
            os.utime(path, ns=(date, date))
    return f"plugin says {greeting}" if only_words else f"plugin {wall} says {greeting}"


def uninstall(folder: Path) -> str:
    """Take the package away."""
    shutil.rmtree(folder, ignore_errors=True)
    return "no plugin"


@lru_cache(maxsize=1)
def load(folder: Path | None, mark: int = 0) -> None:
    """Have this process know the packages in a folder (none: those that are really installed); `mark` changes when they do."""
    others = [path for path in sys.path if Path(path).name != FOLDER]
    sys.path[:] = [str(folder), *others] if folder else others
    for name in [name for name in sys.modules if name.partition(".")[0] == NAME]:
        del sys.modules[name]
    importlib.invalidate_caches()
    sys.dont_write_bytecode = folder is not None  # byte code is told by the second, and scripts are faster
    discover.cache_clear()
