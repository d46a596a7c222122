"""One process is measured with all that it starts."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.bench.measure import CommandError, measure

pytestmark = pytest.mark.skipif(not hasattr(os, "wait4"), reason="needs wait4")

BURN = "import time\nwhile time.process_time() < 0.3: pass\n"


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_the_cpu_of_children_counts(tmp_path: Path) -> None:
    burn = tmp_path / "burn.py"
    burn.write_text(BURN)
    child = f"import subprocess, sys\nsubprocess.run([sys.executable, {str(burn)!r}], check=True)\n"
    grandchild = f"import subprocess, sys\nfor _ in range(2): subprocess.run([sys.executable, '-c', {child!r}], check=True)\n"
    assert measure(python(grandchild), tmp_path).cpu >= 0.6


def test_time_that_is_slept_is_wall_time_alone(tmp_path: Path) -> None:
    found = measure(python("import time; time.sleep(0.8)"), tmp_path)
    assert found.wall >= 0.8
    assert found.cpu < found.wall


@pytest.mark.skipif(sys.platform != "linux", reason="memory of all processes is known on Linux only")
def test_the_memory_of_all_processes_counts_together(tmp_path: Path) -> None:
    hold = "data = bytearray(b'x' * 40_000_000)\nimport time; time.sleep(1.5)\n"
    both = f"import subprocess, sys\nchild = subprocess.Popen([sys.executable, '-c', {hold!r}])\n{hold}child.wait()\n"
    found = measure(python(both), tmp_path)
    assert found.memory > found.largest
    assert 40 < found.largest < 100


def test_a_command_that_fails_says_so_with_its_own_words(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no such post"):
        measure(python("import sys; sys.exit('no such post')"), tmp_path)


def test_what_is_measured_may_keep_its_byte_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    tmp_path.joinpath("module.py").write_text("pass")
    measure([sys.executable, "-c", "import module"], tmp_path)
    assert list(tmp_path.glob("__pycache__/module.*"))
