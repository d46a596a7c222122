"""The settings of badges and of levels of trust: what a member must have done to have one.

Loaded only for sites that have such settings. Who has which is derived in `catalog.derive.honours`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from generator.schema import MisfitError, between, doc, one_of

COLORS = ("gold", "silver", "bronze", "green", "blue", "red")
MOST = 10**9
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
_COUNT = between(0, MOST)


@dataclass(frozen=True, slots=True)
class Rule:
    """What a member must have reached: all that is given must hold. A number not given is 0, which everybody has."""

    title: str = field(default="", metadata=doc("What is shown; else the name."))
    posts: int = field(default=0, metadata=doc("Topics and replies written.", check=_COUNT))
    topics: int = field(default=0, metadata=doc("Topics begun.", check=_COUNT))
    replies: int = field(default=0, metadata=doc("Replies written.", check=_COUNT))
    accepted: int = field(default=0, metadata=doc("Answers accepted.", check=_COUNT))
    votes: int = field(default=0, metadata=doc("Votes received.", check=_COUNT))
    reactions: int = field(default=0, metadata=doc("Reactions received.", check=_COUNT))
    years: int = field(default=0, metadata=doc("Years between joining and the latest entry.", check=between(0, 1000)))
    boards: int = field(default=0, metadata=doc("Boards written on.", check=_COUNT))
    role: str = field(default="", metadata=doc("The role that they must have."))

    def numbers(self) -> dict[str, int]:
        """The thresholds that are more than nothing, by name."""
        names = ("posts", "topics", "replies", "accepted", "votes", "reactions", "years", "boards")
        return {name: number for name in names if (number := getattr(self, name))}


@dataclass(frozen=True, slots=True)
class BadgeSettings(Rule):
    """A section [badges.NAME]."""

    description: str = field(default="", metadata=doc("What it is given for, in a sentence."))
    color: str = field(
        default="bronze", metadata=doc("“gold”, “silver”, “bronze”, “green”, “blue” or “red”.", check=one_of(*COLORS))
    )


@dataclass(frozen=True, slots=True)
class TrustSettings(Rule):
    """A section [trust.NAME]; the last one whose rule holds counts."""


def name(text: str) -> str:
    """A name that can be part of an address; raises MisfitError."""
    if not _NAME.fullmatch(text):
        raise MisfitError("expected a name of a-z, 0-9 and -, as [badges.first-answer]")
    return text
