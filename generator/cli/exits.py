"""How a command ends: each exit code and what it means, in one place."""

from __future__ import annotations

from generator.errors import AnjomanError, BusyError, OutputError, SiteError, WorkerError

FINE = 0
PROBLEMS = AnjomanError.exit_code
USAGE = SiteError.exit_code
BUSY = BusyError.exit_code
UNWRITABLE = OutputError.exit_code
ENDED = WorkerError.exit_code
STOPPED = 130
"""What shells say of a program that Ctrl-C ended: 128 and the signal's number."""

MEANINGS = {
    FINE: "all is well",
    PROBLEMS: "the content has errors; all the rest was built",
    USAGE: "the command, the settings or the theme are wrong; nothing was built",
    BUSY: "another build is running, or the port is taken",
    UNWRITABLE: "a file can't be read or written",
    ENDED: "the system ended a process, or there is too little memory",
    STOPPED: "stopped by Ctrl-C",
}
