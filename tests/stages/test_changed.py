"""A build that is told what changed looks at nothing else, and still ends where a look at everything would."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build import build, open_site
from generator.listing import Changed
from generator.report import Result
from generator.stages.scan import Scanner
from tests.conftest import NOW, Community, community

TEA = "---\nauthor: leila\ndate: 2026-11-01\n---\nGreen tea, and @omid knows.\n"
FILES = {
    "cafe/board.md": "---\ntitle: Café\n---\n",
    "cafe/tea.md": TEA,
    "cafe/tea/omid.md": "--- reply\nid: o\nauthor: omid\ndate: 2026-11-02\n---\nMilk.\n",
    "cafe/tea/pot.txt": "pot",
    "cafe/milk.md": "---\nauthor: omid\ndate: 2026-11-03\n---\nSee [[Tea]].\n",
    "members/leila.md": "---\nname: Leila\n---\nHello.\n",
    "about.md": "About us there.\n",
    "/static/robots.txt": "all",
}


@pytest.fixture
def tea(site: Community) -> Community:
    site.write(FILES)
    site.clean()
    return site


def told(site: Community, *names: str | Path) -> Result:
    """Build with the paths of what changed."""
    paths = frozenset(name if isinstance(name, Path) else site.path(name) for name in names)
    return build(open_site(site.root, now=NOW), jobs=1, changed=Changed(paths))


def bytes_of(site: Community) -> dict[str, bytes]:
    return {name: data for name, (_, data) in site.outputs().items()}


def assert_as_clean(site: Community, folder: Path) -> None:
    """The output is what a clean build of a copy makes."""
    copy = community(folder)
    for path in site.root.rglob("*"):
        name = path.relative_to(site.root).as_posix()
        if path.is_file() and not name.startswith(("output/", ".anjoman/")):
            copy.write({f"/{name}": path.read_bytes()})
    copy.build()
    assert bytes_of(site) == bytes_of(copy)


def edit(site: Community, name: str, old: str, new: str) -> Community:
    path = site.path(name)
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    return site


EDITS: dict[str, tuple[Callable[[Community], object], list[str]]] = {
    "a text": (lambda s: edit(s, "cafe/tea.md", "Green", "Black"), ["cafe/tea.md"]),
    "a title": (lambda s: edit(s, "cafe/tea.md", "author", "title: Chai\nauthor"), ["cafe/tea.md"]),
    "a reply": (lambda s: edit(s, "cafe/tea/omid.md", "Milk", "Sugar"), ["cafe/tea/omid.md"]),
    "a page": (lambda s: edit(s, "about.md", "us", "them"), ["about.md"]),
    "a member": (lambda s: edit(s, "members/leila.md", "Leila", "Leila K"), ["members/leila.md"]),
    "a board": (lambda s: edit(s, "cafe/board.md", "Café", "Tearoom"), ["cafe/board.md"]),
    "an attachment": (lambda s: edit(s, "cafe/tea/pot.txt", "pot", "two pots"), ["cafe/tea/pot.txt"]),
    "a static file": (lambda s: edit(s, "/static/robots.txt", "all", "none"), ["/static/robots.txt"]),
    "two files": (
        lambda s: [edit(s, name, "e", "E") for name in ("about.md", "cafe/milk.md")],
        ["about.md", "cafe/milk.md"],
    ),
    "a new file": (lambda s: s.write({"cafe/new.md": TEA}), ["cafe/new.md"]),
    "a new reply": (lambda s: s.write({"cafe/milk/a.md": FILES["cafe/tea/omid.md"]}), ["cafe/milk"]),
    "a file that goes": (lambda s: s.remove("cafe/milk.md"), ["cafe/milk.md"]),
    "a topic in two files that goes": (lambda s: s.remove("cafe/tea.md"), ["cafe/tea.md"]),
    "a file that moves": (
        lambda s: s.path("cafe/milk.md").rename(s.path("cafe/cocoa.md")),
        ["cafe/milk.md", "cafe/cocoa.md"],
    ),
    "a folder that moves": (
        lambda s: s.path("cafe/tea").rename(s.path("cafe/milk")),
        ["cafe/tea", "cafe/milk"],
    ),
    "a backup": (lambda s: s.write({"cafe/tea.md~": "old", "cafe/.tea.md.swp": "x"}), ["cafe/tea.md~"]),
    "nothing at all": (lambda s: None, ["cafe/gone.md", "cafe/.hidden.md"]),
    "a setting": (lambda s: edit(s, "/site.toml", "Anjoman", "Forum"), ["/site.toml"]),
    "a language": (
        lambda s: edit(s.write({"about.fa.md": "x"}), "/site.toml", "url", 'languages = ["en", "fa"]\nurl'),
        ["/site.toml", "about.fa.md"],
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_whatever_changed_the_site_is_as_after_a_clean_build(tea: Community, tmp_path: Path, name: str) -> None:
    act, paths = EDITS[name]
    act(tea)
    told(tea, *paths)
    assert_as_clean(tea, tmp_path / "clean")


@pytest.mark.parametrize("gone", ["cafe/_index.md", "cafe"])
def test_a_file_that_was_left_out_is_told_of_no_more_once_it_is_gone(tea: Community, gone: str) -> None:
    tea.write({"cafe/_index.md": "Another."})
    assert ["already" in problem.message for problem in told(tea, "cafe/_index.md").problems] == [True]
    tea.path("cafe/_index.md").unlink()
    assert told(tea, gone).problems == ()


def test_nothing_but_what_changed_is_looked_at(tea: Community, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(tea, "cafe/tea.md", "Green", "Black")
    edit(tea, "cafe/milk.md", "See", "Read")
    monkeypatch.setattr(Scanner, "sources", lambda _: pytest.fail("the site was scanned"))
    result = told(tea, "cafe/tea.md")
    assert result.read == 1
    assert result.sources == len(FILES)
    assert "Black" in tea.source("/cafe/tea/")
    monkeypatch.undo()
    assert tea.clean().read
    assert "Read" in tea.source("/cafe/milk/")


def test_a_change_that_leaves_size_and_date_is_seen(tea: Community) -> None:
    path = tea.path("cafe/tea.md")
    os.utime(path, ns=(10**18, 10**18))
    tea.clean()
    edit(tea, "cafe/tea.md", "Green", "Black")
    os.utime(path, ns=(10**18, 10**18))
    told(tea, "cafe/tea.md")
    assert "Black" in tea.source("/cafe/tea/")


def test_without_a_state_everything_is_looked_at(site: Community) -> None:
    site.write(FILES)
    told(site, "cafe/tea.md")
    assert site.has("/cafe/milk/")


def test_a_path_outside_the_site_is_no_reason_to_look_less(tea: Community, tmp_path: Path) -> None:
    edit(tea, "cafe/tea.md", "Green", "Black")
    told(tea, tmp_path / "elsewhere.md")
    assert "Black" in tea.source("/cafe/tea/")


@pytest.mark.skipif(os.name == "nt", reason="symlinks need a privilege on Windows")
def test_a_known_file_that_becomes_a_link_out_of_the_site_is_not_followed(tea: Community, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("a secret")
    tea.remove("cafe/tea.md")
    tea.path("cafe/tea.md").symlink_to(secret)
    told(tea, "cafe/tea.md")
    assert not any(b"a secret" in data for data in bytes_of(tea).values())
