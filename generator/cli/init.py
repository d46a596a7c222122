"""`anjoman init`: begins a small, complete site of one's own."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import click

from generator.cli import exits
from generator.cli.options import block
from generator.errors import Problem, SiteError

_MARK = re.compile("@(TITLE|AUTHOR|QUOTED_AUTHOR|STEM|DAY1|DAY2)@")

TITLES = {"en": "Our community", "fa": "انجمن ما"}


@click.command(
    epilog=block(
        "Examples",
        "anjoman init my-site",
        'anjoman init my-site --title "The Tea Room"',
        "anjoman init my-site --language fa        a Persian site",
    ),
)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@click.option("--title", help="The community's name. Default: asked for.")
@click.option(
    "--language", type=click.Choice(sorted(TITLES)), default="en", show_default=True, help="The site's language."
)
@click.option("--author", help="Your name. Default: who you are to git or your computer.")
@click.option(
    "--force-free", "--force", "force", is_flag=True, help="Use a folder that isn't empty; what is in it stays as it is."
)
def command(folder: Path, title: str | None, language: str, author: str | None, force: bool) -> int:
    """Begin a site in a new folder.

    DIR gets settings with all their explanations, two boards (a forum and a blog), a topic with replies,
    a post, a page and your own profile, all of them yours to change.
    """
    from generator.scaffold import create, one_line

    if not force:
        _refuse_full(folder)
    if title is None and sys.stdin.isatty():
        title = click.prompt("What is your community called?", default=TITLES[language])
    words = _words(one_line(title or "") or TITLES[language], one_line(author or "") or _user(), language)
    for name, text in starter(language, words):
        try:
            create(folder / name, text)
        except FileExistsError:
            click.echo(f"Kept {name}, which was there already.", err=True)
    click.echo(f"Your site is in {folder}. Now run:\n\n    cd {folder}\n    anjoman serve --open\n")
    return exits.FINE


def _refuse_full(folder: Path) -> None:
    # What is hidden, as .git, is no site.
    if folder.is_dir() and any(not each.name.startswith(".") for each in folder.iterdir()):
        hint = "Name a new folder, or add --force-free: what is in the folder then stays as it is."
        raise SiteError(Problem(folder.as_posix(), 0, "", "the folder isn't empty", hint))


def _user() -> str:
    from generator.cli.writer import user_name

    return user_name() or "admin"


def _words(title: str, author: str, language: str) -> dict[str, str]:
    """What the marks in the templates stand for."""
    from generator.scaffold import file_stem, scalar

    today = datetime.now(UTC)
    return {
        "TITLE": json.dumps(title, ensure_ascii=False),
        "AUTHOR": scalar(author),
        "QUOTED_AUTHOR": json.dumps(author, ensure_ascii=False),
        "STEM": file_stem(author, language),
        "DAY1": f"{today - timedelta(days=2):%Y-%m-%d}",
        "DAY2": f"{today - timedelta(days=1):%Y-%m-%d}",
    }


def starter(language: str, words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The files of a new site in a language: their names and texts."""
    for name, template in _templates(files("generator.cli") / "templates" / language, ""):
        text = template.read_text(encoding="utf-8")
        yield _file_name(name, words), _MARK.sub(lambda found: words[found[1]], text)


def _file_name(name: str, words: Mapping[str, str]) -> str:
    # Packages carry hidden files and odd names badly, so the templates have plain ones.
    if name == "gitignore":
        return ".gitignore"
    return name.replace("MEMBER", words["STEM"]).replace("DAY1", words["DAY1"])


def _templates(folder: Traversable, below: str) -> Iterator[tuple[str, Traversable]]:
    for each in sorted(folder.iterdir(), key=lambda each: each.name):
        if each.is_dir():
            yield from _templates(each, f"{below}{each.name}/")
        else:
            yield f"{below}{each.name}", each
