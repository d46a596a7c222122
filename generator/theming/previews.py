"""Previews: what social networks and chats show of a page that somebody links to.

Open Graph (https://ogp.me) and the few words that X adds to it. Made from the variables of the page's template.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.language import iso
from generator.views import PageView, SiteView
from generator.views.seen import Picture

Variables = Mapping[str, Any]

# Facebook's list has a country with every language; of a language without one, the country where most speak it.
_COUNTRIES = {
    "ar": "AR", "de": "DE", "en": "US", "es": "ES", "fa": "IR", "fr": "FR", "he": "IL", "it": "IT", "ja": "JP",
    "ko": "KR", "nl": "NL", "pl": "PL", "pt": "BR", "ru": "RU", "tr": "TR", "uk": "UA", "zh": "CN",
}  # fmt: skip


def previews(variables: Variables) -> tuple[tuple[str, str], ...]:
    """Names and contents of a page's `<meta>` elements; those of `twitter:` are names, the others properties."""
    page: PageView = variables["page"]
    site: SiteView = variables["site"]
    picture = page.preview or Picture("")
    image = _whole(site, picture.href)
    sized = bool(image and picture.width)
    pairs = (
        ("og:type", _TYPES.get(page.kind, "website")),
        ("og:title", page.title or site.title),
        ("og:site_name", site.title),
        ("og:url", page.url),
        ("og:description", page.description or site.description),
        ("og:locale", locale(page.language)),
        *(("og:locale:alternate", locale(one.language)) for one in page.alternates if one.language != page.language),
        ("og:image", image),
        ("og:image:type", picture.type if image else ""),
        ("og:image:width", str(picture.width) if sized else ""),
        ("og:image:height", str(picture.height) if sized else ""),
        ("og:image:alt", (page.title or site.title) if image else ""),
        *(_article(variables, site) if page.kind == "topic" else ()),
        *_audio(variables, site),
        ("twitter:card", "summary_large_image" if image else "summary"),
    )
    return tuple((name, content) for name, content in pairs if content)


_TYPES = {"topic": "article", "member": "profile"}


def _article(of: Variables, site: SiteView) -> Iterator[tuple[str, str]]:
    opening = of["opening"]
    if opening.date:
        yield "article:published_time", iso(opening.date)
    if opening.updated:
        yield "article:modified_time", iso(opening.updated)
    for author in opening.authors or (opening.author,):
        if author.href:
            yield "article:author", _whole(site, author.href)
    yield "article:section", of["board"].text
    for tag in of["tags"]:
        yield "article:tag", tag.text


def _audio(of: Variables, site: SiteView) -> Iterator[tuple[str, str]]:
    episode = of.get("episode")
    if episode and episode.sound:
        yield "og:audio", _whole(site, episode.sound.href)
        yield "og:audio:type", episode.sound.type


def _whole(site: SiteView, href: str) -> str:
    """A whole address; "" where it can't be one."""
    if not href.startswith("/"):
        return href
    return site.origin + href if site.origin else ""


def locale(language: str) -> str:
    """A language as Open Graph writes it (`fa_IR`); "" where its country is not known."""
    parts = language.split("-")
    country = next((part.upper() for part in parts[1:] if len(part) == 2), _COUNTRIES.get(parts[0].lower(), ""))
    return f"{parts[0].lower()}_{country}" if country else ""
