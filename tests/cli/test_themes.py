from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_built_in_themes_and_the_sites_own_are_listed_with_their_options(run: Run, site: Path) -> None:
    folder = site / "themes" / "quiet"
    folder.mkdir(parents=True)
    text = 'parent = "agora"\ndescription = "Says little."\n[options.whisper]\ntype = "boolean"\ndefault = "true"\ndoc = "How quiet."\n'
    (folder / "theme.toml").write_text(text, encoding="utf-8")
    told = run("themes").output
    assert "quiet\n  Says little." in told
    assert 'whisper = true | false (default: "true")\n        How quiet.' in told
    assert "agora\n" in told


def test_outside_a_site_the_built_in_themes_are_listed(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = run("themes").output
    assert told.startswith("agora\n")
    assert "\nclassic\n" in told
    assert "\njournal\n" in told


def test_the_reference_of_templates_is_printed(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("themes", "--templates").output.startswith("## Templates\n")
