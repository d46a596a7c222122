from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.conftest import SETTINGS, Community, only

TRUSTED = SETTINGS + '[trusted]\npaths = ["content/blog/**"]\n'
TEXT = "---\nauthor: x\ndate: 2026-01-01\nattachments: [notes.pdf, {file: pot.png, name: The pot}]\n---\nText.\n"


def test_attachments_are_copied_and_listed(site: Community) -> None:
    site.write({"cafe/tea/index.md": TEXT, "cafe/tea/notes.pdf": b"pdf", "cafe/tea/pot.png": b"png"}, cafe="").clean()
    assert site.attributes("/cafe/tea/", ".file a", "href") == ["/forum/cafe/tea/notes.pdf", "/forum/cafe/tea/pot.png"]
    assert site.attributes("/cafe/tea/", ".file img", "alt") == ["The pot"]
    assert site.file("/cafe/tea/notes.pdf").read_bytes() == b"pdf"


def test_an_attachment_that_is_not_there_is_a_warning(site: Community) -> None:
    site.write({"cafe/tea.md": TEXT.replace("notes.pdf, ", ""), "cafe/other.txt": ""}, cafe="")
    problem = only(site.build())
    assert (problem.path, problem.field, problem.severity) == ("content/cafe/tea.md", "attachments", "warning")
    assert "pot.png" in problem.message


def test_files_of_topics_that_are_not_built_are_not_copied(site: Community) -> None:
    draft = TEXT.replace("---\nText", "draft: true\n---\nText")
    site.write({"cafe/tea/index.md": draft, "cafe/tea/notes.pdf": b"pdf", "cafe/tea/pot.png": b"png"}, cafe="").clean()
    assert not site.has("/cafe/tea/notes.pdf")
    site.write({"cafe/tea/index.md": TEXT}).clean()
    assert site.has("/cafe/tea/notes.pdf")
    site.write({"cafe/tea/index.md": draft}).clean()
    assert not site.has("/cafe/tea/notes.pdf")


@pytest.mark.parametrize("name", ["x.html", "x.SVG", "x.xml", "x.js", "x.xhtml"])
def test_what_browsers_run_is_copied_for_trusted_paths_only(site: Community, name: str) -> None:
    text = "---\nauthor: x\ndate: 2026-01-01\n---\nText.\n"
    boards = {f"{board}/tea/index.md": text for board in ("cafe", "blog")}
    site.write({"/site.toml": TRUSTED, **boards, f"cafe/tea/{name}": "<b>", f"blog/tea/{name}": "<b>"}, cafe="", blog="")
    problem = only(site.build())
    assert (problem.path, problem.severity) == (f"content/cafe/tea/{name}", "warning")
    assert not site.has(f"/cafe/tea/{name}")
    assert site.has(f"/blog/tea/{name}")


def test_a_file_whose_name_the_site_makes_is_an_error(site: Community) -> None:
    site.write(
        {
            "/site.toml": TRUSTED,
            "blog/tea/index.md": "---\nauthor: x\ndate: 2026-01-01\n---\nThe topic's own text.\n",
            "blog/tea/index.html": "Mine.",
            "blog/feed.xml": "<mine/>",
            "/static/cafe/INDEX.html": "Mine too.",
        },
        blog="title: Blog",
        cafe="",
    )
    result = site.build()
    assert sorted(problem.path for problem in result.errors) == [
        "content/blog/feed.xml", "content/blog/tea/index.html", "static/cafe/INDEX.html",
    ]  # fmt: skip
    assert "own text" in site.source("/blog/tea/")
    assert "<feed" in site.source("/blog/feed.xml")


def test_static_files_are_copied_as_they_are(site: Community) -> None:
    site.write({"/static/a/b.html": "<p>", "/static/.hidden": "x", "/static/favicon.ico": b"\0"}).clean()
    assert site.source("/a/b.html") == "<p>"
    assert site.file("/favicon.ico").read_bytes() == b"\0"
    assert not site.has("/.hidden")


def test_a_changed_file_is_copied_again_and_a_removed_one_deleted(site: Community) -> None:
    site.write({"/static/a.txt": "one", "/static/b/c.txt": "two"}).clean()
    site.write({"/static/a.txt": "other"}).clean()
    assert site.source("/a.txt") == "other"
    site.remove("/static/b/c.txt")
    assert site.clean().removed == ("b/c.txt",)
    assert not (site.root / "output" / "b").exists()


def test_names_that_begin_with_a_point_are_ignored(site: Community) -> None:
    site.write({"cafe/.tea.md.swp": "x", "cafe/.git/tea.md": "x", ".obsidian/x.md": "x"}, cafe="").clean()
    assert not any("tea" in name or "obsidian" in name for name in site.outputs())


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_link_within_the_site_is_followed(site: Community, tmp_path: Path) -> None:
    site.write({"/static/real.txt": "real"})
    (site.root / "static" / "link.txt").symlink_to("real.txt")
    site.clean()
    assert site.source("/link.txt") == "real"


def test_github_pages_is_told_to_leave_the_files_as_they_are(site: Community) -> None:
    site.clean()
    assert site.source("/.nojekyll") == ""
