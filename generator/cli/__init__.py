"""The command line: parses what was typed, calls the part that does it, and prints what came of it."""

from generator.cli.app import main

__all__ = ["main"]
