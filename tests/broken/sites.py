"""What the tests of faults share: a site and an edit of it, its output, and the real command line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from generator.build import build, open_site
from tests.conftest import NOW, Community, community

Tree = dict[str, bytes]


def topic(title: str, day: int = 1, text: str = "Text.") -> str:
    return f"---\ntitle: {title}\nauthor: leila\ndate: 2026-01-{day:02}\ntags: [tea]\n---\n{text}\n"


def cafe(root: Path, topics: int = 5) -> Community:
    """A site with some topics and a file, built."""
    files: dict[str, str | bytes] = {f"cafe/t{number}.md": topic(f"T{number}", number % 27 + 1) for number in range(topics)}
    site = community(root, {**files, "/static/a.bin": b"a" * 5000, "about.md": "---\ntitle: About\n---\nUs.\n"}, cafe="title: Café")
    site.clean()
    return site


def edit(site: Community) -> None:
    """Change, add and remove a topic, and change a file."""
    site.write({"cafe/t1.md": topic("One"), "cafe/new.md": topic("New"), "/static/a.bin": b"b" * 6000})
    site.remove("cafe/t2.md")


def output(site: Community) -> Tree:
    """All files of the output."""
    folder = site.root / "output"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def clean_output(site: Community, folder: Path) -> Tree:
    """What a clean build in another folder makes of the sources as they are."""
    target = folder / "clean-output"
    build(open_site(site.root, output=target, now=NOW), jobs=1)
    return {path.relative_to(target).as_posix(): path.read_bytes() for path in target.rglob("*") if path.is_file()}


def anjoman(site: Community, *arguments: object, fault: tuple[object, ...] = ()) -> subprocess.CompletedProcess[str]:
    """Run the real command line in a process, on a machine with a fault."""
    return subprocess.run(command(site, *arguments, fault=fault), capture_output=True, text=True, timeout=120)


def command(site: Community, *arguments: object, fault: tuple[object, ...] = ()) -> list[str]:
    """The command line for a process."""
    program = ["tests.broken.faulty", *map(str, fault), "--"] if fault else ["generator"]
    return [sys.executable, "-m", *program, "--site", str(site.root), *map(str, arguments)]
