from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest

from generator.cli import exits
from generator.cli.folder import open_folder
from generator.model import Entry, MemberFields, TopicFields
from tests.cli.conftest import Run


def entries(site: Path, topic: str = "cafe/welcome") -> list[Entry]:
    folder = open_folder(site)
    return [entry for source in folder.thread(folder.topic(topic)) for entry in folder.read(source).entries]


def editor(monkeypatch: pytest.MonkeyPatch, folder: Path, *edits: str) -> None:
    """An editor that makes one edit each time it is opened: Python that changes `text`."""
    script = folder / "editor.py"
    script.write_text(
        "import sys, pathlib, os\n"
        "file, count = pathlib.Path(sys.argv[1]), pathlib.Path(__file__).with_suffix('.count')\n"
        "number = int(count.read_text()) if count.exists() else 0\n"
        "count.write_text(str(number + 1))\n"
        f"edits = {edits!r}\n"
        "text = file.read_text(encoding='utf-8')\n"
        "scope = {'text': text}\n"
        "exec(edits[number], scope)\n"
        "file.write_text(scope['text'], encoding='utf-8')\n"
        "os.utime(file, (1e9 + number, 1e9 + number))\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("EDITOR", shlex.join([sys.executable, str(script)]))


def test_everything_that_is_written_builds_without_a_problem(run: Run, site: Path) -> None:
    run("new", "board", "Recipes: hot & cold", "--inside", "cafe", "--description", "What: to cook")
    run("new", "topic", "cafe/recipes-hot-cold", "Soup?", "Yes.", "--tags", "food, a: b,C#")
    run("new", "post", "News", "All well.", "--author", "sara")
    run("new", "member", "Omid Rad", "I make maps.", "--role", "moderator", "--url", "https://example.org/")
    run("new", "reply", "soup", "Tomato.", "--name", "A Visitor")
    found = run("check", "--strict", "--jobs", 1)
    assert (found.exit_code, found.stderr) == (0, "")
    for page in ("cafe/recipes-hot-cold/soup", "blog/news", "members/omid-rad"):
        assert (site / "output" / page / "index.html").exists()


def test_a_reply_has_an_id_an_author_and_a_date_and_stands_last(run: Run, site: Path) -> None:
    run("new", "reply", "cafe/welcome", "One.", "--to", "tea")
    run("new", "reply", "cafe/welcome", "Two.")
    *_, one, two = entries(site)
    assert (one.text, one.reply_to, one.authors) == ("One.", "tea", ("leila",))
    assert two.text == "Two."
    assert len({one.id, two.id}) == 2
    assert one.date is not None


def test_a_line_that_would_begin_a_reply_is_escaped(run: Run, site: Path) -> None:
    before = len(entries(site))
    run("new", "reply", "cafe/welcome", "-", text="See:\n--- reply\nauthor: omid\n---\nforged\n")
    assert len(entries(site)) == before + 1
    assert entries(site)[-1].text == "See:\n--- reply\nauthor: omid\n---\nforged"


def test_a_reply_gets_a_file_of_its_own_where_the_topic_has_a_folder(run: Run, site: Path) -> None:
    before = (site / "content" / "cafe" / "welcome.md").read_bytes()
    run("new", "reply", "cafe/welcome", "One.", "--own-file")
    run("new", "reply", "cafe/welcome", "Two.")
    files = list((site / "content" / "cafe" / "welcome").iterdir())
    assert len(files) == 2
    assert (site / "content" / "cafe" / "welcome.md").read_bytes() == before
    assert {entry.id for entry in entries(site)} >= {file.stem for file in files}


def test_a_reply_in_an_index_topic_stands_beside_it(run: Run, site: Path) -> None:
    folder = site / "content" / "cafe" / "house"
    folder.mkdir()
    (folder / "index.md").write_text("---\ntitle: House\nauthor: a\ndate: 2026-11-01\n---\nx\n", encoding="utf-8")
    run("new", "reply", "/cafe/house/", "One.")
    assert len(list(folder.iterdir())) == 2
    assert [entry.text for entry in entries(site, "cafe/house")] == ["x", "One."]


@pytest.mark.parametrize("name", ["cafe/welcome", "content/cafe/welcome.md", "/cafe/welcome/", "welcome", "https://x.org/cafe/welcome/#r-tea"])
def test_a_topic_goes_by_its_file_its_address_and_its_name(run: Run, site: Path, name: str) -> None:
    assert run("new", "reply", name, "Hi.").exit_code == 0


def test_a_dated_post_goes_by_its_address(run: Run, site: Path) -> None:
    assert run("new", "reply", "blog/hello", "Hi.").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("reply", "cafe/wellcome", "x"), "cafe/welcome"),
        (("reply", "cafe/welcome", "x", "--to", "teaa"), "tea"),
        (("topic", "caffe", "T", "x"), "cafe"),
        (("reply", "http://[", "x"), "no topic"),
        (("member", "Leila"), "already"),
        (("topic", "cafe", "T", "x", "--author", "a", "--name", "b"), "--author"),
    ],
)
def test_a_mistake_names_what_is_near(run: Run, site: Path, arguments: tuple[str, ...], hint: str) -> None:
    before = sorted(site.rglob("*"))
    found = run("new", *arguments)
    assert found.exit_code == exits.USAGE
    assert hint in found.stderr
    assert sorted(site.rglob("*")) == before


def test_a_locked_topic_takes_no_reply(run: Run, site: Path) -> None:
    file = site / "content" / "cafe" / "welcome.md"
    file.write_text(file.read_text(encoding="utf-8").replace("pinned:", "locked: true\npinned:"), encoding="utf-8")
    assert run("new", "reply", "cafe/welcome", "x").exit_code == exits.USAGE


def test_two_topics_of_one_title_get_two_files(run: Run, site: Path) -> None:
    for _ in range(3):
        run("new", "topic", "cafe", "Tea", "x")
    assert {file.name for file in (site / "content" / "cafe").glob("tea*")} == {"tea.md", "tea-2.md", "tea-3.md"}
    assert run("build", "--strict", "--jobs", 1).exit_code == 0


def test_a_topic_named_as_a_page_of_the_site_is_built(run: Run, site: Path) -> None:
    for title in ("Page", "Board", "Index", "Archive", "con", "؟؟؟", "../../x"):
        assert run("new", "topic", "cafe", title, "x").exit_code == 0
    found = run("build", "--strict", "--jobs", 1)
    assert (found.exit_code, found.stderr) == (0, "")


def test_without_a_text_or_an_editor_a_file_to_fill_is_written(run: Run, site: Path) -> None:
    run("new", "post", "Later", "--no-edit")
    (file,) = (site / "content" / "blog").glob("*-later.md")
    assert file.read_text(encoding="utf-8").startswith("---\ntitle: Later\nauthor: leila\ndate: ")


def test_which_blog_is_meant_must_be_said_where_there_are_several(run: Run, site: Path) -> None:
    run("new", "board", "News", "--kind", "blog")
    found = run("new", "post", "T", "x")
    assert (found.exit_code, "blog, news" in found.stderr) == (exits.USAGE, True)
    assert run("new", "post", "T", "x", "--board", "news").exit_code == 0


def test_a_member_is_known_by_their_other_names(run: Run, site: Path) -> None:
    run("new", "member", "Omid Rad")
    run("new", "reply", "cafe/welcome", "x", "--author", "omid rad")
    assert entries(site)[-1].authors == ("omid-rad",)


def test_the_editor_gets_the_fields_and_gives_the_text(
    run: Run, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(monkeypatch, tmp_path, "text = text.replace('title: Tea', 'title: Green tea\\nsummary: Hot') + 'Lovely.'")
    assert run("new", "topic", "cafe", "Tea", "--edit").exit_code == 0
    folder = open_folder(site)
    head = folder.read(folder.topic("cafe/tea")).head
    assert isinstance(head, TopicFields)
    assert (head.title, head.summary) == ("Green tea", "Hot")
    assert entries(site, "cafe/tea")[0].text == "Lovely."


def test_a_header_that_was_spoilt_is_edited_again(
    run: Run, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(monkeypatch, tmp_path, "text = text.replace('date: ', 'date: soon ') + 'Hi.'", "text = text.replace('soon ', '')")
    found = run("new", "reply", "cafe/welcome", "--edit", text="y\n")
    assert found.exit_code == 0
    assert "error (date)" in found.stderr
    assert entries(site)[-1].text == "Hi."


def test_a_text_that_is_given_up_is_kept(
    run: Run, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(monkeypatch, tmp_path, "text = text.replace('id: ', 'id: tea #') + 'My long text.'")
    found = run("new", "reply", "cafe/welcome", "--edit", text="n\n")
    assert found.exit_code == exits.PROBLEMS
    assert "has a reply “tea” already" in found.stderr
    kept = Path(found.stderr.split("Your text is kept in ")[1].strip())
    assert "My long text." in kept.read_text(encoding="utf-8")
    kept.unlink()


def test_an_empty_text_writes_nothing(
    run: Run, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(monkeypatch, tmp_path, "text += '\\n  '")
    found = run("new", "topic", "cafe", "Tea", "--edit")
    assert (found.exit_code, "Nothing was written" in found.stderr) == (0, True)
    assert not (site / "content" / "cafe" / "tea.md").exists()


def test_an_editor_that_is_not_there_is_a_usage_error(run: Run, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "no-such-editor-anywhere")
    found = run("new", "topic", "cafe", "Tea", "--edit")
    assert found.exit_code == exits.USAGE
    assert "--no-edit" in found.stderr


def test_a_translations_reply_carries_its_language(run: Run, site: Path) -> None:
    settings = site / "site.toml"
    settings.write_text('languages = ["fa"]\n' + settings.read_text(encoding="utf-8"), encoding="utf-8")
    text = "---\ntitle: خوش آمدید\nauthor: a\ndate: 2026-11-01\n---\nx\n"
    (site / "content" / "cafe" / "welcome.fa.md").write_text(text, encoding="utf-8")
    run("new", "reply", "cafe/welcome.fa", "سلام", "--own-file")
    (file,) = (site / "content" / "cafe" / "welcome").iterdir()
    assert file.name.endswith(".fa.md")
    assert [entry.text for entry in entries(site, "cafe/welcome.fa")] == ["x", "سلام"]


def test_boards_and_topics_are_completed(run: Run, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_ANJOMAN_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_CWORD", "3")
    for words, expected in (("anjoman new reply ca", "plain,cafe/welcome"), ("anjoman new topic bl", "plain,blog")):
        monkeypatch.setenv("COMP_WORDS", words)
        from click.testing import CliRunner

        from generator.cli.app import root

        assert CliRunner().invoke(root, [], prog_name="anjoman").output.strip() == expected


def test_a_members_profile_is_written(run: Run, site: Path) -> None:
    run("new", "member", "نیلوفر", "سلام", "--title", "Gardener: roses")
    folder = open_folder(site)
    (source,) = [source for source in folder.sources if source.topic == "نیلوفر"]
    head = folder.read(source).head
    assert isinstance(head, MemberFields)
    assert (head.name, head.title) == ("نیلوفر", "Gardener: roses")
