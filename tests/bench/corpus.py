"""The sites that the generators are compared on: posts of a blog and threads of a forum, the same for every generator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from tests.bench.words import WORDS, Text

Kind = Literal["blog", "forum"]

KINDS: tuple[Kind, ...] = ("blog", "forum")
BOARDS = tuple(f"board-{number:02d}" for number in range(12))

_AUTHORS = tuple(f"Author {number:02d}" for number in range(20))
_MEMBERS = tuple(f"member{number:03d}" for number in range(500))
_BLOG_TAGS = tuple(f"{word}-{number}" for number, word in enumerate((WORDS * 3)[:200]))
_FORUM_TAGS = tuple(f"{word}-{number}" for number, word in enumerate(WORDS[:60]))
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply to a thread; the first has the number 1."""

    number: int
    author: str
    date: datetime
    body: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A post, or a thread with its board and replies."""

    slug: str
    title: str
    date: datetime
    author: str
    tags: tuple[str, ...]
    body: str
    summary: str
    board: str = ""
    replies: tuple[Reply, ...] = ()

    @property
    def whole(self) -> str:
        """The text with all replies as sections, for generators that know no replies."""
        sections = [
            f"## #{reply.number} {reply.author} on {reply.date:%Y-%m-%d %H:%M}\n\n{reply.body}" for reply in self.replies
        ]
        return "\n\n".join([self.body, *sections])


def corpus(kind: Kind, size: int) -> Iterator[Topic]:
    """So many posts or threads."""
    make = _post if kind == "blog" else _thread
    return (make(number) for number in range(size))


def middle(kind: Kind, size: int) -> str:
    """The slug of the topic in the middle: the one that is edited."""
    return f"{'post' if kind == 'blog' else 'thread'}-{size // 2:05d}"


def _post(number: int) -> Topic:
    """447 words on average, in sections, with lists; one in three has a block of code."""
    text = Text(f"b1-{number}")
    parts = [
        text.paragraph(80), f"## {text.title()}", text.paragraph(90), text.bullets(4),
        f"## {text.title()}", text.paragraph(70),
    ]  # fmt: skip
    if number % 3 == 0:
        parts.append(text.code())
    parts += [f"### {text.title()}", text.paragraph(50), text.numbered(3), text.paragraph(30)]
    return Topic(
        slug=f"post-{number:05d}",
        title=text.title(),
        date=datetime(2010, 1, 1, 9) + timedelta(hours=13 * number % (24 * 365 * 16)),
        author=text.draw.choice(_AUTHORS),
        tags=tuple(text.draw.sample(_BLOG_TAGS, 3)),
        body="\n\n".join(parts),
        summary=text.sentence(20, plain=True),
    )


def _thread(number: int) -> Topic:
    """Eight replies on average, with a heavy tail."""
    text = Text(f"f2-{number}")
    date = datetime(2015, 1, 1, 9) + timedelta(hours=11 * number)
    count = min(_LONGEST, int(text.draw.paretovariate(1.25) * 2.6) - 1)
    replies = tuple(_reply(text, place, date) for place in range(1, count + 1))
    return Topic(
        slug=f"thread-{number:05d}",
        title=text.title(),
        date=date,
        author=text.draw.choice(_MEMBERS),
        board=text.draw.choice(BOARDS),
        tags=tuple(text.draw.sample(_FORUM_TAGS, 2)),
        body=text.paragraph(75),
        replies=replies,
        summary=text.sentence(16, plain=True),
    )


def _reply(text: Text, place: int, date: datetime) -> Reply:
    author = text.draw.choice(_MEMBERS)
    chance = text.draw.random()
    parts = ["> " + text.sentence(14)] if chance < 0.30 else []
    parts.append(text.paragraph(text.draw.choice((30, 45, 60, 75))))
    if 0.30 <= chance < 0.42:
        parts.append(text.bullets(3))
    if 0.42 <= chance < 0.52:
        count = text.draw.randint(1, 99)
        parts.append(f"```python\nfor i in range({count}):\n    print(i, '{text.word()}')\n```")
    return Reply(place, author, date + timedelta(minutes=37 * place), "\n\n".join(parts))
