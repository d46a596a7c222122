"""Extras that are blocks or inline elements look the same, whichever engine the board uses."""

from __future__ import annotations

import pytest

from tests.markup.rendering import ENGINES, rendered, shown

SAME = {
    "strikethrough": ("~~old~~", "<p><del>old</del></p>"),
    "escaped extras": (r"\@leila \$5 \:smile:", "<p>@leila $5 :smile:</p>"),
    "emoji": ("tea :smile: :nosuchname:", "<p>tea 😄 :nosuchname:</p>"),
    "emoji need their colons apart": ("10:100:30", "<p>10:100:30</p>"),
    "inline spoiler": ("it was ||the *cat*||", '<p>it was <span class="spoiler" tabindex="0">the <em>cat</em></span></p>'),
    "a spoiler across elements stays text": ("*||a* b||", "<p><em>||a</em> b||</p>"),
    "spoiler block": (
        ">! the cat\n>! did it",
        '<details class="spoiler"><summary>Spoiler</summary><p>the catdid it</p></details>',
    ),
    "alert": (
        "> [!TIP]\n> drink tea",
        '<aside class="alert alert-tip"><p class="alert-title">Tip</p><p>drink tea</p></aside>',
    ),
    "admonition": (
        '!!! warning "Hot <b>"\n    drink *slowly*',
        '<aside class="alert alert-warning"><p class="alert-title">Hot &lt;b&gt;</p><p>drink <em>slowly</em></p></aside>',
    ),
    "admonition of another name": (
        "!!! danger\n    hot",
        '<aside class="alert alert-caution"><p class="alert-title">Danger</p><p>hot</p></aside>',
    ),
    "quotes next to an alert": (
        "> [!NOTE]\n> a\n\n> b",
        '<aside class="alert alert-note"><p class="alert-title">Note</p><p>a</p></aside>'
        "<blockquote><p>b</p></blockquote>",
    ),
    "quote with its source": (
        "> @leila #2:\n> tea",
        '<blockquote><p class="quote-source"><cite>{quote leila}</cite></p><p>tea</p></blockquote>',
    ),
    "task list": (
        "- [x] kettle\n- [ ] cups",
        '<ul><li class="task-list-item"><input type="checkbox" disabled="" checked="" aria-label="✓"> kettle</li>'
        '<li class="task-list-item"><input type="checkbox" disabled="" aria-label="–"> cups</li></ul>',
    ),
    "table": (
        "| a | b |\n|--:|:-:|\n| [[x|y]] | 2 |",
        '<table><thead><tr><th class="align-right">a</th><th class="align-center">b</th></tr></thead>'
        '<tbody><tr><td class="align-right">{wiki x}</td><td class="align-center">2</td></tr></tbody></table>',
    ),
    "footnotes": (
        "Tea[^a] and[^a].\n\n[^a]: A *leaf*.",
        '<p>Tea<sup class="footnote-ref"><a href="#r-2-fn-1" id="r-2-fnref-1">1</a></sup> and'
        '<sup class="footnote-ref"><a href="#r-2-fn-1" id="r-2-fnref-1-2">1</a></sup>.</p>'
        '<section class="footnotes" role="doc-endnotes"><ol><li id="r-2-fn-1"><p>A <em>leaf</em>. '
        '<a href="#r-2-fnref-1" class="footnote-back" aria-label="↩ 1">↩</a> '
        '<a href="#r-2-fnref-1-2" class="footnote-back" aria-label="↩ 1">↩</a></p></li></ol></section>',
    ),
    "a note that is not defined stays text": ("Tea[^b].", "<p>Tea[^b].</p>"),
    "bare link": (
        "see https://a.b/_c_d_, (www.x.org).",
        '<p>see <a href="https://a.b/_c_d" rel="ugc nofollow noopener">https://a.b/_c_d</a>_, '
        '(<a href="http://www.x.org" rel="ugc nofollow noopener">www.x.org</a>).</p>',
    ),
    "no bare e-mail": ("write to leila@example.org", "<p>write to leila@example.org</p>"),
    "code with no language": ("```\n<a> @leila\n```", '<div class="code"><pre><code>&lt;a&gt; @leila</code></pre></div>'),
    "code of an unknown language": (
        "``` nosuch\nx\n```",
        '<div class="code" data-language="nosuch"><pre><code>x</code></pre></div>',
    ),
    "code in colour": (
        "```python\n@tea\n```",
        '<div class="code" data-language="python"><pre><code><span class="nd">@tea</span></code></pre></div>',
    ),
    "code that touches text": ("a\n```\nb\n```\nc", '<p>a</p><div class="code"><pre><code>b</code></pre></div><p>c</p>'),
    "code whose fence is never closed": ("```\nb", '<div class="code"><pre><code>b</code></pre></div>'),
    "inline math": ("$x$ for $5 and $6", '<p><math display="inline"><mrow><mi>x</mi></mrow></math> for $5 and $6</p>'),
    "fenced math": ("```math\nx\n```", '<p><math display="block"><mrow><mi>x</mi></mrow></math></p>'),
    "audio alone on a line": ("https://a.b/tea.mp3", "{player https://a.b/tea.mp3}"),
    "picture alone on a line": (
        "look:\n[My cup](cup.jpg)",
        '<p>look:</p><figure><a href="{address cup.jpg}"><img src="{address cup.jpg}" alt="My cup" loading="lazy"></a>'
        "<figcaption>My cup</figcaption></figure>",
    ),
    "media within a sentence": ("see [it](a.mp4) now", '<p>see <a href="{address a.mp4}">it</a> now</p>'),
    "headings": (
        "# چای سبز\n\n# چای سبز",
        '<h2 id="r-2-چای-سبز">چای سبز</h2><h2 id="r-2-چای-سبز-1">چای سبز</h2>',
    ),
}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", SAME)
def test_extras_are_alike_on_both_engines(name: str, engine: str) -> None:
    text, html = SAME[name]
    assert shown(text, engine) == html


@pytest.mark.parametrize("engine", ENGINES)
def test_breaks_make_a_line_end_a_break(engine: str) -> None:
    assert shown("a\nb\n\nc", engine, breaks=True) == "<p>a<br>b</p><p>c</p>"
    assert shown("a\nb", engine) == "<p>ab</p>"


@pytest.mark.parametrize("engine", ENGINES)
def test_breaks_leave_code_alone(engine: str) -> None:
    assert "<br>" not in rendered("```\na\nb\n```", engine, breaks=True).html


@pytest.mark.parametrize("engine", ENGINES)
def test_facts(engine: str) -> None:
    made = rendered("# Tea @omid\n\nOne **two** :smile: [[A topic|three]]\n\n![a](b.png)", engine)
    assert made.text == "Tea @omid One two 😄 three"
    assert made.words == 5
    assert [(heading.level, heading.text, heading.id) for heading in made.headings] == [
        (2, "Tea @omid", "r-2-tea-omid")
    ]
    assert made.images == ("b.png",)
    assert not made.problems


@pytest.mark.parametrize("engine", ENGINES)
def test_a_formula_that_is_wrong_is_shown_with_a_warning(engine: str) -> None:
    made = rendered("tea\n\n$\\left( a$ now", engine)
    assert "\\left( a" in made.html
    assert [(problem.line, problem.severity) for problem in made.problems] == [(3, "warning")]


def test_labels_are_translated() -> None:
    made = rendered("> [!NOTE]\n> a\n\n>! b", labels=(("note", "نکته"), ("spoiler", "لو می‌دهد")))
    assert ">نکته</p>" in made.html
    assert "<summary>لو می‌دهد</summary>" in made.html


def test_text_is_escaped_and_bare_links_are_linked() -> None:
    made = rendered("> a <b> *c* @leila\n  https://a.b/c.\n", format="text")
    assert made.html == (
        '<div class="plain">&gt; a &lt;b&gt; *c* @leila\n'
        '  <a href="https://a.b/c" rel="ugc nofollow noopener">https://a.b/c</a>.</div>'
    )
    assert not made.marks


def test_html_is_sanitised_and_its_addresses_are_marks() -> None:
    html = '<h2>Tea</h2><a id="x" href="../a%20b.md?q=1&amp;r">a</a><a href="#x">b</a><p>@leila</p><style>p{}</style>'
    assert shown(html, format="html") == (
        '<h2 id="r-2-tea">Tea</h2><a id="r-2-x" href="{address ../a b.md?q=1&r}">a</a>'
        '<a href="#r-2-x">b</a><p>@leila</p>'
    )


def test_trusted_html_is_kept() -> None:
    html = '<iframe src="https://a.b/"></iframe><p style="color:red" id="x">a</p>'
    assert rendered(html, trusted=True, raw_html=True).html == html
    assert "<iframe" not in rendered(html, trusted=True).html
    assert "<iframe" not in rendered(html, raw_html=True).html


def test_links_of_the_trusted_are_followed() -> None:
    assert 'rel="noopener"' in rendered("[a](https://a.b)", trusted=True).html
    assert 'rel="ugc nofollow noopener"' in rendered("[a](//a.b)").html
    assert "rel" not in rendered("[a](b.md)").html


def test_line_ends_and_controls_do_not_matter() -> None:
    assert rendered("a\r\nb\x00\x0b").html == rendered("a\nb").html
