"""Top lists: the topics and members that stood out in a day, week, month, year and in all, where the site wants them.

"Now" is the newest entry; each page says which days it is of, and how points are given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec import Struct

from generator.api import Artifact, Feature, Lookup, PageKind, Presenter
from generator.catalog.rows import Stood
from generator.model import Moment
from generator.views import Link, PageView, Person, SiteView

feature = Feature("top")

NEWEST = ("year", "month", "week", "day")


class Standing(Struct, frozen=True):
    """A topic or a member that stood out. Of a topic `link` is set, of a member `person`."""

    link: Link | None
    person: Person | None
    board: Link | None
    score: int
    """Its points."""
    entries: int
    """Replies in the topic, or entries of the member."""
    votes: int
    """Votes for the topic's or member's entries."""
    reactions: int
    """Reactions to them."""
    more: int
    """How many wrote in the topic, or how many answers of the member were accepted."""


class TopContext(Struct, frozen=True):
    """Who and what stood out in a period."""

    page: PageView
    site: SiteView
    period: str
    """`day`, `week`, `month`, `year`, a month or year as `2026/11`, or empty for all time."""
    first: Moment | None
    """The first day of the newest week, at noon."""
    last: Moment | None
    """The day of the newest entry, at noon; nothing for periods that are over."""
    topics: tuple[Standing, ...]
    """The topics that stood out, the first first."""
    members: tuple[Standing, ...]
    """The members who stood out, the first first."""
    now: tuple[Link, ...]
    """The pages of all time and of the newest year, month, week and day; the texts are their names."""
    earlier: tuple[Link, ...]
    """The pages of years, the newest first, and of the months of the year that is shown."""


@feature.page
class TopPage(PageKind[TopContext]):
    """`/top/`, `/top/week/`, `/top/2026/11/`."""

    name = "top"
    templates = ("top.html",)
    rank = 40

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """The newest periods, and all years and months that somebody wrote in."""
        if not lookup.setting("top", bool):
            return
        yield Artifact("/top/", "")
        for period in (*NEWEST, *lookup.top_periods()):
            yield Artifact(_address(period), period)

    def context(self, lookup: Lookup, arg: str) -> TopContext:
        """One period."""
        presenter, found = Presenter(lookup), lookup.top(arg)
        digits = arg if arg[:1].isdigit() else ""
        return TopContext(
            page=presenter.page(_address(arg), "top", digits.replace("/", "-"), crumbs=_crumbs(presenter, arg)),
            site=presenter.site(),
            period=arg,
            first=_noon(presenter, found.first),
            last=_noon(presenter, found.last),
            topics=tuple(_topics(presenter, found.topics)),
            members=tuple(_members(presenter, found.members)),
            now=tuple(Link(presenter.href(_address(one)), one, one == arg) for one in ("", *NEWEST)),
            earlier=tuple(_earlier(presenter, lookup.top_periods(), digits)),
        )


def _crumbs(presenter: Presenter, period: str) -> tuple[Link, ...]:
    return (*presenter.trail(None), Link(presenter.href("/top/"), "top")) if period else presenter.trail(None)


def _address(period: str) -> str:
    return f"/top/{period}/" if period else "/top/"


def _noon(presenter: Presenter, day: int) -> Moment | None:
    return int(datetime.fromordinal(day).replace(hour=12, tzinfo=presenter.settings.zone).timestamp()) if day else None


def _earlier(presenter: Presenter, periods: Iterable[str], shown: str) -> Iterator[Link]:
    for period in reversed([*periods]):
        if "/" not in period or (shown and period.startswith(shown[:4])):
            yield Link(presenter.href(_address(period)), period.replace("/", "-"), period == shown)


def _topics(presenter: Presenter, rows: Iterable[Stood]) -> Iterator[Standing]:
    for key, *numbers in rows:
        topic = presenter.lookup.headline(key)
        if topic:
            link = Link(presenter.href(topic.address), topic.title)
            yield Standing(link, None, presenter.board_of(topic.board)[0], *numbers)


def _members(presenter: Presenter, rows: Iterable[Stood]) -> Iterator[Standing]:
    for key, *numbers in rows:
        member = presenter.lookup.member(key)
        if member:
            yield Standing(None, presenter.member(member), None, *numbers)
