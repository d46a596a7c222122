"""Workers and the state file: a process that was forked within a transaction must not read after it.

SQLite's locks are kept in memory, and a forked process believes to have those of its parent
(https://sqlite.org/howtocorrupt.html, 2.6): it would read pages while they are overwritten.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from generator import build as building
from generator.build import Build, build, open_site
from generator.stages.pool import Processes
from tests.broken.sites import cafe, topic
from tests.conftest import NOW


def test_the_workers_that_render_are_begun_outside_of_a_transaction(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = cafe(tmp_path / "site")
    site.write({f"cafe/t{number}.md": topic(f"New{number}") for number in range(9)})
    rendering: list[Build] = []
    begun: list[bool] = []
    start, render = Processes._start, Build._render

    def noted_render(run: Build) -> tuple[int, list[str]]:
        rendering.append(run)
        return render(run)

    def noted_start(workers: Processes, *arguments: Any) -> ProcessPoolExecutor:
        if rendering and workers._executor is None:
            begun.append(rendering[0].database.in_transaction)
        return start(workers, *arguments)

    monkeypatch.setattr(Build, "_render", noted_render)
    monkeypatch.setattr(Processes, "_start", noted_start)
    monkeypatch.setattr(building, "READ_BATCH", 4)
    monkeypatch.setattr(building, "RENDER_BATCH", 4)
    assert not build(open_site(site.root, now=NOW), jobs=2).errors
    assert begun == [False]
