"""Law 1 over upgrades: a site that an earlier Anjoman built is made what a clean build by the later one makes.

The later one is a real copy of the package whose files are changed, run as a program of its own.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tests.laws.dates import Clock
from tests.laws.folder import tree
from tests.laws.world import World

CHECKOUT = Path(__file__).parents[2]

PAGE_KIND = 'NotFoundPage.render = lambda self, context, canvas: b"another page"'
READING = """
_before = render


def render(*given):
    from msgspec.structs import replace

    found = _before(*given)
    return replace(found, html=found.html + "<p>another text</p>")
"""


def appended(text: str) -> Callable[[str], str]:
    return lambda source: f"{source}\n{text}\n"


def other_words(source: str) -> str:
    return re.sub(r'^msgstr "(?=[^"%{<]+"$)', 'msgstr "ـ', source, flags=re.MULTILINE)


NOT_NEEDED = "content/about.md"
"""A text that goes at the same time where the upgrade shows nowhere."""

# What is changed, and whether that changes the site.
UPGRADES: dict[str, tuple[str, Callable[[str], str], bool]] = {
    "the code of a page": ("generator/features/pages.py", appended(PAGE_KIND), True),
    "the code that renders texts": ("generator/markup/render.py", appended(READING), True),
    "a template": ("themes/agora/templates/base.html", appended("<!-- another -->"), True),
    "the words": ("generator/locale/fa.po", other_words, True),
    "the schema of the state": ("generator/catalog/schema.sql", appended("-- another"), False),
}


@pytest.fixture
def anjoman(tmp_path: Path) -> Path:
    """A copy of the package, all of it old."""
    folder = tmp_path / "anjoman"
    for name in ("generator", "themes"):
        shutil.copytree(CHECKOUT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    age(folder)
    return folder


def age(folder: Path, seconds: int = 1_400_000_000) -> None:
    for path in (folder, *folder.rglob("*")):
        os.utime(path, (seconds, seconds))


def run(anjoman: Path, site: Path) -> dict[str, bytes]:
    environment = {**os.environ, "PYTHONPATH": str(anjoman), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "generator", "build", "--quiet", "--jobs", "1"]
    done = subprocess.run(command, cwd=site, env=environment, capture_output=True, check=False)
    assert done.returncode in (0, 1), done.stderr.decode()
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return tree(site / "output")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A site in Persian that the Anjoman of the checkout built, none of its files being young."""
    world = World(tmp_path_factory.mktemp("built") / "site", Random(5))
    world.settings["language"] = '"fa"'
    world.save_settings()
    Clock(world.root).pass_time()
    run(CHECKOUT, world.root)
    return world


@pytest.mark.parametrize("name", UPGRADES)
def test_an_upgrade_makes_what_a_clean_build_makes(name: str, built: World, anjoman: Path, tmp_path: Path) -> None:
    site, clean = tmp_path / "site", tmp_path / "clean"
    shutil.copytree(built.root, site)
    before = tree(site / "output")

    path, change, shows = UPGRADES[name]
    file = anjoman / path
    changed = change(file.read_text("utf-8"))
    assert changed != file.read_text("utf-8")
    file.write_text(changed, "utf-8")
    os.utime(file, (1_500_000_000, 1_500_000_000))
    if not shows:
        (site / NOT_NEEDED).unlink()
    after = run(anjoman, site)
    assert after != before

    shutil.copytree(site, clean, ignore=shutil.ignore_patterns("output", ".anjoman"))
    assert after == run(anjoman, clean)
