"""Law 1 on one random script: after each edit the site is built, and equals a clean build of a copy.

A script is its seed: each edit has a `Random` of its own, so that a script can be run without some of its edits.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from generator.catalog.database import remove
from generator.site import state_file
from tests.laws import packages
from tests.laws.builds import Circumstances, Outcome, make, make_afresh
from tests.laws.folder import tree
from tests.laws.hands import Hands
from tests.laws.state import strangers


@dataclass(frozen=True, slots=True)
class Plan:
    """How scripts are run: how many edits each, after how many of them the law is held, what is left out.

    `several` lets some builds have several processes and some be new processes; `without` names edits.
    """

    edits: int = 20
    every: int = 1
    several: bool = False
    without: frozenset[str] = frozenset()


@dataclass(slots=True)
class Finding:
    """Where the law failed: the script up to there, and what differs."""

    seed: int
    edits: list[str]
    differences: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        edits = "\n".join(f"  {number:2}  {edit}" for number, edit in enumerate(self.edits))
        return f"seed {self.seed}, after the edits\n{edits}\nthese differ:\n  " + "\n  ".join(self.differences)


def run(seed: int, folder: Path, plan: Plan, skip: Collection[int] = ()) -> tuple[int, Finding | None]:
    """Run a script in a new folder, without the edits whose numbers are in `skip`.

    Returns how many rounds were compared, and the first finding.
    """
    try:
        return _run(Hands(folder / "site", Random(f"{seed}")), seed, folder / "clean", plan, skip)
    finally:
        packages.load(None)


def _run(
    world: Hands, seed: int, clean: Path, plan: Plan, skip: Collection[int]
) -> tuple[int, Finding | None]:
    world.without = plan.without
    script = _Script(world, clean, plan)
    finding = Finding(seed, [])
    script.build()
    for number in range(plan.edits):
        if number in skip:
            finding.edits.append("left out")
            continue
        world.random = Random(f"{seed}/{number}")
        finding.edits.append(script.edit())
        finding.differences = script.round(last=number == plan.edits - 1)
        if finding.differences:
            return script.compared, finding
    return script.compared, None


class _Script:
    """A world and its clean copy, built side by side."""

    def __init__(self, world: Hands, clean: Path, plan: Plan) -> None:
        self.world = world
        self.clean = clean
        self.plan = plan
        self.rounds = 0
        self.compared = 0
        self.broken = False

    def edit(self) -> str:
        """One edit, now and then three; what can't be built is mostly mended before."""
        mended = [self.world.mend()] if self.broken and self.world.random.random() < 0.7 else []
        count = self.world.random.choice((1, 1, 1, 3))
        return "; ".join(mended + [self.world.edit() for _ in range(count)])

    def build(self) -> tuple[Circumstances, Outcome]:
        """Build the site as it stands."""
        world = self.world
        given = world.circumstances(several=self.plan.several)
        afresh = self.plan.several and world.random.random() < 0.03
        outcome = (make_afresh if afresh else make)(world.root, given)
        self.broken = not outcome.comparable
        world.built(given, refused=outcome.refused)
        return given, outcome

    def round(self, *, last: bool) -> list[str]:
        """Build the site, and a copy from nothing; what differs."""
        given, outcome = self.build()
        self.rounds += 1
        if self.rounds % self.plan.every and not last:
            return []
        fresh = self._build_copy(given, afresh=last and self.plan.several)
        found = list(_differences(self.world.root / given.output, self.clean / given.output, outcome, fresh))
        if outcome.comparable and fresh.comparable and not found:
            found = list(strangers(self._state(self.world.root, given), self._state(self.clean, given)))
        if outcome.comparable and last and not found:
            found = list(self._restless(given))
        self.compared += outcome.comparable
        return found

    def _build_copy(self, given: Circumstances, *, afresh: bool) -> Outcome:
        """A clean build; `afresh` in a new folder and a new process, which share nothing with any other build."""
        if afresh:
            shutil.rmtree(self.clean, ignore_errors=True)
        shutil.rmtree(self.clean / given.output, ignore_errors=True)
        remove(self._state(self.clean, given))
        self.clean.mkdir(exist_ok=True)
        self.world.copy_to(self.clean)
        return (make_afresh if afresh else make)(self.clean, replace(given, jobs=1, verify=False, look=False, changed=None))

    @staticmethod
    def _state(root: Path, given: Circumstances) -> Path:
        return state_file(root, root / given.output)

    def _restless(self, given: Circumstances) -> Iterator[str]:
        """Law 4: a build after which nothing happened makes and writes nothing."""
        again = make(self.world.root, replace(given, jobs=1, verify=False, changed=None))
        if again.rendered or again.written:
            yield f"a second build makes {again.rendered} pages and writes {again.written}"


def _differences(here: Path, clean: Path, outcome: Outcome, fresh: Outcome) -> Iterator[str]:
    for one, where in ((outcome.problems - fresh.problems, "kept"), (fresh.problems - outcome.problems, "missed")):
        yield from sorted(f"a problem is {where}: {problem}" for problem in one)
    if outcome.refused != fresh.refused:
        yield f"refused: {outcome.refused}, by a clean build: {fresh.refused}"
    if not (outcome.comparable and fresh.comparable):
        return
    left, right = tree(here), tree(clean)
    for name in sorted(left.keys() | right.keys()):
        if left.get(name) != right.get(name):
            yield f"{name} is {'an orphan' if name not in right else 'missing' if name not in left else 'stale'}"
