"""Films of other services in a real browser: nobody is asked before the reader says so, and the page's policy holds."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route

from tests.browser.served import served
from tests.conftest import SETTINGS, community
from tests.films import webm

TEXT = """---
title: Talk
author: leila
date: 2026-01-01
---
![Near](near.webm)

![Far](https://media.example.net/far.webm)

https://www.youtube.com/watch?v=dQw4w9WgXcQ
"""
VTT = "WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n"


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A topic with films of its own, elsewhere, and of a service."""
    root = tmp_path_factory.mktemp("films")
    files: dict[str, str | bytes] = {"cafe/talk/index.md": TEXT, "cafe/talk/near.webm": webm(), "cafe/talk/near.vtt": VTT}
    settings = SETTINGS.replace("https://example.org/forum/", "") + '[embeds]\nservices = ["youtube"]\n'
    community(root, files, settings, cafe="title: Cafe").build()
    with served(root / "output") as found:
        yield found


@pytest.fixture
def asked(page: Page, origin: str) -> list[str]:
    """Every host other than the site's that is asked for something; each answers with a page of its own."""
    found: list[str] = []

    def answer(route: Route) -> None:
        host = urlsplit(route.request.url).hostname or ""
        found.append(host)
        route.fulfill(content_type="text/html", body="<title>Frame</title><script>parent.postMessage('here', '*')</script>")

    page.route(lambda url: not url.startswith((origin, "data:", "blob:")), answer)
    return found


def test_nobody_is_asked_before_the_reader_wants_it(page: Page, origin: str, asked: list[str]) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if "Content Security Policy" in message.text else None)
    page.goto(f"{origin}/cafe/talk/", wait_until="networkidle")
    assert asked == []
    load = page.get_by_role("button", name="Load from www.youtube-nocookie.com")
    load.focus()
    page.keyboard.press("Enter")
    frame = page.locator("iframe")
    frame.wait_for()
    page.frame_locator("iframe").locator("html").wait_for(state="attached")
    assert asked == ["www.youtube-nocookie.com"]
    assert "allow-top-navigation" not in (frame.get_attribute("sandbox") or "allow-top-navigation")
    assert (frame.get_attribute("referrerpolicy"), frame.get_attribute("title")) == (
        "strict-origin", "YouTube https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    )  # fmt: skip
    assert page.evaluate("document.activeElement.tagName") == "IFRAME"
    box = frame.bounding_box()
    assert box
    assert abs(box["width"] / box["height"] - 16 / 9) < 0.02
    assert said == []


def test_the_policy_lets_nobody_else_in(page: Page, origin: str, asked: list[str]) -> None:
    page.goto(f"{origin}/cafe/talk/")
    page.evaluate("""() => new Promise(done => {
        document.addEventListener("securitypolicyviolation", event => { window.refused = (window.refused || []).concat(event.effectiveDirective) });
        const frame = document.createElement("iframe"), sound = new Audio("https://evil.example/a.mp3");
        frame.src = "https://evil.example/";
        sound.preload = "auto"; sound.load();
        document.body.append(frame);
        setTimeout(done, 300);
    })""")
    assert sorted(set(page.evaluate("window.refused"))) == ["frame-src", "media-src"]
    assert asked == []


def test_without_scripts_the_link_is_there_and_no_button(page: Page, origin: str) -> None:
    context = page.context.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]
    plain = context.new_page()
    plain.goto(f"{origin}/cafe/talk/")
    assert plain.locator(".is-embed a").is_visible()
    assert plain.locator(".is-embed button, iframe").count() == 0
    assert plain.locator("video").first.evaluate("film => [film.width, film.height, film.textTracks.length]") == [320, 180, 1]
    context.close()
