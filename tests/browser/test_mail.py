"""Mails in a real browser: quotes unfold without a script, and broken lines flow again where there is little room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.served import served
from tests.conftest import community

MAIL = """---
title: Tea
name: Leila
date: 2026-01-01
---
All of these words stand in one paragraph that was broken somewhere
because lines were once no longer than this, and it shows still now.

On 31 Dec 2025, Omid wrote:
> Tea?
"""


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A list with one mail."""
    root = tmp_path_factory.mktemp("list")
    community(root, {"list/tea.md": MAIL}, list="kind: mail").build()
    with served(root / "output") as found:
        yield found


@pytest.mark.parametrize(("width", "spaces"), [(360, "normal"), (1280, "pre-wrap")])
def test_a_mail_is_read_without_a_script(browser: Browser, origin: str, width: int, spaces: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(f"{origin}/forum/list/tea/")
    assert page.locator(".wrapped").evaluate("node => getComputedStyle(node).whiteSpace") == spaces
    assert not page.get_by_text("Tea?", exact=True).is_visible()
    page.click("details.quoted > summary")
    assert page.get_by_text("Tea?", exact=True).is_visible()
    context.close()
