from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import click
import pytest

from generator.cli import exits
from generator.cli.app import COMMANDS, root
from generator.cli.app import run as ended
from generator.errors import BusyError, Problem
from tests.cli.conftest import Run

HEAVY = ("jinja2", "sqlite3", "yaml", "markdown", "pygments", "nh3", "uvicorn", "watchdog", "generator.build")


def python(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", cwd=cwd, check=False)


def test_help_imports_click_and_nothing_heavy() -> None:
    script = (
        "import sys; from generator.cli import main\nsys.argv = ['anjoman', '--help']\n"
        f"try: main()\nexcept SystemExit: pass\nprint([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = python("-c", script)
    assert done.stderr.strip() == "[]"
    assert "Exit codes" in done.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_listed_with_its_own_first_sentence_and_has_examples(name: str, run: Run) -> None:
    command = root.get_command(click.Context(root), name)
    assert command is not None
    assert COMMANDS[name].help == (command.help or "").split("\n")[0]
    text = run(name, "--help").output
    assert "Example" in text
    assert f"anjoman {name}" in text
    assert "\b" not in text


def test_all_exit_codes_are_documented(run: Run) -> None:
    text = run("--help").output
    for code, meaning in exits.MEANINGS.items():
        assert f"{code} " in text
        assert meaning in text


def test_without_a_site_it_says_how_to_begin(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = run("build")
    assert found.exit_code == exits.USAGE
    assert "anjoman init" in found.stderr


def test_the_site_is_the_nearest_folder_upwards_or_the_one_named(run: Run, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site / "content" / "cafe")
    assert run("build", "--jobs", 1).exit_code == 0
    monkeypatch.chdir(site.parent)
    assert "0 written" in run("--site", "site", "build", "--jobs", 1).output
    assert run("--site", site.parent, "build").exit_code == exits.USAGE


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (KeyboardInterrupt(), exits.STOPPED),
        (click.UsageError("no"), exits.USAGE),
        (BusyError(Problem("", 0, "", "busy")), exits.BUSY),
        (PermissionError(13, "Permission denied", "x"), exits.UNWRITABLE),
    ],
)
def test_every_end_has_its_exit_code_and_no_traceback(
    error: BaseException, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(raised: BaseException) -> None:
        raise raised

    assert ended(partial(fail, error)) == code
    told = capsys.readouterr().err
    assert told
    assert "Traceback" not in told


def test_an_unknown_command_is_a_usage_error(run: Run) -> None:
    assert run("biuld").exit_code == exits.USAGE


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signal that one process alone gets")
def test_ctrl_c_stops_with_a_word_and_no_traceback(site: Path) -> None:
    command = [sys.executable, "-m", "generator", "new", "topic", "cafe", "Tea", "-"]
    with subprocess.Popen(command, cwd=site, stdin=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") as waiting:
        time.sleep(1.5)
        waiting.send_signal(signal.SIGINT)
        _, told = waiting.communicate(timeout=20)
    assert (waiting.returncode, told.strip()) == (exits.STOPPED, "Stopped.")


@pytest.mark.skipif(os.name == "nt", reason="a closed pipe is another error there")
def test_a_reader_who_has_seen_enough_ends_it_quietly() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "generator", "themes"]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (exits.FINE, b"")


def test_the_module_runs_as_the_command() -> None:
    done = python("-m", "generator", "--version")
    assert (done.returncode, done.stdout.split()[0]) == (0, "Anjoman")


def test_errors_reach_the_shell_as_exit_codes(site: Path) -> None:
    (site / "site.toml").write_text("titel = 3\n", encoding="utf-8")
    done = python("-m", "generator", "build", cwd=site)
    assert done.returncode == exits.USAGE
    assert "site.toml:1: error (titel)" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_completion_script_is_printed(run: Run, shell: str) -> None:
    assert "_ANJOMAN_COMPLETE" in run("completion", shell).output
