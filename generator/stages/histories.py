"""Between read and catalog: what git tells of the files of wikis, asked once a build, and only where it may tell more.

How git is asked is the business of `history`; what pages make of it that of `edits`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from generator.catalog import keys
from generator.catalog.packing import load
from generator.catalog.store import Store
from generator.errors import Problem
from generator.model import Edit, History
from generator.present.edits import PART

NEWEST = 50
"""How many edits the page of a topic names."""


def remember(store: Store, root: Path, wikis: Mapping[str, bool]) -> None:
    """Keep the history of each wiki; of those that were read just now `wikis` says whether they are shy."""
    known = _known(store)
    told = {**known, **wikis}
    if not told:
        return
    from generator import history  # few sites have wikis

    moved = store.set_meta("history", history.standing(root))
    paths = [path for path, shy in told.items() if moved or known.get(path) != shy]
    if not paths:
        return
    try:
        found: dict[str, list[Edit]] | None = history.edits(root, paths)
    except TimeoutError:
        store.forget_meta("history")
        found = None
    store.replace_problems("history", () if found is not None else (_slow(),))
    for path in paths:
        _keep(store, path, (found or {}).get(path, []), shy=told[path])


def forget(store: Store, path: str) -> None:
    """Forget the history of a file that is no wiki any more."""
    if store.set_fact(keys.history(path), None):
        store.replace_facts(keys.edits(path, ""), {})


def _known(store: Store) -> dict[str, bool]:
    """The wikis of the last build, and whether each is shy."""
    if not store.traced:
        return {}
    query = "SELECT key, data FROM fact WHERE key >= 'history/' AND key < 'history0'"
    return {key.removeprefix("history/"): load(History, data).shy for key, data in store.database.execute(query)}


def _keep(store: Store, path: str, newest_first: Sequence[Edit], *, shy: bool) -> None:
    people = len({edit.name for edit in newest_first})
    newest = tuple(_plain(newest_first[:NEWEST]))
    store.set_fact(keys.history(path), History(people, len(newest_first), newest, shy))
    told = [*(_plain(newest_first) if shy else newest_first)][::-1]
    parts = (told[start : start + PART] for start in range(0, len(told), PART))
    store.replace_facts(keys.edits(path, ""), {keys.edits(path, number): part for number, part in enumerate(parts)})


def _plain(edits: Iterable[Edit]) -> Iterable[Edit]:
    """Edits without their lines."""
    return (Edit(edit.at, edit.name, edit.message, edit.added, edit.removed) for edit in edits)


def _slow() -> Problem:
    message = "git did not tell the history of the wikis in time; none is shown"
    return Problem("content", 0, "wiki", message, "Look whether `git log -- content` ends.", "warning")
