from __future__ import annotations

import json
from pathlib import Path

from generator.cli import exits
from generator.cli.check import grouped
from generator.errors import Problem
from tests.cli.conftest import Run


def test_a_link_that_leads_nowhere_is_an_error_printed_once(run: Run, site: Path) -> None:
    settings = site / "site.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("/about/", "/abuot/"), encoding="utf-8")
    found = run("check", "--jobs", 1)
    assert found.exit_code == exits.PROBLEMS
    assert found.stderr.count("“/abuot/”") == 1
    assert "more places)" in found.stderr
    assert "/about/" in found.stderr
    assert found.stderr.startswith("output/")


def test_errors_of_the_content_fail_the_check_too(run: Run, site: Path) -> None:
    (site / "content" / "cafe" / "bad.md").write_text("---\ndate: soon\n---\nx\n", encoding="utf-8")
    assert run("check", "--jobs", 1).exit_code == exits.PROBLEMS


def test_json_holds_every_place(run: Run, site: Path) -> None:
    settings = site / "site.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("/about/", "/abuot/"), encoding="utf-8")
    told = json.loads(run("check", "--jobs", 2, "--json").stdout)
    places = {problem["path"] for problem in told["problems"] if "abuot" in problem["message"]}
    assert not told["ok"]
    assert {"output/index.html", "output/cafe/index.html"} <= places


def test_problems_of_one_meaning_are_grouped_under_the_first_page() -> None:
    one, two, other = Problem("b.html", 3, "href", "no page"), Problem("a.html", 9, "href", "no page"), Problem("a", 1, "x", "y")
    assert grouped([one, two, other]) == [Problem("a.html", 9, "href", "no page (and 1 more place)"), other]
