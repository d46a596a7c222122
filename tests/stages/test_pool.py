from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from generator.errors import BusyError, OutputError, PageError, Problem, WorkerError
from generator.stages.pool import Processes, Serial, batches, pool

needs_kill = pytest.mark.skipif(sys.platform != "linux", reason="processes are killed and looked at as on Linux")


def doubled(items: Sequence[int]) -> list[int]:
    return [item * 2 for item in items]


def where(items: Sequence[int]) -> list[int]:
    return [os.getpid()]


def broken(items: Sequence[int]) -> list[int]:
    raise ValueError(items[0])


def test_batches_hold_so_many_items() -> None:
    assert list(batches(range(5), 2)) == [[0, 1], [2, 3], [4]]


def test_what_is_heavy_counts_for_more() -> None:
    light, heavy = SimpleNamespace(weight=1), SimpleNamespace(weight=3)
    assert list(batches([light, light, heavy, light, heavy, heavy], 4)) == [[light, light, heavy], [light, heavy], [heavy]]


def test_every_pool_does_all_the_work_once() -> None:
    with Processes(2) as processes:
        for workers in (Serial(), processes):
            done = sorted(item for batch in workers.map(doubled, range(50), 3) for item in batch)
            assert done == [item * 2 for item in range(50)]


def test_little_work_starts_no_process() -> None:
    with Processes(2) as processes:
        assert list(processes.map(where, range(3), 10)) == [[os.getpid()]]
        assert list(processes.map(where, (), 10)) == []


def test_an_error_in_a_worker_is_raised_here() -> None:
    with Processes(2) as processes, pytest.raises(ValueError, match=r"[036]"):
        list(processes.map(broken, range(9), 3))


def killed_once(mark: Path, items: Sequence[int]) -> list[int]:
    """Work that is ended by the system at its third batch, the first time only."""
    if 6 in items and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return doubled(items)


def killed(items: Sequence[int]) -> list[int]:
    os.kill(os.getpid(), signal.SIGKILL)
    return []


@needs_kill
def test_what_is_lost_with_a_killed_worker_is_done_again(tmp_path: Path) -> None:
    with Processes(3) as processes:
        done = [item for batch in processes.map(partial(killed_once, tmp_path / "mark"), range(50), 3) for item in batch]
        assert sorted(done) == [item * 2 for item in range(50)]
        assert processes.jobs == 1
        assert sorted(item for batch in processes.map(doubled, range(9), 3) for item in batch) == list(range(0, 18, 2))


@needs_kill
def test_work_that_is_always_killed_ends_in_an_error_that_names_memory() -> None:
    with Processes(2) as processes, pytest.raises(WorkerError) as caught:
        list(processes.map(killed, range(9), 3))
    (problem,) = caught.value.problems
    assert "memory" in problem.message
    assert "--jobs 1" in problem.hint


@needs_kill
def test_a_worker_that_was_killed_while_it_rested_is_replaced() -> None:
    with Processes(1) as processes:
        ((first,), *_) = processes.map(where, range(4), 2)
        os.kill(first, signal.SIGKILL)
        time.sleep(0.3)
        assert sorted(item for batch in processes.map(doubled, range(4), 2) for item in batch) == [0, 2, 4, 6]


def test_released_processes_are_replaced_by_new_ones() -> None:
    with Processes(1) as processes:
        ((first,), *_) = processes.map(where, range(4), 2)
        processes.release()
        ((second,), *_) = processes.map(where, range(4), 2)
        assert first != second


def told(pipe: Path, items: Sequence[int]) -> list[int]:
    with pipe.open("a") as file:
        file.write(f"{os.getpid()}\n")
    time.sleep(60)
    return []


def main_process(pipe: Path) -> None:
    with Processes(2) as processes:
        list(processes.map(partial(told, pipe), range(4), 2))


@needs_kill
@pytest.mark.parametrize("method", sorted({"spawn", "fork"} & set(multiprocessing.get_all_start_methods())))
def test_workers_end_with_a_main_process_that_was_killed(method: str, tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    context: Any = multiprocessing.get_context(method)
    main = context.Process(target=main_process, args=(pids,))
    main.start()
    wait_until(lambda: pids.exists() and len(pids.read_text().split()) == 2)
    main.kill()
    main.join()
    wait_until(lambda: not any(runs(int(pid)) for pid in pids.read_text().split()))


def wait_until(reached: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not reached():
        assert time.monotonic() < end
        time.sleep(0.02)


def runs(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits for its end to be read does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_errors_keep_their_problems_on_the_way_from_a_worker() -> None:
    problem = Problem("a/index.html", 3, "x", "no", "so", "warning")
    for kind in (OutputError, PageError, BusyError):
        assert pickle.loads(pickle.dumps(kind(problem))).problems == (problem,)


def test_one_job_is_serial() -> None:
    assert isinstance(pool(1), Serial)
    assert isinstance(pool(3), Processes)
