"""The result of polls as pages show it: votes from elsewhere and those in replies, counted together.

How votes are counted is told in `counting`, what templates see of it in `polls`.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from generator import counting
from generator.catalog.rows import Ballot, EntryRow
from generator.model import Poll
from generator.present.people import People
from generator.views import Person
from generator.views.polls import PollOptionView, PollView

NAMED = 50
"""How many voters of an option are named at most."""


def polls(presenter: People, row: EntryRow) -> tuple[PollView, ...]:
    """The polls of an entry."""
    ballots = row.ballots or ((),) * len(row.polls)
    views = (_poll(presenter, poll, cast) for poll, cast in zip(row.polls, ballots, strict=True))
    return tuple(replace(view, ended=True) if place in row.ended else view for place, view in enumerate(views))


def _poll(presenter: People, poll: Poll, cast: Sequence[Ballot]) -> PollView:
    view = _ranked if poll.ranked else _counted
    return view(presenter, poll, cast)


def _counted(presenter: People, poll: Poll, cast: Sequence[Ballot]) -> PollView:
    """One where options are chosen."""
    given = [option.votes for option in poll.options]
    votes = counting.counts(given, [ballot.options for ballot in cast])
    by_voters = poll.multiple and (poll.voters is not None or not any(given))
    total = len(cast) + (poll.voters or 0) if by_voters else sum(votes)
    options = []
    for place, option in enumerate(poll.options):
        chosen = [ballot for ballot in cast if place in ballot.options]
        named = _named(presenter, chosen)
        share = min(100, _percent(votes[place], total))
        options.append(PollOptionView(option.text, votes[place], share, named, votes[place] - len(named) if named else 0))
    return _view(poll, options, total, by_voters=by_voters)


def _ranked(presenter: People, poll: Poll, cast: Sequence[Ballot]) -> PollView:
    """One where options are put in order."""
    given = [option.votes for option in poll.options]
    result = counting.run_off(given, [ballot.options for ballot in cast])
    total = len(cast) + sum(given)
    options = []
    for place, option in enumerate(poll.options):
        rounds = tuple(votes[place] for votes in result.rounds)
        votes = [count for count in rounds if count is not None][-1]
        named = _named(presenter, [ballot for ballot in cast if ballot.options[0] == place])
        more = max(0, (rounds[0] or 0) - len(named)) if named else 0
        options.append(PollOptionView(option.text, votes, _percent(votes, total), named, more, rounds, place in result.first))
    return _view(poll, options, total, rounds=len(result.rounds), tied=len(result.first) > 1)


def _view(
    poll: Poll, options: Sequence[PollOptionView], total: int, *, by_voters: bool = False, rounds: int = 0, tied: bool = False
) -> PollView:
    return PollView(
        question=poll.question,
        options=tuple(options),
        total=total,
        closed=poll.closed,
        kind="ranked" if poll.ranked else "multiple" if poll.multiple else "single",
        by_voters=by_voters,
        secret=poll.secret,
        rounds=rounds,
        tied=tied,
        named=any(option.voters for option in options),
    )


def _percent(votes: int, total: int) -> int:
    return round(100 * votes / total) if total else 0


def _named(presenter: People, cast: Sequence[Ballot]) -> tuple[Person, ...]:
    return tuple(presenter.person([ballot.voter]) for ballot in cast[:NAMED] if ballot.voter)
