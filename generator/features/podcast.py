"""The kind of board that is heard: episodes with a player, and the feed by which podcast programs follow it.

The feed is RSS as Apple's directory and Podcasting 2.0 ask for it. What it is made of is judged here, once for the
site: a sound that is not there, a cover of another shape, a category that no directory knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from msgspec import Struct

from generator.addresses import FEED_FILES
from generator.api import Artifact, BoardKind, Canvas, Feature, Lookup, PageKind, Presenter, Problem, scope
from generator.catalog.rows import BoardRow, EntryRow, TopicRow
from generator.directories import APPLE_PLAYS, LARGEST, SMALLEST, category, names
from generator.podcast import Chapter, Credit
from generator.present.episodes import beside, chapters, faults, sound, taking_part, text, transcript_files
from generator.syndication import Dress, Enclosure, FeedAuthor, dress, feed_id
from generator.syndication.podcasting import (
    EpisodeItem,
    FeedFile,
    FeedPerson,
    PodcastContext,
    chapters_json,
    podcast,
    podcast_guid,
    transcript_text,
)

feature = Feature("podcast")

EPISODES = 1000
"""How many episodes a feed holds: directories forget those that are not in it."""

CHAPTERS = "episode-chapters.json"
"""The file of an episode's chapters, at its address."""

MARKDOWN = (".md", ".markdown")
SHEETS = ("style.css", "feed.css")
KIND = "podcast"

feature.board_kind(
    BoardKind(
        name=KIND,
        board_template="board-podcast.html",
        topic_template="episode.html",
        by_activity=False,
        archive=True,
        neighbours=True,
        feeds=("rss",),
    )
)


class Absolute(Presenter):
    """Makes addresses that stand anywhere."""

    absolute = True


@feature.page
class PodcastFeed(PageKind[PodcastContext]):
    """`/radio/feed.rss`: the episodes of a podcast."""

    name = "feed-podcast"
    templates = ("feed.html",)
    per_board = True
    rank = 14

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One for a board of this kind that has an RSS feed."""
        board = lookup.board(scope)
        if board and board.kind == KIND and "rss" in (board.feeds or ()):
            yield Artifact(board.address + FEED_FILES["rss"], scope)

    def context(self, lookup: Lookup, arg: str) -> PodcastContext | None:
        """What the board says of the podcast, and its episodes, newest first."""
        board = lookup.board(arg)
        if board is None:
            return None
        presenter = Absolute(lookup)
        url, own = presenter.href(board.address), presenter.href(board.address + FEED_FILES["rss"])
        lookup.problems.extend(_of_show(presenter, board))
        said = board.show
        return PodcastContext(
            format="rss",
            id=feed_id("", url),
            title=board.title,
            description=board.description,
            url=url,
            self_url=own,
            page=presenter.page(board.address, "feed", language=board.language),
            site=Presenter(lookup).site(),
            items=tuple(_episodes(presenter, board)),
            cover=presenter.picture(said.cover, board.path),
            authors=tuple(presenter.person([name]).name for name in said.authors),
            category=category(said.category),
            explicit=bool(said.explicit),
            guid=said.guid or podcast_guid(own),
            show_type=said.type or "episodic",
            locked=said.locked,
            owner=said.owner,
            funding=tuple((one.url, one.text) for one in said.funding),
            people=_people(presenter, said.people),
        )

    def render(self, context: PodcastContext, canvas: Canvas) -> bytes:
        """RSS, in the theme's dress for those who open it in a browser."""
        assets = {one.name: one.address for one in canvas.theme.assets(fingerprint=canvas.presentation.fingerprint)}
        styles = [canvas.presentation.prefix + quote(assets[name]) for name in SHEETS if name in assets]
        shown: Dress = dress(styles, canvas.page("feed.html", context).decode())
        return podcast(context, shown)


class ChaptersContext(Struct, frozen=True):
    """The chapters of an episode."""

    title: str
    chapters: tuple[Chapter, ...]


@feature.page
class ChaptersFile(PageKind[ChaptersContext]):
    """`/radio/first/episode-chapters.json`: the chapters of an episode."""

    name = "episode-chapters"
    per_board = True
    rank = 30

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One for each episode that has chapters."""
        for key, topic in _topics(lookup, scope):
            if topic.episode.chapters or topic.episode.chapters_file:
                yield Artifact(topic.address + CHAPTERS, key)

    def context(self, lookup: Lookup, arg: str) -> ChaptersContext | None:
        """The chapters as the topic or its file gives them."""
        topic = lookup.headline(arg)
        return ChaptersContext(topic.title, chapters(Presenter(lookup), topic)) if topic else None

    def render(self, context: ChaptersContext, canvas: Canvas) -> bytes:
        """JSON."""
        return chapters_json(context.chapters, context.title)


class TranscriptContext(Struct, frozen=True):
    """A transcript's HTML."""

    html: str


@feature.page
class TranscriptFile(PageKind[TranscriptContext]):
    """`/radio/first/words.txt`: a transcript in Markdown as programs read it, its paragraphs as lines."""

    name = "episode-transcript"
    per_board = True
    rank = 30

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One for each transcript in Markdown."""
        presenter = Presenter(lookup)
        for key, topic in _topics(lookup, scope):
            for name in topic.episode.transcript:
                if name.endswith(MARKDOWN) and text(presenter, topic, name):
                    yield Artifact(_text_address(topic, name), f"{key}\n{name}")

    def context(self, lookup: Lookup, arg: str) -> TranscriptContext | None:
        """The text with its links."""
        key, _, name = arg.partition("\n")
        topic, presenter = lookup.headline(key), Absolute(lookup)
        row = text(presenter, topic, name) if topic else None
        if topic is None or row is None:
            return None
        return TranscriptContext(str(presenter.html(row, topic.board, f"text/{row.path}", topic.address)))

    def render(self, context: TranscriptContext, canvas: Canvas) -> bytes:
        """A text with a line for each paragraph."""
        return transcript_text(context.html)


def _text_address(topic: TopicRow, name: str) -> str:
    return f"{topic.address}{name.rpartition('/')[2].rpartition('.')[0]}.txt"


def _topics(lookup: Lookup, key: str) -> Iterator[tuple[str, TopicRow]]:
    """The episodes of a board of this kind."""
    board = lookup.board(key)
    if board is None or board.kind != KIND:
        return
    for topic_key, _, _, _ in lookup.plan(key):
        topic = lookup.headline(topic_key)
        if topic and not topic.hidden:
            yield topic_key, topic


# Episodes ------------------------------------------------------------------


def _episodes(presenter: Absolute, board: BoardRow) -> Iterator[EpisodeItem]:
    """The episodes that can be heard, newest first; tells what is wrong with them and with the others."""
    lookup, name = presenter.lookup, scope("board", board.key)
    count = lookup.count(name)
    for key in reversed(lookup.window(name, max(0, count - EPISODES), min(count, EPISODES) or 1)):
        topic, opening = lookup.headline(key), lookup.entry(f"topic/{key}", "1")
        if topic is None or opening is None or opening.status:
            continue
        wrong = list(faults(presenter, topic))
        lookup.problems.extend(wrong)
        lookup.problems.extend(_unfit(presenter, topic))
        if not any(problem.field == "audio" for problem in wrong):
            yield _item(presenter, board, topic, opening)


def _item(presenter: Absolute, board: BoardRow, topic: TopicRow, opening: EntryRow) -> EpisodeItem:
    url, said = presenter.href(topic.address), topic.episode
    person = presenter.person(opening.authors, opening.name)
    heard = sound(presenter, topic.path, said.audio, said.remote)
    return EpisodeItem(
        id=feed_id(topic.guid, url),
        url=url,
        title=topic.title,
        author=FeedAuthor(person.name or board.title, person.href, person.avatar),
        html=str(presenter.html(opening, topic.board, f"topic/{topic.key}", topic.address)).replace('href="#', f'href="{url}#'),
        summary=topic.summary,
        published=opening.date,
        updated=max(opening.updated or 0, opening.date),
        tags=topic.tags,
        image=presenter.picture(topic.cover, topic.path),
        language=opening.language or topic.language,
        enclosure=Enclosure(heard.href, heard.size, heard.type, heard.seconds) if heard else None,
        season=said.season,
        episode=said.number,
        kind=said.type or "full",
        explicit=bool(board.show.explicit if said.explicit is None else said.explicit),
        chapters=url + CHAPTERS if chapters(presenter, topic) else "",
        transcripts=tuple(_transcripts(presenter, topic)),
        people=_people(presenter, said.people),
    )


def _transcripts(presenter: Absolute, topic: TopicRow) -> Iterator[FeedFile]:
    for file in transcript_files(presenter, topic):
        yield FeedFile(file.href, file.type)
    for name in topic.episode.transcript:
        if name.endswith(MARKDOWN) and text(presenter, topic, name):
            yield FeedFile(presenter.href(_text_address(topic, name)), "text/plain")


def _people(presenter: Absolute, people: tuple[Credit, ...]) -> tuple[FeedPerson, ...]:
    found = taking_part(presenter, people)
    return tuple(
        FeedPerson(one.person.name, one.role, one.person.href or one.person.url, one.person.avatar or credit.image)
        for one, credit in zip(found, people, strict=True)
    )


# What is wrong -------------------------------------------------------------


def _unfit(presenter: Absolute, topic: TopicRow) -> Iterator[Problem]:
    """What directories don't take of an episode that can be heard."""
    heard = sound(presenter, topic.path, topic.episode.audio, topic.episode.remote)
    if heard and not heard.size:
        hint = "Write `audio: {url: …, length: its size in bytes, type: audio/mpeg, duration: 12:30}`."
        yield Problem(topic.path, 1, "audio", "podcast programs want to know the size of a sound elsewhere", hint)
    elif heard and heard.type not in APPLE_PLAYS:
        message = f"Apple's directory takes MP3 and M4A alone, and this is {heard.type}"
        yield Problem(topic.path, 1, "audio", message, "Export it as MP3 or M4A.", "warning")
    if topic.cover:
        yield from _of_cover(presenter, topic.path, topic.cover)


def _of_show(presenter: Absolute, board: BoardRow) -> Iterator[Problem]:
    """What directories don't take of a podcast."""
    said, path = board.show, board.path
    if not presenter.settings.origin:
        hint = "Write `url` into site.toml, as https://example.org/."
        yield Problem(path, 1, "", "a podcast's feed needs whole addresses, and the site has none", hint)
    if said.cover:
        yield from _of_cover(presenter, path, said.cover)
    else:
        hint = f"Write `cover:` and the name of a square JPEG or PNG of {SMALLEST} to {LARGEST} pixels."
        yield Problem(path, 1, "cover", "directories take no podcast without a cover", hint, "warning")
    if not said.category:
        hint = "Write `category: Technology`, or another of Apple's."
        yield Problem(path, 1, "category", "directories take no podcast without a category", hint, "warning")
    elif not category(said.category):
        message = f"“{said.category}” is no category of Apple's directory"
        yield Problem(path, 1, "category", message, _nearest(said.category))


def _nearest(written: str) -> str:
    from difflib import get_close_matches  # needed only where something is wrong

    known = names()
    folded = {name.lower(): name for name in known}
    close = get_close_matches(written.lower(), folded, n=1, cutoff=0.5)
    return f"Did you mean “{folded[close[0]]}”?" if close else "Its categories are listed in the manual."


def _of_cover(presenter: Absolute, path: str, cover: str) -> Iterator[Problem]:
    if "://" in cover:
        return
    asset, hint = beside(presenter, path, cover), f"Directories take a square JPEG or PNG of {SMALLEST} to {LARGEST} pixels."
    if asset is None or presenter.asset_address(asset.path) is None:
        yield Problem(path, 1, "cover", f"the cover “{cover}” is not there", "Put the picture beside the text.")
    elif asset.picture is None:
        yield Problem(path, 1, "cover", f"the cover “{cover}” is no JPEG or PNG", hint)
    elif asset.picture.width != asset.picture.height or not SMALLEST <= asset.picture.width <= LARGEST:
        size = f"{asset.picture.width} × {asset.picture.height}"
        yield Problem(path, 1, "cover", f"the cover “{cover}” is of {size} pixels", hint)
