"""`anjoman serve`: shows the site while its texts are written."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli import exits
from generator.cli.options import block
from generator.cli.place import site_root
from generator.cli.printing import printable
from generator.cli.progress import progress
from generator.report import Result

WATCHED = ("content", "static", "themes", "site.toml")


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
    from generator import config
    from generator.serve import run

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
        self._first = True

    def __call__(self) -> Result:
        """Build once."""
        from generator.build import open_site
        from generator.cli.build import run

        first, self._first = self._first, False
        site = open_site(self.root, output=self.output, drafts=self._drafts, fingerprint=False)
        with progress(wanted=first) as report:
            return run(site, report)


def say(text: str) -> None:
    """Print what the server says, line by line."""
    for line in text.split("\n"):
        click.echo(printable(line))
