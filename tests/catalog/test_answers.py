from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.catalog import answers
from generator.catalog.derive import asked
from generator.catalog.derive.thread import Thread, thread
from generator.catalog.rows import EntryRow, Said

PATH = "content/questions/tea.md"
OPENING = (PATH, Said("1", date=100, html=b"html"))
IDS = [str(number) for number in range(2, 9)]
REPLIES = st.lists(
    st.builds(
        lambda own, date, parent, votes, event, deleted: (
            PATH, Said(own, date=date, reply_to=parent, votes=votes, event=event, deleted=deleted, html=own.encode()),
        ),
        st.sampled_from(IDS),
        st.integers(0, 300),
        st.sampled_from(["", "", "1", "gone", *IDS]),
        st.none() | st.integers(-3, 5),
        st.sampled_from(["", "", "came in"]),
        st.sampled_from([False, False, True]),
    ),
    max_size=12,
)  # fmt: skip
PER_PAGE = st.integers(1, 4)
ACCEPTED = st.sampled_from(["", "nobody", *IDS])


def made(replies: list[tuple[str, Said]], per_page: int = 30, accepted: str = "") -> Thread:
    return asked.arranged(thread([OPENING, *replies], [], per_page), accepted, per_page)


def said(own: str, **fields: object) -> tuple[str, Said]:
    return PATH, Said(own, date=200 + int(own), html=own.encode(), **fields)  # type: ignore[arg-type]


def order(found: Thread, accepted: str = "") -> list[str]:
    return [row.id for row in answers.answers(found.entries, accepted)]


@settings(deadline=None)
@given(REPLIES, PER_PAGE, ACCEPTED)
def test_every_entry_stands_on_the_page_of_what_it_hangs_below(replies: list[tuple[str, Said]], per_page: int, accepted: str) -> None:
    rows = {row.number: row for row in made(replies, per_page, accepted).entries}
    roots = answers.roots(rows.values())
    assert roots.keys() == rows.keys()
    for row in rows.values():
        assert row.page == rows[roots[row.number]].page
        assert row.parent_page == (rows[row.parent_number].page if row.parent_number else 0)
    assert rows[1].page == 1


@settings(deadline=None)
@given(REPLIES, PER_PAGE, ACCEPTED)
def test_pages_are_filled_with_answers_in_their_order(replies: list[tuple[str, Said]], per_page: int, accepted: str) -> None:
    found = made(replies, per_page, accepted)
    shown = answers.answers(found.entries, answers.found_accepted(found.entries, accepted))
    assert [row.page for row in shown] == [place // per_page + 1 for place in range(len(shown))]
    assert found.pages == max([1, *(row.page for row in shown)])


@settings(deadline=None)
@given(REPLIES, PER_PAGE)
def test_a_page_of_entries_alone_says_what_hangs_below_what(replies: list[tuple[str, Said]], per_page: int) -> None:
    found = made(replies, per_page)
    every = answers.roots(found.entries)
    for page in range(1, found.pages + 1):
        here = [row for row in found.entries if row.page == page]
        assert {number: root for number, root in answers.roots(here).items() if number > 1} == {
            row.number: every[row.number] for row in here if row.number > 1
        }


def test_the_accepted_answer_is_first_then_votes_then_dates_and_what_is_gone_is_last() -> None:
    found = made([said("2"), said("3", votes=5), said("4", votes=5), said("5", votes=9, deleted=True), said("6", votes=-1)])
    assert order(found) == ["3", "4", "2", "6", "5"]
    assert order(found, "6") == ["6", "3", "4", "2", "5"]


def test_only_an_answer_that_is_shown_can_be_accepted() -> None:
    found = made([said("2"), said("3", reply_to="2"), said("4", hidden=True), said("5", event="came in")])
    assert [answers.found_accepted(found.entries, wanted) for wanted in "12345"] == ["", "2", "", "", ""]


def test_a_notice_is_no_answer_and_hangs_below_the_question() -> None:
    found = made([said("2", event="closed this"), said("3")])
    assert order(found) == ["3"]
    assert answers.roots(found.entries) == {1: 1, 2: 1, 3: 3}


def test_a_chain_of_comments_may_be_as_long_as_the_topic() -> None:
    rows = [EntryRow(str(number), number, 1, PATH, 1, parent_number=number - 1 if number > 2 else 0) for number in range(1, 5000)]
    assert set(answers.roots(rows).values()) == {1, 2}


def test_a_very_long_question_is_cut_by_arrival() -> None:
    rows = [said(str(number), votes=number) for number in range(2, answers.LONGEST + 2)]
    found = made(rows, 100)
    assert [row.page for row in found.entries[1:]] == [place // 100 + 1 for place in range(len(rows))]
    assert found.by_page == list(found.entries)


@settings(deadline=None)
@given(st.integers(-(10**9), 10**9), st.integers(-100, 100))
def test_a_link_rises_with_its_votes_and_its_date_and_asks_no_clock(created: int, votes: int) -> None:
    heat = asked.heat(created, votes)
    assert heat < asked.heat(created, votes + 1)
    assert heat - asked.heat(created - 60, votes) == 60
    assert asked.heat(created, 1) - created == asked.DOUBLED


def test_a_thread_knows_its_entries_page_by_page() -> None:
    found = made([said("2"), said("3", votes=2)], 1)
    assert [row.id for row in found.by_page] == ["1", "3", "2"]
    assert replace(found, entries=found.entries[:1]).pages == 1
