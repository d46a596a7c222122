"""Members: a page for everyone of the community, and their directory."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup
from msgspec import Struct

from generator.addresses import page_address
from generator.api import Artifact, Feature, Lookup, PageKind, Presenter, member_owner, scope
from generator.catalog.rows import MemberCounts
from generator.present import activity
from generator.present.activity import Chart
from generator.present.medals import BadgeView, badges_of
from generator.present.mentions import Mention, of_member
from generator.views import Excerpt, Link, Pages, PageView, Person, SiteView, TopicCard

feature = Feature("members")

ENTRIES, TOPICS, PEOPLE = 30, 10, 60


class MemberContext(Struct, frozen=True):
    """A member, and what they wrote, newest first; profile and topics on the first page only."""

    page: PageView
    site: SiteView
    person: Person
    badges: tuple[BadgeView, ...]
    """What they earned by the site's rules, on the front."""
    text: Markup
    links: tuple[Link, ...]
    """The member's own addresses."""
    joined: int | None
    """When they say that they joined."""
    topics: tuple[TopicCard, ...]
    """The latest topics that they began."""
    topic_count: int
    """How many topics they began, on the first page."""
    entry_count: int
    """How many entries they wrote, on the first page."""
    first_seen: int | None
    """When they first wrote."""
    last_seen: int | None
    """When they last wrote."""
    entries: tuple[Excerpt, ...]
    """What they wrote, newest first."""
    mentions: tuple[Mention, ...]
    """The topics in which others name them, on the first page, the newest mention first."""
    pages: Pages
    activity: Chart | None
    """What they wrote in each month, on the first page of a site that shows it."""


@feature.page
class MemberPage(PageKind[MemberContext]):
    """`/members/leila/` with the latest entries, `/members/leila/page/1/` with the oldest, `/fa/members/leila/` in Persian."""

    name = "member"
    templates = ("member.html",)
    rank = 40

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """A front for each member, and numbered pages where not all entries fit on it, in all languages of the member."""
        several = bool(Presenter(lookup).settings.languages)
        for key, _, address in lookup.members():
            for where, language in ((address, ""), *(_translations(lookup, key) if several else ())):
                for number in range(_total(lookup, key) + 1):
                    yield Artifact(page_address(where, number, numbered_first=True), f"{key}:{number}{language}")

    def context(self, lookup: Lookup, arg: str) -> MemberContext | None:
        """The front (number 0) or a numbered page."""
        key, _, digits = arg.rpartition(":")
        digits, _, language = digits.partition("@")
        number = int(digits)
        member = lookup.member(key)
        if member is None:
            return None
        presenter = Presenter(lookup, language)
        named, front = presenter.member_text(member), number == 0
        own, below = member_owner(key, language), f"page/{number}/" if number else ""
        counts = lookup.member_counts(key) if front else MemberCounts()
        return MemberContext(
            page=presenter.page(
                named.address + below,
                "member",
                named.name,
                description=_about(lookup, own) or named.title if front else "",
                language=language,
                crumbs=(*presenter.trail(None), Link(presenter.href("/members/"), "members")),
                alternates=presenter.member_alternates(member, below),
                feeds=presenter.feeds(member.address, member.name, "members"),
            ),
            site=presenter.site(),
            person=presenter.trusted(presenter.member(member), key),
            badges=badges_of(presenter, key) if front else (),
            text=presenter.own_text(own) if front else Markup(""),
            links=_links(member.url, dict(member.links)),
            joined=member.joined,
            topics=presenter.cards(lookup.latest(scope("author", key), TOPICS)) if front else (),
            topic_count=counts.topics,
            entry_count=counts.entries,
            first_seen=counts.first or None,
            last_seen=counts.last or None,
            entries=_entries(lookup, presenter, key, number),
            mentions=of_member(presenter, key) if front else (),
            pages=presenter.pages(number, _total(lookup, key), named.address, newest_first=True),
            activity=activity.of_member(presenter, key) if front else None,
        )


def _translations(lookup: Lookup, key: str) -> Iterator[tuple[str, str]]:
    """The addresses of a member's page in other languages, each with the mark of the language in arguments."""
    member = lookup.member(key)
    for one in member.translations if member else ():
        yield one.address, f"@{one.language}"


def _about(lookup: Lookup, owner: str) -> str:
    """What the member says of themselves."""
    rows = lookup.entries(owner)
    return lookup.html(rows[0].html).text if rows and rows[0].html else ""


def _total(lookup: Lookup, key: str) -> int:
    pages = lookup.pages(scope("posts", key), ENTRIES)
    return pages if pages > 1 else 0


def _entries(lookup: Lookup, presenter: Presenter, key: str, number: int) -> tuple[Excerpt, ...]:
    name = scope("posts", key)
    if number:
        items = tuple(reversed(lookup.window(name, (number - 1) * ENTRIES, ENTRIES)))
    else:
        items = lookup.latest(name, ENTRIES)
    parts = (item.rpartition("#") for item in items)
    excerpts = (presenter.excerpt(topic, entry_id) for topic, _, entry_id in parts)
    return tuple(excerpt for excerpt in excerpts if excerpt)


def _links(url: str, links: dict[str, str]) -> tuple[Link, ...]:
    """The member's own addresses; anything but http, https and mailto is left out."""
    every = {**({url.partition("://")[2].rstrip("/"): url} if url else {}), **links}
    safe = ("https://", "http://", "mailto:")
    return tuple(Link(address, label) for label, address in every.items() if address.startswith(safe))


class MemberCard(Struct, frozen=True):
    """A member in the directory."""

    person: Person
    topics: int
    entries: int
    last_seen: int | None
    """When they last wrote."""


class MembersContext(Struct, frozen=True):
    """The directory, by name."""

    page: PageView
    site: SiteView
    members: tuple[MemberCard, ...]
    """The members of this page, by name."""
    pages: Pages
    count: int


@feature.page
class MembersPage(PageKind[MembersContext]):
    """`/members/` and `/members/page/2/`."""

    name = "members"
    templates = ("members.html",)
    rank = 20

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """So many members a page; one page at least."""
        for number in range(1, _people_pages(lookup) + 1):
            yield Artifact(page_address("/members/", number), str(number))

    def context(self, lookup: Lookup, arg: str) -> MembersContext:
        """One page of the directory."""
        presenter, number = Presenter(lookup), int(arg)
        keys = [key for key, _, _ in lookup.members((number - 1) * PEOPLE, PEOPLE)]
        return MembersContext(
            page=presenter.page(page_address("/members/", number), "members", crumbs=presenter.trail(None)),
            site=presenter.site(),
            members=tuple(_card(lookup, presenter, key) for key in keys),
            pages=presenter.pages(number, _people_pages(lookup), "/members/"),
            count=lookup.member_total(),
        )


def _people_pages(lookup: Lookup) -> int:
    return max(1, -(-lookup.member_total() // PEOPLE))


def _card(lookup: Lookup, presenter: Presenter, key: str) -> MemberCard:
    counts = lookup.member_counts(key)
    return MemberCard(presenter.person([key]), counts.topics, counts.entries, counts.last or None)
