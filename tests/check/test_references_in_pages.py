"""Every attribute that can hold an address: a working one is silent, a broken one is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.check import references
from generator.check.pages import candidates

from .sites import ORIGIN, only, told

PAGE = "/cafe/"
FILE = "/a.png"
SITE = {
    "cafe/index.html": '<p id="x">',
    "a.png": "",
    "b.png": "",
    "s.css": "",
    "i.svg": '<svg><g id="k"/></svg>',
}

ATTRIBUTES = [
    ('<a href="{}">x</a>', "href", PAGE, "/caffe/"),
    ('<a href="/cafe/" ping="/cafe/ {}">x</a>', "ping", PAGE, "/caffe/"),
    ('<map><area href="{}"></map>', "href", PAGE, "/caffe/"),
    ('<link rel="stylesheet" href="{}">', "href", "/s.css", "/t.css"),
    ('<link rel="canonical" href="{}">', "href", ORIGIN + PAGE, ORIGIN + "/caffe/"),
    ('<link rel="alternate" href="{}">', "href", ORIGIN + PAGE, ORIGIN + "/caffe/"),
    ('<link rel="preload" imagesrcset="/a.png 1x, {} 2x">', "imagesrcset", FILE, "/c.png"),
    ('<img alt="" src="{}">', "src", FILE, "/c.png"),
    ('<img alt="" srcset="/a.png 1x, {} 2x">', "srcset", FILE, "/c.png"),
    ('<video poster="{}"></video>', "poster", FILE, "/c.png"),
    ('<audio><source src="{}"></audio>', "src", FILE, "/c.ogg"),
    ('<script src="{}"></script>', "src", FILE, "/c.js"),
    ('<iframe src="{}"></iframe>', "src", PAGE, "/caffe/"),
    ('<object data="{}"></object>', "data", FILE, "/c.png"),
    ('<form action="{}"></form>', "action", PAGE, "/find/"),
    ('<button formaction="{}">x</button>', "formaction", PAGE, "/find/"),
    ('<blockquote cite="{}">x</blockquote>', "cite", PAGE, "/caffe/"),
    ('<img alt="" src="/a.png" longdesc="{}">', "longdesc", PAGE, "/caffe/"),
    ('<meta http-equiv="refresh" content="0; url={}">', "refresh", PAGE, "/caffe/"),
    ('<meta http-equiv="Refresh" content="0;URL=\'{}\'">', "refresh", PAGE, "/caffe/"),
    ('<meta property="og:url" content="{}">', "og:url", ORIGIN + PAGE, ORIGIN + "/caffe/"),
    ('<meta property="og:image" content="{}">', "og:image", ORIGIN + FILE, ORIGIN + "/c.png"),
    ('<meta name="twitter:image" content="{}">', "twitter:image", ORIGIN + FILE, ORIGIN + "/c.png"),
    ('<svg><use href="{}"/></svg>', "href", "/i.svg#k", "/i.svg#z"),
    ('<svg><use xlink:href="{}"/></svg>', "href", "/i.svg#k", "/i.svg#z"),
    ("<p style=\"background: url('{}')\">", "style", FILE, "/c.png"),
    ("<style>p {{ background: url({}) }}</style>", "style", FILE, "/c.png"),
    ('<style>@import "{}";</style>', "style", "/s.css", "/t.css"),
    (
        '<script type="application/ld+json">{{"image": ["{}"]}}</script>',
        "image",
        ORIGIN + FILE,
        ORIGIN + "/c.png",
    ),
    ("<template><a href='{}'>x</a></template>", "href", PAGE, "/caffe/"),
    ("<noscript><img alt='' src='{}'></noscript>", "src", FILE, "/c.png"),
]


@pytest.mark.parametrize(("html", "field", "right", "wrong"), ATTRIBUTES)
def test_an_address_is_checked_wherever_it_stands(
    tmp_path: Path, html: str, field: str, right: str, wrong: str
) -> None:
    assert told(tmp_path, {**SITE, "index.html": html.format(right)}) == []
    problem = only(told(tmp_path, {**SITE, "index.html": "<!doctype html>\n\n" + html.format(wrong)}))
    assert (problem.path, problem.line, problem.field) == ("index.html", 3, field)
    assert wrong in problem.message
    assert problem.severity == "error"


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://other.example/x">',
        '<a href="//other.example/x">',
        '<a href="mailto:a@b.example">',
        '<a href="javascript:void(0)">',
        '<img alt="" src="data:image/png;base64,AAAA">',
        '<link rel="preconnect" href="/x">',
        '<link rel="webmention" href="/x">',
        '<form method="post" action="/inbox"></form>',
        '<meta http-equiv="refresh" content="30">',
        '<meta property="og:title" content="/nowhere">',
        '<p data="/nowhere">',
        "<a href>",
        '<script type="application/ld+json">{"text": "https://forum.example/nowhere"}</script>',
        '<script type="application/ld+json">{"@id": "https://forum.example/#author"}</script>',
        '<script type="application/ld+json">not JSON</script>',
    ],
)
def test_what_is_no_page_of_the_site_is_left_alone(tmp_path: Path, html: str) -> None:
    assert told(tmp_path, {"index.html": html}) == []


def test_a_base_moves_relative_addresses(tmp_path: Path) -> None:
    files = {**SITE, "index.html": '<base href="/cafe/"><a href="./">x</a><a href="tea/">y</a>'}
    assert only(told(tmp_path, files)).message == "“tea/”: no page"


def test_a_base_on_another_host_makes_relative_addresses_foreign(tmp_path: Path) -> None:
    html = '<base href="https://other.example/"><a href="tea/">y</a><a href="https://forum.example/z/">z</a>'
    assert "/z/" in only(told(tmp_path, {"index.html": html})).message


def test_a_picture_without_alt_is_a_warning(tmp_path: Path) -> None:
    problem = only(told(tmp_path, {**SITE, "index.html": '<p>\n<img src="/a.png"><img src="/b.png" alt="">'}))
    assert (problem.field, problem.line, problem.severity) == ("alt", 2, "warning")


def test_a_repeated_id_is_one_warning_at_its_second_place(tmp_path: Path) -> None:
    problem = only(told(tmp_path, {"index.html": '<p id="x">\n<p id="x">\n<p id="x"><p id="y">'}))
    assert (problem.field, problem.line, problem.severity) == ("id", 2, "warning")


def test_the_line_of_an_address_with_entities_is_found(tmp_path: Path) -> None:
    problem = only(told(tmp_path, {"index.html": "<p>\n<a href='/tea&amp;milk/'>x</a>"}))
    assert (problem.line, problem.message) == (2, "“/tea&milk/”: no page")


def test_the_line_is_that_of_the_address_and_not_of_a_longer_one(tmp_path: Path) -> None:
    files = {"tea/2/index.html": "", "index.html": '<a href="/tea/2/">x</a>\n<a href="/tea/">y</a>'}
    assert only(told(tmp_path, files)).line == 2


def test_an_id_in_a_template_is_no_anchor_yet(tmp_path: Path) -> None:
    html = '<template><p id="x"></template><template><p id="x"></template><a href="#x">x</a>'
    assert "no id" in only(told(tmp_path, {"index.html": html})).message


def test_one_address_is_told_once_for_a_page(tmp_path: Path) -> None:
    assert only(told(tmp_path, {"index.html": '<a href="/tea/">x</a>' * 50}))


def test_srcset_follows_the_standard() -> None:
    assert list(candidates(" a.png 1x,b.png 2x, c,d.png , data:image/png,x 3x,,e.png")) == [
        "a.png",
        "b.png",
        "c,d.png",
        "data:image/png,x",
        "e.png",
    ]


def test_references_is_a_plain_function_of_name_and_bytes() -> None:
    found = references("cafe/index.html", b'\xef\xbb\xbf<a href="../tea/#x">x</a><a href="../tea/#x">y</a>')
    assert [(one.field, one.value) for one in found] == [("href", "../tea/#x")]
    assert references("a.png", b"href=x") == ()
