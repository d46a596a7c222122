"""`anjoman why`: explains why a page was built."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import to_builtins

from generator.cli import exits
from generator.cli.options import block, output
from generator.cli.place import shown_path, site_root
from generator.cli.printing import color, counted, errors_as_json, print_json, printable
from generator.errors import Problem, SiteError

if TYPE_CHECKING:
    import sqlite3

    from generator.site import Site
    from generator.why import Reason, Why

SHOWN = 10
"""Keys that are printed unless all are asked for."""


@click.command(
    epilog=block(
            "Examples",
            "anjoman why /cafe/which-reader/",
            "anjoman why https://example.org/forum/cafe/which-reader/",
            "anjoman why output/cafe/which-reader/index.html",
            "anjoman why content/cafe/which-reader.md",
        )
        + block(
            "The JSON object's keys",
            "pages      objects with address, kind, argument, source, run (the build in which it was last",
            "           looked at), last_run, mtime_ns, unfinished, and reasons: objects with key, meaning,",
            "           run (the build in which it last changed, 0 for never), sources, count",
        ),
)
@click.argument("page")
@output
@click.option("-v", "--all", "everything", is_flag=True, help="Print all keys that the page read.")
@click.option("--json", "as_json", is_flag=True, help="Print the reasons as JSON, for other programs.")
def command(page: str, output: Path | None, everything: bool, as_json: bool) -> int:
    """Explain why a page was built.

    PAGE is a URL, an address on the site, a file of the output, or a file of the content. Pages read
    keys: facts, as a topic's title. A page is made again when a key that it read changes. So it prints
    which files are behind which keys: file → key → page.
    """
    from generator.build import open_site
    from generator.why import why

    with errors_as_json(as_json):
        site = open_site(site_root(), output=output)
        with closing(_database(site)) as database:
            found = [why(database, address) for address in _addresses(database, site, page)]
    explained = [each for each in found if each]
    if as_json:
        print_json({"ok": True, "pages": [to_builtins(each) for each in explained]})
        return exits.FINE
    for each in explained:
        _print(each, site, everything=everything)
    return exits.FINE


def _database(site: Site) -> sqlite3.Connection:
    from generator.why import opened

    database = opened(site.state)
    if database is None:
        message = f"{shown_path(site.output, site.root)} has not been built yet, or by another version"
        raise SiteError(Problem("", 0, "", message, "Run anjoman build first."))
    return database


def _addresses(database: sqlite3.Connection, site: Site, page: str) -> tuple[str, ...]:
    """The addresses of the pages that are meant; raises `SiteError` where there are none."""
    from generator.why import address_of, known_address, made_from

    for base in (Path.cwd(), site.root):
        path = (base / page).absolute()
        if path.is_relative_to(site.root) and (found := made_from(database, shown_path(path, site.root))):
            return found
    folders = [(base, site.output) for base in (Path.cwd(), site.root, site.output)]
    address = address_of(page, site.settings.site.prefix, folders)
    known = known_address(database, address)
    if known is None:
        raise SiteError(_unknown(database, address))
    return (known,)


def _unknown(database: sqlite3.Connection, address: str) -> Problem:
    from generator.why import nearest_addresses

    near = nearest_addresses(database, address)
    hint = f"Did you mean {' or '.join(near)} ?" if near else "Drafts and pages of the future are not built."
    return Problem("", 0, "", f"the site has no page {address}", hint)


def _print(why: Why, site: Site, *, everything: bool) -> None:
    from generator.stages.write import file_path

    file = file_path(site.output, why.address)
    _say(why.address, bold=True)
    _say(f"  file     {shown_path(file, site.root)}, {_written(why)}")
    _say(f"  kind     {why.kind} {why.argument}".rstrip())
    if why.source:
        _say(f"  source   {why.source}")
    _say(f"  build    looked at in build {why.run}; the last build was {why.last_run}")
    if why.unfinished:
        _say("  Its last making failed, so the page before it stands. Run anjoman build to see why.")
    _print_causes(why)
    _print_others(why, everything=everything)


def _written(why: Why) -> str:
    if not why.mtime_ns:
        return "not written yet"
    return f"written {datetime.fromtimestamp(why.mtime_ns // 10**9):%Y-%m-%d %H:%M:%S}"


def _print_causes(why: Why) -> None:
    if not why.causes:
        _say("  Nothing that it reads changed in that build: the page was new, its file was missing,")
        _say("  or the theme, a setting of the theme or Anjoman itself had changed.")
        return
    _say("  It was looked at because these changed in that build:")
    for reason in why.causes:
        _print_reason(reason)


def _print_others(why: Why, *, everything: bool) -> None:
    others = [reason for reason in why.reasons if reason not in why.causes]
    shown = others if everything else others[:SHOWN]
    if others:
        _say("  It also reads:" if why.causes else "  It reads:")
    for reason in shown:
        _print_reason(reason)
    if left := len(others) - len(shown):
        _say(f"  … and {counted(left, 'more key')}; --all shows them.")


def _print_reason(reason: Reason) -> None:
    changed = f"changed in build {reason.run}" if reason.run else "unchanged since it was first read"
    _say(f"    {reason.meaning}  ", newline=False)
    _say(f"[{_plain(reason.key)}] {changed}", dim=True)
    for path in reason.sources:
        _say(f"        {path}")
    if left := reason.count - len(reason.sources):
        _say(f"        … and {counted(left, 'more file')}")


def _plain(key: str) -> str:
    from generator.catalog.keys import SEPARATOR

    return key.replace(SEPARATOR, ":")


def _say(text: str, *, bold: bool = False, dim: bool = False, newline: bool = True) -> None:
    click.echo(click.style(printable(text), bold=bold, dim=dim), nl=newline, color=color())
