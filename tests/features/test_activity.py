"""Charts of activity: what they count, that they are readable in numbers, and that a reply changes few pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import SETTINGS, Community, community

ON = SETTINGS + '[activity]\nplaces = ["site", "boards", "tags", "members"]\n'


def topic(title: str, date: str, *replies: str, author: str = "leila", more: str = "") -> str:
    return f"---\ntitle: {title}\nauthor: {author}\ndate: {date} 10:00\n{more}---\nText.\n{''.join(replies)}"


def reply(date: str, author: str = "omid", more: str = "", text: str = "Yes.\n") -> str:
    return f"\n--- reply\nauthor: {author}\ndate: {date} 10:00\n{more}---\n{text}"


FILES = {
    "cafe/old.md": topic("Old", "2023-05-01", reply("2023-05-02"), more="tags: [tea]\n"),
    "cafe/spring.md": topic("Spring", "2026-01-31", reply("2026-02-01"), reply("2026-04-02", "sara"), more="tags: [tea]\n"),
    "cafe/inner/deep.md": topic("Deep", "2026-04-03", author="omid"),
    "cafe/noise.md": topic("Noise", "2026-04-04", reply("2026-04-05", more="deleted: true\n"), reply("2026-04-06", more="event: moved it\n", text="")),
    "cafe/draft.md": topic("Draft", "2026-06-01", more="draft: true\n"),
    "news/hello.md": topic("Hello", "2026-04-07", more="tags: [news]\n"),
}
BOARDS = {"cafe": "title: Café", "cafe/inner": "title: Inner", "news": "title: News\nkind: blog"}


@pytest.fixture(scope="module")
def lively(tmp_path_factory: pytest.TempPathFactory) -> Community:
    root: Path = tmp_path_factory.mktemp("activity") / "site"
    found = community(root, FILES, ON, **BOARDS)
    found.clean()
    return found


def numbers(site: Community, address: str, chart: int = 1) -> dict[str, list[str]]:
    """The table of a chart: its months, each with its numbers, but for empty ones."""
    rows = site.page(address).css(".chart")[chart - 1].css("tbody tr")
    cells = [[cell.text(strip=True) for cell in row.css("th, td")] for row in rows]
    return {first: rest for first, *rest in cells if set(rest) != {"0"}}


def test_a_site_tells_its_topics_and_replies_by_month_and_year(lively: Community) -> None:
    assert numbers(lively, "/activity/") == {"April 2026": ["3", "1"], "February 2026": ["0", "1"], "January 2026": ["1", "0"]}
    assert numbers(lively, "/activity/", 2) == {"2026": ["4", "2"], "2023": ["1", "1"]}
    assert lively.texts("/activity/", ".stats li") == ["5 topics", "3 replies"]
    assert len(lively.page("/activity/").css(".is-wide .chart-column")) == 24


def test_it_tells_who_wrote_and_what_waits(lively: Community) -> None:
    assert numbers(lively, "/activity/", 3) == {"April 2026": ["3"], "February 2026": ["1"], "January 2026": ["1"]}
    assert numbers(lively, "/activity/", 4) == {"January 2026": ["1", "0"], "April 2026": ["0", "2"]}
    assert lively.text("/activity/", ".chart-note") == "2 topics still wait for a reply"
    assert lively.texts("/activity/", ".busy a") == ["Café", "Inner", "News"]


def test_a_board_counts_what_is_inside_it(lively: Community) -> None:
    assert numbers(lively, "/cafe/activity/")["April 2026"] == ["2", "1"]
    assert lively.attributes("/cafe/", ".page-tools a", "href")[-1] == "/forum/cafe/activity/"
    assert lively.text("/news/activity/", ".empty-text") == "There is too little to draw yet."


def test_members_and_tags_have_charts_of_their_own(lively: Community) -> None:
    assert numbers(lively, "/members/omid/") == {"February 2026": ["1"], "April 2026": ["1"]}
    assert numbers(lively, "/tags/tea/") == {"January 2026": ["1"]}
    assert not lively.page("/members/sara/").css(".chart")
    assert "/forum/activity/" in lively.attributes("/", ".footer-links a", "href")


def test_columns_stand_on_each_other_and_run_with_the_page(lively: Community, site: Community) -> None:
    last = lively.page("/activity/").css(".is-wide .chart-column")[-1].css("rect")
    assert [(rect.attributes["x"], rect.attributes["y"], rect.attributes["height"]) for rect in last] == [
        ("230", "0", "100"), ("231", "25.0", "75.0"), ("231", "0.0", "25.0"),
    ]  # fmt: skip
    site.write({"/site.toml": ON.replace("[activity]", 'language = "fa"\n[activity]'), **FILES}, **BOARDS).clean()
    first = site.page("/activity/").css(".is-wide .chart-column")[0].css("rect")[0]
    assert first.attributes["x"] == "230"


def test_a_site_that_does_not_ask_for_charts_has_none(site: Community) -> None:
    site.write(FILES, **BOARDS).clean()
    assert not [name for name in site.outputs() if "activity/" in name]
    assert not site.page("/members/omid/").css(".chart")
    site.write({"/site.toml": ON}).clean()
    assert numbers(site, "/cafe/activity/")["April 2026"] == ["2", "1"]
    site.write({"/site.toml": SETTINGS}).clean()
    assert not site.has("/activity/")


def test_a_reply_changes_the_charts_of_its_board_and_of_the_site_and_no_more(site: Community) -> None:
    site.write({"/site.toml": ON, **FILES}, **BOARDS).clean()
    before = set(site.write({"cafe/inner/deep.md": FILES["cafe/inner/deep.md"] + reply("2026-04-08")}).clean().written)
    assert {name for name in before if "activity/" in name} == {
        "activity/index.html", "cafe/activity/index.html", "cafe/inner/activity/index.html",
    }  # fmt: skip
    assert "tags/tea/index.html" not in before
    built_on = site.outputs()
    for folder in ("output", ".anjoman"):
        (site.root / folder).rename(site.root / f"{folder}-old")
    site.clean()
    assert {name: data for name, (_, data) in site.outputs().items()} == {name: data for name, (_, data) in built_on.items()}
