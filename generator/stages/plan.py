"""Plan: which pages and files the site has, asked of every page kind, board by board.

What a page kind reads to answer is traced, so that it is asked again only where that changed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping

from generator import digest
from generator.api import PageKind
from generator.catalog.ledger import Ledger
from generator.catalog.lookup import Lookup
from generator.catalog.planned import Clash, Plan, Planned, Unit
from generator.errors import Problem


def plan(
    database: sqlite3.Connection,
    ledger: Ledger,
    kinds: Mapping[str, PageKind[object]],
    boards: Mapping[str, object],
    recipes: Mapping[str, bytes],
) -> list[Problem] | None:
    """Ask every page kind whose answer may have changed; problems of the plan, None where it stays as it is."""
    kept = Plan(database, ledger.traces, ledger.run)
    units = [
        Unit(kind.name, scope, digest.of(recipes[kind.name]))
        for kind in kinds.values()
        for scope in (boards if kind.per_board else ("",))
    ]
    for unit in kept.stale(units):
        kind, lookup = kinds[unit.kind], Lookup(database)
        kept.put(unit, _wanted(kind, lookup, unit.scope))
        kept.trace(unit, lookup.keys)
    clashes = kept.settle()
    return None if clashes is None else [*_collisions(kept), *map(_told, clashes)]


def _wanted(kind: PageKind[object], lookup: Lookup, scope: str) -> Iterator[Planned]:
    for artifact in kind.artifacts(lookup, scope):
        yield Planned(artifact.address, artifact.arg, artifact.source, kind.rank)


def _collisions(kept: Plan) -> Iterator[Problem]:
    for address, winner, loser in kept.collisions():
        if winner == loser or not loser:  # what the site makes by itself yields without a word
            continue
        message = f"the address {address} is made from {winner or 'the site itself'} already; this one is left out"
        yield Problem(loser, 0, "", message, "Give one of the two another name.")


def _told(clash: Clash) -> Problem:
    other = clash.source or "the site itself"
    message = f"the address {clash.lost} can't stand beside {clash.address}, which is made from {other}"
    why = "one is a file and the other a folder of that name; this one is left out"
    path = clash.loser or clash.source
    return Problem(path, 0, "", f"{message}: {why}", "Give one of the two another name or slug.")
