"""The dev server at work: changes become builds, builds become events."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path

import pytest

from generator.errors import BusyError, Problem, SiteError
from generator.report import Result
from generator.serve import DevServer, run

from .harness import CopyingSite, Running, is_free, wait_until

Serve = Callable[..., Running]


def test_a_change_is_built_and_told(serve: Serve, site: CopyingSite) -> None:
    running = serve()
    events = running.client.events()
    seen = events.next()["build"]
    began = time.monotonic()
    site.write("cafe/index.html", "<body>Changed</body>")
    message = events.next()
    assert time.monotonic() - began < 1
    assert message["written"] == ["cafe/index.html"]
    assert message["build"] != seen
    assert b"Changed" in running.client.ask("/cafe/")[1]
    (site.source / "cafe/index.html").unlink()
    assert events.next()["removed"] == ["cafe/index.html"]
    assert running.client.ask("/cafe/")[0].status == 404
    events.close()


def test_a_page_that_was_away_is_told_what_it_missed(serve: Serve, site: CopyingSite) -> None:
    running = serve()
    seen = running.client.events().next()["build"]
    builds = site.builds
    site.write("a.css", "a {}")
    wait_until(lambda: site.builds > builds and (site.output / "a.css").exists())
    wait_until(lambda: running.client.events(seen).next()["written"] == ["a.css"])
    assert running.client.events("", Last_Event_ID=seen).next()["written"] == ["a.css"]
    assert running.client.events("gone-7").next()["all"]


def test_errors_are_told_and_go_when_mended(serve: Serve, site: CopyingSite) -> None:
    running = serve()
    events = running.client.events()
    assert events.next()["errors"] == 0
    site.write("cafe/index.html", "BROKEN")
    message = events.next()
    assert message["problems"][0]["path"] == "src/cafe/index.html"
    assert message["problems"][0]["line"] == 2
    assert b"Caf" in running.client.ask("/cafe/")[1]
    site.write("cafe/index.html", "<body>Mended</body>")
    assert events.next()["errors"] == 0
    events.close()


def test_broken_settings_leave_the_last_good_site_up(serve: Serve, site: CopyingSite) -> None:
    running = serve()
    events = running.client.events()
    events.next()
    settings = site.root / "site.toml"
    settings.write_text("BROKEN")
    assert events.next()["problems"][0]["hint"] == "Put it in quotes."
    assert b"Home" in running.client.ask("/")[1]
    settings.write_text("title = 'x'")
    assert events.next()["errors"] == 0
    events.close()


def test_a_site_that_is_broken_from_the_start_is_up_and_recovers(serve: Serve, site: CopyingSite) -> None:
    (site.root / "site.toml").write_text("BROKEN")
    running = serve()
    response, body = running.client.ask("/")
    assert response.status == 404
    assert b"/-anjoman/reload.js" in body
    events = running.client.events()
    assert events.next()["errors"] == 1
    (site.root / "site.toml").unlink()
    assert events.next()["errors"] == 0
    assert b"Home" in running.client.ask("/")[1]
    events.close()


def test_a_fault_in_the_builder_is_shown_and_survived(serve: Serve, site: CopyingSite) -> None:
    running = serve()
    events = running.client.events()
    events.next()
    (site.root / "site.toml").mkdir()
    (site.root / "site.toml" / "x").write_text("")
    assert events.next()["problems"][0]["message"].startswith(("IsADirectoryError", "PermissionError"))
    (site.root / "site.toml" / "x").unlink()
    (site.root / "site.toml").rmdir()
    assert events.next()["errors"] == 0
    events.close()


def test_changes_during_a_build_are_built_after_it(tmp_path: Path) -> None:
    source = tmp_path / "src"
    source.mkdir()
    running_builds: list[int] = []
    texts: list[list[str]] = []
    busy = threading.Lock()

    def build(changed: frozenset[Path] | None) -> Result:
        assert busy.acquire(blocking=False), "two builds at once"
        texts.append(sorted(path.name for path in source.iterdir()))
        running_builds.append(1)
        time.sleep(0.2)
        busy.release()
        return Result()

    server = DevServer(
        build, output=tmp_path / "output", watched=lambda: [source], prefix="", port=0, say=lambda _: None
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    wait_until(lambda: len(running_builds) >= 1)
    for number in range(8):
        (source / f"{number}.md").write_text("x")
        time.sleep(0.05)
    wait_until(lambda: bool(texts) and len(texts[-1]) == 8)
    server.stop()
    thread.join(5)
    assert len(texts) < 8


def test_it_builds_now_and_then_without_a_change(site: CopyingSite) -> None:
    server = DevServer(
        site.build, output=site.output, watched=site.watched, prefix="", port=0, say=lambda _: None
    )
    thread = threading.Thread(target=server.run, kwargs={"every": 0.1})
    thread.start()
    wait_until(lambda: site.builds > 4)
    server.stop()
    thread.join(5)


def test_it_waits_for_another_build_to_end(tmp_path: Path) -> None:
    tries: list[int] = []

    def build(changed: frozenset[Path] | None) -> Result:
        tries.append(1)
        if len(tries) < 2:
            raise BusyError(Problem("site", 0, "", "another build runs"))
        return Result()

    server = DevServer(build, output=tmp_path, watched=lambda: [tmp_path], prefix="", port=0, say=lambda _: None)
    thread = threading.Thread(target=server.run)
    thread.start()
    wait_until(lambda: len(tries) == 2)
    server.stop()
    thread.join(5)


@pytest.mark.parametrize(
    "headers", [{"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec_Fetch_Site": "cross-site"}]
)
def test_the_events_are_refused_to_other_sites(serve: Serve, headers: dict[str, str]) -> None:
    response, _ = serve().client.ask("/-anjoman/events", **headers)
    assert response.status == 403
    assert "Access-Control-Allow-Origin" not in response.headers


def test_a_taken_port_is_named_with_the_mend(site: CopyingSite) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(BusyError) as caught:
            run(site.build, output=site.output, watched=site.watched, prefix="", port=port, say=print)
    assert str(port) in caught.value.problems[0].message
    assert "--port" in caught.value.problems[0].hint
    assert site.builds == 0


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 70000), ("192.0.2.1", 0), ("no such host", 0), ("a" * 70, 0)])
def test_a_host_or_port_that_cant_be_used_is_a_problem(site: CopyingSite, host: str, port: int) -> None:
    with pytest.raises(SiteError):
        run(site.build, output=site.output, watched=site.watched, prefix="", host=host, port=port, say=print)


def test_stopping_ends_open_streams_and_downloads_at_once(serve: Serve, site: CopyingSite) -> None:
    site.write("big.bin", bytes(30_000_000))
    running = serve()
    events = running.client.events()
    events.next()
    download = HTTPConnection("127.0.0.1", running.client.port, timeout=5)
    download.request("GET", "/big.bin")
    download.getresponse().read(10)
    began = time.monotonic()
    running.stop()
    assert time.monotonic() - began < 1
    with pytest.raises(EOFError):
        events.next()
    events.close()
    download.close()
    wait_until(lambda: is_free(running.client.port))


PROGRAM = """
    import sys
    from pathlib import Path
    from generator.report import Result
    from generator.serve import run
    output = Path(sys.argv[1])
    run(lambda changed: Result(), output=output, watched=lambda: [output], prefix="", port=0, say=lambda line: print(line, flush=True))
    print("ended", flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="a child can't be sent Ctrl-C alone on Windows")
def test_ctrl_c_ends_it_at_once_without_a_traceback(tmp_path: Path) -> None:
    command = [sys.executable, "-c", textwrap.dedent(PROGRAM), str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        port = int(process.stdout.readline().split(":")[2].split("/")[0])
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/-anjoman/events")
        stream = connection.getresponse()
        stream.readline()
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.stdout.read() == "ended\n"
        assert process.wait(5) == 0
        assert time.monotonic() - began < 1
        assert process.stderr.read() == ""
        stream.read()
        connection.close()
    with socket.create_server(("127.0.0.1", port)):
        pass


COPYING_PROGRAM = """
    import sys
    from pathlib import Path
    from generator.serve import run
    from serve.harness import CopyingSite
    site = CopyingSite(Path(sys.argv[1]))
    say = lambda line: print(line, flush=True)
    run(site.build, output=site.output, watched=site.watched, prefix="", port=0, say=say)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells of lost events")
def test_after_the_kernels_queue_overflowed_the_site_is_still_right(site: CopyingSite) -> None:
    command = [sys.executable, "-c", textwrap.dedent(COPYING_PROGRAM), str(site.root)]
    paths = os.pathsep.join([str(Path(__file__).parents[1]), *filter(None, sys.path)])
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": paths}) as process:
        assert process.stdout is not None
        while "Serving" not in process.stdout.readline():
            pass
        process.send_signal(signal.SIGSTOP)
        for number in range(6000):
            site.write(f"{number % 2}.txt", str(number))
        for number in range(20):
            site.write(f"late/{number}/a.txt", "late")
        process.send_signal(signal.SIGCONT)
        wait_until(lambda: len(list(site.output.glob("late/*/a.txt"))) == 20)
        wait_until(lambda: (site.output / "1.txt").read_text() == "5999")
        site.write("late/7/a.txt", "later")
        wait_until(lambda: (site.output / "late/7/a.txt").read_text() == "later")
        process.send_signal(signal.SIGINT)
