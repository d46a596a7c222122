"""Reads what other generators call their fields as ours: Jekyll's, Hugo's, Pelican's, WordPress exports'.

How the values are read is said in `fields`; here they only get our names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set

from msgspec import Struct, field

from generator.errors import Problem
from generator.markup.values import is_web_address
from generator.schema import NO, YES, Place, shown

Names = Mapping[str, str]

TOPIC: Names = {
    "authors": "author",
    "categories": "tags",
    "category": "tags",
    "description": "summary",
    "excerpt": "summary",
    "expirydate": "expires",
    "image": "cover",
    "images": "cover",
    "lang": "language",
    "last_modified_at": "updated",
    "lastmod": "updated",
    "modified": "updated",
    "publishdate": "publish",
    "redirect_from": "aliases",
}
REPLY: Names = {"authors": "author", "lastmod": "updated", "modified": "updated", "redirect_from": "aliases"}
BOARD: Names = {
    "image": "cover",
    "lang": "language",
    "redirect_from": "aliases",
    "summary": "description",
    "weight": "order",
}
MEMBER: Names = {"image": "avatar", "redirect_from": "aliases", "website": "url"}

IGNORED = frozenset(
    [
        "comments",
        "excerpt_separator",
        "guid",
        "keywords",
        "layout",
        "linktitle",
        "markup",
        "math",
        "mathjax",
        "menu",
        "outputs",
        "params",
        "save_as",
        "sidebar",
        "sitemap",
        "sortorder",
        "template",
        "toc",
        "type",
        "uuid",
        "weight",
    ]
)
"""Names that say how another generator shows a file: they mean nothing here, and nobody need be told."""

_MERGED = frozenset({"tags", "aliases", "author"})
_STYLES = frozenset({"date", "pretty", "ordinal", "weekdate", "none"})
_PATTERN = re.compile(r"(?:^|/):[a-z]|[{}]")
_BARE_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:/\S*)?")


class Translation(Struct, frozen=True):
    """Values under our names, each with its line, and what could not be taken over."""

    path: str
    values: dict[str, object] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def take(self, name: str, value: object, line: int, key: str = "") -> None:
        """Keeps a value, beside what a field that can hold several has; else the first one stands."""
        if name not in self.values:
            self.values[name], self.lines[name] = value, line
        elif name in _MERGED:
            self.values[name] = [*_items(name, self.values[name]), *_items(name, value)]
        else:
            self.warn(key or name, line, f"left out, as `{name}` is given too", "Keep one of them.")

    def warn(self, name: str, line: int, message: str, hint: str) -> None:
        """Keeps a warning."""
        self.problems.append(Problem(self.path, line, name, message, hint, "warning"))


def topic(values: Mapping[str, object], place: Place, own: Set[str]) -> Translation:
    """A topic's or page's values under our names; `own` are those of the form, which stand before others'."""
    done = _translate(values, place, own, TOPIC)
    for name, read in _BY_VALUE.items():
        value = done.values.get(name)
        if isinstance(value, str):
            read(done, name, value.strip())
    return done


def reply(values: Mapping[str, object], place: Place, own: Set[str]) -> Translation:
    """A reply's; a visitor's `url` that is no address costs the address, not the reply."""
    done = _translate(values, place, own, REPLY)
    value = done.values.get("url")
    if isinstance(value, str) and value.strip() and not is_web_address(value.strip()):
        _visitor_url(done, value.strip())
    return done


def board(values: Mapping[str, object], place: Place, own: Set[str]) -> Translation:
    """A board's."""
    return _translate(values, place, own, BOARD)


def member(values: Mapping[str, object], place: Place, own: Set[str]) -> Translation:
    """A member's."""
    return _translate(values, place, own, MEMBER)


def _translate(values: Mapping[str, object], place: Place, own: Set[str], names: Names) -> Translation:
    if values.keys() <= own:
        return Translation(place.path, dict(values), {key: place.lines.get(key, place.line) for key in values})
    done = Translation(place.path)
    others: list[tuple[str, object, int]] = []
    for key, value in values.items():
        name = key if key in own else key.lower()  # Pelican writes capitals, and Hugo doesn't mind them
        if name in own:
            done.take(name, value, place.lines.get(key, place.line), key)
        else:
            others.append((name, value, place.lines.get(key, place.line)))
    for name, value, line in others:
        done.take(names.get(name, name), value, line, name)
    return done


def _visitor_url(done: Translation, value: str) -> None:
    line = done.lines["url"]
    if _BARE_HOST.fullmatch(value):
        done.values["url"] = f"http://{value}"
        return
    del done.values["url"]
    done.warn("url", line, f"left out: expected an address on the web, not {shown(value)}", "")


def _published(done: Translation, name: str, value: str) -> None:
    """`published: false` (Jekyll) is our draft; a date is one."""
    word, line = value.lower(), done.lines[name]
    if word in NO:
        done.values["draft"], done.lines["draft"] = "true", line
    if word in NO or word in YES:
        del done.values[name]
    elif name == "published":
        del done.values[name]
        done.take("date", value, line, name)


def _status(done: Translation, name: str, value: str) -> None:
    """Pelican's and WordPress's `status`: what is not published must not be built."""
    line = done.lines[name]
    del done.values[name]
    if value.lower() in {"", "published", "publish"}:
        return
    done.values["draft"], done.lines["draft"] = "true", line
    if value.lower() != "draft":
        done.warn(name, line, f"{shown(value)} is read as a draft", "Write `draft: true`, or nothing.")


def _address(done: Translation, name: str, value: str) -> None:
    """`permalink` (Jekyll) and `url` (Hugo) are the whole address; a visitor's `url` stays what it is."""
    line = done.lines[name]
    if is_web_address(value) and name == "url" and "name" in done.values:
        return
    del done.values[name]
    if is_web_address(value) or _PATTERN.search(value) or value in _STYLES:
        hint = "Write the address out, as `slug: /about/`; a board's `address` can be a pattern."
        done.warn(name, line, f"left out: expected the page's own address, not {shown(value)}", hint)
    elif value:
        done.take("slug", "/" + value.lstrip("/"), line, name)


_BY_VALUE = {
    "published": _published,
    "publish": _published,
    "status": _status,
    "permalink": _address,
    "url": _address,
}


def _items(name: str, value: object) -> list[object]:
    if isinstance(value, list):
        return value
    return list(value.split(",")) if isinstance(value, str) and name == "tags" else [value]
