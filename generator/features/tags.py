"""Tags: all of them with how much each is used, and a page of topics for each."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from generator import activity
from generator.activity import Chart
from generator.addresses import page_address
from generator.api import Artifact, Feature, Lookup, PageKind, Presenter, scope
from generator.views import Link, Pages, PageView, SiteView, TopicCard

feature = Feature("tags")

TOPICS = 30
WEIGHTS = 5


@dataclass(frozen=True, slots=True)
class TagCard:
    """A tag and its use; `weight` goes from 1 to 5."""

    link: Link
    count: int
    weight: int
    """How much it is used, from 1 to 5."""


@dataclass(frozen=True, slots=True)
class TagsContext:
    """All tags by name."""

    page: PageView
    site: SiteView
    tags: tuple[TagCard, ...]


@feature.page
class TagsPage(PageKind[TagsContext]):
    """`/tags/`."""

    name = "tags"
    templates = ("tags.html",)
    rank = 20

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One page."""
        yield Artifact("/tags/")

    def context(self, lookup: Lookup, arg: str) -> TagsContext:
        """Every tag with the length of its list."""
        presenter = Presenter(lookup)
        counts = dict(lookup.scopes("tag"))
        most = max(counts.values(), default=1)
        tags = [(name, address, counts.get(key, 0)) for key, name, address in lookup.tags()]
        return TagsContext(
            page=presenter.page("/tags/", "tags", crumbs=presenter.trail(None)),
            site=presenter.site(),
            tags=tuple(
                TagCard(Link(presenter.href(address), name), count, _weight(count, most))
                for name, address, count in tags
                if count
            ),
        )


def _weight(count: int, most: int) -> int:
    return 1 + round((WEIGHTS - 1) * math.log(count) / math.log(most)) if most > 1 else 1


@dataclass(frozen=True, slots=True)
class TagContext:
    """The topics of a tag, newest first."""

    page: PageView
    site: SiteView
    name: str
    topics: tuple[TopicCard, ...]
    pages: Pages
    count: int
    activity: Chart | None
    """How many topics began in each month, on the first page of a site that shows it."""


@feature.page
class TagPage(PageKind[TagContext]):
    """`/tags/rss/`, and `/tags/rss/page/1/` with the oldest."""

    name = "tag"
    templates = ("tag.html",)
    rank = 40

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """A front for each tag, and numbered pages where not all topics fit on it."""
        counts = dict(lookup.scopes("tag"))
        for key, _, address in lookup.tags():
            if not counts.get(key):
                continue
            yield Artifact(address, f"{key}:0")
            for number in range(1, _total(counts[key]) + 1):
                yield Artifact(page_address(address, number, numbered_first=True), f"{key}:{number}")

    def context(self, lookup: Lookup, arg: str) -> TagContext | None:
        """The front (number 0) or a numbered page."""
        key, _, digits = arg.rpartition(":")
        number, tag = int(digits), lookup.tag(key)
        if tag is None:
            return None
        presenter, name = Presenter(lookup), scope("tag", key)
        pages = lookup.pages(name, TOPICS)
        if number:
            keys = tuple(reversed(lookup.window(name, (number - 1) * TOPICS, TOPICS)))
        else:
            keys = lookup.latest(name, TOPICS)
        return TagContext(
            page=presenter.page(
                page_address(tag.address, number, numbered_first=True),
                "tag",
                tag.name,
                crumbs=(*presenter.trail(None), Link(presenter.href("/tags/"), "tags")),
                feeds=presenter.feeds(tag.address, tag.name, "tags"),
            ),
            site=presenter.site(),
            name=tag.name,
            topics=presenter.cards(keys),
            pages=presenter.pages(number, pages if pages > 1 else 0, tag.address, newest_first=True),
            count=lookup.count(name) if not number else 0,
            activity=activity.of_tag(presenter, key) if not number else None,
        )


def _total(count: int) -> int:
    return -(-count // TOPICS) if count > TOPICS else 0
