from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.counting import counts, run_off


def test_votes_from_elsewhere_and_ballots_are_counted_together() -> None:
    assert counts([3, 0, 1], [(0,), (1, 2), ()]) == (4, 1, 2)


def test_more_than_half_of_the_first_choices_is_first_at_once() -> None:
    result = run_off([0, 0], [(0,), (0, 1), (1,)])
    assert (result.rounds, result.first) == (((2, 1),), (0,))


def test_votes_of_the_last_go_to_the_next_choice() -> None:
    result = run_off([0, 0, 0], [(0,), (0,), (1,), (1,), (2, 1)])
    assert (result.rounds, result.first) == (((2, 2, 1), (2, 3, None)), (1,))


def test_all_that_have_the_fewest_drop_out_together() -> None:
    result = run_off([3, 2, 1, 1], [])
    assert (result.rounds, result.first) == (((3, 2, 1, 1), (3, 2, None, None)), (0,))


def test_options_with_as_many_votes_are_tied_and_without_votes_none_is_first() -> None:
    assert run_off([1, 1], []).first == (0, 1)
    assert run_off([0, 0], []).first == ()


BALLOTS = st.lists(st.permutations(range(4)).flatmap(lambda order: st.integers(1, 4).map(lambda size: tuple(order[:size]))))


@given(BALLOTS)
def test_the_order_of_the_options_decides_nothing(ballots: list[tuple[int, ...]]) -> None:
    turned = run_off([0] * 4, [tuple(3 - option for option in ballot) for ballot in ballots])
    assert {3 - option for option in turned.first} == {*run_off([0] * 4, ballots).first}
