from __future__ import annotations

from pathlib import Path

import polib

from generator.cli import exits
from tests.cli.conftest import Run


def test_it_tells_how_far_each_language_is(run: Run, site: Path) -> None:
    told = run("translate").output
    assert "فارسی" in told
    assert "français" in told


def test_a_missing_word_is_listed_with_the_files_that_show_it(run: Run, site: Path) -> None:
    found = run("translate", "nl")
    assert "  Members  (" in found.output
    assert "macros/parts.html" in found.output
    assert found.exit_code == exits.FINE
    assert run("translate", "nl", "--strict").exit_code == exits.PROBLEMS


def test_a_catalog_is_begun_and_completed(run: Run, site: Path) -> None:
    assert "Wrote locale/nl.po" in run("translate", "nl", "--write").output
    path = site / "locale" / "nl.po"
    catalog = polib.pofile(str(path))
    next(entry for entry in catalog if entry.msgid == "Members").msgstr = "Leden"
    catalog.save()
    assert "  Members  (" not in run("translate", "nl").output
    run("translate", "nl", "--write")
    assert next(entry for entry in polib.pofile(str(path)) if entry.msgid == "Members").msgstr == "Leden"


def test_a_complete_language_needs_no_file_unless_all_words_are_wanted(run: Run, site: Path) -> None:
    assert "Every word has a translation in fa" in run("translate", "fa", "--write").output
    assert not (site / "locale").exists()
    run("translate", "en", "--write", "--all")
    assert len(polib.pofile(str(site / "locale" / "en.po"))) > 100


def test_a_wrong_translation_is_told_with_its_line(run: Run, site: Path) -> None:
    path = site / "locale" / "nl.po"
    path.parent.mkdir()
    path.write_text('msgid ""\nmsgstr ""\n\nmsgid "Reply %(number)s"\nmsgstr "Antwoord"\n', encoding="utf-8")
    found = run("translate", "nl")
    assert "locale/nl.po:4" in found.stderr
    assert "leaves out %(number)s" in found.stderr
    assert found.exit_code == exits.PROBLEMS


def test_words_can_go_into_the_folder_of_a_theme(run: Run, site: Path) -> None:
    (site / "themes" / "quiet" / "templates").mkdir(parents=True)
    (site / "themes" / "quiet" / "theme.toml").write_text('parent = "agora"\n', encoding="utf-8")
    (site / "themes" / "quiet" / "templates" / "404.html").write_text('{{ _("Nothing, as ever") }}', encoding="utf-8")
    run("translate", "fa", "--theme", "quiet", "--into", "themes/quiet/locale/fa.po")
    catalog = polib.pofile(str(site / "themes" / "quiet" / "locale" / "fa.po"))
    assert [entry.msgid for entry in catalog] == ["Nothing, as ever"]


def test_what_is_no_language_is_told(run: Run, site: Path) -> None:
    found = run("translate", "../nl", "--write")
    assert found.exit_code == exits.USAGE
    assert "is no language" in found.stderr
