from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from generator.site import state_file

ROOT = Path("/community").absolute()
FOLDERS = ["output", "preview", "Preview", "a/b", "a-b", ".a-b", "a/b/c", "a-b/c", "state", "a b", "a.b", "../a", "x" * 300]


@pytest.mark.parametrize(("one", "other"), list(combinations(FOLDERS, 2)))
def test_no_two_output_folders_share_a_state_file(one: str, other: str) -> None:
    names = [state_file(ROOT, ROOT / folder).name.lower() for folder in (one, other)]
    assert names[0] != names[1]


@pytest.mark.parametrize("written", ["output", "./output", "content/../output", "output/."])
def test_a_folder_has_one_state_file_however_it_is_written(written: str) -> None:
    assert state_file(ROOT, ROOT / written) == ROOT / ".anjoman" / "state.sqlite"


def test_a_site_that_is_moved_keeps_its_state(tmp_path: Path) -> None:
    for folder in ("output", "out/preview"):
        names = {state_file(root, root / folder).name for root in (ROOT, tmp_path)}
        assert len(names) == 1


def test_every_name_of_a_state_file_is_short() -> None:
    assert all(len(state_file(ROOT, ROOT / folder).name) < 60 for folder in FOLDERS)
