"""What follows from all sources together: boards, topics in their order, members, tags, counts.

It decides what the facts are; the `Store` compares and touches, so that this code needs no thought of
what was built before: it only has to be told of everything that a change can concern.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from generator.addresses import TAG_TEXTS
from generator.catalog import keys
from generator.catalog.derive import names
from generator.catalog.derive.context import Terms
from generator.catalog.derive.mentions import Mentions
from generator.catalog.derive.topics import Topics
from generator.catalog.index import Index
from generator.catalog.rows import BoardCounts, BoardRow
from generator.catalog.store import Since, Store
from generator.model import Moment

if TYPE_CHECKING:  # loaded only for sites that count them
    from generator.catalog.derive.deeds import Deeds
    from generator.catalog.derive.standings import Standings


def derive(
    store: Store, terms: Terms, boards: Mapping[str, BoardRow], changed_boards: set[str], before: Moment | None
) -> None:
    """Derive all that this run's changes concern; `before` is the clock of the last build, None for the first."""
    everything = store.set_meta("terms", terms.digest()) or before is None
    index = Index(store, terms.version, terms.settings.site.language, enabled=terms.settings.search.enabled)
    everything |= index.afresh
    files = names.member_files(store)
    files_changed = everything or any(owner.startswith("member/") for owner in store.changes.owners)
    renamed = names.alias_members(store, files) if files_changed else set()
    deeds = _deeds(store, terms, everything=everything)
    topics = Topics(store, terms, boards, index, deeds)
    if everything:
        topics.derive(topics.all())
    else:
        since = _changed_topics(store)
        others = _due(store, before or 0, terms.now) | names.writers(store, renamed)
        others |= {key for board in changed_boards for key in _topics_of(store, board)}
        going_on = {key: one for key, one in since.items() if key not in others and one.moment is not None}
        topics.derive(topics.by_path(since.keys() | others), going_on)
    people = names.Names(store, terms, files)
    people.derive(everything=everything, files_changed=files_changed)
    Mentions(store).derive(topics.settled, topics.moved, everything=everything)
    if deeds or (everything and store.traced):
        _honour(store, terms, deeds, people.settled, everything=everything)
    if files_changed:
        store.replace_problems("members", [*names.doubles(store, files), *names.claims(files)])
    _count_boards(store, boards, set(boards) if everything else topics.changed_boards - {"", TAG_TEXTS} | changed_boards)
    index.settle()
    store.settle_lists()
    store.settle_names()
    store.sweep_html()
    store.flush()


def _deeds(store: Store, terms: Terms, *, everything: bool) -> Deeds | None:
    """What counts who did how much, where something asks for it; None where nothing does, and nothing is kept then."""
    settings = terms.settings
    if everything:
        # Rules that are new begin with nothing: all topics are derived again and add what was done in them.
        for table in ("deed", "merit", "merit_board", "standing"):
            store.database.execute(f"DELETE FROM {table}")  # noqa: S608 - our own words
        if store.traced:
            _forget_standings(store)
    if not (settings.badges or settings.trust or settings.top.enabled):
        return None
    from generator.catalog.derive.deeds import Deeds

    return Deeds(store, settings.site.zone, _standings(store, terms))


def _forget_standings(store: Store) -> None:
    from generator.catalog.derive.standings import forget

    forget(store)


def _standings(store: Store, terms: Terms) -> Standings | None:
    if not terms.settings.top.enabled:
        return None
    from generator.catalog.derive.standings import Standings

    return Standings(store, terms.settings.top.length)


def _honour(store: Store, terms: Terms, deeds: Deeds | None, settled: set[str], *, everything: bool) -> None:
    """Give badges and trust to the members whose deeds or files changed; take all away where no settings give any."""
    from generator.catalog.derive.honours import Honours

    if deeds:
        deeds.settle()
    members = deeds.members | settled if deeds else settled
    Honours(store, terms).derive(None if everything else members)


def _changed_topics(store: Store) -> dict[str, Since]:
    prefix = "topic/"
    return {owner.removeprefix(prefix): one for owner, one in store.changes.owners.items() if owner.startswith(prefix)}


def _due(store: Store, before: Moment, now: Moment) -> set[str]:
    """Topics that are published or expire between two moments, in either direction."""
    query = "SELECT owner FROM moment WHERE at > ? AND at <= ?"
    span = sorted((before, now))
    return {owner.removeprefix("topic/") for (owner,) in store.database.execute(query, span)}


def _topics_of(store: Store, board: str) -> set[str]:
    query = "SELECT topic FROM source WHERE role IN ('topic', 'replies') AND board = ?"
    known = {key for (key,) in store.database.execute(query, [board])}
    return known | {key for (key,) in store.database.execute("SELECT key FROM topic WHERE board = ?", [board])}


def _count_boards(store: Store, boards: Mapping[str, BoardRow], changed: set[str]) -> None:
    """Count anew the boards on which something changed, and those that they are inside of."""
    if changed - boards.keys():
        changed = set(boards)  # a board went, and nobody knows any more what it was inside of
    concerned = {up for key in changed for up in (*boards[key].trail, key)}
    if not concerned:
        return
    query = "SELECT board, count(*), sum(replies) FROM topic WHERE standing = 1 AND listed = 1 GROUP BY board"
    own = {board: (topics, topics + replies) for board, topics, replies in store.database.execute(query)}
    for key in concerned:
        inside = [own[board.key] for board in boards.values() if key in (*board.trail, board.key) and board.key in own]
        counts = BoardCounts(sum(topics for topics, _ in inside), sum(entries for _, entries in inside))
        store.set_fact(keys.board_counts(key), counts)
