"""Structured data: what a page says to search engines, as JSON-LD in the words of schema.org.

It is made from the variables of the page's template, so that it tells nothing that a reader can't see. Sources:
Google's documentation of DiscussionForumPosting, ProfilePage, Article and BreadcrumbList; JSON-LD 1.1.
What previews of social networks show is the business of `previews`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from markupsafe import Markup

from generator.language import iso, period
from generator.markup.text import excerpt
from generator.views import Link, PageView, Person, SiteView
from generator.views.entries import EntryView
from generator.views.heard import SoundView
from generator.views.seen import AlbumPicture

Node = dict[str, object]
Variables = Mapping[str, Any]
Word = Callable[[str], str]

PLACES = {"recent": "Recent", "unanswered": "Unanswered", "members": "Members", "tags": "Tags", "activity": "Activity", "search": "Search"}
"""The common places' names in messages, as themes call them."""

OPENING, COMMENT = 2000, 400
"""Letters of a text at most. All of it stands on the page already, and a page has to stay light."""

_BLOCK = Markup('<script type="application/ld+json">{}</script>')


def structured(variables: Variables, nobody: str, word: Word) -> Markup:
    """The data block of a page, "" where there is nothing to say.

    `nobody` is what one without a name is called, and `word` translates the names of the common places.

    Addresses must be whole, so a site without a `url` has none.
    """
    page: PageView = variables["page"]
    site: SiteView = variables["site"]
    if page.noindex or not site.origin:
        return Markup("")
    nodes = [*_MAKERS.get(page.kind, _nothing)(Place(site, nobody), variables), *_breadcrumbs(page, site, word)]
    return _BLOCK.format(_json({"@context": "https://schema.org", "@graph": nodes})) if nodes else Markup("")


def _json(data: Node) -> Markup:
    # In a script, HTML ends at the next tag whatever a string says; JSON can write it without one.
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))  # noqa: S704 - as above


class Place:
    """Makes the nodes that many kinds of pages have, for one site in one language."""

    def __init__(self, site: SiteView, nobody: str) -> None:
        self.site = site
        self._nobody = nobody

    def url(self, href: str) -> str:
        """A whole address; "" stays."""
        return self.site.origin + href if href.startswith("/") else href

    def person(self, person: Person) -> Node:
        """Who wrote; search engines want a name of everyone."""
        name = person.name or self._nobody
        return filled({"@type": "Person", "name": name, "url": self.url(person.href)})

    def house(self) -> Node:
        """The site as one who publishes."""
        node = {"@type": "Organization", "name": self.site.title, "url": self.url(self.site.href)}
        return filled({**node, "logo": self.url(self.site.logo)})

    def comments(self, entries: Iterable[EntryView]) -> Iterator[Node]:
        """Replies with those under them; what has no text is left out, and those under it stand in its place."""
        for entry in entries:
            if entry.text and entry.date:
                yield self.comment(entry)
            else:
                yield from self.comments(entry.children)

    def comment(self, entry: EntryView) -> Node:
        """A reply with those under it."""
        return filled(
            {
                "@type": "Comment",
                "url": self.url(entry.href),
                "text": excerpt(entry.text, COMMENT),
                "author": self.person(entry.author),
                **_dates(entry.date, entry.updated),
                "interactionStatistic": _likes(entry),
                "associatedMedia": _recorded(self, entry),
                "comment": list(self.comments(entry.children)),
            }
        )


def _talk(place: Place, of: Variables) -> Iterator[Node]:
    """A topic's page: a later one repeats the opening with the first page's address."""
    opening: EntryView = of["opening"]
    # The date 0 is that of what has none, and both kinds require one.
    if not opening.date or opening.hidden or opening.deleted or opening.lost:
        return
    if of["question"] and (of["answers"] or of["pages"].number > 1):
        yield from _asked(place, of, opening)
        return
    # A question without an answer is a discussion until it has one: search engines require an answer of a QAPage.
    make = _album if of.get("album") else _episode if of.get("episode") else _article if of["kind"] == "blog" else _discussion
    node = make(place, of, opening)
    if node:
        comments = [*place.comments(opening.children), *place.comments(of["replies"])]
        statistics = [*_likes(opening), *_counter("CommentAction", of["replies_count"])]
        yield filled({**node, "interactionStatistic": statistics, "comment": comments})


def _asked(place: Place, of: Variables, opening: EntryView) -> Iterator[Node]:
    """A question with its answers: on its first page only, because each page with one must tell of all its answers."""
    if of["pages"].number != 1 or not opening.text:
        return
    answers = [(entry.accepted, _answer(place, entry)) for entry in of["replies"] if entry.text and entry.date]
    if not answers:
        return
    question = {
        "@type": "Question",
        **_common(place, of, opening),
        "name": of["title"],
        "text": excerpt(opening.text, OPENING),
        "author": place.person(opening.author) if opening.author.name else place.house(),
        "answerCount": of["answers"],
        "upvoteCount": opening.votes or 0,
        "associatedMedia": _recorded(place, opening, of["title"]),
        "acceptedAnswer": next((node for accepted, node in answers if accepted), None),
        "suggestedAnswer": [node for accepted, node in answers if not accepted],
        "comment": list(place.comments(opening.children)),
    }
    url = place.url(opening.href)
    part = _part("CollectionPage", place, of["board"])
    yield filled({"@type": "QAPage", "url": url, "name": of["title"], "isPartOf": part, "mainEntity": filled(question)})


def _answer(place: Place, entry: EntryView) -> Node:
    comment = place.comment(entry)
    comment.pop("interactionStatistic", None)
    return {**comment, "@type": "Answer", "text": excerpt(entry.text, OPENING), "upvoteCount": entry.votes or 0}


def _discussion(place: Place, of: Variables, opening: EntryView) -> Node:
    page: PageView = of["page"]
    text, image = opening.text or ("" if of["pages"].number == 1 else page.description), place.url(of["cover"])
    if not (text or image or of["link"]):
        return {}
    author = place.person(opening.author) if opening.author.name else place.house()
    return {
        "@type": "DiscussionForumPosting",
        **_common(place, of, opening),
        "text": excerpt(text, OPENING),
        "author": author,
        "associatedMedia": _recorded(place, opening, of["title"]),
        "sharedContent": filled({"@type": "WebPage", "url": of["link"]}) if of["link"] else "",
        "isPartOf": _part("CollectionPage", place, of["board"]),
    }


def _article(place: Place, of: Variables, opening: EntryView) -> Node:
    people = [place.person(author) for author in opening.authors or (opening.author,) if author.name]
    minutes = of["minutes"]
    return {
        "@type": "BlogPosting",
        **_common(place, of, opening),
        "description": of["page"].description,
        "author": people or place.house(),
        "publisher": place.house(),
        "timeRequired": f"PT{minutes}M" if minutes else "",
        "associatedMedia": _recorded(place, opening, of["title"]),
        **_within(place, of),
    }


def _recorded(place: Place, entry: EntryView, about: str = "") -> list[Node]:
    """The films and sounds of an entry."""
    if not (entry.attachments or entry.players or entry.audio):
        return []
    from generator.theming.recorded import recorded  # few entries have any

    return list(recorded(place, entry, about))


def _within(place: Place, of: Variables) -> Node:
    """What an article is part of: its blog, and its series with its place in it."""
    blog, series = _part("Blog", place, of["board"]), of["series"]
    if not series:
        return {"isPartOf": blog}
    whole = {"@type": "CreativeWorkSeries", "name": series.title, "url": place.url(series.href)}
    return {"isPartOf": [blog, whole], "position": series.position or ""}


def _parts_of(place: Place, of: Variables) -> Iterator[Node]:
    """The page of a series (schema.org/CreativeWorkSeries)."""
    page: PageView = of["page"]
    shown = [part for part in of["articles"] if not part.hidden]
    parts = [{"@type": "CreativeWork", "name": part.title, "url": place.url(part.href)} for part in shown]
    about = {"name": of["title"], "url": page.url, "inLanguage": page.language}
    yield filled({"@type": "CreativeWorkSeries", "@id": page.url, **about, "hasPart": parts})


def _episode(place: Place, of: Variables, opening: EntryView) -> Node:
    """An episode of a podcast (schema.org/PodcastEpisode)."""
    episode = of["episode"]
    series = {"@type": "PodcastSeries", "name": of["board"].text, "url": place.url(of["board"].href)}
    season = {"@type": "PodcastSeason", "seasonNumber": episode.season} if episode.season is not None else None
    people = [place.person(one.person) for one in episode.people]
    return {
        "@type": "PodcastEpisode",
        **_common(place, of, opening),
        "name": of["title"],
        "description": of["page"].description,
        "image": place.url(of["cover"] or episode.show.cover),
        "author": place.person(opening.author) if opening.author.name else place.house(),
        "contributor": people,
        "episodeNumber": episode.episode,
        "partOfSeason": season,
        "partOfSeries": filled({**series, "webFeed": place.url(episode.show.feed)}),
        "duration": period(episode.sound.seconds) if episode.sound and episode.sound.seconds else "",
        "associatedMedia": _sound(place, episode.sound) if episode.sound else None,
    }


def _album(place: Place, of: Variables, opening: EntryView) -> Node:
    """An album of pictures (schema.org/ImageGallery)."""
    common = _common(place, of, opening)
    return {
        **common,
        "@type": "ImageGallery",
        "name": of["title"],
        "description": of["page"].description,
        "author": place.person(opening.author) if opening.author.name else place.house(),
        "image": [_shot(place, one, common["url"]) for one in of["album"].pictures],
        "isPartOf": _part("CollectionPage", place, of["board"]),
    }


def _shot(place: Place, one: AlbumPicture, page: object) -> Node:
    """A picture of an album; what has no size elsewhere says none."""
    return filled(
        {
            "@type": "ImageObject",
            "contentUrl": place.url(one.picture.href),
            "url": f"{page}#picture-{one.number}",
            "encodingFormat": one.picture.type,
            "width": one.picture.width or None,
            "height": one.picture.height or None,
            "caption": one.caption,
        }
    )


def _sound(place: Place, sound: SoundView) -> Node:
    length = period(sound.seconds) if sound.seconds else ""
    url = place.url(sound.href)
    size = str(sound.size) if sound.size else ""
    return filled({"@type": "AudioObject", "contentUrl": url, "encodingFormat": sound.type, "duration": length, "contentSize": size})


def _series(place: Place, of: Variables) -> Iterator[Node]:
    """A podcast's front page (schema.org/PodcastSeries)."""
    show, page = of.get("show"), of["page"]
    if not show or of["kind"] != "podcast":
        return
    url = place.url(page.address) if not page.url else page.url
    about = {"name": of["title"], "url": url, "description": of["description"], "inLanguage": page.language}
    people = [place.person(person) for person in show.authors] or place.house()
    yield filled({"@type": "PodcastSeries", "@id": url, **about, "image": place.url(show.cover), "webFeed": place.url(show.feed), "author": people})


def _common(place: Place, of: Variables, opening: EntryView) -> Node:
    url = place.url(opening.href)
    return {
        "@id": url,
        "url": url,
        "mainEntityOfPage": url,
        "headline": of["title"],
        **_dates(opening.date, opening.updated),
        "image": place.url(of["cover"]),
        "inLanguage": opening.language or of["page"].language,
        "keywords": [tag.text for tag in of["tags"]],
    }


def _profile(place: Place, of: Variables) -> Iterator[Node]:
    """A member's front page."""
    person: Person = of["person"]
    if of["pages"].number or not person.name:
        return
    url = place.url(person.href)
    same = [link.href for link in of["links"] if link.href.startswith(("https://", "http://"))]
    about = {
        "@type": "Person",
        "@id": url,
        "name": person.name,
        "url": url,
        "image": place.url(person.avatar),
        "jobTitle": person.title,
        "sameAs": same,
        "agentInteractionStatistic": _counter("WriteAction", of["entry_count"]),
    }
    made = of["joined"] or of["first_seen"] or 0
    dates = {"dateCreated": iso(made) if made else "", "dateModified": iso(of["last_seen"]) if of["last_seen"] else ""}
    yield filled({"@type": "ProfilePage", "url": url, **dates, "mainEntity": filled(about)})


def _website(place: Place, of: Variables) -> Iterator[Node]:
    """The front page: the site itself."""
    site, page = place.site, of["page"]
    url = place.url(site.href)
    about = {"name": site.title, "url": url, "description": site.description, "inLanguage": page.language}
    yield filled({"@type": "WebSite", "@id": url, **about, "publisher": place.house()})


def _conversation(place: Place, of: Variables) -> Iterator[Node]:
    from generator.theming import spoken  # only sites with conversations need it

    yield from spoken.conversation(place, of) if of["page"].kind == "conversation" else spoken.day(place, of)


def _nothing(place: Place, of: Variables) -> Iterator[Node]:
    return iter(())


_MAKERS: Mapping[str, Callable[[Place, Variables], Iterator[Node]]] = {
    "front": _website,
    "board": _series,
    "topic": _talk,
    "member": _profile,
    "series": _parts_of,
    "conversation": _conversation,
    "chat-day": _conversation,
}


def _breadcrumbs(page: PageView, site: SiteView, word: Word) -> Iterator[Node]:
    """The way from the front page to this one; the front page itself has none."""
    trail = [*page.crumbs, Link(page.address, page.title)] if page.title and page.crumbs else list(page.crumbs)
    if len(trail) < 2:
        return
    names = [_name(link, site, word) for link in trail]
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": _whole(link, site, page)}
        for place, (link, name) in enumerate(zip(trail, names, strict=True), 1)
    ]
    yield {"@type": "BreadcrumbList", "itemListElement": items}


def _name(link: Link, site: SiteView, word: Word) -> str:
    if not link.text:
        return site.title
    return word(PLACES[link.text]) if (link.text, link.href) in site.places and link.text in PLACES else link.text


def _whole(link: Link, site: SiteView, page: PageView) -> str:
    return page.url if link.href == page.address else site.origin + link.href


def _part(kind: str, place: Place, board: Link) -> Node:
    return {"@type": kind, "name": board.text, "url": place.url(board.href)}


def _dates(said: int, changed: int | None) -> Node:
    # A reply changes no word of the opening, so it is not its date.
    return {"datePublished": iso(said), "dateModified": iso(changed) if changed and changed > said else ""}


def _likes(entry: EntryView) -> list[Node]:
    votes = entry.votes or 0
    return _counter("LikeAction", (votes if votes > 0 else 0) + sum(count for _, count in entry.reactions))


def _counter(action: str, count: int) -> list[Node]:
    kind = f"https://schema.org/{action}"
    return [{"@type": "InteractionCounter", "interactionType": kind, "userInteractionCount": count}] if count else []


def filled(node: Mapping[str, object]) -> Node:
    """A node without what is empty: schema.org has no word for nothing."""
    return {name: value for name, value in node.items() if value not in ("", None, [])}
