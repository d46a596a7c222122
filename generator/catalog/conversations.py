"""What pages ask of conversations: their months and days, how much was said on each, and the chains of answers.

How they are cut and chained is told in `days`; see `Lookup` for all the rest.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.catalog import days, keys
from generator.catalog.rows import ChainRow, DayRow
from generator.catalog.traced import Traced


class Conversations(Traced):
    """The part of `Lookup` that knows days."""

    def months(self, topic: str) -> tuple[tuple[str, int], ...]:
        """The months of a conversation ("2026-11"), each with the number of its first entry."""
        return self._fact(keys.months(topic), tuple[tuple[str, int], ...]) or ()

    def days(self, topic: str, month: str) -> tuple[DayRow, ...]:
        """The days of a month of a conversation."""
        return self._fact(keys.days(topic, month), tuple[DayRow, ...]) or ()

    def day_counts(self, topic: str, month: str) -> tuple[tuple[int, int], ...]:
        """The days of a month of a conversation, each with how many messages it has."""
        return self._fact(keys.day_counts(topic, month), tuple[tuple[int, int], ...]) or ()

    def chain(self, topic: str, root: str) -> ChainRow | None:
        """The chain of answers that a message began, None where it is too short."""
        return self._fact(keys.chain(topic, root), ChainRow)

    def day_pages(self, topic: str, numbers: Sequence[int], per_page: int) -> tuple[int, ...]:
        """The pages of a conversation that entries are on, by their numbers."""
        found = dict.fromkeys([1] if numbers[0] == 1 else ())
        months = self.months(topic)
        for place, (month, first) in enumerate(months, 1):
            after = months[place][1] if place < len(months) else numbers[-1] + 1
            inside = [number for number in numbers if first <= number < after]
            if inside:
                found.update(dict.fromkeys(days.pages_of(inside, month, self.days(topic, month), per_page)))
        return tuple(found)
