"""What is kept of a source goes with it, so that the state is that of a clean build."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import Community, community
from tests.features.test_history import git
from tests.laws.state import strangers

WIKI = "---\ntitle: Tea\nauthor: leila\ndate: 2026-01-01\nwiki: true\n---\nWhich tea?\n"


def as_a_clean_build(site: Community, folder: Path) -> list[str]:
    """What the state has kept or missed beside that of a clean build of the same files."""
    shutil.copytree(site.root, folder, ignore=shutil.ignore_patterns(".anjoman", "output"))
    Community(folder).build()
    state = Path(".anjoman", "state.sqlite")
    return list(strangers(site.root / state, folder / state))


@pytest.mark.parametrize("now", [None, WIKI.replace("wiki: true\n", ""), "\n"])
def test_the_edits_of_a_wiki_go_with_it(tmp_path: Path, now: str | None) -> None:
    site = community(tmp_path / "site", {"cafe/tea.md": WIKI}, cafe="")
    git(site.root, "init", "-q")
    git(site.root, "add", "content")
    git(site.root, "commit", "-qm", "Begin")
    site.build()
    if now is None:
        site.remove("cafe/tea.md")
    else:
        site.write({"cafe/tea.md": now})
    site.build()
    assert as_a_clean_build(site, tmp_path / "clean") == []


def test_the_text_of_a_file_of_replies_goes_where_it_becomes_a_topic(tmp_path: Path) -> None:
    topic = WIKI.replace("wiki: true\n", "")
    site = community(tmp_path / "site", {"cafe/tea.md": topic, "cafe/tea/notes.md": "# Notes\n\nx"}, cafe="")
    site.build()
    site.path("cafe/tea.md").rename(site.path("cafe/milk.md"))
    site.write({"cafe/tea/board.md": "---\ntitle: Tea\n---\n"}).build()
    assert as_a_clean_build(site, tmp_path / "clean") == []
