"""A state file that is damaged, cut, foreign or old: it is made from nothing, and the site is right."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from generator.report import Result
from tests.broken.sites import cafe, clean_output, edit, output
from tests.conftest import Community


def state_of(site: Community) -> Path:
    return site.root / ".anjoman" / "state.sqlite"


def overwrite(path: Path, random: Random) -> None:
    """Random bytes at random places, a few or whole pages."""
    data = bytearray(path.read_bytes())
    for _ in range(random.choice((1, 5, 20))):
        at, length = random.randrange(len(data)), random.choice((1, 60, 4096))
        data[at : at + length] = random.randbytes(len(data[at : at + length]))
    path.write_bytes(data)


def was_damaged(result: Result) -> bool:
    """Whether a build began again from nothing, and said so; all else must be well."""
    told = [problem for problem in result.problems if "damaged" in problem.message]
    assert not set(result.problems) - set(told)
    assert all((problem.severity, problem.path) == ("warning", ".anjoman/state.sqlite") for problem in told)
    return bool(told)


@pytest.mark.parametrize("start", range(0, 24, 8))
def test_random_damage_is_noticed_or_does_no_harm(start: int, tmp_path: Path) -> None:
    site = cafe(tmp_path / "site")
    shutil.copytree(site.root, tmp_path / "before")
    edit(site)
    wanted = clean_output(site, tmp_path)
    for seed in range(start, start + 8):
        damaged = Community(tmp_path / f"damaged-{seed}")
        shutil.copytree(tmp_path / "before", damaged.root)
        overwrite(state_of(damaged), Random(seed))
        edit(damaged)
        told = was_damaged(damaged.build())
        left = output(damaged).items() - wanted.items()
        # What a damaged file can't tell any more is told to the user: that this page may have stayed.
        assert {name for name, _ in left} <= ({"cafe/t2/index.html"} if told else set()), f"seed {seed}"
        assert wanted.items() <= output(damaged).items(), f"seed {seed}"
        damaged.clean()


def damage_table(path: Path, table: str) -> None:
    """Overwrite the page where a table begins."""
    with closing(sqlite3.connect(path)) as database:
        page: int = database.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [table]).fetchone()[0]
        size: int = database.execute("PRAGMA page_size").fetchone()[0]
    data = bytearray(path.read_bytes())
    data[(page - 1) * size : page * size] = b"\xff" * size
    path.write_bytes(data)


@pytest.mark.parametrize("table", ["artifact", "source", "html", "fact", "trace", "key", "placed", "listing", "document"])
def test_damage_that_is_met_in_the_middle_of_a_build_is_told_and_mended(table: str, tmp_path: Path) -> None:
    site = cafe(tmp_path / "site")
    damage_table(state_of(site), table)
    edit(site)
    assert was_damaged(site.build())
    assert output(site) == clean_output(site, tmp_path)
    site.clean()


def test_what_was_made_before_is_removed_although_the_state_was_damaged(tmp_path: Path) -> None:
    site = cafe(tmp_path / "site")
    damage_table(state_of(site), "fact")
    site.remove("cafe/t3.md")
    site.write({"/output/mine.txt": "mine"})
    assert was_damaged(site.build())
    assert output(site) == clean_output(site, tmp_path) | {"mine.txt": b"mine"}


def test_rows_that_are_not_what_was_stored_are_damage(tmp_path: Path) -> None:
    site = cafe(tmp_path / "site")
    with sqlite3.connect(state_of(site)) as database:
        database.execute("UPDATE fact SET data = x'7bff22'")
    database.close()
    edit(site)
    assert was_damaged(site.build())
    assert output(site) == clean_output(site, tmp_path)


@pytest.mark.parametrize("what", ["empty", "text", "cut", "half-schema", "old-schema", "foreign"])
def test_a_state_file_that_is_none_of_ours_is_made_anew(what: str, tmp_path: Path) -> None:
    site = cafe(tmp_path / "site")
    state = state_of(site)
    if what in ("empty", "text", "cut"):
        state.write_bytes({"empty": b"", "text": b"not a database\n" * 999, "cut": state.read_bytes()[:9999]}[what])
    else:
        if what == "foreign":
            state.unlink()
        with sqlite3.connect(state) as database:
            database.execute(
                {
                    "half-schema": "DROP TABLE trace",
                    "old-schema": "UPDATE meta SET value = x'00' WHERE name = 'schema'",
                    "foreign": "CREATE TABLE artifact (name)",
                }[what]
            )
        database.close()
    edit(site)
    assert was_damaged(site.build()) == (what not in ("empty", "old-schema"))
    wanted = clean_output(site, tmp_path)
    if what == "old-schema":  # it still tells what was made, so nothing stays behind
        assert output(site) == wanted
    assert wanted.items() <= output(site).items()
    site.clean()


def test_verifying_reads_all_of_the_state(tmp_path: Path) -> None:
    site = cafe(tmp_path / "site")
    damage_table(state_of(site), "topic_folded")
    site.build(verify=True)
    with closing(sqlite3.connect(state_of(site))) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert output(site) == clean_output(site, tmp_path)
