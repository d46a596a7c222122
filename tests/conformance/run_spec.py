"""Run a published `spec.json` through both engines, before extras and sanitising.

    python -m tests.conformance.run_spec spec.json

Prints how many examples each engine passes, by section, and the numbers of those that it does not.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from generator.markup.engines import engine
from tests.conformance.normal import normal

ENGINES = ("commonmark", "markdown")


class Example(NamedTuple):
    """One published example."""

    number: int
    section: str
    markdown: str
    html: str


def examples(path: Path) -> list[Example]:
    """The examples of a `spec.json`, as commonmark.org and GitHub publish it."""
    found = json.loads(path.read_text(encoding="utf-8"))
    return [Example(item["example"], item["section"], item["markdown"], item["html"]) for item in found]


def deviating(name: str, published: list[Example]) -> list[Example]:
    """The examples that an engine renders in another way."""
    convert = engine(name).convert
    return [item for item in published if normal(convert(item.markdown, 10**6)) != normal(item.html)]


def report(path: Path) -> str:
    """What both engines make of a file of examples."""
    published = examples(path)
    lines = []
    for name in ENGINES:
        missed = deviating(name, published)
        lines.append(f"{name}: {len(published) - len(missed)} of {len(published)}")
        for section, count in Counter(item.section for item in missed).items():
            numbers = " ".join(str(item.number) for item in missed if item.section == section)
            lines.append(f"    {section}: {count}: {numbers}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(report(Path(sys.argv[1])) + "\n")
