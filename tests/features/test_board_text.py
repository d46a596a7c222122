"""A board's own text is written by the rules of the board, as the topics on it are."""

from __future__ import annotations

from tests.conftest import Community

BREAKS = "---\ntitle: Odd\nmarkdown: {breaks: yes}\n---\none\ntwo\n"
PLAIN = "---\ntitle: Odd\n---\none\ntwo\n"


def breaks(site: Community) -> bool:
    return "<br" in site.source("/odd/")


def test_a_boards_own_text_is_read_by_its_own_rules(site: Community) -> None:
    site.write({"odd/board.md": BREAKS}).clean()
    assert breaks(site)


def test_a_board_inside_reads_its_text_by_the_rules_that_it_inherits(site: Community) -> None:
    site.write({"odd/board.md": BREAKS, "odd/in/board.md": "---\ntitle: In\n---\none\ntwo\n"}).clean()
    assert "<br" in site.source("/odd/in/")


def test_changed_rules_change_the_text_and_no_change_writes_nothing(site: Community) -> None:
    site.write({"odd/board.md": PLAIN}).clean()
    assert not breaks(site)
    site.write({"odd/board.md": BREAKS}).clean()
    assert breaks(site)
    assert site.clean().written == ()
