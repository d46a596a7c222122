"""The reference of templates, made from the classes of what they get: for those who write a theme.

What a field means is said below it in its class; what has the same meaning everywhere is said here once.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from generator.shapes import defaults, field_names, is_plain
from generator.theming.overriding import BEHIND

if TYPE_CHECKING:
    from generator.api import PageKind, Registry
    from generator.theming.assets import ThemeFile
    from generator.theming.theme import Theme

COMMON: Mapping[str, str] = {
    "active": "When it was last written to.",
    "address": "Where it is, relative to the site.",
    "author": "Who wrote it.",
    "board": "The board it is on.",
    "count": "How many there are in all.",
    "cover": "The address of its picture, or empty.",
    "created": "When it began.",
    "date": "When it was written.",
    "description": "What it is about, in a sentence.",
    "dir": "The direction of its text: `ltr`, `rtl`, or empty where it is to be detected.",
    "entries": "How many entries there are, openings and replies.",
    "feeds": "The feeds that follow it.",
    "hidden": "Whether a moderator hid it.",
    "href": "The address to link to.",
    "key": "Its name for scripts.",
    "kind": "What kind it is of.",
    "language": "Its language as a BCP 47 tag, or empty for that of what is around it.",
    "link": "Its address and text.",
    "locked": "Whether it takes no more replies.",
    "members": "How many members there are.",
    "minutes": "How many minutes it takes to read.",
    "month": "The moment at which the month begins.",
    "name": "Its name.",
    "number": "Its place, counted from 1.",
    "page": "What the page says of itself.",
    "pages": "Where the page stands among its siblings.",
    "person": "Who it is about.",
    "pinned": "Whether it stays at the top.",
    "replies": "How many replies there are.",
    "site": "What all pages share.",
    "summary": "Its beginning or its own summary, without marks.",
    "tags": "Its tags, with their pages.",
    "text": "Its text.",
    "title": "Its title.",
    "topics": "The topics of the page.",
    "topics: int": "How many topics there are.",
    "type": "The media type.",
    "updated": "When it was last changed.",
    "url": "The address with the site's host, or empty where the site has none.",
    "year": "The year that is shown, 0 for all.",
}
"""What a field of this name means where its class says nothing of it."""

_MACRO = re.compile(r"\{%-?\s*macro\s+(\w+\([^%]*\))\s*-?%\}")
_BLOCK = re.compile(r"\{%-?\s*block\s+(\w+)")
_HEAD = re.compile(r"\{#\s*(.*?)\s*#\}", re.DOTALL)


def reference(registry: Registry, theme: Theme) -> str:
    """Two chapters in Markdown as one: templates with what they get, what a theme can override, and the views in all that."""
    return templates(registry, theme) + "\n" + views(registry)


def templates(registry: Registry, theme: Theme) -> str:
    """The templates with what they get, and what a theme can override."""
    return _joined(_templates(registry, _contexts(registry)), _macros(theme))


def views(registry: Registry) -> str:
    """What is in that which templates get."""
    return _joined(_views(set(_contexts(registry).values()))).lstrip("\n")


def _joined(*parts: Iterable[str]) -> str:
    return "\n".join(line for part in parts for line in part) + "\n"


def _contexts(registry: Registry) -> dict[PageKind[Any], type]:
    kinds = [kind for kind in registry.pages.values() if kind.uses(registry.board_kinds.values())]
    return {kind: context_of(kind) for kind in kinds}


def context_of(kind: PageKind[Any]) -> type:
    """The class of what a page kind gives to its template."""
    found = get_type_hints(kind.context)["return"]
    context: type = next((one for one in get_args(found) if is_plain(one)), found)
    return context


def views_of(contexts: set[type]) -> list[type]:
    """All classes within the contexts, by name."""
    seen: set[type] = set()
    waiting = list(contexts)
    while waiting:
        for hint in get_type_hints(waiting.pop()).values():
            new = set(_classes(hint)) - seen
            seen |= new
            waiting += new
    return sorted(seen - contexts, key=lambda view: view.__name__)


def meaning(view: type, field: str) -> str:
    """What a field means: what its class says below it, else what its name means everywhere."""
    kind = _declared(view, field)
    above = (_below(one).get(field) for one in view.__mro__ if field in inspect.get_annotations(one))
    return next(filter(None, above), "") or COMMON.get(f"{field}: {kind}") or COMMON.get(field, "")


def _templates(registry: Registry, contexts: Mapping[PageKind[Any], type]) -> Iterator[str]:
    yield "## Templates"
    for kind, context in sorted(contexts.items(), key=lambda item: item[0].uses(registry.board_kinds.values())):
        templates = ", ".join(f"`{name}`" for name in kind.uses(registry.board_kinds.values()))
        yield from ("", f"### {templates}", "", _plain(kind), "", _plain(context), "")
        yield from _table(context)


def _views(contexts: set[type]) -> Iterator[str]:
    yield from ("", "## What the fields hold")
    for view in views_of(contexts):
        yield from ("", f"### `{view.__name__}`", "", _plain(view), "")
        yield from _table(view)


def _macros(theme: Theme) -> Iterator[str]:
    yield from ("", "## Blocks and macros", "", f"What a template of `{theme.name}` offers to those that extend or import it.", "")
    yield from ("| File | What it is | Blocks and macros |", "|---|---|---|")
    for file in sorted(theme.templates, key=_order):
        source = file.text()
        offers = [*dict.fromkeys(_BLOCK.findall(source)), *_MACRO.findall(source)]
        about = _HEAD.match(source)
        if offers and not file.name.startswith(BEHIND):
            offered = ", ".join(f"`{name}`" for name in offers)
            yield f"| `{file.name}` | {' '.join(about[1].split()) if about else ''} | {offered} |"


def _order(file: ThemeFile) -> tuple[bool, str]:
    return file.name.startswith("macros/"), file.name


def _table(view: type) -> Iterator[str]:
    yield from ("| Field | Type | Meaning |", "|---|---|---|")
    given = defaults(view)
    for name in field_names(view):
        kind = _declared(view, name).replace("|", "\\|")
        yield f"| `{name}` | `{kind}` | {meaning(view, name)}{_default(given.get(name))} |"


def _declared(view: type, field: str) -> str:
    """The type of a field, as its class or one above it says."""
    return next(str(own[field]) for above in view.__mro__ if field in (own := inspect.get_annotations(above)))


def _default(given: object) -> str:
    return f" Else `{given}`." if given and isinstance(given, str | int) else ""


def _plain(described: object) -> str:
    """A docstring as a paragraph or several."""
    return inspect.getdoc(described) or ""


def _classes(hint: object) -> Iterator[type]:
    if isinstance(hint, type) and is_plain(hint):
        yield hint
    for inner in get_args(hint):
        yield from _classes(inner)


@cache
def _below(view: type) -> dict[str, str]:
    """What a class says below its fields."""
    source = textwrap.dedent(inspect.getsource(sys.modules[view.__module__]))
    body = next(
        node.body for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ClassDef) and node.name == view.__name__
    )
    found: dict[str, str] = {}
    for field, after in pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
            found[ast.unparse(field.target)] = " ".join(str(after.value.value).split())
    return found
