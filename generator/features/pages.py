"""Plain pages: Markdown off boards, and the page for addresses that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup
from msgspec import Struct

from generator.api import Artifact, Feature, Lookup, PageKind, Presenter
from generator.present import cards, edits
from generator.present.edits import HistoryView
from generator.views import Link, PageView, SiteView
from generator.views.entries import HeadingLink

feature = Feature("pages")

CONTENTS_FROM = 3


class PlainContext(Struct, frozen=True):
    """A page's text; `children` are the pages in its folder."""

    page: PageView
    site: SiteView
    title: str
    html: Markup
    """Its text, safe to print."""
    updated: int | None
    contents: tuple[HeadingLink, ...]
    """Its headings, where it has several."""
    children: tuple[Link, ...]
    """The pages in its folder."""
    history: HistoryView | None
    """Who changed its file, where it is a wiki."""


@feature.page
class PlainPage(PageKind[PlainContext]):
    """`/about/` from `content/about.md`."""

    name = "page"
    templates = ("page.html",)
    rank = 30

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """Every page but the front's texts, which the front page shows."""
        for key, address, _, path in lookup.plan(""):
            if key and not key.startswith("."):
                yield Artifact(address, key, path)

    def context(self, lookup: Lookup, arg: str) -> PlainContext | None:
        """The page's text and what is in its folder."""
        topic, rows = lookup.topic(arg), lookup.entries(f"topic/{arg}")
        if topic is None or not rows:
            return None
        presenter = Presenter(lookup, topic.language)
        headings = lookup.html(rows[0].html)
        return PlainContext(
            page=presenter.page(
                topic.address,
                "page",
                topic.title,
                description=topic.summary,
                language=topic.language,
                crumbs=presenter.trail(None),
                alternates=presenter.alternates(topic.base, topic.address),
                image=presenter.sized(topic.cover, topic.path),
                card=cards.of_topic(presenter, topic),
            ),
            site=presenter.site(),
            title=topic.title,
            html=presenter.own_text(f"topic/{arg}"),
            updated=topic.updated,
            contents=presenter.contents(headings) if len(headings.headings) >= CONTENTS_FROM else (),
            children=_children(lookup, presenter, arg),
            history=edits.history(presenter, topic),
        )


def _children(lookup: Lookup, presenter: Presenter, key: str) -> tuple[Link, ...]:
    below = [one for one, *_ in lookup.plan("") if one.rpartition("/")[0] == key and one != key]
    topics = (lookup.topic(one) for one in below)
    return tuple(Link(presenter.href(topic.address), topic.title) for topic in topics if topic)


class NotFoundContext(Struct, frozen=True):
    """What is shown for an address that leads nowhere."""

    page: PageView
    site: SiteView
    boards: tuple[Link, ...]
    """The top boards, as ways on."""


@feature.page
class NotFoundPage(PageKind[NotFoundContext]):
    """`/404.html`, which static hosts show for unknown addresses."""

    name = "not-found"
    templates = ("404.html",)
    rank = 10

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One page."""
        yield Artifact("/404.html")

    def context(self, lookup: Lookup, arg: str) -> NotFoundContext:
        """The boards, as ways on."""
        presenter = Presenter(lookup)
        return NotFoundContext(
            page=presenter.page("/404.html", "not-found", noindex=True),
            site=presenter.site(),
            boards=tuple(presenter.board_link(board) for board in lookup.boards()),
        )
