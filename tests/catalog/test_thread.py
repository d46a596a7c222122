from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.catalog.derive.thread import Thread, natural, thread
from generator.catalog.rows import EntryRow, Said

PATH = "content/tea.md"
OPENING = (PATH, Said("1", date=100, html=b"html"))
IDS = [str(number) for number in range(2, 9)]
Spoken = tuple[str, Said]
REPLIES = st.lists(
    st.builds(
        lambda own, date, parent, path, event: (path, Said(own, date=date, reply_to=parent, event=event, html=own.encode())),
        st.sampled_from(IDS),
        st.none() | st.integers(0, 300),
        st.sampled_from(["", "1", "gone", *IDS]),
        st.sampled_from([PATH, "content/tea/a.md"]),
        st.sampled_from(["", "", "came in"]),
    ),
    max_size=12,
)
PER_PAGE = st.integers(1, 5)


def made(replies: list[Spoken], per_page: int = 3, lost: list[tuple[str, str]] | None = None) -> Thread:
    return thread([OPENING, *replies], lost or [], per_page)


def said(own: str, date: int | None = None, **fields: object) -> Spoken:
    return PATH, Said(own, date=date, html=own.encode(), **fields)  # type: ignore[arg-type]


def ids(found: Thread) -> list[str]:
    return [row.id for row in found.entries]


@given(REPLIES, PER_PAGE)
def test_every_id_stands_once_and_who_is_left_out_is_told(replies: list[Spoken], per_page: int) -> None:
    found = made(replies, per_page)
    assert sorted(ids(found)) == sorted({"1", *(one.id for _, one in replies)})
    assert sum(problem.field == "id" for problem in found.problems) == len(replies) + 1 - len(found.entries)


@given(REPLIES, PER_PAGE)
def test_numbers_count_and_pages_are_filled_in_order(replies: list[Spoken], per_page: int) -> None:
    rows = made(replies, per_page).entries
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert [row.page for row in rows[1:]] == [place // per_page + 1 for place in range(len(rows) - 1)]


@given(REPLIES, PER_PAGE)
def test_answers_lead_to_the_top_and_never_in_a_circle(replies: list[Spoken], per_page: int) -> None:
    rows = {row.id: row for row in made(replies, per_page).entries}
    for row in rows.values():
        seen: list[EntryRow] = []
        at = row
        while at.parent:
            assert at not in seen
            seen.append(at)
            assert (at.parent_number, at.parent_page) == (rows[at.parent].number, rows[at.parent].page)
            at = rows[at.parent]


@given(REPLIES, PER_PAGE)
def test_only_who_answers_nothing_or_in_a_circle_is_told(replies: list[Spoken], per_page: int) -> None:
    found = made(replies, per_page)
    wanted = {one.id: one.reply_to for _, one in reversed(replies)}
    rows = [row for row in found.entries if wanted.get(row.id)]
    told = [problem for problem in found.problems if problem.field == "reply_to"]
    assert len(told) == sum(not row.parent for row in rows)


@given(REPLIES, PER_PAGE)
def test_a_later_reply_moves_no_earlier_one(replies: list[Spoken], per_page: int) -> None:
    before = made(replies, per_page)
    after = made([*replies, said("99", 1000)], per_page)
    moved = {row.id: (row.number, row.page) for row in after.entries}
    assert all(moved[row.id] == (row.number, row.page) for row in before.entries)
    assert moved["99"] == (len(before.entries) + 1, after.pages)


@given(REPLIES, PER_PAGE, st.lists(st.sampled_from(IDS), unique=True, max_size=3))
def test_a_lost_entry_leaves_a_tombstone_only_where_it_is_answered(
    replies: list[Spoken], per_page: int, lost: list[str]
) -> None:
    found = made(replies, per_page, [(PATH, own) for own in lost])
    there = {one.id for _, one in replies}
    wanted = {one.reply_to for one in {one.id: one for _, one in reversed(replies)}.values()}
    assert {row.id for row in found.entries if row.status == "lost"} == (set(lost) & wanted) - there


def test_replies_stand_by_date_then_id_counted_as_people_do() -> None:
    assert ids(made([said("10", 200), said("9", 200), said("a", 150)])) == ["1", "a", "9", "10"]
    assert sorted(["r10", "r9", "r1", "r"], key=natural) == ["r", "r1", "r9", "r10"]


def test_events_and_tombstones_are_no_replies() -> None:
    found = made([said("2", 200, event="came in"), said("3", 201, deleted=True), said("4", 202, hidden=True), said("5", 203)])
    assert found.replies == 2
    assert found.last.id == "5"
    assert [row.status for row in found.entries] == ["", "", "deleted", "hidden", ""]


def test_a_tombstone_keeps_no_word_of_what_was_said() -> None:
    row = made([said("2", 200, deleted=True, name="Visitor", title="T", reactions={"x": 1}, votes=1)]).entries[1]
    assert (row.name, row.title, row.html, dict(row.reactions)) == ("", "", b"", {})
