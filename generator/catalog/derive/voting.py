"""Polls of a topic: which votes in its replies count, what is wrong with the others, and when voting ends.

Members vote by `choose` in their replies, each once in a poll: the last vote counts. Pure, like `thread`; how votes
become a result is told in `counting`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from generator.catalog.derive.thread import Thread
from generator.catalog.rows import Ballot, EntryRow, Said
from generator.errors import Problem, nearest
from generator.model import Moment, Poll

LATE = "late"
CHANGED = "changed"


@dataclass(slots=True)
class Box:
    """A poll, the entry that puts it, and the vote of each member with the reply that says so."""

    poll: Poll
    entry: int
    votes: dict[str, tuple[int, Ballot]] = field(default_factory=dict)

    def ballots(self) -> tuple[Ballot, ...]:
        """What was chosen, in the order in which members first voted."""
        return tuple(ballot for _, ballot in self.votes.values())


def counted(thread: Thread, said: Iterable[tuple[str, Said]], canonical: Callable[[str], str]) -> Thread:
    """The thread with the votes of its replies in its polls; `canonical` gives the member's key for a name."""
    choosing = {one.id: (path, one) for path, one in reversed([*said]) if one.choose}
    if not choosing:
        return thread
    return _Count(thread, choosing, canonical).thread()


def ends(thread: Thread) -> tuple[Moment, ...]:
    """When voting ends in the polls of a thread."""
    return tuple(poll.closed for row in thread.entries for poll in row.polls if poll.closed is not None)


def ended(thread: Thread, now: Moment) -> Thread:
    """The thread with what its polls say by now: in which of them voting has ended."""
    rows = (replace(row, ended=_ended(row, now)) if row.polls else row for row in thread.entries)
    return replace(thread, entries=tuple(rows))


def _ended(row: EntryRow, now: Moment) -> tuple[int, ...]:
    return tuple(place for place, poll in enumerate(row.polls) if poll.closed is not None and poll.closed <= now)


class _Count:
    """Puts the votes of one thread into its polls' boxes."""

    def __init__(self, thread: Thread, choosing: Mapping[str, tuple[str, Said]], canonical: Callable[[str], str]) -> None:
        self.before = thread
        self.choosing = choosing
        self.canonical = canonical
        self.rows = [*thread.entries]
        self.problems: list[Problem] = []
        self.boxes = [Box(poll, place) for place, row in enumerate(self.rows) for poll in row.polls]

    def thread(self) -> Thread:
        """Count, and give the thread with what came of it."""
        for place, row in enumerate(self.rows):
            if row.id in self.choosing and not row.status:
                self.problems.extend(self._vote(place, *self.choosing[row.id]))
        for place in {box.entry for box in self.boxes}:
            boxes = [box for box in self.boxes if box.entry == place]
            if any(box.votes for box in boxes):
                self.rows[place] = replace(self.rows[place], ballots=tuple(box.ballots() for box in boxes))
        problems = (*self.before.problems, *self.problems)
        return replace(self.before, entries=tuple(self.rows), problems=problems)

    def _vote(self, place: int, path: str, said: Said) -> Iterator[Problem]:
        """Take what a reply chooses."""
        row = self.rows[place]
        if not row.authors:
            yield _problem(path, said, "a visitor can't vote: the choice is not counted", "Members vote: write `author` for one.")
            return
        for name, options in said.choose.items():
            box = self._box(name)
            wrong = _misplaced(name, [one.poll.id for one in self.boxes]) if box is None else _misfit(box.poll, options)
            if wrong:
                yield _problem(path, said, *wrong)
            elif box:
                yield from (_problem(path, said, *problem) for problem in _doubled(options))
                self._put(place, box, tuple(dict.fromkeys(options)), row)

    def _box(self, name: str) -> Box | None:
        """The box of a poll's id; of two with one id the first, and without an id the topic's first."""
        return next((box for box in self.boxes if name in ("", box.poll.id)), None)

    def _put(self, place: int, box: Box, options: Sequence[str], row: EntryRow) -> None:
        late = box.poll.closed is not None and row.date > box.poll.closed
        texts = [option.text for option in box.poll.options]
        for author in () if late else row.authors:
            key = self.canonical(author)
            before = box.votes.pop(key, None)
            if before and before[0] != place:
                self.rows[before[0]] = replace(self.rows[before[0]], uncounted=CHANGED)
            ballot = Ballot("" if box.poll.secret else author, tuple(texts.index(option) for option in options))
            box.votes[key] = place, ballot
        if not box.poll.secret:
            chosen = (*self.rows[place].chosen, *options)
            self.rows[place] = replace(self.rows[place], chosen=chosen, uncounted=LATE if late else "")


def _misplaced(name: str, ids: Sequence[str]) -> tuple[str, str]:
    message = f"there is no poll “{name}” in this topic" if name else "there is no poll in this topic"
    return f"{message}; the choice is not counted", f"Polls here: {', '.join(ids)}." if ids else "Take it out."


def _misfit(poll: Poll, options: Sequence[str]) -> tuple[str, str] | None:
    """Why a choice can't be counted, and the mend; None where it can."""
    texts = [option.text for option in poll.options]
    unknown = next((option for option in options if option not in texts), None)
    if unknown is not None:
        return f"the poll has no option “{unknown}”; the choice is not counted", nearest(unknown, texts)
    if len({*options}) > 1 and not (poll.multiple or poll.ranked):
        hint = "Name one option, or make the poll `multiple` or `ranked`."
        return "this poll takes one choice, not several; none is counted", hint
    return None


def _doubled(options: Sequence[str]) -> Iterator[tuple[str, str]]:
    for option in dict.fromkeys(options):
        if options.count(option) > 1:
            yield f"“{option}” is chosen twice; it counts once", "Name each option once."


def _problem(path: str, said: Said, message: str, hint: str) -> Problem:
    return Problem(path, said.line, "choose", message, hint, "warning")
