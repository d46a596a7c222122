"""The site's settings: one frozen class per section of site.toml, each setting documented in place.

How they are read is in `config`; what a theme's own options may be is left to the theme.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo, available_timezones

from generator.schema import (
    TEXT,
    Kind,
    MisfitError,
    between,
    doc,
    one_of,
    read_number,
    read_text_table,
)
from generator.settings.shown import ActivitySettings, MentionSettings

if TYPE_CHECKING:  # loaded only for sites that have them
    from generator.settings.honours import BadgeSettings, TrustSettings

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_HOST = re.compile(r"(?:[^\s/?#@\[\]:]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?")
_NAMED_HOST = re.compile(r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}")
_GLOB = re.compile(r"\*\*/|\*\*|\*|\?|[^*?]+")


def site_address(text: str) -> str:
    """A site's address in its one form: `https://example.org/forum/`; "" stays; raises MisfitError."""
    if not text:
        return ""
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise MisfitError("expected an address as https://example.org/forum/") from error
    scheme, host = parts.scheme.lower(), parts.netloc.lower()
    segments = [part for part in parts.path.split("/") if part]
    if scheme not in {"http", "https"} or not _HOST.fullmatch(host) or {".", ".."} & set(segments):
        raise MisfitError("expected an address as https://example.org/forum/")
    if parts.query or parts.fragment:
        raise MisfitError("expected an address without `?` and `#`")
    path = "".join(quote(part, safe="%-._~!$&'()*+,;=:@") + "/" for part in segments)
    return f"{scheme}://{host}/{path}"


def is_language(text: str) -> bool:
    """Whether a text has the form of a language in BCP 47 (RFC 5646)."""
    return _LANGUAGE.fullmatch(text) is not None


def language_tag(text: str) -> str:
    """A language as BCP 47 writes it (`fa`, `pt-BR`); raises MisfitError."""
    if not is_language(text):
        raise MisfitError("expected a language as “en”, “fa” or “pt-BR” (BCP 47)")
    return text


def _language_tags(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(language_tag, texts))


def _timezone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError) as error:
        from difflib import get_close_matches

        close = get_close_matches(text, sorted(available_timezones()), n=1)
        hint = f"Did you mean “{close[0]}”?" if close else "See the tz database's names."
        raise MisfitError("expected a time zone as “Europe/Berlin” or “UTC”", hint) from error
    return text


def _links(value: object, zone: tzinfo = UTC) -> tuple[tuple[str, str], ...]:
    """Labels and addresses, or names and titles, in their order."""
    return tuple(read_text_table(value).items())


def _globs(paths: tuple[str, ...]) -> tuple[str, ...]:
    for path in paths:
        if path.startswith("/") or "\\" in path or ":" in path or ".." in path.split("/"):
            raise MisfitError("expected paths below the site's folder, as “content/blog/**”")
    return paths


def _hosts(hosts: tuple[str, ...]) -> tuple[str, ...]:
    for host in hosts:
        if not _NAMED_HOST.fullmatch(host):
            raise MisfitError("expected names of hosts, as “tilvids.com”", "Write it without `https://`, in small letters.")
    return hosts


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """The settings at the top of site.toml."""

    title: str = field(default="", metadata=doc("The community's name, shown on every page and in feeds."))
    description: str = field(default="", metadata=doc("One sentence about it, for feeds and search engines."))
    url: str = field(
        default="",
        metadata=doc(
            "Where the site will stand, with its sub-path: https://example.org/forum/. "
            "Feeds, sitemaps and previews need it.",
            check=site_address,
        ),
    )
    language: str = field(
        default="en", metadata=doc("The language of the site and its texts (BCP 47).", check=language_tag)
    )
    languages: tuple[str, ...] = field(
        default=(),
        metadata=doc("Languages of translations: tea.fa.md is tea.md in Persian.", check=_language_tags),
    )
    timezone: str = field(
        default="UTC", metadata=doc("The time zone of dates that name none.", check=_timezone)
    )
    calendar: str = field(
        default="gregorian",
        metadata=doc(
            "The calendar that dates are shown in, “gregorian” or “persian”; files always hold Gregorian ones.",
            check=one_of("gregorian", "persian"),
        ),
    )
    theme: str = field(
        default="agora", metadata=doc("The theme's name; where there is a [theme] section, write it there as `name`.")
    )
    logo: str = field(default="", metadata=doc("A picture's path below static/, shown beside the title.", TEXT))
    card: str = field(
        default="",
        metadata=doc(
            "A picture's path below static/, shown by social networks where a page has none of its own; "
            "1200 by 630 pixels fit all of them.",
            TEXT,
        ),
    )

    @property
    def origin(self) -> str:
        """The address up to its path, as `https://example.org`; "" without one."""
        return "/".join(self.url.split("/", 3)[:3])

    @property
    def prefix(self) -> str:
        """The address's path without a slash at its end, as `/forum`; "" where it has none."""
        return self.url[len(self.origin) :].rstrip("/")

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of dates that name none."""
        return ZoneInfo(self.timezone)


@dataclass(frozen=True, slots=True)
class MarkdownSettings:
    """The section [markdown]; a board may set its own engine and breaks."""

    engine: str = field(
        default="markdown",
        metadata=doc(
            "“markdown” (Python-Markdown) or “commonmark” (faster).", check=one_of("markdown", "commonmark")
        ),
    )
    breaks: bool = field(default=False, metadata=doc("Whether a single newline breaks the line."))
    html: str = field(
        default="sanitised",
        metadata=doc(
            "What becomes of HTML in texts: “sanitised”, or “trusted” for texts under [trusted] paths.",
            check=one_of("sanitised", "trusted"),
        ),
    )


@dataclass(frozen=True, slots=True)
class FeedSettings:
    """The section [feeds]."""

    formats: tuple[str, ...] = field(
        default=("atom",),
        metadata=doc("Feeds to make: “atom”, “rss”, “json”.", check=one_of("atom", "rss", "json")),
    )
    places: tuple[str, ...] = field(
        default=("site", "boards"),
        metadata=doc(
            "What has feeds: “site”, “boards”, “topics”, “tags”, “members”, “series”.",
            check=one_of("site", "boards", "topics", "tags", "members", "series"),
        ),
    )
    length: int = field(default=20, metadata=doc("How many entries a feed holds.", check=between(1, 1000)))


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """The section [search]."""

    enabled: bool = field(default=True, metadata=doc("Whether the site can be searched."))


@dataclass(frozen=True, slots=True)
class CardSettings:
    """The section [cards]."""

    enabled: bool = field(default=False, metadata=doc("Whether previews of pages have a picture drawn for each."))
    fonts: tuple[str, ...] = field(default=(), metadata=doc("Families, or files below the site's folder, that go before others."))


def _numbers(value: object, zone: tzinfo = UTC) -> tuple[int, ...]:
    """Some widths, each once, from the least on."""
    if not isinstance(value, list | tuple) or len(value) > WIDTHS:
        raise MisfitError(f"expected a list of at most {WIDTHS} numbers, as [480, 960]")
    return tuple(sorted({read_number(each) for each in value}))


def _widths(found: tuple[int, ...]) -> tuple[int, ...]:
    if not all(16 <= each <= 10_000 for each in found):
        raise MisfitError("expected widths from 16 to 10000 pixels")
    return found


WIDTHS = 8
"""How many sizes of a picture are made at most."""


@dataclass(frozen=True, slots=True)
class PictureSettings:
    """The section [pictures]."""

    enabled: bool = field(default=True, metadata=doc("Whether smaller sizes of pictures are made."))
    widths: tuple[int, ...] = field(
        default=(480, 960, 1600),
        metadata=doc("How wide they are, in pixels; none is wider than the picture.", Kind("list of numbers", _numbers), _widths),
    )
    formats: tuple[str, ...] = field(
        default=("avif", "webp"),
        metadata=doc("Their formats, the one that browsers shall try first before the others.", check=one_of("avif", "webp")),
    )
    quality: int = field(
        default=80, metadata=doc("How true they are to the picture; more takes more bytes.", check=between(1, 100))
    )
    largest: int = field(
        default=50,
        metadata=doc("Of how many million pixels a picture may be; of larger ones no sizes are made. WebP and AVIF count double.", check=between(1, 170)),
    )
    metadata: bool = field(
        default=False,
        metadata=doc("Whether pictures in content/ keep what cameras write into them: the place, the time, the device."),
    )


@dataclass(frozen=True, slots=True)
class EmbedSettings:
    """The section [embeds]: services whose frames pages may hold. Nothing is asked of one before a reader wants it."""

    services: tuple[str, ...] = field(
        default=(),
        metadata=doc(
            "Services to show behind a click: “youtube”, “vimeo”, “openstreetmap”.",
            check=one_of("youtube", "vimeo", "openstreetmap"),
        ),
    )
    peertube: tuple[str, ...] = field(
        default=(), metadata=doc("Hosts of PeerTube whose films are shown so, as “tilvids.com”.", check=_hosts)
    )
    mastodon: tuple[str, ...] = field(
        default=(), metadata=doc("Hosts of Mastodon whose posts are shown so, as “mastodon.social”.", check=_hosts)
    )


@dataclass(frozen=True, slots=True)
class BoardSettings:
    """The section [boards]; a board may set its own."""

    per_page: int = field(
        default=30, metadata=doc("How many topics or replies a page holds.", check=between(1, 1000))
    )
    replies: str = field(
        default="nested",
        metadata=doc("How replies are shown: “nested” or “flat”.", check=one_of("nested", "flat")),
    )
    media: bool = field(
        default=False, metadata=doc("Whether boards have pages of their pictures, sounds, films and files, at “media/”.")
    )


@dataclass(frozen=True, slots=True)
class TrustedSettings:
    """The section [trusted]."""

    paths: tuple[str, ...] = field(
        default=(),
        metadata=doc(
            "Paths whose texts are the owner's own, as “content/blog/**”; `*` stays within a folder.",
            check=_globs,
        ),
    )


@dataclass(frozen=True, slots=True)
class TranslationSettings:
    """A section [translations.LANGUAGE]: what the site is called on pages in another language."""

    title: str = field(default="", metadata=doc("The community's name in this language."))
    description: str = field(default="", metadata=doc("The sentence about it."))
    navigation: tuple[tuple[str, str], ...] = field(
        default=(), metadata=doc("Links at the top of its pages: label = address.", Kind("table of addresses", _links))
    )
    badges: tuple[tuple[str, str], ...] = field(
        default=(), metadata=doc("Titles of badges: name = title.", Kind("table of titles", _links))
    )
    badge_descriptions: tuple[tuple[str, str], ...] = field(
        default=(), metadata=doc("What badges are given for: name = sentence.", Kind("table of sentences", _links))
    )
    trust: tuple[tuple[str, str], ...] = field(
        default=(), metadata=doc("Titles of levels of trust: name = title.", Kind("table of titles", _links))
    )


@dataclass(frozen=True, slots=True)
class TopSettings:
    """Section [top]: pages of the topics and members that stood out in a day, week, month or year."""

    enabled: bool = field(default=False, metadata=doc("Whether there are such pages."))
    length: int = field(default=20, metadata=doc("How many topics and how many members a page has.", check=between(1, 100)))


@dataclass(frozen=True, slots=True)
class Settings:
    """All of site.toml. `navigation` holds labels and addresses, `people` a role's members."""

    site: SiteSettings = SiteSettings()
    markdown: MarkdownSettings = MarkdownSettings()
    feeds: FeedSettings = FeedSettings()
    search: SearchSettings = SearchSettings()
    cards: CardSettings = CardSettings()
    embeds: EmbedSettings = EmbedSettings()
    pictures: PictureSettings = PictureSettings()
    boards: BoardSettings = BoardSettings()
    trusted: TrustedSettings = TrustedSettings()
    mentions: MentionSettings = field(default_factory=MentionSettings)
    activity: ActivitySettings = field(default_factory=ActivitySettings)
    theme: Mapping[str, object] = field(
        default_factory=dict, metadata=doc("The theme's options, and its `name`.")
    )
    navigation: tuple[tuple[str, str], ...] = field(
        default=(), metadata=doc("Links at the top: label = address.")
    )
    translations: Mapping[str, TranslationSettings] = field(
        default_factory=dict, metadata=doc("What the site is called in each of its `languages`.")
    )
    people: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict, metadata=doc("Roles and the members who have them: moderator = [names].")
    )
    top: TopSettings = TopSettings()
    badges: Mapping[str, BadgeSettings] = field(default_factory=dict, metadata=doc("Badges: a section for each, [badges.NAME]."))
    trust: Mapping[str, TrustSettings] = field(
        default_factory=dict, metadata=doc("Levels of trust, the lowest first: a section for each, [trust.NAME].")
    )

    def is_trusted(self, path: str) -> bool:
        """Whether the text at `path` (relative to the site's root) is the owner's own."""
        if not self.trusted.paths:
            return False
        name = unicodedata.normalize("NFC", path)
        return ".." not in name.split("/") and any(
            _matches(unicodedata.normalize("NFC", glob), name) for glob in self.trusted.paths
        )


def _matches(glob: str, path: str) -> bool:
    """Whether a path is meant: `*` and `?` stay within a folder, `**` doesn't; a folder means all in it."""
    if not any(mark in glob for mark in "*?"):
        return path == glob or path.startswith(glob.rstrip("/") + "/")
    parts = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    pattern = "".join(parts.get(part) or re.escape(part) for part in _GLOB.findall(glob))
    return re.fullmatch(pattern, path, re.DOTALL) is not None
