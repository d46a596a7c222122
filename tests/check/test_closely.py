"""What `anjoman check --html --feeds` looks at: each fault is found, and a built site has none."""

from __future__ import annotations

import json

import pytest

from generator.check import check_links
from generator.check.markup import check_page
from generator.check.schemas import check_feed, check_json, check_linked_data
from tests.conftest import SETTINGS, Community

PAGE = '<!doctype html><html lang="en"><head><title>T</title></head><body><main><h1>T</h1>{}</main></body></html>'
BOTH = frozenset({"html", "feeds"})


def faults(body: str) -> list[str]:
    return [problem.message for problem in check_page("x.html", PAGE.format(body))]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<b><i>x</b>", "<i> of line 1 has not ended before </b>"),
        ("</div>", "</div> ends nothing that is open"),
        ("<section><h2>x</h2>", "<section> of line 1 has not ended before </main>"),
        ("<p>a<div>b</div></p>", "</p> ends nothing that is open"),
        ("<span><ul><li>x</ul></span>", "<ul> may not stand in <span>"),
        ('<p class="a" class="b">x</p>', "<p> has the attribute class 2 times"),
        ('<p style="color: red">x</p>', "<p> has a style of its own, which the page's policy forbids"),
        ('<p onclick="x()">x</p>', "<p> has a script of its own, which the page's policy forbids"),
        ('<p id="a b">x</p>', "the id “a b” is empty or has a space in it"),
        ("<figure><img alt=x><figcaption>x</figcaption><a href='/'>x</a></figure>", "<a> stands in a figure after its caption"),
        ("<center>x</center>", "<center> is no longer HTML"),
        ("<h4>x</h4>", "a heading h4 follows h1"),
        ("<h1>x</h1>", "expected one h1, not 2"),
        ("<button><svg></svg></button>", "<button> of line 1 has nothing that names it"),
        ('<a href="/"><img src="a.png" alt=""></a>', "<a> of line 1 has nothing that names it"),
        ("</main><main>", "expected one main, not 2"),
        ('<script type="application/ld+json">{</script>', "expected JSON"),
    ],
)
def test_a_fault_of_a_page_is_found(body: str, expected: str) -> None:
    assert faults(body) == [expected]


@pytest.mark.parametrize(
    "body",
    [
        "<ul><li>a<li>b</ul><p>a<p>b<table><tr><td>x</table>",
        '<a href="/"><img src="a.png" alt="A"></a><a href="/" aria-hidden="true"></a><button aria-label="x"></button>',
        '<svg viewBox="0 0 1 1"><use href="#a"/><g><path d="M0 0"/></g></svg><math><mi>x</mi></math>',
        "<figure><figcaption>x</figcaption><img alt=x></figure><figure><img alt=x><p>x</p><figcaption>x</figcaption></figure>",
        "<h2>a</h2><h3>b</h3><h2>c</h2><br><hr/><input type=checkbox>",
        "<a href='/'><div>x</div></a><ruby>a<rt>b</ruby>",
    ],
)
def test_what_html_allows_is_no_fault(body: str) -> None:
    assert faults(body) == []


def test_a_page_says_its_language_and_has_a_title() -> None:
    found = [problem.field for problem in check_page("x.html", "<html><body><main><h1>T</h1></main></body></html>")]
    assert found == ["lang", "title"]


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        ({"@type": "Comment", "text": "x", "datePublished": "2026-01-01"}, "expected Comment to have author"),
        ({"@type": "Comment", "author": {"@type": "Person", "name": ""}, "text": "x", "datePublished": "2026-01-01"}, "expected Person to have name"),
        ({"@type": "DiscussionForumPosting", "author": {}, "datePublished": "2026-01-01T10:00:00Z", "headline": "x"}, "expected DiscussionForumPosting to have author"),
        ({"@type": "Question", "name": "x", "answerCount": 1, "suggestedAnswer": {"@type": "Answer"}}, "expected Answer to have text"),
        ({"datePublished": "1 May 2026"}, "datePublished “1 May 2026” is no date of ISO 8601"),
        ({"@type": "Person", "name": "x", "image": "/me.png"}, "image “/me.png” is no whole address"),
    ],
)
def test_a_fault_of_linked_data_is_found(node: object, expected: str) -> None:
    assert expected in [problem.message for problem in check_linked_data("x", 1, json.dumps(node))]


ENTRY = "<entry><id>a:1</id><title>t</title><updated>2026-01-01T00:00:00Z</updated><author><name>n</name></author><content>x</content></entry>"
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><id>a:b</id><title>t</title><updated>2026-01-01T00:00:00Z</updated><link rel="self" href="x"/>{}</feed>'
ITEM = "<item><title>t</title><guid>1</guid><pubDate>Thu, 01 Jan 2026 00:00:00 +0000</pubDate></item>"
RSS = '<rss version="2.0"><channel><title>t</title><link>x</link><description>d</description>{}</channel></rss>'


@pytest.mark.parametrize(
    ("feed", "expected"),
    [
        (ATOM.format(ENTRY), None),
        (ATOM.format(ENTRY * 2), "two entries have the id a:1"),
        (ATOM.format(ENTRY.replace("<title>t</title>", "")), "the entry a:1 has 0 of title, expected one"),
        (ATOM.format(ENTRY.replace("2026-01-01T00:00:00Z", "2026-01-01")), "updated “2026-01-01” is no date of RFC 3339"),
        (ATOM.format(ENTRY.replace("<name>n</name>", "")), "the entry a:1 has no author with a name"),
        (ATOM.format(ENTRY.replace("a:1", "one")), "the id “one” is no IRI"),
        (ATOM.replace('<link rel="self" href="x"/>', "").format(""), "the feed does not name its own address (rel self)"),
        (RSS.format(ITEM), None),
        (RSS.format(ITEM * 2), "two items have the guid 1"),
        (RSS.format(ITEM.replace("Thu, 01 Jan 2026 00:00:00 +0000", "soon")), "pubDate “soon” is no date of RFC 822"),
        (RSS.format("").replace("<link>x</link>", ""), "the channel has no link"),
        ("<other/>", None),
    ],
)
def test_a_fault_of_a_feed_is_found(feed: str, expected: str | None) -> None:
    assert [problem.message for problem in check_feed("feed.xml", feed.encode())] == ([expected] if expected else [])


def test_faults_of_json_feeds_and_manifests_are_found() -> None:
    feed = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": [{"url": "x"}]})
    assert [problem.message for problem in check_json("feed.json", feed)] == [
        "an item has no id",
        "the item  has neither content_html nor content_text",
    ]
    manifest = json.dumps({"name": "t", "start_url": "/", "scope": "/forum/", "icons": [{}]})
    (problem,) = check_json("m.webmanifest", manifest)
    assert problem.message == "start_url “/” is not within the scope “/forum/”"


@pytest.mark.parametrize("theme", ["agora", "journal", "classic"])
def test_a_built_site_has_no_fault_and_no_style_in_any_attribute(site: Community, theme: str) -> None:
    text = "---\ntitle: T\nauthor: leila\ndate: 2026-01-01\ntags: [a]\n---\n| a | b |\n|:-:|--:|\n| 1 | 2 |\n\n- [x] done\n\n```python\nx = 1\n```\n\n$$x^2$$\n\n<p style='color:red'>raw</p>\n"
    reply = "--- reply\nauthor: omid\ndate: 2026-01-02\n---\nYes. @leila\n--- reply\nauthor: ada\ndate: 2026-01-03\nreply_to: 2\ndeleted: true\n---\nNo.\n"
    formats = '[feeds]\nformats = ["atom", "rss", "json"]\nplaces = ["site", "boards", "topics", "tags", "members"]\n'
    settings = SETTINGS + formats + f'[theme]\nname = "{theme}"\n'
    site.write({"/site.toml": settings, "cafe/a.md": text + reply, "blog/b.md": text + reply, "about.md": text}, cafe="", blog="kind: blog", empty="").clean()
    found = check_links(site.root / "output", prefix="/forum", origin="https://example.org", strictly=BOTH)
    assert [str(problem) for problem in found] == []
    assert [name for name in site.html_files() if site.page("/" + name).css("[style]")] == []


def test_only_what_is_asked_for_is_looked_at_closely(site: Community) -> None:
    site.write({"/static/old.html": PAGE.format("<center>x</center>")}).clean()
    output = site.root / "output"
    assert not [one for one in check_links(output, prefix="/forum") if one.field == "center"]
    assert [one.path for one in check_links(output, prefix="/forum", strictly=BOTH) if one.field == "center"] == ["old.html"]
