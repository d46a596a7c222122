"""Task lists: the items of both engines in one form of HTML."""

from __future__ import annotations

import re

_TASK = re.compile(
    r'<li(?: class="task-list-item")?>(\s*<p>)?<input (?:disabled="" )?type="checkbox"(?: disabled)?( checked(?:="")?)? ?/>\s*'
)


def tasks(html: str) -> str:
    """The HTML with task list items as our own: a class on the item, and the box before its text."""
    return _TASK.sub(_task, html) if 'type="checkbox"' in html else html


def _task(found: re.Match[str]) -> str:
    checked = ' checked=""' if found[2] else ""
    return f'<li class="task-list-item">{found[1] or ""}<input type="checkbox" disabled=""{checked}> '
