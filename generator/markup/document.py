"""Reads one Markdown source: cuts it into entries and types their fields.

It knows one file only: what follows from several (dates of others, titles from file names, who answers whom)
is derived later, and texts are rendered elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import tzinfo
from pathlib import PurePosixPath
from typing import Any, TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from generator import digest
from generator.errors import Problem
from generator.language import dates
from generator.markup import cutting, equivalents, podcasts
from generator.markup.cutting import Piece
from generator.markup.equivalents import IGNORED, Translation
from generator.markup.fields import BoardForm, MemberForm, ReplyForm, TopicForm
from generator.markup.frontmatter import FrontMatter, newlines, split, split_header
from generator.markup.titles import leading_title
from generator.model import (
    OPENING,
    BoardFields,
    Document,
    Entry,
    MemberFields,
    Role,
    Source,
    TopicFields,
)
from generator.podcast import RemoteSound
from generator.schema import YES, Place, Record, names, read_values, shown
from generator.settings import Settings
from generator.shapes import field_names
from generator.slugs import alias_address, file_date

Head: TypeAlias = TopicFields | BoardFields | MemberFields
Given: TypeAlias = dict[str, Any]
Translate: TypeAlias = Callable[[Mapping[str, object], Place, Set[str]], Translation]

_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_ID_LINE = re.compile(r"""^id:[ \t]*["']?([A-Za-z0-9._-]{1,64})["']?[ \t]*$""", re.MULTILINE)
_SAYS_REPLY = frozenset({"author", "authors", "name", "event"})
_FOR_THEMES = "Write what only a theme reads under `extra:`."
_SEPARATES = "A line `--- reply` begins a reply; write it `\\--- reply` where it is text."

_ENTRY = frozenset(field_names(Entry))
_TOPIC = frozenset(field_names(TopicFields))
_BOARD = frozenset(field_names(BoardFields))


def read_document(source: Source, data: bytes, settings: Settings) -> Document:
    """What a Markdown source says, with all that is wrong with it; never raises for its content.

    An entry with an error is left out: a bad reply costs that reply, a bad opening leaves the document
    without a head and without entries.
    """
    reader = _Reader(source, settings.site.zone)
    text = reader.decode(data)
    if text is None:
        return reader.document(None) if source.role is Role.REPLIES else reader.nothing()
    if source.role is Role.REPLIES:
        return reader.replies_file(text)
    if source.role is Role.BOARD:
        return reader.board(text)
    if source.role is Role.MEMBER:
        return reader.member(text)
    return reader.topic(text)


class _Reader(Struct, frozen=True):
    """Reads one source, and gathers what is wrong with it; `ids` are its entries' lines by their ids."""

    source: Source
    zone: tzinfo
    problems: list[Problem] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)

    def decode(self, data: bytes) -> str | None:
        try:
            text = newlines(data.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            message = f"expected UTF-8, found another encoding at byte {error.start}"
            self.error(line, "", message, "Save the file as UTF-8.")
            return None
        if (null := text.find("\0")) >= 0:
            line = text.count("\n", 0, null) + 1
            self.error(line, "", "expected text, found a NUL character", "Is it a Markdown file, in UTF-8?")
            return None
        return text

    def topic(self, text: str) -> Document:
        """A topic's, page's or front page's file."""
        first, *rest = cutting.cut(text)
        self.ids[OPENING] = 1
        opening = self.opening(first.text) if self.has_opening(first.text) else None
        replies = self.replies(rest)
        return self.document(opening[0], opening[1], *replies) if opening else self.nothing()

    def board(self, text: str) -> Document:
        """A board.md."""
        matter = self.alone(text)
        given = self.given(BoardForm, matter, equivalents.board)
        if given is None:
            return self.nothing()
        head = BoardFields(
            **{name: value for name, value in given.items() if name in _BOARD and name != "extra"},
            **given.get("markdown", {}),
            kind_line=matter.lines.get("kind", 1),
            extra=given.get("extra", {}),
            show=podcasts.show(given),
        )
        return self.document(head, _own_text(matter))

    def member(self, text: str) -> Document:
        """A member's file."""
        matter = self.alone(text)
        given = self.given(MemberForm, matter, equivalents.member)
        return self.nothing() if given is None else self.document(MemberFields(**given), _own_text(matter))

    def replies_file(self, text: str) -> Document:
        """A file of replies in a topic's folder; the first may have its header at the top."""
        top, *rest = cutting.cut(text)
        ids = _file_ids(self.source, len(rest) + 1)
        replies: list[Entry | None] = []
        if top.text.strip():
            replies.append(self.top_reply(top.text, next(ids)))
        elif not rest:
            self.error(1, "", "expected a reply, found an empty file", "Write the reply, or delete the file.")
        replies += [self.reply(piece, next(ids)) for piece in rest]
        return self.document(None, *(self.dated(reply) for reply in replies if reply))

    def has_opening(self, text: str) -> bool:
        """Whether a topic has an opening; a page may be empty."""
        if text.strip() or self.source.role is not Role.TOPIC:
            return True
        self.error(
            1, "", "expected an opening entry, found an empty file", "Write the topic's text at the top."
        )
        return False

    def opening(self, text: str) -> tuple[TopicFields, Entry] | None:
        matter = split(text, self.source.path)
        given = self.given(TopicForm, matter, equivalents.topic)
        if given is None:
            return None
        self.one_writer(given, 1)
        body, line = cutting.trimmed(matter.body, matter.body_line)
        if not given.get("title") and given.get("format", "") in {"", "markdown"}:
            given["title"], rest = leading_title(body)
            body, line = cutting.trimmed(rest, line + body.count("\n") - rest.count("\n"))
        entry = _entry(OPENING, 1, cutting.unescape(body), line, _opening_values(given))
        return _topic_fields(given, matter.lines), self.dated(entry)

    def replies(self, pieces: Sequence[Piece]) -> list[Entry]:
        """The replies in a topic's own file, the first of which is 2."""
        if self.source.role is not Role.TOPIC:
            self.refuse(pieces)
            return []
        read = (self.reply(piece, str(number)) for number, piece in enumerate(pieces, 2))
        return [reply for reply in read if reply]

    def refuse(self, pieces: Iterable[Piece]) -> None:
        """Replies where there can be none."""
        for piece in pieces:
            self.error(piece.line - 1, "", "expected no replies here: only topics have them", _SEPARATES)

    def alone(self, text: str) -> FrontMatter:
        """The header and text of a file that has no replies."""
        first, *rest = cutting.cut(text)
        self.refuse(rest)
        return split(first.text, self.source.path)

    def top_reply(self, text: str, place_id: str) -> Entry | None:
        matter = split(text, self.source.path)
        says = {name.lower() for name in matter.values} & _SAYS_REPLY
        if matter.problems or says or str(matter.values.get("reply", "")).lower() in YES:
            return self.entry(matter, 1, place_id)
        body, line = cutting.trimmed(matter.body, matter.body_line)
        return Entry(place_id, 1, line, cutting.unescape(body), stray=True)

    def reply(self, piece: Piece, place_id: str) -> Entry | None:
        return self.entry(split_header(piece.text, self.source.path, piece.line), piece.line - 1, place_id)

    def entry(self, matter: FrontMatter, line: int, place_id: str) -> Entry | None:
        """A reply with its header; None where it can't be read, its id then among the lost."""
        given = self.given(ReplyForm, matter, equivalents.reply, line)
        says = (given or {}).get("id") or _raw_id(matter) or place_id
        is_free = self.claim(says, matter.lines.get("id", line))
        if given is None or not is_free:
            if is_free:
                self.lost.append(says)
            return None
        self.one_writer(given, line)
        body, text_line = cutting.trimmed(matter.body, matter.body_line)
        if body and given.get("event"):
            message = "the text is left out: an event is one line, which says it all"
            problem = Problem(self.source.path, text_line, "event", message, "Make it a reply of its own.", "warning")
            self.problems.append(problem)
        return _entry(says, line, cutting.unescape(body), text_line, given)

    def claim(self, name: str, line: int) -> bool:
        """Takes an id for an entry, if it can be one and no other of the file has it."""
        if not _ID.fullmatch(name):
            self.error(line, "id", f"expected 1 to 64 of A-Z a-z 0-9 . _ -, not {shown(name)}")
        elif name == OPENING:
            self.error(line, "id", "expected another id: “1” is the opening's", "Count replies from 2.")
        elif name in self.ids:
            message = f"expected an id of its own: {shown(name)} is that of line {self.ids[name]}"
            self.error(line, "id", message, "Give each reply another `id`.")
        else:
            self.ids[name] = line
            return True
        return False

    def given(
        self, form: type[Record], matter: FrontMatter, translate: Translate, line: int = 1
    ) -> Given | None:
        """A header's typed values; None where one is wrong, and the entry can't be trusted."""
        self.problems.extend(matter.problems)
        if matter.problems:
            return None
        own = names(form)
        done = translate(matter.values, Place(self.source.path, matter.lines, line), own)
        values = done.values
        if self.unknown:
            values = {name: value for name, value in values.items() if name not in self.unknown}
        place = Place(self.source.path, done.lines, line)
        given, problems = read_values(
            form,
            values,
            place,
            zone=self.zone,
            unknown="warning",
            known=IGNORED,
            otherwise=_FOR_THEMES,
            guesses=50 - len(self.unknown),
        )
        if given.get("aliases"):
            given["aliases"] = self.usable(given["aliases"], place)
        if not values.keys() <= own:
            self.unknown.update(values.keys() - own)
        if not (problems or done.problems):
            return given
        self.problems.extend((*done.problems, *problems))
        return None if any(problem.severity == "error" for problem in problems) else given

    def usable(self, aliases: Sequence[str], place: Place) -> tuple[str, ...]:
        """The old addresses that can be files of the site; the others are told."""
        for alias in aliases:
            if not alias_address(alias):
                message = f"expected an address of this site, not {shown(alias)}; it leads nowhere"
                self.problems.append(place.problem("aliases", message, "Write the path alone, as /2019/05/tea.html.", "warning"))
        return tuple(alias for alias in aliases if alias_address(alias))

    def one_writer(self, given: Given, line: int) -> None:
        """Someone is a member or a visitor, not both."""
        if given.get("author") and given.get("name"):
            message = f"left out: {shown(given.pop('name'))} is beside an `author`, who is a member"
            hint = "Write `author` for a member, `name` for a visitor."
            self.problems.append(Problem(self.source.path, line, "name", message, hint, "warning"))

    def dated(self, entry: Entry) -> Entry:
        """The entry, with the date in the file's name where it has none of its own."""
        day = file_date(_file_name(self.source))[0] if entry.date is None else None
        return replace(entry, date=dates.parse(day.isoformat(), self.zone)) if day else entry

    def error(self, line: int, name: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(self.source.path, line, name, message, hint))

    def nothing(self) -> Document:
        """What is left of a file whose opening can't be read."""
        self.lost.append(OPENING)
        return self.document(None)

    def document(self, head: Head | None, *entries: Entry) -> Document:
        problems = sorted(self.problems, key=lambda problem: problem.line)
        return Document(head, entries, tuple(self.lost), tuple(problems))


def _entry(own_id: str, line: int, text: str, text_line: int, given: Given) -> Entry:
    values = {name: value for name, value in given.items() if name in _ENTRY}
    values.pop("id", None)
    return Entry(own_id, line, text_line, text, given.get("author", ()), **values)


def _opening_values(given: Given) -> Given:
    """What the header says of the entry; title and aliases are the topic's."""
    values = {name: value for name, value in given.items() if name not in {"title", "aliases"}}
    if isinstance(audio := given.get("audio"), RemoteSound):
        values["audio"] = audio.url
    return values


def _topic_fields(given: Given, lines: Mapping[str, int]) -> TopicFields:
    values = {name: value for name, value in given.items() if name in _TOPIC and name != "extra"}
    # `episode` is a number in a header, and all that it says of an episode here.
    values["episode"] = podcasts.episode(given)
    if origin := given.get("source"):
        values["system"] = origin.system.lower()
    accepted, recap = lines.get("accepted", 1), lines.get("recap", 1)
    return TopicFields(**values, accepted_line=accepted, recap_line=recap, extra=given.get("extra", {}))


def _own_text(matter: FrontMatter) -> Entry:
    """A board's or member's own text."""
    text, line = cutting.trimmed(matter.body, matter.body_line)
    return Entry(OPENING, text_line=line, text=cutting.unescape(text))


def _raw_id(matter: FrontMatter) -> str:
    """The id in a header that can't be read, so that those who answer it have something to hang on."""
    if not matter.problems:
        value = matter.values.get("id")
        return value.strip() if isinstance(value, str) else ""
    header = matter.body.partition("\n\n")[0]
    found = _ID_LINE.search(header)
    return found[1] if found else ""


def _file_name(source: Source) -> str:
    """The name that an author gave: the folder's for an index.md, without ending and language."""
    path = PurePosixPath(source.path)
    stem = path.stem.removesuffix(f".{source.language}") if source.language else path.stem
    return path.parent.name if stem in {"index", "_index"} else stem


def _file_ids(source: Source, count: int) -> Iterator[str]:
    """Ids for a file's replies: its name, then its name and the place, so that the first keeps its own."""
    name = _file_name(source)
    if not _ID.fullmatch(name) or len(name) > 58:
        name = "r" + digest.of_text(unicodedata.normalize("NFC", name)).hex()[:12]
    yield name
    for number in range(2, count + 1):
        yield f"{name}-{number}"
