"""`anjoman build`: builds the site and tells what was done and what is wrong."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from generator.cli import exits
from generator.cli.options import all_warnings, block, jobs, output, strict, wait
from generator.cli.place import shown_path, site_root
from generator.cli.printing import as_errors, counted, errors_as_json, findings, print_json, print_problems
from generator.cli.progress import progress
from generator.errors import OutputError, Problem, WorkerError
from generator.unchanged import look

if TYPE_CHECKING:
    from generator.listing import Changed
    from generator.report import Report, Result
    from generator.site import Site


@click.command(
    epilog=block(
            "Examples",
            "anjoman build",
            "anjoman build --drafts --output preview",
            "anjoman build --strict --json      in a script",
            "anjoman build --wait 60            after another build, if that ends within a minute",
        )
        + block(
            "The JSON object's keys",
            "ok         whether there is no error",
            "seconds    how long it took",
            "sources    files of the site; “read” of them were read this time",
            "pages      files of the output; “rendered” of them were made this time",
            "written    names of the files that changed, below the output folder",
            "removed    names of the files that were removed",
            "problems   objects with path, line, field, message, hint, severity",
        ),
)
@output
@click.option("--drafts", is_flag=True, help="Build drafts too.")
@strict
@click.option("--verify", is_flag=True, help="Read all files anew instead of trusting their dates.")
@click.option("--clean", is_flag=True, help="Remove what was built before, and build everything anew.")
@wait
@jobs
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON, for other programs.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but problems.")
@all_warnings
def command(
    output: Path | None,
    drafts: bool,
    strict: bool,
    verify: bool,
    clean: bool,
    wait: float,
    jobs: int | None,
    as_json: bool,
    quiet: bool,
    all_warnings: bool,
) -> int:
    """Build the site.

    Only what changed since the last build is made again. The result is the same as that of a clean build.
    """
    with errors_as_json(as_json):
        root = site_root()
        first = look(root, output=output, drafts=drafts)
        result = None if clean or verify else first.result
        if result is None:
            from generator.build import open_site

            site = open_site(root, output=output, drafts=drafts, seal=first.seal)
            if clean:
                from generator.cli.clean import clean_output

                clean_output(site.root, site.output, site.state, wait)
            with progress(wanted=not as_json and not quiet) as report:
                result = run(site, report, jobs=jobs, verify=verify, wait=wait, changed=None if clean else first.changed)
        if strict:
            result = replace(result, problems=as_errors(result.problems))
    if as_json:
        print_json(machine_result(result), result.problems)
    else:
        print_problems(result.problems, all_warnings=all_warnings)
        if not quiet:
            click.echo(summary(result))
    return exits.PROBLEMS if result.errors else exits.FINE


def run(
    site: Site,
    report: Report,
    *,
    jobs: int | None = None,
    verify: bool = False,
    wait: float = 0,
    changed: Changed | None = None,
) -> Result:
    """Build a site, as `build` does; raises `WorkerError` also where there is too little memory."""
    from generator.build import build

    _make_output(site)
    try:
        return build(site, report, jobs=jobs, verify=verify, wait=wait, changed=changed)
    except MemoryError as error:
        hint = "Free some memory, or build with `--jobs 1`, which needs less of it."
        raise WorkerError(Problem("", 0, "", "there is too little memory", hint)) from error


def _make_output(site: Site) -> None:
    """Make the output folder, so that one error says that it can't be written, not one for each page."""
    try:
        site.output.mkdir(parents=True, exist_ok=True)
        if not os.access(site.output, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        name = shown_path(site.output, site.root)
        message = f"the output can't be written: {error.strerror or error}"
        raise OutputError(Problem(name, 0, "", message, "Name a folder that you may write to.")) from error


def summary(result: Result) -> str:
    """What a build did, as one line."""
    made = f"{counted(result.artifacts, 'page')} from {counted(result.sources, 'file')}"
    changes = f"{len(result.written):,} written, {len(result.removed):,} removed"
    return f"Built {made} in {result.seconds:.1f} s: {changes}, {findings(result.problems)}"


def machine_result(result: Result) -> dict[str, object]:
    """What a build did, for machines; the keys are documented in the help."""
    return {
        "ok": not result.errors,
        "seconds": round(result.seconds, 3),
        "sources": result.sources,
        "read": result.read,
        "pages": result.artifacts,
        "rendered": result.rendered,
        "written": result.written,
        "removed": result.removed,
    }
