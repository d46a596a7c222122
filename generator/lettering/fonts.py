"""Which fonts there are: those of the machine, and those that the site names.

What was found in the machine's folders is kept in a file of the state's folder, for as long as their dates stay.
What is in a font file is the business of `sfnt`, which font a text gets that of `typesetting`.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec.structs import astuple

from generator.lettering.sfnt import SUFFIXES, Face, faces

FILE = "fonts.json"


def folders() -> tuple[Path, ...]:
    """Where the system keeps fonts, for all people and for this one."""
    home, env = Path.home(), os.environ
    if sys.platform == "darwin":
        return (home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts"))
    if sys.platform == "win32":
        own = Path(env.get("LOCALAPPDATA") or home / "AppData/Local")
        return (own / "Microsoft/Windows/Fonts", Path(env.get("WINDIR", r"C:\Windows"), "Fonts"))
    # https://specifications.freedesktop.org/basedir-spec/latest/
    own = Path(env.get("XDG_DATA_HOME") or home / ".local/share")
    shared = (env.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":")
    return (own / "fonts", home / ".fonts", *(Path(place, "fonts") for place in shared))


def known(root: Path, state: Path, wanted: Iterable[str]) -> tuple[Face, ...]:
    """All faces that a site can use: first those of the files that it names; `state` is the folder of the state."""
    named = [root.joinpath(*name.split("/")) for name in wanted if is_file(name)]
    own = tuple(face for path in named for face in faces(path))
    return own + _installed(state, named)


def is_file(name: str) -> bool:
    """Whether what a site names is a file, else it is a family."""
    return name.lower().endswith(SUFFIXES)


def stamp(state: Path) -> str:
    """Changes when fonts came or went since they were last looked for; "" where nobody looked."""
    seen = _kept(state).get("seen")
    return json.dumps(_dates(seen)) if isinstance(seen, dict) else ""


def forget(state: Path) -> None:
    """Forget what was found: the site draws nothing."""
    with suppress(OSError):
        (state / FILE).unlink()


def _installed(state: Path, named: Iterable[Path]) -> tuple[Face, ...]:
    """The faces of the machine, in the order of their files' names."""
    kept = _kept(state)
    seen, own = kept.get("seen"), {str(path) for path in named}
    if isinstance(seen, dict) and own <= seen.keys() and seen == _dates(seen):
        with suppress(TypeError, KeyError):
            return tuple(Face(*row) for row in kept["faces"])
    # A folder that is not there may come.
    where = sorted({str(place) for place in folders()} | {folder for place in folders() for folder in _below(place)})
    found = tuple(face for folder in where for path in _files(folder) for face in faces(path))
    _keep(state, {"seen": _dates([*where, *own]), "faces": [astuple(face) for face in found]})
    return found


def _below(place: Path) -> Iterator[str]:
    """A folder and all in it, links followed, each once."""
    entered: set[str] = set()
    for folder, inside, _ in os.walk(place, followlinks=True):
        inside[:] = sorted(name for name in inside if not name.startswith("."))
        real = os.path.realpath(folder)
        if real in entered:
            inside.clear()
            continue
        entered.add(real)
        yield folder


def _files(folder: str) -> list[Path]:
    try:
        names = os.listdir(folder)  # noqa: PTH208 - the names are all that is needed
    except OSError:
        return []
    return [Path(folder, name) for name in sorted(names) if is_file(name)]


def _dates(paths: Iterable[str]) -> dict[str, int]:
    """When each was last changed, -1 of what is not there."""
    return {path: _date(path) for path in paths}


def _date(path: str) -> int:
    try:
        return os.stat(path).st_mtime_ns  # noqa: PTH116 - asked in every build
    except OSError:
        return -1


def _kept(state: Path) -> dict[str, Any]:
    try:
        found = json.loads((state / FILE).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _keep(state: Path, data: Mapping[str, object]) -> None:
    """Write it down; where the folder can't be written it is looked for again."""
    temporary = state / f".{FILE}-{os.getpid()}.tmp"
    with suppress(OSError):
        state.mkdir(parents=True, exist_ok=True)
        temporary.write_text(json.dumps(data), "utf-8")
        temporary.replace(state / FILE)
