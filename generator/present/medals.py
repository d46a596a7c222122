"""Badges as pages show them: what they are given for, and how many have them."""

from __future__ import annotations

from msgspec import Struct

from generator.catalog.keys import scope
from generator.present.people import People


class BadgeView(Struct, frozen=True):
    """A badge that the site gives. `rule` is what has to be reached: names (`posts`, `votes` …) and numbers."""

    name: str
    href: str
    title: str
    description: str
    color: str
    """`gold`, `silver`, `bronze`, `green`, `blue` or `red`."""
    rule: tuple[tuple[str, int], ...]
    """What has to be reached, by name."""
    role: str
    """The role that one must have, or empty."""
    holders: int = 0
    """How many members have it, on the pages of badges."""


def badge(presenter: People, name: str, *, counted: bool = False) -> BadgeView | None:
    """A badge by its name; `counted` with how many have it."""
    found = presenter.lookup.badges().get(name)
    if found is None:
        return None
    return BadgeView(
        name=name,
        href=presenter.href(f"/badges/{name}/"),
        title=presenter.titled(name, presenter.named.badges, found.title or name.replace("-", " ").capitalize()),
        description=presenter.titled(name, presenter.named.badge_descriptions, found.description),
        color=found.color,
        rule=tuple(found.numbers().items()),
        role=found.role,
        holders=presenter.lookup.count(scope("badge", name)) if counted else 0,
    )


def badges_of(presenter: People, key: str) -> tuple[BadgeView, ...]:
    """The badges of a member."""
    if not presenter.lookup.setting("honours", bool):
        return ()
    found = (badge(presenter, name) for name in presenter.lookup.honours(key).badges)
    return tuple(one for one in found if one)
