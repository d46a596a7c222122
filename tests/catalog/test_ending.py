"""A conversation whose end changes says what it would if it were settled as a whole, to the last row of the state."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from random import Random
from unittest.mock import patch

from msgspec import Raw

from generator.build import build, open_site
from generator.catalog.derive.topics import Topics
from generator.catalog.packing import dump
from generator.catalog.rows import Said
from generator.catalog.since import NEVER, since
from tests.laws.state import strangers

SITE = 'title = "Talk"\nurl = "https://example.org/"\n[activity]\nplaces = ["site", "boards", "members", "tags"]\n'
BOARD = "---\ntitle: Chat\nkind: chat\nper_page: 3\n---\n"
ROOM = "---\ntitle: Room\nauthor: leila\ndate: 2026-01-02 10:00\ntags: [news]\n---\nWhat it is about, and [the hall](hall.md).\n"
NAMES = ("leila", "omid", "sara", "noor")
WORDS = ("Yes.", "No.", "@omid, come.", "See [the hall](../hall.md).", "[[Room]] it is.", "A [file](list.csv).", "")

ODD = 0.02
"""How often what is said is odd."""


class Talk:
    """A conversation in files of days, and what may happen to it."""

    def __init__(self, root: Path, random: Random) -> None:
        self.random = random
        self.folder = root / "content/chat/room"
        self.folder.mkdir(parents=True)
        (root / "site.toml").write_text(SITE, encoding="utf-8")
        (root / "content/chat/board.md").write_text(BOARD, encoding="utf-8")
        (root / "content/chat/hall.md").write_text(ROOM.replace("Room", "Hall"), encoding="utf-8")
        (self.folder / "index.md").write_text(ROOM, encoding="utf-8")
        self.count = 0
        self.days: dict[int, list[str]] = {}
        for day in range(0, 150, 5):
            self.days[day] = [self.message(day) for _ in range(random.randint(1, 4))]
            self.write(day)

    def message(self, day: int, odd: float = 0, own: str = "") -> str:
        """A message of a day, which may answer others; some are odd: they answer a later one, or have another's id."""
        random, self.count = self.random, self.count + (not own)
        number = int(own or self.count)
        answered = number + 1 if random.random() < odd else max(1, number - int(random.paretovariate(0.8)))
        more = random.choice(("", "", "", "", "hidden: true\n", "deleted: true\n", "event: came in\n", f"aliases: [/old/{number}/]\n"))
        reply = f"reply_to: c{answered}\n" if random.random() < 0.4 and number > 1 else ""
        minute = random.randrange(1440) if random.random() < odd else number % 1440
        at = f"2026-{1 + day // 28:02}-{1 + day % 28:02} {minute // 60:02}:{minute % 60:02}"
        taken = max(1, number - 3) if random.random() < odd else number
        return f"--- reply\nid: c{taken}\nauthor: {random.choice(NAMES)}\ndate: {at}\n{reply}{more}---\n{random.choice(WORDS)} {random.random()}\n\n"

    def write(self, day: int) -> None:
        """Write the file of a day, or remove it."""
        path = self.folder / f"day-{day:03}.md"
        if self.days.get(day):
            path.write_text("".join(self.days[day]), encoding="utf-8")
        else:
            self.days.pop(day, None)
            path.unlink(missing_ok=True)

    def edit(self) -> None:
        """Say something more, most often at the end; or change or take back what was said."""
        random, last = self.random, max(self.days)
        kind = random.choices(("more", "next", "change", "take", "early"), (8, 4, 4, 3, 1))[0]
        days = sorted(self.days)
        day = random.choice(days[-6:] if kind != "early" else days)
        if kind in ("more", "early"):
            self.days[day].append(self.message(day, ODD))
        elif kind == "next":
            day = last + random.choice((1, 1, 9, 30))
            self.days[day] = [self.message(day, ODD)]
        else:
            place = random.randrange(len(self.days[day]))
            own = self.days[day][place].split("id: c")[1].split("\n")[0]
            self.days[day][place : place + 1] = [self.message(day, own=own)] if kind == "change" else []
        self.write(day)


def differences(root: Path, clean: Path) -> list[str]:
    """What an incremental build says that a clean one does not."""
    shutil.rmtree(clean, ignore_errors=True)
    shutil.copytree(root, clean, ignore=shutil.ignore_patterns("output", ".anjoman"))
    build(open_site(clean, now=1_790_000_000), jobs=1)
    files = [
        str(one.relative_to(where / "output"))
        for where, other in ((root, clean), (clean, root))
        for one in (where / "output").rglob("*")
        if one.is_file() and (not (twin := other / one.relative_to(where)).exists() or twin.read_bytes() != one.read_bytes())
    ]
    return [*files, *strangers(open_site(root).state, open_site(clean).state)]


def test_what_is_said_last_is_settled_alone_and_right(tmp_path: Path) -> None:
    root, clean = tmp_path / "one", tmp_path / "clean"
    talk, ways = Talk(root, Random(8)), Counter[bool]()
    build(open_site(root, now=1_790_000_000), jobs=1)
    known = Topics._go_on

    def counted(*given: object) -> bool:
        done = known(*given)  # type: ignore[arg-type]
        ways[done] += 1
        return done

    with patch.object(Topics, "_go_on", counted):
        for _ in range(8):
            talk.edit()
            result = build(open_site(root, now=1_790_000_000), jobs=1)
            assert not [one for one in result.problems if "damaged" in one.message]
            assert not differences(root, clean)
    assert ways[True] > 3


def test_an_answer_to_what_was_taken_back_is_told_and_makes_no_fault(tmp_path: Path) -> None:
    talk = Talk(tmp_path / "one", Random(8))
    last = max(talk.days)
    talk.days[last] = [f"--- reply\nid: {name}\nauthor: omid\ndate: 2026-06-10 {hour}:00\n{more}---\nSo.\n\n" for name, hour, more in (("x", 10, ""), ("y", 11, "reply_to: x\n"))]
    talk.write(last)
    build(open_site(tmp_path / "one", now=1_790_000_000), jobs=1)
    talk.days[last].pop(0)
    talk.write(last)
    result = build(open_site(tmp_path / "one", now=1_790_000_000), jobs=1)
    found = [one.message for one in result.problems if "“x”" in one.message or "damaged" in one.message]
    assert found == ["there is no entry “x” in this topic; the reply stands at the top level"]


def test_what_changed_in_a_file_is_known_by_the_first_moment_of_it() -> None:
    first, second, third = (Said(name, date=at) for name, at in (("a", 10), ("b", 20), ("c", 30)))
    assert moment([first, second], [first, second, third]) == 30
    assert moment([first, second], [first, third]) == 20
    assert moment([first], [second, first]) == 10
    assert moment([first], [first]) == NEVER


def test_what_has_no_date_or_no_place_here_changes_all() -> None:
    first = Said("a", date=10)
    assert moment([first], [first, Said("b")]) is None
    assert moment([first], [first, Said("b", date=20, stray=True)]) is None
    assert moment([first], [Said("a", date=10, title="New")], opening=True) is None


def moment(before: list[Said], after: list[Said], *, opening: bool = False) -> int | None:
    return since([Raw(dump(one)) for one in before], [dump(one) for one in after], opening=opening)
