"""Recent activity: the latest entries of the whole site, and what nobody has answered yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.addresses import page_address
from generator.api import LATEST, Artifact, Feature, Lookup, PageKind, Presenter, scope
from generator.views import Excerpt, Pages, PageView, SiteView, TopicCard

feature = Feature("recent")

ENTRIES = min(60, LATEST)
TOPICS = 30


@dataclass(frozen=True, slots=True)
class RecentContext:
    """The latest entries, newest first."""

    page: PageView
    site: SiteView
    entries: tuple[Excerpt, ...]


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


@dataclass(frozen=True, slots=True)
class UnansweredContext:
    """Topics that wait for a first reply, newest first."""

    page: PageView
    site: SiteView
    topics: tuple[TopicCard, ...]
    pages: Pages


@feature.page
class UnansweredPage(PageKind[UnansweredContext]):
    """`/unanswered/`, and `/unanswered/page/1/` with the oldest."""

    name = "unanswered"
    templates = ("unanswered.html",)
    rank = 20

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """A front, and numbered pages where not all fit on it."""
        for number in range(_total(lookup) + 1):
            yield Artifact(page_address("/unanswered/", number, numbered_first=True), str(number))

    def context(self, lookup: Lookup, arg: str) -> UnansweredContext:
        """The front (number 0) or a numbered page."""
        presenter, number, name = Presenter(lookup), int(arg), scope("unanswered", "")
        if number:
            keys = tuple(reversed(lookup.window(name, (number - 1) * TOPICS, TOPICS)))
        else:
            keys = lookup.latest(name, TOPICS)
        address = page_address("/unanswered/", number, numbered_first=True)
        return UnansweredContext(
            page=presenter.page(address, "unanswered", crumbs=presenter.trail(None), noindex=True),
            site=presenter.site(),
            topics=presenter.cards(keys),
            pages=presenter.pages(number, _total(lookup), "/unanswered/", newest_first=True),
        )


def _total(lookup: Lookup) -> int:
    count = lookup.count(scope("unanswered", ""))
    return -(-count // TOPICS) if count > TOPICS else 0
