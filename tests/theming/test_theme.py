"""Themes: how one is found, checked and rendered, and what the built-in one promises."""

from __future__ import annotations

import gzip
import pickle
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from markupsafe import Markup
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from generator import views
from generator.errors import AnjomanError, Problem, SiteError
from generator.features import (
    activity,
    archive,
    boards,
    chat,
    front,
    mail,
    members,
    pages,
    recent,
    redirects,
    series,
    tags,
    threads,
    topics,
)
from generator.features import views as board_views
from generator.present import conversing
from generator.shapes import field_names, is_plain
from generator.theming import theme
from generator.theming.assets import BUNDLE, SCRIPT
from generator.theming.theme import Presentation, Theme

HOSTILE = "\"><script>alert(1)</script>&' {{ 7*7 }}"
PLAIN = Presentation(fingerprint=False)
SITE = views.SiteView(
    title="Café",
    description=HOSTILE,
    href="/forum/",
    origin="https://example.org",
    prefix="/forum",
    language="en",
    dir="ltr",
    logo="",
    card="",
    navigation=(views.Link("/forum/cafe/", HOSTILE),),
    places=(("recent", "/forum/recent/"), ("members", "/forum/members/"), ("tags", "/forum/tags/")),
    feeds=(views.FeedLink("/forum/feed.xml", HOSTILE, "application/atom+xml"),),
)


@dataclass(frozen=True)
class Context:
    page: views.PageView
    word: str = "<b>"


def write(root: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = root / "themes" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def own(root: Path, template: str, **more: str) -> Theme:
    files = {"mine/theme.toml": 'name = "mine"', "mine/templates/page.html": template}
    return theme.load("mine", write(root, files | {f"mine/{name}": text for name, text in more.items()}), {})


def render(
    found: Theme, template: str = "page.html", language: str = "en", presentation: Presentation = PLAIN
) -> str:
    page = views.PageView("/about/", "page", language=language)
    return found.render(template, Context(page), SITE, presentation)


def problems(error: pytest.ExceptionInfo[Any]) -> tuple[Problem, ...]:
    return tuple(error.value.problems)


def test_the_built_in_theme_needs_nothing_of_the_site(tmp_path: Path) -> None:
    found = theme.load("agora", tmp_path, {})
    assert {"base.html", "macros/parts.html"} <= {file.name for file in found.templates}


def test_a_folder_of_the_same_name_replaces_single_files(tmp_path: Path) -> None:
    write(tmp_path, {"agora/templates/404.html": "mine", "agora/static/custom.css": "p { color: red }"})
    found = theme.load("agora", tmp_path, {})
    assert render(found, "404.html") == "mine"
    assert "p{color:red}" in sheet(found)
    assert "front.html" in {file.name for file in found.templates}


def test_a_theme_inherits_its_parents_files_and_options(tmp_path: Path) -> None:
    files = {
        "mine/theme.toml": 'name = "mine"\nparent = "agora"\n[options.tone]\ntype = "text"\ndefault = "warm"\n',
        "mine/templates/404.html": "{{ options.tone }} {{ options.scheme }}",
    }
    found = theme.load("mine", write(tmp_path, files), {"scheme": "dark"})
    assert render(found, "404.html") == "warm dark"
    assert "--accent" in sheet(found)


def edited(folder: Path, files: dict[str, str], edit: dict[str, str]) -> list[str]:
    """The page of the theme `high` before and after an edit, which changes what the page depends on."""
    shown, closures = [], []
    for each in (files, edit):
        found = theme.load("high", write(folder, each), {})
        shown.append(render(found))
        closures.append(found.closure("page.html", PLAIN))
    assert closures[0] != closures[1]
    return shown


def test_a_template_changes_one_block_of_the_one_whose_place_it_takes(tmp_path: Path) -> None:
    files = {
        "low/theme.toml": "",
        "low/templates/page.html": "{% block a %}low{% endblock %} {% block b %}low{% endblock %}",
        "middle/theme.toml": 'parent = "low"',
        "middle/templates/page.html": '{% extends "parent/page.html" %}{% block a %}middle{% endblock %}',
        "high/theme.toml": 'parent = "middle"',
        "high/templates/page.html": '{% extends "parent/page.html" %}{% block b %}{{ super() }} high{% endblock %}',
    }
    edit = {"low/templates/page.html": "{% block a %}{% endblock %}{% block b %}other{% endblock %}"}
    assert edited(tmp_path, files, edit) == ["middle low high", "middleother high"]


def test_a_file_of_macros_takes_the_place_of_those_that_it_has(tmp_path: Path) -> None:
    files = {
        "low/theme.toml": "",
        "low/templates/parts.html": "{% macro a() %}low a{% endmacro %}{% macro b() %}low b{% endmacro %}",
        "low/templates/page.html": '{% import "parts.html" as parts %}{{ parts.a() }} {{ parts.b() }}',
        "high/theme.toml": 'parent = "low"',
        "high/templates/parts.html": "{% macro b() %}high b{% endmacro %}",
    }
    edit = {"low/templates/parts.html": "{% macro a() %}new a{% endmacro %}"}
    assert edited(tmp_path, files, edit) == ["low a high b", "new a high b"]


def test_what_is_behind_nothing_is_no_template(tmp_path: Path) -> None:
    with pytest.raises(AnjomanError, match=r"no template “parent/page\.html”"):
        render(own(tmp_path, '{% extends "parent/page.html" %}'))


def test_a_child_adds_its_styles_to_those_of_its_parent(tmp_path: Path) -> None:
    files = {
        "low/theme.toml": 'styles = ["a.css", "custom.css"]',
        "low/static/a.css": "a",
        "low/static/custom.css": "custom",
        "high/theme.toml": 'parent = "low"\nstyles = ["parent", "b.css", "custom.css"]',
        "high/static/b.css": "b",
    }
    assert sheet(theme.load("high", write(tmp_path, files), {})).split() == ["a", "b", "custom"]


def test_themes_that_inherit_from_each_other_are_an_error(tmp_path: Path) -> None:
    write(tmp_path, {"a/theme.toml": 'parent = "b"', "b/theme.toml": 'parent = "a"'})
    with pytest.raises(SiteError, match="a → b → a"):
        theme.load("a", tmp_path, {})


def test_an_unknown_theme_names_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="Did you mean “agora”"):
        theme.load("agroa", tmp_path, {})


@pytest.mark.parametrize("name", ["../agora", "", ".", "agora/../agora", "/etc", "a\0b", "con\\x"])
def test_a_name_leads_nowhere_else(tmp_path: Path, name: str) -> None:
    with pytest.raises(SiteError):
        theme.load(name, tmp_path, {})


def test_a_broken_manifest_is_a_problem_with_its_line(tmp_path: Path) -> None:
    write(tmp_path, {"mine/theme.toml": 'name = "mine"\noops\n'})
    with pytest.raises(SiteError) as error:
        theme.load("mine", tmp_path, {})
    assert (problems(error)[0].path, problems(error)[0].line) == ("themes/mine/theme.toml", 2)


def test_a_link_out_of_the_theme_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hush")
    write(tmp_path, {"mine/theme.toml": "", "mine/static/a.css": ""})
    try:
        (tmp_path / "themes/mine/static/leak.txt").symlink_to(secret)
    except OSError:
        pytest.skip("no right to make links here")
    with pytest.raises(SiteError, match=r"leak\.txt"):
        theme.load("mine", tmp_path, {})


def test_a_theme_goes_to_another_process(tmp_path: Path) -> None:
    found = own(tmp_path, "{{ word }}")
    copy = pickle.loads(pickle.dumps(found))
    assert copy == found
    assert render(copy) == "&lt;b&gt;"


def test_all_wrong_options_are_told_at_once(tmp_path: Path) -> None:
    options = {"acent": "#123456", "scheme": "night", "accent": "red;} body {"}
    with pytest.raises(SiteError) as error:
        theme.load("agora", tmp_path, options, {"theme.acent": 7})
    found = {problem.field: problem for problem in problems(error)}
    assert set(found) == {"theme.acent", "theme.scheme", "theme.accent"}
    assert "“accent”" in found["theme.acent"].hint
    assert found["theme.acent"].line == 7
    assert "auto, light, dark" in found["theme.scheme"].message


def test_of_several_choices_the_nearest_known_one_is_named(tmp_path: Path) -> None:
    with pytest.raises(SiteError) as error:
        theme.load("agora", tmp_path, {"share": "bluesky, mastodn"})
    (found,) = problems(error)
    assert "some of bluesky, mastodon, reddit, telegram, whatsapp, not “bluesky, mastodn”" in found.message
    assert found.hint == "Did you mean “mastodon”?"


@pytest.mark.parametrize("value", ["", "mastodon", "mastodon, bluesky", ["mastodon", "bluesky"]])
def test_several_choices_are_a_line_or_a_list(value: str | list[str], tmp_path: Path) -> None:
    options = dict(theme.load("agora", tmp_path, {"share": value}).options)
    assert options["share"] == (", ".join(value) if isinstance(value, list) else value)


def test_a_chosen_colour_is_in_the_style_and_changes_the_digest(tmp_path: Path) -> None:
    plain, red = theme.load("agora", tmp_path, {}), theme.load("agora", tmp_path, {"accent": "#9a4419"})
    assert "--option-accent:#9a4419" in sheet(red)
    assert "--option-accent:" not in sheet(plain)
    assert plain.digest != red.digest


@pytest.mark.parametrize("option", ['type = "colour"', 'type = "color"\ndefault = "red"', 'type = "choice"'])
def test_a_theme_with_a_wrong_option_is_an_error(tmp_path: Path, option: str) -> None:
    write(tmp_path, {"mine/theme.toml": f"[options.tone]\n{option}\n"})
    with pytest.raises(SiteError, match=r"options\.tone"):
        theme.load("mine", tmp_path, {})


def sheet(found: Theme) -> str:
    return next(asset.read().decode() for asset in found.assets() if asset.name == BUNDLE)


def test_names_of_assets_change_with_their_bytes(tmp_path: Path) -> None:
    before = own(tmp_path, "", **{"static/a.js": "1", "static/b.js": "2"}).assets()
    after = own(tmp_path, "", **{"static/a.js": "one"}).assets()
    old, new = ({asset.name: asset.address for asset in found} for found in (before, after))
    assert re.fullmatch(r"/_/a\.[0-9a-f]{8}\.js", old["a.js"])
    assert (old["a.js"] != new["a.js"], old["b.js"] == new["b.js"]) == (True, True)


def test_a_server_gives_plain_names(tmp_path: Path) -> None:
    addresses = {asset.address for asset in theme.load("agora", tmp_path, {}).assets(fingerprint=False)}
    assert {"/_/style.css", "/_/script.js", "/_/icons.svg"} <= addresses


def test_scripts_are_joined_in_their_order_and_the_others_stay_apart(tmp_path: Path) -> None:
    files = {
        "mine/theme.toml": 'scripts = ["b.js", "a.js", "gone.js"]',
        **{f"mine/static/{name}.js": f"{name};" for name in "abc"},
    }
    assets = {asset.name: asset.read() for asset in theme.load("mine", write(tmp_path, files), {}).assets()}
    assert (assets[SCRIPT], assets["c.js"]) == (b"b;a;", b"c;")
    assert "a.js" not in assets


def test_what_only_authors_read_is_not_sent(tmp_path: Path) -> None:
    css = "/* why */\na {\n  color: red;\n}\n.b::after { content: '/* b */  c' }"
    js = "// why\nconst a = 1;\nconst b = `x  y // z`;\nconst c = /[/*]  /;\n"
    assets = {asset.name: asset.read() for asset in own(tmp_path, "", **{"static/x.css": css, "static/x.js": js}).assets()}
    assert assets["x.css"] == b"a{color:red}.b::after{content:'/* b */  c'}"
    assert assets["x.js"] == b"const a=1;const b=`x  y // z`;const c=/[/*]  /;"


def test_a_theme_has_its_parents_scripts(tmp_path: Path) -> None:
    found = theme.load("mine", write(tmp_path, {"mine/theme.toml": 'parent = "agora"'}), {})
    assert {SCRIPT, "theme.js"} <= {asset.name for asset in found.assets()}


def test_styles_find_the_files_that_they_name(tmp_path: Path) -> None:
    css = "a { src: url('fonts/a.woff2#x'); background: url(gone.png) } b { background: url( \"b.png\" ) }"
    found = own(tmp_path, "", **{"static/x.css": css, "static/fonts/a.woff2": "F", "static/b.png": "B"})
    assets = {asset.name: asset for asset in found.assets()}
    text = assets["x.css"].read().decode()
    for name in ("fonts/a.woff2", "b.png"):
        assert assets[name].address.removeprefix("/_/") in text
    assert "#x" in text
    assert "url(gone.png)" in text


def test_a_style_changes_its_name_with_the_files_that_it_names(tmp_path: Path) -> None:
    css = {"static/x.css": "a { background: url(b.png) }"}
    names = set()
    for picture in ("1", "2"):
        found = own(tmp_path, "", **css, **{"static/b.png": picture})
        names |= {asset.address for asset in found.assets() if asset.name == "x.css"}
    assert len(names) == 2


def test_an_address_has_the_sites_prefix(tmp_path: Path) -> None:
    found = own(tmp_path, '{{ asset("a b.js") }}', **{"static/a b.js": ""})
    assert render(found, presentation=Presentation(prefix="/forum", fingerprint=False)) == "/forum/_/a%20b.js"


def test_everything_is_escaped_also_in_xml(tmp_path: Path) -> None:
    found = own(
        tmp_path, "{{ word }}", **{"templates/feed.xml": "{{ word }}", "templates/x.txt": "{{ word }}"}
    )
    assert {render(found, name) for name in ("page.html", "feed.xml", "x.txt")} == {"&lt;b&gt;"}


@pytest.mark.parametrize(
    ("template", "line", "said"),
    [
        ("one\n{{ wrod }}", 2, "“word”"),
        ("one\n\n{% if %}", 3, "Expected an expression"),
        ('{{ asset("style.cs") }}', 1, "no asset “style.cs”"),
        ('\n{{ icon("moon") }}', 2, "no symbol “moon”"),
        ("{% include 'gone.html' %}", 1, "no template “gone.html”"),
        ("{{ 1 / 0 }}", 1, "division by zero"),
        ("{{ word.upper(1) }}", 1, "upper"),
    ],
)
def test_a_broken_template_is_a_problem_with_its_line(
    tmp_path: Path, template: str, line: int, said: str
) -> None:
    with pytest.raises(AnjomanError) as error:
        render(own(tmp_path, template))
    problem = problems(error)[0]
    assert (problem.path, problem.line) == ("themes/mine/templates/page.html", line)
    assert said in str(problem)


def test_pages_are_in_their_own_language(tmp_path: Path) -> None:
    found = own(tmp_path, '{{ _("Home") }} {{ 1204|number }} {{ 1|day }}')
    assert render(found) == "Home 1,204 1 Jan 1970"
    assert render(found, language="fa") == "خانه ۱٬۲۰۴ ۱ ژانویه ۱۹۷۰"


def test_an_environment_is_made_once_for_a_language(tmp_path: Path) -> None:
    found = own(tmp_path, "")
    assert found.environment(PLAIN, "en") is pickle.loads(pickle.dumps(found)).environment(PLAIN, "en")
    assert found.environment(PLAIN, "en") is not found.environment(PLAIN, "fa")


def test_compiled_templates_are_kept(tmp_path: Path) -> None:
    found = own(tmp_path, "{{ word }}")
    for _ in range(2):
        assert render(found, presentation=Presentation(cache=tmp_path / "state")) == "&lt;b&gt;"
    assert list((tmp_path / "state").iterdir())


def test_a_changed_template_is_seen(tmp_path: Path) -> None:
    kept = Presentation(cache=tmp_path / "state")
    assert [render(own(tmp_path, text), presentation=kept) for text in ("one", "two", "one")] == [
        "one",
        "two",
        "one",
    ]


PARTS = {"templates/part.html": "part", "templates/other.html": "other"}


@pytest.mark.parametrize(
    ("template", "other_counts"),
    [
        ('{% include "part.html" %}', False),
        ("{%- extends 'part.html' -%}", False),
        ('{% import "part.html" as part with context %}', False),
        ('{% from "part.html" import x with context %}', False),
        ('{% include "part.html" ignore missing %}', False),
        ('{% include ["part.html", "other.html"] %}', True),
        ('{% include "part.html" if word else "other.html" %}', True),
        ("{% include word ~ '.html' %}", True),
    ],
)
def test_a_closure_holds_what_a_template_may_load(tmp_path: Path, template: str, other_counts: bool) -> None:
    closure = own(tmp_path, template, **PARTS).closure("page.html", PLAIN)
    other = own(tmp_path, template, **PARTS | {"templates/other.html": "changed"}).closure("page.html", PLAIN)
    part = own(tmp_path, template, **PARTS | {"templates/part.html": "changed"}).closure("page.html", PLAIN)
    assert part != closure
    assert (other != closure) == other_counts


def test_a_closure_holds_the_names_of_assets_but_not_their_bytes(tmp_path: Path) -> None:
    ways = (PLAIN, Presentation())
    before = [own(tmp_path, "", **{"static/a.js": "1"}).closure("page.html", way) for way in ways]
    after = [own(tmp_path, "", **{"static/a.js": "2"}).closure("page.html", way) for way in ways]
    assert (before[0] == after[0], before[1] == after[1]) == (True, False)


def test_a_theme_is_the_same_in_another_folder(tmp_path: Path) -> None:
    here, there = own(tmp_path / "here", "x"), own(tmp_path / "there", "x")
    assert here.digest == there.digest
    assert here.closure("page.html", PLAIN) == there.closure("page.html", PLAIN)


PAGES: tuple[tuple[str, type, str], ...] = (
    ("front.html", front.FrontContext, ""),
    ("board-forum.html", boards.BoardContext, "forum"),
    ("board-blog.html", boards.BoardContext, "blog"),
    ("topic.html", topics.TopicContext, "forum"),
    ("article.html", topics.TopicContext, "blog"),
    ("board-questions.html", boards.BoardContext, "questions"),
    ("board-links.html", boards.BoardContext, "links"),
    ("board-view.html", board_views.ViewContext, "questions"),
    ("board-view.html", board_views.ViewContext, "links"),
    ("question.html", topics.TopicContext, "questions"),
    ("link.html", topics.TopicContext, "links"),
    ("board-podcast.html", boards.BoardContext, "podcast"),
    ("episode.html", topics.TopicContext, "podcast"),
    ("board-gallery.html", boards.BoardContext, "gallery"),
    ("album.html", topics.TopicContext, "gallery"),
    ("board-mail.html", boards.BoardContext, "mail"),
    ("mail.html", topics.TopicContext, "mail"),
    ("mail-archive.html", mail.MailArchiveContext, "mail"),
    ("board-chat.html", boards.BoardContext, "chat"),
    ("conversation.html", chat.ConversationContext, ""),
    ("conversation-messages.html", conversing.MessagesContext, ""),
    ("conversation-threads.html", threads.ThreadsContext, ""),
    ("member.html", members.MemberContext, ""),
    ("members.html", members.MembersContext, ""),
    ("tags.html", tags.TagsContext, ""),
    ("tag.html", tags.TagContext, ""),
    ("archive.html", archive.ArchiveContext, ""),
    ("activity.html", activity.ActivityContext, ""),
    ("series.html", series.SeriesContext, ""),
    ("series-list.html", series.SeriesListContext, ""),
    ("recent.html", recent.RecentContext, ""),
    ("unanswered.html", recent.UnansweredContext, ""),
    ("404.html", pages.NotFoundContext, ""),
    ("page.html", pages.PlainContext, ""),
    ("redirect.html", redirects.RedirectContext, ""),
)


@dataclass(frozen=True)
class Filler:
    """Makes a value of any type of a context: hostile text everywhere, or nothing at all."""

    full: bool
    flags: bool
    number: int
    kind: str

    def make(self, of: Any, name: str = "", depth: int = 0) -> Any:
        if is_plain(of):
            hints = get_type_hints(of)
            return of(**{item: self.make(hints[item], item, depth + 1) for item in field_names(of)})
        if get_origin(of) is tuple:
            return self._several(get_args(of), name, depth)
        if type(None) in get_args(of):
            return self.make(get_args(of)[0], name, depth) if self.full else None
        known = {
            "kind": self.kind,
            "language": "fa",
            "dir": "rtl",
            "level": 1,
            "weight": 1,
            "prefix": "/forum",
        }
        plain = {
            bool: self.flags,
            int: self.number,
            str: HOSTILE if self.full else "",
            Markup: Markup("<p>x</p>"),
        }
        return known.get(name, plain[of])

    def _several(self, inner: tuple[Any, ...], name: str, depth: int) -> tuple[Any, ...]:
        if inner[-1] is not ...:
            return tuple(self.make(one, "", depth) for one in inner)
        return tuple(self.make(inner[0], name, depth) for _ in range(2 if self.full and depth < 4 else 0))


BUILT_IN = ("agora", "classic", "journal")


@pytest.fixture(scope="module")
def agora() -> Theme:
    return theme.load("agora", Path(), {})


@pytest.fixture(scope="module", params=BUILT_IN)
def built_in(request: pytest.FixtureRequest) -> Theme:
    return theme.load(request.param, Path(), {})


@pytest.fixture(scope="module")
def weights(built_in: Theme) -> dict[str, int]:
    """What each style sheet weighs when it is sent, by its address."""
    return {"/forum" + file.address: len(gzip.compress(file.read())) for file in built_in.assets() if file.name.endswith(".css")}


@pytest.mark.parametrize("filler", [(True, False, 0), (True, False, 3), (True, True, 1), (False, False, 1)])
@pytest.mark.parametrize(("template", "context", "kind"), PAGES)
def test_pages_are_safe_and_whole(
    built_in: Theme, weights: dict[str, int], template: str, context: type, kind: str, filler: tuple[bool, bool, int]
) -> None:
    shown = Filler(*filler, kind).make(context)
    html = built_in.render(template, shown, shown.site, Presentation(prefix="/forum"))
    tree = LexborHTMLParser(html)
    assert tree.css("meta[http-equiv=Content-Security-Policy]")
    assert not tree.css("style, [style], script:not([src], [type='application/ld+json'])")
    assert not [name for node in tree.css("*") for name in node.attributes if name.startswith("on")]
    wanted = [
        (node, name) for node in tree.css("script, link[rel=stylesheet], use") for name in ("src", "href")
    ]
    asked = [node.attributes[name] or "" for node, name in wanted if name in node.attributes]
    assert asked
    assert all(address.startswith("/forum/_/") for address in asked)
    assert sum(weights[address] for address in asked if address.endswith(".css")) < 20_000
    levels = [int((node.tag or "")[1]) for node in tree.css("h1, h2, h3, h4, h5, h6")]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def front_page(agora: Theme, *cards: views.BoardCard, **facts: int) -> LexborHTMLParser:
    nothing = Filler(full=False, flags=False, number=0, kind="").make(front.FrontContext)
    articles = (views.TopicCard("a", "/a/", "A", "blog", None, views.Person(""), 0, 0, 0),)
    shown = replace(nothing, page=views.PageView("/", "front"), boards=cards, articles=articles, **facts)
    return LexborHTMLParser(agora.render("front.html", shown, SITE, PLAIN))


def test_a_blogs_front_tells_of_articles_and_of_nobody(agora: Theme) -> None:
    page = front_page(agora, views.BoardCard("blog", "/blog/", "Blog", "blog"), topics=3, entries=3)
    assert [node.text() for node in page.css(".stats li")] == ["3 articles"]
    assert not page.css(".boards, .avatar, .aside, time")
    assert [node.attributes["href"] for node in page.css(".more")] == ["/blog/"]


def test_a_front_of_several_boards_lists_them(agora: Theme) -> None:
    cards = [views.BoardCard(kind, f"/{kind}/", kind, kind) for kind in ("blog", "forum")]
    page = front_page(agora, *cards, topics=3, entries=5, members=1)
    assert [node.text() for node in page.css(".stats li")] == ["3 topics", "5 entries", "1 member"]
    assert len(page.css(".board")) == 2


def test_a_theme_is_light(built_in: Theme) -> None:
    sizes = {asset.name: len(gzip.compress(asset.read())) for asset in built_in.assets()}
    always = sizes["theme.js"] + sizes[SCRIPT]
    kinds = sum(size for name, size in sizes.items() if name.startswith("kinds"))
    assert sizes[BUNDLE] + kinds + sizes["media.css"] < 20_000
    for name, size in sizes.items():
        if name.endswith(".css") and name != BUNDLE:
            assert sizes[BUNDLE] + size < 20_000, name
        if name.endswith(".js") and name not in (SCRIPT, "theme.js", "search.js"):
            assert always + size < 10_000, name
    assert sizes["search.js"] < 8_000


def test_styles_have_no_left_and_right_of_their_own(built_in: Theme) -> None:
    own_sheets = [file.text() for file in built_in.statics if file.name.endswith(".css")]
    physical = re.compile(r"(?:margin|padding|border|inset)-(?:left|right)|[\s;{](?:left|right|float)\s*:")
    assert [physical.findall(text) for text in own_sheets] == [[] for _ in own_sheets]
    assert not re.findall(r"url\(|@import", sheet(built_in))
