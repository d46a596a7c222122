"""A site of inline text in a folder of its own, built in this process: what the tests of the core stand on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser as Page

from generator.build import build, open_site
from generator.errors import Problem
from generator.report import Result
from tests.compiled import compiled_once

NOW = 1_800_000_000
"""The clock of the tests' builds: 2027-01-15 08:00 UTC."""

SETTINGS = 'title = "Anjoman"\nurl = "https://example.org/forum/"\n'

Files = Mapping[str, str | bytes]


@dataclass(frozen=True, slots=True)
class Community:
    """A site's folder. Files are named as below content/, or with a `/` first as below the site's root."""

    root: Path

    def write(self, files: Files | None = None, /, **boards: str) -> Community:
        """Write files; texts may be indented. `boards` are names of boards and the fields in their board.md."""
        every: dict[str, str | bytes] = {f"{name}/board.md": f"---\n{text}\n---\n" for name, text in boards.items()}
        for name, data in {**every, **(files or {})}.items():
            path = self.path(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data if isinstance(data, bytes) else dedent(data).encode())
        return self

    def path(self, name: str) -> Path:
        """The file of a name."""
        return self.root / name[1:] if name.startswith("/") else self.root / "content" / name

    def remove(self, *names: str) -> None:
        for name in names:
            self.path(name).unlink()

    def build(self, now: int = NOW, **options: Any) -> Result:
        """Build in this process."""
        verify = bool(options.pop("verify", False))
        return build(open_site(self.root, now=now, **options), jobs=1, verify=verify)

    def clean(self) -> Result:
        """Build, and see to it that nothing was wrong."""
        result = self.build()
        assert not result.problems, "\n".join(map(str, result.problems))
        return result

    # The output ------------------------------------------------------------

    def file(self, address: str) -> Path:
        """The output's file for an address: `/cafe/` is `cafe/index.html`."""
        return self.root / "output" / (address.lstrip("/") + ("index.html" if address.endswith("/") else ""))

    def has(self, address: str) -> bool:
        return self.file(address).is_file()

    def source(self, address: str) -> str:
        return self.file(address).read_text("utf-8")

    def page(self, address: str) -> Page:
        return Page(self.source(address))

    def texts(self, address: str, selector: str) -> list[str]:
        """The texts of all elements that a selector finds."""
        return [" ".join(node.text().split()) for node in self.page(address).css(selector)]

    def text(self, address: str, selector: str) -> str:
        """The text of the one element that a selector finds."""
        (found,) = self.texts(address, selector)
        return found

    def attributes(self, address: str, selector: str, name: str) -> list[str]:
        """An attribute of all elements that a selector finds."""
        return [node.attributes.get(name) or "" for node in self.page(address).css(selector)]

    def outputs(self) -> dict[str, tuple[int, bytes]]:
        """All files of the output: their dates and bytes."""
        every = (path for path in (self.root / "output").rglob("*") if path.is_file())
        folder = self.root / "output"
        return {path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.read_bytes()) for path in every}

    def html_files(self) -> set[str]:
        return {name for name in self.outputs() if name.endswith(".html")}


def community(root: Path, files: Files | None = None, /, settings: str = SETTINGS, **boards: str) -> Community:
    """A site with some files in it."""
    return Community(root).write({"/site.toml": settings}).write(files, **boards)


def only(result: Result, path: str = "") -> Problem:
    """The one problem of a build, or of one of its files."""
    found = [problem for problem in result.problems if not path or problem.path == path]
    assert len(found) == 1, "\n".join(map(str, result.problems))
    return found[0]


@pytest.fixture(scope="session", autouse=True)
def templates_in_memory() -> Iterator[None]:
    """Sites in new folders need not compile the same templates again."""
    with compiled_once():
        yield


@pytest.fixture
def site(tmp_path: Path) -> Community:
    """An empty site with settings and nothing else."""
    return community(tmp_path / "site")
