"""New texts for a site: their headers, ids and file names; nothing that exists is ever overwritten.

Who writes what where is left to the callers: the command line, importers.
"""

from __future__ import annotations

import json
import re
import secrets
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from generator import slugs
from generator.markup import cutting
from generator.markup.frontmatter import read_flat
from generator.markup.yamlheader import parse_yaml

_RESERVED = frozenset({"index", "_index", "board", "page", "archive"})
"""File names that mean something else on a board, or whose addresses the site needs."""

# Without vowels, so that no word comes of it by chance.
_LETTERS = "bcdfghjkmnpqrstvwxz23456789"
_PLAIN_ITEM = re.compile(r"[^\W\d_][\w -]*\w|[^\W_]")
_UNWRITABLE = frozenset({"Cc", "Cs", "Cn", "Zl", "Zp"})


def one_line(text: str) -> str:
    """The text on one line, without characters that no header may hold."""
    kept = (" " if unicodedata.category(char) in _UNWRITABLE or char == "\ufeff" else char for char in text)
    return " ".join("".join(kept).split())


def scalar(text: str) -> str:
    """A text as a value of a header (YAML 1.1): in quotes only where it needs them."""
    text = one_line(text)
    line = f"x: {text}"
    read = read_flat(line)
    plain = text and read and read.values == {"x": text} == parse_yaml(line).values
    return text if plain else _quoted(text)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def header(fields: Mapping[str, str | Sequence[str]]) -> str:
    """The lines of a header, without the `---` around it; fields that are empty are left out."""
    return "".join(f"{name}: {_value(value)}\n" for name, value in fields.items() if value)


def _value(value: str | Sequence[str]) -> str:
    if isinstance(value, str):
        return scalar(value)
    items = map(one_line, value)
    return f"[{', '.join(item if _PLAIN_ITEM.fullmatch(item) else _quoted(item) for item in items)}]"


def document(head: str, text: str) -> str:
    """A file that begins with a header; `head` is the header's lines."""
    return f"---\n{head}---\n{_body(text)}"


def reply(head: str, text: str) -> str:
    """A reply as it stands in a topic's file or in one of its own."""
    return f"{cutting.SEPARATOR}\n{document(head, text).removeprefix('---' + chr(10))}"


def _body(text: str) -> str:
    """A text with lines that would begin a reply escaped, and one line feed at its end."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").rstrip()
    return f"{cutting.escape(text)}\n" if text else ""


def new_id(now: datetime, taken: Collection[str] = ()) -> str:
    """An id for a reply: the moment in UTC and four letters, so that two authors apart never choose the same."""
    while True:
        letters = "".join(secrets.choice(_LETTERS) for _ in range(4))
        found = f"{now.astimezone(UTC):%Y%m%d-%H%M%S}-{letters}"
        if found not in taken:
            return found


def file_stem(title: str, language: str = "") -> str:
    """A file's name for a title, without its ending; never one that means something else on a board."""
    # A dot could be read as the mark of a translation (tea.fa.md).
    stem = slugs.slug(title, language).replace(".", "-")
    return f"{stem}-1" if stem in _RESERVED else stem


def free_stem(stem: str, taken: Collection[str]) -> str:
    """The name, with a number after it if it is taken (in any case, with any date before it)."""
    folded = {slugs.fold(slugs.file_date(name)[1]) for name in taken}
    found, number = stem, 1
    while slugs.fold(slugs.file_date(found)[1]) in folded:
        number += 1
        found = f"{stem}-{number}"
    return found


def create(path: Path, text: str) -> None:
    """Write a new file, and the folders that it needs; raises FileExistsError where there is one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as stream:
        stream.write(text)


def append(path: Path, text: str) -> None:
    """Add a reply at a file's end, after an empty line, with the line ends that the file has."""
    with path.open("r+b") as stream:
        data = stream.read()
        last = data[data.rfind(b"\n", 0, len(data) - 1) + 1 :]
        gap = "" if not last.strip() else "\n" if last.endswith(b"\n") else "\n\n"
        ending = "\r\n" if b"\r\n" in data else "\n"
        stream.write(f"{gap}{text}".replace("\n", ending).encode())
