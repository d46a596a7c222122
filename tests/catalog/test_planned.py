"""The plan that is kept: after any changes the artifacts are what they would be had all been asked anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.catalog.database import schema
from generator.catalog.ledger import Ledger, Made
from generator.catalog.planned import Plan, Planned, Unit

ADDRESSES = ["/a/", "/A/", "/a", "/a/b/", "/a/b/c.json", "/b/", "/index.html", "/"]
UNITS = [Unit("topic", "cafe", b"1"), Unit("page", "", b"1"), Unit("topic", "tea", b"1")]
WANTED = st.lists(
    st.builds(
        Planned, st.sampled_from(ADDRESSES), st.sampled_from(["x", "y"]), st.sampled_from(["", "p", "q"]), st.integers(1, 2)
    ),
    max_size=5,
)
Wanted = Mapping[int, list[Planned]]
STEPS = st.lists(st.dictionaries(st.sampled_from([0, 1, 2]), WANTED), min_size=1, max_size=5)


def empty() -> sqlite3.Connection:
    database = sqlite3.connect(":memory:", isolation_level=None)
    database.executescript(schema())
    return database


def planned(database: sqlite3.Connection, run: int, units: list[Unit], wanted: Wanted) -> None:
    kept = Plan(database, Ledger(database, run).traces, run)
    kept.stale(units)
    for number, one in wanted.items():
        if UNITS[number] in units:
            kept.put(UNITS[number], one)
            kept.trace(UNITS[number], [])
    kept.settle()


def artifacts(database: sqlite3.Connection) -> list[tuple[str, str, str]]:
    return database.execute("SELECT address, kind, arg FROM artifact WHERE kind != '' ORDER BY address").fetchall()


@settings(max_examples=150, deadline=None)
@given(STEPS, st.sampled_from([UNITS, UNITS[:2], UNITS[1:]]))
def test_artifacts_are_those_of_a_plan_made_at_once(steps: list[Wanted], last: list[Unit]) -> None:
    with closing(empty()) as kept, closing(empty()) as anew:
        every: dict[int, list[Planned]] = {}
        for run, step in enumerate(steps, 1):
            every |= step
            planned(kept, run, UNITS, step)
        planned(kept, len(steps) + 1, last, {})
        planned(anew, 1, last, every)
        assert artifacts(kept) == artifacts(anew)


def test_what_a_key_changes_is_claimed_with_the_units_and_pages_that_read_it() -> None:
    with closing(empty()) as database:
        ledger = Ledger(database, 1)
        plan = Plan(database, ledger.traces, 1)
        for unit, key in zip(UNITS[:2], ("plan/cafe", "plan/"), strict=True):
            plan.put(unit, [Planned(f"/{unit.kind}/", "", "", 1)])
            plan.trace(unit, [key])
        plan.settle()
        for node, key in database.execute("SELECT node, 'topic/' || kind FROM artifact").fetchall():
            ledger.record(Made(node, frozenset({key, "setting/site"}), b"c", b"o", 1, 1))
        ledger.claim({"topic": b"1", "page": b"1"}, ())
        assert ledger.count_suspects() == 0

        database.execute("UPDATE key SET changed = 2 WHERE name IN ('plan/cafe', 'topic/page')")
        later = Ledger(database, 2)
        assert Plan(database, later.traces, 2).stale(UNITS[:2]) == UNITS[:1]
        later.claim({"topic": b"1", "page": b"1"}, ())
        assert [suspect.address for suspect in later.suspects()] == ["/page/"]
        assert dict(later.why("/page/")) == {"topic/page": 2, "setting/site": 0}
        later.claim({"topic": b"2", "page": b"1"}, ())
        assert later.count_suspects() == 2
