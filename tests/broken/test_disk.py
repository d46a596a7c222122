"""A disk that is full, read-only or forbidden: the error says so, the old pages stand, and the next build is right."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from generator.cli import exits
from generator.stages.write import is_unfinished
from tests.broken.sites import Tree, anjoman, cafe, clean_output, edit, output
from tests.conftest import Community

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="faults are made with the means of POSIX")


def check_recovery(site: Community, before: Tree, folder: Path) -> None:
    """Each page is the old one or the new one, and the next build makes it all new."""
    wanted = clean_output(site, folder)
    found = output(site)
    pages = {name: data for name, data in found.items() if not is_unfinished(name.rpartition("/")[2])}
    assert all(data in (before.get(name), wanted.get(name)) for name, data in pages.items())
    site.build()
    assert output(site) == wanted


def check_words(told: str) -> None:
    assert "Traceback" not in told
    assert ": error: " in told
    assert "\n    " in told, "there is no hint"


@pytest.mark.parametrize("number", [1, 2, 6, 11])
@pytest.mark.parametrize(
    ("fault", "error", "code"),
    [
        ("replace", "ENOSPC", exits.UNWRITABLE),
        ("open", "full", exits.UNWRITABLE),
        ("open", "EROFS", exits.UNWRITABLE),
        ("replace", "EACCES", exits.PROBLEMS),
    ],
)
def test_a_disk_that_fails_at_any_write(
    fault: str, error: str, code: int, number: int, tmp_path: Path
) -> None:
    if error == "full" and not Path("/dev/full").exists():
        pytest.skip("there is no device that is full")
    site = cafe(tmp_path / "site")
    before = output(site)
    edit(site)
    done = anjoman(site, "build", "--jobs", 1, fault=(fault, number, error))
    check_words(done.stderr)
    assert done.returncode == code
    check_recovery(site, before, tmp_path)


@pytest.mark.parametrize("fault", [("unlink", 1, "EROFS"), ("mkdir", 1, "ENOSPC"), ("mkdir", 2, "EACCES")])
def test_a_disk_that_lets_nothing_be_made_or_deleted(fault: tuple[object, ...], tmp_path: Path) -> None:
    site = cafe(tmp_path / "site")
    before = output(site)
    edit(site)
    done = anjoman(site, "build", "--jobs", 1, fault=fault)
    check_words(done.stderr)
    assert done.returncode in (exits.UNWRITABLE, exits.PROBLEMS)
    check_recovery(site, before, tmp_path)


def test_a_full_disk_is_told_once_by_many_workers(tmp_path: Path) -> None:
    site = cafe(tmp_path / "site", topics=60)
    before = output(site)
    site.write({"/site.toml": 'title = "Other"\nurl = "https://example.org/"\n'})
    done = anjoman(site, "build", "--jobs", 2, fault=("replace", 20, "ENOSPC"))
    check_words(done.stderr)
    assert (done.returncode, done.stderr.count("error")) == (exits.UNWRITABLE, 1)
    assert "free some space" in done.stderr.lower()
    check_recovery(site, before, tmp_path)


@pytest.mark.parametrize("size", [0, 3_000, 40_000, 150_000])
def test_files_that_may_not_grow(size: int, tmp_path: Path) -> None:
    site = cafe(tmp_path / "site")
    before = output(site)
    edit(site)
    done = anjoman(site, "build", "--jobs", 1, fault=("size", size, ""))
    if done.returncode != exits.FINE:
        check_words(done.stderr)
        assert done.returncode in (exits.UNWRITABLE, exits.PROBLEMS)
    assert size >= 150_000 or done.returncode != exits.FINE
    check_recovery(site, before, tmp_path)


@pytest.mark.parametrize("more", [0, 1, 4, 12])
def test_a_state_file_that_may_not_grow(more: int, tmp_path: Path) -> None:
    site = cafe(tmp_path / "site", topics=12)
    before = output(site)
    pages = (site.root / ".anjoman" / "state.sqlite").stat().st_size // 4096
    for number in range(30):
        site.write({f"cafe/more{number}.md": f"---\ntitle: More{number}\n---\n" + f"words {number} " * 500})
    done = anjoman(site, "build", "--jobs", 1, fault=("pages", pages + more, ""))
    check_words(done.stderr)
    assert done.returncode == exits.UNWRITABLE
    assert ".anjoman/state.sqlite: error:" in done.stderr
    check_recovery(site, before, tmp_path)


def test_a_first_build_on_a_full_disk(tmp_path: Path) -> None:
    site = cafe(tmp_path / "site")
    (site.root / ".anjoman" / "state.sqlite").unlink()
    before = output(site)
    edit(site)
    done = anjoman(site, "build", fault=("pages", 8, ""))
    check_words(done.stderr)
    assert done.returncode == exits.UNWRITABLE
    assert output(site) == before


@pytest.mark.parametrize("blocked", [".anjoman", ".anjoman/state.lock", ".anjoman/state.sqlite", "output"])
def test_something_else_in_the_place_of_the_state_or_the_output(blocked: str, tmp_path: Path) -> None:
    site = cafe(tmp_path / "site")
    wanted = output(site)
    path = site.root / blocked
    path.rename(tmp_path / "aside")
    if blocked in (".anjoman", "output"):
        path.write_text("mine")
    else:
        path.mkdir()
        (path / "mine").write_text("mine")
    done = anjoman(site, "build", "--jobs", 1)
    check_words(done.stderr)
    assert (done.returncode, blocked.partition("/")[0] in done.stderr) == (exits.UNWRITABLE, True)
    if path.is_dir():
        (path / "mine").unlink()
        path.rmdir()
    else:
        path.unlink()
    (tmp_path / "aside").rename(path)
    site.clean()
    assert output(site) == wanted
