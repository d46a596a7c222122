"""The front page: what is alive on the site, in each language that has a text of its own for it."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup
from msgspec import Struct

from generator.api import Artifact, Feature, Lookup, PageKind, Presenter, scope
from generator.present import cards
from generator.views import BoardCard, PageView, Person, SiteView, TopicCard

feature = Feature("front")

ACTIVE, UNANSWERED, PEOPLE = 10, 5, 12
ARTICLES, ARTICLES_ALONE = 4, 12
"""Articles beside discussions, and on a site that has none."""


class FrontContext(Struct, frozen=True):
    """`active` are the latest discussions, `people` those who wrote last; the counts are of the whole site.

    `inside` are the boards inside the top ones: one tuple for each of `boards`, in their order.
    """

    page: PageView
    site: SiteView
    text: Markup
    boards: tuple[BoardCard, ...]
    """The top boards, in their order."""
    inside: tuple[tuple[BoardCard, ...], ...]
    """The boards inside each of them."""
    active: tuple[TopicCard, ...]
    """Discussions, the latest active first."""
    articles: tuple[TopicCard, ...]
    """The newest articles."""
    unanswered: tuple[TopicCard, ...]
    """Discussions that wait for a first reply."""
    topics: int
    entries: int
    members: int
    people: tuple[Person, ...]
    """Who wrote last, each once."""


@feature.page
class FrontPage(PageKind[FrontContext]):
    """`/`, and `/fa/` where there is an `index.fa.md`."""

    name = "front"
    templates = ("front.html",)
    rank = 10

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One for the site, and one for each translation of its text."""
        yield Artifact("/", "", "content/index.md")
        for variant in lookup.variants(""):
            if variant.key:
                yield Artifact(variant.address, variant.key, variant.path)

    def context(self, lookup: Lookup, arg: str) -> FrontContext:
        """All of it by the lists' ends."""
        topic = lookup.topic(arg)
        presenter = Presenter(lookup, topic.language if topic else "")
        settings, address = presenter.settings, topic.address if topic else "/"
        active = presenter.cards(lookup.latest(scope("talk", ""), ACTIVE))
        boards = _cards(lookup, presenter)
        return FrontContext(
            page=presenter.page(
                address,
                "front",
                description=topic.summary if topic and arg else settings.description,
                language=topic.language if topic else "",
                feeds=presenter.feeds("/", settings.title, "site"),
                alternates=presenter.alternates("", address),
                card=cards.of_front(presenter, address),
            ),
            site=presenter.site(),
            text=presenter.own_text(f"topic/{arg}"),
            boards=boards,
            inside=tuple(_cards(lookup, presenter, board.key) for board in boards),
            active=active,
            articles=presenter.cards(lookup.latest(scope("article", ""), ARTICLES if active else ARTICLES_ALONE)),
            unanswered=presenter.cards(lookup.latest(scope("unanswered", ""), UNANSWERED)),
            topics=sum(board.topics for board in boards),
            entries=sum(board.entries for board in boards),
            members=lookup.member_total(),
            people=_people(lookup, presenter),
        )


def _cards(lookup: Lookup, presenter: Presenter, above: str = "") -> tuple[BoardCard, ...]:
    return tuple(presenter.board_card(board) for board in lookup.boards(above))


def _people(lookup: Lookup, presenter: Presenter) -> tuple[Person, ...]:
    """Who wrote last, each once."""
    found: dict[str, Person] = {}
    for item in lookup.latest(scope("recent", ""), PEOPLE * 4):
        key, _, entry_id = item.rpartition("#")
        row = lookup.entry(f"topic/{key}", entry_id)
        if row and row.authors and len(found) < PEOPLE:
            person = presenter.person(row.authors)
            found.setdefault(person.href or person.name, person)
    return tuple(found.values())
