"""Counts the votes of a poll: how many chose each option, and who is first where options are put in order.

Pure numbers: which votes count is decided by `catalog.derive.voting`, how they are shown by `tallies`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

Round = tuple[int | None, ...]
"""Votes for each option, None for one that had dropped out before."""


def counts(given: Sequence[int], ballots: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """Votes for each option: those given, and one of each ballot that names it."""
    found = Counter(option for ballot in ballots for option in ballot)
    return tuple(votes + found[option] for option, votes in enumerate(given))


class Runoff(Struct, frozen=True):
    """The rounds of an instant run-off; `first` are the options that won, several where they are tied."""

    rounds: tuple[Round, ...]
    first: tuple[int, ...]


def run_off(given: Sequence[int], ballots: Sequence[Sequence[int]]) -> Runoff:
    """Count ballots that put options in order; `given` counts those that name one option only.

    In each round a ballot counts for the first of its options that is left. One that more than half of these votes
    are for is first. Else those with the fewest drop out, all of them where several have as few, so that the order
    of the options decides nothing; those that are left with equal votes are tied.
    """
    left, rounds = set(range(len(given))), []
    while True:
        votes = _round(given, ballots, left)
        rounds.append(tuple(votes.get(option) for option in range(len(given))))
        most, fewest, total = max(votes.values()), min(votes.values()), sum(votes.values())
        if most * 2 > total or most == fewest:
            leaders = tuple(sorted(option for option, count in votes.items() if count == most and total))
            return Runoff(tuple(rounds), leaders)
        left = {option for option in left if votes[option] > fewest}


def _round(given: Sequence[int], ballots: Sequence[Sequence[int]], left: set[int]) -> dict[int, int]:
    votes = {option: given[option] for option in left}
    for ballot in ballots:
        option = next((each for each in ballot if each in left), None)
        if option is not None:
            votes[option] += 1
    return votes
