from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import Community, community

TEXT = "---\ntitle: Tea\nauthor: leila\ndate: 2026-01-01\nwiki: true\n---\nWhich tea?\n"


def git(root: Path, *words: str, name: str = "leila", date: str = "2026-01-02T10:00:00Z") -> None:
    who = {"GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": "secret@example.org", "GIT_COMMITTER_NAME": name, "GIT_COMMITTER_EMAIL": "x@y"}
    environment = {**os.environ, **who, "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date, "GIT_CONFIG_GLOBAL": os.devnull}
    subprocess.run(["git", *words], cwd=root, check=True, capture_output=True, env=environment)


@pytest.fixture
def site(tmp_path: Path) -> Community:
    site = community(tmp_path / "site", {"cafe/tea.md": TEXT, "help.md": TEXT, "blog/tea.md": TEXT}, cafe="", blog="kind: blog")
    git(site.root, "init", "-q")
    git(site.root, "add", "content")
    git(site.root, "commit", "-qm", "Begin")
    return site


def test_a_wiki_shows_who_changed_its_file_and_a_commit_alone_changes_it(site: Community) -> None:
    site.clean()
    for address in ("/cafe/tea/", "/help/", "/blog/tea/"):
        assert site.text(address, ".history summary") == "Edited by 1 person"
    assert site.text("/cafe/tea/", ".history li") == "leila 2 Jan 2026 +7 −0 lines Begin"
    assert site.attributes("/cafe/tea/", ".history .name", "href") == ["/forum/members/leila/"]
    site.write({"cafe/tea.md": TEXT + "Green.\n"}).clean()
    git(site.root, "commit", "-qam", "<script>alert(1)</script> | \x1e1\x1fyou", name="<b>Mal</b>", date="2026-01-03T10:00:00Z")
    site.clean()
    assert site.text("/cafe/tea/", ".history summary") == "Edited by 2 people"
    assert site.texts("/cafe/tea/", ".history li")[0] == "bMal/b 3 Jan 2026 +1 −0 lines <script>alert(1)</script> | 1 you"
    assert "secret@example.org" not in site.source("/cafe/tea/")


def test_nothing_is_shown_without_the_field_or_without_a_repository(site: Community, tmp_path: Path) -> None:
    site.write({"cafe/tea.md": TEXT.replace("wiki: true\n", "")}).clean()
    assert not site.texts("/cafe/tea/", ".history")
    other = community(tmp_path / "other", {"cafe/tea.md": TEXT}, cafe="")
    git(other.root, "init", "-q")
    other.clean()
    assert not other.texts("/cafe/tea/", ".history")


# The page of the history ----------------------------------------------------


def commit(site: Community, text: str, message: str, name: str = "leila", path: str = "content/cafe/tea.md") -> None:
    (site.root / path).write_text(text, "utf-8")
    git(site.root, "add", "content")
    git(site.root, "commit", "-q", "--allow-empty-message", "-m", message, name=name)


def test_the_page_of_a_history_tells_what_came_and_went(site: Community) -> None:
    commit(site, TEXT.replace("Which tea?", "Which green tea?\n\n<script>alert(1)</script>\n-- a/secret"), "<b>More</b>", name="Omid")
    commit(site, TEXT.replace("Which tea?", "Which black tea?\n\n<script>alert(1)</script>\n-- a/secret"), "")
    site.clean()
    page = "/cafe/tea/history/"
    assert site.attributes("/cafe/tea/", ".history a[href$='history/']", "href") == ["/forum/cafe/tea/history/"]
    assert site.texts(page, ".edit h2") == ["Without a word", "<b>More</b>", "Begin"]
    assert site.texts(page, ".edit-about")[1] == "Omid 2 Jan 2026 +4 −1 lines"
    assert site.texts(page, ".edit:first-child ins, .edit:first-child del") == ["removed: green", "added: black"]
    assert "added: <script>alert(1)</script>" in site.texts(page, "ins")
    assert "<script>alert" not in site.source(page)
    assert "added: -- a/secret" in site.texts(page, "ins")
    assert site.attributes(page, "meta[name=robots]", "content") == ["noindex"]
    assert site.texts("/help/history/", ".edit h2") == ["Begin"]


def test_a_commit_rebuilds_the_history_alone_and_equals_a_clean_build(site: Community) -> None:
    site.build()
    site.write({"cafe/tea.md": TEXT + "Green.\n"}).build()
    git(site.root, "commit", "-qam", "Green")
    written = site.build().written
    assert sorted(written) == ["cafe/tea/history/index.html", "cafe/tea/index.html"]
    git(site.root, "commit", "-q", "--amend", "-m", "Greener")
    assert sorted(site.build().written) == sorted(written)
    assert site.texts("/cafe/tea/history/", ".edit h2") == ["Greener", "Begin"]
    assert not site.build().written
    site.write({"cafe/tea.md": TEXT + "White.\n"}).build()
    git(site.root, "commit", "-qa", "--amend", "--no-edit")
    assert site.build().written == ("cafe/tea/history/index.html",), "other words, as many lines, at the same moment"
    site.write({"cafe/tea.md": TEXT.replace("wiki: true\n", "")}).build()
    assert not site.has("/cafe/tea/history/")
    site.write({"cafe/tea.md": TEXT + "--- reply\nauthor: omid\ndate: 2026-01-02\nhidden: true\n---\nNo.\n"}).build()
    assert site.texts("/cafe/tea/history/", ".edit h2") == ["Greener", "Begin"]
    assert not site.texts("/cafe/tea/history/", "ins")
    before = {name: data for name, (_, data) in site.outputs().items()}
    for folder in ("output", ".anjoman"):
        shutil.rmtree(site.root / folder)
    site.clean()
    assert {name: data for name, (_, data) in site.outputs().items()} == before


def test_a_long_history_is_paged_from_the_oldest_edit_on(site: Community) -> None:
    for number in range(21):
        commit(site, TEXT + f"{number}\n" * 150, f"Edit {number}")
    site.clean()
    assert len(site.texts("/cafe/tea/history/", ".edit")) == 20
    assert site.texts("/cafe/tea/history/", ".edit h2")[0] == "Edit 20"
    assert site.texts("/cafe/tea/history/page/1/", ".edit h2")[-1] == "Begin"
    assert site.texts("/cafe/tea/history/page/2/", ".edit h2") == ["Edit 20", "Edit 19"]
    assert "More changed than is shown here." in site.texts("/cafe/tea/history/", ".edit > .history-lines")


def test_odd_names_settings_of_git_and_a_site_within_a_repository_do_no_harm(tmp_path: Path) -> None:
    odd = 'cafe/a "b" چای.md'
    site = community(tmp_path / "all" / "site", {odd: TEXT, "cafe/x.md": TEXT.replace("Tea", "X")}, cafe="")
    git(tmp_path / "all", "init", "-q")
    for setting in ("diff.noprefix true", "log.follow true", "color.ui always", "diff.external false", "log.showSignature true"):
        git(tmp_path / "all", "config", *setting.split())
    (tmp_path / "all" / ".mailmap").write_text("Omid <omid@example.org> leila <secret@example.org>\n")
    git(tmp_path / "all", "add", ".")
    git(tmp_path / "all", "commit", "-qm", "Begin")
    site.clean()
    for address in ("/cafe/a-b-چای/", "/cafe/x/"):
        assert site.texts(address, ".history li") == ["Omid 2 Jan 2026 +7 −0 lines Begin"]
        assert "added: Which tea?" in site.texts(f"{address}history/", "ins")
