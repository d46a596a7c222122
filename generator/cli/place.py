"""Finds the site that a command is about."""

from __future__ import annotations

from pathlib import Path

import click

from generator.errors import Problem, SiteError

FILE = "site.toml"


def site_root() -> Path:
    """The folder that `--site` names, else the nearest one upwards with a site.toml; raises `SiteError`."""
    given: Path | None = click.get_current_context().find_root().params.get("site")
    if given is not None:
        return _checked(given.absolute())
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / FILE).is_file():
            return folder
    message = f"there is no {FILE} here or in a folder above"
    hint = "Change to the site's folder, name it with --site, or begin a site: anjoman init my-site"
    raise SiteError(Problem("", 0, "", message, hint))


def _checked(root: Path) -> Path:
    if (root / FILE).is_file():
        return root
    hint = f"Name a folder that has a {FILE}, or begin a site there: anjoman init {root.name}"
    raise SiteError(Problem(root.as_posix(), 0, "", f"there is no {FILE} in this folder", hint))


def shown_path(path: Path, root: Path) -> str:
    """A path as it is printed: below the site's folder where it is inside, with forward slashes."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
