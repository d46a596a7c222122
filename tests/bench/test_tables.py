"""The tables, charts and data that the bench writes."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.bench import bars, curves, svg
from tests.bench.growth import Grown
from tests.bench.measure import Figures
from tests.bench.publish import publish_comparisons, publish_growth, replace_part
from tests.bench.results import Comparison, Growth, Machine, load, merged, save
from tests.bench.tables import comparison_table, growth_table, table

MACHINE = Machine("A processor", 2, "Linux 6", "3.11", "0.1", "2026-11-23")
MARKS = "Before.\n<!-- builds: made by the bench -->\nstale\n<!-- end of builds -->\n<!-- growth: made by the bench -->\n<!-- end of growth -->\nAfter.\n"


def figures(*seconds: float) -> list[Figures]:
    return [Figures(cpu=value * 2, wall=value, memory=value * 10, largest=value * 5) for value in seconds]


def comparison(size: int = 1000) -> Comparison:
    mine = {"cold": figures(1, 9, 2), "unchanged": figures(0.1, 0.1, 0.1), "edit": figures(0.2, 0.2, 0.2)}
    hugo = {"cold": figures(4, 4, 4), "unchanged": figures(1, 1, 1), "edit": figures(2, 2, 2)}
    return Comparison("blog", size, MACHINE, {"Anjoman, <x>": mine, "Hugo": hugo})  # type: ignore[dict-item]


def growth(size: int = 1000, shape: str = "forum") -> Growth:
    cold, unchanged, edit = figures(4, 1, 2)
    return Growth(Grown(shape, size, cold, unchanged, edit, state=7, output=9, files=1234), MACHINE)


def test_a_cell_holds_the_median_and_the_median_ratio_to_hugo() -> None:
    row = comparison_table(comparison()).splitlines()[2]
    assert row == "| Anjoman, <x> | 4.00 (0.50) | 2.00 (0.50) | 0.20 (0.10) | 0.10 (0.10) | 0.40 (0.10) | 0.20 (0.10) | 20 (0.50) |"


def test_hugo_itself_has_no_ratio() -> None:
    assert "(" not in comparison_table(comparison()).splitlines()[3]


def test_growth_tells_what_one_entry_costs_and_the_largest_process() -> None:
    row = growth_table([growth(2000)]).splitlines()[2]
    assert row == "| 2,000 | 4.00 | 8.00 | 4.00 | 1.00 | 2.00 | 20 | 7 | 9 | 1,234 |"


def test_a_table_aligns_figures_to_the_right() -> None:
    assert table(["a", "b"], [["x", "1"]]) == "| a | b |\n| --- | ---: |\n| x | 1 |\n"


@pytest.mark.parametrize(
    "drawing",
    [bars.chart([comparison(), comparison(10_000)]), curves.chart([growth(1000), growth(5000)], "How it grows")],
    ids=["bars", "curves"],
)
def test_a_chart_is_an_image_with_a_title_that_needs_nothing_else(drawing: svg.Drawing) -> None:
    text = str(drawing)
    root = ET.fromstring(text)
    names = {child.tag.rpartition("}")[2]: child for child in root}
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"] == f"{names['title'].attrib['id']} {names['desc'].attrib['id']}"
    assert names["title"].text
    assert "1,000" in (names["desc"].text or "")
    assert not re.search(r"style=|<style|href=|url\(", text)


def test_bars_are_as_long_as_what_they_show() -> None:
    root = ET.fromstring(str(bars.chart([comparison()])))
    widths = [float(node.attrib["width"]) for node in root if node.tag.endswith("rect")]
    assert widths[1] == pytest.approx(widths[0] * 2, rel=0.01)
    assert max(widths) + bars.LEFT <= bars.WIDTH


def test_colours_show_on_white_and_on_near_black() -> None:
    for colour in (svg.INK, *svg.COLOURS):
        assert contrast(colour, "#ffffff") >= 3
        assert contrast(colour, "#16171a") >= 3


def contrast(one: str, other: str) -> float:
    """WCAG 2.2: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_results_are_read_as_they_were_written(tmp_path: Path) -> None:
    save(tmp_path / "builds.json", [comparison()])
    save(tmp_path / "growth.json", [growth()])
    assert load(tmp_path / "builds.json", Comparison) == [comparison()]
    assert load(tmp_path / "growth.json", Growth) == [growth()]
    assert load(tmp_path / "none.json", Growth) == []


def test_newer_results_take_the_place_of_older_ones() -> None:
    assert merged([growth(10), growth(5)], [growth(10, "forum")]) == [growth(5), growth(10)]


def test_publishing_replaces_the_part_between_the_marks_and_keeps_other_sizes(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text(MARKS, "utf-8")
    publish_comparisons(page, [comparison(1000)])
    publish_comparisons(page, [comparison(10_000)])
    publish_growth(page, [growth(), growth(50, "tags")])
    text = page.read_text("utf-8")
    assert text.startswith("Before.\n")
    assert text.endswith("After.\n")
    assert "stale" not in text
    assert text.index("1,000 posts") < text.index("10,000 posts") < text.index("Tags, each")
    assert str(MACHINE) in text
    assert {path.name for path in (tmp_path / "performance").iterdir()} == {"builds.json", "builds.svg", "growth.json", "growth.svg"}


def test_a_page_without_the_marks_is_an_error(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("Nothing.\n", "utf-8")
    with pytest.raises(ValueError, match="has no part builds"):
        replace_part(page, "builds", "x")
