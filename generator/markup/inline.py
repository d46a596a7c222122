"""Extras within a line, found in the source: mentions, wiki links, emoji, bare links, math, spoilers.

Code, tags and the addresses of links are left to the engine. A backslash before an extra makes it text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from generator.markup.emoji import emoji
from generator.markup.fences import Line
from generator.markup.marks import BREAK, CLOSE, OPEN, Held, Holder, Kind
from generator.markup.names import MEMBER

_URL = r"(?:(?:http|HTTP|Http)[sS]?://(?=[^\W_]|\[)|(?:www|WWW|Www)\.(?=[^\W_]))[^\s<>\"`\[\]|\\" + OPEN + CLOSE + BREAK + "]+"
_EMOJI = r":(?P<emoji>[a-z0-9_+-]{1,50}):"

_ALWAYS = {
    "escape": r"\\[\s\S]",
    "ticks": r"`+",
    "tag": r"</?[A-Za-z][^<>]*>",
    "address": r"\]\([ \t\n]*(?:<[^<>\n]{0,2000}>|[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)",
}
_EXTRAS = {
    "wiki": r"\[\[(?P<wiki>[^\[\]\n]{1,300})\]\](?![(\[])",
    "note": r"\[\^(?P<note>[^\]\s\[]{1,100})\](?![(\[])",
    "mention": "@" + MEMBER,
    "emoji_name": _EMOJI + r"(?!\w)",
    "url": _URL,
    "math": r"\$\$(?P<display>[^$]{1,4000})\$\$|\$(?![\s$])(?P<formula>(?:[^$\\\n]|\\.){1,500})(?<!\s)\$(?!\d)",
    "spoiler": r"\|\|",
}
# Where a branch may match, as literals: such a search is many times as quick as one for the branches.
_STARTS = {
    "": r"\\|`|<|\](?=\()|\[(?=[^\[\]\n]{1,500}\]:)", "wiki": r"\[(?=\[)", "note": r"\[(?=\^)", "mention": "@",
    "emoji_name": ":(?=[a-z0-9_+-])", "url": "h(?=ttp)|H(?=ttp|TTP)|w(?=ww)|W(?=WW|ww)", "math": r"\$",
    "spoiler": r"\|(?=\|)",
}  # fmt: skip
_DEFINITION = {"definition": r"\[[^\[\]\n]{1,500}\]:[ \t]*\S+"}
_NONE: frozenset[str] = frozenset()
_EMOJI_NAME = re.compile(_EMOJI)
_ESCAPED = re.compile(rf"\\(?:(?P<char>[@$])|(?P<text>{_URL}|{_EMOJI}))")
_SPOILER_BODY = re.compile(r"\|\|(?=[^\s|])[^|\n]{1,1000}(?<=\S)\|\|(?!\|)")
_TRAILING = "?!.,:*_~'’”»؟،؛。，、！？：；…"
_ENTITY = re.compile(r"&[A-Za-z0-9]{1,32};$")


def _extras(text: str) -> frozenset[str]:
    """The extras whose trigger characters a text has."""
    triggers = {
        "wiki": "[[" in text, "note": "[^" in text, "mention": "@" in text, "math": "$" in text,
        "spoiler": "||" in text, "url": _may_hold_url(text),
        "emoji_name": ":" in text and _EMOJI_NAME.search(text) is not None,
    }  # fmt: skip
    return frozenset(name for name, found in triggers.items() if found) if any(triggers.values()) else _NONE


def _may_hold_url(text: str) -> bool:
    """Whether a text may hold a bare link: one that is not the address of a link in brackets."""
    if "ww." in text or "WWW." in text:
        return True
    count = text.count("://")
    return count > 0 and ("\\" in text or count != text.count("](http://") + text.count("](https://"))


@cache
def _patterns(names: frozenset[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Where something may begin, and what it is."""
    branches = _ALWAYS | {name: _EXTRAS[name] for name in _EXTRAS if name in names} | _DEFINITION
    what = "|".join(f"(?P<at_{name}>{pattern})" for name, pattern in branches.items())
    starts = "|".join(start for name, start in _STARTS.items() if not name or name in names)
    return re.compile(starts), re.compile(what)


def hold_extras(lines: list[Line], holder: Holder, *, breaks: bool) -> str:
    """The text with every extra outside fenced code as a placeholder.

    With `breaks`, a single line end becomes a hard break.
    """
    names = _extras("\n".join(line.text for line in lines if not line.code))
    parts: list[str] = []
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and lines[end].code == lines[start].code:
            end += 1
        part = "\n".join(line.text for line in lines[start:end])
        parts.append(part if lines[start].code else _part(part, names, holder, start + 1, breaks=breaks))
        start = end
    return "\n".join(parts).replace(BREAK, "\n")


def hold_text(text: str, holder: Holder, *, breaks: bool) -> str:
    """As `hold_extras`, for a text without fenced code."""
    return _part(text, _extras(text), holder, 1, breaks=breaks)


_LINE_END = re.compile(r"(?<![\\\s])\n(?=[ \t>]*[^\s>])")


def _part(text: str, names: frozenset[str], holder: Holder, line: int, *, breaks: bool) -> str:
    held = Scan(text, holder, line).run(*_patterns(names)) if names else text
    # Two spaces at a line's end are a hard break in both engines.
    return _LINE_END.sub("  \n", held) if breaks else held


class Scan:
    """One walk over a text that holds no fenced code."""

    def __init__(self, text: str, holder: Holder, line: int) -> None:
        self.text = text
        self.holder = holder
        self.line = line
        self.counted = 0
        self.closers: set[int] = set()

    def run(self, starts: re.Pattern[str], what: re.Pattern[str]) -> str:
        """The text with placeholders."""
        text, done, at = self.text, 0, 0
        parts: list[str] = []
        while start := starts.search(text, at):
            found = what.match(text, start.start())
            taken = self._take(found) if found else None
            if taken is None:
                at = start.end()
                continue
            at, put = taken
            if put:
                parts.append(text[done : start.start()] + put)
                done = at
        return "".join(parts) + text[done:]

    def _take(self, found: re.Match[str]) -> tuple[int, str] | None:
        """Where to go on, and the placeholder ("": leave it); None if it is nothing."""
        # The branch is named by the outermost group, which closes last.
        handler = _HANDLERS[(found.lastgroup or "")[3:]]
        return handler(self, found)

    def _hold(self, found: re.Match[str], end: int, kind: Kind, value: str = "", extra: str = "") -> tuple[int, str]:
        start = found.start()
        self.line += self.text.count("\n", self.counted, start)
        self.counted = start
        return end, self.holder.hold(Held(kind, self.text[start:end], value, extra, self.line))

    def _before(self, found: re.Match[str]) -> str:
        return self.text[found.start() - 1 : found.start()]

    def _leave(self, found: re.Match[str]) -> tuple[int, str]:
        return found.end(), ""

    def _escape(self, found: re.Match[str]) -> tuple[int, str]:
        escaped = _ESCAPED.match(self.text, found.start())
        if not escaped:
            return found.end(), ""
        return self._hold(found, escaped.end(), Kind.TEXT, escaped["char"] or escaped["text"])

    def _ticks(self, found: re.Match[str]) -> tuple[int, str]:
        end = self.text.find("\n\n", found.end())
        closing = re.compile(rf"(?<!`){found[0]}(?!`)")
        closed = closing.search(self.text, found.end(), end if end >= 0 else len(self.text))
        return (closed.end() if closed else found.end()), ""

    def _definition(self, found: re.Match[str]) -> tuple[int, str] | None:
        start = self.text.rfind("\n", 0, found.start()) + 1
        before = self.text[start : found.start()]
        return None if len(before) > 200 or before.strip(" >") else (found.end(), "")

    def _wiki(self, found: re.Match[str]) -> tuple[int, str] | None:
        target, _, text = found["wiki"].replace("\\|", "|").partition("|")
        if not target.strip():
            return None
        return self._hold(found, found.end(), Kind.WIKI, target.strip(), text.strip())

    def _note(self, found: re.Match[str]) -> tuple[int, str]:
        return self._hold(found, found.end(), Kind.NOTE_REF, found["note"])

    def _mention(self, found: re.Match[str]) -> tuple[int, str] | None:
        before = self._before(found)
        if before.isalnum() or before in ("_", "/", "@"):
            return None
        return self._hold(found, found.end(), Kind.MENTION, (found["name"] or found["quoted"]).strip())

    def _emoji(self, found: re.Match[str]) -> tuple[int, str] | None:
        before = self._before(found)
        if before.isalnum() or before in ("_", ":") or not (char := emoji(found["emoji"])):
            return None
        return self._hold(found, found.end(), Kind.EMOJI, char)

    def _url(self, found: re.Match[str]) -> tuple[int, str] | None:
        before = self._before(found)
        url = trimmed(found[0])
        if before.isalnum() or before == "_" or len(url) < 5:
            return None
        href = url if "://" in url[:8] else f"http://{url}"
        return self._hold(found, found.start() + len(url), Kind.LINK, href)

    def _math(self, found: re.Match[str]) -> tuple[int, str] | None:
        before = self._before(found)
        formula = found["display"] or found["formula"]
        if before.isalnum() or before == "$" or "`" in formula or "\n\n" in formula or not formula.strip():
            return None
        kind = Kind.DISPLAY if found["display"] else Kind.MATH
        return self._hold(found, found.end(), kind, formula.strip())

    def _spoiler(self, found: re.Match[str]) -> tuple[int, str] | None:
        if found.start() in self.closers:
            return self._hold(found, found.end(), Kind.SPOILER_CLOSE)
        body = _SPOILER_BODY.match(self.text, found.start())
        if not body or self._in_row(found.start()):
            return found.end(), ""
        self.closers.add(body.end() - 2)
        return self._hold(found, found.end(), Kind.SPOILER_OPEN)

    def _in_row(self, at: int) -> bool:
        line = self.text[self.text.rfind("\n", 0, at) + 1 : at].lstrip(" >")
        return line.startswith("|") and not line.startswith("||")


def trimmed(url: str) -> str:
    """A bare link without the punctuation that belongs to the sentence around it (GFM 6.9)."""
    excess = url.count(")") - url.count("(")
    while url:
        if url[-1] in _TRAILING:
            url = url[:-1]
        elif url[-1] == ")" and excess > 0:
            url, excess = url[:-1], excess - 1
        elif url[-1] == ";":
            entity = _ENTITY.search(url[-40:])
            url = url[: -len(entity[0])] if entity else url[:-1]
        else:
            break
    return url


_Handler = Callable[[Scan, re.Match[str]], tuple[int, str] | None]
_HANDLERS: dict[str, _Handler] = {
    "escape": Scan._escape, "ticks": Scan._ticks, "tag": Scan._leave, "address": Scan._leave,
    "definition": Scan._definition, "wiki": Scan._wiki, "note": Scan._note, "mention": Scan._mention,
    "emoji_name": Scan._emoji, "url": Scan._url, "math": Scan._math, "spoiler": Scan._spoiler,
}  # fmt: skip
