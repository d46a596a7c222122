from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import SETTINGS, Community, community, only

TOPIC = "---\ntitle: Tea\nauthor: leila\ndate: 2026-01-01 10:00\npolls:\n{}\n---\nWhich tea?\n"
SINGLE = "  - {question: Which?, options: [{text: Green, votes: 1}, Black], closed: 2026-01-03}"


def vote(choose: str, author: str = "author: omid", day: int = 2, own: str = "") -> str:
    given = f"id: {own}\n" if own else ""
    return f"\n--- reply\n{given}{author}\ndate: 2026-01-{day:02} 10:00\nchoose: {choose}\n---\nSo.\n"


def built(site: Community, polls: str, *votes: str) -> Community:
    site.write({"cafe/tea.md": TOPIC.format(polls) + "".join(votes)}, cafe="").clean()
    return site


def bars(site: Community) -> list[str]:
    return site.texts("/cafe/tea/", ".poll-votes")


def rows(site: Community) -> list[list[str]]:
    return [[" ".join(cell.text().split()) for cell in row.css("th, td")] for row in site.page("/cafe/tea/").css(".poll-table tr")]


def test_votes_in_replies_count_beside_those_in_the_options(site: Community) -> None:
    built(site, SINGLE, vote("Black"), vote("Black", "author: sara"))
    assert bars(site) == ["1 vote · 33%", "2 votes · 67%"]
    assert rows(site) == [
        ["Option", "Votes", "Percent", "Chosen by"],
        ["Green", "1", "33%", ""],
        ["Black", "2", "67%", "omid · sara"],
    ]
    assert site.texts("/cafe/tea/", ".vote") == ["Voted for: Black"] * 2


def test_the_last_vote_of_a_member_counts_and_one_after_the_end_does_not(site: Community) -> None:
    site.write({"members/omid.md": "---\nalso: [OmidK]\n---\n"})
    built(site, SINGLE, vote("Green"), vote("Black", "author: OmidK"), vote("Green", "author: sara", day=3))
    assert bars(site) == ["1 vote · 50%", "1 vote · 50%"]
    assert site.texts("/cafe/tea/", ".vote") == [
        "Voted for: Green changed later: not counted", "Voted for: Black", "Voted for: Green after voting ended: not counted",
    ]  # fmt: skip


def test_where_several_can_be_chosen_shares_are_of_those_who_voted(site: Community) -> None:
    polls = "  - {question: Which?, options: [Green, Black], multiple: true}"
    built(site, polls, vote("[Green, Black]"), vote("Black", "author: sara"))
    assert bars(site) == ["1 vote · 50%", "2 votes · 100%"]
    assert site.text("/cafe/tea/", ".poll-foot") == "2 voters · several could be chosen"


def test_a_ranked_poll_shows_its_rounds_and_who_is_first(site: Community) -> None:
    polls = "  - {question: Which?, options: [Green, Black, White], ranked: true}"
    people = ["omid", "sara", "yuki", "mateo", "ingrid"]
    orders = ["[Green]", "[Green]", "[Black]", "[Black, Green]", "[White, Black]"]
    built(site, polls, *(vote(order, f"author: {one}") for one, order in zip(people, orders, strict=True)))
    assert bars(site) == ["2 votes · 40%", "First 3 votes · 60%", "1 vote · 20%"]
    assert [row[:3] for row in rows(site)] == [
        ["Option", "Round 1", "Round 2"], ["Green", "2", "2"], ["Black", "2", "3"], ["White", "1", "–out"],
    ]  # fmt: skip


def test_a_secret_poll_names_nobody(site: Community) -> None:
    built(site, SINGLE.replace("{question", "{secret: true, question"), vote("Black"))
    assert bars(site) == ["1 vote · 50%", "1 vote · 50%"]
    assert rows(site)[0] == ["Option", "Votes", "Percent"]
    assert not site.texts("/cafe/tea/", ".vote")


def test_a_vote_names_its_poll_where_there_are_several(site: Community) -> None:
    polls = SINGLE + "\n  - {id: milk, question: Milk?, options: [Yes, No]}"
    built(site, polls, vote("{milk: Yes, '1': Black}"))
    assert bars(site) == ["1 vote · 50%", "1 vote · 50%", "1 vote · 100%", "0 votes · 0%"]


def test_a_vote_on_a_later_page_is_counted_on_the_page_of_the_poll_at_once(site: Community) -> None:
    more = [vote("Green", f"author: m{number}") for number in range(12)]
    site.write({"cafe/tea.md": TOPIC.format(SINGLE) + "".join(more)}, cafe="per_page: 10").clean()
    site.write({"cafe/tea.md": TOPIC.format(SINGLE) + "".join(more[:-1]) + vote("Black", "author: m11")})
    site.clean()
    assert bars(site) == ["12 votes · 92%", "1 vote · 8%"]


def test_a_poll_says_when_voting_ended_as_soon_as_it_has(site: Community) -> None:
    ends = 1_767_398_400  # 2026-01-03
    site.write({"cafe/tea.md": TOPIC.format(SINGLE)}, cafe="").build(now=ends - 1)
    assert site.text("/cafe/tea/", ".poll-foot") == "1 vote · voting until 3 Jan 2026, 00:00"
    result = site.build(now=ends)
    assert (result.written, site.text("/cafe/tea/", ".poll-foot")) == (("cafe/tea/index.html",), "1 vote · voting ended on 3 Jan 2026, 00:00")
    site.build(now=ends - 1)
    assert site.text("/cafe/tea/", ".poll-foot") == "1 vote · voting until 3 Jan 2026, 00:00"


@pytest.mark.parametrize(
    ("reply", "message", "hint"),
    [
        (vote("Blakc"), "the poll has no option “Blakc”; the choice is not counted", "Did you mean “Black”?"),
        (vote("[Green, Black]"), "this poll takes one choice, not several; none is counted", "Name one option, or make the poll `multiple` or `ranked`."),
        (vote("[Black, Black]"), "“Black” is chosen twice; it counts once", "Name each option once."),
        (vote("{milk: Yes}"), "there is no poll “milk” in this topic; the choice is not counted", "Polls here: 1."),
        (vote("Black", "name: Passer-by"), "a visitor can't vote: the choice is not counted", "Members vote: write `author` for one."),
    ],
)
def test_a_vote_that_can_not_count_is_told_with_its_line(site: Community, reply: str, message: str, hint: str) -> None:
    site.write({"cafe/tea.md": TOPIC.format(SINGLE) + reply}, cafe="")
    problem = only(site.build())
    assert (problem.line, problem.field, problem.message, problem.hint, problem.severity) == (10, "choose", message, hint, "warning")


def test_pages_without_polls_ask_for_no_styles_of_polls(tmp_path: Path) -> None:
    site = community(tmp_path, {"cafe/tea.md": "---\ntitle: Tea\nauthor: leila\ndate: 2026-01-01\n---\nTea.\n"}, SETTINGS, cafe="")
    site.clean()
    assert "polls" not in site.source("/cafe/tea/")
