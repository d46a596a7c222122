"""Listening in a real browser: chapters and the transcript lead into the sound, and follow it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.browser.served import Visit, served, until
from tests.conftest import community
from tests.sounds import wav

BOARD = "title: Radio\nkind: podcast\n"
EPISODE = """---
title: First
author: leila
date: 2026-01-01
audio: talk.wav
chapters: [0:00 Hello, 0:10 Tea, 0:20 Good bye]
transcript: talk.vtt
---
Notes.

--- reply
author: omid
audio: talk.wav
---
Spoken.
"""
VTT = "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Leila>Hello.\n\n00:10.000 --> 00:29.000\n<v Omid>Tea?\n"


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A podcast with an episode of half a minute."""
    root = tmp_path_factory.mktemp("radio")
    files: dict[str, str | bytes] = {"radio/first/index.md": EPISODE, "radio/first/talk.wav": wav(30), "radio/first/talk.vtt": VTT}
    community(root, files, radio=BOARD).build()
    with served(root / "output") as found:
        yield found


def listened(page: Page, origin: str) -> Visit:
    """A visit at a host that gives parts of files, as all but the smallest servers do: else nothing can be sought."""
    data = wav(30)

    def part(route: Route) -> None:
        begin = int(route.request.headers.get("range", "bytes=0-").removeprefix("bytes=").partition("-")[0])
        about = {"Accept-Ranges": "bytes", "Content-Range": f"bytes {begin}-{len(data) - 1}/{len(data)}", "Content-Type": "audio/wav"}
        route.fulfill(status=206, headers=about, body=data[begin:])

    page.route("**/talk.wav", part)
    return Visit(page, origin)


def settled(page: Page, seconds: float) -> None:
    until(page, f"Math.abs(document.querySelector('[data-player]').currentTime - {seconds}) < 3")


def test_a_chapter_moves_the_player_and_is_marked(page: Page, origin: str) -> None:
    visit = listened(page, origin)
    visit.go("/radio/first/").click("a.chapter:has-text('Tea')")
    settled(page, 10)
    page.wait_for_selector(".chapter[aria-current=true]:has-text('Tea')")
    assert page.url.endswith("/radio/first/#t=10")
    assert page.evaluate("document.querySelectorAll('.chapter[aria-current]').length") == 1
    assert not visit.complaints


def test_the_words_that_are_heard_are_marked(page: Page, origin: str) -> None:
    listened(page, origin).go("/radio/first/").click(".transcript > summary")
    page.click(".speech a.time >> nth=1")
    page.wait_for_selector(".is-said:has-text('Tea?')")
    assert page.evaluate("document.querySelectorAll('.is-said').length") == 1


def test_an_address_opens_the_page_at_a_place_in_the_sound(page: Page, origin: str) -> None:
    listened(page, origin).go("/radio/first/#t=12")
    settled(page, 12)
    page.wait_for_selector(".chapter[aria-current=true]:has-text('Tea')")
    assert page.evaluate("document.querySelector('[data-player]').paused")


def test_nothing_is_fetched_before_somebody_plays(page: Page, origin: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    Visit(page, origin).go("/radio/first/")
    page.wait_for_timeout(300)
    assert not [url for url in asked if url.endswith(".wav")]


def test_without_a_script_chapters_lead_into_the_file(browser: Browser, origin: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = Visit(context.new_page(), origin).go("/radio/first/")
    page.click("a.chapter:has-text('Good bye')")
    page.wait_for_url("**/talk.wav#t=20")
    context.close()
