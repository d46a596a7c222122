from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from tests.conftest import SETTINGS, Community, community

TOP = SETTINGS + "[top]\nenabled = true\nlength = 3\n"
OPENING = "---\ntitle: {}\nauthor: leila\ndate: {}\n{}---\nWhich?\n"


def reply(author: str, date: str, more: str = "") -> str:
    return f"\n--- reply\nauthor: {author}\ndate: {date} 10:00\n{more}---\nThis.\n"


FILES = {
    "cafe/tea.md": OPENING.format("Tea", "2025-12-30", "votes: 1\n") + reply("omid", "2025-12-31") + reply("sara", "2026-01-07", "votes: 2\nreactions: {👍: 1}\n"),
    "cafe/cup.md": OPENING.format("Cup", "2026-01-05", "") + reply("omid", "2026-01-06") + reply("omid", "2026-01-07"),
    "cafe/quiet.md": OPENING.format("Quiet", "2026-01-07", ""),
    "q/why.md": OPENING.format("Why", "2026-01-02", "accepted: '2'\n") + reply("sara", "2026-01-03"),
}


def made(root: Path, settings: str = TOP) -> Community:
    site = community(root, FILES, settings, cafe="", q="kind: questions")
    site.clean()
    return site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Community:
    return made(tmp_path_factory.mktemp("top"))


def stood(site: Community, address: str) -> tuple[list[str], list[str]]:
    """The names and points of topics and of members."""
    lists = [section.css(".standing li") for section in site.page(address).css(".standings section")]
    found = [[f"{one.css('.standing-name')[0].text().strip()} {one.css('b')[0].text().split()[0]}" for one in items] for items in lists]
    return found[0], found[1]


def test_all_time_counts_everything_by_the_points_that_the_page_tells(site: Community) -> None:
    topics, members = stood(site, "/top/")
    assert topics == ["Tea 10", "Cup 4", "Why 3"]
    assert members == ["sara 10", "leila 5", "omid 3"]


def test_the_newest_day_and_week_end_with_the_newest_entry_and_not_with_the_clock(site: Community) -> None:
    assert stood(site, "/top/day/")[1] == ["sara 4", "leila 1", "omid 1"]
    assert stood(site, "/top/week/") == (["Cup 4", "Tea 4"], ["sara 4", "leila 2", "omid 2"])
    assert site.text("/top/week/", ".page-head .section-note") == "From 5 Jan 2026 to the newest entry, 7 Jan 2026."


def test_years_and_months_have_pages_of_their_own(site: Community) -> None:
    assert stood(site, "/top/2025/12/") == (["Tea 4"], ["leila 2", "omid 1"])
    assert stood(site, "/top/2025/") == stood(site, "/top/2025/12/")
    assert stood(site, "/top/year/") == stood(site, "/top/2026/")
    assert site.texts("/top/2026/", ".tops-earlier a") == ["2026-01", "2026", "2025"]


def test_a_site_that_does_not_ask_for_it_has_no_such_pages(tmp_path: Path) -> None:
    site = made(tmp_path)
    site.write({"/site.toml": SETTINGS}).clean()
    assert not site.has("/top/") and not site.has("/top/2025/")
    assert not [link for link in site.attributes("/cafe/tea/", "footer a", "href") if "/top/" in link]


def test_any_edits_give_what_a_clean_build_gives(tmp_path: Path) -> None:
    site = made(tmp_path / "site")
    chance = random.Random(7)
    for step in range(6):
        name = chance.choice([*FILES])
        if chance.random() < 0.25:
            site.path(name).unlink(missing_ok=True)
        else:
            day = f"20{chance.choice((25, 26))}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
            more = chance.choice(["votes: 3\n", "hidden: true\n", "reactions: {👍: 2}\n", ""])
            site.write({name: FILES[name] + reply(chance.choice(["omid", "sara", "yuki"]), day, more)})
        site.build()
        if step in (2, 5):
            other = Community(tmp_path / f"other{step}")
            shutil.copytree(site.root, other.root, ignore=shutil.ignore_patterns("output", ".anjoman"))
            other.build()
            assert {name: data for name, (_, data) in site.outputs().items()} == {name: data for name, (_, data) in other.outputs().items()}
