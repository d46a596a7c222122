"""Law 1: an incremental build equals a clean one, byte for byte, after any edits.

`make laws` runs a thousand longer scripts (`tests.laws.long`).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.laws.folder import tree
from tests.laws.script import Plan, run


def differences(incremental: Path, clean: Path) -> list[str]:
    left, right = tree(incremental), tree(clean)
    return sorted(name for name in left.keys() | right.keys() if left.get(name) != right.get(name))


@pytest.mark.parametrize("seed", range(12))
def test_an_incremental_build_equals_a_clean_one_after_random_edits(seed: int, tmp_path: Path) -> None:
    _, finding = run(seed, tmp_path, Plan(edits=12))
    assert finding is None, str(finding)
