from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli.progress import Bar, progress
from generator.report import Silent


def test_nothing_is_shown_where_there_is_no_terminal() -> None:
    with progress() as report:
        assert isinstance(report, Silent)


def test_a_bar_comes_after_a_while_and_is_taken_away(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.cli.progress.DELAY", -1.0)
    bar = Bar()
    bar.stage("render", 10)
    bar.advance(4)
    bar.advance(6)
    told = capsys.readouterr().err
    assert told.endswith("\r\x1b[2K\x1b[?25h")


def test_work_that_is_done_at_once_needs_no_bar(capsys: pytest.CaptureFixture[str]) -> None:
    bar = Bar()
    bar.stage("render", 10)
    for _ in range(10):
        bar.advance(1)
    bar.close()
    assert capsys.readouterr().err == ""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals in Python's library")
def test_on_a_terminal_it_says_what_is_being_done(tmp_path: Path) -> None:
    import pty

    script = (
        "import time\nfrom generator.cli.progress import progress\n"
        "with progress() as report:\n    report.stage('render', 3)\n"
        "    for _ in range(3):\n        time.sleep(0.6)\n        report.advance(1)\n"
    )
    master, slave = pty.openpty()
    subprocess.run([sys.executable, "-c", script], stderr=slave, check=True)
    os.close(slave)
    told = os.read(master, 65536).decode()
    os.close(master)
    assert re.search(r"Building .*33%", told)
    assert told.endswith("\x1b[?25h")
