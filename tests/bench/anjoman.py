"""The bench's sites as Anjoman reads them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from tests.bench.corpus import BOARDS, Kind, Topic
from tests.bench.files import put


def write(site: Path, kind: Kind, topics: Iterable[Topic], engine: str, *, search: bool = False) -> None:
    """Write the site; search is off unless it is measured too, because the peers have none."""
    put(
        site / "site.toml",
        'title = "Bench"\nurl = "https://example.com/"\nlanguage = "en"\n\n'
        f'[markdown]\nengine = "{engine}"\n\n[search]\nenabled = {json.dumps(search)}\n',
    )
    for board in ("blog",) if kind == "blog" else BOARDS:
        put(site / f"content/{board}/board.md", f"---\ntitle: {board}\nkind: {kind}\n---\n")
    for topic in topics:
        put(site / f"content/{topic.board or 'blog'}/{topic.slug}.md", _text(topic))


def _text(topic: Topic) -> str:
    head = (
        f"---\ntitle: {json.dumps(topic.title)}\ndate: {topic.date:%Y-%m-%d %H:%M}\nauthor: {json.dumps(topic.author)}\n"
        f"tags: {json.dumps(topic.tags)}\nsummary: {json.dumps(topic.summary)}\n---\n"
    )
    replies = "".join(
        f"\n--- reply\nid: {reply.number + 1}\nauthor: {reply.author}\ndate: {reply.date:%Y-%m-%d %H:%M}\n---\n{reply.body}\n"
        for reply in topic.replies
    )
    return f"{head}{topic.body}\n{replies}"
