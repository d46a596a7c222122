"""A chart of curves: how time, memory, state and output grow with a site. Straight lines are what is wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from tests.bench import svg
from tests.bench.growth import Grown
from tests.bench.results import Growth

PANEL, PLOT, LEFT, TOP, BETWEEN = 380, 150, 60, 40, 70

Series = tuple[str, Callable[[Grown], float]]

PANELS: tuple[tuple[str, tuple[Series, ...]], ...] = (
    ("Cold build: seconds", (("wall", lambda one: one.cold.wall), ("CPU", lambda one: one.cold.cpu))),
    ("Later builds: seconds", (("unchanged", lambda one: one.unchanged.wall), ("one reply", lambda one: one.edit.wall))),
    ("Largest process: MB", (("cold", lambda one: one.cold.largest), ("one reply", lambda one: one.edit.largest))),
    ("On disk: MB", (("state", lambda one: one.state), ("output", lambda one: one.output))),
)


def chart(results: Sequence[Growth], title: str) -> svg.Drawing:
    """Four panels, all from zero: the sizes to the right, the figures upwards."""
    sites = [result.grown for result in results]
    shapes: list[str] = []
    for place, (heading, series) in enumerate(PANELS):
        shapes += _panel(sites, heading, series, place % 2 * PANEL, place // 2 * (PLOT + TOP + BETWEEN))
    height = 2 * (PLOT + TOP + BETWEEN)
    return svg.Drawing(2 * PANEL, height, title, _described(sites), tuple(shapes))


def _panel(sites: Sequence[Grown], heading: str, series: Sequence[Series], x: float, y: float) -> Iterator[str]:
    widest = max((site.size for site in sites), default=1)
    highest = max((value(site) for site in sites for _, value in series), default=1) or 1
    left, top, right = x + LEFT, y + TOP, x + PANEL - 30
    bottom = top + PLOT

    def spot(site: Grown, value: float) -> tuple[float, float]:
        return left + (right - left) * site.size / widest, bottom - PLOT * value / highest

    yield svg.text(x, y + 18, heading, bold=True)
    yield svg.line([(left, top), (left, bottom), (right, bottom)], svg.INK, width=1)
    yield svg.text(left - 6, top + 5, f"{highest:,.4g}", "end")
    yield svg.text(left - 6, bottom + 4, "0", "end")
    yield svg.text(right, bottom + 18, f"{widest:,}", "end")
    for place, (name, value) in enumerate(series):
        colour = svg.COLOURS[place]
        yield svg.line([spot(site, value(site)) for site in sites], colour)
        for site in sites:
            yield svg.dot(*spot(site, value(site)), colour, f"{site.size:,}: {name} {value(site):,.2f}")
        yield svg.bar(left + place * 120, bottom + 30, 12, 12, colour, name)
        yield svg.text(left + 18 + place * 120, bottom + 41, name)


def _described(sites: Sequence[Grown]) -> str:
    return " ".join(
        f"{site.size:,}: cold {site.cold.wall:.1f} s, unchanged {site.unchanged.wall:.2f} s, one reply"
        f" {site.edit.wall:.2f} s, {site.cold.largest:.0f} MB a process, state {site.state:.0f} MB, output {site.output:.0f} MB."
        for site in sites
    )
