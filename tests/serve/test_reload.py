"""What pages are told of builds."""

from __future__ import annotations

import json

import pytest

from generator.errors import Problem
from generator.report import Result
from generator.serve.reload import Hub

WARNING = Problem("a.md", 1, "x", "unknown field", severity="warning")
ERROR = Problem("b.md", 7, "date", "expected a date", "Write 2026-11-01.")


def test_a_page_is_told_all_that_changed_since_its_build() -> None:
    hub = Hub()
    hub.publish(Result(written=("a.html", "b.html")))
    seen = hub.build
    hub.publish(Result(written=("b.html",), problems=(ERROR,)))
    hub.publish(Result(written=("c.html",), removed=("a.html",)))
    message = hub.since(seen)
    assert (message.all, message.written, message.removed) == (False, ["b.html", "c.html"], ["a.html"])
    assert message.problems == []
    assert hub.since(message.build).written == []


@pytest.mark.parametrize("seen", ["", "-", "1", "other-1", "{run}-99", "{run}--1", "{run}-x", "{run}-²", "{run}-" + "9" * 5000])
def test_a_page_of_an_unknown_build_is_told_that_all_changed(seen: str) -> None:
    hub = Hub()
    hub.publish(Result(written=("a.html",)))
    assert hub.since(seen.format(run=hub.build.split("-")[0])).all


def test_a_page_too_far_behind_is_told_that_all_changed() -> None:
    hub = Hub()
    first = hub.build
    for number in range(300):
        hub.publish(Result(written=(f"{number}.html",)))
    assert hub.since(first).all


def test_too_many_files_are_not_listed() -> None:
    hub = Hub()
    first = hub.build
    hub.publish(Result(written=tuple(map(str, range(10_000)))))
    message = hub.since(first)
    assert message.all
    assert len(message.encode()) < 1000


def test_a_build_that_changed_nothing_is_not_told() -> None:
    hub = Hub()
    assert hub.publish(Result(written=("a.html",), problems=(WARNING,)))
    seen = hub.build
    assert not hub.publish(Result(problems=(WARNING,)))
    assert hub.build == seen
    assert hub.publish(Result())


def test_errors_are_told_and_warnings_counted() -> None:
    hub = Hub()
    hub.publish(Result(problems=(WARNING, ERROR, WARNING)))
    message = hub.since(hub.build)
    assert (message.errors, message.warnings) == (1, 2)
    shown = {"path": "b.md", "line": 7, "field": "date", "message": "expected a date", "hint": "Write 2026-11-01."}
    assert message.problems == [shown]


def test_a_message_is_one_event_whatever_it_holds() -> None:
    hub = Hub()
    seen = hub.build
    hub.publish(Result(written=("a\n\ndata: x\r\u2028\udc80.html",), problems=(Problem("x\n\n", 1, "", "\r\n"),)))
    event = hub.since(seen).encode()
    assert [line.partition(b": ")[0] for line in event.splitlines()] == [b"id", b"event", b"data", b""]
    assert b"\r" not in event
    assert json.loads(event.split(b"data: ", 1)[1])["errors"] == 1
