from __future__ import annotations

import pytest

from generator.cli.printing import SHOWN, counted, findings, print_problems, printable
from generator.errors import Problem


def warning(number: int) -> Problem:
    return Problem(f"w{number:03}.md", 1, "f", "odd", "Mend it.", "warning")


def test_errors_come_last_and_many_warnings_are_cut(capsys: pytest.CaptureFixture[str]) -> None:
    print_problems([Problem("a.md", 3, "date", "no date", "Write one.\nOr two."), *map(warning, range(30))])
    told = capsys.readouterr().err.splitlines()
    assert told[-3:] == ["a.md:3: error (date): no date", "    Write one.", "    Or two."]
    assert told[SHOWN * 2] == "… and 10 more warnings; --all-warnings shows them."


def test_all_warnings_are_shown_when_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    print_problems(map(warning, range(30)), all_warnings=True)
    assert len(capsys.readouterr().err.splitlines()) == 60


def test_what_a_terminal_would_obey_is_not_printed(capsys: pytest.CaptureFixture[str]) -> None:
    hostile = "a\x1b]0;x\x07\r\n\u202eb"
    print_problems([Problem(hostile, 1, hostile, hostile, hostile)])
    told = capsys.readouterr().err
    assert not set("\x1b\x07\r\u202e") & set(told)
    assert printable("می\u200cخواهم") == "می\u200cخواهم"


def test_counts_are_read_as_sentences() -> None:
    assert [counted(number, "page") for number in (0, 1, 1204)] == ["0 pages", "1 page", "1,204 pages"]
    assert findings([warning(1), Problem("", 0, "", "")]) == "1 error, 1 warning"
    assert findings([]) == "0 warnings"
