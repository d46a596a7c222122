from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from generator.cli import exits
from generator.settings import Settings
from generator.settings import reading as config
from tests.cli.conftest import Run

LANGUAGES = ("en", "fa")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_site_has_no_problems_and_no_broken_links(run: Run, tmp_path: Path, language: str) -> None:
    assert run("init", tmp_path / "new", "--language", language).exit_code == 0
    found = run("--site", tmp_path / "new", "check", "--strict", "--jobs", 1)
    assert (found.exit_code, found.stderr) == (0, "")
    assert "0 warnings" in found.output
    assert config.load(tmp_path / "new").site.language == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_site_toml_explains_every_setting(run: Run, tmp_path: Path, language: str) -> None:
    run("init", tmp_path / "new", "--language", language)
    text = (tmp_path / "new" / "site.toml").read_text(encoding="utf-8")
    for section in fields(Settings):
        values = getattr(Settings(), section.name)
        if section.name != "site":
            assert re.search(rf"^(# )?\[{section.name}[].]", text, re.MULTILINE)
        # The theme's name is the only setting that has two places.
        for setting in fields(values) if is_dataclass(values) else ():
            assert setting.name == "theme" or re.search(rf"^(# )?{setting.name} = ", text, re.MULTILINE), setting.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_setting_can_be_taken_as_it_is_written(run: Run, tmp_path: Path, language: str) -> None:
    run("init", tmp_path / "new", "--language", language)
    path = tmp_path / "new" / "site.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"^# (\[[\w.]+\]|\w+ = .*?)(   .*)?$", r"\1", text, flags=re.MULTILINE), encoding="utf-8")
    settings = config.load(tmp_path / "new")
    assert settings.site.url == "https://example.org/forum/"
    assert settings.trusted.paths == ("content/blog/**",)


@pytest.mark.parametrize("title", ['Say "hi" \\ @AUTHOR@', "# not: a comment", "انجمن ما", "\x1b[0m\nx", "{{ 7 * 7 }}"])
def test_any_title_and_name_can_be_given(run: Run, tmp_path: Path, title: str) -> None:
    assert run("init", tmp_path / "new", "--title", title, "--author", title).exit_code == 0
    found = run("--site", tmp_path / "new", "build", "--strict", "--jobs", 1)
    assert (found.exit_code, found.stderr) == (0, "")
    assert config.load(tmp_path / "new").site.title == " ".join(title.replace("\x1b", " ").split())


def test_a_folder_that_is_not_empty_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    found = run("init", tmp_path)
    assert found.exit_code == exits.USAGE
    assert not (tmp_path / "site.toml").exists()


def test_a_folder_that_is_only_under_git_is_taken(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert run("init", tmp_path).exit_code == 0


def test_what_is_there_is_kept_when_forced(run: Run, tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text('title = "Mine"\n', encoding="utf-8")
    found = run("init", tmp_path, "--force-free")
    assert found.exit_code == 0
    assert "Kept site.toml" in found.stderr
    assert config.load(tmp_path).site.title == "Mine"
    assert (tmp_path / "content" / "cafe" / "board.md").exists()
