"""The bench's sites for Pelican, with its own theme. Replies are sections of the topic's page, because it has none."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tests.bench.corpus import Kind, Topic
from tests.bench.files import put

_SETTINGS = (
    'SITENAME="Bench"\nSITEURL="https://example.com"\nPATH="content"\nTIMEZONE="UTC"\nDEFAULT_LANG="en"\n'
    'DEFAULT_PAGINATION=20\nFEED_ALL_ATOM="feeds/all.atom.xml"\nCATEGORY_FEED_ATOM=None\nTRANSLATION_FEED_ATOM=None\n'
    "AUTHOR_FEED_ATOM=None\nAUTHOR_FEED_RSS=None\nFEED_MAX_ITEMS=20\n"
)


def write(site: Path, kind: Kind, topics: Iterable[Topic]) -> None:
    """Write the site."""
    put(site / "pelicanconf.py", _SETTINGS)
    for topic in topics:
        put(site / f"content/{topic.slug}.md", _text(topic))


def _text(topic: Topic) -> str:
    return (
        f"Title: {topic.title}\nDate: {topic.date:%Y-%m-%d %H:%M}\nCategory: {topic.board or 'blog'}\n"
        f"Tags: {', '.join(topic.tags)}\nAuthor: {topic.author}\nSummary: {topic.summary}\nSlug: {topic.slug}\n\n"
        f"{topic.whole}\n"
    )
