"""The bench's sites are always the same, and figures of different days compare."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.bench import anjoman, hugo, pelican
from tests.bench.corpus import KINDS, Kind, corpus, middle
from tests.bench.shapes import SHAPES, one_more, write

DIGESTS = {"blog": "6f77dfaa7a065a7a", "forum": "4034a480bf703aff"}
"""Of the first twenty topics. Where one changes, no older figure compares any more."""


@pytest.mark.parametrize("kind", KINDS)
def test_the_texts_are_those_of_the_published_figures(kind: Kind) -> None:
    text = "".join(f"{topic.slug}{topic.title}{topic.date}{topic.tags}{topic.whole}{topic.summary}" for topic in corpus(kind, 20))
    assert hashlib.sha256(text.encode()).hexdigest()[:16] == DIGESTS[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_a_larger_corpus_begins_with_the_smaller_one(kind: Kind) -> None:
    assert list(corpus(kind, 9))[:5] == list(corpus(kind, 5))


@pytest.mark.parametrize("kind", KINDS)
def test_every_generator_gets_the_same_texts(kind: Kind, tmp_path: Path) -> None:
    topics = list(corpus(kind, 6))
    anjoman.write(tmp_path / "anjoman", kind, topics, "markdown")
    hugo.write(tmp_path / "hugo", kind, topics)
    pelican.write(tmp_path / "pelican", kind, topics)
    for name in ("anjoman", "hugo", "pelican"):
        (path,) = (tmp_path / name).glob(f"content/**/{middle(kind, 6)}.md")
        text = path.read_text("utf-8")
        assert topics[3].body in text
        assert all(reply.body in text for reply in topics[3].replies)


@pytest.mark.parametrize("name", SHAPES)
def test_a_shape_is_always_the_same_and_as_large_as_it_was_asked_for(name: str) -> None:
    shape = SHAPES[name]
    files = list(shape(60))
    assert files == list(shape(60))
    assert len({file.path for file in files}) == len(files)
    assert _count(name, "".join(file.text for file in files)) == 60


def _count(name: str, text: str) -> int:
    openings, replies = text.count("title: Question"), text.count("--- reply\n")
    if name == "tags":
        lines = [line for line in text.splitlines() if line.startswith("tags: ")]
        return len({tag for line in lines for tag in line[7:-1].split(", ")})
    if name in ("topic", "files", "astray"):
        return replies
    return openings + replies


def test_a_reply_is_added_to_a_topic_of_the_shape(tmp_path: Path) -> None:
    for name, shape in SHAPES.items():
        edited = write(tmp_path / name, shape, 60)
        assert edited.name.startswith("topic-")
        assert edited.is_file()
    assert one_more(1) != one_more(2)
