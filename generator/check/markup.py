"""Checks pages as a checker of HTML does, as far as that needs no other tool: `anjoman check --html`.

Nesting, repeated attributes, what a page must have, headings in their order, names for what can be pressed, no style
in attributes, and the required fields of linked data. By the HTML Living Standard and WCAG 2.2.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from generator.check.findings import finding, shown
from generator.check.schemas import check_linked_data
from generator.errors import Problem, Severity
from generator.markup.names import named

_VOID = named("area base br col embed hr img input link meta source track wbr")
_OPTIONAL = named("li dt dd p rt rp option optgroup thead tbody tfoot tr td th colgroup html head body")
"""Elements that HTML lets end without a tag."""

_PHRASING = named("a abbr b bdi bdo button cite code em h1 h2 h3 h4 h5 h6 i kbd label mark p q s small span strong sub sup")
_FLOW = named(
    "address article aside blockquote details dialog div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr main nav "
    "ol p pre section table ul"
)
_TRANSPARENT = frozenset({"a"})
_OBSOLETE = named("acronym applet basefont big center dir font frame frameset marquee nobr strike tt")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BUILD = "Mend the theme's template, or the HTML of the text."


@dataclass(slots=True)
class _Open:
    """An element that has not ended: what is in it so far, and whether it has something that names it.

    `last` says that nothing may follow: the caption of a figure stands first or last in it.
    """

    tag: str
    line: int
    named: bool = False
    children: int = 0
    last: bool = False


@dataclass(slots=True)
class _Seen:
    """What a page must have, and what is told at its end."""

    language: bool = False
    titles: int = 0
    mains: int = 0
    headings: list[tuple[int, int]] = field(default_factory=list)


def check_page(path: str, text: str) -> Iterator[Problem]:
    """What is wrong with a page's HTML; a redirect has no more than its address."""
    reader = _Page(path)
    reader.feed(text)
    reader.close()
    yield from reader.problems
    if path.endswith(".svg"):
        return
    yield from _whole(path, reader.seen, redirect=reader.redirect)


def _whole(path: str, seen: _Seen, *, redirect: bool) -> Iterator[Problem]:
    if not seen.language:
        yield finding(path, 1, "lang", "the page does not say its language", "Give <html> its lang.")
    if seen.titles != 1:
        yield finding(path, 1, "title", f"expected one title, not {seen.titles}", _BUILD)
    if redirect:
        return
    firsts = [line for level, line in seen.headings if level == 1]
    if len(firsts) != 1:
        yield finding(path, firsts[1] if firsts else 1, "h1", f"expected one h1, not {len(firsts)}", _BUILD, "warning")
    if seen.mains != 1:
        yield finding(path, 1, "main", f"expected one main, not {seen.mains}", _BUILD, "warning")
    yield from _order(path, seen.headings)


def _order(path: str, headings: list[tuple[int, int]]) -> Iterator[Problem]:
    before = 0
    for level, line in headings:
        if level > before + 1:
            message = f"a heading h{level} follows h{before}" if before else f"the first heading is h{level}"
            hint = "A heading is at most one deeper than the one before."
            yield finding(path, line, f"h{level}", message, hint, "warning")
        before = level


class _Page(HTMLParser):
    """Goes through a page's tags as they are written, which a lenient parser would have mended."""

    def __init__(self, path: str) -> None:
        super().__init__(convert_charrefs=True)
        self.problems: list[Problem] = []
        self.seen = _Seen()
        self.redirect = False
        self._path = path
        self._open: list[_Open] = []
        self._data: list[str] | None = None
        self._foreign = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See `HTMLParser`."""
        values = {name: value or "" for name, value in attrs}
        self._attributes(tag, attrs, values)
        self._captioned(tag)
        if tag not in _VOID:
            self._nested(tag)
            self._open.append(_Open(tag, self.getpos()[0], self._is_named(tag, values)))
        elif tag == "img" and values.get("alt"):
            self._name()
        self._foreign += tag in ("svg", "math")
        self._note(tag, values)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See `HTMLParser`: in HTML the slash means nothing, in SVG it ends the element."""
        if self._foreign:
            self._attributes(tag, attrs, {name: value or "" for name, value in attrs})
        else:
            self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        """See `HTMLParser`."""
        if self._data is not None:
            self._data.append(data)
        if data.strip():
            self._name()

    def handle_endtag(self, tag: str) -> None:
        """See `HTMLParser`."""
        if tag in _VOID:
            return
        self._foreign -= tag in ("svg", "math")
        if tag not in [one.tag for one in self._open]:
            self._tell(tag, f"</{shown(tag)}> ends nothing that is open")
            return
        while self._open:
            ended = self._open.pop()
            self._ended(ended)
            if ended.tag == tag:
                return
            if ended.tag not in _OPTIONAL and not self._foreign:
                self._tell(ended.tag, f"<{shown(ended.tag)}> of line {ended.line} has not ended before </{shown(tag)}>")

    def close(self) -> None:
        """See `HTMLParser`."""
        super().close()
        for one in self._open:
            if one.tag not in _OPTIONAL:
                self._tell(one.tag, f"<{shown(one.tag)}> of line {one.line} does not end")

    def _attributes(self, tag: str, attrs: list[tuple[str, str | None]], values: dict[str, str]) -> None:
        for name, count in Counter(name for name, _ in attrs).items():
            if count > 1:
                self._tell(name, f"<{shown(tag)}> has the attribute {shown(name)} {count} times")
            if name == "style":
                self._tell(name, f"<{shown(tag)}> has a style of its own, which the page's policy forbids", "Use a class.")
            elif name.startswith("on") and name.isalpha():
                self._tell(name, f"<{shown(tag)}> has a script of its own, which the page's policy forbids", _BUILD)
        if "id" in values and (not values["id"] or any(map(str.isspace, values["id"]))):
            self._tell("id", f"the id “{shown(values['id'])}” is empty or has a space in it")
        if tag in _OBSOLETE:
            self._tell(tag, f"<{tag}> is no longer HTML", "Use a class.", "warning")
        if tag == "iframe" and not values.get("title"):
            self._tell("title", "a frame has no title", _BUILD, "warning")

    def _nested(self, tag: str) -> None:
        if self._foreign or tag not in _FLOW:
            return
        if self._open and self._open[-1].tag == "p":
            # A paragraph ends here of itself; an end tag that comes later is one too many.
            self._open.pop()
        parent = next((one.tag for one in reversed(self._open) if one.tag not in _TRANSPARENT), "")
        if parent in _PHRASING:
            self._tell(tag, f"<{tag}> may not stand in <{parent}>")

    def _captioned(self, tag: str) -> None:
        if self._open and (figure := self._open[-1]).tag == "figure":
            if figure.last:
                self._tell(tag, f"<{shown(tag)}> stands in a figure after its caption", "Put the caption first or last.")
            figure.last = figure.last or (tag == "figcaption" and figure.children > 0)
            figure.children += 1

    def _note(self, tag: str, values: dict[str, str]) -> None:
        line = self.getpos()[0]
        if tag == "html":
            self.seen.language = bool(values.get("lang"))
        elif tag == "main":
            self.seen.mains += "hidden" not in values
        elif tag == "title" and not self._foreign:
            self.seen.titles += 1
        elif tag in _HEADINGS:
            self.seen.headings.append((int(tag[1]), line))
        elif tag == "meta" and values.get("http-equiv", "").lower() == "refresh":
            self.redirect = True
        elif tag == "script" and values.get("type") == "application/ld+json":
            self._data = []

    def _is_named(self, tag: str, values: dict[str, str]) -> bool:
        named = any(values.get(name, "").strip() for name in ("aria-label", "aria-labelledby", "title"))
        return named or values.get("aria-hidden") == "true" or tag not in ("a", "button", "summary", *_HEADINGS) or (tag == "a" and "href" not in values)

    def _name(self) -> None:
        for one in self._open:
            one.named = True

    def _ended(self, one: _Open) -> None:
        if not one.named:
            hint = "Give it a text, or an aria-label."
            self._tell(one.tag, f"<{one.tag}> of line {one.line} has nothing that names it", hint, "warning")
        if one.tag == "script" and self._data is not None:
            self.problems += check_linked_data(self._path, one.line, "".join(self._data))
            self._data = None

    def _tell(self, field: str, message: str, hint: str = _BUILD, severity: Severity = "error") -> None:
        self.problems.append(finding(self._path, self.getpos()[0], field, message, hint, severity))
