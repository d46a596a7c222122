"""The site and the running server that the tests share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from .harness import CopyingSite, Running


@pytest.fixture
def site(tmp_path: Path) -> CopyingSite:
    made = CopyingSite(tmp_path / "site")
    made.write("index.html", "<html><body><h1>Home</h1></body></html>")
    made.write("cafe/index.html", "<html><body><h1>Café</h1></body></html>")
    return made


@pytest.fixture
def serve(site: CopyingSite) -> Iterator[Callable[..., Running]]:
    begun: list[Running] = []

    def start(prefix: str = "", **options: Any) -> Running:
        begun.append(Running(site, prefix, **options))
        return begun[-1]

    yield start
    for running in begun:
        running.stop()
