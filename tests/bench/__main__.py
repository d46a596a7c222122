"""`python -m tests.bench`: compares whole builds with those of other generators, and prints tables of medians.

A ratio in brackets is against Hugo in the same run. `--publish` puts the figures into the manual.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.bench import bars
from tests.bench.compare import compare
from tests.bench.contenders import CONTENDERS, Contender
from tests.bench.corpus import KINDS, Kind
from tests.bench.publish import publish_comparisons
from tests.bench.results import Comparison, load, merged, save
from tests.bench.tables import comparison_table

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "content/manual/performance.md"
WORK = ROOT / ".bench"

SIZES: dict[Kind, tuple[int, ...]] = {"blog": (1_000, 10_000), "forum": (1_000, 5_000)}
SLOW = 5_000
"""From this size on Pelican is left out unless it is asked for."""


def main() -> None:
    """Compare every kind at every size; what is done is kept, also if a later part fails."""
    options = _options()
    kept = options.work / "builds.json"
    done: list[Comparison] = []
    for kind in options.kind or KINDS:
        for size in options.n or SIZES[kind]:
            found = compare(options.work, _contenders(options.only, size), kind, size, options.reps)
            done.append(found)
            print(comparison_table(found), flush=True)
            every = merged(load(kept, Comparison), done)
            save(kept, every)
            options.work.joinpath("builds.svg").write_text(str(bars.chart(every)), "utf-8", newline="\n")
    if options.publish:
        publish_comparisons(PAGE, done)


def _contenders(names: list[str] | None, size: int) -> list[Contender]:
    every = [name for name in CONTENDERS if name != "pelican" or size < SLOW]
    return [CONTENDERS[name] for name in names or every]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.bench", description=__doc__)
    parser.add_argument("--kind", action="append", choices=KINDS, help="a kind of site; may be given again (default: all)")
    parser.add_argument("--n", action="append", type=int, help="a number of topics; may be given again")
    parser.add_argument("--reps", type=int, default=3, help="rounds (default: 3)")
    parser.add_argument("--only", action="append", choices=list(CONTENDERS), help="a contender; may be given again")
    parser.add_argument("--work", type=Path, default=WORK, help="where sites, environments and figures are kept")
    parser.add_argument("--publish", action="store_true", help="put the figures into the manual")
    return parser.parse_args()


if __name__ == "__main__":
    main()
