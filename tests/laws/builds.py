"""A build under given circumstances: the clock, drafts, the packages, the version, the number of processes.

It is made in this process, which keeps compiled templates from one build to the next, or in a new one, which
remembers nothing.
"""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from msgspec.structs import replace

from generator import build as building
from generator import digest, unchanged
from generator.build import build, open_site
from generator.errors import Problem, SiteError
from generator.installed import code_signature
from generator.listing import UNSEEN, Changed
from generator.markup import render as rendering
from generator.site import Site
from tests.compiled import compiled_once
from tests.laws import packages
from tests.laws.folder import FIRST_NOW

LATER = ("archive", "recent", "members")
"""Page kinds that the second of the older versions does not have yet."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """All that a build depends on besides the site's folder.

    `preview` builds as the dev server does, into an output of its own; `version` is 0 for Anjoman as it is,
    else another one; `packages` is a folder and a number that changes with it. `look` looks first whether
    anything changed, as the command line does; `changed` are all paths that did, as the dev server sees them.
    """

    now: int = FIRST_NOW
    drafts: bool = False
    preview: bool = False
    version: int = 0
    packages: tuple[Path, int] | None = None
    jobs: int = 1
    verify: bool = False
    look: bool = False
    changed: frozenset[Path] | None = None

    @property
    def output(self) -> str:
        """The output's folder below the site's."""
        return "preview" if self.preview else "output"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a build: `refused` where the site could not be built at all, `stood` where it needed not be."""

    problems: frozenset[Problem] = field(default_factory=frozenset)
    refused: bool = False
    stood: bool = False
    rendered: int = 0
    written: int = 0

    @property
    def comparable(self) -> bool:
        """Whether the law speaks of it: not where a template is broken and the old pages stand."""
        broken = any(one.path.startswith("themes/") and one.severity == "error" for one in self.problems)
        return not (self.refused or broken)


def make(root: Path, given: Circumstances) -> Outcome:
    """Build in this process."""
    if given.packages:
        packages.load(*given.packages)
    with _version(given.version), _batches(given.jobs), compiled_once():
        try:
            return _build(root, given)
        except SiteError as error:
            return Outcome(frozenset(error.problems), refused=True)


def _build(root: Path, given: Circumstances) -> Outcome:
    output, seal = root / given.output, UNSEEN
    changed = None if given.changed is None else Changed(given.changed)
    if given.look:
        first = unchanged.look(root, output=output, drafts=given.drafts, fingerprint=not given.preview, now=given.now)
        if first.result and not given.verify:
            return Outcome(frozenset(first.result.problems), stood=True)
        seal, changed = first.seal, first.changed
    site = open_site(
        root, output=output, drafts=given.drafts, fingerprint=not given.preview, now=given.now, seal=seal
    )
    result = build(_aged(site, given.version), jobs=given.jobs, verify=given.verify, changed=changed)
    return Outcome(frozenset(result.problems), rendered=result.rendered, written=len(result.written))


def make_afresh(root: Path, given: Circumstances) -> Outcome:
    """Build in a new process that has never built."""
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    context.set_forkserver_preload(["generator.build"])
    with ProcessPoolExecutor(1, mp_context=context) as executor:
        return executor.submit(make, root, given).result()


def _aged(site: Site, version: int) -> Site:
    """The site as another version of Anjoman sees it."""
    if not version:
        return site
    pages = {name: kind for name, kind in site.registry.pages.items() if version != 2 or name not in LATER}
    registry = replace(site.registry, pages=pages)
    return replace(site, version=digest.of(site.version, version), registry=registry)


@contextmanager
def _version(number: int) -> Iterator[None]:
    """Anjoman as it was in another version, which renders every text a little differently."""
    if not number:
        yield
        return
    render = rendering.render

    def other(*arguments: Any) -> Any:
        found = render(*arguments)
        return replace(found, html=f"{found.html}<p>{number}</p>")

    with (
        patch.object(rendering, "render", other),
        patch.object(unchanged, "code_signature", lambda: digest.of(code_signature(), number)),
    ):
        yield




@contextmanager
def _batches(jobs: int) -> Iterator[None]:
    """Small batches where there are several processes, so that each has something to do."""
    if jobs == 1:
        yield
        return
    with patch.object(building, "READ_BATCH", 4), patch.object(building, "RENDER_BATCH", 4):
        yield


def many_jobs() -> int:
    """How many processes a build is tried with: several only where they are forked, with their patches."""
    return 2 if sys.platform == "linux" else 1


