"""What templates can call, and what is made once: the same text as without either."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment
from markupsafe import Markup
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from generator.theming.templating import KEPT, Once, ThemeEnvironment
from generator.theming.theme import Presentation
from generator.views import PageView
from tests.theming.test_theme import PLAIN, SITE, own, render

PARTS = "{% macro shout(word, mark='!') %}<b>{{ word }}</b>{{ mark }}{% endmacro %}"


@dataclass(frozen=True)
class Words:
    page: PageView
    words: tuple[str | Markup, ...]


def test_a_part_that_is_made_once_reads_as_one_that_is_made_each_time(tmp_path: Path) -> None:
    call = '{%% import "parts.html" as parts %%}{%% for w in ["a", "<", "a"] %%}{{ %s }}{%% endfor %%}'
    files = {"templates/parts.html": PARTS}
    once = render(own(tmp_path / "once", call % 'once(parts.shout, w, "?")', **files))
    assert once == render(own(tmp_path / "each", call % 'parts.shout(w, "?")', **files)) == "<b>a</b>?<b>&lt;</b>?<b>a</b>?"


def test_text_that_is_safe_is_not_taken_for_text_that_is_not(tmp_path: Path) -> None:
    template = '{% import "parts.html" as parts %}{% for w in words %}{{ once(parts.shout, w, "") }}{% endfor %}'
    found = own(tmp_path, template, **{"templates/parts.html": PARTS})
    context = Words(PageView("/", "front"), (Markup("<i>"), "<i>", Markup("<i>")))
    assert found.render("page.html", context, SITE, PLAIN) == "<b><i></b><b>&lt;i&gt;</b><b><i></b>"


def test_a_part_of_the_pages_own_template_is_made_for_each_page(tmp_path: Path) -> None:
    found = own(tmp_path, "{% macro here(x) %}{{ page.title }}{{ x }}{% endmacro %}{{ once(here, 1) }}")
    titles = ("One", "Two")
    pages = [Words(PageView("/", "front", title), ()) for title in titles]
    assert [found.render("page.html", page, SITE, PLAIN) for page in pages] == ["One1", "Two1"]


def test_what_is_kept_has_a_limit() -> None:
    once, made = Once(), []

    def part(number: int) -> str:
        made.append(number)
        return str(number)

    for number in [*range(KEPT + 1), 0]:
        assert once(part, number) == str(number)
    assert len(once.kept) <= KEPT
    assert made[-1] == 0


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ('{{ _("Home") }}', "خانه"),
        ('<a title="{{_("Home")}}">', '<a title="خانه">'),
        ('{{- _("Home") -}}  x', "خانهx"),
        ('{{ _("No such <word>") }}', "No such &lt;word&gt;"),
        ("{{ _('%(a)s', a=1) }}", "1"),
        ('{% raw %}{{ _("Home") }}{% endraw %}', '{{ _("Home") }}'),
        ('{# {{ _("Home") }} #}', ""),
        ('{{ _("Home")|upper }}', "خانه"),
        ('{{ asset("a.js") }}', "/_/a.js"),
        ('{{ icon("pin") }}', '<svg class="icon icon-pin" width="16" height="16" aria-hidden="true"><use href="/_/icons.svg#pin"/></svg>'),
    ],
)
def test_words_icons_and_addresses_are_put_in_when_a_template_is_compiled(tmp_path: Path, template: str, shown: str) -> None:
    files = {"static/a.js": "", "static/icons.svg": '<svg><symbol id="pin"></symbol></svg>'}
    assert render(own(tmp_path, template, **files), language="fa") == shown


def test_kept_templates_are_those_of_the_same_words_assets_and_code(tmp_path: Path) -> None:
    kept = Presentation(cache=tmp_path / "state")
    shown = [render(own(tmp_path, '{{ asset("a.js") }}', **{"static/a.js": text}), presentation=kept) for text in "12"]
    assert shown[0] != shown[1]
    elsewhere = replace(kept, prefix="/sub")
    assert render(own(tmp_path, '{{ asset("a.js") }}', **{"static/a.js": "2"}), presentation=elsewhere) == f"/sub{shown[1]}"
    assert render(own(tmp_path, '{{ _("Home") }}'), presentation=kept) == "Home"
    assert render(own(tmp_path, '{{ _("Home") }}'), language="fa", presentation=kept) == "خانه"


class Html:
    """Something of another package that is safe, as Markup is not."""

    def __html__(self) -> str:
        return "<hr>"


class Own(Markup):
    """A kind of Markup."""


QUICK = """
{% import "parts.html" as parts %}{% set kept %}{{ word }}{% endset %}
{% macro own(x, y='"') %}<i>{{ x }}{{ y }}{{ caller() if caller else "" }}</i>{% endmacro %}
{{ word }}|{{ word ~ "<" }}|{{ kept }}|{{ own(word) }}|{{ own(word, y=word) }}|{{ parts.shout(word) }}
{% call own(word) %}{{ word }}{% endcall %}{% for w in [word, word] %}{{ parts.shout(w, loop.index) }}{% endfor %}
{% block inner %}{{ parts.shout(word, mark=word) }}{{ [word]|join(word) }}{{ word|upper }}{% endblock %}
{% autoescape false %}{{ word }}{{ own(word) }}{{ parts.shout(word) }}{% endautoescape %}{{ range(2)|list }}{{ joiner()() }}
"""


@given(
    word=st.one_of(
        st.text(alphabet="ab<>&'\"é"), st.text(alphabet="ab<>&'\"").map(Markup), st.text(alphabet="a<&").map(Own),
        st.integers(), st.none(), st.booleans(), st.lists(st.text(alphabet="a<"), max_size=2), st.just(Html()),
    )
)  # fmt: skip
def test_a_template_reads_as_in_jinjas_own_environment(word: object) -> None:
    loader = DictLoader({"page.html": QUICK, "parts.html": PARTS})
    quick, stock = (kind(loader=loader, autoescape=True) for kind in (ThemeEnvironment, Environment))
    assert quick.get_template("page.html").render(word=word) == stock.get_template("page.html").render(word=word)


@pytest.mark.parametrize(
    ("language", "kinds"),
    [
        ("en", {"one", "other"}),
        ("ja", {"other"}),
        ("de", {"one", "other"}),
        ("he", {"one", "other"}),
        ("ar", {"zero", "one", "two", "few", "many", "other"}),
    ],
)
def test_scripts_get_every_form_of_a_plural(language: str, kinds: set[str], tmp_path: Path) -> None:
    template = """<p data-words="{{ plurals("%(count)s reply", "%(count)s replies") }}">"""
    context = Words(PageView("/", "front", language=language), ())
    (found,) = HTMLParser(own(tmp_path, template).render("page.html", context, SITE, PLAIN)).css("p")
    forms = json.loads(found.attributes["data-words"] or "")
    assert set(forms) == kinds
    assert "%(count)s" in forms["other"]
