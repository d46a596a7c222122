"""Law 1 at full strength: `python -m tests.laws.long --scripts 1000 --edits 20 --jobs 2`.

Prints how it goes on; where the law fails the seed, the script and what differs, and exits with 1.
`--seed N` runs one script again; `--shrink` leaves out the edits that don't matter.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import replace
from pathlib import Path

from tests.laws.script import Finding, Plan, run

MEMORY = Path("/dev/shm")
SCRIPTS_PER_PROCESS = 50


def main() -> int:
    """Run the scripts; 1 where one failed."""
    given = _arguments()
    plan = Plan(given.edits, given.every, several=True, without=frozenset(given.without))
    seeds = [given.seed] if given.seed is not None else range(given.first, given.first + given.scripts)
    started, scripts, rounds, failed = time.monotonic(), 0, 0, 0
    for seed, compared, finding in _results(list(seeds), plan, given.jobs):
        scripts, rounds, failed = scripts + 1, rounds + compared, failed + bool(finding)
        if finding:
            print(f"\nLaw 1 fails. {shrunk(finding, plan) if given.shrink else finding}\n", flush=True)
        if scripts % 10 == 0 or scripts == len(seeds):
            seconds = time.monotonic() - started
            print(f"{scripts}/{len(seeds)} scripts (seed {seed}), {rounds} builds compared, {failed} scripts failed, {seconds:.0f} s", flush=True)
    return 1 if failed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.laws.long", description=__doc__)
    parser.add_argument("--scripts", type=int, default=1000, help="how many scripts")
    parser.add_argument("--edits", type=int, default=20, help="how many edits each")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many scripts at a time")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--seed", type=int, help="this script alone")
    parser.add_argument("--every", type=int, default=1, help="compare after every so many edits")
    parser.add_argument("--without", nargs="*", default=(), help="names of edits to leave out")
    parser.add_argument("--shrink", action="store_true", help="leave out the edits that don't matter")
    return parser.parse_args()


def _results(seeds: list[int], plan: Plan, jobs: int) -> Iterator[tuple[int, int, Finding | None]]:
    """What came of each script, as they end: its seed, the builds compared, the finding."""
    # Spawned: a worker has one thread, so that the builds in it may fork; new ones now and then forget what they kept.
    context = multiprocessing.get_context("spawn")
    for start in range(0, len(seeds), jobs * SCRIPTS_PER_PROCESS):
        with ProcessPoolExecutor(jobs, mp_context=context) as executor:
            some = seeds[start : start + jobs * SCRIPTS_PER_PROCESS]
            for done in as_completed([executor.submit(_run, seed, plan) for seed in some]):
                yield done.result()


def _run(seed: int, plan: Plan) -> tuple[int, int, Finding | None]:
    return seed, *run_in_memory(seed, plan)


def run_in_memory(seed: int, plan: Plan, skip: frozenset[int] = frozenset()) -> tuple[int, Finding | None]:
    """Run a script in a folder of its own, in memory where the system has such."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None, ignore_cleanup_errors=True) as folder:
        return run(seed, Path(folder), plan, skip)


def shrunk(finding: Finding, plan: Plan) -> Finding:
    """The same failure by as few edits as can be found: halves are left out, then quarters, then single edits."""
    skip: frozenset[int] = frozenset()
    size = len(finding.edits)
    while size := size // 2:
        for start in range(0, len(finding.edits), size):
            fewer = skip | frozenset(range(start, start + size))
            _, found = run_in_memory(finding.seed, replace(plan, edits=len(finding.edits)), fewer)
            if found:
                skip, finding = fewer, found
    return finding


if __name__ == "__main__":
    sys.exit(main())
