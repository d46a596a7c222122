"""The dev server with the real build, while editors, scripts and other builds are at work on the same site."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.build import build, open_site
from generator.cli.serve import WATCHED, Builder
from generator.serve import DevServer
from tests.conftest import Community, community

from .harness import Client, wait_until

PATIENCE = 120.0
"""Seconds that a test waits at most; the machine may be busy with others."""

TEXT = "---\nauthor: leila\ndate: 2026-11-01\n---\nbegin-{0}\n\n" + "A paragraph of tea.\n\n" * 200 + "end-{0}\n"


class Live:
    """A site that is being served."""

    def __init__(self, site: Community) -> None:
        self.site = site
        self.builder = Builder(site.root, drafts=False)
        self.said: list[str] = []
        self.server = DevServer(
            self.builder,
            output=self.builder.output,
            watched=lambda: [site.root / name for name in WATCHED],
            prefix="",
            port=0,
            say=self.said.append,
        )
        self.thread = threading.Thread(target=self.server.run)
        self.thread.start()
        wait_until(lambda: any("Serving" in line for line in self.said), PATIENCE)
        self.client = Client(int(self.server.address.split(":")[2].split("/")[0]))

    def page(self, address: str) -> str:
        return self.client.ask(address)[1].decode()

    def shows(self, address: str, text: str) -> None:
        wait_until(lambda: text in self.page(address), PATIENCE)

    def stop(self) -> None:
        self.server.stop()
        self.thread.join(30)
        assert not self.thread.is_alive()

    def equals_a_clean_build(self, folder: Path) -> bool:
        """Whether the served files are those of a clean build of what the sources are now."""
        site = open_site(self.site.root, output=folder, fingerprint=False)
        shutil.rmtree(folder, ignore_errors=True)
        for path in site.state.parent.glob(f"{site.state.name}*"):
            path.unlink()
        build(site, jobs=1)
        return contents(self.builder.output) == contents(folder)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Live]:
    site = community(tmp_path / "site", {"cafe/tea.md": TEXT.format("first")}, 'title = "Live"\n', cafe="title: Café")
    made = Live(site)
    yield made
    made.stop()


def in_place(path: Path, text: str) -> None:
    path.write_text(text)


def by_rename(path: Path, text: str) -> None:
    fresh = path.with_name(f".{path.name}.swp")
    fresh.write_text(text)
    fresh.replace(path)


def with_backup(path: Path, text: str) -> None:
    path.with_name("4913").touch()
    path.with_name("4913").unlink()
    path.rename(path.with_name(f"{path.name}~"))
    path.write_text(text)
    path.chmod(0o644)
    path.with_name(f"{path.name}~").unlink()


def by_delete(path: Path, text: str) -> None:
    path.unlink()
    path.write_text(text)


def from_elsewhere(path: Path, text: str) -> None:
    fresh = path.parents[2] / f"{path.name}.temporary"
    fresh.write_text(text)
    fresh.replace(path)


def in_pieces(path: Path, text: str) -> None:
    with path.open("w") as stream:
        for start in range(0, len(text), 1000):
            stream.write(text[start : start + 1000])
            stream.flush()
            time.sleep(0.002)


@pytest.mark.parametrize("save", [in_place, by_rename, with_backup, by_delete, from_elsewhere, in_pieces])
def test_every_save_is_built_and_no_half_text_is_ever_served(live: Live, save: Callable[[Path, str], None]) -> None:
    path = live.site.path("cafe/tea.md")
    torn: list[str] = []
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(0.001):
            marks = re.findall(r"(?:begin|end)-(\w+)", live.page("/cafe/tea/"))
            if len(set(marks)) != 1 or len(marks) < 2:
                torn.append(str(marks))

    reader = threading.Thread(target=watch)
    reader.start()
    try:
        for number in range(5):
            save(path, TEXT.format(number))
            live.shows("/cafe/tea/", f"end-{number}")
    finally:
        ended.set()
        reader.join()
    assert torn == []


def test_saves_without_a_pause_end_in_the_last_one(live: Live, tmp_path: Path) -> None:
    saves = [in_place, by_rename, with_backup, by_delete, from_elsewhere]
    for number in range(60):
        saves[number % len(saves)](live.site.path("cafe/tea.md"), TEXT.format(number))
        live.site.write({f"cafe/milk-{number % 7}.md": TEXT.format(f"milk{number}")})
    live.shows("/cafe/tea/", "end-59")
    live.shows("/cafe/milk-3/", "end-milk59")
    assert live.equals_a_clean_build(tmp_path / "clean")


def test_after_a_burst_of_files_the_site_is_that_of_a_clean_build(live: Live, tmp_path: Path) -> None:
    """Enough events to fill the kernel's queue, in folders that the watcher has yet to hear of."""
    live.site.path("cafe/tea.md").write_text(TEXT.format("before"))
    for number in range(2500):
        live.site.write({f"/static/{number % 50}/{number % 7}/{number}.txt": str(number)})
    live.site.write({f"cafe/new-{number}.md": TEXT.format(number) for number in range(30)})
    shutil.rmtree(live.site.path("/static/7"))
    live.site.path("/static/9").rename(live.site.path("/static/moved"))
    wait_until(lambda: live.equals_a_clean_build(tmp_path / "clean"), PATIENCE)
    live.site.write({"/static/11/2/11.txt": "changed in a new folder"})
    live.shows("/11/2/11.txt", "changed in a new folder")


def test_a_build_beside_the_server_disturbs_neither(live: Live) -> None:
    for number in range(6):
        live.site.path("cafe/tea.md").write_text(TEXT.format(number))
        result = build(open_site(live.site.root), jobs=1)
        assert not result.problems
        assert f"end-{number}" in live.site.source("/cafe/tea/")
        live.shows("/cafe/tea/", f"end-{number}")
    assert not any("Error" in line or "busy" in line for line in live.said)


def test_settings_theme_and_state_may_change_beneath_it(live: Live) -> None:
    live.site.path("/site.toml").write_text('title = "Renamed"\n')
    live.shows("/", "Renamed")
    live.site.write({"/themes/agora/templates/404.html": "gone"})
    live.shows("/404.html", "gone")
    time.sleep(0.5)  # until no build is at work there
    shutil.rmtree(live.site.root / ".anjoman")
    live.site.path("cafe/tea.md").write_text(TEXT.format("again"))
    live.shows("/cafe/tea/", "end-again")
    live.shows("/cafe/", "Tea")


PROGRAM = """
    import sys
    from pathlib import Path
    from generator.cli.serve import WATCHED, Builder
    from generator.serve import run
    root = Path(sys.argv[1])
    builder = Builder(root, drafts=False)
    watched = lambda: [root / name for name in WATCHED]
    say = lambda line: print(line, flush=True)
    run(builder, output=builder.output, watched=watched, prefix="", port=0, say=say)
"""
_IN_A_NAMESPACE = ["unshare", "--user", "--map-root-user"]


def _can_limit(what: str) -> bool:
    script = f"echo 3 > /proc/sys/user/{what}"
    if sys.platform != "linux" or shutil.which("unshare") is None:
        return False
    return subprocess.run([*_IN_A_NAMESPACE, "sh", "-c", script], check=False, capture_output=True).returncode == 0


@pytest.mark.parametrize(("what", "most"), [("max_inotify_watches", 4), ("max_inotify_instances", 0)])
def test_at_the_kernels_limits_changes_are_looked_for_instead(tmp_path: Path, what: str, most: int) -> None:
    if not _can_limit(what):
        pytest.skip("the system's limits can't be lowered here")
    site = community(tmp_path / "site", {"cafe/tea.md": TEXT.format("first")}, 'title = "Live"\n', cafe="title: Café")
    site.write({f"cafe/{number}/x.txt": "x" for number in range(20)})
    limited = f'echo {most} > /proc/sys/user/{what} && exec "$@"'
    program = [sys.executable, "-c", textwrap.dedent(PROGRAM), str(site.root)]
    command = [*_IN_A_NAMESPACE, "sh", "-c", limited, "sh", *program]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            said = told(process)
            assert any(f"fs.inotify.max_user_{what.removeprefix('max_inotify_')}" in line for line in said)
            client = Client(int(said[-1].split(":")[2].split("/")[0]))
            site.path("cafe/tea.md").write_text(TEXT.format("second"))
            wait_until(lambda: b"end-second" in client.ask("/cafe/tea/")[1], PATIENCE)
            site.write({"cafe/19/x.txt": "changed"})
            wait_until(lambda: client.ask("/cafe/19/x.txt")[1] == b"changed", PATIENCE)
        finally:
            process.terminate()


def told(process: subprocess.Popen[str]) -> list[str]:
    """What the server says until it serves."""
    assert process.stdout is not None
    said: list[str] = []
    while not said or "Serving" not in said[-1]:
        line = process.stdout.readline()
        assert line, said
        said.append(line)
    return said
