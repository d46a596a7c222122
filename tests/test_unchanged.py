"""The first look: it stands for a build exactly where that would have done nothing."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import installed, unchanged
from generator.build import build, open_site
from generator.report import Result
from generator.stages.scan import Scanner
from generator.unchanged import look
from tests.conftest import NOW, Community

OLD_NS = 1_500_000_000 * 10**9
TEA = "---\ntitle: Tea\ndate: 2026-01-01\n---\nWhich tea?\n"


@pytest.fixture(autouse=True)
def old_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """Anjoman's own files may have been written a moment ago, as in a fresh checkout."""
    monkeypatch.setattr(unchanged, "code_signature", lambda: b"code")


@pytest.fixture
def cafe(site: Community) -> Community:
    return aged(site.write({"cafe/tea.md": TEA, "cafe/pot.png": b"pot"}, cafe="title: Café"))


def aged(site: Community, after: int = 0) -> Community:
    """The site with all its files as old as can be, each with a date of its own."""
    output = site.root / "output"
    paths = sorted(path for path in site.root.rglob("*") if not path.is_relative_to(output))
    for place, path in enumerate(paths):
        if ".anjoman" not in path.parts and not path.is_symlink():
            os.utime(path, ns=(OLD_NS, OLD_NS + (after + place) * 10**9))
    return site


def run(site: Community, now: int = NOW, drafts: bool = False) -> Result:
    """Build as the command line does; the result says whether the first look was enough."""
    first = look(site.root, drafts=drafts, now=now)
    return first.result or build(open_site(site.root, drafts=drafts, now=now, seal=first.seal), jobs=1, changed=first.changed)


def stands(site: Community, now: int = NOW, drafts: bool = False) -> bool:
    return look(site.root, drafts=drafts, now=now).result is not None


def test_the_result_stands_and_is_that_of_the_last_build(cafe: Community) -> None:
    first = run(cafe)
    second = look(cafe.root, now=NOW).result
    assert second is not None
    assert (second.problems, second.sources, second.artifacts) == (first.problems, first.sources, first.artifacts)
    assert not second.read and not second.rendered and not second.written


EDITS: dict[str, Callable[[Community], object]] = {
    "a text": lambda site: site.write({"cafe/tea.md": TEA + "More.\n"}),
    "a text of the same size": lambda site: site.write({"cafe/tea.md": TEA.replace("Which", "Whose")}),
    "a new text": lambda site: site.write({"cafe/new.md": TEA}),
    "a text less": lambda site: site.remove("cafe/tea.md"),
    "a file": lambda site: site.write({"cafe/pot.png": b"pan"}),
    "a static file": lambda site: site.write({"/static/robots.txt": "User-agent: *\n"}),
    "a hidden folder that is published": lambda site: site.write({"/static/.well-known/security.txt": "Contact: x\n"}),
    "a folder of a name that code has": lambda site: site.write({"cafe/__pycache__/a.txt": "a"}),
    "a folder's name": lambda site: (site.root / "content" / "cafe").rename(site.root / "content" / "bar"),
    "the settings": lambda site: site.write({"/site.toml": 'title = "Other"\n'}),
    "the theme": lambda site: site.write({"/themes/agora/templates/footer.html": "Hello"}),
    "a link": lambda site: (site.root / "content" / "cafe" / "b.md").symlink_to("tea.md"),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_no_edit_is_overlooked(cafe: Community, name: str) -> None:
    run(cafe)
    assert stands(cafe)
    try:
        EDITS[name](cafe)
    except OSError:
        pytest.skip("this system makes no links")
    assert not stands(cafe)
    assert not stands(aged(cafe, after=100))


def test_beside_a_link_that_leads_nowhere_no_edit_is_overlooked(cafe: Community) -> None:
    try:
        (cafe.root / "content" / "cafe" / "a.png").symlink_to("none.png")
    except OSError:
        pytest.skip("this system makes no links")
    run(aged(cafe))
    cafe.write({"cafe/tea.md": TEA.replace("Which tea?", "Green or black?")})
    assert run(cafe).read
    run(aged(cafe))
    cafe.write({"cafe/none.png": b"png"})
    assert not stands(cafe)


def to_folder(page: Path) -> None:
    page.unlink()
    page.mkdir()


OUTPUTS: dict[str, Callable[[Path], object]] = {
    "deleted": lambda page: page.unlink(),
    "edited": lambda page: page.write_text("x", "utf-8"),
    "a folder": lambda page: to_folder(page),
}  # fmt: skip


@pytest.mark.parametrize("name", OUTPUTS)
def test_an_output_that_was_touched_is_made_again(cafe: Community, name: str) -> None:
    run(cafe)
    page = cafe.file("/cafe/tea/")
    before = page.read_bytes()
    OUTPUTS[name](page)
    assert not stands(cafe)
    if page.is_dir():
        page.rmdir()
    run(cafe)
    assert page.read_bytes() == before


def test_the_clock_is_looked_at_in_either_direction(cafe: Community) -> None:
    cafe.write({"cafe/news.md": TEA.replace("---\nWhich", "publish: 2027-06-01\n---\nWhich")})
    run(aged(cafe))
    later = NOW + 365 * 24 * 3600
    assert stands(cafe) and stands(cafe, NOW + 60) and not stands(cafe, later)
    assert run(cafe, later).written
    assert stands(cafe, later) and not stands(cafe)


def test_drafts_and_an_output_of_its_own_are_other_builds(cafe: Community) -> None:
    run(cafe)
    assert not stands(cafe, drafts=True)
    assert look(cafe.root, output=cafe.root / "other", now=NOW).result is None
    assert look(cafe.root, fingerprint=False, now=NOW).result is None


def test_a_young_file_is_not_trusted(cafe: Community) -> None:
    cafe.write({"cafe/tea.md": TEA + "More.\n"})
    assert look(cafe.root, now=NOW).seal.whole == b""
    run(cafe)
    assert not stands(cafe)


def test_a_text_that_takes_its_date_from_the_history_is_asked_for_again(cafe: Community) -> None:
    run(aged(cafe.write({"cafe/undated.md": "---\ntitle: When\n---\nNow?\n"})))
    assert not stands(cafe)


def test_what_is_wrong_is_told_again(cafe: Community) -> None:
    problems = run(aged(cafe.write({"cafe/bad.md": "---\ntitel: Tea\ndate: 2026-01-01\n---\nTea?\n"}))).problems
    found = look(cafe.root, now=NOW).result
    assert problems and found is not None and found.problems == problems


def test_a_build_that_was_not_told_of_a_first_look_leaves_none_that_stands(cafe: Community) -> None:
    run(cafe)
    cafe.build()
    assert not stands(cafe)


def test_a_state_that_cannot_be_read_is_left_to_the_build(cafe: Community) -> None:
    run(cafe)
    state = cafe.root / ".anjoman" / "state.sqlite"
    data = state.read_bytes()
    state.write_bytes(data[: len(data) // 2])
    assert not stands(cafe)
    state.write_bytes(b"no database at all")
    assert not stands(cafe)


def test_a_package_with_features_is_left_to_the_build(cafe: Community, monkeypatch: pytest.MonkeyPatch) -> None:
    run(cafe)
    info = cafe.root.parent / "packages" / "wall-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: wall\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text(f"[{installed.GROUP}]\nwall = wall:feature\n", "utf-8")
    monkeypatch.setattr(sys, "path", [str(info.parent), *sys.path])
    assert look(cafe.root, now=NOW).seal.whole == b""


def changed(site: Community, now: int = NOW) -> set[str] | None:
    """What the first look says that changed, as paths below the site; None where it can't tell."""
    found = look(site.root, now=now).changed
    return None if found is None else {path.relative_to(site.root).as_posix() for path in found.paths}


TOLD: dict[str, tuple[Callable[[Community], object], set[str] | None]] = {
    "a text": (lambda site: site.write({"cafe/tea.md": TEA + "More.\n"}), {"content/cafe/tea.md"}),
    "a text of the same size": (
        lambda site: site.write({"cafe/tea.md": TEA.replace("Which", "Whose")}), {"content/cafe/tea.md"}
    ),
    "two files": (
        lambda site: site.write({"cafe/tea.md": TEA + "More.\n", "cafe/pot.png": b"pan"}),
        {"content/cafe/tea.md", "content/cafe/pot.png"},
    ),
    "nothing": (lambda site: None, set()),
    "a new text": (lambda site: site.write({"cafe/new.md": TEA}), None),
    "a text less": (lambda site: site.remove("cafe/tea.md"), None),
    "a folder": (lambda site: site.write({"cafe/hot/new.md": TEA}), None),
    "the settings": (lambda site: site.write({"/site.toml": 'title = "Other"\n'}), None),
}  # fmt: skip


@pytest.mark.parametrize("name", TOLD)
@pytest.mark.parametrize("age", [True, False], ids=["old", "young"])
def test_what_changed_is_told_where_the_names_of_all_files_stayed(cafe: Community, name: str, age: bool) -> None:
    run(cafe)
    act, told = TOLD[name]
    act(cafe)
    if age:
        path = cafe.path("cafe/tea.md")
        if path.exists() and name != "nothing":
            os.utime(path, ns=(OLD_NS, OLD_NS + 10**12))
    if name == "nothing":
        assert stands(cafe)
        (cafe.root / "output" / "index.html").unlink()
    assert changed(cafe) == told


def test_a_build_that_is_told_looks_at_that_alone_and_at_the_output(
    cafe: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(cafe)
    cafe.write({"cafe/tea.md": TEA + "More.\n"})
    cafe.file("/tags/").write_text("by hand", "utf-8")
    monkeypatch.setattr(Scanner, "sources", lambda _: pytest.fail("the site was scanned"))
    result = run(cafe)
    assert set(result.written) >= {"cafe/tea/index.html", "tags/index.html"}
    assert result.read == 1
    assert "by hand" not in cafe.source("/tags/")


def test_a_text_that_may_have_changed_again_is_looked_at_again(cafe: Community) -> None:
    run(cafe)
    path = cafe.path("cafe/tea.md")
    cafe.write({"cafe/tea.md": TEA + "More.\n"})
    run(cafe)
    stat = path.stat()
    path.write_text(TEA + "Less.\n", "utf-8")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert changed(cafe) == {"content/cafe/tea.md"}
    run(cafe)
    assert "Less." in cafe.source("/cafe/tea/")


def test_many_changes_are_left_to_a_scan(cafe: Community, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unchanged, "_FEW", 2)
    run(cafe)
    cafe.write({"cafe/tea.md": TEA + "More.\n", "cafe/pot.png": b"pan"})
    assert changed(cafe) is None


def test_where_something_is_due_a_change_is_left_to_a_scan(cafe: Community) -> None:
    cafe.write({"cafe/news.md": TEA.replace("---\nWhich", "publish: 2027-06-01\n---\nWhich")})
    run(aged(cafe))
    cafe.write({"cafe/tea.md": TEA + "More.\n"})
    assert changed(cafe) == {"content/cafe/tea.md"}
    assert changed(cafe, NOW + 365 * 24 * 3600) is None
