"""Tags: all of them with how much each is used, and a page of topics for each."""

from __future__ import annotations

import math
from collections.abc import Iterator

from markupsafe import Markup
from msgspec import Struct

from generator.addresses import TAG_TEXTS, page_address
from generator.api import Artifact, Feature, Lookup, PageKind, Presenter, scope
from generator.catalog.rows import TagRow, TopicRow
from generator.present import activity
from generator.present.activity import Chart
from generator.slugs import fold
from generator.views import Alternate, Link, Pages, PageView, SiteView, TopicCard

feature = Feature("tags")

TOPICS = 30
WEIGHTS = 5


class TagCard(Struct, frozen=True):
    """A tag and its use; `weight` goes from 1 to 5."""

    link: Link
    count: int
    weight: int
    """How much it is used, from 1 to 5."""


class TagsContext(Struct, frozen=True):
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


class TagContext(Struct, frozen=True):
    """The topics of a tag, newest first."""

    page: PageView
    site: SiteView
    name: str
    """The tag, or the title of its text."""
    text: Markup
    """What its members wrote of it, safe to print."""
    topics: tuple[TopicCard, ...]
    pages: Pages
    count: int
    activity: Chart | None
    """How many topics began in each month, on the first page of a site that shows it."""


@feature.page
class TagPage(PageKind[TagContext]):
    """`/tags/rss/`, and `/tags/rss/page/1/` with the oldest; `/fa/tags/rss/` where its text is translated."""

    name = "tag"
    templates = ("tag.html",)
    rank = 40

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """A front for each tag, and numbered pages where not all topics fit on it; a front for each translation of its text."""
        counts, texts = dict(lookup.scopes("tag")), _texts(lookup)
        for key, _, address in lookup.tags():
            if not counts.get(key) and key not in texts:
                continue
            yield Artifact(address, f"{key}:0")
            for number in range(1, _total(counts.get(key, 0)) + 1):
                yield Artifact(page_address(address, number, numbered_first=True), f"{key}:{number}")
            for language in texts.get(key, ()):
                yield Artifact(f"/{language}{address}", f"{key}:0@{language}")

    def context(self, lookup: Lookup, arg: str) -> TagContext | None:
        """The front (number 0) or a numbered page."""
        key, _, digits = arg.rpartition(":")
        digits, _, language = digits.partition("@")
        number, tag = int(digits), lookup.tag(key)
        if tag is None:
            return None
        presenter, name = Presenter(lookup, language), scope("tag", key)
        pages = lookup.pages(name, TOPICS)
        text = _text(lookup, key, language) if not number else None
        title = _title(tag, text)
        if number:
            keys = tuple(reversed(lookup.window(name, (number - 1) * TOPICS, TOPICS)))
        else:
            keys = lookup.latest(name, TOPICS)
        here = page_address(tag.address, number, numbered_first=True)
        return TagContext(
            page=presenter.page(
                f"/{language}{here}" if language else here,
                "tag",
                title,
                description=text.summary if text else "",
                language=language,
                crumbs=(*presenter.trail(None), Link(presenter.href("/tags/"), "tags")),
                alternates=_alternates(presenter, tag, text),
                feeds=presenter.feeds(tag.address, tag.name, "tags"),
            ),
            site=presenter.site(),
            name=title,
            text=presenter.own_text(f"topic/{text.key}") if text else Markup(""),
            topics=presenter.cards(keys),
            pages=presenter.pages(number, pages if pages > 1 else 0, tag.address, newest_first=True),
            count=lookup.count(name) if not number else 0,
            activity=activity.of_tag(presenter, key) if not number else None,
        )


def _texts(lookup: Lookup) -> dict[str, list[str]]:
    """The tags that have a text, each with the languages that it is translated into."""
    found: dict[str, list[str]] = {}
    for key, *_ in lookup.plan(TAG_TEXTS):
        topic = lookup.headline(key)
        if topic:
            languages = found.setdefault(fold(topic.base.rpartition("/")[2]), [])
            languages += [topic.key.rpartition(".")[2]] if topic.key != topic.base else []
    return found


def _text(lookup: Lookup, key: str, language: str) -> TopicRow | None:
    """What is written of a tag, in a language."""
    base = lookup.tag_text(key)
    wanted = f"{base}.{language}" if language else base
    return next((one for one in lookup.variants(base) if one.key == wanted), None) if base else None


def _title(tag: TagRow, text: TopicRow | None) -> str:
    """The tag, or the title of its text, where it has one that is not its file's name."""
    same = text is None or fold(text.title) == fold(tag.name.replace("-", " ").replace("_", " "))
    return tag.name if text is None or same else text.title


def _alternates(presenter: Presenter, tag: TagRow, text: TopicRow | None) -> tuple[Alternate, ...]:
    """The front of a tag in the languages that its text is in."""
    if text is None:
        return ()
    languages = (one.language for one in presenter.lookup.variants(text.base) if one.key != one.base)
    return presenter.tag_alternates(tag, languages)


def _total(count: int) -> int:
    return -(-count // TOPICS) if count > TOPICS else 0
