"""What an address finds: pages, folders, files, anchors, redirects; and what is said where it finds nothing."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest

from generator.check import check_links, check_output
from generator.check.references import read
from generator.errors import SiteError

from .sites import ORIGIN, built, only, told

T = TypeVar("T")


def test_a_site_whose_links_all_lead_somewhere_is_silent(tmp_path: Path) -> None:
    files = {
        "index.html": '<a href="cafe/">a</a><a href="/cafe/index.html">b</a><a href="a.png?v=2">c</a><a href="#top">d</a>',
        "cafe/index.html": '<a id="x" href="../">a</a><a href="#x">b</a><a href="#">c</a><a href="../#">d</a>',
        "a.png": "",
    }
    assert told(tmp_path, files) == []


def test_the_nearest_address_is_named(tmp_path: Path) -> None:
    files = {"cafe/which-reader/index.html": "", "index.html": '<a href="/sub/cafe/wich-reader/">x</a>'}
    problem = only(told(tmp_path, files, prefix="/sub"))
    assert problem.message == "“/sub/cafe/wich-reader/”: no page"
    assert problem.hint == "Did you mean “/sub/cafe/which-reader/”?"


def test_a_page_that_moved_to_another_folder_is_named(tmp_path: Path) -> None:
    many = {f"m/{number}/index.html": "" for number in range(40)}
    files = {**many, "tea/which-reader/index.html": "", "index.html": '<a href="/cafe/which-reader/">x</a>'}
    assert "/tea/which-reader/" in only(told(tmp_path, files)).hint


def test_a_file_is_no_page(tmp_path: Path) -> None:
    assert only(told(tmp_path, {"index.html": '<a href="/tea.pdf">x</a>'})).message == "“/tea.pdf”: no file"


def test_a_folder_without_its_slash_is_a_warning(tmp_path: Path) -> None:
    problem = only(told(tmp_path, {"cafe/index.html": "", "index.html": '<a href="/cafe">x</a>'}))
    assert problem.severity == "warning"
    assert problem.hint == "Its address is /cafe/"


def test_the_root_without_its_slash_is_a_warning(tmp_path: Path) -> None:
    problem = only(told(tmp_path, {"index.html": '<a href="/sub">x</a>'}, prefix="/sub"))
    assert (problem.severity, problem.hint) == ("warning", "Its address is /sub/")


def test_a_folder_without_a_page_is_told(tmp_path: Path) -> None:
    problem = only(told(tmp_path, {"cafe/a.png": "", "index.html": '<a href="/cafe/">x</a>'}))
    assert "no index.html" in problem.message


@pytest.mark.parametrize("address", ["/Cafe/", "/cafe/A.PNG"])
def test_upper_and_lower_case_differ_on_every_system(tmp_path: Path, address: str) -> None:
    files = {"cafe/index.html": "", "cafe/a.png": "", "index.html": f'<a href="{address}">x</a>'}
    problem = only(told(tmp_path, files))
    assert problem.severity == "error"
    assert problem.hint == f"Its address is {address.lower()}"


def test_another_unicode_form_is_a_warning(tmp_path: Path) -> None:
    files = {
        "caf\u00e9/index.html": "",
        "index.html": '<a href="/cafe\u0301/">x</a><a href="/caf%C3%A9/">y</a>',
    }
    problem = only(told(tmp_path, files))
    assert problem.severity == "warning"
    assert "Unicode" in problem.message


def test_an_address_beside_the_prefix_leads_off_the_site(tmp_path: Path) -> None:
    files = {"cafe/index.html": "", "index.html": '<a href="/cafe/">x</a><a href="/sub/cafe/">y</a>'}
    problem = only(told(tmp_path, files, prefix="/sub"))
    assert "leads off the site" in problem.message
    assert problem.hint == "Did you mean “/sub/cafe/”?"


@pytest.mark.parametrize(
    "fragment", ["x", "%DA%86%D8%A7%DB%8C", "چای", "50%25", "old", "TOP", "x:~:text=a", ":~:text=a"]
)
def test_an_anchor_names_an_id_or_an_old_anchor(tmp_path: Path, fragment: str) -> None:
    page = '<p id="x"><p id="چای"><p id="50%"><a name="old">o</a>'
    files = {
        "cafe/index.html": f'{page}<a href="#{fragment}">x</a>',
        "index.html": f'<a href="cafe/#{fragment}">y</a>',
    }
    assert told(tmp_path, files) == []


def test_a_missing_anchor_is_told_with_the_nearest(tmp_path: Path) -> None:
    files = {"cafe/index.html": '<p id="r-12">', "index.html": '\n<a href="cafe/#r12">y</a>'}
    problem = only(told(tmp_path, files))
    assert problem.message == "“cafe/#r12”: the page exists but has no id “r12”"
    assert (problem.path, problem.line, problem.hint) == ("index.html", 2, "Did you mean “r-12”?")


def test_a_missing_anchor_in_the_page_itself_is_told(tmp_path: Path) -> None:
    assert "no id “x”" in only(told(tmp_path, {"index.html": '<p id="X"><a href="#x">x</a>'})).message


def test_a_fragment_of_what_is_no_page_is_not_looked_for(tmp_path: Path) -> None:
    files = {
        "a.pdf": "",
        "i.svg": "<svg>",
        "index.html": '<a href="a.pdf#page=3">x</a><a href="i.svg#svgView(x)">y</a>',
    }
    assert told(tmp_path, files) == []


def test_a_redirect_in_one_step_is_silent(tmp_path: Path) -> None:
    assert told(tmp_path, {"old/index.html": _alias("/new/"), "new/index.html": ""}) == []


def test_a_chain_of_redirects_is_told_with_its_end(tmp_path: Path) -> None:
    files = {"a/index.html": _alias("/b/"), "b/index.html": _alias("/c/"), "c/index.html": ""}
    problem = only(told(tmp_path, files))
    assert (problem.path, problem.line, problem.field) == ("a/index.html", 2, "refresh")
    assert "chain" in problem.message
    assert "/c/" in problem.hint


def test_a_loop_of_redirects_is_told_on_each_of_its_pages(tmp_path: Path) -> None:
    problems = told(tmp_path, {"a/index.html": _alias("/b/"), "b/index.html": _alias("/a/")})
    assert [problem.path for problem in problems] == ["a/index.html", "b/index.html"]
    assert all("loop" in problem.message for problem in problems)


def test_a_redirect_whose_canonical_address_differs_is_a_warning(tmp_path: Path) -> None:
    alias = _alias("/new/").replace(f"{ORIGIN}/new/", f"{ORIGIN}/")
    problem = only(told(tmp_path, {"old/index.html": alias, "new/index.html": "", "index.html": ""}))
    assert (problem.field, problem.severity) == ("canonical", "warning")


def test_an_anchor_in_a_redirect_is_told_with_its_end(tmp_path: Path) -> None:
    files = {"old/index.html": _alias("/new/"), "new/index.html": "", "index.html": '<a href="/old/#x">x</a>'}
    assert only(told(tmp_path, files)).hint == "That page only leads on to /new/"


def test_a_folder_that_was_never_built_is_a_problem_and_no_traceback(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="anjoman build"):
        check_links(tmp_path / "site")


def test_processes_find_the_same(tmp_path: Path) -> None:
    page = '<p id="x"><a href="/0/#x">a</a><a href="/0/#y">b</a><a href="/tea/">c</a>'
    built(tmp_path, {f"{number}/index.html": page for number in range(12)})
    found = tuple(sorted(check_output(tmp_path, run=_by_processes), key=str))
    assert found == tuple(sorted(check_links(tmp_path), key=str))
    assert len(found) == 24


def test_a_reading_crosses_processes() -> None:
    reading = read("index.html", b'<p id="x"><p id="x"><a href="/tea/">c</a>')
    assert pickle.loads(pickle.dumps(reading)) == reading


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_link_that_leads_out_of_the_output_is_no_page(tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text("")
    site = built(tmp_path / "site", {"index.html": '<a href="out.html">x</a><a href="in.html">y</a>'})
    (site / "out.html").symlink_to(tmp_path / "secret.html")
    (site / "in.html").symlink_to(site / "index.html")
    assert {problem.message for problem in check_links(site)} == {"“out.html”: no page"}


def _alias(target: str) -> str:
    return (
        f'<!doctype html><link rel="canonical" href="{ORIGIN}{target}">\n'
        f'<meta http-equiv="refresh" content="0; url={target}"><a href="{target}">moved</a>'
    )


def _by_processes(task: Callable[[Sequence[str]], list[T]], items: Iterable[str]) -> Iterator[T]:
    names = list(items)
    with ProcessPoolExecutor(2) as pool:
        for results in pool.map(task, [names[0::2], names[1::2]]):
            yield from results
