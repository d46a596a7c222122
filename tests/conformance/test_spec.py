"""Published examples: what deviates is what we say deviates, no more and no less."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.conformance.deviations import DEVIATIONS
from tests.conformance.run_spec import ENGINES, deviating, examples

SPEC = os.environ.get("ANJOMAN_SPEC", "")


@pytest.mark.skipif(not SPEC, reason="ANJOMAN_SPEC names no spec.json")
@pytest.mark.parametrize("name", ENGINES)
def test_exactly_the_recorded_examples_deviate(name: str) -> None:
    published = examples(Path(SPEC))
    spec = "gfm" if any("(extension)" in item.section for item in published) else "commonmark"
    assert {item.number for item in deviating(name, published)} == set(DEVIATIONS[spec, name])


def test_every_deviation_has_a_reason() -> None:
    assert all(reason.endswith(".") for known in DEVIATIONS.values() for reason in known.values())
