"""What an incremental build does and leaves alone; that it equals a clean one after any edits is a law of its own."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from generator.build import build, open_site
from generator.catalog.lock import locked
from generator.errors import BusyError, OutputError
from tests.conftest import NOW, SETTINGS, Community, community, only

TEA = "---\ntitle: Tea\nauthor: leila\ndate: 2026-01-01\ntags: [leaves]\n---\nWhich tea?\n"
MILK = "---\ntitle: Milk\nauthor: omid\ndate: 2026-01-02\n---\nNo milk.\n"
REPLY = "--- reply\nauthor: sara\ndate: 2026-01-03\n---\nGreen.\n"


@pytest.fixture
def cafe(site: Community) -> Community:
    """A small café that is built."""
    site.write({"cafe/tea.md": TEA, "cafe/milk.md": MILK, "about.md": "About.\n", "/static/a.txt": "a"}, cafe="title: Café")
    site.clean()
    return site


def dates(site: Community) -> dict[str, int]:
    return {name: mtime for name, (mtime, _) in site.outputs().items()}


def contents(site: Community) -> dict[str, bytes]:
    return {name: data for name, (_, data) in site.outputs().items()}


def clean_contents(site: Community, tmp_path: Path) -> dict[str, bytes]:
    """What a clean build of the same sources gives."""
    other = Community(tmp_path / "clean")
    shutil.copytree(site.root, other.root, ignore=shutil.ignore_patterns("output", ".anjoman"))
    other.build()
    return contents(other)


def test_no_change_writes_nothing_and_moves_no_date(cafe: Community) -> None:
    before = dates(cafe)
    for verify in (False, True):
        result = cafe.build(verify=verify)
        assert (result.written, result.removed) == ((), ())
        assert dates(cafe) == before


def test_a_file_that_is_only_touched_writes_nothing(cafe: Community) -> None:
    before = dates(cafe)
    os.utime(cafe.path("cafe/tea.md"), (1, 1))
    assert cafe.clean().written == ()
    assert dates(cafe) == before


def test_an_edit_writes_only_the_pages_that_show_it(cafe: Community) -> None:
    cafe.write({"about.md": "About us.\n"})
    assert {name for name in cafe.clean().written if not name.startswith("search/")} == {"about/index.html"}
    cafe.write({"cafe/tea.md": TEA.replace("Which tea?", "Which tea do you like?")})
    written = set(cafe.clean().written)
    assert {"cafe/tea/index.html", "cafe/feed.xml", "feed.xml"} <= written
    assert not written & {"cafe/milk/index.html", "about/index.html", "members/omid/index.html", "404.html"}


def test_a_new_reply_leaves_other_topics_alone(cafe: Community) -> None:
    cafe.write({"cafe/tea.md": TEA + REPLY})
    written = set(cafe.clean().written)
    assert {"cafe/tea/index.html", "cafe/index.html", "recent/index.html", "members/sara/index.html"} <= written
    assert not written & {"cafe/milk/index.html", "about/index.html", "feed.xml", "members/omid/index.html"}


def test_a_renamed_topic_changes_the_pages_that_point_to_it(cafe: Community) -> None:
    cafe.write({"cafe/milk.md": MILK.replace("No milk.", "See [[cafe/tea]] and [tea](tea.md).")}).clean()
    cafe.write({"cafe/tea.md": TEA.replace("title: Tea", "title: Chai\nslug: chai")}).clean()
    assert cafe.attributes("/cafe/milk/", ".prose a", "href")[1] == "/forum/cafe/chai/"
    assert not cafe.has("/cafe/tea/")


def test_a_member_who_gets_a_file_is_renamed_wherever_they_wrote(cafe: Community) -> None:
    cafe.write({"cafe/milk.md": MILK.replace("No milk.", "Hello @leila.")}).clean()
    cafe.write({"members/leila.md": "---\nname: Leila K.\n---\n"}).clean()
    assert cafe.texts("/cafe/milk/", ".prose a") == ["@Leila K."]
    assert "Leila K." in cafe.texts("/cafe/tea/", ".entry-who")[0]


def test_a_removed_topic_takes_its_pages_feeds_and_tags_with_it(cafe: Community) -> None:
    cafe.write({"/site.toml": SETTINGS + '[feeds]\nplaces = ["site", "boards", "topics", "tags", "members"]\n'}).clean()
    assert all(cafe.has(address) for address in ("/cafe/tea/feed.xml", "/tags/leaves/feed.xml", "/members/leila/feed.xml"))
    cafe.remove("cafe/tea.md")
    cafe.clean()
    assert not {name for name in cafe.outputs() if "tea" in name or "leaves" in name or "leila" in name}
    texts = {name: data for name, data in contents(cafe).items() if name[0] != "_" and name != "search/index.json"}
    assert not any(b"Which tea" in data or b"leaves" in data for data in texts.values())
    assert not (cafe.root / "output" / "cafe" / "tea").exists()


def test_a_removed_board_takes_everything_with_it(cafe: Community, tmp_path: Path) -> None:
    shutil.rmtree(cafe.path("cafe"))
    cafe.clean()
    assert not any(name.startswith("cafe") for name in cafe.outputs())
    assert contents(cafe) == clean_contents(cafe, tmp_path)


def test_a_page_that_becomes_a_board_and_back(cafe: Community, tmp_path: Path) -> None:
    cafe.write({"help/index.md": "Help.\n", "help/tea.md": TEA.replace("author: leila\n", "")}).clean()
    cafe.remove("help/index.md")
    cafe.write(help="title: Help").clean()
    assert contents(cafe) == clean_contents(cafe, tmp_path)
    cafe.remove("help/board.md")
    cafe.clean()
    shutil.rmtree(tmp_path / "clean")
    assert contents(cafe) == clean_contents(cafe, tmp_path)


def test_outputs_that_were_deleted_or_edited_are_made_again(cafe: Community) -> None:
    before = contents(cafe)
    cafe.file("/cafe/tea/").unlink()
    cafe.file("/about/").write_text("mine")
    cafe.file("/a.txt").unlink()
    assert set(cafe.clean().written) == {"cafe/tea/index.html", "about/index.html", "a.txt"}
    assert contents(cafe) == before


def test_an_edit_of_the_same_size_and_date_is_found_when_verifying(cafe: Community) -> None:
    path = cafe.file("/about/")
    stat, before = path.stat(), path.read_bytes()
    path.write_bytes(before.replace(b"About.", b"Spoil."))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert cafe.build(verify=True).written == ("about/index.html",)
    assert path.read_bytes() == before


def test_a_deleted_output_folder_is_made_again(cafe: Community) -> None:
    before = contents(cafe)
    shutil.rmtree(cafe.root / "output")
    cafe.clean()
    assert contents(cafe) == before


@pytest.mark.parametrize(
    "change",
    [
        'title = "Other"\nurl = "https://example.org/forum/"\n',
        'title = "Anjoman"\nurl = "https://example.net/"\n',
        SETTINGS + 'language = "fa"\n',
        SETTINGS + 'timezone = "Asia/Tehran"\n',
        SETTINGS + 'calendar = "persian"\n',
        SETTINGS + '[boards]\nper_page = 1\nreplies = "flat"\n',
        SETTINGS + '[markdown]\nbreaks = true\nengine = "commonmark"\n',
        SETTINGS + '[feeds]\nformats = ["json"]\nlength = 1\n',
        SETTINGS + '[navigation]\nAbout = "/about/"\n',
        SETTINGS + '[people]\nmoderators = ["leila"]\n',
        SETTINGS + '[trusted]\npaths = ["content/**"]\n[theme]\nname = "agora"\n',
        SETTINGS + 'languages = ["fa"]\n',
    ],
)
def test_changed_settings_change_what_they_concern(cafe: Community, tmp_path: Path, change: str) -> None:
    cafe.write({"cafe/tea.fa.md": TEA + REPLY, "cafe/x.svg": "<svg/>"}).build()
    before = contents(cafe)
    cafe.write({"/site.toml": change}).build()
    assert contents(cafe) == clean_contents(cafe, tmp_path)
    cafe.write({"/site.toml": SETTINGS}).build()
    assert contents(cafe) == before


def test_a_damaged_state_file_is_made_anew(cafe: Community) -> None:
    before = contents(cafe)
    state = cafe.root / ".anjoman" / "state.sqlite"
    for damage in (b"", b"not a database at all", state.read_bytes()[:5000]):
        for suffix in ("-wal", "-shm"):
            state.with_name(state.name + suffix).unlink(missing_ok=True)
        state.unlink()
        state.write_bytes(damage)
        cafe.build()
        assert contents(cafe) == before
        cafe.write({"cafe/tea.md": TEA + REPLY}).clean()
        assert cafe.texts("/cafe/tea/", ".prose") == ["Which tea?", "Green."]
        cafe.write({"cafe/tea.md": TEA}).clean()
        assert contents(cafe) == before


def test_a_state_file_of_another_schema_is_made_anew(cafe: Community) -> None:
    with sqlite3.connect(cafe.root / ".anjoman" / "state.sqlite") as database:
        database.execute("UPDATE meta SET value = x'00' WHERE name = 'schema'")
    database.close()
    before = dates(cafe)
    assert cafe.clean().read == 5
    assert dates(cafe) == before


def test_without_its_state_file_a_build_equals_the_one_before(cafe: Community) -> None:
    for _ in range(3):
        before = dates(cafe)
        shutil.rmtree(cafe.root / ".anjoman")
        cafe.clean()
        assert dates(cafe) == before
        cafe.write({"cafe/new.md": MILK.replace("Milk", "New").replace("No milk.", "A new text.")}).clean()
        assert cafe.texts("/cafe/new/", ".prose") == ["A new text."]
        cafe.remove("cafe/new.md")
        cafe.clean()


def test_a_page_that_can_not_be_written_keeps_the_others_and_recovers(cafe: Community) -> None:
    path = cafe.file("/cafe/tea/")
    path.unlink()
    (path / "in the way").mkdir(parents=True)
    cafe.write({"cafe/tea.md": TEA.replace("Which tea?", "News."), "about.md": "News.\n"})
    problem = only(cafe.build())
    assert (problem.path, problem.severity) == ("cafe/tea/index.html", "error")
    assert problem.hint
    assert cafe.texts("/about/", ".prose") == ["News."]
    assert only(cafe.build()) == problem
    (path / "in the way").rmdir()
    path.rmdir()
    cafe.clean()
    assert cafe.texts("/cafe/tea/", ".prose") == ["News."]


def test_an_error_in_a_template_keeps_the_old_page_and_recovers(cafe: Community) -> None:
    theme = {"/themes/own/theme.toml": 'parent = "agora"\n', "/themes/own/templates/page.html": "{{ title }} {{ html }}"}
    cafe.write({"/site.toml": SETTINGS + 'theme = "own"\n', **theme}).clean()
    assert cafe.source("/about/").startswith("About")
    before = contents(cafe)
    cafe.write({"/themes/own/templates/page.html": "{{ titel }}"})
    problem = only(cafe.build())
    assert (problem.place, problem.severity) == ("themes/own/templates/page.html:1", "error")
    assert "title" in problem.hint
    assert contents(cafe) == before
    assert only(cafe.build()) == problem
    cafe.write({"/themes/own/templates/page.html": "News: {{ title }}"}).clean()
    assert cafe.source("/about/").startswith("News: About")


def test_an_error_that_is_mended_by_deleting_the_page_is_forgotten(cafe: Community) -> None:
    path = cafe.file("/cafe/tea/")
    path.unlink()
    (path / "in the way").mkdir(parents=True)
    cafe.write({"cafe/tea.md": TEA.replace("Which tea?", "News.")}).build()
    shutil.rmtree(path)
    cafe.remove("cafe/tea.md")
    cafe.clean()


def test_what_was_wrong_with_files_that_are_gone_is_forgotten_where_all_is_settled_anew(cafe: Community) -> None:
    cafe.write({"cafe/torn.md": b"\xff\xfe\x00", "cafe/torn/index.md": "---\ntitle: Torn\n---\nx"})
    assert any("opens this topic already" in problem.message for problem in cafe.build().problems)
    cafe.remove("cafe/torn.md", "cafe/torn/index.md")
    settings = cafe.path("/site.toml").read_text("utf-8")
    cafe.write({"/site.toml": settings + "\n[boards]\nper_page = 7\n"})
    assert cafe.build().problems == ()


def test_many_processes_make_what_one_makes(tmp_path: Path) -> None:
    files = {f"cafe/t{n}.md": TEA.replace("Tea", f"T{n}") + REPLY * (n % 5) for n in range(90)}
    one, many = community(tmp_path / "one", files, cafe="per_page: 2"), community(tmp_path / "many", files, cafe="per_page: 2")
    one.clean()
    assert not build(open_site(many.root, now=NOW), jobs=2).problems
    assert contents(one) == contents(many)


def test_a_moved_site_is_not_built_again(cafe: Community, tmp_path: Path) -> None:
    before = dates(cafe)
    moved = Community(cafe.root.rename(tmp_path / "moved"))
    assert moved.clean().written == ()
    assert dates(moved) == before


def test_each_output_folder_has_a_state_of_its_own(cafe: Community, tmp_path: Path) -> None:
    cafe.build(output=tmp_path / "other", drafts=True)
    cafe.build(output=cafe.root / "preview")
    assert (tmp_path / "other" / "cafe" / "tea" / "index.html").is_file()
    assert (cafe.root / "preview" / "index.html").is_file()
    assert cafe.clean().written == ()


def test_two_builds_at_once_are_refused(cafe: Community) -> None:
    with locked(cafe.root / ".anjoman" / "state.sqlite"), pytest.raises(BusyError) as caught:
        cafe.build()
    assert caught.value.problems[0].hint
    cafe.clean()


def test_an_output_folder_that_is_a_file_is_an_error_that_says_what_to_do(site: Community) -> None:
    site.write({"/output": "mine"})
    try:
        problems = site.build().errors
    except OutputError as error:
        problems = error.problems
    assert problems
    assert all(problem.hint for problem in problems)
    assert (site.root / "output").read_text() == "mine"
