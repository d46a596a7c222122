"""The bench's sites for Hugo, with layouts that show what Anjoman's pages show of a topic: no more, no less.

Replies are sections of the topic's page, because Hugo has none. The list of recent topics is rendered once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from tests.bench.corpus import Kind, Topic
from tests.bench.files import put

_NAVIGATION = "".join(f'<li><a href="/s{number}/">Section {number}</a></li>' for number in range(12))
_HEAD = (
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/style.css">'
)
_BASE = (
    f'<!DOCTYPE html><html lang="en"><head>{_HEAD}<title>{{{{ .Title }}}}</title></head><body>'
    f"<header><nav><ul>{_NAVIGATION}</ul></nav></header>"
    '<main>{{ block "main" . }}{{ end }}</main><aside>{{ partialCached "recent.html" . }}</aside></body></html>'
)
_RECENT = (
    '<ul>{{ range first 10 site.RegularPages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>'
)
_PAGE = (
    '{{ define "main" }}<article><h1>{{ .Title }}</h1><time>{{ .Date.Format "2 Jan 2006" }}</time>'
    '{{ range .GetTerms "authors" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ .Content }}'
    '{{ range .GetTerms "tags" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}'
    '{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}'
    '{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</article>{{ end }}'
)
_LIST = (
    '{{ define "main" }}<h1>{{ .Title }}</h1>{{ range .Paginator.Pages }}<article><h2><a href="{{ .RelPermalink }}">'
    '{{ .Title }}</a></h2><time>{{ .Date.Format "2006-01-02" }}</time><p>{{ .Params.description }}</p></article>'
    "{{ end }}{{ end }}"
)
_LAYOUTS = {
    "baseof.html": _BASE,
    "_partials/recent.html": _RECENT,
    "page.html": _PAGE,
    "list.html": _LIST,
    "home.html": _LIST.replace(".Paginator.Pages", "(.Paginate site.RegularPages).Pages"),
    "taxonomy.html": (
        '{{ define "main" }}<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>'
        "{{ end }}</ul>{{ end }}"
    ),
}


def write(site: Path, kind: Kind, topics: Iterable[Topic]) -> None:
    """Write the site."""
    boards = 'board="boards"\n' if kind == "forum" else ""
    put(
        site / "hugo.toml",
        'baseURL="https://example.com/"\ntitle="Bench"\n[pagination]\npagerSize=20\n[taxonomies]\ntag="tags"\n'
        f'author="authors"\n{boards}[markup.highlight]\nnoClasses=false\n[services.rss]\nlimit=20\n',
    )
    for name, text in _LAYOUTS.items():
        put(site / "layouts" / name, text)
    for topic in topics:
        put(site / f"content/posts/{topic.slug}.md", _text(topic))


def _text(topic: Topic) -> str:
    board = f'boards: ["{topic.board}"]\n' if topic.board else ""
    return (
        f"---\ntitle: {json.dumps(topic.title)}\ndate: {topic.date:%Y-%m-%dT%H:%M:%S}Z\n"
        f"description: {json.dumps(topic.summary)}\nauthors: [{json.dumps(topic.author)}]\n"
        f"tags: {json.dumps(topic.tags)}\n{board}---\n{topic.whole}\n"
    )
