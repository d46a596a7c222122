"""Two files that can't stand beside each other are told before anything is written."""

from __future__ import annotations

import pytest

from tests.conftest import Community, only

TOPIC = "---\n{0}author: leila\ndate: 2026-11-01\n---\nText.\n"


@pytest.mark.parametrize(
    ("files", "path", "other"),
    [
        ({"cafe/tea.md": "slug: /feed.xml\n"}, "content/cafe/tea.md", "the site itself"),
        ({"cafe/tea.md": "slug: index.html\n"}, "content/cafe/tea.md", "content/cafe/board.md"),
        ({"cafe/tea.md": "", "/static/cafe/tea": ""}, "static/cafe/tea", "content/cafe/tea.md"),
        ({"/static/cafe": ""}, "static/cafe", "content/cafe/board.md"),
        ({"/static/CAFE": ""}, "static/CAFE", "content/cafe/board.md"),
        ({"about.md": "aliases: [/old.html]\n", "/static/old.html/x.txt": ""}, "static/old.html/x.txt", "content/about.md"),
    ],
)
def test_a_file_and_a_folder_of_one_name_are_a_problem_that_names_both(
    site: Community, files: dict[str, str], path: str, other: str
) -> None:
    site.write({"cafe/board.md": "---\ntitle: Café\n---\n"})
    site.write({name: TOPIC.format(text) if name.endswith(".md") else "copied" for name, text in files.items()})
    problem = only(site.build())
    assert problem.path == path
    assert other in problem.message
    assert "can't stand beside" in problem.message
    assert site.has("/cafe/")


def test_when_the_clash_is_mended_the_page_is_made(site: Community) -> None:
    site.write({"cafe/board.md": "---\ntitle: Café\n---\n", "/static/cafe": "copied"})
    only(site.build())
    site.path("/static/cafe").rename(site.path("/static/cafes"))
    site.clean()
    assert site.has("/cafes")
    site.remove("cafe/board.md")
    site.path("/static/cafes").rename(site.path("/static/cafe"))
    site.clean()
    assert site.source("/cafe") == "copied"


def test_a_topic_and_a_page_below_it_stand_side_by_side(site: Community) -> None:
    site.write({"cafe/board.md": "---\ntitle: Café\n---\n", "cafe/tea.md": TOPIC.format("slug: /a\n")})
    site.write({"about.md": TOPIC.format("slug: /a/b\n"), "/static/a/c.txt": "copied"})
    site.clean()
    assert site.has("/a/") and site.has("/a/b/") and site.has("/a/c.txt")


def test_of_several_sources_with_one_address_each_loser_is_told_once(site: Community) -> None:
    names = [f"tea{sign}board.md" for sign in ("/", "!/", "?/", "+/")]
    site.write(dict.fromkeys(names, "---\ntitle: Tea\n---\n"))
    found = [(problem.path, "content/tea!/board.md" in problem.message) for problem in site.build().problems]
    assert sorted(found) == [(f"content/{name}", True) for name in sorted(names) if name != "tea!/board.md"]


@pytest.mark.parametrize("alias", ["https://old.example/tea", "//old.example/tea", "/", "..", "/a/../b", "/a\\b", "#x", "?t=1"])
def test_an_alias_that_cant_be_an_address_is_told_and_the_others_stand(site: Community, alias: str) -> None:
    site.write({"cafe/board.md": "---\ntitle: Café\n---\n"})
    site.write({"cafe/tea.md": TOPIC.format(f"aliases: ['{alias}', /old/tea.html]\n")})
    problem = only(site.build())
    assert (problem.path, problem.line, problem.field) == ("content/cafe/tea.md", 2, "aliases")
    assert problem.severity == "warning"
    assert site.has("/old/tea.html")
    assert site.has("/cafe/tea/")
