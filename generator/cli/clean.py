"""`anjoman clean`: removes what was built, and nothing else.

Only files that the state knows as its own are removed, then the folders that are empty.
"""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from pathlib import Path

import click

from generator.cli import exits
from generator.cli.options import block, output
from generator.cli.place import shown_path, site_root
from generator.cli.printing import counted


@click.command(
    epilog=block(
        "Examples",
        "anjoman clean",
        "anjoman clean --output preview",
        "anjoman clean --all",
    ),
)
@output
@click.option("--all", "everything", is_flag=True, help="Remove the folder .anjoman too: all that is remembered.")
def command(output: Path | None, everything: bool) -> int:
    """Remove what was built.

    Removes the files that Anjoman made in the output folder, and what it remembers of them. Files that
    you put there yourself stay. Nothing of yours is ever in .anjoman, so it can be removed at any time.
    """
    from generator.site import OUTPUT, STATE, state_file

    root = site_root()
    target = (output or root / OUTPUT).absolute()
    state = state_file(root, target)
    known = state.exists()
    removed = clean_output(root, target, state)
    if everything:
        _forget(root / STATE)
    click.echo(f"Removed {counted(removed, 'file')} from {shown_path(target, root)}")
    if not known and target.exists():
        click.echo("Nothing is remembered of this folder, so nothing was removed. Delete it yourself.", err=True)
    return exits.FINE


def _forget(folder: Path) -> None:
    """Remove all that is remembered, unless a build is using it."""
    from generator.catalog.lock import locked

    with ExitStack() as locks:
        for state in folder.glob("*.sqlite"):
            locks.enter_context(locked(state))
        for path in folder.glob("*"):
            if path.suffix != ".lock":  # Windows deletes no file that is open
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def clean_output(root: Path, target: Path, state: Path, wait: float = 0) -> int:
    """Remove the files that a state file knows, and the state file; how many files there were.

    Raises `BusyError` while a build runs for longer than `wait` seconds, `OutputError` where a file can't be
    removed.
    """
    from generator.catalog.database import made
    from generator.catalog.database import remove as remove_state
    from generator.catalog.lock import locked
    from generator.stages.write import remove, writing

    if not state.exists():
        return 0
    with locked(state, wait), writing(target):
        removed = sum(remove(target, address) for address in made(state))
        remove_state(state)
    if target.is_dir() and target != root and not any(target.iterdir()):
        target.rmdir()
    return removed
