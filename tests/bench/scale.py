"""`python -m tests.bench.scale`: builds ever larger sites of one shape, and prints how time, memory and disk grow.

`--publish` puts the figures into the manual.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.bench.__main__ import PAGE, WORK
from tests.bench.growth import grow
from tests.bench.publish import SHAPES as CAPTIONS
from tests.bench.publish import publish_growth
from tests.bench.results import Growth, load, machine, merged, save
from tests.bench.shapes import SHAPES
from tests.bench.tables import growth_table

SIZES = {
    "forum": (10_000, 30_000, 100_000, 300_000, 1_000_000),
    "topic": (5_000, 15_000, 50_000),
    "files": (5_000, 15_000, 50_000),
    "astray": (5_000, 15_000, 50_000),
    "board": (10_000, 30_000, 100_000),
    "blog": (10_000, 30_000, 100_000),
    "member": (20_000, 60_000, 200_000),
    "members": (5_000, 10_000, 20_000),
    "tags": (5_000, 10_000, 20_000),
}


def main() -> None:
    """Measure every shape that was asked for; what is done is kept, also if a later part fails."""
    options = _options()
    kept = options.work / "growth.json"
    done: list[Growth] = []
    for shape in options.shape or ["forum"]:
        print(CAPTIONS[shape], flush=True)
        for found in grow(options.work / "sites", shape, options.sizes or SIZES[shape], options.jobs, keep=options.keep):
            done.append(Growth(found, machine()))
            save(kept, merged(load(kept, Growth), done))
            print(growth_table(done[-1:]), flush=True)
    if options.publish:
        publish_growth(PAGE, done)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.bench.scale", description=__doc__)
    parser.add_argument("--shape", action="append", choices=list(SHAPES), help="may be given again (default: forum)")
    parser.add_argument("--sizes", type=_sizes, help="as 10000,30000 (default: those of the manual)")
    parser.add_argument("--jobs", type=int, help="processes (default: Anjoman's own)")
    parser.add_argument("--keep", action="store_true", help="keep the sites")
    parser.add_argument("--work", type=Path, default=WORK, help="where sites and figures are kept")
    parser.add_argument("--publish", action="store_true", help="put the figures into the manual")
    return parser.parse_args()


def _sizes(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


if __name__ == "__main__":
    main()
