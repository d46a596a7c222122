"""A text on its way into a site: from the command line, from another program or from the editor.

A text that can't be written as it is can be mended in the editor, and is never lost.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Collection
from pathlib import Path

import click
from msgspec import Struct
from msgspec.structs import replace

from generator import scaffold
from generator.cli.folder import Folder
from generator.cli.printing import print_problems
from generator.errors import AnjomanError, Problem, SiteError
from generator.markup.document import read_document
from generator.markup.frontmatter import newlines, split
from generator.model import Role, Source


class Draft(Struct, frozen=True):
    """A text to be: where it will stand, its header's lines, what it says, and the ids that it can't have."""

    source: Source
    head: str
    text: str = ""
    taken: frozenset[str] = frozenset()

    def written(self) -> str:
        """As it will be in its file."""
        if self.source.role is Role.REPLIES:
            return scaffold.reply(self.head, self.text)
        return scaffold.document(self.head, self.text)


def compose(draft: Draft, folder: Folder, text: str | None, edit: bool | None) -> Draft | None:
    """The draft with its text: `-` reads it from the input, None opens the editor where there is a terminal.

    None where the author left the editor without a text. Raises `AnjomanError` where it can't be written.
    """
    if text == "-":
        text = _input()
    draft = replace(draft, text=text or "")
    if edit or (edit is None and text is None and sys.stdin.isatty()):
        return _edited(draft, folder)
    if problems := [problem for problem in _problems(draft, folder) if problem.severity == "error"]:
        raise AnjomanError(problems)
    return draft


def _input() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        hint = "Change the text's encoding, as with iconv."
        raise SiteError(Problem("", 0, "", "the input isn't UTF-8", hint)) from error


def _edited(draft: Draft, folder: Folder) -> Draft | None:
    """The draft from the editor, again and again until it is right."""
    text: str | None = f"{scaffold.document(draft.head, draft.text)}\n"
    while (text := _editor(text or "")) is not None:
        found, problems = _parsed(draft, text, folder)
        if not problems:
            return found if found.text.strip() or draft.source.role in (Role.BOARD, Role.MEMBER) else None
        print_problems(problems)
        if not click.confirm("Edit it again?", default=True, err=True):
            raise AnjomanError(_kept(text, draft))
    return None


def _editor(text: str) -> str | None:
    try:
        edited = click.edit(text, extension=".md", require_save=True)
    except click.ClickException as error:
        hint = "Name one in the variable EDITOR, or use --no-edit."
        raise click.UsageError(f"the editor could not be used: {error.format_message()}\n{hint}") from error
    return None if edited is None else newlines(edited).removeprefix("\ufeff")


def _parsed(draft: Draft, text: str, folder: Folder) -> tuple[Draft, list[Problem]]:
    """What the author made of the draft, and the errors in it."""
    matter = split(text, draft.source.path)
    if matter.problems:
        return draft, list(matter.problems)
    # The header is kept as it was typed, comments and all; one that was deleted is empty.
    rows = text.split("\n")[1 : matter.body_line - 2]
    found = replace(draft, head="".join(f"{row}\n" for row in rows), text=matter.body)
    return found, [problem for problem in _problems(found, folder) if problem.severity == "error"]


def _problems(draft: Draft, folder: Folder) -> list[Problem]:
    document = read_document(draft.source, draft.written().encode("utf-8", "replace"), folder.settings)
    clashes = [entry.id for entry in document.entries if entry.id in draft.taken]
    return [*document.problems, *(_clash(draft, name) for name in clashes)]


def _clash(draft: Draft, name: str) -> Problem:
    return Problem(draft.source.path, 0, "id", f"the topic has a reply “{name}” already", "Give it another id.")


def _kept(text: str, draft: Draft) -> Problem:
    """The error that says where a text that was not written is kept."""
    handle, name = tempfile.mkstemp(prefix="anjoman-", suffix=".md")
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
    return Problem(draft.source.path, 0, "", "nothing was written", f"Your text is kept in {Path(name)}")


def taken_ids(folder: Folder, sources: Collection[Source]) -> frozenset[str]:
    """The ids of all entries in some sources, those that can't be read too."""
    documents = [folder.read(source) for source in sources]
    return frozenset(
        name for found in documents for name in (*(entry.id for entry in found.entries), *found.lost)
    )
