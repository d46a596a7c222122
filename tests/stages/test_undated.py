"""A topic without a date takes that of its file's first commit, also one that is committed later."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import Community, only

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="there is no git here")

UNDATED = "---\ntitle: Tea\n---\nGreen.\n"


def git(folder: Path, *arguments: str, date: str = "2020-05-05T10:00:00Z") -> None:
    who = {f"GIT_{role}_{what}": "omid" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    dates = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, env={**os.environ, **who, **dates})


def dates(site: Community) -> list[str]:
    return site.attributes("/cafe/tea/", "time", "datetime")


def test_an_undated_topic_takes_the_date_of_its_files_first_commit(site: Community) -> None:
    site.write({"cafe/tea.md": UNDATED}, cafe="")
    git(site.root, "init")
    git(site.root, "add", "content")
    git(site.root, "commit", "-m", "tea")
    problem = only(site.build())
    assert (problem.severity, problem.field) == ("warning", "date")
    assert "2020-05-05T10:00:00Z" in dates(site)


def test_a_commit_made_after_a_build_dates_the_topic_in_the_next(site: Community) -> None:
    site.write({"cafe/tea.md": UNDATED}, cafe="")
    git(site.root, "init")
    site.build()
    assert dates(site) == []
    git(site.root, "add", "content")
    git(site.root, "commit", "-m", "tea")
    site.build()
    assert "2020-05-05T10:00:00Z" in dates(site)


def test_an_undated_topic_outside_a_repository_is_shown_without_a_date(site: Community) -> None:
    site.write({"cafe/tea.md": UNDATED}, cafe="").build()
    assert dates(site) == []
    assert site.build().written == ()
