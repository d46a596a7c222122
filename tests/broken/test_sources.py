"""Files that can't be read as they should: each gives a problem with its place and its mend, and the rest is built."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote

import pytest

from generator.errors import Problem, SiteError
from generator.report import Result
from tests.conftest import SETTINGS, Community, only

GOOD = "---\ntitle: Good\nauthor: leila\ndate: 2026-01-01\n---\nGood text.\n"


def built(site: Community, files: dict[str, str | bytes]) -> Result:
    """Build the files beside a good topic, which has to be there whatever they are."""
    result = site.write(files).write({"cafe/good.md": GOOD}, cafe="title: Café").build()
    assert site.texts("/cafe/good/", ".prose") == ["Good text."]
    assert "Good" in site.texts("/cafe/", ".row-title a")
    assert all(problem.message and problem.path for problem in result.problems)
    return result


def told(problem: Problem) -> tuple[str, int, str, str]:
    assert problem.hint or "expected" in problem.message, problem
    return problem.path.removeprefix("content/"), problem.line, problem.field, problem.severity


def topic(fields: str, text: str = "Text.\n") -> str:
    return f"---\nauthor: x\ndate: 2026-01-01\n{fields}\n---\n{text}"


# Front matter ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "line"),
    [("title: [a", 4), ("a: b: c", 4), ("tags: {", 4), ("title: *alias", 4), ('title: "open', 4), ("\ttitle: x", 4)],
)
def test_front_matter_that_does_not_parse_costs_the_topic(site: Community, fields: str, line: int) -> None:
    problem = only(built(site, {"cafe/bad.md": topic(fields)}))
    path, at, _, severity = told(problem)
    assert (path, severity) == ("cafe/bad.md", "error")
    assert line <= at <= line + 2
    assert not site.has("/cafe/bad/")


def test_front_matter_without_an_end_costs_the_topic(site: Community) -> None:
    problem = only(built(site, {"cafe/bad.md": "---\ntitle: x\n\nText.\n"}))
    assert told(problem) == ("cafe/bad.md", 1, "", "error")


@pytest.mark.parametrize("date", ["2024-13-45", "2026-02-30", "yesterday", "2026-01-01 25:00", "12:30:45", "0000-01-01"])
def test_a_date_that_does_not_exist_is_an_error(site: Community, date: str) -> None:
    problem = only(built(site, {"cafe/bad.md": f"---\ntitle: Bad\ndate: {date}\n---\nText.\n"}))
    assert problem.place == "content/cafe/bad.md:3"
    assert (problem.field, problem.severity) == ("date", "error")
    assert "2026-11-01" in problem.message


@pytest.mark.parametrize("date", ["0001-01-01 00:00 +14:00", "9999-12-31 23:59 -12:00", "0001-01-01", "9999-12-31", "0500-06-07"])
@pytest.mark.parametrize("settings", [SETTINGS, SETTINGS + 'calendar = "persian"\nlanguage = "fa"\ntimezone = "Asia/Tehran"\n'])
def test_a_date_at_the_edge_of_time_is_built_or_told(site: Community, date: str, settings: str) -> None:
    files: dict[str, str | bytes] = {"/site.toml": settings + '[feeds]\nformats = ["atom", "rss", "json"]\n'}
    text = f"---\ntitle: Edge\nauthor: x\ndate: {date}\n---\nText.\n"
    files |= {"edge/board.md": '---\nkind: blog\naddress: ":year/:month/:day/:slug"\n---\n', "edge/bad.md": text}
    result = built(site, files)
    assert "Edge" in site.source("/edge/") or only(result).path == "content/edge/bad.md"


def test_an_unknown_field_is_a_warning_that_names_the_nearest_once(site: Community) -> None:
    problem = only(built(site, {"cafe/odd.md": topic("titel: Odd")}))
    assert told(problem) == ("cafe/odd.md", 4, "titel", "warning")
    assert "“title”" in problem.hint
    assert site.has("/cafe/odd/")


def test_a_field_of_the_wrong_kind_names_what_was_expected(site: Community) -> None:
    problem = only(built(site, {"cafe/bad.md": topic("votes: many")}))
    assert (problem.path, problem.line, problem.field, problem.severity) == ("content/cafe/bad.md", 4, "votes", "error")
    assert "number" in problem.message


@pytest.mark.parametrize("number", ["1" + "0" * 30, "-1" + "0" * 30, "1" + "0" * 5000, "٣"])
def test_a_number_of_any_size_is_built_or_told(site: Community, number: str) -> None:
    result = built(site, {"cafe/a.md": topic(f"votes: {number}"), "big/board.md": f"---\norder: {number}\n---\n"})
    assert site.has("/cafe/a/") or any(problem.path == "content/cafe/a.md" for problem in result.errors)


def test_an_unknown_kind_of_board_names_the_nearest(site: Community) -> None:
    result = built(site, {"odd/board.md": "---\ntitle: Odd\nkind: forums\n---\n"})
    problem = next(problem for problem in result.errors if problem.field)
    assert (problem.place, problem.field) == ("content/odd/board.md:3", "kind")
    assert "“forum”" in problem.hint


def test_a_board_that_can_not_be_read_is_not_built_because_it_may_be_private(site: Community) -> None:
    files: dict[str, str | bytes] = {"odd/board.md": "---\ntitle: [\n---\n", "odd/tea.md": topic("title: Tea")}
    assert {told(problem)[0] for problem in built(site, files).errors} >= {"odd/board.md"}
    assert not any(name.startswith("odd/") for name in site.outputs())
    site.write({"odd/board.md": "---\ntitle: Odd\n---\n"}).clean()
    assert site.has("/odd/tea/")


# Bytes -----------------------------------------------------------------------


def test_a_file_that_is_not_utf8_is_named_with_its_line(site: Community) -> None:
    problem = only(built(site, {"cafe/latin.md": topic("title: Caf\u00e9").encode("latin-1")}))
    assert told(problem) == ("cafe/latin.md", 4, "", "error")
    assert "UTF-8" in problem.message


def test_a_byte_order_mark_and_windows_lines_are_fine(site: Community) -> None:
    data = b"\xef\xbb\xbf" + topic("title: Win").replace("\n", "\r\n").encode()
    assert not built(site, {"cafe/win.md": data}).problems
    assert site.texts("/cafe/win/", ".topic-head h1") == ["Win"]


def test_a_nul_is_an_error(site: Community) -> None:
    problem = only(built(site, {"cafe/nul.md": topic("title: Nul", "a\0b")}))
    assert told(problem) == ("cafe/nul.md", 6, "", "error")


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff"])
def test_an_empty_topic_is_an_error(site: Community, text: str) -> None:
    problem = only(built(site, {"cafe/empty.md": text}))
    assert told(problem) == ("cafe/empty.md", 1, "", "error")


def test_a_huge_entry_is_shown_whole(site: Community) -> None:
    line = "Words and *more* words, [a link](https://example.org/) and the like.\n\n"
    result = built(site, {"cafe/huge.md": topic("title: Huge", line * (10_000_000 // len(line)) + "The very end.\n")})
    assert "The very end." in site.source("/cafe/huge/")
    assert not result.errors
    assert {problem.path for problem in result.warnings} <= {"content/cafe/huge.md"}


# The file system -------------------------------------------------------------


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_named_and_read_once_it_can_be(site: Community) -> None:
    site.write({"cafe/locked.md": topic("title: Locked")}).path("cafe/locked.md").chmod(0)
    problem = only(built(site, {}))
    assert told(problem) == ("cafe/locked.md", 0, "", "error")
    site.path("cafe/locked.md").chmod(0o644)
    site.clean()
    assert site.has("/cafe/locked/")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes there")
@pytest.mark.parametrize("name", ["cafe/pipe.md", "cafe/pipe.png", "/static/pipe"])
def test_what_is_no_file_is_named_and_not_waited_for(site: Community, name: str) -> None:
    site.write({"/static/x": ""}, cafe="")
    os.mkfifo(site.path(name))
    problem = only(built(site, {}))
    assert (problem.path, problem.severity) == (name[1:] if name[0] == "/" else f"content/{name}", "error")


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
@pytest.mark.parametrize("where", ["cafe/out.md", "cafe/out", "/static/out", "/content", "/static"])
def test_a_link_that_leads_outside_is_not_followed(site: Community, tmp_path: Path, where: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text(topic("title: Secret"))
    target = outside / "secret.md" if where.endswith(".md") else outside
    if where == "/content":
        site.path(where).symlink_to(target)
        result = site.build()
    else:
        site.write({}, cafe="")
        site.path(where).parent.mkdir(parents=True, exist_ok=True)
        site.path(where).symlink_to(target)
        result = built(site, {})
    problem = only(result)
    assert problem.path == (where[1:] if where[0] == "/" else f"content/{where}")
    assert problem.severity == "error"
    assert "outside" in problem.message
    assert not any("Secret" in site.source(f"/{name}") for name in site.html_files())
    assert not any("secret" in name for name in site.outputs())


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_link_that_leads_in_a_circle_or_nowhere_is_named(site: Community) -> None:
    site.write({}, cafe="")
    site.path("cafe/loop").symlink_to(site.path("cafe"))
    site.path("cafe/self.md").symlink_to(site.path("cafe/self.md"))
    site.path("cafe/gone.md").symlink_to(site.path("cafe/nowhere.md"))
    result = built(site, {})
    assert {problem.path for problem in result.errors} == {f"content/cafe/{name}" for name in ("loop", "self.md", "gone.md")}


@pytest.mark.skipif(os.name == "nt" or os.uname().sysname == "Darwin", reason="names are Unicode there")
def test_a_name_that_is_not_utf8_is_named(site: Community) -> None:
    site.write({}, cafe="")
    Path(os.fsdecode(os.fsencode(site.path("cafe")) + b"/caf\xe9.md")).write_text(topic("title: X"))
    problem = only(built(site, {}))
    assert problem.severity == "error"
    assert "UTF-8" in problem.message


def test_a_name_as_long_as_file_systems_take_is_built(site: Community) -> None:
    names = ["a" * 252, "چ" * 126]
    result = built(site, {f"cafe/{name}.md": topic("title: Long") for name in names})
    assert not result.problems
    assert site.texts("/cafe/", ".row-title a").count("Long") == 2
    for href in site.attributes("/cafe/", ".row-title a", "href"):
        assert all(len(part.encode()) <= 255 for part in unquote(href).split("/"))


def test_deep_folders_are_built(site: Community) -> None:
    deep = "/".join(["d"] * 60)
    result = built(site, {f"cafe/{deep}/tea.md": topic("title: Deep"), f"p/{deep}/page.md": "Deep page.\n"})
    assert not result.problems
    assert site.has("/cafe/tea/")
    assert site.has(f"/p/{deep}/page/")


def test_a_missing_or_wrong_settings_file_is_one_error_each(site: Community) -> None:
    site.write({"/site.toml": 'titel = "T"\n[feeds]\nlenght = 3\nlength = 0\n'})
    with pytest.raises(SiteError) as caught:
        site.build()
    assert [(p.path, p.line, p.field) for p in caught.value.problems] == [
        ("site.toml", 1, "titel"), ("site.toml", 3, "feeds.lenght"), ("site.toml", 4, "feeds.length"),
    ]  # fmt: skip
    assert "“title”" in caught.value.problems[0].hint
    assert "“length”" in caught.value.problems[1].hint
    site.remove("/site.toml")
    with pytest.raises(SiteError):
        site.build()


def test_an_unknown_theme_names_the_known_ones(site: Community) -> None:
    site.write({"/site.toml": 'theme = "agorra"\n'})
    with pytest.raises(SiteError) as caught:
        site.build()
    assert "agora" in str(caught.value)
