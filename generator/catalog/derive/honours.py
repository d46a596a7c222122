"""Honours: which badges members have earned, and how far they are trusted, by the rules in the settings.

They follow from the sums in `deeds`, the member's file and the dates of their entries, and from no clock.
"""

from __future__ import annotations

from collections.abc import Iterable

from generator.catalog import keys
from generator.catalog.derive.context import Terms
from generator.catalog.derive.deeds import day_of
from generator.catalog.lists import Listed
from generator.catalog.packing import load
from generator.catalog.rows import HonoursRow, MemberRow
from generator.catalog.store import Store
from generator.catalog.traced import Row
from generator.settings.honours import Rule

YEAR = 365.2425
"""Days of a mean year of the Gregorian calendar."""


class Honours:
    """Gives members what they have earned."""

    def __init__(self, store: Store, terms: Terms) -> None:
        self.store = store
        self.badges = terms.settings.badges
        self.trust = terms.settings.trust
        self.zone = terms.settings.site.zone

    def derive(self, members: Iterable[str] | None) -> None:
        """Look at these members anew; None for all that there are or were."""
        for key in sorted(self._all() if members is None else members):
            row = self._earned(key)
            self.store.set_fact(keys.honours(key), row if row.badges or row.trust else None)
            places: list[Listed] = [(keys.scope("badge", name), 0, key) for name in row.badges]
            self.store.replace_made(f"honours/{key}", places, ())

    def _all(self) -> set[str]:
        query = "SELECT member FROM merit UNION SELECT key FROM addressed WHERE family = 'member'"
        before = "SELECT substr(key, 9) FROM fact WHERE key >= 'honours/' AND key < 'honours0'"
        return {key for (key,) in self.store.database.execute(f"{query} UNION {before}")}

    def _earned(self, key: str) -> HonoursRow:
        member = self._fact(keys.member(key), MemberRow)
        if member is None or member.bot:
            return HonoursRow()
        reached = self._reached(key, member)
        badges = tuple(name for name, rule in self.badges.items() if _holds(rule, reached, member.role))
        trust = next((name for name, rule in reversed([*self.trust.items()]) if _holds(rule, reached, member.role)), "")
        return HonoursRow(badges, trust)

    def _reached(self, key: str, member: MemberRow) -> dict[str, int]:
        """What a rule can ask for, by its name there."""
        query = "SELECT topics, entries, accepted, votes, reactions FROM merit WHERE member = ?"
        topics, entries, accepted, votes, reactions = self.store.database.execute(query, [key]).fetchone() or (0,) * 5
        (boards,) = self.store.database.execute("SELECT count(*) FROM merit_board WHERE member = ?", [key]).fetchone()
        query = "SELECT min(day), max(day) FROM deed WHERE member = ? AND NOT visitor"
        began, last = self.store.database.execute(query, [key]).fetchone()
        if member.joined is not None:
            began = day_of(member.joined, self.zone)
        return {
            "posts": entries, "topics": topics, "replies": entries - topics, "accepted": accepted, "votes": votes,
            "reactions": reactions, "boards": boards, "years": int((last - began) // YEAR) if entries else 0,
        }  # fmt: skip

    def _fact(self, key: str, row: type[Row]) -> Row | None:
        # Also on a clean build, where `Store.fact` has nothing to compare with.
        found = self.store.database.execute("SELECT data FROM fact WHERE key = ?", [key]).fetchone()
        return load(row, found[0]) if found else None


def _holds(rule: Rule, reached: dict[str, int], role: str) -> bool:
    return (not rule.role or rule.role == role) and all(reached[name] >= number for name, number in rule.numbers().items())
