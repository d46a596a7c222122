"""A short run of `tests.laws.kills`."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.laws.kills import run


@pytest.mark.skipif(sys.platform == "win32", reason="processes are killed as POSIX does it")
@pytest.mark.parametrize("seed", [1, 2])
def test_a_build_that_is_killed_tears_no_file_and_the_next_equals_a_clean_one(seed: int, tmp_path: Path) -> None:
    assert run(4, seed, tmp_path).torn == 0
