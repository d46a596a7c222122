"""What the markup tests share: rendering by name of engine, and looking at the HTML as a parser sees it."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from generator.markup.interface import MARK_CLOSE, MARK_OPEN, MarkKind, Options, Rendered, resolve
from generator.markup.render import render

ENGINES = ("markdown", "commonmark")
PREFIX = "r-2-"


def rendered(text: str, engine: str = "commonmark", **options: object) -> Rendered:
    """An entry as a stranger wrote it."""
    return render(text, Options(engine=engine, **{"prefix": PREFIX, **options}))  # type: ignore[arg-type]


def shown(text: str, engine: str = "commonmark", **options: object) -> str:
    """Its HTML on one line, every mark as `{kind target}`."""
    made = rendered(text, engine, **options)
    html = resolve(made.html, made.marks, lambda mark: f"{{{mark.kind} {mark.target}}}")
    return re.sub(r"\s*\n\s*", "", html)


def parsed(html: str) -> LexborHTMLParser:
    """The HTML as a browser's parser understands it."""
    return LexborHTMLParser(f"<!doctype html><body>{html}")


def check_marks(made: Rendered) -> None:
    """Every private-use character that is reserved belongs to a mark that exists."""
    numbers = re.findall(f"{MARK_OPEN}([0-9]+){MARK_CLOSE}", made.html)
    assert all(int(number) < len(made.marks) for number in numbers)
    rest = re.sub(f"{MARK_OPEN}[0-9]+{MARK_CLOSE}", "", made.html)
    assert not re.search("[\ue000-\ue007]", rest + made.text)
    # A mark that becomes an element never stands in a tag.
    for tag in re.findall(r"<[a-z][^>\"]*(?:\"[^\"]*\"[^>\"]*)*>", made.html):
        for number in re.findall(f"{MARK_OPEN}([0-9]+){MARK_CLOSE}", tag):
            assert made.marks[int(number)].kind is MarkKind.ADDRESS
