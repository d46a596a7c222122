from __future__ import annotations

import inspect
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from generator.catalog import keys
from generator.cli import exits
from generator.why import _KINDS, address_of
from tests.cli.conftest import Run


@pytest.fixture
def built(run: Run, site: Path) -> Path:
    assert run("build", "--jobs", 1).exit_code == 0
    return site


def pages(run: Run, *arguments: object) -> list[str]:
    return [page["address"] for page in json.loads(run("why", *arguments, "--json").stdout)["pages"]]


@pytest.mark.parametrize(
    "name",
    [
        "/cafe/welcome/", "/cafe/welcome", "cafe/welcome", "https://example.org/cafe/welcome/#r-tea",
        "http://127.0.0.1:8000/cafe/welcome/?x=1", "output/cafe/welcome/index.html", "output/cafe/welcome",
        "cafe/welcome/index.html",
    ],
)  # fmt: skip
def test_a_page_is_found_by_url_address_and_file(run: Run, built: Path, name: str) -> None:
    assert pages(run, name) == ["/cafe/welcome/"]


@pytest.mark.parametrize("name", ["content/cafe/welcome.md", "./content/cafe/welcome.md"])
def test_a_source_leads_to_its_pages(run: Run, built: Path, name: str) -> None:
    assert pages(run, name) == ["/cafe/welcome/"]


def test_a_file_of_replies_leads_to_its_topic(run: Run, built: Path) -> None:
    run("new", "reply", "cafe/welcome", "Hi.", "--own-file")
    run("build", "--jobs", 1)
    (reply,) = (built / "content" / "cafe" / "welcome").iterdir()
    assert pages(run, reply) == ["/cafe/welcome/"]


def test_an_edit_is_named_as_the_cause(run: Run, built: Path) -> None:
    run("new", "reply", "cafe/welcome", "Hi.")
    run("build", "--jobs", 1)
    told = run("why", "/cafe/welcome/").output
    assert "looked at in build 2; the last build was 2" in told
    cause = told[told.index("because these changed") : told.index("It also reads")]
    assert "the texts of cafe/welcome, page 1" in cause
    assert "content/cafe/welcome.md" in cause


def test_a_page_that_nothing_changed_says_so(run: Run, built: Path) -> None:
    assert "Nothing that it reads changed" in run("why", "/about/").output


def test_an_unknown_page_hints_at_the_nearest(run: Run, built: Path) -> None:
    found = run("why", "/cafe/welcom/")
    assert found.exit_code == exits.USAGE
    assert "/cafe/welcome/" in found.stderr


@pytest.mark.parametrize("name", ["\x00", "../../etc/passwd", "http://[", "x" * 5000, "%ff", "//"])
def test_odd_names_are_unknown_pages(run: Run, built: Path, name: str) -> None:
    assert run("why", name).exit_code in (exits.USAGE, exits.FINE)


def test_before_a_build_it_asks_for_one(run: Run, site: Path) -> None:
    found = run("why", "/")
    assert found.exit_code == exits.USAGE
    assert "anjoman build" in found.stderr


def test_every_kind_of_key_has_words_and_none_breaks(run: Run, built: Path) -> None:
    made = inspect.getmembers(keys, inspect.isfunction)
    kinds = {function(*["x"] * len(inspect.signature(function).parameters)).partition("/")[0] for _, function in made if inspect.signature(function).return_annotation == "Key"}
    assert kinds == _KINDS.keys()
    with closing(sqlite3.connect(built / ".anjoman" / "state.sqlite")) as database:
        for kind, (_, find) in _KINDS.items():
            for (key,) in database.execute("SELECT name FROM key WHERE name = ?1 OR name LIKE ?1 || '/%'", [kind]).fetchall():
                assert all((built / path).exists() for path in find(database, key.partition("/")[2])), key


def test_the_sites_sub_path_is_no_part_of_an_address() -> None:
    for text in ("https://x.org/forum/cafe/", "/forum/cafe/", "/cafe/", "cafe/index.html"):
        assert address_of(text, "/forum", ()) == "/cafe/"
    assert address_of("https://x.org/forum", "/forum", ()) == "/"
    assert address_of("/forumx/", "/forum", ()) == "/forumx/"
