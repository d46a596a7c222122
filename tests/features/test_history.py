from __future__ import annotations

import os
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
