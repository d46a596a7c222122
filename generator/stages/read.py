"""Read: a source becomes entries with safe HTML and facts, in a worker process.

A source is cut into entries first; only an entry whose HTML is not known yet is rendered. What its text
points to elsewhere stays a mark, so that nothing here depends on another file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from generator import digest
from generator.catalog.database import shared_readonly
from generator.catalog.keys import board_owner
from generator.catalog.packing import dump, load
from generator.catalog.rows import EntryRow, HtmlRow, said
from generator.errors import Problem
from generator.language import detect
from generator.language.words import UNWORDED, Words, gettext_noop
from generator.markup.citing import cites
from generator.markup.document import read_document
from generator.markup.interface import Options
from generator.media import NO_MEDIA, Media
from generator.media.pictures import is_named
from generator.model import OPENING, Document, Entry, Moment, Role, Source, TopicFields
from generator.settings import Settings
from generator.slugs import file_date
from generator.stages.steady import steadily

T = TypeVar("T")

_SAID = (Role.TOPIC, Role.REPLIES)
"""What holds the words of people, and not of the site's owner."""

GONE = b""
"""The digest of a file that went after it was scanned."""

PICTURE, LEAST = 20, 20_000
"""For how many texts a picture counts of which sizes are made, and how many bytes it has at least."""

LABELS = (
    ("note", gettext_noop("Note")),
    ("tip", gettext_noop("Tip")),
    ("important", gettext_noop("Important")),
    ("warning", gettext_noop("Warning")),
    ("caution", gettext_noop("Caution")),
    ("spoiler", gettext_noop("Spoiler")),
    ("quote", gettext_noop("Quoted text")),
    ("earlier", gettext_noop("Earlier message")),
    ("footer", gettext_noop("The list's footer")),
)
"""The kinds of boxes in texts and what they are called, and of what is folded in mails."""


class Markup(Struct, frozen=True):
    """How the text on a board is read: `mail` as mail where it is plain text, `hides` without addresses for mail."""

    engine: str
    breaks: bool
    format: str
    language: str
    mail: bool = False
    hides: bool = False


class Task(Struct, frozen=True):
    """One source to read; `known` is the digest that it had under the same recipe, b"" if it must be read."""

    source: Source
    markup: Markup
    recipe: bytes
    known: bytes

    @property
    def weight(self) -> int:
        """For how many texts it counts when work is shared out: sizes of a picture take as long as many of them."""
        is_file = self.source.role in (Role.ASSET, Role.STATIC)
        return PICTURE if is_file and self.source.size >= LEAST and is_named(self.source.path) else 1


class Reading(Struct, frozen=True):
    """What was read of one source, as the catalog stores it; `document` is False where only its date changed, or it is gone.

    An `undated` one depends on the repository's history, so it is read again in every build. A `stray` text is kept
    for the topic that names it as a transcript. Of a `wiki` git tells the history; what changed in a `shy` one is not shown.
    """

    source: Source
    recipe: bytes
    digest: bytes
    document: bool = False
    head: bytes | None = None
    lost: bytes = b"[]"
    entries: tuple[tuple[bytes, bytes], ...] = ()
    html: tuple[tuple[bytes, bytes], ...] = ()
    problems: tuple[Problem, ...] = ()
    undated: bool = False
    stray: tuple[EntryRow, ...] = ()
    media: Media = NO_MEDIA
    wiki: bool = False
    shy: bool = False


def owner(source: Source) -> str:
    """Whose entries a source holds."""
    if source.role is Role.BOARD:
        return board_owner(source.board, source.language)
    if source.role is Role.MEMBER:
        return f"member/{source.topic}"
    return f"topic/{source.topic}"


class Reader(Struct, frozen=True):
    """Reads batches of sources; it is sent to the workers, so it holds plain data only.

    `settled` says that nobody was writing to the sources when they were scanned.
    """

    root: Path
    settings: Settings
    version: bytes
    build: str
    state: Path | None
    settled: bool = False
    words: Words = UNWORDED

    def __call__(self, tasks: Sequence[Task]) -> list[Reading]:
        """What the sources say."""
        return [self._read(task) for task in tasks]

    def prepare(self) -> None:
        """Load the engine."""
        from generator.markup import render  # noqa: F401 - it loads what it needs
        from generator.markup.engines import engine

        engine(self.settings.markdown.engine)

    def _read(self, task: Task) -> Reading:
        source = task.source
        try:
            if source.role in (Role.ASSET, Role.STATIC):
                return self._file(task)
            data = self._taken(source, Path.read_bytes)
        except FileNotFoundError:
            return Reading(source, task.recipe, GONE)
        except OSError as error:
            problem = Problem(source.path, 0, "", f"the file can't be read: {error.strerror}", "Mend its permissions.")
            return Reading(source, task.recipe, b"", document=True, problems=(problem,))
        found = digest.of_bytes(data)
        if found == task.known:
            return Reading(source, task.recipe, found)
        document = read_document(source, data, self.settings)
        if task.markup.hides and source.role in _SAID:
            from generator.markup import hiding

            document = hiding.document(document)
        return self._document(task, found, document)

    def _file(self, task: Task) -> Reading:
        """A file that is copied."""
        from generator.stages import files  # most builds read none

        found = self._taken(task.source, files.take)
        about, problems = files.about(self.root, task.source, found, self.settings.pictures)
        return Reading(task.source, task.recipe, found.digest, media=about, problems=problems)

    def _taken(self, source: Source, take: Callable[[Path], T]) -> T:
        return steadily(self.root / source.path, source, take, settled=self.settled)

    def _document(self, task: Task, found: bytes, document: Document) -> Reading:
        problems = list(document.problems)
        known: dict[bytes, bytes] = {}
        entries: list[tuple[bytes, bytes]] = []
        head = document.head
        stray: list[EntryRow] = []
        common = self._options(task)
        for entry in self._dated(task.source, document.entries, problems):
            key, row, data = self._html(task, entry, common, problems)
            if data is not None:
                known[key] = data
            if entry.id == OPENING and isinstance(head, TopicFields) and not head.title:
                head = replace(head, title=_title(task.source, row))
            direction = entry.dir or detect(row.text[:2000])
            entries.append((dump(said(entry, direction, key, row, cites(row, task.source.path, self.settings.site.url))), key))
            if entry.stray:
                stray.append(EntryRow(entry.id, 1, 1, task.source.path, entry.text_line, dir=direction, html=key))
        return Reading(
            task.source, task.recipe, found, document=True,
            head=None if head is None else dump(head), lost=dump(document.lost),
            entries=tuple(entries), html=tuple(known.items()), problems=tuple(problems),
            undated=_is_wiki(head) or any(_undated(task.source, entry) for entry in document.entries), stray=tuple(stray),
            wiki=_is_wiki(head), shy=_is_wiki(head) and (task.markup.hides or _is_shy(document)),
        )  # fmt: skip

    def _dated(self, source: Source, entries: tuple[Entry, ...], problems: list[Problem]) -> Iterator[Entry]:
        """The entries; an opening without a date takes that of its file's first commit."""
        for entry in entries:
            if not _undated(source, entry):
                yield entry
                continue
            date = _first_commits(self.root, self.build).get(source.path)
            message = "there is no date" + ("; that of the file's first commit is taken" if date else "")
            hint = "Write `date: YYYY-MM-DD HH:MM` into the file's head."
            problems.append(Problem(source.path, entry.line, "date", message, hint, "warning"))
            yield replace(entry, date=date)

    def _html(
        self, task: Task, entry: Entry, common: Options, problems: list[Problem]
    ) -> tuple[bytes, HtmlRow, bytes | None]:
        """The digest of an entry's HTML, the row, and its bytes if it was not known."""
        options = _for_entry(common, entry)
        key = _key(entry.text, common, options, self.version)
        known = self._known(key)
        if known is not None:
            return key, known, None
        from generator.markup.render import render

        rendered = render(entry.text, options)
        for problem in rendered.problems:
            line = entry.text_line + max(problem.line, 1) - 1
            problems.append(replace(problem, path=task.source.path, line=line))
        row = HtmlRow(
            rendered.html, rendered.marks, rendered.text, rendered.headings, rendered.images, rendered.words
        )
        return key, row, dump(row)

    def _options(self, task: Task) -> Options:
        """How the entries of a source are read; an entry adds its prefix, and may have a format of its own."""
        trusted = self.settings.is_trusted(task.source.path)
        said = task.source.role in _SAID
        return Options(
            engine=task.markup.engine,
            format=task.markup.format or ("text" if task.markup.mail and said else "markdown"),
            breaks=task.markup.breaks,
            trusted=trusted,
            raw_html=trusted and self.settings.markdown.html == "trusted",
            labels=_labels(self.words, task.source.language or task.markup.language),
            mail=task.markup.mail and said,
            hides=task.markup.hides and said,
        )

    def _known(self, key: bytes) -> HtmlRow | None:
        if self.state is None:
            return None
        found = shared_readonly(self.state, self.build).execute(
            "SELECT data FROM html WHERE digest = ?", [key]
        ).fetchone()
        return load(HtmlRow, found[0]) if found else None


def _for_entry(common: Options, entry: Entry) -> Options:
    prefix = "s-" if entry.id == OPENING else f"r-{entry.id}-"
    return Options(
        common.engine, entry.format or common.format, common.breaks, prefix, common.trusted, common.raw_html, common.labels,
        common.mail, common.hides,
    )  # fmt: skip


def _key(text: str, common: Options, options: Options, version: bytes) -> bytes:
    """The digest of all that an entry's HTML depends on."""
    # Neither a format nor a prefix holds a NUL, so that nothing runs into the text.
    own = f"{options.format}\0{options.prefix}\0{text}".encode("utf-8", "surrogatepass")
    return digest.of_bytes(_terms(common, version) + own)


@lru_cache(maxsize=64)
def _terms(common: Options, version: bytes) -> bytes:
    """The digest of what a source's entries have in common."""
    return digest.of(common, version)


def _undated(source: Source, entry: Entry) -> bool:
    return source.role is Role.TOPIC and entry.id == OPENING and entry.date is None


def _is_wiki(head: object) -> bool:
    return isinstance(head, TopicFields) and head.wiki


def _is_shy(document: Document) -> bool:
    """Whether something in the file is not to be seen: an older text of it may be as little."""
    return any(entry.hidden or entry.deleted for entry in document.entries)


def _title(source: Source, row: HtmlRow) -> str:
    """A title for a topic that has none: its first heading, else its file's name."""
    if row.headings:
        return row.headings[0].text
    name = file_date(source.topic.removesuffix(f".{source.language}" if source.language else "").rpartition("/")[2])[1]
    return name.replace("-", " ").replace("_", " ").strip().capitalize() or source.topic


@cache
def _labels(words: Words, language: str) -> tuple[tuple[str, str], ...]:
    """What alerts and spoilers are called in a language."""
    messages = words.messages(language)
    return tuple((name, messages.gettext(word)) for name, word in LABELS)


@lru_cache(maxsize=1)
def _first_commits(root: Path, build: str) -> dict[str, Moment]:
    """When each file was first committed, empty where the site is not in a git repository; asked once a build."""
    import subprocess  # most sites give all dates

    command = ["git", "log", "--diff-filter=A", "--format=%x00%ct", "--name-only", "--relative", "-z", "--", "content"]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, check=True)  # noqa: S603 - fixed words
    except (OSError, subprocess.CalledProcessError):
        return {}
    found: dict[str, Moment] = {}
    date = 0
    for part in done.stdout.decode("utf-8", "replace").split("\0"):
        text = part.strip("\n")
        if text.isdecimal():
            date = int(text)
        elif text:
            found[text] = date
    return found
