"""What templates see of polls: options, and how many chose each.

Plain data as in `views`; it is made in `present`.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.model import Moment


@dataclass(frozen=True, slots=True)
class PollOptionView:
    """A choice of a poll, with its share of all votes in per cent."""

    text: str
    votes: int
    """How many chose it."""
    percent: int
    """Its share of all votes."""


@dataclass(frozen=True, slots=True)
class PollView:
    """A poll with its result; `closed` is when voting ends."""

    question: str
    """What is asked."""
    options: tuple[PollOptionView, ...]
    """What can be chosen."""
    total: int
    """How many voted."""
    closed: Moment | None
    """When voting ends."""
