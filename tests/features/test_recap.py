from __future__ import annotations

from tests.conftest import Community, only

OPENING = "---\ntitle: Tea\nauthor: leila\ndate: 2026-01-01 10:00\nrecap: {}\n---\nWhich tea?\n"
SUM = "\n--- reply\nid: sum\nauthor: omid\ndate: 2026-01-{:02}\n{}---\n## Green\n\nSo it is, see [it](#green).\n"
OTHERS = "".join(f"\n--- reply\nauthor: sara\ndate: 2026-01-02 10:{number:02}\n---\nSo.\n" for number in range(11))


def test_the_reply_that_sums_a_topic_up_stands_folded_above_the_replies(site: Community) -> None:
    site.write({"cafe/tea.md": OPENING.format("sum") + OTHERS + SUM.format(9, "")}, cafe="per_page: 10").clean()
    assert site.text("/cafe/tea/", ".recap summary") == "What came of it Oomid · 9 Jan 2026"
    assert site.attributes("/cafe/tea/", ".recap-place a", "href") == ["/forum/cafe/tea/page/2/#r-sum"]
    assert not site.attributes("/cafe/tea/", ".recap [id]", "id")
    assert not site.texts("/cafe/tea/page/2/", ".recap")
    site.write({"cafe/tea.md": OPENING.format("sum") + OTHERS + SUM.format(9, "").replace("So it is", "Rather")}).clean()
    assert site.text("/cafe/tea/", ".recap .prose p") == "Rather, see it."


def test_articles_and_questions_have_one_too(site: Community) -> None:
    site.write({"blog/tea.md": OPENING.format("sum") + SUM.format(2, ""), "q/tea.md": OPENING.format("sum") + SUM.format(2, "")}, blog="kind: blog", q="kind: questions")
    site.clean()
    assert site.texts("/blog/tea/", ".recap b") == site.texts("/q/tea/", ".recap b") == ["What came of it"]


def test_a_recap_that_names_no_reply_is_told_and_a_hidden_one_is_not_shown(site: Community) -> None:
    site.write({"cafe/tea.md": OPENING.format("summ") + SUM.format(2, "")}, cafe="")
    problem = only(site.build())
    assert (problem.line, problem.field, problem.severity) == (5, "recap", "warning")
    site.write({"cafe/tea.md": OPENING.format("sum") + SUM.format(2, "hidden: true\n")})
    assert only(site.build()).message == "there is no reply “sum” here that is shown; nothing sums the topic up"
    assert not site.texts("/cafe/tea/", ".recap")
