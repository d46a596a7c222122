"""Nothing that a stranger writes can run, load a frame, style the page or take over its ids."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.markup.interface import resolve
from tests.markup.rendering import PREFIX, parsed, rendered

VECTORS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//x.y/z.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</script>",
    "<script>alert(1)",
    "<script/src=data:,alert(1)>",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)//",
    '<img """><script>alert(1)</script>">',
    "<img src=javascript:alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<img src='x' onerror='alert(1)' style='x'>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload=alert(1)>#x'/>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<math><a xlink:href='javascript:alert(1)'>x</a></math>",
    "<math href='javascript:alert(1)'>x</math>",
    "<math><mtext><table><mglyph><style><!--</style><img src=1 onerror=alert(1)>-->",
    "<math><mtext><mglyph><mtext><svg><style><img src=1 onerror=alert(1)></style>",
    "<math><annotation-xml encoding='text/html'><img src=x onerror=alert(1)></annotation-xml></math>",
    "<math><mi><script>alert(1)</script></mi></math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='java&#10;script:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='&#x6A&#x61vascript:alert(1)'>x</a>",
    "<a href='jaVaScRiPt:alert(1)'>x</a>",
    "<a href='&#1;javascript:alert(1)'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='data:image/svg+xml;base64,PHN2Zz4='>x</a>",
    "<a href='blob:https://x.y/z'>x</a>",
    "<a href='javascript%3Aalert(1)'>x</a>",
    "<a href='x' onclick='alert(1)' onmouseover=alert(1)>x</a>",
    "<a href='x' target=_blank ping=//x.y>x</a>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<applet code=x></applet>",
    "<base href=//x.y/>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href=//x.y/z.css>",
    "<style>@import '//x.y/z.css'; * {display:none}</style>",
    "<style><img src=x onerror=alert(1)></style>",
    "<p style='position:fixed;inset:0'>x</p>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<input onfocus=alert(1) autofocus>",
    "<input type=image src=x onerror=alert(1)>",
    "<input type=text name=password>",
    "<select onfocus=alert(1) autofocus></select>",
    "<textarea onfocus=alert(1) autofocus>",
    "<textarea><img title='</textarea><img src=x onerror=alert(1)>'></textarea>",
    "<keygen onfocus=alert(1) autofocus>",
    "<video><source onerror=alert(1)></video>",
    "<video poster=javascript:alert(1) src=x autoplay></video>",
    "<audio src=x onerror=alert(1) autoplay></audio>",
    "<details open ontoggle=alert(1)>x</details>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<body onload=alert(1)>",
    "<html onmouseover=alert(1)>",
    "<table background=javascript:alert(1)><td background=javascript:alert(1)>x",
    "<div id=search class='site-header admin'>x</div>",
    "<a name=cookie></a><img name=body>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "<title><img src=x onerror=alert(1)></title>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<noembed><img title='</noembed><img src=x onerror=alert(1)>'>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!--!><script>alert(1)</script>-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml-stylesheet href='javascript:alert(1)'?>",
    "<!doctype html [<!ENTITY x '<script>'>]>",
    "[x](javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](java&#x73;cript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](javascript&#58;alert(1))",
    "[x](vbscript:x)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    '[x](https://a.b/"onmouseover="alert(1))',
    "[x](https://a.b/ 't\" onmouseover=\"alert(1)')",
    "![x](javascript:alert(1))",
    "![x](data:image/png;base64,aaaa)",
    '![x" onerror="alert(1)](y.png)',
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    "[x][y]\n\n[y]: <java\nscript:alert(1)>",
    '``` "><script>alert(1)</script>\nx\n```',
    "```html onload=alert(1)\n<script>alert(1)</script>\n```",
    "$\\text{<script>alert(1)</script>}$",
    "$\\href{javascript:alert(1)}{x}$",
    "$$<img src=x onerror=alert(1)>$$",
    "```math\n\\text{<img src=x onerror=alert(1)>}\n```",
    '!!! note "<img src=x onerror=alert(1)>"\n    x',
    ">! <img src=x onerror=alert(1)>",
    "||<img src=x onerror=alert(1)>||",
    "[[x\" onclick=\"alert(1)|<img src=x onerror=alert(1)>]]",
    '@"<img src=x onerror=alert(1)>"',
    '> @"x onerror=alert(1)" #1:\n> x',
    "# <img src=x onerror=alert(1)>",
    "x[^1]\n\n[^1]: <img src=x onerror=alert(1)>",
    'https://a.b/"onmouseover="alert(1).mp3',
    "https://a.b/<script>alert(1)</script>.png",
    "[<img src=x onerror=alert(1)>](a.mp4)",
]

RUNS = re.compile(r"\s*(?:javascript|vbscript|data|blob):", re.IGNORECASE)
FORBIDDEN = (
    "script, style, iframe, frame, object, embed, applet, base, meta, link, form, button, select, textarea, svg, "
    "template, noscript, marquee, dialog, input:not([type=checkbox][disabled])"
)


def check(html: str) -> None:
    page = parsed(html)
    assert page.body is not None
    assert not page.body.css(FORBIDDEN)
    for node in page.body.css("*"):
        for name, value in node.attributes.items():
            assert not name.startswith("on"), (node.html, name)
            assert name not in {"style", "srcdoc", "srcset", "formaction", "action", "name", "target", "autoplay"}
            assert not (name in {"href", "src", "poster", "cite", "xlink:href"} and RUNS.match(_compact(value or "")))
            assert name != "id" or (value or "").startswith(PREFIX)


def _compact(value: str) -> str:
    # As browsers read an address (WHATWG URL, 4.4).
    return re.sub(r"[\t\n\r]", "", value.strip("".join(map(chr, range(33)))))


@pytest.mark.parametrize("vector", VECTORS)
@pytest.mark.parametrize(
    ("engine", "form"),
    [("markdown", "markdown"), ("commonmark", "markdown"), ("commonmark", "html"), ("commonmark", "text")],
)
def test_vectors_do_not_survive(vector: str, engine: str, form: str) -> None:
    for text in (vector, f"tea *{vector}* tea", f"- {vector}\n\n> {vector}"):
        made = rendered(text, engine, format=form)
        # A resolver that knows nothing gives addresses back as they are.
        check(resolve(made.html, made.marks, lambda mark: mark.target.replace("&", "&amp;").replace('"', "&quot;")
                      .replace("<", "&lt;")))  # fmt: skip


PIECES = st.sampled_from(
    ["<", ">", "/", "=", "'", '"', " ", "\n", "`", "[x](", ")", "!", "javascript:", "&colon;", "onerror=alert(1)", "img ",
     "a href=", "src=", "script", "style", "svg", "math", "mtext", "mglyph", "table", "<!--", "-->", "x", "||", "$", "@"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join), st.sampled_from(["markdown", "commonmark"]), st.sampled_from(["markdown", "html"]))
def test_nothing_made_of_dangerous_pieces_survives(text: str, engine: str, form: str) -> None:
    made = rendered(text, engine, format=form)
    check(resolve(made.html, made.marks, lambda mark: ""))


def test_classes_are_those_of_our_own_extras() -> None:
    html = rendered('<p class="spoiler site-header">a</p>', format="html").html
    assert html == '<p class="spoiler">a</p>'


def test_attributes_that_point_to_ids_get_the_prefix_too() -> None:
    html = rendered('<td id="a" headers="b c">', format="html").html + rendered(
        '<p aria-labelledby="a b">x</p>', format="html"
    ).html
    assert 'aria-labelledby="r-2-a r-2-b"' in html
