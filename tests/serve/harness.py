"""A running dev server whose build copies a folder, and a plain HTTP client for it."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

from generator.errors import Problem, SiteError
from generator.report import Result
from generator.serve import DevServer


class CopyingSite:
    """A site whose build copies src/ to output/; a file that holds `BROKEN` is an error in its second line."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.source = root / "src"
        self.output = root / "output"
        self.builds = 0
        self.hints: list[frozenset[Path] | None] = []
        self.source.mkdir(parents=True, exist_ok=True)

    def write(self, name: str, data: str | bytes) -> Path:
        path = self.source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    def watched(self) -> list[Path]:
        return [self.source, self.root / "site.toml"]

    def build(self, changed: frozenset[Path] | None = None) -> Result:
        self.builds += 1
        self.hints.append(changed)
        settings = self.root / "site.toml"
        if settings.exists() and "BROKEN" in settings.read_text():
            raise SiteError(Problem("site.toml", 3, "title", "expected a text", "Put it in quotes."))
        self.output.mkdir(exist_ok=True)
        sources = {path.relative_to(self.source).as_posix(): path for path in self._files(self.source)}
        present = {path.relative_to(self.output).as_posix() for path in self._files(self.output)}
        contents = {name: path.read_bytes() for name, path in sources.items()}
        broken = {name for name, data in contents.items() if b"BROKEN" in data}
        written = [name for name in contents.keys() - broken if self._put(name, contents[name])]
        removed = sorted(present - contents.keys())
        for name in removed:
            (self.output / name).unlink()
        problems = tuple(Problem(f"src/{name}", 2, "date", "expected a date", "Write 2026-11-01.") for name in broken)
        return Result(problems=problems, written=tuple(sorted(written)), removed=tuple(removed))

    def _files(self, folder: Path) -> list[Path]:
        return [path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(("~", ".swp"))]

    def _put(self, name: str, data: bytes) -> bool:
        path = self.output / name
        if path.is_file() and path.read_bytes() == data:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}.new")
        fresh.write_bytes(data)
        fresh.replace(path)
        return True


class Client:
    """Asks the server over real connections."""

    def __init__(self, port: int) -> None:
        self.port = port

    def ask(self, path: str, *, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        host = headers.pop("host", f"127.0.0.1:{self.port}")
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        connection.putheader("Host", host)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return response, body

    def events(self, build: str = "", **headers: str) -> Events:
        return Events(self.port, build, headers)


class Events:
    """An open event stream; `next` gives the next message."""

    def __init__(self, port: int, build: str, headers: dict[str, str]) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=5)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.connection.request("GET", f"/-anjoman/events?build={build}", headers=named)
        self.response = self.connection.getresponse()

    def next(self) -> dict[str, Any]:
        while line := self.response.readline():
            if line.startswith(b"data: "):
                message: dict[str, Any] = json.loads(line[6:])
                return message
        raise EOFError

    def close(self) -> None:
        self.response.close()
        self.connection.close()


def wait_until(holds: Callable[[], bool], seconds: float = 5.0) -> None:
    """Return as soon as it holds; fail if it doesn't in time."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "not in time"
        time.sleep(0.005)


def is_free(port: int) -> bool:
    """Whether a server may listen there; a loaded system gives a port back a moment after its server ended."""
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


class Running:
    """A dev server in a thread of its own."""

    def __init__(self, site: CopyingSite, prefix: str = "", **options: Any) -> None:
        self.said: list[str] = []
        self.server = DevServer(
            site.build, output=site.output, watched=site.watched, prefix=prefix, port=0, say=self.said.append, **options
        )
        self.thread = threading.Thread(target=self.server.run)
        self.thread.start()
        self.client = Client(int(self.server.address.split(":")[2].split("/")[0]))
        wait_until(lambda: any("Serving" in line for line in self.said))

    def stop(self) -> None:
        self.server.stop()
        self.thread.join(5)
        assert not self.thread.is_alive()
