from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from generator.cli import exits
from tests.cli.conftest import Run


def test_a_port_that_is_taken_is_named(run: Run, site: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        found = run("serve", "--port", port)
    assert found.exit_code == exits.BUSY
    assert str(port) in found.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signal that one process alone gets")
def test_the_site_is_served_follows_changes_and_ends_with_ctrl_c(site: Path) -> None:
    command = [sys.executable, "-u", "-m", "generator", "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=site, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") as server:
        assert server.stdout is not None
        lines = iter(server.stdout.readline, "")
        address = next(found[0] for line in lines if (found := re.search(r"http://\S+", line)))
        assert "Tea" in read(address)
        page = site / "content" / "about.md"
        page.write_text(page.read_text(encoding="utf-8") + "\nBrand new.\n", encoding="utf-8")
        assert within(10, lambda: "Brand new." in read(f"{address}about/"))
        server.send_signal(signal.SIGINT)
        told, errors = server.communicate(timeout=20)
    assert (server.returncode, errors) == (0, "")
    assert told.endswith("Stopped.\n")
    assert not (site / "output").exists()


def read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as response:
        return str(response.read().decode())


def within(seconds: float, condition: object) -> bool:
    assert callable(condition)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False
