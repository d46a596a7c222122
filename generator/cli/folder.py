"""What a site's folder holds, found without a build: its boards, topics and members."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from msgspec import Struct

from generator.errors import Problem, SiteError
from generator.markup.document import read_document
from generator.model import BoardFields, Document, MemberFields, Role, Source
from generator.settings import Settings
from generator.settings import reading as config
from generator.slugs import file_slug, fold
from generator.stages.scan import MARKDOWN, Scanner

_NO_BOARD = 'There is none yet. Begin one: anjoman new board "Café"'
_NO_TOPIC = 'There is none yet. Begin one: anjoman new topic cafe "A title"'


class Folder(Struct, frozen=True):
    """A site's folder as it was scanned."""

    root: Path
    settings: Settings
    sources: tuple[Source, ...]

    def of(self, role: Role) -> Iterator[Source]:
        """The sources of a role."""
        return (source for source in self.sources if source.role is role)

    def read(self, source: Source) -> Document:
        """What a source says."""
        return read_document(source, (self.root / source.path).read_bytes(), self.settings)

    # Boards ----------------------------------------------------------------

    def board(self, name: str) -> Source:
        """A board by its folder or its address (`cafe`, `content/cafe`, `/cafe/`); raises `SiteError`."""
        boards = {source.board: source for source in self.of(Role.BOARD) if not source.language}
        wanted = _key(name)
        found = boards.get(wanted) or next((boards[key] for key in boards if fold(key) == fold(wanted)), None)
        if found is None:
            raise SiteError(Problem("", 0, "", f"there is no board “{name}”", known_names(wanted, boards, _NO_BOARD)))
        return found

    def blogs(self) -> list[str]:
        """The boards of the kind `blog`, also those that are inside of one."""
        kinds = {source.board: self._kind(source) for source in self.of(Role.BOARD) if not source.language}
        return [key for key in kinds if _inherited(key, kinds) == "blog"]

    def _kind(self, source: Source) -> str:
        head = self.read(source).head
        return head.kind if isinstance(head, BoardFields) else ""

    # Topics ----------------------------------------------------------------

    def topic(self, name: str) -> Source:
        """A topic's opening, by its file, folder or address, or the last part of it; raises `SiteError`."""
        topics = {source.topic: source for source in self.of(Role.TOPIC)}
        wanted = _key(name)
        if wanted in topics:
            return topics[wanted]
        found = [key for key in topics if fold(_address(key)) == fold(_address(wanted))] or [
            key for key in topics if fold(_address(key).rpartition("/")[2]) == fold(wanted)
        ]
        if len(found) == 1:
            return topics[found[0]]
        if found:
            hint = f"Say which: {', '.join(sorted(found)[:5])}"
            raise SiteError(Problem("", 0, "", f"there are {len(found)} topics “{name}”", hint))
        raise SiteError(Problem("", 0, "", f"there is no topic “{name}”", known_names(wanted, topics, _NO_TOPIC)))

    def thread(self, topic: Source) -> list[Source]:
        """A topic's files: its opening, then those of its replies."""
        return [topic, *(source for source in self.of(Role.REPLIES) if source.topic == topic.topic)]

    # Members ---------------------------------------------------------------

    def member(self, names: Iterable[str]) -> str:
        """The member who has one of these names; "" where nobody has."""
        wanted = {fold(name) for name in names}
        sources = list(self.of(Role.MEMBER))
        found = [source for source in sources if fold(source.topic) in wanted] or [
            source for source in sources if wanted & self._names(source)
        ]
        return found[0].topic if found else ""

    def _names(self, source: Source) -> set[str]:
        head = self.read(source).head
        return {fold(name) for name in (head.name, *head.also)} if isinstance(head, MemberFields) else set()

    def stems(self, folder: str) -> set[str]:
        """The names of all that is in a folder below the site's, without their endings."""
        path = self.root / folder
        names = [each.name for each in path.iterdir()] if path.is_dir() else []
        return {PurePosixPath(name).stem if name.endswith(MARKDOWN) else name for name in names}


def open_folder(root: Path) -> Folder:
    """A site's folder; raises `SiteError` where its settings are wrong."""
    settings = config.load(root)
    languages = frozenset(settings.site.languages) - {settings.site.language}
    return Folder(root, settings, tuple(Scanner(root, languages, settings.site.language).sources()))


def _key(name: str) -> str:
    """What an author may type for a board or topic, as its key: the path under content/ without its ending."""
    _, scheme, rest = name.partition("://")
    path = unquote(rest.partition("/")[2]) if scheme else name.replace("\\", "/")
    path = path.partition("#")[0].strip("/").removeprefix("./").removeprefix("content/")
    for ending in MARKDOWN:
        path = path.removesuffix(ending)
    for file in ("board", "_index", "index"):
        path = path.removesuffix(f"/{file}")
    return path


def _address(key: str) -> str:
    """A key without the date in its last part, as its address is."""
    folder, slash, name = key.rpartition("/")
    return f"{folder}{slash}{file_slug(name)[1]}"


def _inherited(key: str, kinds: dict[str, str]) -> str:
    while key:
        if kinds.get(key):
            return kinds[key]
        key = key.rpartition("/")[0]
    return "forum"


def known_names(wanted: str, known: Iterable[str], none: str = "") -> str:
    """The hint for a name that is not known: the nearest, else some that there are, else `none`."""
    names = sorted(known)
    if close := get_close_matches(wanted, names, n=3, cutoff=0.5):
        return f"Did you mean {' or '.join(close)} ?"
    return f"There are: {', '.join(names[:10])}{' …' if len(names) > 10 else ''}" if names else none
