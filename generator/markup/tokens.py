"""Tokens of code as Pygments finds them, and their HTML; quicker than by its own loop, with the same result.

A state of a lexer is a list of patterns that are tried in turn; here they are joined to one, wherever a
pattern does not count its groups. Which language a code has, and what it may cost, is left to `highlight`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from html import escape
from itertools import groupby
from typing import Any, TypeAlias

from pygments.lexer import Lexer, RegexLexer
from pygments.token import STANDARD_TYPES, Error, Whitespace, _TokenType

Match: TypeAlias = Callable[[str, int], "re.Match[str] | None"]
Rule: TypeAlias = tuple[Match, Any, Any]
"""A pattern, what is made of its match, and the state that comes after it."""
Rules: TypeAlias = tuple[tuple[Match, Mapping["int | None", Rule]], ...]
"""Patterns in their order, each with its rules by the group that closes last."""

FEW = 100
"""Blocks of a lexer that are left to its own loop: preparing its patterns takes as long as a hundred blocks gain."""

# What would mean something else between other groups, or can't stand within a pattern.
_LETTERS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL, "x": re.VERBOSE}
_FLAGS = re.compile(r"\A\(\?[imsx]+\)")
_ALONE = re.compile(r"\\[1-9]|\(\?P|\(\?\(|\(\?[aiLmsux]+\)")


def coloured(lexer: Lexer, code: str) -> str:
    """The code's HTML with a class for each token, as `HtmlFormatter(nowrap=True)` writes it."""
    parts: list[str] = []
    name, run = "", ""
    for kind, value in _tokens(lexer, code):
        if (own := _class(kind)) == name:
            run += value
        elif value:
            parts.append(_spans(name, run))
            name, run = own, value
    parts.append(_spans(name, run))
    html = "".join(parts)
    return html if html.endswith("\n") or not html else html + "\n"


def _spans(name: str, text: str) -> str:
    """A run of one class; a line's end stands in no element."""
    text = escape(text, quote=False)
    if not name:
        return text
    if "\n" not in text:
        return f'<span class="{name}">{text}</span>'
    return "\n".join(f'<span class="{name}">{line}</span>' if line else "" for line in text.split("\n"))


@lru_cache(maxsize=1024)
def _class(kind: _TokenType) -> str:
    """A token's classes: its own, after that of the nearest kind that is known everywhere."""
    own = ""
    known = kind
    while known not in STANDARD_TYPES:
        own = f"-{known[-1]}{own}"
        known = known.parent  # type: ignore[assignment]  # the topmost is known
    found = STANDARD_TYPES[known]
    if known is kind:
        return found
    between = _class(kind.parent)
    return f"{between} {found}{own}"


def _tokens(lexer: Lexer, code: str) -> Iterable[tuple[_TokenType, str]]:
    kind = type(lexer)
    if (
        isinstance(lexer, RegexLexer)
        and kind.get_tokens_unprocessed is RegexLexer.get_tokens_unprocessed
        and kind.get_tokens is Lexer.get_tokens
        and getattr(kind, "_tokens", None) is lexer._tokens  # type: ignore[attr-defined]
        and not lexer.filters
    ):
        states = _states(kind)
        if states.is_worth_it():
            return _run(lexer, lexer._preprocess_lexer_input(code), states)  # type: ignore[attr-defined]
    return lexer.get_tokens(code)


def _run(lexer: Lexer, text: str, states: _States) -> Iterator[tuple[_TokenType, str]]:
    """What `RegexLexer.get_tokens_unprocessed` yields, without the positions."""
    stack = ["root"]
    rules = states["root"]
    at = 0
    while True:
        for match, owners in rules:
            found = match(text, at)
            if found is None:
                continue
            own, action, change = owners[found.lastindex]
            if type(action) is _TokenType:
                yield action, found[0]
            elif action is not None:
                for _, kind, value in action(lexer, found if match is own else own(text, at)):
                    yield kind, value
            at = found.end()
            if change is not None:
                _change(stack, change)
                rules = states[stack[-1]]
            break
        else:
            if at >= len(text):
                return
            if text[at] == "\n":
                stack = ["root"]
                rules = states["root"]
            yield (Whitespace if text[at] == "\n" else Error), text[at]
            at += 1


def _change(stack: list[str], change: Any) -> None:  # noqa: ANN401 - a name, a number, or several names
    if isinstance(change, int):
        del stack[1 if abs(change) >= len(stack) else change :]
        return
    for state in change if isinstance(change, tuple) else (change,):
        if state == "#push":
            stack.append(stack[-1])
        elif state != "#pop":
            stack.append(state)
        elif len(stack) > 1:
            stack.pop()


class _States(dict[str, Rules]):
    """The states of a lexer; each is prepared when it is first entered."""

    def __init__(self, lexer: Any) -> None:  # noqa: ANN401 - a lexer's class
        super().__init__()
        self.rules: Mapping[str, Sequence[Rule]] = lexer._tokens
        self.blocks = 0

    def __missing__(self, name: str) -> Rules:
        prepared = self[name] = tuple(_prepared(self.rules[name]))
        return prepared

    def is_worth_it(self) -> bool:
        """Whether a lexer has had so many blocks that preparing it pays."""
        self.blocks += 1
        return self.blocks > FEW


@lru_cache(maxsize=32)
def _states(lexer: Hashable) -> _States:
    return _States(lexer)


def _prepared(rules: Sequence[Rule]) -> Iterator[tuple[Match, Mapping[int | None, Rule]]]:
    for can_join, group in groupby(rules, key=_can_join):
        run = list(group)
        joined = _joined(run) if can_join and len(run) > 1 else None
        if joined is None:
            yield from (_alone(rule) for rule in run)
        else:
            yield joined


def _can_join(rule: Rule) -> bool:
    pattern = getattr(rule[0], "__self__", None)
    return isinstance(pattern, re.Pattern) and not (pattern.flags & re.ASCII or _ALONE.search(_body(pattern)))


def _body(pattern: re.Pattern[str]) -> str:
    """A pattern without the flags that it begins with."""
    return _FLAGS.sub("", pattern.pattern)


def _alone(rule: Rule) -> tuple[Match, Mapping[int | None, Rule]]:
    groups: int = getattr(getattr(rule[0], "__self__", None), "groups", 0)
    return rule[0], dict.fromkeys((None, *range(1, groups + 1)), rule)


def _joined(rules: Sequence[Rule]) -> tuple[Match, Mapping[int | None, Rule]] | None:
    owners: dict[int | None, Rule] = {}
    parts: list[str] = []
    group = 1
    for rule in rules:
        pattern: re.Pattern[str] = rule[0].__self__  # type: ignore[attr-defined]  # a bound method
        owners[group] = rule
        parts.append(_grouped(pattern))
        group += 1 + pattern.groups
    try:
        return re.compile("|".join(parts)).match, owners
    except re.error:
        return None


def _grouped(pattern: re.Pattern[str]) -> str:
    """A pattern as a group that keeps its flags."""
    flags = "".join(letter for letter, flag in _LETTERS.items() if pattern.flags & flag)
    # A comment at a verbose pattern's end would swallow the bracket.
    end = "\n" if "x" in flags else ""
    return f"((?{flags}:{_body(pattern)}{end}))" if flags else f"({pattern.pattern})"
