"""A file that becomes something else because another file comes or goes, though nobody touched it."""

from __future__ import annotations

from pathlib import Path

from tests.broken.sites import clean_output, output, topic
from tests.conftest import community


def test_a_board_whose_folder_becomes_a_topics_folder_and_back(tmp_path: Path) -> None:
    boards = {"cafe": "title: Café", "cafe/tea": "title: Tea", "cafe/tea/green": "title: Green"}
    site = community(tmp_path / "site", {"cafe/tea/leaf.md": topic("Leaf")}, **boards)
    site.build()
    site.write({"cafe/tea.md": topic("Tea")}).build()
    assert output(site) == clean_output(site, tmp_path / "topic")
    site.remove("cafe/tea.md")
    site.build()
    assert output(site) == clean_output(site, tmp_path / "board")
