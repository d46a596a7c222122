"""Names: how a member's is written in a text, and fixed sets of them (tags, attributes) written as one string."""

from __future__ import annotations

# Python's \w leaves out the marks that letters of many scripts carry, and the joiners between Persian letters.
_MARKS = (
    "\\u0300-\\u036f\\u0591-\\u05bd\\u0610-\\u061a\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u200c\\u200d"
    "\\u0900-\\u0963\\u0981-\\u0dff\\u0e31-\\u0e3a\\u0e47-\\u0e4e"
)
MEMBER = rf"(?:(?P<name>\w(?:[\w{_MARKS}.-]{{0,62}}[\w{_MARKS}])?)|\"(?P<quoted>[^\"\n@<>]{{1,64}})\")"
"""A pattern of a name after its `@`: letters, digits, `.`, `_` and `-`, or anything short in quotes."""


def named(names: str) -> frozenset[str]:
    """A set of names that are written with spaces between them."""
    return frozenset(names.split())
