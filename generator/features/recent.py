"""Recent activity: the latest entries of the whole site, and what nobody has answered yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from generator.api import LATEST, Artifact, Feature, Lookup, PageKind, Presenter, scope
from generator.views import Excerpt, Link, PageView, SiteView, TopicCard

feature = Feature("recent")

ENTRIES = min(60, LATEST)
TOPICS = 30


class RecentContext(Struct, frozen=True):
    """The latest entries, newest first."""

    page: PageView
    site: SiteView
    entries: tuple[Excerpt, ...]
    """The latest entries."""


@feature.page
class RecentPage(PageKind[RecentContext]):
    """`/recent/`."""

    name = "recent"
    templates = ("recent.html",)
    rank = 20

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One page."""
        yield Artifact("/recent/")

    def context(self, lookup: Lookup, arg: str) -> RecentContext:
        """The end of the list of all entries."""
        presenter = Presenter(lookup)
        parts = (item.rpartition("#") for item in lookup.latest(scope("recent", ""), ENTRIES))
        excerpts = (presenter.excerpt(topic, entry_id) for topic, _, entry_id in parts)
        return RecentContext(
            page=presenter.page("/recent/", "recent", crumbs=presenter.trail(None), noindex=True),
            site=presenter.site(),
            entries=tuple(excerpt for excerpt in excerpts if excerpt),
        )


class WaitingMonth(Struct, frozen=True):
    """A month whose topics wait for a reply; `month` is the moment at which it begins."""

    link: Link
    month: int
    count: int


class UnansweredContext(Struct, frozen=True):
    """Topics that wait for a first reply, newest first: the latest of all (`month` 0), or those of a month.

    `months` is for the front: all that there are, newest first, where not all topics are shown there.
    """

    page: PageView
    site: SiteView
    month: int
    topics: tuple[TopicCard, ...]
    count: int
    months: tuple[WaitingMonth, ...]
    """The months in which topics wait, with how many."""


@feature.page
class UnansweredPage(PageKind[UnansweredContext]):
    """`/unanswered/`, and `/unanswered/2026/11/` for what was asked in a month.

    By months, so that an answer to an old topic changes its month's page and the front, not all between.
    """

    name = "unanswered"
    templates = ("unanswered.html",)
    rank = 20

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """A front, and a page for each month where not all fit on it."""
        yield Artifact("/unanswered/")
        months = lookup.scopes("waiting")
        if sum(count for _, count in months) > TOPICS:
            for name, _ in months:
                yield Artifact(_address(name), name)

    def context(self, lookup: Lookup, arg: str) -> UnansweredContext:
        """The front ("") or the page of a month."""
        presenter = Presenter(lookup)
        months = () if arg else lookup.scopes("waiting")
        count = sum(length for _, length in months)
        if arg:
            keys = tuple(reversed(lookup.window(scope("waiting", arg), 0, lookup.count(scope("waiting", arg)) or 1)))
        else:
            keys = lookup.latest(scope("unanswered", ""), TOPICS)
        return UnansweredContext(
            page=presenter.page(_address(arg), "unanswered", crumbs=_crumbs(presenter, arg), noindex=True),
            site=presenter.site(),
            month=_begin(presenter, arg) if arg else 0,
            topics=presenter.cards(keys),
            count=count,
            months=tuple(_month(presenter, *one) for one in reversed(months)) if count > TOPICS else (),
        )


def _address(month: str) -> str:
    return f"/unanswered/{month.replace('-', '/')}/" if month else "/unanswered/"


def _crumbs(presenter: Presenter, month: str) -> tuple[Link, ...]:
    front = presenter.trail(None)
    return (*front, Link(presenter.href("/unanswered/"), "unanswered")) if month else front


def _month(presenter: Presenter, name: str, count: int) -> WaitingMonth:
    return WaitingMonth(Link(presenter.href(_address(name)), name), _begin(presenter, name), count)


def _begin(presenter: Presenter, name: str) -> int:
    year, _, month = name.partition("-")
    return int(datetime(int(year), int(month), 1, tzinfo=presenter.settings.zone).timestamp())
