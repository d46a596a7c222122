"""`anjoman serve`: shows the site while its texts are written."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from generator.cli import exits
from generator.cli.options import block
from generator.cli.place import site_root
from generator.cli.printing import printable
from generator.cli.progress import progress
from generator.report import Result

if TYPE_CHECKING:
    from sqlite3 import Connection

    from generator.site import Site

WATCHED = ("content", "static", "themes", "locale", "site.toml")


@click.command(
    epilog=block(
        "Examples",
        "anjoman serve --open --drafts",
        "anjoman serve --port 0                a free port",
        "anjoman serve --host 0.0.0.0          for other devices in your network; all of it can read the site",
    ),
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="The port; 0 takes a free one."
)
@click.option("--open", "open_browser", is_flag=True, help="Open the site in your browser.")
@click.option("--drafts", is_flag=True, help="Show drafts too.")
def command(host: str, port: int, open_browser: bool, drafts: bool) -> int:
    """Show the site while you write; it follows every change.

    The site is built into .anjoman/serve, so that output/ stays as it was published. Open pages reload
    themselves, and show what is wrong with a text. Ctrl-C ends it.
    """
    from generator.serve import run
    from generator.settings import reading as config

    root = site_root()
    builder = Builder(root, drafts=drafts)
    run(
        builder,
        output=builder.output,
        watched=lambda: [root / name for name in WATCHED],
        prefix=config.load(root).site.prefix,
        host=host,
        port=port,
        open_browser=open_browser,
        say=say,
    )
    click.echo("Stopped.")
    return exits.FINE


class Builder:
    """Builds the site as its settings now are; the first build may take long and shows a bar."""

    def __init__(self, root: Path, *, drafts: bool) -> None:
        self.root = root
        self.output = root / ".anjoman" / "serve"
        self._drafts = drafts
        self._site: Site | None = None
        self._held: Connection | None = None

    def __call__(self, changed: frozenset[Path] | None = None) -> Result:
        """Build once; `changed` are all paths that changed since the last time, None where any may have."""
        from generator.build import prepare
        from generator.cli.build import run
        from generator.listing import Changed

        first = self._site is None
        site = self._opened(changed)
        with progress(wanted=first) as report:
            result = run(site, report, changed=None if changed is None else Changed(changed))
        if first:
            threading.Thread(target=prepare, args=[site], daemon=True).start()
        if changed is None and os.name != "nt":  # where an open file can't be replaced
            self._hold(site.state)
        return result

    def _hold(self, state: Path) -> None:
        """Keep the state file open, because whoever closes it last has to wait for the disk."""
        from generator.catalog.database import open_readonly

        if self._held is not None:
            self._held.close()
        self._held = open_readonly(state)
        self._held.execute("SELECT count(*) FROM meta").fetchone()

    def _opened(self, changed: frozenset[Path] | None) -> Site:
        """The site as it is now: its settings and theme are read again unless only texts changed."""
        from generator.build import open_site

        texts = self.root.resolve() / "content"
        if self._site is not None and changed is not None and all(path.is_relative_to(texts) for path in changed):
            self._site = replace(self._site, now=int(time.time()))
        else:
            self._site = open_site(self.root, output=self.output, drafts=self._drafts, fingerprint=False)
        return self._site


def say(text: str) -> None:
    """Print what the server says, line by line."""
    for line in text.split("\n"):
        click.echo(printable(line))
