"""The `anjoman` command: lists its commands without importing them, and ends each in a documented way.

Start-up imports Click alone; a command's module is imported when it is used.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from msgspec import Struct

from generator import __version__
from generator.cli import exits
from generator.cli.options import block
from generator.cli.printing import color, print_problems, printable
from generator.errors import AnjomanError, Problem


class Known(Struct, frozen=True):
    """A command before it is imported: its module, whose `command` it is, and its line of help."""

    module: str
    help: str


COMMANDS = {
    "init": Known("generator.cli.init", "Begin a site in a new folder."),
    "new": Known("generator.cli.new", "Write a new board, topic, post, reply or member."),
    "build": Known("generator.cli.build", "Build the site."),
    "serve": Known("generator.cli.serve", "Show the site while you write; it follows every change."),
    "check": Known("generator.cli.check", "Build the site and check that all its links lead somewhere."),
    "why": Known("generator.cli.why", "Explain why a page was built."),
    "clean": Known("generator.cli.clean", "Remove what was built."),
    "themes": Known("generator.cli.themes", "List the themes and their options."),
    "translate": Known("generator.cli.translate", "List the words of the interface that have no translation."),
    "completion": Known("generator.cli.completion", "Print the script that completes commands in your shell."),
}

EPILOG = block(
    "Examples",
    "anjoman init my-site        begin a site",
    "anjoman serve --open        look at it while you write",
    "anjoman build               build it into output/",
) + block("Exit codes", *(f"{code:<5}{meaning}" for code, meaning in exits.MEANINGS.items()))


class Commands(click.Group):
    """The commands by name, each imported when it is used; every way to end is turned into an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order in which one meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command by its name, None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name].module).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in the help, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, known.help) for name, known in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as Click declares it
        """Run the command; a reader who has seen enough, as `head`, ends it quietly."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # before Click makes it an exit code that means something else
            return _closed_pipe()

    def main(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401 - as Click declares it
        """Run a command line and leave with its exit code."""
        sys.exit(run(partial(super().main, *args, **{**extra, "standalone_mode": False})))


@click.command(cls=Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message="Anjoman %(version)s")
@click.option(
    "--site",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The site's folder. Default: the nearest one upwards that has a site.toml.",
)
def root(site: Path | None) -> None:
    """Anjoman makes a static site of a community's forum and blog, from Markdown files."""


def main() -> int:
    """The console script."""
    # What is imported stays to the end: to look through it for garbage, time and again and at the end once more,
    # takes a tenth of a small build.
    gc.set_threshold(50_000, 20, 20)
    for stream in (sys.stdout, sys.stderr):
        # A console or pipe that can't show “ or a Persian letter shows a question mark.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        root.main(prog_name="anjoman")
    finally:
        gc.freeze()
    return exits.FINE


def run(call: Callable[[], Any]) -> int:
    """Call a command; its exit code, after the error that ended it, if any, was printed."""
    try:
        code = call()
        sys.stdout.flush()
    except AnjomanError as error:
        print_problems(error.problems)
        return error.exit_code
    except click.ClickException as error:
        click.echo(_explained(error), err=True, color=color())
        return exits.USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        return exits.STOPPED
    except BrokenPipeError:
        return _closed_pipe()
    except OSError as error:
        print_problems([_unreachable(error)])
        return exits.UNWRITABLE
    return code if isinstance(code, int) else exits.FINE


def _explained(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    help_of = f"\nSee `{context.command_path} --help`." if context else ""
    return f"{click.style('error', fg='red')}: {printable(error.format_message())}{help_of}"


def _closed_pipe() -> int:
    """Whoever read the output has seen enough: what Python flushes at its end must not complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return exits.FINE


def _unreachable(error: OSError) -> Problem:
    path = str(error.filename or "")
    hint = "Look at its permissions and at the free space."
    return Problem(path, 0, "", f"can't be read or written: {error.strerror or error}", hint)
