"""When a build begins after changes."""

from __future__ import annotations

import threading
import time

from generator.serve.trigger import Trigger


def test_a_burst_makes_one_build() -> None:
    trigger = Trigger(quiet=0.03, longest=5)
    for _ in range(20):
        trigger.change()
        time.sleep(0.002)
    began = time.monotonic()
    assert trigger.wait()
    assert 0.01 < time.monotonic() - began < 0.2
    trigger.later(0.15)
    began = time.monotonic()
    assert trigger.wait()
    assert time.monotonic() - began > 0.1


def test_changes_without_end_dont_put_it_off_for_ever() -> None:
    trigger = Trigger(quiet=0.1, longest=0.2)
    ended = threading.Event()

    def change() -> None:
        while not ended.wait(0.01):
            trigger.change()

    thread = threading.Thread(target=change)
    thread.start()
    began = time.monotonic()
    assert trigger.wait()
    assert time.monotonic() - began < 1
    ended.set()
    thread.join()


def test_a_change_during_a_build_is_kept() -> None:
    trigger = Trigger(quiet=0)
    trigger.change()
    assert trigger.wait()
    trigger.change()
    assert trigger.wait()


def test_a_timer_is_not_put_off_by_a_later_one() -> None:
    trigger = Trigger()
    trigger.later(0.01)
    trigger.later(60)
    began = time.monotonic()
    assert trigger.wait()
    assert time.monotonic() - began < 1


def test_stop_ends_the_wait() -> None:
    trigger = Trigger()
    threading.Timer(0.05, trigger.stop).start()
    assert not trigger.wait()
    trigger.change()
    assert not trigger.wait()
