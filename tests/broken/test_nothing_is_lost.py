"""The law of the core: whatever a file says is on the page that its permalink names, or a problem says that it is left out."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import Problem
from generator.report import Result
from tests.conftest import SETTINGS, Community, community

FIELDS = [
    "author: leila", "author: [leila, omid]", "name: Visitor", "title: Same", "title: 'x: y'", "title: [", "date: 2026-01-02",
    "date: 2024-02-31", "date: soon", "tags: [a, C, C#]", "tags: {a: b}", "reply_to: 2", "reply_to: r3", "reply_to: gone",
    "id: r3", "id: '1'", "id: a b", "slug: same", "slug: /top/", "slug: ..", "slug: page", "aliases: [/x/, /cafe/t1/]",
    "pinned: true", "locked: perhaps", "hidden: false", "event: came in", "format: html", "format: text", "format: rtf",
    "votes: 3", "votes: many", "updated: 2026-02-03", "publish: 2020-01-01", "translation_of: cafe/t1", "titel: x",
    "extra: {a: [1, {b: c}]}", "url: javascript:alert(1)", "attachments: [x.png]", "polls: [{}]", "series: S", "summary: S",
    "language: fa", "dir: up", "reply: true", "\tx", "---", "--- reply", "x: &a [*a]", "accepted: r3",
]  # fmt: skip
PLACES = [
    "cafe/t1.md", "cafe/t1/r1.md", "cafe/t1/index.md", "cafe/T1.markdown", "cafe/old/t1.md", "cafe/t2/index.md", "cafe/t2/a.md",
    "cafe/t2/b.fa.md", "cafe/t1.fa.md", "blog/2026-01-05-t1.md", "blog/t1.md", "about.md", "cafe.md", "help/index.md", "tags.md",
    "cafe/page.md", "members/leila.md", "members/x/leila.md", "blog/sub/t3.md", "cafe/t1/deep/r2.md", "index.md", "fa.md",
]  # fmt: skip
EDGES = ["", "\n\n```\nunclosed", "\n\n<div><b>", "\n\n[[Same]] @leila", "\n\n> @leila #2:\n> x", "\n\n- a\n- b", "\n\n\\--- reply", "\n\n| a |\n|"]


@dataclass(frozen=True, slots=True)
class Words:
    """A text of an entry: a word that is nowhere else, and what stands around it."""

    number: int
    edge: str

    @property
    def mark(self) -> str:
        return f"word{self.number}word"


def entry(fields: list[str], words: Words, opening: bool) -> str:
    header = "".join(f"{field}\n" for field in fields)
    begin = "---\n" if opening else "--- reply\n"
    return f"{begin}{header}---\n{words.mark} said so.{words.edge}\n"


@st.composite
def sites(draw: st.DrawFn) -> tuple[dict[str, str], dict[str, str]]:
    """Files, and the file of each word."""
    files: dict[str, str] = {}
    marks: dict[str, str] = {}
    for path in draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=8, unique=True)):
        text = ""
        for place in range(draw(st.integers(1, 4))):
            words = Words(len(marks), draw(st.sampled_from(EDGES)))
            text += entry(draw(st.lists(st.sampled_from(FIELDS), max_size=4)), words, opening=place == 0)
            marks[words.mark] = path
        files[path] = text
    return files, marks


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all sites, because templates are compiled anew for each."""
    return tmp_path_factory.mktemp("site")


def emptied(folder: Path) -> Path:
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    return folder


def says_so(problem: Problem) -> bool:
    """Whether something is left out, and the problem says it."""
    return problem.severity == "error" or "left out" in problem.message


def topics(paths: set[str]) -> set[str]:
    """The folders of the topics that these files open: with a topic its replies are left out."""
    stems = {path.removesuffix(".markdown").removesuffix(".md").removesuffix(".fa") for path in paths}
    return stems | {stem.removesuffix("/index") for stem in stems}


def lost(site: Community, result: Result, marks: dict[str, str]) -> list[str]:
    """The words that are on no page at a permalink of theirs, of files of which no problem says so."""
    shown = {
        node.text()
        for name in site.html_files()
        for node in site.page(f"/{name}").css(".entry .prose, .article-text > .prose, main > .prose, .profile .prose, .prose, .event")
    }
    every = " ".join(shown)
    named = {problem.path.removeprefix("content/") for problem in result.problems if says_so(problem)}
    named |= {path for path in marks.values() if any(path.startswith(f"{key}/") for key in topics(named))}
    return [mark for mark, path in marks.items() if mark not in every and path not in named]


@settings(max_examples=50, deadline=None)
@given(sites())
def test_every_entry_is_on_its_page_or_its_file_is_named(folder: Path, made: tuple[dict[str, str], dict[str, str]]) -> None:
    files, marks = made
    text = SETTINGS + 'languages = ["fa"]\n'
    site = community(emptied(folder), dict(files), settings=text, cafe="title: Café\nper_page: 2", blog="kind: blog")
    assert lost(site, site.build(), marks) == []


REPLIES = ["author: leila", "name: V", "date: 2026-01-02", "date: x", "reply_to: 2", "reply_to: 7", "id: x", "updated: 2026-02-03"]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.sampled_from(REPLIES), max_size=3), min_size=1, max_size=9))
def test_every_reply_stands_at_its_permalink(folder: Path, replies: list[list[str]]) -> None:
    text = "---\ndate: 2026-01-01\n---\nOpening.\n"
    text += "".join(entry(fields, Words(number, ""), opening=False) for number, fields in enumerate(replies, 2))
    site = community(emptied(folder), {"cafe/tea.md": text}, cafe="per_page: 3")
    result = site.build()
    told = {problem.line for problem in result.errors}
    prefix = "/forum"
    for name in sorted(site.html_files()):
        if name.startswith("cafe/tea/"):
            for node in site.page(f"/{name}").css(".entries .entry"):
                href = str(node.css(".permalink")[0].attributes["href"])
                address, _, anchor = href.removeprefix(prefix).partition("#")
                assert anchor == node.attributes["id"]
                assert site.file(address) == site.file(f"/{name}")
    pages = "".join(site.source(f"/{name}") for name in site.html_files() if name.startswith("cafe/tea/"))
    gone = [number for number in range(2, len(replies) + 2) if f"word{number}word" not in pages]
    assert len(gone) <= len(told)
