"""A chart of bars: for each site and build, how long every generator takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.bench import svg
from tests.bench.results import STEPS, Comparison, Step
from tests.bench.tables import comparison_title

WIDTH, LEFT, RIGHT = 760, 240, 70
ROW, BAR, GAP, HEAD = 20, 14, 12, 34

STEP_NAMES: dict[Step, str] = {"cold": "Cold", "unchanged": "Unchanged", "edit": "One edit"}


def chart(comparisons: Sequence[Comparison]) -> svg.Drawing:
    """Seconds of wall time, medians; each site has a scale of its own."""
    shapes: list[str] = []
    y = 10
    for comparison in comparisons:
        shapes += _panel(comparison, y)
        y += _height(comparison)
    return svg.Drawing(WIDTH, y, "How long a build takes", _described(comparisons), tuple(shapes))


def _height(comparison: Comparison) -> int:
    return HEAD + len(STEPS) * (len(comparison.figures) * ROW + GAP) + GAP


def _panel(comparison: Comparison, top: int) -> Iterator[str]:
    yield svg.text(0, top + 16, f"{comparison_title(comparison)}: seconds", bold=True)
    longest = max(comparison.median(name, step, "wall") for name in comparison.figures for step in STEPS)
    scale = (WIDTH - LEFT - RIGHT) / (longest or 1)
    y = top + HEAD
    for step in STEPS:
        yield svg.text(0, y + BAR - 2, STEP_NAMES[step])
        for place, name in enumerate(comparison.figures):
            yield from _row(comparison, name, step, y, scale, svg.COLOURS[place % len(svg.COLOURS)])
            y += ROW
        y += GAP


def _row(comparison: Comparison, name: str, step: Step, y: float, scale: float, colour: str) -> Iterator[str]:
    value = comparison.median(name, step, "wall")
    width = max(1.0, value * scale)
    yield svg.text(LEFT - 8, y + BAR - 2, name, "end")
    yield svg.bar(LEFT, y, width, BAR, colour, f"{name}: {value:.2f} s")
    yield svg.text(LEFT + width + 6, y + BAR - 2, f"{value:.2f}")


def _described(comparisons: Sequence[Comparison]) -> str:
    return " ".join(
        f"{comparison_title(comparison)}: "
        + "; ".join(
            f"{name} " + ", ".join(f"{STEP_NAMES[step].lower()} {comparison.median(name, step, 'wall'):.2f} s" for step in STEPS)
            for name in comparison.figures
        )
        + "."
        for comparison in comparisons
    )
