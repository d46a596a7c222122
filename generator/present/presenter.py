"""From what is known to what is shown: rows become the views that page contexts are made of.

Everything is read through the page's `Lookup`, so that whatever a view shows is traced.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from markupsafe import Markup

from generator import digest
from generator.addresses import (
    BY_DAY,
    FEED_FILES,
    FEED_TYPES,
    card_address,
    entry_address,
    host,
    page_address,
)
from generator.catalog.keys import scope
from generator.catalog.rows import BoardRow, EntryRow, HtmlRow, TopicRow
from generator.language import direction
from generator.markup.interface import MarkKind
from generator.markup.text import beginning, excerpt
from generator.present import episodes
from generator.present.inventory import file
from generator.present.links import joined
from generator.present.people import visitor
from generator.present.places import Places
from generator.settings import BoardSettings, CardSettings, FeedSettings, SearchSettings
from generator.settings.shown import ActivitySettings
from generator.views import (
    Alternate,
    BoardCard,
    Card,
    Excerpt,
    FeedLink,
    Link,
    PageView,
    SiteView,
    TopicCard,
)
from generator.views.entries import EntryView, FileView, HeadingLink, Parent
from generator.views.polls import PollView
from generator.views.seen import GALLERY, AlbumCard, Picture

PAGE_LINKS = 3
"""How many of a topic's last pages its card links to."""

CARD = (1200, 630)
"""Width and height in pixels of a picture that is drawn for previews."""


class Presenter(Places):
    """Makes the views of one page."""

    # Pages -----------------------------------------------------------------

    def site(self) -> SiteView:
        """What all pages share."""
        return self.once(("site", self.foreign), lambda new: new._site())

    def _site(self) -> SiteView:
        settings = self.settings
        feeds = self.feeds("/", settings.title, "site")
        return SiteView(
            title=self.named.title or settings.title,
            description=self.named.description or settings.description,
            href=self.href(self.home),
            origin=settings.origin,
            prefix=settings.prefix,
            language=settings.language,
            dir=direction(settings.language),
            logo=self.href("/" + settings.logo.lstrip("/")) if settings.logo else "",
            card=self.href("/" + settings.card.lstrip("/")) if settings.card else "",
            navigation=self._navigation(),
            places=tuple((name, self.href(self.place(name))) for name in self._places()),
            feeds=feeds,
        )

    def _places(self) -> Iterator[str]:
        """The community's common pages, but those with nothing in them; a site that only tells has nothing that waits for an answer."""
        if self.lookup.filled(scope("recent", "")):
            yield "recent"
        if self.lookup.setting("answerable", bool):
            yield "unanswered"
        yield from (f"{family}s" for family in ("member", "tag") if self.lookup.anyone(family))
        if "site" in self.lookup.setting("activity", ActivitySettings).places:
            yield "activity"
        if self.lookup.setting("boards", BoardSettings).media and self.lookup.filled(scope("media", "")):
            yield "media"
        if self.lookup.setting("honours", bool):
            yield "badges"
        if self.lookup.setting("top", bool):
            yield "top"
        if self.lookup.setting("search", SearchSettings).enabled:
            yield "search"

    def _navigation(self) -> tuple[Link, ...]:
        chosen = self.named.navigation or self.lookup.setting("navigation", tuple[tuple[str, str], ...])
        if chosen:
            return tuple(Link(self._outward(address), label) for label, address in chosen)
        return tuple(self.board_link(board) for board in self.lookup.boards())

    def _outward(self, address: str) -> str:
        return self.href(address) if address.startswith("/") and not address.startswith("//") else address

    def page(
        self,
        address: str,
        kind: str,
        title: str = "",
        *,
        description: str = "",
        language: str = "",
        text_dir: str = "",
        crumbs: Sequence[Link] = (),
        feeds: Sequence[FeedLink] = (),
        alternates: Sequence[Alternate] = (),
        image: Picture | None = None,
        card: Card | None = None,
        noindex: bool = False,
    ) -> PageView:
        """What a page says of itself."""
        language = language or self.settings.language
        crumbs = tuple(crumbs)
        return PageView(
            address=address,
            kind=kind,
            title=title,
            description=excerpt(description, 200),
            url=self.url(address),
            language=language,
            dir=text_dir or direction(language),
            image=image.href if image else "",
            preview=image or self._drawn(card) or self.once(("card",), lambda new: new._site_card()),
            crumbs=crumbs,
            current=self._current(self.href(address), crumbs),
            feeds=tuple(feeds),
            alternates=tuple(alternates),
            noindex=noindex,
        )

    @cached_property
    def draws_cards(self) -> bool:
        """Whether a picture is drawn for previews of each page; their addresses have to be whole."""
        return bool(self.settings.origin) and self.lookup.setting("cards", CardSettings).enabled

    def _drawn(self, card: Card | None) -> Picture | None:
        """The picture that is drawn. Its address changes with what it shows, because networks keep pictures by address."""
        href = f"{self.href(card_address(card.address))}?{digest.of(card).hex()[:8]}" if card else ""
        return Picture(href, *CARD, "image/png") if card and self.draws_cards else None

    def _site_card(self) -> Picture | None:
        return self.sized("/" + self.settings.card.lstrip("/"), "") if self.settings.card else None

    def _current(self, here: str, crumbs: tuple[Link, ...]) -> tuple[tuple[str, str], ...]:
        """Which of the links that all pages have leads to this page, and which to what it lies in."""
        top, shared = self.once(("shared links", self.foreign), lambda new: new._shared_links())
        above = tuple((link.href, "true") for link in crumbs if link.href in shared and link.href not in (here, top))
        return (*above, (here, "page")) if here in shared else above

    def _shared_links(self) -> tuple[str, frozenset[str]]:
        site = self.site()
        links = (site.href, *(link.href for link in site.navigation), *(href for _, href in site.places))
        return site.href, frozenset(links)

    def feeds(self, address: str, title: str, place: str, formats: tuple[str, ...] | None = None) -> tuple[FeedLink, ...]:
        """The feeds that follow an address; `place` is "site", "boards", "topics", "tags" or "members"."""
        settings = self.lookup.setting("feeds", FeedSettings)
        if formats is None:
            formats = settings.formats if place in settings.places else ()
        return tuple(FeedLink(self.href(address + FEED_FILES[name]), title, FEED_TYPES[name]) for name in formats)

    # Topics ----------------------------------------------------------------

    def media(self, above: str, name: str) -> str:
        """The address of the page of a list of media, "" where it has none."""
        return self.href(f"{above}media/") if self.lookup.pages(name, 1000) else ""

    def board_card(self, board: BoardRow) -> BoardCard:
        """A board in a list."""
        counts = self.lookup.board_counts(board.key)
        latest = next(iter(self.cards(self.lookup.latest(scope("lively", board.key), 1))), None)
        text = self.board_text(board)
        return BoardCard(
            key=board.key,
            href=self.href(text.address),
            title=text.title,
            kind=board.kind,
            description=text.description,
            topics=counts.topics,
            entries=counts.entries,
            latest=latest,
            children=tuple(self.board_link(child) for child in self.lookup.boards(board.key)),
            language=text.language,
            dir=direction(text.language),
        )

    def cards(self, keys: Iterable[str]) -> tuple[TopicCard, ...]:
        """Topics in a list."""
        found = (self._card_of(key) for key in keys)
        return tuple(card for card in found if card)

    def _card_of(self, key: str) -> TopicCard | None:
        return self.once(("card", key, self.spoken), lambda new: new._card(key))

    def _card(self, key: str) -> TopicCard | None:
        topic = self.lookup.topic(self.in_tongue(key))
        return self.card(topic) if topic else None

    def card(self, topic: TopicRow) -> TopicCard:
        """A topic in a list."""
        board, language = self.board_of(topic.board)
        replied = topic.last_number > 1
        last = [page_address(topic.address, page) for page in range(1, topic.pages + 1)][1:][-PAGE_LINKS:]
        return TopicCard(
            key=topic.key,
            href=self.href(topic.address),
            title=topic.title,
            kind=topic.kind,
            board=board,
            author=self.person(topic.authors, topic.name, topic.url),
            created=topic.created,
            active=topic.active,
            replies=topic.replies,
            last_author=self.person(topic.last_authors, topic.last_name) if replied else None,
            last_href=self.href(entry_address(topic.address, topic.last_id, topic.last_page)) if replied else "",
            pages=tuple(Link(self.href(one), one.rstrip("/").rpartition("/")[2]) for one in last),
            pinned=topic.pinned,
            locked=topic.locked,
            hidden=topic.hidden,
            summary=topic.summary,
            cover=self.small(topic.cover, topic.path),
            tags=self.tag_links(topic.tags),
            minutes=topic.minutes,
            language=topic.language or language,
            dir=topic.dir,
            episode=episodes.card(self, topic),
            votes=topic.votes,
            answers=topic.answers,
            solved=bool(topic.accepted),
            link=topic.link,
            host=host(topic.link),
            art=self.sized(topic.cover, topic.path) if topic.cover else None,
            album=self._album(topic) if topic.kind == GALLERY else None,
        )

    def _album(self, topic: TopicRow) -> AlbumCard | None:
        from generator.present import albums  # most sites have none

        return albums.card(self, topic)

    def tag_links(self, tags: Iterable[str]) -> tuple[Link, ...]:
        """Links to tags' pages."""
        found = (self._tag_of(tag) for tag in tags)
        return tuple(link for link in found if link)

    def _tag_of(self, name: str) -> Link | None:
        return self.once(("tag", name), lambda new: new._tag_link(name))

    def _tag_link(self, name: str) -> Link | None:
        tag = self.lookup.tag(name)
        return Link(self.href(tag.address), tag.name) if tag else None

    # Entries ---------------------------------------------------------------

    def entry(
        self, row: EntryRow, topic: TopicRow, *, parent: Parent | None = None, children: tuple[EntryView, ...] = (),
        text: bool = True,
    ) -> EntryView:  # fmt: skip
        """An entry on its topic's page."""
        authors = tuple(map(self.poster, row.authors))
        author = authors[0] if authors else visitor(row.name, row.url)
        starter = bool(row.authors and topic.authors and row.authors[0] == topic.authors[0])
        return EntryView(
            id=row.id,
            number=row.number,
            anchor=f"r-{row.id}",
            href=self.href(entry_address(topic.address, row.id, row.page)),
            author=author,
            authors=authors,
            date=row.date,
            updated=row.updated,
            title=row.title if row.number > 1 else "",
            html=self.html(row, topic.board, f"topic/{topic.key}", topic.address) if text else Markup(""),
            text=self.lookup.html(row.html).text if text and row.html and not (row.status or row.event) else "",
            hidden=row.status == "hidden",
            deleted=row.status == "deleted",
            lost=row.status == "lost",
            event=row.event,
            parent=parent,
            children=children,
            below=sum(1 + child.below for child in children),
            votes=row.votes,
            reactions=tuple(sorted(row.reactions.items())),
            polls=self._polls(row) if text and row.polls else (),
            chosen=row.chosen if text else (),
            uncounted=row.uncounted,
            attachments=self._attachments(row) if text else (),
            audio=episodes.voice(self, row) if text else None,
            players=self._players(row) if text and row.media and row.html else (),
            language=row.language,
            dir=row.dir,
            by_starter=starter and row.number > 1,
        )

    def parent(self, row: EntryRow, topic: TopicRow) -> Parent | None:
        """What an entry answers."""
        if not row.parent:
            return None
        href = self.href(entry_address(topic.address, row.parent, row.parent_page))
        member = self.lookup.member(row.parent_name) if row.parent_name else None
        return Parent(row.parent_number, href, self.member_text(member).name if member else row.parent_name)

    def _polls(self, row: EntryRow) -> tuple[PollView, ...]:
        from generator.present import tallies  # few pages have a poll

        return tallies.polls(self, row)

    def _players(self, row: EntryRow) -> tuple[FileView, ...]:
        marks = [mark for mark in self.lookup.html(row.html).marks if mark.kind is MarkKind.PLAYER]
        if not marks:
            return ()
        from generator.present.playing import played  # few texts have one

        return tuple(played(self, marks, row))

    def _attachments(self, row: EntryRow) -> tuple[FileView, ...]:
        found = []
        for attachment in row.attachments:
            asset = self.asset(joined(row.path, attachment.file))
            where = self.asset_address(asset.path) if asset else None
            if asset is None or where is None:
                hint = "Put the file beside the topic, or take it out of `attachments`."
                message = f"the attachment “{attachment.file}” is not there"
                self.report(row, 0, "attachments", message, hint)
                continue
            found.append(file(self, asset, where, attachment.name))
        return tuple(found)

    def excerpt(self, key: str, entry_id: str) -> Excerpt | None:
        """An entry away from its topic."""
        topic, row = self.lookup.headline(key), self.lookup.entry(f"topic/{key}", entry_id)
        if topic is None or row is None:
            return None
        return Excerpt(
            href=self.href(entry_address(topic.address, row.id, row.page)),
            number=row.number if row.page < BY_DAY else 0,
            author=self.person(row.authors, row.name, row.url),
            date=row.date,
            topic=topic.title,
            board=self.board_of(topic.board)[0],
            text=self.brief(row),
            key=topic.key,
            opening=row.number == 1,
            dir=row.dir,
            kind=topic.kind,
        )

    def brief(self, row: EntryRow) -> str:
        """How an entry's text begins."""
        html = self.lookup.html(row.html) if row.html else None
        return beginning(html.html, html.text, 240) if html else ""

    def contents(self, html: HtmlRow, deepest: int = 3) -> tuple[HeadingLink, ...]:
        """The table of contents of an entry."""
        shown = [heading for heading in html.headings if heading.level <= deepest]
        top = min((heading.level for heading in shown), default=1)
        return tuple(HeadingLink(heading.level - top + 1, f"#{heading.id}", heading.text) for heading in shown)
