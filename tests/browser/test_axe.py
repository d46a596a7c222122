"""Every kind of page can be used by everyone, as far as a program can tell."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.axe import AXES, demonstration, pairwise, violations


@pytest.mark.parametrize(("theme", "language"), list(product(AXES[1], AXES[2])))
def test_axe_finds_nothing(browser: Browser, tmp_path: Path, theme: str, language: str) -> None:
    cases = [case for case in pairwise() if case[1:3] == (theme, language)]
    assert cases
    with demonstration(tmp_path, theme, language) as origin:
        assert violations(browser, origin, cases) == []
