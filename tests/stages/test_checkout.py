"""A fresh checkout with folders kept from an earlier build: every date and inode is new, and yet only changes are made."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.conftest import Community, community

SETTINGS = 'title = "Anjoman"\nurl = "https://example.org/"\n[trusted]\npaths = ["static/*"]\n'

FILES: dict[str, str | bytes] = {
    "tea/green.md": "---\ntitle: Green tea\nauthor: leila\ndate: 2026-11-01\ntags: [tea]\n---\nSteeped **slowly**.\n",
    "tea/green/replies.md": "--- reply\nid: one\nauthor: omid\ndate: 2026-11-02\n---\nWith @leila by the river.\n",
    "tea/black/index.md": "---\ntitle: Black tea\nauthor: omid\ndate: 2026-11-03\n---\nSee [[Green tea]] and ![it](cup.png).\n",
    "tea/black/cup.png": b"\x89PNG a cup",
    "news/first.md": "---\ntitle: First\nauthor: leila\ndate: 2026-11-04\n---\n```python\nprint(1)\n```\n",
    "members/leila.md": "---\nname: Leila\n---\nI **drink** tea.\n",
    "about.md": "---\ntitle: About\n---\nAbout us.\n",
    "/static/robots.txt": "User-agent: *\n",
}

KEPT = (".anjoman", "output")


@pytest.fixture
def built(tmp_path: Path) -> Community:
    """A site that was built where it was first checked out."""
    site = community(tmp_path / "first", FILES, settings=SETTINGS, tea="title: Tea", news="kind: blog")
    site.clean()
    return site


def checkout(site: Community, folder: Path, *kept: str, moment: int = 1_700_000_000) -> Community:
    """The site's files in another folder, with what was kept of the last build; all have one new date."""
    for path in sorted(site.root.rglob("*")):
        name = path.relative_to(site.root)
        if path.is_file() and (name.parts[0] not in KEPT or name.parts[0] in kept):
            copy = folder / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
            os.utime(copy, (moment, moment))
    return Community(folder)


def pages(site: Community) -> dict[str, bytes]:
    return {name: data for name, (_, data) in site.outputs().items()}


def texts_in_state(site: Community, old: bytes, new: bytes) -> int:
    """Write other words of one length into the HTML that the state knows; in how many entries."""
    with sqlite3.connect(site.root / ".anjoman/state.sqlite") as state:
        rows = state.execute("SELECT digest, data FROM html").fetchall()
        found = [(data.replace(old, new), digest) for digest, data in rows if old in data]
        state.executemany("UPDATE html SET data = ? WHERE digest = ?", found)
    state.close()
    return len(found)


def test_with_state_and_output_kept_nothing_is_rendered_or_written(built: Community, tmp_path: Path) -> None:
    fresh = checkout(built, tmp_path / "fresh", *KEPT)
    before = fresh.outputs()
    result = fresh.clean()
    assert (result.rendered, result.written, result.removed) == (0, (), ())
    assert fresh.outputs() == before


def test_with_state_and_output_kept_the_site_equals_a_clean_build(built: Community, tmp_path: Path) -> None:
    fresh = checkout(built, tmp_path / "fresh", *KEPT)
    clean = checkout(built, tmp_path / "clean")
    fresh.clean()
    clean.clean()
    assert pages(fresh) == pages(clean)


def test_with_state_and_output_kept_one_edit_makes_what_one_edit_makes(built: Community, tmp_path: Path) -> None:
    fresh = checkout(built, tmp_path / "fresh", *KEPT)
    edited = {"tea/green/replies.md": "--- reply\nid: one\nauthor: omid\ndate: 2026-11-02\n---\nBy the sea.\n"}
    written = fresh.write(edited).clean().written
    clean = checkout(fresh, tmp_path / "clean")
    clean.clean()
    assert pages(fresh) == pages(clean)
    assert set(written) == set(built.write(edited).clean().written) != set()


def test_what_was_deleted_since_goes_from_the_kept_output(built: Community, tmp_path: Path) -> None:
    fresh = checkout(built, tmp_path / "fresh", *KEPT)
    fresh.remove("news/first.md")
    fresh.clean()
    clean = checkout(fresh, tmp_path / "clean")
    clean.clean()
    assert not fresh.has("/news/first/")
    assert pages(fresh) == pages(clean)


def test_with_the_state_alone_the_site_equals_a_clean_build(built: Community, tmp_path: Path) -> None:
    fresh = checkout(built, tmp_path / "fresh", ".anjoman")
    result = fresh.clean()
    assert pages(fresh) == pages(built)
    assert len(result.written) == len(pages(built))


def test_with_the_state_alone_no_markdown_is_rendered(built: Community, tmp_path: Path) -> None:
    # What the state says is shown as it stands there: had an engine run, the page would show the file's word.
    fresh = checkout(built, tmp_path / "fresh", ".anjoman")
    assert texts_in_state(fresh, b"river", b"ocean") == 1
    assert texts_in_state(fresh, b"slowly", b"gently") == 1
    fresh.clean()
    assert fresh.texts("/tea/green/", "strong") == ["gently"]
    assert "by the ocean" in fresh.source("/tea/green/")


def test_with_the_state_alone_an_edited_file_renders_its_own_changed_entry_only(built: Community, tmp_path: Path) -> None:
    opening, reply = "Steeped **slowly** and long.\n", "--- reply\nid: two\nauthor: omid\ndate: 2026-11-05\n---\nA new one.\n"
    replies = str(FILES["tea/green/replies.md"])
    fresh = checkout(built, tmp_path / "fresh", ".anjoman")
    texts_in_state(fresh, b"river", b"ocean")
    fresh.write({
        "tea/green.md": f"---\ntitle: Green tea\nauthor: leila\ndate: 2026-11-01\n---\n{opening}",
        "tea/green/replies.md": f"{replies}\n{reply}",
    }).clean()
    source = fresh.source("/tea/green/")
    assert "and long" in source
    assert "A new one." in source
    assert "by the ocean" in source


def test_with_the_output_alone_an_equal_page_keeps_its_date(built: Community, tmp_path: Path) -> None:
    fresh = checkout(built, tmp_path / "fresh", "output")
    before = fresh.outputs()
    assert fresh.clean().written == ()
    assert fresh.outputs() == before
