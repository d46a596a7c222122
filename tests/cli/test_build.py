from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.catalog.lock import locked
from generator.cli import exits
from generator.cli.app import root
from tests.cli.conftest import Run

KEYS = {"ok", "seconds", "sources", "read", "pages", "rendered", "written", "removed", "problems"}


def broken(site: Path) -> None:
    (site / "content" / "cafe" / "bad.md").write_text("---\ntitle: Bad\ndate: soon\n---\nx\n", encoding="utf-8")


def odd(site: Path) -> None:
    text = "---\ntitle: Odd\nauthor: leila\ndate: 2026-11-01\ncolour: red\n---\nx\n"
    (site / "content" / "cafe" / "odd.md").write_text(text, encoding="utf-8")


def test_a_build_ends_with_one_line_of_what_was_done(run: Run, site: Path) -> None:
    first, second = (run("build", "--jobs", 1).output for _ in range(2))
    assert first.startswith("Built ")
    assert "pages from 7 files in" in first
    assert second.endswith("s: 0 written, 0 removed, 0 warnings\n")


def test_errors_are_printed_and_the_rest_is_built(run: Run, site: Path) -> None:
    broken(site)
    found = run("build", "--jobs", 1)
    assert found.exit_code == exits.PROBLEMS
    assert "content/cafe/bad.md:3: error (date):" in found.stderr
    assert found.stdout.endswith("1 error, 0 warnings\n")
    assert (site / "output" / "cafe" / "welcome" / "index.html").exists()


def test_strict_takes_warnings_as_errors(run: Run, site: Path) -> None:
    odd(site)
    assert run("build", "--jobs", 1).exit_code == exits.FINE
    found = run("build", "--jobs", 1, "--strict")
    assert found.exit_code == exits.PROBLEMS
    assert "error (colour)" in found.stderr


def test_quiet_prints_problems_alone(run: Run, site: Path) -> None:
    odd(site)
    found = run("build", "--jobs", 1, "--quiet")
    assert found.stdout == ""
    assert "colour" in found.stderr


def test_json_has_the_documented_keys(run: Run, site: Path) -> None:
    broken(site)
    found = run("build", "--jobs", 1, "--json")
    told = json.loads(found.stdout)
    assert found.exit_code == exits.PROBLEMS
    assert told.keys() == KEYS
    assert (told["ok"], told["problems"][0]["field"]) == (False, "date")
    assert "cafe/index.html" in told["written"]
    text = run("build", "--help").output
    assert all(key in text for key in KEYS)


def test_json_tells_of_errors_that_end_the_build(run: Run, site: Path) -> None:
    (site / "site.toml").write_text("titel = 3\n", encoding="utf-8")
    found = run("build", "--json")
    assert found.exit_code == exits.USAGE
    assert json.loads(found.stdout)["problems"][0]["line"] == 1


def test_drafts_are_built_only_when_asked_for(run: Run, site: Path) -> None:
    run("new", "post", "Plans", "Later.", "--draft")
    page = site / "output" / "blog" / "plans" / "index.html"
    run("build", "--jobs", 1)
    assert not page.exists()
    run("build", "--jobs", 1, "--drafts")
    assert page.exists()


def test_clean_removes_what_was_built_and_builds_anew(run: Run, site: Path) -> None:
    run("build", "--jobs", 1)
    mine = site / "output" / "mine.txt"
    mine.write_text("mine", encoding="utf-8")
    found = run("build", "--jobs", 1, "--clean")
    assert "0 written" not in found.output
    assert mine.exists()


def test_verify_finds_an_output_that_was_changed_with_its_old_date(run: Run, site: Path) -> None:
    import os

    run("build", "--jobs", 1)
    page = site / "output" / "index.html"
    before, stat = page.read_bytes(), page.stat()
    page.write_bytes(b"x" * stat.st_size)
    os.utime(page, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    run("build", "--jobs", 1, "--verify")
    assert page.read_bytes() == before


def test_a_second_build_at_once_is_told_to_wait(run: Run, site: Path) -> None:
    with locked(site / ".anjoman" / "state.sqlite"):
        found = run("build", "--jobs", 1)
    assert found.exit_code == exits.BUSY
    assert "another build" in found.stderr


def test_an_output_that_cannot_be_written_says_so(run: Run, site: Path) -> None:
    (site / "file").write_text("no folder", encoding="utf-8")
    found = run("build", "--jobs", 1, "--output", site / "file" / "output")
    assert found.exit_code == exits.UNWRITABLE
    assert "can't be written" in found.stderr


def test_no_colour_is_printed_where_none_is_wanted(run: Run, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    odd(site)
    for value, colored in (("", True), ("1", False)):
        monkeypatch.setenv("NO_COLOR", value)
        found = CliRunner().invoke(root, ["build", "--jobs", "1"], color=True)
        assert ("\x1b[" in found.stderr) is colored
