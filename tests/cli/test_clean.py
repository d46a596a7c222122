from __future__ import annotations

from pathlib import Path

from generator.catalog.lock import locked
from generator.cli import exits
from tests.cli.conftest import Run


def test_only_what_was_built_is_removed(run: Run, site: Path) -> None:
    run("build", "--jobs", 1)
    mine = site / "output" / "cafe" / "mine.txt"
    mine.write_text("mine", encoding="utf-8")
    assert run("clean").exit_code == 0
    assert [path for path in (site / "output").rglob("*") if path.is_file()] == [mine]
    assert not (site / ".anjoman" / "state.sqlite").exists()


def test_an_output_of_ours_alone_goes_with_its_folder(run: Run, site: Path) -> None:
    run("build", "--jobs", 1, "--output", "preview")
    assert (site / "preview" / "index.html").exists()
    run("clean", "--output", "preview")
    assert not (site / "preview").exists()


def test_a_folder_that_is_not_known_is_left_alone(run: Run, site: Path) -> None:
    (site / "output").mkdir()
    (site / "output" / "index.html").write_text("mine", encoding="utf-8")
    found = run("clean")
    assert found.exit_code == 0
    assert "Delete it yourself" in found.stderr
    assert (site / "output" / "index.html").exists()


def test_all_forgets_everything(run: Run, site: Path) -> None:
    run("build", "--jobs", 1)
    assert run("clean", "--all").exit_code == 0
    assert not (site / ".anjoman").exists()
    assert (site / "content").exists()


def test_nothing_is_removed_while_a_build_runs(run: Run, site: Path) -> None:
    run("build", "--jobs", 1)
    with locked(site / ".anjoman" / "state.sqlite"):
        assert run("clean").exit_code == exits.BUSY
    assert (site / "output" / "index.html").exists()


def test_a_damaged_state_is_no_obstacle(run: Run, site: Path) -> None:
    run("build", "--jobs", 1)
    (site / ".anjoman" / "state.sqlite").write_bytes(b"damaged" * 1000)
    assert run("clean").exit_code == 0
    assert run("build", "--jobs", 1).exit_code == 0


def test_nothing_is_forgotten_while_a_build_runs(run: Run, site: Path) -> None:
    run("build", "--jobs", 1)
    run("build", "--jobs", 1, "--output", "preview")
    with locked(site / ".anjoman" / "state-preview.sqlite"):
        assert run("clean", "--all").exit_code == exits.BUSY
    assert (site / ".anjoman" / "state-preview.sqlite").exists()
