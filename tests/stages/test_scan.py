from __future__ import annotations

import pytest

from generator.model import Role
from generator.stages.scan import Scanner
from tests.conftest import Community

FILES = {
    "index.md": (Role.FRONT, "", ""),
    "index.fa.md": (Role.FRONT, "", ".fa"),
    "about.md": (Role.PAGE, "", "about"),
    "about.fa.md": (Role.PAGE, "", "about.fa"),
    "help/index.md": (Role.PAGE, "", "help"),
    "help/photo.jpg": (Role.ASSET, "", ""),
    "members/leila.md": (Role.MEMBER, "", "leila"),
    "members/leila.jpg": (Role.ASSET, "", ""),
    "cafe/board.md": (Role.BOARD, "cafe", ""),
    "cafe/tea.md": (Role.TOPIC, "cafe", "cafe/tea"),
    "cafe/tea.fa.md": (Role.TOPIC, "cafe", "cafe/tea.fa"),
    "cafe/tea/omid.md": (Role.REPLIES, "cafe", "cafe/tea"),
    "cafe/tea/omid.fa.md": (Role.REPLIES, "cafe", "cafe/tea.fa"),
    "cafe/tea/pot.png": (Role.ASSET, "cafe", "cafe/tea"),
    "cafe/tea/2026/sara.md": (Role.REPLIES, "cafe", "cafe/tea"),
    "cafe/move/index.md": (Role.TOPIC, "cafe", "cafe/move"),
    "cafe/move/index.fa.md": (Role.TOPIC, "cafe", "cafe/move.fa"),
    "cafe/move/omid.markdown": (Role.REPLIES, "cafe", "cafe/move"),
    "cafe/old/milk.md": (Role.TOPIC, "cafe", "cafe/old/milk"),
    "cafe/old/milk.png": (Role.ASSET, "cafe", ""),
    "cafe/books/_index.md": (Role.BOARD, "cafe/books", ""),
    "cafe/books/hafez.md": (Role.TOPIC, "cafe/books", "cafe/books/hafez"),
    "/static/robots.txt": (Role.STATIC, "", ""),
    "/static/a/b.md": (Role.STATIC, "", ""),
}


def test_a_file_is_what_its_place_says(site: Community) -> None:
    site.write(dict.fromkeys(FILES, "x"))
    scanner = Scanner(site.root, frozenset({"fa"}))
    found = {source.path: (source.role, source.board, source.topic) for source in scanner.sources()}
    wanted = {name[1:] if name[0] == "/" else f"content/{name}": what for name, what in FILES.items()}
    assert found == wanted
    assert scanner.problems == []


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (["cafe/board.fa.md"], {"cafe/board.fa.md": ""}),
        (["cafe/_index.fa.md"], {"cafe/_index.fa.md": ""}),
        (["cafe/board.fa.md", "cafe/board.en.md"], {"cafe/board.fa.md": "", "cafe/board.en.md": "en"}),
        (["cafe/board.md", "cafe/board.fa.md"], {"cafe/board.md": "", "cafe/board.fa.md": "fa"}),
    ],
)
def test_a_boards_file_may_name_the_language_of_the_site(files: list[str], told: dict[str, str], site: Community) -> None:
    site.write(dict.fromkeys(files, "x"))
    found = {source.path: (source.role, source.language) for source in Scanner(site.root, frozenset({"en"}), "fa").sources()}
    assert found == {f"content/{name}": (Role.BOARD, language) for name, language in told.items()}


@pytest.mark.parametrize("name", [".hidden.md", ".git/x.md", "cafe/.x/y.md"])
def test_hidden_files_are_not_seen(site: Community, name: str) -> None:
    site.write({name: "x"})
    assert list(Scanner(site.root).sources()) == []


def test_a_site_without_folders_has_no_sources(site: Community) -> None:
    assert list(Scanner(site.root).sources()) == []
