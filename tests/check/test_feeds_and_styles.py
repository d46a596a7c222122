"""Addresses in what is no page: style sheets, feeds, sitemaps, robots.txt, manifests."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.check.styles import urls

from .sites import ORIGIN, only, told

SITE = {"index.html": "", "cafe/index.html": '<p id="r-2">', "a.png": "", "s.css": "", "e.mp3": ""}
ATOM = '<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n{}\n</feed>'
RSS = (
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">\n\n{}</rss>'
)
SITEMAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n\n<url>{}</url></urlset>'
MAPS = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n\n<sitemap>{}</sitemap></sitemapindex>'

XML = [
    ("feed.xml", ATOM, '<link href="{}"/>', "href", ORIGIN + "/cafe/"),
    ("feed.xml", ATOM, '<entry><link rel="enclosure" href="{}"/></entry>', "href", ORIGIN + "/e.mp3"),
    ("feed.xml", ATOM, "<icon>{}</icon>", "icon", "/a.png"),
    ("feed.xml", ATOM, "<author><uri>{}</uri></author>", "uri", ORIGIN + "/cafe/"),
    (
        "feed.xml",
        ATOM,
        '<entry><content type="html">&lt;a href="{}"&gt;</content></entry>',
        "href",
        "cafe/#r-2",
    ),
    (
        "feed.xml",
        ATOM,
        '<content type="html"><![CDATA[<img alt="" src="{}">]]></content>',
        "src",
        ORIGIN + "/a.png",
    ),
    (
        "feed.xml",
        ATOM,
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><a href="{}">x</a></div></content>',
        "href",
        "/cafe/",
    ),
    ("feed.rss", RSS, "<channel><link>{}</link></channel>", "link", ORIGIN + "/"),
    ("feed.rss", RSS, "<item><guid>{}</guid></item>", "guid", ORIGIN + "/cafe/"),
    ("feed.rss", RSS, '<item><enclosure url="{}"/></item>', "url", ORIGIN + "/e.mp3"),
    ("feed.rss", RSS, '<itunes:image href="{}"/>', "href", ORIGIN + "/a.png"),
    ("feed.rss", RSS, '<item><description>&lt;a href="{}"&gt;</description></item>', "href", "/cafe/"),
    (
        "feed.rss",
        RSS,
        '<item><content:encoded><![CDATA[<a href="{}">]]></content:encoded></item>',
        "href",
        "/cafe/",
    ),
    ("sitemap.xml", SITEMAP, "<loc>{}</loc>", "loc", ORIGIN + "/cafe/"),
    ("sitemap.xml", MAPS, "<loc>{}</loc>", "loc", ORIGIN + "/s.css"),
]


@pytest.mark.parametrize(("name", "frame", "piece", "field", "right"), XML)
def test_an_address_in_xml_is_checked(
    tmp_path: Path, name: str, frame: str, piece: str, field: str, right: str
) -> None:
    assert told(tmp_path, {**SITE, name: frame.format(piece.format(right))}) == []
    wrong = ORIGIN + "/nowhere/"
    problem = only(told(tmp_path, {**SITE, name: frame.format(piece.format(wrong))}))
    assert (problem.path, problem.line, problem.field) == (name, 3, field)
    assert problem.message == f"“{wrong}”: no page"


@pytest.mark.parametrize(
    "piece",
    ["<id>tag:forum.example,2026:1</id>", "<id>urn:uuid:1</id>", '<link href="https://other.example/"/>'],
)
def test_what_is_elsewhere_in_a_feed_is_left_alone(tmp_path: Path, piece: str) -> None:
    assert told(tmp_path, {"feed.xml": ATOM.format(piece)}) == []


def test_an_id_that_is_a_link_is_a_warning_where_it_leads_nowhere(tmp_path: Path) -> None:
    problem = only(told(tmp_path, {"feed.xml": ATOM.format(f"<id>{ORIGIN}/gone/</id>")}))
    assert (problem.field, problem.severity) == ("id", "warning")


def test_a_guid_that_is_no_link_is_left_alone(tmp_path: Path) -> None:
    piece = '<item><guid isPermaLink="false">42</guid></item>'
    assert told(tmp_path, {"feed.rss": RSS.format(piece)}) == []


def test_a_base_in_a_feed_counts_for_its_content(tmp_path: Path) -> None:
    piece = f'<entry xml:base="{ORIGIN}/cafe/"><content type="html">&lt;a href="#r-2"&gt;&lt;a href="x/"&gt;</content></entry>'
    assert only(told(tmp_path, {**SITE, "feed.xml": ATOM.format(piece)})).message == "“x/”: no page"


def test_an_anchor_within_the_content_of_a_feed_is_found_there(tmp_path: Path) -> None:
    piece = '<content type="html">&lt;a href="#n"&gt;&lt;p id="n"&gt;&lt;a href="#m"&gt;</content>'
    assert "no id “m”" in only(told(tmp_path, {"feed.xml": ATOM.format(piece)})).message


def test_a_feed_with_a_document_type_is_refused_unread(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE feed [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>\n<feed><link href="&b;"/></feed>'
    problem = only(told(tmp_path, {"feed.xml": bomb}))
    assert "document type" in problem.message
    assert problem.line == 1


def test_a_broken_feed_is_told_with_its_line(tmp_path: Path) -> None:
    problem = only(told(tmp_path, {"feed.xml": "<feed>\n<a></b></feed>"}))
    assert problem.line == 2
    assert problem.message.startswith("expected XML")


def test_other_xml_is_left_alone(tmp_path: Path) -> None:
    files = {
        "book.xml": "<!DOCTYPE book SYSTEM 'b.dtd'><book/>",
        "pom.xml": "<project><url>/x</url></project>",
    }
    assert told(tmp_path, files) == []


def test_a_json_feed_is_checked(tmp_path: Path) -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "home_page_url": f"{ORIGIN}/",
        "feed_url": f"{ORIGIN}/feed.json",
        "items": [
            {
                "id": "1",
                "url": f"{ORIGIN}/gone/",
                "content_html": '<a href="/lost/">x</a>',
                "external_url": "https://o.example/",
            },
            {"id": f"{ORIGIN}/moved/", "attachments": [{"url": f"{ORIGIN}/e.mp3"}, {"url": "/f.mp3"}]},
        ],
    }
    problems = told(tmp_path, {**SITE, "feed.json": json.dumps(feed, indent=1)})
    assert {(one.field, one.severity) for one in problems} == {
        ("url", "error"),
        ("href", "error"),
        ("id", "warning"),
    }
    assert len(problems) == 4
    assert all(one.line > 1 for one in problems)


def test_other_json_is_left_alone(tmp_path: Path) -> None:
    assert told(tmp_path, {"search/0.json": '{"url": "/nowhere/"}'}) == []


@pytest.mark.parametrize("name", ["site.webmanifest", "manifest.json"])
def test_a_manifest_is_checked(tmp_path: Path, name: str) -> None:
    manifest = {"start_url": "/", "scope": "/", "icons": [{"src": "/a.png"}, {"src": "/c.png"}], "name": "/x"}
    problem = only(told(tmp_path, {**SITE, name: json.dumps(manifest, indent=1)}))
    assert (problem.field, problem.message) == ("src", "“/c.png”: no file")


@pytest.mark.parametrize("text", ['{"a": ', "[" * 100_000, '{"start_url": ' + "9" * 10_000 + "}"])
def test_a_broken_manifest_is_told(tmp_path: Path, text: str) -> None:
    assert only(told(tmp_path, {"m.webmanifest": text})).message.startswith("expected JSON")


def test_half_a_surrogate_pair_is_no_crash(tmp_path: Path) -> None:
    files = {**SITE, "m.webmanifest": '{"start_url": "/cafe/#\\ud800"}'}
    assert "no id" in only(told(tmp_path, files)).message


def test_robots_name_the_sitemap(tmp_path: Path) -> None:
    robots = f"User-agent: *\nSITEMAP: {ORIGIN}/sitemap.xml\nSitemap: {ORIGIN}/a.png"
    problem = only(told(tmp_path, {**SITE, "robots.txt": robots}))
    assert (problem.line, problem.field) == (2, "Sitemap")


def test_a_style_sheet_is_checked_from_its_own_place(tmp_path: Path) -> None:
    style = "@import 'more.css';\np { background: url(../a.png) }\nq { background: url(a.png) }\ni { fill: url(#g) }"
    problem = only(told(tmp_path, {**SITE, "css/s.css": style, "css/more.css": ""}))
    assert (problem.path, problem.line, problem.message) == ("css/s.css", 3, "“a.png”: no file")


@pytest.mark.parametrize(
    ("css", "found"),
    [
        ("a{b:url(x)}", ["x"]),
        ("a{b:URL( 'x y' )}", ["x y"]),
        ('a{b:url("x)\\"y")}', ['x)"y']),
        ("a{b:url(a\\28 b)}", ["a(b"]),
        ("@import \"x\";@import url(y);@import\n'z';", ["x", "y", "z"]),
        ('/* url(x) */a{content:"url(y)"}', []),
        ("a{b:url()}/* url(x)", []),
        ("a{b:url(x),url(y)}", ["x", "y"]),
        ('a{content:"\\"url(x)"}b{c:url(y)}', ["y"]),
    ],
)
def test_addresses_in_css_follow_its_syntax(css: str, found: list[str]) -> None:
    assert list(urls(css)) == found
