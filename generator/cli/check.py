"""`anjoman check`: builds the site and checks that all links in it lead somewhere, and on demand its HTML and feeds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click
from msgspec.structs import replace

from generator.cli import exits
from generator.cli.build import run, summary
from generator.cli.options import all_warnings, block, jobs, output, strict
from generator.cli.place import shown_path, site_root
from generator.cli.printing import (
    as_errors,
    counted,
    errors_as_json,
    findings,
    print_json,
    print_problems,
)
from generator.cli.progress import progress
from generator.errors import Problem
from generator.report import Report

if TYPE_CHECKING:
    from generator.site import Site

T = TypeVar("T")

BATCH = 20


@click.command(
    epilog=block(
            "Examples",
            "anjoman check",
            "anjoman check --strict            before publishing",
            "anjoman check --html --feeds      as the checkers of HTML, feeds and structured data",
        )
        + block(
            "The JSON object's keys",
            "ok         whether there is no error",
            "pages      files of the output",
            "problems   objects with path, line, field, message, hint, severity: those of",
            "           the content, then those of the built site, each with its file",
        ),
)
@output
@strict
@jobs
@click.option("--html", is_flag=True, help="Look closely at pages: nesting, headings, names, structured data.")
@click.option("--feeds", is_flag=True, help="Look closely at feeds and the manifest: what they must hold.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON, for other programs.")
@all_warnings
def command(
    output: Path | None, strict: bool, jobs: int | None, html: bool, feeds: bool, as_json: bool, all_warnings: bool
) -> int:
    """Build the site and check that all its links lead somewhere.

    Links, pictures, feeds, redirects and anchors (#…) within the site are followed; other sites are not
    asked. A broken link that many pages have is printed once. With --html and --feeds also the pages' HTML,
    structured data, feeds and manifest are checked, without a network.
    """
    with errors_as_json(as_json), progress(wanted=not as_json) as report:
        from generator.build import open_site

        site = open_site(site_root(), output=output)
        result = run(site, report, jobs=jobs)
        report.stage("check", result.artifacts)
        strictly = frozenset(name for name, wanted in (("html", html), ("feeds", feeds)) if wanted)
        links = list(_links(site, report, jobs, strictly))
    if not as_json:
        links = grouped(links)
    problems = (*result.problems, *links)
    problems = as_errors(problems) if strict else problems
    bad = any(problem.severity == "error" for problem in problems)
    if as_json:
        print_json({"ok": not bad, "pages": result.artifacts}, problems)
    else:
        print_problems(problems, all_warnings=all_warnings)
        click.echo(summary(replace(result, problems=problems[: len(result.problems)])))
        click.echo(f"Checked the links: {findings(problems[len(result.problems) :])}")
    return exits.PROBLEMS if bad else exits.FINE


def _links(site: Site, report: Report, jobs: int | None, strictly: frozenset[str]) -> Iterator[Problem]:
    """What is wrong with the built site; paths are as one would type them in the site's folder."""
    from contextlib import nullcontext

    from generator.check import check_output
    from generator.stages.pool import Processes, pool

    workers = pool(jobs)
    settings = site.settings.site

    def spread(task: Callable[[Sequence[str]], list[T]], items: Iterable[str]) -> Iterator[T]:
        for batch in workers.map(task, items, BATCH):
            report.advance(len(batch))
            yield from batch

    with workers if isinstance(workers, Processes) else nullcontext():
        place = {"prefix": settings.prefix, "origin": settings.origin}
        for problem in check_output(site.output, **place, strictly=strictly, run=spread):
            yield replace(problem, path=shown_path(site.output / problem.path, site.root))


@dataclass(slots=True)
class Group:
    """Problems that differ in their page alone: the first by path, and how many there are."""

    first: Problem
    count: int = 1

    def add(self, problem: Problem) -> None:
        """One more of them."""
        self.count += 1
        if (problem.path, problem.line) < (self.first.path, self.first.line):
            self.first = problem

    def problem(self) -> Problem:
        """All of them as one."""
        if self.count == 1:
            return self.first
        return replace(self.first, message=f"{self.first.message} (and {counted(self.count - 1, 'more place')})")


def grouped(problems: Iterable[Problem]) -> list[Problem]:
    """The problems, those that say the same of several pages as one."""
    groups: dict[tuple[str, str, str], Group] = {}
    for problem in problems:
        key = (problem.field, problem.message, problem.severity)
        if key in groups:
            groups[key].add(problem)
        else:
            groups[key] = Group(problem)
    return [group.problem() for group in groups.values()]
