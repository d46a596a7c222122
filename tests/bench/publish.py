"""Puts the figures where the manual shows them: tables between two marks of a page, and charts and data beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.bench import bars, curves
from tests.bench.results import Comparison, Growth, load, merged, save
from tests.bench.tables import comparison_table, growth_table

SHAPES = {
    "forum": "A forum, in entries; ten make a topic",
    "topic": "One topic, in replies, all in one file",
    "files": "One topic, in replies, in files of a hundred",
    "astray": "One topic, in replies that answer what is not there",
    "board": "One board, in topics",
    "blog": "One blog, in articles",
    "member": "One member, in entries",
    "members": "Members, each with one entry",
    "tags": "Tags, each of two topics",
}


def publish_comparisons(page: Path, results: Sequence[Comparison]) -> str:
    """Add results to those of a page: data, chart and tables; the tables."""
    folder = page.with_suffix("")
    every = merged(load(folder / "builds.json", Comparison), results)
    save(folder / "builds.json", every)
    folder.joinpath("builds.svg").write_text(str(bars.chart(every)), "utf-8", newline="\n")
    tables = "\n".join(f"{comparison_table(one)}" for one in every)
    machines = "\n".join(dict.fromkeys(f"Taken on {one.machine}." for one in every))
    image = f"![How long a build takes: bars for each site, build and generator]({folder.name}/builds.svg)"
    replace_part(page, "builds", f"{image}\n\n{tables}\n{machines}\n")
    return tables


def publish_growth(page: Path, results: Sequence[Growth]) -> str:
    """Add results to those of a page: data, the forum's curve and a table for each shape; the tables."""
    folder = page.with_suffix("")
    every = merged(load(folder / "growth.json", Growth), results)
    save(folder / "growth.json", every)
    forums = [one for one in every if one.grown.shape == "forum"]
    folder.joinpath("growth.svg").write_text(str(curves.chart(forums, "How a forum grows")), "utf-8", newline="\n")
    shapes = dict.fromkeys([shape for shape in SHAPES if any(one.grown.shape == shape for one in every)])
    parts = [_shape(shape, [one for one in every if one.grown.shape == shape]) for shape in shapes]
    machines = "\n".join(dict.fromkeys(f"Taken on {one.machine}." for one in every))
    image = f"![How a forum grows: curves of time, memory and disk]({folder.name}/growth.svg)\n"
    replace_part(page, "growth", "\n".join([image, *parts, f"{machines}\n"]))
    return "\n".join(parts)


def _shape(shape: str, results: Sequence[Growth]) -> str:
    return f"{SHAPES[shape]}:\n\n{growth_table(results)}"


def replace_part(page: Path, name: str, text: str) -> None:
    """Put a text between a page's two marks; raises `ValueError` where it has them not."""
    first, last = f"<!-- {name}: made by the bench -->\n", f"<!-- end of {name} -->"
    whole = page.read_text("utf-8")
    before, found, rest = whole.partition(first)
    _, end, after = rest.partition(last)
    if not (found and end):
        raise ValueError(f"{page} has no part {name}")
    page.write_text(f"{before}{first}\n{text}\n{last}{after}", "utf-8", newline="\n")
