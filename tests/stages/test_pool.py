from __future__ import annotations

import os
from collections.abc import Sequence

import pytest

from generator.stages.pool import Processes, Serial, batches, pool


def doubled(items: Sequence[int]) -> list[int]:
    return [item * 2 for item in items]


def where(items: Sequence[int]) -> list[int]:
    return [os.getpid()]


def broken(items: Sequence[int]) -> list[int]:
    raise ValueError(items[0])


def test_batches_hold_so_many_items() -> None:
    assert list(batches(range(5), 2)) == [[0, 1], [2, 3], [4]]


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


def test_one_job_is_serial() -> None:
    assert isinstance(pool(1), Serial)
    assert isinstance(pool(3), Processes)
