"""A small site's folder: its texts with their heads, its settings, its other files.

All randomness comes from one `Random`, so that a failing script of edits can be run again by its seed.
Which edits there are is said in `content`, `surroundings` and `hands`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.laws.values import (
    BOARD_FIELDS,
    EQUIVALENTS,
    MEMBER_FIELDS,
    REPLY_FIELDS,
    TEXTS,
    TOPIC_FIELDS,
    Values,
)

FIRST_NOW = 1_770_000_000
SOURCES = ("content", "static", "themes", "locale", ".git")

Edit = Callable[[], str]


@dataclass(slots=True)
class Text:
    """A Markdown file as the world wrote it."""

    head: dict[str, str]
    body: str


class Folder:
    """The site's files as they should be; a change is on the disk at once."""

    def __init__(self, root: Path, random: Random) -> None:
        self.root = root
        self.random = random
        self.now = FIRST_NOW
        self.drafts = False
        self.settings: dict[str, str] = {"title": '"Community"', "url": '"https://example.org/"', "languages": '["fa"]'}
        self.settings["pictures.widths"] = "[32]"
        self.texts: dict[str, Text] = {}

    # Files -----------------------------------------------------------------

    def put(self, path: str, data: bytes) -> bool:
        """Write a file, if it can stand there."""
        target = self.root / path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        except (FileExistsError, NotADirectoryError, IsADirectoryError):
            self.texts.pop(path, None)
            return False
        return True

    @staticmethod
    def date(path: Path, mtime_ns: int) -> None:
        """Give a file a date."""
        os.utime(path, ns=(mtime_ns, mtime_ns))

    def move(self, path: str, target: str) -> None:
        """Rename a file or folder, and know its texts by their new names."""
        (self.root / target).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).rename(self.root / target)
        for old in [one for one in self.texts if one == path or one.startswith(f"{path}/")]:
            self.texts[target + old.removeprefix(path)] = self.texts.pop(old)

    def forget_gone(self) -> None:
        """Forget the texts whose files are no more."""
        self.texts = {path: text for path, text in self.texts.items() if (self.root / path).is_file()}

    def any_text(self, wanted: Callable[[str], bool] = lambda path: True) -> str | None:
        """One of the Markdown files, None if there is none."""
        return self.pick(path for path in self.texts if wanted(path))

    def any_folder(self) -> str | None:
        """One of the folders below content/."""
        content = self.root / "content"
        return self.pick(
            Path(place, name).relative_to(self.root).as_posix()
            for place, names, _ in os.walk(content)
            for name in names
            if not name.startswith(".")
        )

    def pick(self, names: Iterable[str]) -> str | None:
        """One of some names, whatever order they come in."""
        found = sorted(names)
        return self.random.choice(found) if found else None

    # Texts -----------------------------------------------------------------

    def fields(self, path: str) -> Values:
        """The fields that a file may have."""
        if path.endswith(("board.md", "_index.md", "board.fa.md")):
            return BOARD_FIELDS
        if path.startswith("content/members/"):
            return MEMBER_FIELDS
        head = self.texts[path].head if path in self.texts else {}
        return REPLY_FIELDS if "author" in head and "title" not in head else TOPIC_FIELDS

    def document(self, path: str, fields: Values, head: dict[str, str], replies: int) -> None:
        """Write a new text with so many replies in it."""
        body = self.random.choice(TEXTS) + "\n" + "".join(self._reply(place) for place in range(replies))
        self.texts[path] = Text({**self._some(fields), **head}, body)
        self.save(path)

    def save(self, path: str) -> None:
        """Write a text as it now is."""
        text = self.texts[path]
        lines = "".join(f"{name}: {value}\n" for name, value in text.head.items())
        self.put(path, f"---\n{lines}---\n{text.body}".encode())

    def _reply(self, place: int) -> str:
        head = {"id": str(place + 2), "author": self.random.choice(self.authors()), "date": self.random.choice(self.dates())}
        head |= self._some(REPLY_FIELDS)
        lines = "".join(f"{name}: {value}\n" for name, value in head.items())
        return f"\n--- reply\n{lines}---\n{self.random.choice(TEXTS)}\n"

    def _some(self, fields: Values) -> dict[str, str]:
        """Up to two fields; now and then one as another generator writes it."""
        names = self.random.sample(sorted(fields), self.random.randrange(3))
        found = {name: self.random.choice(fields[name]) for name in names if name != "access"}
        if fields is TOPIC_FIELDS and self.random.random() < 0.1:
            name = self.random.choice(sorted(EQUIVALENTS))
            found[name] = self.random.choice(EQUIVALENTS[name])
        return found

    @staticmethod
    def authors() -> tuple[str, ...]:
        """Who may write."""
        return REPLY_FIELDS["author"]

    @staticmethod
    def dates() -> tuple[str, ...]:
        """When."""
        return REPLY_FIELDS["date"]

    # The whole -------------------------------------------------------------

    def save_settings(self) -> None:
        """Write site.toml; TOML wants the theme's name in its section where there is one."""
        sections: dict[str, list[str]] = {"": []}
        options = any(name.startswith("theme.") for name in self.settings)
        for name, value in self.settings.items():
            section, _, key = ("theme.name" if name == "theme" and options else name).rpartition(".")
            sections.setdefault(section, []).append(f"{key} = {value}")
        tops, *others = [(f"\n[{name}]\n" if name else "") + "\n".join(rows) for name, rows in sections.items()]
        self.put("site.toml", ("\n".join([tops, *others]) + "\n").encode())

    def copy_to(self, folder: Path) -> None:
        """The same sources in another folder, with other dates."""
        for name in SOURCES:
            shutil.rmtree(folder / name, ignore_errors=True)
            if (self.root / name).is_dir():
                shutil.copytree(self.root / name, folder / name, symlinks=True, copy_function=_copy)
        shutil.copyfile(self.root / "site.toml", folder / "site.toml")


def _copy(source: str, target: str) -> None:
    shutil.copyfile(source, target, follow_symlinks=False)


def tree(folder: Path) -> dict[str, bytes]:
    """All files of an output and their bytes; a folder ends in a slash and has none."""
    found: dict[str, bytes] = {}
    for place, folders, names in os.walk(folder):
        found |= {f"{Path(place, name).relative_to(folder).as_posix()}/": b"" for name in folders}
        found |= {Path(place, name).relative_to(folder).as_posix(): Path(place, name).read_bytes() for name in names}
    return found
