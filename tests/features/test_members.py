from __future__ import annotations

import pytest

from generator.catalog.rows import steps
from tests.conftest import SETTINGS, Community


def topic(author: str, text: str = "Text.", day: int = 1) -> str:
    return f"---\nauthor: {author}\ndate: 2026-01-{day:02}\n---\n{text}\n"


def test_an_author_has_a_page_with_and_without_a_file(site: Community) -> None:
    site.write(
        {
            "members/leila.md": "---\nname: Leila\ntitle: Tea lover\njoined: 2020-01-02\n---\nI like *tea*.\n",
            "cafe/a.md": topic("leila"),
            "cafe/b.md": topic("omid"),
        },
        cafe="",
    ).clean()
    assert site.text("/members/leila/", "main em") == "tea"
    assert site.attributes("/cafe/a/", "#r-1 .entry-who a", "href") == ["/forum/members/leila/"]
    assert site.texts("/cafe/a/", "#r-1 .entry-who a") == ["Leila"]
    assert site.attributes("/cafe/b/", "#r-1 .entry-who a", "href") == ["/forum/members/omid/"]
    assert site.has("/members/omid/")


def test_a_member_who_never_wrote_has_a_page(site: Community) -> None:
    site.write({"members/leila.md": "---\nname: Leila\n---\n"}).clean()
    assert site.has("/members/leila/")
    assert "Leila" in site.source("/members/")


def test_a_visitor_has_no_page_and_their_link_is_not_endorsed(site: Community) -> None:
    visitor = "--- reply\nname: Passer-by\nurl: https://spam.example/\ndate: 2026-01-02\n---\nHello.\n"
    site.write({"cafe/a.md": topic("omid") + visitor}, cafe="").clean()
    assert not site.has("/members/passer-by/")
    assert "Passer-by" in site.texts("/cafe/a/", "#r-2 .entry-who")[0]
    assert site.attributes("/cafe/a/", "#r-2 .entry-who a", "rel") == ["ugc nofollow noopener"]


def test_other_names_of_a_member_are_the_same_person(site: Community) -> None:
    site.write(
        {
            "members/leila.md": "---\nname: Leila K.\nalso: [lk, Leila@old]\n---\n",
            "cafe/a.md": topic("LK", "By @lk and @leila.", 1),
            "cafe/b.md": topic("Leila@old", day=2),
            "cafe/c.md": topic("leila k.", day=3),
        },
        cafe="",
    ).clean()
    assert {name for name in site.html_files() if name.startswith("members/")} == {"members/index.html", "members/leila/index.html"}
    assert site.attributes("/cafe/a/", ".prose a", "href") == ["/forum/members/leila/"] * 2
    assert len(site.texts("/members/leila/", ".excerpt")) == 3


def test_a_mention_of_nobody_is_text(site: Community) -> None:
    site.write({"cafe/a.md": topic("omid", "Hello @nobody.")}, cafe="").clean()
    assert site.texts("/cafe/a/", ".prose") == ["Hello @nobody."]
    assert site.attributes("/cafe/a/", ".prose a", "href") == []


def test_members_who_share_an_address_get_a_stable_suffix(site: Community) -> None:
    site.write({"cafe/a.md": topic("C"), "cafe/b.md": topic("C#"), "cafe/c.md": topic("C++")}, cafe="").clean()
    before = {address for address in site.html_files() if address.startswith("members/c")}
    assert len(before) == 3
    site.remove("cafe/a.md")
    site.clean()
    assert {address for address in site.html_files() if address.startswith("members/c")} == before - {"members/c/index.html"}


def test_a_member_called_page_hides_no_numbered_page(site: Community) -> None:
    site.write({"cafe/a.md": topic("page")}, cafe="").clean()
    assert [name for name in site.html_files() if name.startswith("members/page-")]


def test_two_authors_of_one_topic_both_have_it(site: Community) -> None:
    site.write({"cafe/a.md": topic("[leila, omid]")}, cafe="").clean()
    for name in ("leila", "omid"):
        assert len(site.texts(f"/members/{name}/", ".excerpt")) == 1
    assert len(site.attributes("/cafe/a/", "#r-1 .entry-who a", "href")) == 2


def test_an_alias_of_a_member_redirects(site: Community) -> None:
    site.write({"members/leila.md": "---\naliases: [/u/7/]\n---\n"}).clean()
    assert "url=/forum/members/leila/" in site.source("/u/7/")


def test_a_role_comes_from_the_settings_and_the_file(site: Community) -> None:
    site.write(
        {
            "/site.toml": 'title = "T"\n[people]\nmoderators = ["omid"]\n',
            "members/leila.md": "---\nrole: founder\n---\n",
            "cafe/a.md": topic("leila"),
            "cafe/b.md": topic("omid"),
        },
        cafe="",
    ).clean()
    assert "founder" in site.texts("/cafe/a/", "#r-1 .entry-who")[0].lower()
    assert "moderators" in site.texts("/cafe/b/", "#r-1 .entry-who")[0].lower()


def test_many_entries_of_a_member_are_cut_into_pages(site: Community) -> None:
    site.write({f"cafe/t{n}.md": topic("leila", day=n % 28 + 1) for n in range(31)}, cafe="").clean()
    shown = [len(site.texts(address, ".excerpt")) for address in ("/members/leila/", "/members/leila/page/1/", "/members/leila/page/2/")]
    assert shown == [30, 30, 1]


def test_an_avatar_beside_the_member_is_copied_and_shown(site: Community) -> None:
    site.write({"members/leila.md": "---\navatar: leila.png\n---\n", "members/leila.png": b"png", "cafe/a.md": topic("leila")}, cafe="").clean()
    assert site.has("/members/leila.png")
    assert "/forum/members/leila.png" in site.attributes("/cafe/a/", "#r-1 img", "src")


def test_two_files_of_one_member_are_a_problem_that_names_both(site: Community) -> None:
    site.write({"members/leila.md": "First.\n", "members/friends/leila.md": "Other.\n", "members/LEILA.markdown": "Second.\n"})
    result = site.build()
    assert [(p.path, p.severity) for p in result.problems] == [("content/members/leila.md", "error")]
    assert "members/LEILA.markdown" in result.problems[0].message


CLASSIC = SETTINGS + '[theme]\nname = "classic"\n'


def test_beside_a_post_of_classic_stands_how_much_its_author_wrote_and_since_when(site: Community) -> None:
    site.write(
        {
            "/site.toml": CLASSIC,
            "members/leila.md": "---\nname: Leila\njoined: 2020-02-03\n---\n",
            "cafe/a.md": topic("leila"),
            "cafe/b.md": topic("omid", day=2),
            **{f"cafe/t{day}.md": topic("leila", f"Text {day}.", day) for day in range(1, 13)},
        },
        cafe="",
    ).clean()
    assert site.texts("/cafe/a/", "#r-1 .poster-fact") == ["10+ entries", "Joined February 2020"]
    assert site.texts("/cafe/b/", "#r-1 .poster-fact") == ["1 entry", "here since January 2026"]


def test_one_more_entry_of_a_member_who_wrote_many_changes_none_of_the_other_pages(site: Community) -> None:
    texts = {f"cafe/t{day}.md": topic("leila", f"Text {day}.", day) for day in range(1, 13)}
    site.write({"/site.toml": CLASSIC, **texts}, cafe="").clean()
    rendered = site.write({"cafe/new.md": topic("leila", "Other.", 20)}).clean().rendered
    site.write({"/site.toml": CLASSIC + "posts = false\n"}).clean()
    assert site.texts("/cafe/t1/", "#r-1 .poster-fact") == []
    assert site.write({"cafe/more.md": topic("leila", "More.", 21)}).clean().rendered == rendered


@pytest.mark.parametrize(("count", "told"), [(0, 0), (9, 9), (10, 10), (19, 10), (20, 20), (99, 50), (100, 100), (4_999, 2_000)])
def test_how_much_somebody_wrote_is_told_in_steps(count: int, told: int) -> None:
    assert steps(count) == told
