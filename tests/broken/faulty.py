"""The command line on a machine that fails: `python -m tests.broken.faulty FAULT NUMBER ERROR -- ARGUMENTS`.

FAULT is `replace`, `mkdir`, `unlink` or `open`: of the calls of that function for the output, the one with this
NUMBER and all after it end in the ERROR (a name of `errno`); with `full`, what is opened is a device that is
full. `size` limits files to NUMBER bytes, `pages` the state file to NUMBER pages.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Callable
from itertools import count
from typing import Any

from generator.catalog import database
from generator.cli import main


def failing(real: Callable[..., Any], number: int, name: str) -> Callable[..., Any]:
    """A function of the system that fails from its call with this number on."""
    calls = count(1)

    def call(path: Any, *arguments: Any, **options: Any) -> Any:
        writes = real is not io.open or "w" in (*arguments, "r")[0]
        if "output" in str(path) and writes and next(calls) >= number:
            if name == "full":
                return real("/dev/full", *arguments, **options)
            code = getattr(errno, name)
            raise OSError(code, os.strerror(code), str(path))
        return real(path, *arguments, **options)

    return call


def break_machine(fault: str, number: int, error: str) -> None:
    """Let the machine fail from now on."""
    if fault == "size":
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (number, number))
    elif fault == "pages":
        pragmas: tuple[str, ...] = (*database._PRAGMAS, f"PRAGMA max_page_count = {number}")
        setattr(database, "_PRAGMAS", pragmas)  # noqa: B010 - it is a constant to mypy
    elif fault == "open":
        io.open = failing(io.open, number, error)
    else:
        setattr(os, fault, failing(getattr(os, fault), number, error))


if __name__ == "__main__":
    place = sys.argv.index("--")
    told, sys.argv[1:] = sys.argv[1:place], sys.argv[place + 1 :]
    break_machine(told[0], int(told[1]), told[2])
    sys.exit(main())
