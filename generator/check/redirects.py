"""Judges the pages that only send their visitors on: each must do so in one step, and say so to search engines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from generator.check.addresses import Addresses
from generator.check.findings import finding
from generator.check.lines import Lines
from generator.check.reading import Reference
from generator.errors import Problem

_LONGEST = 20
"""Steps after which browsers give up on a chain."""


class Redirect(Struct, frozen=True):
    """A page that leads to the file `target`; `canonical` is the file that it calls its own, "" if none."""

    reference: Reference
    target: str
    canonical: str = ""


def check_redirects(
    redirects: Mapping[str, Redirect], addresses: Addresses, lines: Lines
) -> Iterator[Problem]:
    """The chains and loops among redirects, by their files, and those whose canonical address differs."""
    for path, redirect in sorted(redirects.items()):
        line = lines.find(path, redirect.reference.field, redirect.reference.value)
        target = addresses.of_file(redirect.target)
        if redirect.target in redirects:
            message, hint = _further(target, _end(redirects, path), addresses)
            yield finding(path, line, "refresh", message, hint)
        elif redirect.canonical and redirect.canonical != redirect.target:
            message = f"leads to {target}, but its canonical address is another"
            yield finding(path, line, "canonical", message, f"Make it {target} too.", "warning")


def _further(target: str, end: str, addresses: Addresses) -> tuple[str, str]:
    on = f"leads to {target}, which leads on"
    if end:
        return f"a chain of redirects: {on}", f"Let it lead to {addresses.of_file(end)} at once."
    return f"a loop of redirects: {on}, and no page is ever reached", "Take one of the aliases away."


def _end(redirects: Mapping[str, Redirect], path: str) -> str:
    """The file where a chain ends; "" if it goes round, or on for longer than browsers follow."""
    for _ in range(_LONGEST):
        if path not in redirects:
            return path
        path = redirects[path].target
    return ""
