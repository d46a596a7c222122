from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.errors import SiteError
from tests.conftest import SETTINGS, Community, community
from tests.stages.test_sources import as_a_clean_build

RULES = """
[badges.talker]
title = "Talker"
description = "Says a lot."
replies = 2
color = "gold"
[badges.at-home]
boards = 2
[badges.old]
years = 1
[badges.solver]
accepted = 1
[badges.loved]
reactions = 3
votes = 2
[badges.keeper]
role = "moderator"
[trust.new]
title = "New here"
[trust.known]
title = "Known here"
posts = 2
[people]
moderator = ["sara"]
"""
OPENING = "---\ntitle: {}\nauthor: leila\ndate: 2026-01-01 10:00\n{}---\nWhich?\n"


def reply(author: str, more: str = "", date: str = "2026-01-02") -> str:
    return f"\n--- reply\nauthor: {author}\ndate: {date}\n{more}---\nThis.\n"


FILES = {
    "members/Omid.md": "---\nalso: [omidk]\njoined: 2024-12-01\n---\n",
    "members/robot.md": "---\nbot: true\n---\n",
    "cafe/tea.md": OPENING.format("Tea", "")
    + reply("omid", "votes: 2\nreactions: {👍: 2}\n")
    + reply("omidk", "reactions: {👍: 1}\n")
    + reply("sara", "hidden: true\n")
    + "".join(reply("robot") for _ in range(3)),
    "q/why.md": OPENING.format("Why", "accepted: '2'\n") + reply("sara") + reply("omid"),
}


def made(root: Path, settings: str = SETTINGS + RULES) -> Community:
    site = community(root, FILES, settings, cafe="", q="kind: questions")
    site.clean()
    return site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Community:
    return made(tmp_path_factory.mktemp("badges"))


def shelf(site: Community, member: str) -> list[str]:
    return site.texts(f"/members/{member}/", ".shelf li")


def test_members_have_the_badges_whose_rules_hold(site: Community) -> None:
    assert shelf(site, "omid") == ["Talker", "At home", "Old", "Loved"]
    assert shelf(site, "sara") == ["Solver", "Keeper"]
    assert shelf(site, "leila") == ["At home"]
    assert shelf(site, "robot") == []


def test_the_page_of_badges_tells_rules_and_how_many_have_each(site: Community) -> None:
    assert site.texts("/badges/", ".medal-card h2") == ["Talker", "At home", "Old", "Solver", "Loved", "Keeper"]
    assert site.texts("/badges/", ".rule")[:2] == ["2 replies", "on 2 boards"]
    assert site.texts("/badges/", ".medal-card .section-note")[:2] == ["1 member has it", "2 members have it"]


def test_the_page_of_a_badge_names_its_holders(site: Community) -> None:
    assert site.texts("/badges/at-home/", ".member-name") == ["leila", "Omid"]
    assert site.attributes("/badges/talker/", "meta[name=description]", "content") == ["Says a lot."]


def test_trust_stands_beside_entries_and_on_the_page_of_the_member(site: Community) -> None:
    assert site.texts("/cafe/tea/", ".entry-who")[:2] == ["leila Known here", "Omid Known here"]
    assert site.text("/members/sara/", ".profile-roles .badge:last-child") == "New here"


def test_a_bulletin_board_shows_levels_as_ranks(tmp_path: Path) -> None:
    site = made(tmp_path, SETTINGS + '[theme]\nname = "classic"\n' + RULES)
    found = site.page("/cafe/tea/").css(".rank")
    assert [(" ".join(one.text().split()), len(one.css("i"))) for one in found] == [("Known here", 2)] * 3


def test_badges_follow_what_changes_as_a_clean_build_gives_them(tmp_path: Path) -> None:
    site = made(tmp_path / "site")
    site.write({"cafe/tea.md": FILES["cafe/tea.md"].replace("👍: 2", "👍: 1"), "q/why.md": FILES["q/why.md"].replace("'2'", "'3'")}).clean()
    assert shelf(site, "omid") == ["Talker", "At home", "Old", "Solver"]
    site.remove("q/why.md")
    site.write({"members/Omid.md": "---\nalso: [someone]\n---\n"}).clean()
    shutil.copytree(site.root, tmp_path / "other", ignore=shutil.ignore_patterns("output", ".anjoman"))
    other = Community(tmp_path / "other")
    other.clean()
    assert {name: data for name, (_, data) in site.outputs().items()} == {name: data for name, (_, data) in other.outputs().items()}


def test_trust_goes_with_the_member_where_all_is_settled_anew(tmp_path: Path) -> None:
    rules = '[trust.new]\nrole = ""\n'
    files = {"members/omid.md": "---\nname: Omid\n---\n", "cafe/tea.md": OPENING.format("Tea", "")}
    site = community(tmp_path / "site", {"/site.toml": SETTINGS + rules, **files}, cafe="")
    site.build()
    site.remove("members/omid.md")
    site.write({"/site.toml": SETTINGS + rules + "[boards]\nper_page = 7\n"}).build()
    assert as_a_clean_build(site, tmp_path / "clean") == []


def test_rules_that_go_take_their_pages_along(tmp_path: Path) -> None:
    site = made(tmp_path)
    site.write({"/site.toml": SETTINGS}).clean()
    assert not site.has("/badges/") and not site.has("/badges/talker/")
    assert shelf(site, "omid") == []
    assert site.texts("/cafe/tea/", ".entry-who")[0] == "leila"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("[badges.Talker]\nposts = 1\n", 1, "expected a name of a-z, 0-9 and -, as [badges.first-answer]"),
        ("[badges.a]\nposts = -1\n", 2, "expected a number from 0 to 1000000000, not “-1”"),
        ("[trust.a]\ncolour = 'red'\n", 2, "unknown name “colour”"),
        ("[badges]\na = 1\n", 2, "expected a section [badges.a]"),
    ],
)
def test_a_rule_that_can_not_be_read_is_told_with_its_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    site = community(tmp_path, {}, text)
    with pytest.raises(SiteError) as error:
        site.build()
    (problem,) = error.value.problems
    assert (problem.line, problem.message) == (line, message)


def test_badges_and_levels_have_titles_in_other_languages(tmp_path: Path) -> None:
    settings = SETTINGS + 'languages = ["fa", "de"]\n' + RULES
    persian = '[translations.fa.badges]\ntalker = "سخنور"\nnobody = "هیچ"\n[translations.fa.badge_descriptions]\ntalker = "بسیار می‌گوید."\n'
    persian += '[translations.fa.trust]\nknown = "آشنا"\n'
    site = community(tmp_path, FILES, settings + persian, cafe="", q="kind: questions")
    site.write({f"members/omid.{one}.md": "---\nname: Omid\n---\n" for one in ("fa", "de")})
    site.write({"cafe/tea.fa.md": OPENING.format("چای", "").replace("leila", "omid")})
    with pytest.raises(SiteError, match=r"there is no section \[badges.nobody\]"):
        site.build()
    site.write({"/site.toml": settings + persian.replace('nobody = "هیچ"\n', "")}).clean()
    assert "سخنور" in site.texts("/fa/members/omid/", ".shelf a")
    assert "بسیار می‌گوید." in site.attributes("/fa/members/omid/", ".shelf a", "title")
    assert site.texts("/fa/cafe/tea/", ".entry .badge") == ["آشنا"]
    assert "Talker" in site.texts("/de/members/omid/", ".shelf a")
    assert "Talker" in site.texts("/members/omid/", ".shelf a")
    site.write({"/site.toml": settings + persian.replace("آشنا", "دوست").replace('nobody = "هیچ"\n', "")}).clean()
    assert site.texts("/fa/cafe/tea/", ".entry .badge") == ["دوست"]
