"""Several builds at once, and a server: one writes at a time, the others wait or say so, and no tree is mixed."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.build import build, open_site
from generator.catalog.lock import locked
from generator.cli import exits
from generator.errors import BusyError
from tests.broken.sites import Tree, anjoman, cafe, command, edit, output
from tests.conftest import Community


def start(site: Community, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(command(site, *arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    """How a process ended, and what it told of errors."""
    _, told = process.communicate(timeout=120)
    return process.returncode, told


def built(site: Community, target: Path, *, drafts: bool = False) -> Tree:
    """What a build as the command line does it makes in another folder."""
    build(open_site(site.root, output=target, drafts=drafts), jobs=1)
    return {path.relative_to(target).as_posix(): path.read_bytes() for path in target.rglob("*") if path.is_file()}


@contextmanager
def held(state: Path, seconds: float) -> Iterator[None]:
    """The lock is held by somebody for some seconds."""
    taken = threading.Event()

    def hold() -> None:
        with locked(state):
            taken.set()
            time.sleep(seconds)

    thread = threading.Thread(target=hold)
    thread.start()
    taken.wait()
    try:
        yield
    finally:
        thread.join()


def test_a_build_waits_for_another_when_asked_to(tmp_path: Path) -> None:
    site = cafe(tmp_path / "site")
    state = site.root / ".anjoman" / "state.sqlite"
    edit(site)
    with held(state, 8):
        refused = anjoman(site, "build", "--jobs", 1)
        assert (refused.returncode, "another build of this site is running" in refused.stderr) == (exits.BUSY, True)
        assert "--wait" in refused.stderr
        early = anjoman(site, "build", "--jobs", 1, "--wait", "0.1")
        assert (early.returncode, "running still" in early.stderr) == (exits.BUSY, True)
        assert anjoman(site, "build", "--wait", "--jobs", 1).returncode == exits.FINE
    assert output(site) == built(site, tmp_path / "clean")


def test_the_lock_of_a_deleted_file_is_not_taken_for_one(tmp_path: Path) -> None:
    state = tmp_path / ".anjoman" / "state.sqlite"
    lock = state.with_suffix(".lock")
    with held(state, 0.5):
        lock.unlink(missing_ok=sys.platform == "win32")
    with locked(state, wait=5):
        assert lock.exists()
        with pytest.raises(BusyError), locked(state):
            pass


@pytest.mark.parametrize("waiting", [False, True])
def test_two_builds_at_once_never_mix(waiting: bool, tmp_path: Path) -> None:
    site = cafe(tmp_path / "site", topics=20)
    site.write({"cafe/plan.md": "---\ntitle: Plan\nauthor: leila\ndate: 2026-01-01\ndraft: true\n---\nSoon.\n"})
    allowed = [built(site, tmp_path / "drafts", drafts=True), built(site, tmp_path / "plain")]
    options = ("--wait",) if waiting else ()
    for round_ in range(3):
        site.write({"/output/about/index.html": f"edited in round {round_}"})
        racers = [start(site, "build", "--jobs", 1, *options, *drafts) for drafts in ((), ("--drafts",))]
        codes = [ended(racer)[0] for racer in racers]
        assert set(codes) <= ({exits.FINE} if waiting else {exits.FINE, exits.BUSY})
        assert exits.FINE in codes
        assert output(site) in allowed


@pytest.mark.skipif(sys.platform == "win32", reason="a server is ended by a signal")
def test_two_builds_beside_a_server(tmp_path: Path) -> None:
    site = cafe(tmp_path / "site")
    server = start(site, "serve", "--port", 0)
    try:
        served = site.root / ".anjoman" / "serve"
        shown = served / "cafe" / "t1" / "index.html"
        wait_until(shown.exists)
        edit(site)
        assert [ended(one)[0] for one in [start(site, "build", "--wait") for _ in range(2)]] == [exits.FINE] * 2
        wait_until(lambda: b"One" in shown.read_bytes() and pages(site.root / "output") <= pages(served))
    finally:
        server.send_signal(signal.SIGINT)
    code, told = ended(server)
    assert (code, "Traceback" in told) == (exits.FINE, False)
    assert output(site) == built(site, tmp_path / "clean")


def pages(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}


def wait_until(reached: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not reached():
        assert time.monotonic() < end
        time.sleep(0.05)
