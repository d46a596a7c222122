"""Looking at an album in a real browser: with keys and the way back, and without a script."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.served import Visit, served, until
from tests.conftest import SETTINGS, Community, community
from tests.photographs import image, photograph

NAMES = ("one", "two", "three")
TEXT = "---\ntitle: Hills\nauthor: leila\ndate: 2026-01-01\n---\n" + "\n\n".join(f"![Hill {name}]({name}.jpg)" for name in NAMES)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Community:
    pictures = {f"gallery/hills/{name}.jpg": photograph(made=image(400, 300), quality=92) for name in NAMES}
    settings = SETTINGS + '[pictures]\nwidths = [200, 400]\nformats = ["webp"]\n'
    found = community(tmp_path_factory.mktemp("gallery"), {"gallery/hills/index.md": TEXT, **pictures}, settings=settings, gallery="kind: gallery")
    found.clean()
    return found


@pytest.fixture(scope="module")
def origin(site: Community) -> Iterator[str]:
    with served(site.root / "output") as address:
        yield address


def test_keys_turn_the_pictures_and_the_way_back_closes_them(visitor: Callable[..., Visit]) -> None:
    page = visitor().go("/gallery/hills/")
    dialog, start = page.locator("dialog.lightbox"), page.url
    page.locator("#shot-1").press("Enter")
    expect(dialog.locator("img")).to_have_attribute("alt", "Hill one")
    assert page.url == f"{start}#picture-1"
    page.keyboard.press("ArrowRight")
    expect(dialog.locator(".lightbox-caption")).to_have_text("Hill two")
    # The browser chose a size, of what it was offered.
    until(page, "document.querySelector('.lightbox img').naturalWidth > 0")
    assert ".webp" in str(dialog.locator("img").evaluate("picture => picture.currentSrc"))
    assert page.url == f"{start}#picture-2"
    page.go_back()
    expect(dialog).not_to_be_visible()
    assert page.url == start
    page.locator("#shot-3").click()
    page.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()
    expect(page.locator("#shot-3")).to_be_focused()
    expect(page).to_have_url(start)


def test_without_a_script_they_open_by_their_addresses_and_nothing_moves(visitor: Callable[..., Visit]) -> None:
    page = visitor(java_script_enabled=False).go("/gallery/hills/")
    expect(page.locator(".view").first).not_to_be_visible()
    place = page.locator("#shot-2").bounding_box()
    page.locator("#shot-2").click()
    expect(page.locator("#picture-2")).to_be_visible()
    page.locator("#picture-2 .view-next").click()
    expect(page.locator("#picture-3 figcaption")).to_contain_text("Hill three")
    page.locator("#picture-3 .view-close").click()
    expect(page.locator(".view:visible")).to_have_count(0)
    page.go_back()
    expect(page.locator("#picture-3")).to_be_visible()
    page.go_back()
    page.go_back()
    expect(page.locator(".view:visible")).to_have_count(0)
    assert page.locator("#shot-2").bounding_box() == place
