"""The output changed by hand: the next build makes it right, or names what is in the way; what is foreign stays."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.broken.sites import cafe, clean_output, edit, output
from tests.conftest import Community


def shorten(page: Path) -> None:
    page.write_bytes(page.read_bytes()[:100])


def touch(page: Path) -> None:
    os.utime(page, ns=(1, 1))


def same_size(page: Path) -> None:
    page.write_bytes(bytes(len(page.read_bytes())))


def empty_folder_instead(page: Path) -> None:
    page.unlink()
    page.mkdir()


def link_instead(page: Path) -> None:
    aside = page.parent.parent / "aside.html"
    page.rename(aside)
    page.symlink_to(aside)
    aside.write_text("mine")


@pytest.mark.parametrize("change", [shorten, touch, same_size, Path.unlink, link_instead])
def test_a_page_that_was_changed_by_hand_is_made_again(change: Callable[[Path], None], tmp_path: Path) -> None:
    site = cafe(tmp_path / "site")
    before = output(site)
    change(site.file("/cafe/t1/"))
    site.clean()
    found = output(site)
    assert {name: found[name] for name in before} == before


@pytest.mark.parametrize("size", [0, 4096])
def test_a_folder_in_the_place_of_a_page_is_named(size: int, tmp_path: Path) -> None:
    site = cafe(tmp_path / "site")
    before = output(site)
    page = site.file("/cafe/t1/")
    empty_folder_instead(page)
    (page / "mine").write_bytes(bytes(size))
    (problem,) = site.build().errors
    assert (problem.path, "move it away" in problem.hint) == ("cafe/t1/index.html", True)
    assert (page / "mine").exists()
    (page / "mine").unlink()
    page.rmdir()
    site.clean()
    assert output(site) == before


def test_a_file_in_the_place_of_a_folder_is_named(tmp_path: Path) -> None:
    site = cafe(tmp_path / "site")
    before = output(site)
    (site.root / "output" / "cafe").rename(tmp_path / "aside")
    site.write({"/output/cafe": "mine"})
    problems = site.build().errors
    assert {problem.path.partition("/")[0] for problem in problems} == {"cafe"}
    assert all("move it away" in problem.hint for problem in problems)
    assert (site.root / "output" / "cafe").read_text() == "mine"
    (site.root / "output" / "cafe").unlink()
    site.clean()
    assert output(site) == before


def test_a_folder_in_the_place_of_a_page_that_is_wanted_no_more_stays(tmp_path: Path) -> None:
    site = cafe(tmp_path / "site")
    page = site.file("/cafe/t2/")
    empty_folder_instead(page)
    (page / "mine").write_text("mine")
    edit(site)
    site.clean()
    assert output(site) == clean_output(site, tmp_path) | {"cafe/t2/index.html/mine": b"mine"}


def test_files_that_are_not_ours_stay(tmp_path: Path) -> None:
    site = cafe(tmp_path / "site")
    site.write({"/output/CNAME": "example.org", "/output/cafe/t2/notes.txt": "mine", "/output/.git/HEAD": "ref"})
    edit(site)
    site.clean()
    mine = {"CNAME": b"example.org", "cafe/t2/notes.txt": b"mine", ".git/HEAD": b"ref"}
    assert output(site) == clean_output(site, tmp_path) | mine


def test_a_foreign_file_at_an_address_of_ours_is_replaced(site: Community) -> None:
    site.write({"/output/about/index.html": "mine", "about.md": "---\ntitle: About\n---\nUs.\n"}).clean()
    assert site.texts("/about/", "h1")[0] == "About"
