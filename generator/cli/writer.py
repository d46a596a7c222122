"""Who writes: the name that a new text gets where the author gives none."""

from __future__ import annotations

import getpass
import subprocess

from generator.cli.folder import Folder
from generator.scaffold import one_line


def writer(folder: Folder) -> str:
    """The author of a new text: a member by git's or the computer's name for the user.

    Else the site's only person with a role, else that name itself; "" where nothing is known.
    """
    git = _git(folder, "user.name")
    names = [git, _git(folder, "user.email").partition("@")[0], _user()]
    known = [name for name in names if name]
    people = {name for group in folder.settings.people.values() for name in group}
    alone = next(iter(people)) if len(people) == 1 else ""
    return folder.member(known) or alone or next(iter(known), "")


def user_name() -> str:
    """What the computer or git calls the user; "" where neither says."""
    return _run(["git", "config", "--global", "user.name"]) or _user()


def _user() -> str:
    try:
        return one_line(getpass.getuser())
    except (OSError, KeyError, ImportError):  # no such user, or Windows without USERNAME
        return ""


def _git(folder: Folder, name: str) -> str:
    return _run(["git", "-C", str(folder.root), "config", name])


def _run(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=5)  # noqa: S603 - fixed words
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return one_line(done.stdout.decode("utf-8", "replace"))
