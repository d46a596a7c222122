"""`anjoman completion`: prints the script that makes a shell complete Anjoman's commands."""

from __future__ import annotations

import click
from click.shell_completion import ShellComplete, get_completion_class

from generator.cli import exits
from generator.cli.options import block


@click.command(
    epilog=block(
        "Examples",
        "anjoman completion bash >> ~/.bashrc",
        "anjoman completion zsh >> ~/.zshrc",
        "anjoman completion fish > ~/.config/fish/completions/anjoman.fish",
    ),
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> int:
    """Print the script that completes commands in your shell.

    It completes commands and options, and the names of boards and topics.
    """
    found = get_completion_class(shell)
    if found is None:
        raise click.UsageError(f"there is no completion for {shell}", ctx)
    completer = found(ctx.find_root().command, {}, "anjoman", "_ANJOMAN_COMPLETE")
    # The base class's: bash's own asks the installed bash for its version, which may not be there.
    click.echo(ShellComplete.source(completer))
    return exits.FINE
