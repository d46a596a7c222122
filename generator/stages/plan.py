"""Plan: which pages and files the site has, asked of every page kind, board by board.

What a page kind reads to answer is traced, so that it is asked again only where that changed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping

from generator import digest
from generator.api import PageKind
from generator.catalog.ledger import Ledger, Planned, Unit
from generator.catalog.lookup import Lookup
from generator.errors import Problem


def plan(
    database: sqlite3.Connection,
    ledger: Ledger,
    kinds: Mapping[str, PageKind[object]],
    boards: Mapping[str, object],
    recipes: Mapping[str, bytes],
) -> list[Problem] | None:
    """Ask every page kind whose answer may have changed; problems of the plan, None where nothing was asked."""
    units = [
        Unit(kind.name, scope, digest.of(recipes[kind.name]))
        for kind in kinds.values()
        for scope in (boards if kind.per_board else ("",))
    ]
    known = ledger.database.execute("SELECT count(*) FROM unit").fetchone()[0]
    stale = list(ledger.stale_units(units))
    if not stale and known == len(units):
        return None
    for unit in stale:
        kind, lookup = kinds[unit.kind], Lookup(database)
        ledger.record_unit(unit, list(_wanted(kind, lookup, unit.scope)), lookup.keys)
    ledger.settle_artifacts(recipes)
    return list(_collisions(ledger))


def _wanted(kind: PageKind[object], lookup: Lookup, scope: str) -> Iterator[Planned]:
    for artifact in kind.artifacts(lookup, scope):
        yield Planned(artifact.address, artifact.arg, artifact.source, kind.rank)


def _collisions(ledger: Ledger) -> Iterator[Problem]:
    for address, winner, loser in ledger.collisions():
        if winner == loser or not loser:  # what the site makes by itself yields without a word
            continue
        message = f"the address {address} is made from {winner or 'the site itself'} already; this one is left out"
        yield Problem(loser, 0, "", message, "Give one of the two another name.")
