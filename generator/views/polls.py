"""What templates see of polls: options, how many chose each, and who.

Plain data as in `views`; it is made in `tallies`.
"""

from __future__ import annotations

from msgspec import Struct

from generator.model import Moment
from generator.views import Person


class PollOptionView(Struct, frozen=True):
    """A choice of a poll, with its share in per cent. In a ranked poll `votes` are those of the last round it was in."""

    text: str
    votes: int
    """How many chose it."""
    percent: int
    """Its share of all votes; of all who voted, where several can be chosen and it is known how many did."""
    voters: tuple[Person, ...] = ()
    """The members who chose it; in a ranked poll, who want it most. Of a secret one, none."""
    more: int = 0
    """How many of them are not named."""
    rounds: tuple[int | None, ...] = ()
    """Its votes in each round of a ranked poll, None where it had dropped out."""
    first: bool = False
    """Whether it is first in a ranked poll, or one of several that are tied."""


class PollView(Struct, frozen=True):
    """A poll with its result; `closed` is when voting ends."""

    question: str
    """What is asked."""
    options: tuple[PollOptionView, ...]
    """What can be chosen."""
    total: int
    """How many voted; where that is not known, how many votes there are."""
    closed: Moment | None
    """When voting ends."""
    kind: str = "single"
    """`single`, `multiple` or `ranked`."""
    by_voters: bool = False
    """Whether `total` counts people, of whom each can have chosen several."""
    secret: bool = False
    """Whether nobody is told who voted."""
    rounds: int = 0
    """How many rounds a ranked poll was counted in."""
    tied: bool = False
    """Whether several options are first."""
    named: bool = False
    """Whether members are named who voted."""
    ended: bool = False
    """Whether voting has ended."""
