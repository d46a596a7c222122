"""Who wrote something: members of the community, and visitors who only gave a name."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import lru_cache

from msgspec.structs import replace

from generator.catalog.rows import MemberRow
from generator.present.translated import Translated
from generator.slugs import fold
from generator.views import Person

HUES = 12
"""How many colours drawn avatars have."""

SHAPES = 16
"""How many patterns they have; a theme draws them."""

_JOINED = ("\u0600", "\u08ff")
"""Letters of scripts that join them: two would be read as a word."""


class People(Translated):
    """Makes the views of people for one page."""

    def person(self, authors: Sequence[str], name: str = "", url: str = "") -> Person:
        """Who wrote something: the first of its authors, else the visitor."""
        if not authors:
            return visitor(name, url)
        author = authors[0]
        return self.once(("person", author, self.spoken), lambda new: new._person(author))

    def _person(self, author: str) -> Person:
        member = self.lookup.member(author)
        return self.member(member) if member else visitor(author, "")

    def poster(self, author: str) -> Person:
        """A member as they stand beside an entry: where the theme says so, with how much they wrote and since when."""
        return self.once(("poster", author, self.spoken), lambda new: new._poster(author))

    def _poster(self, author: str) -> Person:
        person, member = self.person([author]), self.lookup.member(author)
        if member is None:
            return person
        person = self.trusted(person, member.key)
        if not self.lookup.setting("posts", bool):
            return person
        posts, since = self.lookup.member_standing(member.key)
        return replace(person, posts=posts, since=since or None)

    def trusted(self, person: Person, key: str) -> Person:
        """A member with the level that they are trusted at, on a site that has such levels."""
        titles = dict(self.lookup.setting("trust", tuple[tuple[str, str], ...]))
        level = self.lookup.honours(key).trust if titles else ""
        if not level:
            return person
        rank = [*titles].index(level) + 1 if level in titles else 0
        return replace(person, trust=self.titled(level, self.named.trust, titles.get(level, "")), rank=rank)

    def member(self, member: MemberRow) -> Person:
        """A member of the community."""
        named = self.member_text(member)
        return Person(
            name=named.name,
            href=self.href(named.address),
            avatar=self.small(member.avatar, member.path),
            initials=initials(named.name),
            hue=hue(member.key),
            shape=shape(member.key),
            role=member.role,
            title=named.title,
            bot=member.bot,
            url=member.url,
            joined=member.joined,
        )


@lru_cache(maxsize=4096)
def visitor(name: str, url: str) -> Person:
    """One who is no member: a name, and an address if it is safe to link to."""
    safe = url if url.startswith(("https://", "http://")) else ""
    return Person(name=name, initials=initials(name) if name else "", hue=hue(name), shape=shape(name), url=safe)


def initials(name: str) -> str:
    """One or two letters that stand for a name."""
    words = [word for word in name.replace("_", " ").replace("-", " ").split() if word[0].isalnum()]
    letters = [word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)]
    if letters and _JOINED[0] <= letters[0] <= _JOINED[1]:
        letters = letters[:1]
    return "".join(letters).upper() or "?"


def hue(key: str) -> int:
    """The colour of a drawn avatar, by name."""
    return _number(key) % HUES


def shape(key: str) -> int:
    """The pattern of a drawn avatar, by name."""
    return _number(key) // HUES % SHAPES


def _number(key: str) -> int:
    return zlib.crc32(fold(key).encode())
