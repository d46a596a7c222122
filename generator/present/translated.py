"""What a page in another language than the site's has of its own: what things are called in it, and where they are.

A page links to boards and topics in its language where they exist in it, and to the originals where they don't.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Self

from generator.catalog.lookup import Lookup
from generator.catalog.rows import BoardRow, BoardText, MemberRow, MemberText, TagRow
from generator.language import own_name
from generator.present.links import Linker
from generator.settings import TranslationSettings
from generator.views import Alternate, Link


class Translated(Linker):
    """Finds what is there in the language of one page."""

    def __init__(self, lookup: Lookup, language: str = "") -> None:
        """`language` is the page's; "" means the site's."""
        super().__init__(lookup)
        self._page_language = language

    def anew(self) -> Self:
        """See `Linker.anew`."""
        return type(self)(self.lookup, self._page_language)

    @cached_property
    def foreign(self) -> str:
        """The language of the page where it is not the site's, else ""."""
        return self._page_language if self._page_language != self.settings.language else ""

    @cached_property
    def tongue(self) -> str:
        """The language of the page where it is one that the site is translated into, else ""."""
        return self.foreign if self.foreign in self.settings.languages else ""

    @cached_property
    def spoken(self) -> str:
        """The language in which boards and people are named: the page's where the site speaks it, "" for that of each."""
        return self.tongue or ("" if self.foreign else self.settings.language)

    @cached_property
    def named(self) -> TranslationSettings:
        """What site.toml says for pages in this language."""
        if not self.foreign:
            return TranslationSettings()
        every = self.lookup.setting("translations", dict[str, TranslationSettings])
        return every.get(self.foreign, TranslationSettings())

    def titled(self, name: str, said: tuple[tuple[str, str], ...], original: str) -> str:
        """What something that settings name is called in the language of the page; `said` are the titles in it."""
        return dict(said).get(name, original) if self.tongue else original

    @cached_property
    def home(self) -> str:
        """The address of the front page in the page's language."""
        front = self.lookup.headline(f".{self.tongue}") if self.tongue else None
        return front.address if front else "/"

    def place(self, name: str) -> str:
        """The address of one of the community's common pages; only the search is there in every language."""
        return f"/{self.tongue}/{name}/" if self.tongue and name == "search" else f"/{name}/"

    def place_alternates(self, name: str) -> tuple[Alternate, ...]:
        """A common page in all languages of the site."""
        address, site = f"/{name}/", self.settings.language
        others = {one: f"/{one}{address}" for one in self.settings.languages if one != site}
        return self._alternates({site: address, **others}, address)

    # Boards ----------------------------------------------------------------

    def board_text(self, board: BoardRow) -> BoardText:
        """What a board is called in the page's language, and where it is; it may be translated into the site's own too."""
        original = BoardText(board.language, board.path, board.address, board.title, board.description)
        found = (one for one in board.translations if one.language == self.spoken)
        return next(found, original)

    def board_link(self, board: BoardRow) -> Link:
        """A link to a board."""
        text = self.board_text(board)
        return Link(self.href(text.address), text.title)

    def board_alternates(self, board: BoardRow, below: str = "") -> tuple[Alternate, ...]:
        """A board's page in all languages of the board; `below` is the page's address under the board's."""
        found = {board.language: board.address + below}
        found |= {one.language: one.address + below for one in board.translations}
        return self._alternates(found, board.address + below)

    # Members ---------------------------------------------------------------

    def member_text(self, member: MemberRow) -> MemberText:
        """What a member is called in the page's language, and where their page is."""
        original = MemberText("", member.path, member.address, member.name, member.title)
        return next((one for one in member.translations if one.language == self.tongue), original)

    def called(self, member: MemberRow) -> tuple[str, str]:
        """See `Linker.called`."""
        text = self.member_text(member)
        return text.name, text.address

    def member_alternates(self, member: MemberRow, below: str = "") -> tuple[Alternate, ...]:
        """A member's page in all languages of the member; `below` is the page's address under the member's."""
        found = {self.settings.language: member.address + below}
        found |= {one.language: one.address + below for one in member.translations}
        return self._alternates(found, member.address + below)

    def tag_alternates(self, tag: TagRow, languages: Iterable[str]) -> tuple[Alternate, ...]:
        """A tag's page in the languages that its text is translated into."""
        found = {self.settings.language: tag.address, **{one: f"/{one}{tag.address}" for one in languages}}
        return self._alternates(found, tag.address)

    # Topics ----------------------------------------------------------------

    def in_tongue(self, key: str) -> str:
        """A topic's translation into the page's language; its own key where there is none."""
        if not self.tongue:
            return key
        return next((one.key for one in self.lookup.variants(key) if one.language == self.tongue), key)

    def alternates(self, base: str, address: str) -> tuple[Alternate, ...]:
        """A topic in all its languages, for its page at an address; `base` is the original's key."""
        site = self.settings.language
        found = {} if base else {site: "/"}  # the front page is there without a text too
        variants = self.lookup.variants(base)
        for one in sorted(variants, key=lambda one: (one.key != base, one.language, one.key)):
            found.setdefault(one.language or site, one.address)
        original = next((one.address for one in variants if one.key == base), "" if base else "/")
        return self._alternates(found, original) if address in found.values() else ()

    def _alternates(self, found: Mapping[str, str], original: str) -> tuple[Alternate, ...]:
        """The pages by language, if there are several: each of them names all, itself too."""
        if len(found) < 2:
            return ()
        return tuple(
            Alternate(language, own_name(language), self.href(address), self.url(address), address == original)
            for language, address in found.items()
        )
