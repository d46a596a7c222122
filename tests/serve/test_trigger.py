"""When a build begins after changes, and what it is told of them."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from generator.serve.trigger import MOST, Due, Trigger

TEA = Path("/site/content/tea.md")
MILK = Path("/site/content/milk.md")


def begun(trigger: Trigger) -> float:
    """How many seconds it took until a build was due."""
    start = time.monotonic()
    assert trigger.wait()
    return time.monotonic() - start


def taken(trigger: Trigger) -> frozenset[Path] | None:
    due = trigger.wait()
    assert due
    return due.changed


def test_a_burst_makes_one_build() -> None:
    trigger = Trigger(quiet=0.03, longest=5)
    for _ in range(20):
        trigger.change(writing=True)
        time.sleep(0.002)
    assert 0.01 < begun(trigger) < 0.2
    trigger.later(0.15)
    assert begun(trigger) > 0.1


def test_a_closed_file_is_built_at_once_and_an_open_one_is_waited_for() -> None:
    trigger = Trigger(quiet=0.5, longest=5, settled=0)
    trigger.change(TEA, writing=True)
    trigger.change(TEA, writing=False)
    assert begun(trigger) < 0.3
    trigger.change(TEA, writing=True)
    trigger.change(MILK, writing=True)
    trigger.change(MILK, writing=False)
    trigger.change(TEA)  # its rights were changed in between
    assert begun(trigger) > 0.3


def test_changes_without_end_dont_put_it_off_for_ever() -> None:
    trigger = Trigger(quiet=0.1, longest=0.2)
    ended = threading.Event()

    def change() -> None:
        while not ended.wait(0.01):
            trigger.change(TEA, writing=True)

    thread = threading.Thread(target=change)
    thread.start()
    assert begun(trigger) < 1
    ended.set()
    thread.join()


def test_a_change_during_a_build_is_kept() -> None:
    trigger = Trigger(quiet=0)
    trigger.change()
    assert trigger.wait()
    trigger.change()
    assert trigger.wait()


def test_a_build_is_told_what_changed_since_the_last_one() -> None:
    trigger = Trigger(quiet=0, settled=0)
    trigger.change(TEA)
    trigger.change(MILK)
    trigger.change(TEA)
    assert taken(trigger) == frozenset({TEA, MILK})
    trigger.change(TEA)
    assert taken(trigger) == frozenset({TEA})


def test_a_build_looks_at_everything_after_a_doubt_a_change_of_anything_too_many_or_in_time() -> None:
    trigger = Trigger(quiet=0, settled=0)
    trigger.change()
    assert taken(trigger) is None
    trigger.change(TEA)
    trigger.change()
    trigger.change(MILK)
    assert taken(trigger) is None
    trigger.doubt()
    trigger.change(TEA)
    assert taken(trigger) is None
    for number in range(MOST + 1):
        trigger.change(Path(f"/site/content/{number}.md"))
    assert taken(trigger) is None
    trigger.change(TEA)
    trigger.later(0)
    assert taken(trigger) is None
    trigger.change(TEA)
    assert taken(trigger) == frozenset({TEA})


def test_a_timer_is_put_off_neither_by_a_later_one_nor_by_a_build() -> None:
    trigger = Trigger(quiet=0, settled=0)
    trigger.later(0.2)
    trigger.later(60)
    trigger.change(TEA)
    assert begun(trigger) < 0.2
    assert trigger.wait() == Due(None)


def test_stop_ends_the_wait() -> None:
    trigger = Trigger()
    threading.Timer(0.05, trigger.stop).start()
    assert not trigger.wait()
    trigger.change()
    assert not trigger.wait()
