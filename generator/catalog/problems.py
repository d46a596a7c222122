"""All that is wrong with a site, as the catalog has it; who finds problems is left to others."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from generator.errors import Problem, Severity


def problems(database: sqlite3.Connection) -> Iterator[Problem]:
    """All that is wrong with the site, by path and line."""
    query = "SELECT DISTINCT path, line, field, message, hint, severity FROM problem ORDER BY path, line, field, message"
    for path, line, name, message, hint, severity in database.execute(query):
        level: Severity = "error" if severity == "error" else "warning"
        yield Problem(path, line, name, message, hint, level)
