"""The figures of the bench as Markdown tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tests.bench.contenders import REFERENCE
from tests.bench.results import Comparison, Growth, Step

NOUNS = {"blog": "posts", "forum": "threads"}

Column = tuple[str, Step, str, int]
"""A heading, the build, the figure, and how many decimals it has."""

COLUMNS: tuple[Column, ...] = (
    ("Cold, CPU s", "cold", "cpu", 2),
    ("Cold, s", "cold", "wall", 2),
    ("Unchanged, CPU s", "unchanged", "cpu", 2),
    ("Unchanged, s", "unchanged", "wall", 2),
    ("One edit, CPU s", "edit", "cpu", 2),
    ("One edit, s", "edit", "wall", 2),
    ("Memory, MB", "cold", "memory", 0),
)


def comparison_table(comparison: Comparison) -> str:
    """The medians of one site, each with its ratio to Hugo's where Hugo took part."""
    rows = [[name, *(_cell(comparison, name, column) for column in COLUMNS)] for name in comparison.figures]
    return table([comparison_title(comparison), *(heading for heading, *_ in COLUMNS)], rows)


def comparison_title(comparison: Comparison) -> str:
    """What was built."""
    return f"{comparison.kind.capitalize()}, {comparison.size:,} {NOUNS[comparison.kind]}"


def growth_table(results: Sequence[Growth]) -> str:
    """One shape at its sizes."""
    headings = [
        "Size", "Cold, s", "CPU s", "CPU ms each", "Unchanged, s", "One reply, s",
        "Memory of a process, MB", "State, MB", "Output, MB", "Files",
    ]  # fmt: skip
    return table(headings, [_growth_row(result) for result in results])


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table: words to the left, figures to the right."""
    lines = [headings, ["---", *["---:"] * (len(headings) - 1)], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cell(comparison: Comparison, name: str, column: Column) -> str:
    _, step, figure, decimals = column
    value = f"{comparison.median(name, step, figure):,.{decimals}f}"
    if name == REFERENCE or REFERENCE not in comparison.figures:
        return value
    return f"{value} ({comparison.ratio(name, REFERENCE, step, figure):.2f})"


def _growth_row(result: Growth) -> list[str]:
    one = result.grown
    each = one.cold.cpu / one.size * 1000
    largest = max(one.cold.largest, one.unchanged.largest, one.edit.largest)
    seconds = [one.cold.wall, one.cold.cpu, each, one.unchanged.wall, one.edit.wall]
    sizes = [largest, one.state, one.output]
    return [
        f"{one.size:,}", *(f"{value:,.2f}" for value in seconds), *(f"{value:,.0f}" for value in sizes), f"{one.files:,}",
    ]  # fmt: skip
