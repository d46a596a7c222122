from __future__ import annotations

import sys

import pytest

from generator.errors import SiteError
from generator.markup import engines
from generator.markup.interface import Options
from generator.markup.render import render


@pytest.fixture
def without_pyromark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyromark", None)
    monkeypatch.delitem(sys.modules, "generator.markup.commonmark", raising=False)
    engines.engine.cache_clear()


@pytest.mark.usefixtures("without_pyromark")
def test_a_missing_package_is_no_fault_of_the_text() -> None:
    with pytest.raises(SiteError, match=r"commonmark.*pyromark"):
        render("| tea |\n|-----|\n| hot |\n", Options(engine="commonmark"))
