"""Sites of any size and of extreme shapes, written fast; every run writes the same bytes.

A shape of size N: `forum` has N entries in topics of ten on twenty boards; `topic` is one topic of N
replies in one file, and `files` one whose replies are in files of a hundred; the replies of `astray` answer
entries that are not there; `board` is one board of N topics, and `blog` one of articles; `member` is one member with N entries; `members` and `tags` are so many of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.bench.words import Text

START = datetime(2015, 1, 1, 9, 0, tzinfo=UTC)
PARAGRAPHS = 997
ENTRIES_A_TOPIC = 10
BOARDS = 20
TOPICS_A_FOLDER = 200
REPLIES_A_FILE = 100


@dataclass(frozen=True, slots=True)
class File:
    """A file of a site: its path below the site's folder, and its text."""

    path: str
    text: str


Shape = Callable[[int], Iterator[File]]


def forum(size: int) -> Iterator[File]:
    """Boards of short threads, in folders of two hundred; the number of members grows with the size."""
    for place in range(BOARDS):
        yield _board(f"board-{place:02d}")
    members = max(50, size // 50)
    for number in range(size // ENTRIES_A_TOPIC):
        board, folder = number % BOARDS, number // BOARDS // TOPICS_A_FOLDER
        replies = (_reply(number, place, members) for place in range(2, ENTRIES_A_TOPIC + 1))
        text = _opening(number, _member(number, 1, members), _tags(number, 500)) + "".join(replies)
        yield File(f"content/board-{board:02d}/{folder:03d}/{_topic(number)}.md", text)


def topic(size: int) -> Iterator[File]:
    """One topic of so many replies, all in its own file."""
    yield _board("talk")
    replies = (_reply(0, place, 500) for place in range(2, size + 2))
    yield File(f"content/talk/{_topic(0)}.md", _opening(0, "member0", _tags(0, 2)) + "".join(replies))


def astray(size: int) -> Iterator[File]:
    """One topic of so many replies, each of which answers what is not there."""
    for file in topic(size):
        yield File(file.path, file.text.replace("\n--- reply\n", "\n--- reply\nreply_to: nobody\n"))


def files(size: int) -> Iterator[File]:
    """One topic of so many replies, in files of a hundred beside it."""
    yield _board("talk")
    yield File(f"content/talk/{_topic(0)}.md", _opening(0, "member0", _tags(0, 2)))
    for first in range(2, size + 2, REPLIES_A_FILE):
        replies = (_reply(0, place, 500) for place in range(first, min(first + REPLIES_A_FILE, size + 2)))
        yield File(f"content/talk/{_topic(0)}/{first:06d}.md", "".join(replies).lstrip("\n"))


def board(size: int) -> Iterator[File]:
    """One board of so many topics without a reply, in one folder."""
    yield _board("talk")
    for number in range(size):
        yield File(f"content/talk/{_topic(number)}.md", _opening(number, _member(number, 1, 500), _tags(number, 200)))


def blog(size: int) -> Iterator[File]:
    """One blog of so many articles."""
    yield _board("talk", "blog")
    yield from (file for file in board(size) if not file.path.endswith("board.md"))


def member(size: int) -> Iterator[File]:
    """One member who wrote all of so many entries, in topics of ten."""
    yield _board("talk")
    for number in range(size // ENTRIES_A_TOPIC):
        replies = (_reply(number, place, 1) for place in range(2, ENTRIES_A_TOPIC + 1))
        yield File(f"content/talk/{_topic(number)}.md", _opening(number, "member0", _tags(number, 200)) + "".join(replies))


def members(size: int) -> Iterator[File]:
    """So many members, each of whom wrote one entry."""
    yield _board("talk")
    for number in range(size // ENTRIES_A_TOPIC):
        first = number * ENTRIES_A_TOPIC
        replies = "".join(_reply(number, place, size, f"member{first + place}") for place in range(2, ENTRIES_A_TOPIC + 1))
        yield File(f"content/talk/{_topic(number)}.md", _opening(number, f"member{first + 1}", _tags(number, 200)) + replies)


def tags(size: int) -> Iterator[File]:
    """So many tags, each of two topics, four a topic."""
    yield _board("talk")
    for number in range(size // 2):
        first = number * 4
        names = [f"tag-{(first + place) % size}" for place in range(4)]
        yield File(f"content/talk/{_topic(number)}.md", _opening(number, _member(number, 1, 500), names))


SHAPES: dict[str, Shape] = {
    "forum": forum, "topic": topic, "files": files, "astray": astray, "board": board, "blog": blog,
    "member": member, "members": members, "tags": tags,
}  # fmt: skip


def write(root: Path, shape: Shape, size: int) -> Path:
    """Write a site of a shape into a new folder; the path of the topic that a reply is added to."""
    settings = 'title = "Scale"\nurl = "https://example.com/"\nlanguage = "en"\n\n[markdown]\nengine = "commonmark"\n'
    root.mkdir(parents=True)
    root.joinpath("site.toml").write_text(settings, "utf-8")
    folders: set[Path] = set()
    edited = root
    for file in shape(size):
        path = root / file.path
        if path.parent not in folders:
            path.parent.mkdir(parents=True, exist_ok=True)
            folders.add(path.parent)
        path.write_text(file.text, "utf-8", newline="\n")
        if path.name.startswith("topic-") and (edited is root or path.name.endswith(f"{size // 20:06d}.md")):
            edited = path
    return edited


def one_more(number: int) -> str:
    """A reply to append to a topic's file; each number makes another."""
    return f"\n--- reply\nid: new-{number}\nauthor: member0\ndate: 2026-01-01 09:00\n---\nOne more reply, number {number}.\n"


def _board(name: str, kind: str = "forum") -> File:
    return File(f"content/{name}/board.md", f"---\ntitle: {name.capitalize()}\nkind: {kind}\n---\n")


def _topic(number: int) -> str:
    return f"topic-{number:06d}"


def _member(number: int, place: int, members: int) -> str:
    return f"member{(number * 31 + place * place * 17) % members}"


def _tags(number: int, tags: int) -> list[str]:
    return [f"tag-{number % tags}", f"tag-{(number * 7 + 3) % tags}"]


def _opening(number: int, author: str, tags: list[str]) -> str:
    date = START + timedelta(minutes=53 * number)
    head = f"title: Question {number}\nauthor: {author}\ndate: {date:%Y-%m-%d %H:%M}\ntags: [{', '.join(tags)}]\n"
    return f"---\n{head}---\n{_paragraph(number, 1)}\n"


def _reply(number: int, place: int, members: int, author: str = "") -> str:
    date = START + timedelta(minutes=53 * number + 7 * place)
    author = author or _member(number, place, members)
    head = f"id: {place}\nauthor: {author}\ndate: {date:%Y-%m-%d %H:%M}\n"
    return f"\n--- reply\n{head}---\n{_paragraph(number, place)}\n"


def _paragraph(number: int, place: int) -> str:
    """A paragraph that no other entry has: known ones are never rendered twice."""
    return f"Entry {place} of {number}: {_PARAGRAPHS[(number * 7 + place * 13) % PARAGRAPHS]}"


_PARAGRAPHS = tuple(Text(f"scale-{number}").paragraph(40) for number in range(PARAGRAPHS))
