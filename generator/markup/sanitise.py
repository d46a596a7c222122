"""Sanitising: the last step over every engine's HTML, by one reused allow-list.

What our own extras make is put in afterwards and is safe by itself.
"""

from __future__ import annotations

import re
from functools import cache

import nh3

from generator.markup import math
from generator.markup.names import named
from generator.markup.tasks import box


class TooDeepError(Exception):
    """HTML is nested so deeply that sanitising it would take long."""


SCHEMES = named("http https mailto tel sms xmpp irc ircs geo magnet matrix gemini ftp news webcal")

_TAGS = named(
    "a abbr address article aside audio b bdi bdo blockquote br caption cite code col colgroup data dd del details "
    "dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i img input ins kbd li mark ol p "
    "picture pre q rp rt ruby s samp section small source span strike strong sub summary sup table tbody td tfoot "
    "th thead time tr track tt u ul var video wbr"
)
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"class", "dir", "id", "lang", "title", "role", "aria-label", "aria-hidden", "aria-describedby",
          "aria-labelledby"},
    "a": {"href", "hreflang"}, "audio": {"src", "loop", "muted"}, "blockquote": {"cite"},
    "col": {"span"}, "colgroup": {"span"}, "data": {"value"}, "del": {"cite", "datetime"}, "details": {"open"},
    "img": {"alt", "height", "src", "width"}, "input": {"checked"}, "ins": {"cite", "datetime"},
    "li": {"value"}, "ol": {"reversed", "start", "type"}, "q": {"cite"}, "source": {"src", "type"},
    "td": {"colspan", "headers", "rowspan"}, "th": {"abbr", "colspan", "headers", "rowspan", "scope"},
    "time": {"datetime"}, "track": {"default", "kind", "label", "src", "srclang"},
    "video": {"height", "loop", "muted", "poster", "src", "width"},
}  # fmt: skip
_CLASSES = named(
    "align-left align-center align-right task-list-item spoiler alert alert-title alert-note alert-tip "
    "alert-important alert-warning alert-caution quote-source footnotes footnote-ref footnote-back plain"
)
_LANGUAGE = re.compile(r"language-[\w+#.-]{1,40}")

# GFM 6.11: elements whose content a parser reads in another way; shown as text.
_DISALLOWED = re.compile(
    r"<(?=/?(?:title|textarea|style|xmp|iframe|noembed|noframes|script|plaintext)\b)", re.IGNORECASE
)
_COMMENT = re.compile(r"<!--(?:(?!<!--)[\s\S])*?-->")
_ALIGN = re.compile(r'<t([hd]) style="text-align: ?(left|center|right);?"')
_INPUT = re.compile(r"<input((?:[^>\"]*\"[^\"]*\")*[^>\"]*)>")
_OPEN_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*)")
_UNNESTED = named("area base br col dd dt embed hr img input li link meta option p rp rt source tbody td tfoot th thead tr track wbr")


def clean(html: str) -> str:
    """The HTML with nothing left in it that could run, load a frame or change the page around it."""
    html = _cleaner().clean(html)
    return _INPUT.sub(_box, html) if "<input" in html else html


def _box(found: re.Match[str]) -> str:
    # The cleaner could set these too, but in an order that differs from process to process.
    return box(checked='checked="' in found[1])


def escape_raw_text(html: str) -> str:
    """Tags that swallow what follows, and unfinished comments, as text; comments are left out."""
    if "<!" in html or "<?" in html:
        if "-->" in html:
            html = _COMMENT.sub("", html)
        html = html.replace("<!", "&lt;!").replace("<?", "&lt;?")
    return _DISALLOWED.sub("&lt;", html)


def align(html: str) -> str:
    """Table cells with their alignment as a class."""
    return _ALIGN.sub(r'<t\1 class="align-\2"', html) if "text-align" in html else html


def depth(html: str) -> int:
    """How deep open tags may lie in each other; a cheap upper bound."""
    if (few := html.count("<") - html.count("</")) < 100:
        return few
    deepest = level = 0
    for closing, name in _OPEN_TAG.findall(html):
        if name.lower() in _UNNESTED:
            continue
        level = max(0, level - 1) if closing else level + 1
        deepest = max(deepest, level)
    return deepest


@cache
def _cleaner() -> nh3.Cleaner:
    attributes = {tag: set(names) for tag, names in _ATTRIBUTES.items()}
    attributes |= {tag: set(math.attributes()) for tag in math.elements()}
    return nh3.Cleaner(
        tags=set(_TAGS | math.elements()),
        attributes=attributes,
        attribute_filter=_filter,
        clean_content_tags={"script", "style"},
        link_rel=None,
        url_schemes=set(SCHEMES),
    )


def _filter(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "class":
        return _classes(tag, value) or None
    if attribute == "role":
        return value if value in ("doc-endnotes", "note", "list") else None
    if attribute in ("width", "height"):
        return value if value.rstrip("%").isdigit() and len(value) < 6 else None
    return value


def _classes(tag: str, value: str) -> str:
    kept = [name for name in value.split() if name in _CLASSES or (tag == "code" and _LANGUAGE.fullmatch(name))]
    return " ".join(kept[:8])
