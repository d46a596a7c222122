from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree as ET

from generator.check.schemas import check_linked_data
from tests.conftest import SETTINGS, Community, only

BASE = "https://example.org/forum"
ATOM = "{http://www.w3.org/2005/Atom}"
BOARD = "title: Questions\nkind: questions"


def question(title: str = "Why?", more: str = "", replies: str = "", day: int = 1) -> str:
    return f"---\ntitle: {title}\nauthor: leila\ndate: 2026-01-{day:02} 10:00\n{more}---\nWhat is asked in {title}\n{replies}"


def reply(own: str, more: str = "", day: int = 2) -> str:
    return f"\n--- reply\nid: {own}\nauthor: omid\ndate: 2026-01-{day:02} 10:00\n{more}---\nWords of {own}.\n"


NOTICE = "\n--- reply\nid: b\nauthor: omid\ndate: 2026-01-02 10:00\nevent: moved this here\n---\n"


def built(site: Community, text: str, board: str = BOARD) -> str:
    site.write({"q/why.md": text}, q=board).clean()
    return "/q/why/"


def anchors(site: Community, address: str, selector: str) -> list[str]:
    return site.attributes(address, selector, "id")


def data(site: Community, address: str) -> dict[str, Any]:
    blocks = site.page(address).css('script[type="application/ld+json"]')
    assert not [problem for block in blocks for problem in check_linked_data(address, 1, block.text())]
    return {node["@type"]: node for block in blocks for node in json.loads(block.text())["@graph"]}


# A question's page ---------------------------------------------------------


def test_answers_stand_by_accepted_votes_and_date(site: Community) -> None:
    replies = reply("a") + reply("b", "votes: 9\n") + reply("c", day=3) + reply("d", "votes: 2\n")
    address = built(site, question(more="accepted: c\n", replies=replies))
    assert anchors(site, address, ".answers > .answer > .entry") == ["r-c", "r-b", "r-d", "r-a"]
    assert anchors(site, address, ".is-accepted > .entry") == ["r-c"]
    assert site.text(address, ".accepted-mark") == "Accepted answer"
    assert site.attributes(address, ".solved", "href") == ["/forum/q/why/#r-c"]


def test_a_reply_to_a_reply_is_a_comment_and_so_is_one_to_the_question(site: Community) -> None:
    replies = reply("a") + reply("b", "reply_to: a\n") + reply("c", "reply_to: b\n") + reply("d", "reply_to: 1\n")
    address = built(site, question(replies=replies))
    assert anchors(site, address, ".answers > .answer > .entry") == ["r-a"]
    assert anchors(site, address, ".answer .remark") == ["r-b", "r-c"]
    assert anchors(site, address, ".topic > .remarks .remark") == ["r-d"]
    assert site.attributes(address, ".remark .entry-parent a", "href") == ["/forum/q/why/#r-b"]


def test_comments_past_five_are_folded(site: Community) -> None:
    replies = reply("a") + "".join(reply(f"c{number}", "reply_to: a\n") for number in range(7))
    address = built(site, question(replies=replies))
    assert anchors(site, address, ".answer .more .remark") == ["r-c5", "r-c6"]
    assert site.text(address, ".more summary") == "2 more comments"
    assert not site.page(address).css(".more[open]")


def test_votes_are_shown_where_they_are_counted(site: Community) -> None:
    address = built(site, question(more="votes: 1\n", replies=reply("a", "votes: 3\n") + reply("b") + reply("c", "votes: 0\n")))
    assert site.texts(address, ".answers .tally-fact") == ["3 votes", "0 votes"]
    assert site.texts(address, ".topic-meta .tally-fact") == ["1 vote"]
    assert not site.page(address).css(".reaction")


def test_notices_and_what_is_gone_keep_their_places(site: Community) -> None:
    replies = reply("a", "deleted: true\nvotes: 9\n") + NOTICE + reply("c") + reply("d", "reply_to: a\n")
    address = built(site, question(replies=replies))
    assert anchors(site, address, ".answers > .answer > :is(.entry, .tombstone)") == ["r-c", "r-a"]
    assert anchors(site, address, ".topic > .remarks .event") == ["r-b"]
    assert anchors(site, address, ".answer .remark") == ["r-d"]
    assert site.texts(address, ".section-note") == ["1"]


def test_pages_hold_so_many_answers_with_all_their_comments(site: Community) -> None:
    replies = reply("a") + reply("b", "votes: 5\n") + reply("c", "votes: 4\n") + reply("d", "reply_to: a\n") + reply("e", "reply_to: 1\n")
    built(site, question(more="accepted: c\n", replies=replies), BOARD + "\nper_page: 2")
    assert anchors(site, "/q/why/", ".answers .entry") == ["r-c", "r-b"]
    assert anchors(site, "/q/why/", ".remark") == ["r-e"]
    assert anchors(site, "/q/why/page/2/", ".answers .entry") == ["r-a"]
    assert anchors(site, "/q/why/page/2/", ".remark") == ["r-d"]
    assert json.loads(site.source("/q/why/map.json")) == {"a": 2, "d": 2}
    assert not site.page("/q/why/page/2/").css(".solved")


def test_a_permalink_follows_an_answer_to_another_page(site: Community) -> None:
    votes = "votes: 5\n"
    built(site, question(replies=reply("a") + reply("b", votes)), BOARD + "\nper_page: 1")
    assert json.loads(site.source("/q/why/map.json")) == {"a": 2}
    built(site, question(replies=reply("a", "votes: 6\n") + reply("b", votes)), BOARD + "\nper_page: 1")
    assert json.loads(site.source("/q/why/map.json")) == {"b": 2}
    assert site.attributes("/recent/", ".excerpt-topic", "href")[:2] == ["/forum/q/why/page/2/#r-b", "/forum/q/why/#r-a"]


def test_an_accepted_reply_that_is_not_there_is_told_with_its_line(site: Community) -> None:
    site.write({"q/why.md": question(more="accepted: nobody\n", replies=reply("a") + reply("b"))}, q=BOARD)
    problem = only(site.build())
    assert (problem.path, problem.line, problem.field, problem.severity) == ("content/q/why.md", 5, "accepted", "warning")
    assert "“nobody” is not in this topic" in problem.message
    assert problem.hint == "Answers here: a, b."
    assert not site.page("/q/why/").css(".solved, .is-accepted")


def test_a_comment_can_not_be_accepted(site: Community) -> None:
    site.write({"q/why.md": question(more="accepted: b\n", replies=reply("a") + reply("b", "reply_to: a\n"))}, q=BOARD)
    assert "“b” is no answer that is shown" in only(site.build()).message


def test_a_question_without_answers_says_so(site: Community) -> None:
    address = built(site, question(replies=reply("a", "reply_to: 1\n")))
    assert site.text(address, ".empty-text") == "No answers yet."


# Lists ---------------------------------------------------------------------


def asked(site: Community) -> Community:
    """Questions by the state that they are in."""
    site.write(
        {
            "q/bare.md": question("Bare?", replies=reply("a", "reply_to: 1\n"), day=1),
            "q/tried.md": question("Tried?", replies=reply("a"), day=2),
            "q/helped.md": question("Helped?", replies=reply("a", "votes: 1\n"), day=3),
            "q/solved.md": question("Solved?", "accepted: a\nvotes: 3\n", reply("a"), day=4),
            "q/rules.md": question("Rules", "locked: true\n", day=5),
        },
        q=BOARD,
    ).clean()
    return site


def titles(site: Community, address: str) -> list[str]:
    return site.texts(address, ".row-title a")


def test_boards_have_pages_of_what_waits(site: Community) -> None:
    asked(site)
    assert titles(site, "/q/unanswered/") == ["Bare?"]
    assert titles(site, "/q/open/") == ["Tried?", "Bare?"]
    assert len(titles(site, "/q/")) == 5
    assert titles(site, "/unanswered/") == ["Bare?"]
    assert site.attributes("/q/open/", ".tabs a", "href") == ["/forum/q/", "/forum/q/unanswered/", "/forum/q/open/"]
    assert site.texts("/q/open/", ".tabs [aria-current]") == ["Needs an answer"]


def test_lists_mark_what_is_solved(site: Community) -> None:
    asked(site)
    solved = next(row for row in site.page("/q/").css(".row") if "Solved?" in row.text())
    assert [node.text(strip=True) for node in solved.css(".tally-fact")] == ["3votes", "1answer"]
    assert solved.css(".tally-answers.is-solved")
    assert len(site.page("/q/").css(".state.is-solved")) == 1
    assert len(site.page("/recent/").css(".state.is-solved")) == 0
    assert len(site.page("/").css(".state.is-solved")) == 1


def test_what_waits_has_numbered_pages(site: Community) -> None:
    files = {f"q/t{day}.md": question(f"T{day}", day=day) for day in range(1, 6)}
    site.write(files, q=BOARD + "\nper_page: 2").clean()
    assert titles(site, "/q/unanswered/") == ["T5", "T4"]
    assert titles(site, "/q/unanswered/page/1/") == ["T2", "T1"]
    assert titles(site, "/q/unanswered/page/3/") == ["T5"]


def test_a_topic_at_the_address_of_such_a_page_is_told(site: Community) -> None:
    site.write({"q/open.md": question()}, q=BOARD)
    assert "/q/open/ is made from content/q/board.md already" in only(site.build()).message


def test_where_nothing_waits_the_page_says_so(site: Community) -> None:
    site.write(q=BOARD).clean()
    assert site.text("/q/unanswered/", ".empty-text") == "Every question has an answer."
    assert site.text("/q/", ".empty-text") == "No questions here yet."


def test_other_boards_have_no_such_pages(site: Community) -> None:
    site.write({"cafe/tea.md": question()}, cafe="title: Café").clean()
    assert not site.has("/cafe/unanswered/")
    assert not site.page("/cafe/").css(".tabs")


def test_the_pages_are_there_in_the_languages_of_the_board(site: Community) -> None:
    site.write({"/site.toml": SETTINGS + 'languages = ["fa"]\n', "q/board.fa.md": "---\ntitle: پرسش‌ها\n---\n"})
    asked(site)
    assert site.texts("/fa/q/open/", "h1") == ["پرسش‌ها"]
    assert site.attributes("/fa/q/", ".tabs a", "href")[1] == "/forum/fa/q/unanswered/"


def test_an_answer_changes_what_waits_as_a_clean_build_has_it(site: Community) -> None:
    asked(site).write({"q/bare.md": question("Bare?", replies=reply("a", "votes: 2\n"))}).clean()
    assert not titles(site, "/q/unanswered/")
    assert titles(site, "/q/open/") == ["Tried?"]
    built_on = site.outputs()
    for folder in ("output", ".anjoman"):
        (site.root / folder).rename(site.root / f"{folder}-old")
    site.clean()
    assert {name: data for name, (_, data) in site.outputs().items()} == {name: data for name, (_, data) in built_on.items()}


# For machines --------------------------------------------------------------


def test_a_question_with_answers_is_a_qa_page(site: Community) -> None:
    replies = reply("a", "votes: 4\n") + reply("b") + reply("c", "reply_to: b\n") + reply("d", "reply_to: 1\n")
    address = built(site, question(more="accepted: b\nvotes: 7\n", replies=replies))
    found = data(site, address)
    assert set(found) == {"QAPage", "BreadcrumbList"}
    asked = found["QAPage"]["mainEntity"]
    assert (asked["@type"], asked["name"], asked["text"]) == ("Question", "Why?", "What is asked in Why?")
    assert (asked["answerCount"], asked["upvoteCount"], asked["datePublished"]) == (2, 7, "2026-01-01T10:00:00Z")
    assert asked["author"]["name"] == "leila"
    accepted, (other,) = asked["acceptedAnswer"], asked["suggestedAnswer"]
    assert (accepted["@type"], accepted["text"], accepted["url"]) == ("Answer", "Words of b.", f"{BASE}/q/why/#r-b")
    assert (accepted["upvoteCount"], accepted["comment"][0]["text"]) == (0, "Words of c.")
    assert (other["upvoteCount"], other["author"]["url"]) == (4, f"{BASE}/members/omid/")
    assert asked["comment"][0]["url"] == f"{BASE}/q/why/#r-d"


def test_a_question_without_an_answer_is_a_discussion(site: Community) -> None:
    found = data(site, built(site, question(replies=reply("a", "reply_to: 1\n"))))
    assert found["DiscussionForumPosting"]["comment"][0]["text"] == "Words of a."
    assert "QAPage" not in found


def test_later_pages_of_a_question_tell_machines_nothing_of_it(site: Community) -> None:
    built(site, question(replies=reply("a") + reply("b")), BOARD + "\nper_page: 1")
    assert data(site, "/q/why/")["QAPage"]["mainEntity"]["answerCount"] == 2
    assert set(data(site, "/q/why/page/2/")) == {"BreadcrumbList"}


def test_in_feeds_an_answer_names_the_question_and_a_comment_the_answer(site: Community) -> None:
    site.write({"/site.toml": SETTINGS + '[feeds]\nplaces = ["topics"]\n'})
    replies = reply("a", day=2) + reply("b", "reply_to: a\n", day=3) + reply("c", "votes: 3\n", day=4)
    built(site, question(replies=replies), BOARD + "\nper_page: 1")
    root = ET.fromstring(site.source("/q/why/feed.xml").encode())
    entries = {entry.findtext(f"{ATOM}id"): entry for entry in root.iterfind(f"{ATOM}entry")}
    own = f"{BASE}/q/why/"
    assert list(entries) == [f"{own}#r-c", f"{own}#r-b", f"{own}#r-a", own]
    answered = {key: one.get("ref") for key, entry in entries.items() for one in entry.iterfind("{http://purl.org/syndication/thread/1.0}in-reply-to")}
    assert answered == {f"{own}#r-a": own, f"{own}#r-b": f"{own}#r-a", f"{own}#r-c": own}
    links = {key: entry.find(f"{ATOM}link[@rel='alternate']") for key, entry in entries.items()}
    assert {key: link.get("href") for key, link in links.items() if link is not None}[f"{own}#r-b"] == f"{own}page/2/#r-b"


def test_search_finds_entries_of_all_pages_of_a_question(site: Community) -> None:
    replies = "".join(reply(f"a{number}", f"votes: {number}\n") for number in range(20))
    site.write({"q/why.md": question(replies=replies)}, q=BOARD + "\nper_page: 3").clean()
    texts = "".join(path.read_text("utf-8") for path in (site.root / "output").rglob("*.json") if "search" in path.as_posix())
    assert all(f"Words of a{number}." in texts for number in range(20))
