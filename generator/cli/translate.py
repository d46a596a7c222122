"""`anjoman translate`: tells which words of the interface have no translation, and writes the file to put them in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import exits
from generator.cli.options import block, strict
from generator.cli.place import shown_path, site_root
from generator.cli.printing import counted, print_problems, printable
from generator.errors import Problem, SiteError

if TYPE_CHECKING:
    from generator.language.words import Words
    from generator.theming.theme import Theme
    from generator.translation import Status, Word


@click.command(
    epilog=block(
        "Examples",
        "anjoman translate                  how far each language is",
        "anjoman translate nl               what Dutch lacks",
        "anjoman translate nl --write       begin locale/nl.po, or add what it lacks",
        "anjoman translate en --write --all all words of an English site, to change some",
    ),
)
@click.argument("language", required=False)
@click.option("--write", is_flag=True, help="Write what is missing into the site's locale/LANGUAGE.po.")
@click.option("--all", "everything", is_flag=True, help="Write all words, not only those that lack a translation.")
@click.option("--into", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write into this file instead.")
@click.option("--theme", "name", metavar="NAME", help="The words of this theme. Default: the site's own.")
@click.option("--every-theme", is_flag=True, help="The words of all themes that there are.")
@strict
def command(
    language: str | None, write: bool, everything: bool, into: Path | None, name: str | None, every_theme: bool, strict: bool
) -> int:
    """List the words of the interface that have no translation.

    Without a language it tells how far each one is. With --write it writes a catalog (.po) to translate in, or adds
    to yours what it lacks. With --strict a missing word is an error.
    """
    from generator import translation

    root = site_root()
    themes = _themes(root, name, every=every_theme)
    words, catalogs = translation.words_of(themes), themes[0].words
    if language is None:
        return _overview(words, catalogs)
    tag = _tag(language)
    target = into.absolute() if into else root / "locale" / f"{tag}.po"
    if write or into:
        _write(target, tag, words, catalogs, root, everything=everything)
        catalogs = _themes(root, name, every=False)[0].words
    found = translation.status(words, tag, catalogs.chain(tag))
    _print(found, tag, listed=not (write or into))
    print_problems(found.wrong)
    return exits.PROBLEMS if found.wrong or (strict and found.missing) else exits.FINE


def _themes(root: Path, name: str | None, *, every: bool) -> list[Theme]:
    """The theme whose words are wanted, the site's own first."""
    from generator.installed import builtin_themes
    from generator.settings import reading as config
    from generator.theming import theme

    names = [name or config.load(root).site.theme]
    if every:
        places = (root / "themes", builtin_themes())
        names += sorted({manifest.parent.name for place in places for manifest in place.glob("*/theme.toml")})
    return [theme.load(one, root, {}) for one in dict.fromkeys(names)]


def _tag(language: str) -> str:
    from generator.language import TAG

    tag = language.replace("_", "-")
    if not TAG.fullmatch(tag):
        raise SiteError(Problem("", 0, "", f"“{language}” is no language: expected one as nl or pt-BR"))
    return tag


def _overview(words: tuple[Word, ...], catalogs: Words) -> int:
    """How far each language is."""
    from generator import translation
    from generator.language import own_name

    for tag in translation.languages(catalogs):
        status = translation.status(words, tag, catalogs.chain(tag))
        count = f"{translation.translated_count(status)} of {len(words)}"
        wrong = f", {len(status.wrong)} wrong" if status.wrong else ""
        click.echo(f"{tag:<8}{count}{wrong}  {own_name(tag)}")
    return exits.FINE


def _write(target: Path, tag: str, words: tuple[Word, ...], catalogs: Words, root: Path, *, everything: bool) -> None:
    """Write a catalog, or bring one up to date."""
    from generator import translation
    from generator.language.words import file_catalog, parsed

    others = [one for one in catalogs.chain(tag) if one.path.resolve() != target.resolve()]
    wanted = words if everything else translation.status(words, tag, others).missing
    old = parsed(file_catalog(target, tag, root)) if target.is_file() else None
    made = translation.updated(old, words, wanted, tag)
    if not len(made):
        click.echo(f"Every word has a translation in {tag}; --all writes them all.")
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(f"{made}\n", encoding="utf-8", newline="\n")
    click.echo(f"Wrote {printable(shown_path(target, root))}: {counted(len(made), 'word')}.")


def _print(status: Status, tag: str, *, listed: bool) -> None:
    from generator.translation import translated_count

    click.echo(f"{tag}: {translated_count(status)} of {counted(len(status.words), 'word')} have a translation.")
    for word in status.missing if listed else ():
        plural = f" / {word.plural}" if word.plural else ""
        click.echo(f"  {printable(word.text + plural)}  ({printable(', '.join(word.places))})")
