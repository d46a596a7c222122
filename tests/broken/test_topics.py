"""Topics and replies that don't fit together: errors and warnings as the content format says, the rest stands."""

from __future__ import annotations

import pytest

from generator.report import Result
from tests.conftest import SETTINGS, Community, only

OPENING = "---\ntitle: Tea\nauthor: leila\ndate: 2026-01-01\n---\nWhich tea?\n"
GOOD = OPENING.replace("Tea", "Good").replace("Which tea?", "Good text.")


def built(site: Community, files: dict[str, str | bytes]) -> Result:
    result = site.write(files).write({"cafe/good.md": GOOD}, cafe="title: Café").build()
    assert site.texts("/cafe/good/", ".prose") == ["Good text."]
    for problem in result.problems:
        assert (problem.hint or "expected" in problem.message) and problem.path.startswith("content/")
    return result


def reply(text: str, **fields: str) -> str:
    given = {"author": "omid", "date": "2026-01-02", **fields}
    return "--- reply\n" + "".join(f"{name}: {value}\n" for name, value in given.items()) + f"---\n{text}\n"


# Addresses -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("cafe/tea.md", "cafe/old/tea.md"),
        ("cafe/tea.markdown", "cafe/tea.md"),
        ("cafe/A/tea.md", "cafe/TEA.md"),
        ("cafe/a/caf\u00e9.md", "cafe/cafe\u0301.md"),
        ("cafe/a/كيك.md", "cafe/کیک.md"),
        ("cafe/a/2026-01-02-tea.md", "cafe/tea.md"),
        ("cafe/tea.md", "cafe/tea/index.md"),
        ("cafe.md", "cafe/board.md"),
    ],
)
def test_two_with_one_address_are_an_error_that_names_both(site: Community, first: str, second: str) -> None:
    page = second.endswith("board.md")
    texts: dict[str, str | bytes] = {first: OPENING if page else OPENING + reply("Answer one.")}
    if not page:
        texts[second] = OPENING.replace("Which tea?", "Another.") + reply("Answer two.")
    result = built(site, texts)
    names = sorted([f"content/{first}", f"content/{second}"])
    problem = only(result)
    assert problem.severity == "error"
    assert problem.path in names
    assert next(name for name in names if name != problem.path) in problem.message


def test_of_two_with_one_address_the_first_by_path_stands_and_the_other_returns(site: Community) -> None:
    files: dict[str, str | bytes] = {"cafe/a/tea.md": OPENING, "cafe/b/tea.md": OPENING.replace("Which tea?", "Another.")}
    assert only(built(site, files)).path == "content/cafe/b/tea.md"
    assert site.texts("/cafe/tea/", ".prose") == ["Which tea?"]
    site.remove("cafe/a/tea.md")
    site.clean()
    assert site.texts("/cafe/tea/", ".prose") == ["Another."]
    site.write(files)
    assert only(site.build()).path == "content/cafe/b/tea.md"
    assert site.texts("/cafe/tea/", ".prose") == ["Which tea?"]


@pytest.mark.parametrize(
    "path",
    ["cafe/page.md", "cafe/archive.md", "tags.md", "members/board.md", "search.md", "fa.md", "tags/board.md", "cafe/page/board.md", "fa/board.md"],
)
def test_an_address_that_the_site_needs_is_an_error(site: Community, path: str) -> None:
    files: dict[str, str | bytes] = {"/site.toml": SETTINGS + 'languages = ["fa"]\n', path: OPENING.replace("author: leila\ndate: 2026-01-01\n", "")}
    if path.startswith(("cafe/page.", "cafe/archive")):
        files[path] = OPENING
    assert {(problem.path, problem.severity) for problem in built(site, files).problems} == {(f"content/{path}", "error")}


def test_a_slug_can_not_take_an_address_that_the_site_needs(site: Community) -> None:
    for slug in ("/tags/rss/", "/members/leila/", "/fa/x/", "/search/"):
        opening = OPENING.replace("---\nWhich", f"slug: {slug}\n---\nWhich")
        result = built(site, {"/site.toml": SETTINGS + 'languages = ["fa"]\n', "cafe/tea.md": opening})
        problem = only(result)
        assert (problem.path, problem.field, problem.severity) == ("content/cafe/tea.md", "slug", "error")


@pytest.mark.parametrize("pattern", ["../:slug", "/../../:slug", "a//:slug", ":slug/../..", "./:slug", "\\:slug", ":slug\0"])
def test_a_pattern_of_addresses_can_not_lead_out(site: Community, pattern: str) -> None:
    files: dict[str, str | bytes] = {"odd/board.md": f"---\ntitle: Odd\naddress: '{pattern}'\n---\n", "odd/tea.md": OPENING}
    result = built(site, files)
    assert any(problem.path in ("content/odd/board.md", "content/odd/tea.md") for problem in result.errors) or "Which tea?" in "".join(
        site.source(f"/{name}") for name in site.html_files()
    )
    assert all(path.is_relative_to(site.root) for path in site.root.parent.rglob("*.html"))
    site.remove("odd/tea.md")
    site.build()


@pytest.mark.parametrize("slug", ["/../../x/", "..", "a/../../b", "/", "//evil.example/", "con", "/a\\\\b/", "🍵"])
def test_a_slug_can_not_lead_out(site: Community, slug: str) -> None:
    result = built(site, {"cafe/tea.md": OPENING.replace("---\nWhich", f'slug: "{slug}"\n---\nWhich')})
    shown = [name for name in site.html_files() if "Which tea?" in site.texts(f"/{name}", ".prose")]
    assert shown or only(result).path == "content/cafe/tea.md"
    assert all(path.is_relative_to(site.root) for path in site.root.parent.rglob("*.html"))


def test_an_alias_that_is_taken_is_an_error_that_names_both(site: Community) -> None:
    aliased = OPENING.replace("---\nWhich", "aliases: [/cafe/good/, /old/]\n---\nWhich")
    result = built(site, {"cafe/tea.md": aliased, "cafe/milk.md": OPENING.replace("---\nWhich", "aliases: [/OLD/]\n---\nWhich")})
    assert sorted((problem.path, problem.severity) for problem in result.problems) == [
        ("content/cafe/tea.md", "error"), ("content/cafe/tea.md", "error"),
    ]  # fmt: skip
    assert {name for problem in result.problems for name in ("cafe/good.md", "cafe/milk.md") if name in problem.message} == {
        "cafe/good.md", "cafe/milk.md",
    }  # fmt: skip


def test_an_alias_of_ones_own_address_is_nothing(site: Community) -> None:
    aliased = OPENING.replace("---\nWhich", "aliases: [/cafe/tea, /cafe/tea/, /cafe/tea/index.html]\n---\nWhich")
    assert not built(site, {"cafe/tea.md": aliased}).problems
    assert site.texts("/cafe/tea/", ".prose") == ["Which tea?"]


# Boards ----------------------------------------------------------------------


def test_a_board_with_two_files_is_an_error(site: Community) -> None:
    problem = only(built(site, {"cafe/_index.md": "---\ntitle: Other\n---\n"}))
    assert (problem.path, problem.severity) == ("content/cafe/_index.md", "error")
    assert "board.md" in problem.message


def test_an_index_on_a_board_is_an_error(site: Community) -> None:
    assert only(built(site, {"cafe/index.md": "Hello.\n"})).path == "content/cafe/index.md"


def test_a_board_at_the_top_is_an_error(site: Community) -> None:
    assert only(built(site, {"board.md": "---\ntitle: Top\n---\n"})).path == "content/board.md"


def test_a_board_in_a_topics_folder_is_an_error(site: Community) -> None:
    result = built(site, {"cafe/tea.md": OPENING, "cafe/tea/board.md": "---\ntitle: Board\n---\n"})
    assert {problem.path for problem in result.errors} == {"content/cafe/tea/board.md"}


# Replies ---------------------------------------------------------------------


def test_a_reply_to_what_is_not_there_stands_at_the_top_with_a_warning(site: Community) -> None:
    problem = only(built(site, {"cafe/tea.md": OPENING + reply("Hi.", reply_to="99")}))
    assert (problem.path, problem.line, problem.field, problem.severity) == ("content/cafe/tea.md", 7, "reply_to", "warning")
    assert site.texts("/cafe/tea/", "#r-2 .prose") == ["Hi."]


def test_replies_in_a_circle_are_all_shown(site: Community) -> None:
    circle = reply("A.", reply_to="3") + reply("B.", reply_to="4") + reply("C.", reply_to="2") + reply("D.", reply_to="5")
    result = built(site, {"cafe/tea.md": OPENING + circle})
    assert [(p.field, p.severity) for p in result.problems] == [("reply_to", "warning")] * 2
    assert sorted(site.texts("/cafe/tea/", ".reply .prose")) == ["A.", "B.", "C.", "D."]


def test_a_reply_that_answers_a_later_one_is_shown_once(site: Community) -> None:
    built(site, {"cafe/tea.md": OPENING + reply("Early.", reply_to="3") + reply("Late.", date="2026-02-01")})
    assert sorted(site.texts("/cafe/tea/", ".reply .prose")) == ["Early.", "Late."]


def test_a_bad_reply_costs_that_reply_alone(site: Community) -> None:
    replies = reply("Before.") + reply("Lost words.", date="never") + reply("After.", date="2026-01-03")
    problem = only(built(site, {"cafe/tea.md": OPENING + replies}))
    assert (problem.path, problem.line, problem.field, problem.severity) == ("content/cafe/tea.md", 14, "date", "error")
    assert site.attributes("/cafe/tea/", ".entries .entry", "id") == ["r-2", "r-4"]


def test_a_lost_reply_that_others_answer_leaves_a_tombstone(site: Community) -> None:
    replies = reply("Lost words.", id="x", date="never") + reply("An answer.", reply_to="x")
    only(built(site, {"cafe/tea.md": OPENING + replies}))
    assert site.attributes("/cafe/tea/", ".tombstone", "id") == ["r-x"]
    assert site.texts("/cafe/tea/", ".entries .entries .prose") == ["An answer."]
    assert "Lost words" not in site.source("/cafe/tea/")


def test_a_lost_reply_in_a_file_of_its_own_leaves_a_tombstone_under_its_name(site: Community) -> None:
    lost = "---\nauthor: omid\ndate: never\n---\nLost.\n"
    problem = only(built(site, {"cafe/tea.md": OPENING + reply("An answer.", reply_to="omid"), "cafe/tea/omid.md": lost}))
    assert problem.place == "content/cafe/tea/omid.md:3"
    assert site.attributes("/cafe/tea/", ".tombstone", "id") == ["r-omid"]


def test_two_replies_with_one_id_are_an_error(site: Community) -> None:
    files: dict[str, str | bytes] = {
        "cafe/tea.md": OPENING + reply("A.", id="x") + reply("B.", id="x"),
        "cafe/tea/c.md": "---\nauthor: c\nid: x\n---\nC.\n",
    }
    result = built(site, files)
    assert [(p.path.rpartition("/")[2], p.field, p.severity) for p in result.problems] == [
        ("tea.md", "id", "error"), ("c.md", "id", "error"),
    ]  # fmt: skip
    assert site.texts("/cafe/tea/", ".reply .prose") == ["A."]


@pytest.mark.parametrize("name", ["1", "a b", "x" * 65, "<b>", "../x"])
def test_an_id_that_can_not_be_one_is_an_error(site: Community, name: str) -> None:
    problem = only(built(site, {"cafe/tea.md": OPENING + reply("A.", id=f'"{name}"')}))
    assert (problem.path, problem.line, problem.field, problem.severity) == ("content/cafe/tea.md", 10, "id", "error")


def test_replies_without_a_topic_are_an_error_for_each_file(site: Community) -> None:
    files: dict[str, str | bytes] = {
        "/site.toml": SETTINGS + 'languages = ["fa"]\n',
        "cafe/tea.fa.md": OPENING,
        "cafe/tea/omid.md": "---\nauthor: omid\n---\nHi.\n",
        "cafe/tea/sara.md": "---\nauthor: sara\n---\nHo.\n",
    }
    result = built(site, files)
    assert [(p.path, p.severity) for p in result.problems] == [
        ("content/cafe/tea/omid.md", "error"), ("content/cafe/tea/sara.md", "error"),
    ]  # fmt: skip


def test_replies_of_a_topic_that_can_not_be_read_are_told_by_its_problem(site: Community) -> None:
    files: dict[str, str | bytes] = {"cafe/tea.md": "---\ndate: never\n---\n", "cafe/tea/omid.md": "---\nauthor: omid\n---\nHi.\n"}
    assert "content/cafe/tea.md" in {problem.path for problem in built(site, files).errors}


def test_a_text_in_a_topics_folder_that_does_not_say_that_it_is_a_reply_is_an_error(site: Community) -> None:
    problem = only(built(site, {"cafe/tea.md": OPENING, "cafe/tea/notes.md": "Just notes.\n"}))
    assert (problem.path, problem.severity) == ("content/cafe/tea/notes.md", "error")


def test_an_empty_file_of_replies_is_an_error(site: Community) -> None:
    assert only(built(site, {"cafe/tea.md": OPENING, "cafe/tea/none.md": ""})).path == "content/cafe/tea/none.md"


def test_replies_on_a_plain_page_are_an_error_that_names_the_line(site: Community) -> None:
    problem = only(built(site, {"about.md": "About.\n" + reply("Hi.")}))
    assert (problem.path, problem.line, problem.severity) == ("content/about.md", 2, "error")


# What text points to ---------------------------------------------------------


@pytest.mark.parametrize(("link", "word"), [("[[Nowhere]]", "nowhere"), ("[[Twin]]", "ambiguous")])
def test_a_broken_wiki_link_is_a_warning_with_its_line_and_stays_text(site: Community, link: str, word: str) -> None:
    twin = OPENING.replace("Tea", "Twin")
    files: dict[str, str | bytes] = {"a/board.md": "", "b/board.md": "", "a/x.md": twin, "b/x.md": twin}
    problem = only(built(site, {**files, "cafe/tea.md": OPENING + reply(f"One.\n\nSee {link}.")}))
    assert (problem.place, problem.severity) == ("content/cafe/tea.md:13", "warning")
    assert word in problem.message
    assert link.strip("[]") in site.texts("/cafe/tea/", "#r-2 .prose")[0]
    assert site.attributes("/cafe/tea/", "#r-2 .prose a", "href") == []


def test_a_wiki_link_heals_when_its_topic_comes(site: Community) -> None:
    only(built(site, {"cafe/tea.md": OPENING + reply("See [[Coffee]].")}))
    site.write({"cafe/coffee.md": OPENING.replace("Tea", "Coffee")}).clean()
    assert site.attributes("/cafe/tea/", "#r-2 .prose a", "href") == ["/forum/cafe/coffee/"]
    site.remove("cafe/coffee.md")
    assert only(site.build()).severity == "warning"


def test_a_translation_of_nothing_is_a_warning(site: Community) -> None:
    opening = OPENING.replace("---\nWhich", "translation_of: cafe/gone\n---\nWhich")
    problem = only(built(site, {"cafe/tea.md": opening}))
    assert (problem.path, problem.field, problem.severity) == ("content/cafe/tea.md", "translation_of", "warning")
    assert site.has("/cafe/tea/")


def test_two_members_who_claim_one_name_are_a_warning(site: Community) -> None:
    problem = only(built(site, {"members/a.md": "---\nalso: [x]\n---\n", "members/b.md": "---\nalso: [X]\n---\n"}))
    assert (problem.path, problem.field, problem.severity) == ("content/members/b.md", "also", "warning")
    assert "content/members/a.md" in problem.message


# All in one run --------------------------------------------------------------


def test_everything_that_is_wrong_is_told_in_one_run_and_each_time_until_mended(site: Community) -> None:
    files: dict[str, str | bytes] = {
        "cafe/a.md": "---\ndate: never\n---\nA.\n",
        "cafe/b.md": b"\xff\xfe",
        "cafe/c.md": "",
        "cafe/tea.md": OPENING + reply("Hi.", reply_to="9") + reply("[[gone]]", titel="x"),
        "members/m.md": "---\njoined: never\n---\n",
        "odd/board.md": "---\nkind: odd\n---\n",
    }
    first = built(site, files)
    assert {problem.path.removeprefix("content/") for problem in first.problems} == set(files)
    assert len(first.problems) == 8
    assert set(site.build().problems) == set(first.problems)
    site.remove(*(name for name in files))
    site.clean()
