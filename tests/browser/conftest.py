"""A real Chromium for the tests: the one that is installed on the machine."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.browser.served import Visit

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--disable-sync",
]


def chromium() -> str | None:
    """Where the machine has a Chromium."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


def launched(playwright: Playwright) -> Browser | None:
    """A headless Chromium; None where none is installed."""
    path = chromium()
    return playwright.chromium.launch(executable_path=path, args=OPTIONS) if path else None


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium; the test is skipped where none is installed."""
    with sync_playwright() as playwright:
        found = launched(playwright)
        if found is None:
            pytest.skip(f"no Chromium on this machine (looked for {', '.join(_NAMES)})")
        yield found
        found.close()


@pytest.fixture
def visitor(browser: Browser, origin: str) -> Iterator[Callable[..., Visit]]:
    """Makes a visit to a module's site with a browser of certain settings."""
    contexts = []

    def make(**settings: Any) -> Visit:
        contexts.append(browser.new_context(**settings))
        contexts[-1].set_default_timeout(10_000)
        return Visit(contexts[-1].new_page(), origin)

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in a fresh context: no cookies, storage or cache of other tests."""
    context = browser.new_context()
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()
