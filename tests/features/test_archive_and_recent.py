from __future__ import annotations

import pytest

from generator.features import archive
from tests.conftest import SETTINGS, Community


def topic(title: str, date: str, replies: str = "", more: str = "") -> str:
    return f"---\ntitle: {title}\nauthor: x\ndate: {date}\n{more}---\nText of {title}.\n{replies}"


def test_a_blog_has_an_archive_by_year_and_month(site: Community) -> None:
    site.write(
        {
            "blog/a.md": topic("A", "2025-12-31"),
            "blog/b.md": topic("B", "2026-01-01"),
            "blog/c.md": topic("C", "2026-01-20"),
        },
        blog="kind: blog",
    ).clean()
    names = {name for name in site.html_files() if "archive" in name}
    assert names == {
        "blog/archive/index.html", "blog/archive/2025/index.html", "blog/archive/2025/12/index.html",
        "blog/archive/2026/index.html", "blog/archive/2026/01/index.html",
    }  # fmt: skip
    page = site.source("/blog/archive/2026/01/")
    assert page.index(">C<") < page.index(">B<")
    assert ">A<" not in page
    assert site.attributes("/blog/archive/", ".archive-list dd a", "href") == ["/forum/blog/c/", "/forum/blog/b/", "/forum/blog/a/"]
    assert site.texts("/blog/archive/2026/", ".archive-list dd") == ["C", "B"]
    assert site.texts("/recent/", ".excerpt-meta span") == ["New article"] * 3


def test_an_overview_names_its_articles_unless_they_are_too_many(
    site: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = SETTINGS + '[theme]\nname = "journal"\n'
    files = {"blog/a.md": topic("A", "2025-12-31"), "blog/b.md": topic("B", "2026-01-01"), "blog/c.md": topic("C", "2026-01-20")}
    site.write({"/site.toml": journal, **files}, blog="kind: blog").clean()
    assert site.attributes("/blog/archive/", ".index a", "href") == ["/forum/blog/c/", "/forum/blog/b/", "/forum/blog/a/"]
    assert site.attributes("/blog/archive/2026/", ".index a", "href") == ["/forum/blog/c/", "/forum/blog/b/"]
    monkeypatch.setattr(archive, "LISTED", 2)
    site.write({"blog/a.md": topic("A changed", "2025-12-31")}).clean()
    assert site.attributes("/blog/archive/", ".index-month a", "href") == ["/forum/blog/archive/2026/01/", "/forum/blog/archive/2025/12/"]
    assert site.attributes("/blog/archive/2026/", ".index a", "href") == ["/forum/blog/c/", "/forum/blog/b/"]


def test_months_are_those_of_the_sites_time_zone(site: Community) -> None:
    zone = SETTINGS + 'timezone = "Asia/Tehran"\n'
    site.write({"/site.toml": zone, "blog/a.md": topic("A", "2025-12-31T22:00:00Z")}, blog="kind: blog").clean()
    assert site.has("/blog/archive/2026/01/")


def test_a_month_without_articles_any_more_has_no_page(site: Community) -> None:
    site.write({"blog/a.md": topic("A", "2025-12-31")}, blog="kind: blog").clean()
    site.write({"blog/a.md": topic("A", "2026-02-01")}).clean()
    assert not site.has("/blog/archive/2025/12/")
    assert not site.has("/blog/archive/2025/")
    assert site.has("/blog/archive/2026/02/")


def test_a_forum_has_no_archive(site: Community) -> None:
    site.write({"cafe/a.md": topic("A", "2025-12-31")}, cafe="").clean()
    assert not any("archive" in name for name in site.html_files())


def test_recent_shows_the_latest_entries_with_their_permalinks(site: Community) -> None:
    reply = "--- reply\nauthor: y\ndate: 2026-03-01\n---\nThe latest words.\n"
    site.write({"cafe/a.md": topic("A", "2026-01-01", reply), "cafe/b.md": topic("B", "2026-02-01")}, cafe="").clean()
    assert site.attributes("/recent/", ".excerpt-topic", "href") == ["/forum/cafe/a/#r-2", "/forum/cafe/b/", "/forum/cafe/a/"]
    assert site.texts("/recent/", ".excerpt-text")[0] == "The latest words."


def test_unanswered_lists_what_waits_for_a_reply(site: Community) -> None:
    reply = "--- reply\nauthor: y\ndate: 2026-03-01\n---\nYes.\n"
    event = "--- reply\nauthor: y\ndate: 2026-03-01\nevent: came in\n---\n"
    site.write(
        {
            "cafe/a.md": topic("A", "2026-01-01", reply),
            "cafe/b.md": topic("B", "2026-02-01", event),
            "cafe/c.md": topic("C", "2026-02-02", more="locked: true\n"),
            "blog/d.md": topic("D", "2026-02-03"),
        },
        cafe="",
        blog="kind: blog",
    ).clean()
    assert site.texts("/unanswered/", ".row-title a") == ["B"]
    site.write({"cafe/b.md": topic("B", "2026-02-01", reply)}).clean()
    assert site.texts("/unanswered/", ".row-title a") == []


def test_an_old_unanswered_topic_is_on_the_page_of_its_month_and_one_reply_changes_that_page_alone(site: Community) -> None:
    files: dict[str, str | bytes] = {f"cafe/t{day}.md": topic(f"T{day}", f"2026-03-{day:02}") for day in range(1, 32)}
    site.write({**files, "cafe/old.md": topic("Old", "2025-11-05"), "cafe/older.md": topic("Older", "2025-10-05")}, cafe="").clean()
    assert "Old" not in site.texts("/unanswered/", ".row-title a")
    assert site.attributes("/unanswered/", ".archive-months a", "href") == [
        "/forum/unanswered/2026/03/", "/forum/unanswered/2025/11/", "/forum/unanswered/2025/10/",
    ]  # fmt: skip
    assert site.texts("/unanswered/2025/11/", ".row-title a") == ["Old"]
    reply = "--- reply\nauthor: y\ndate: 2026-04-01\n---\nYes.\n"
    result = site.write({"cafe/old.md": topic("Old", "2025-11-05", reply)}).clean()
    assert {name for name in result.written if name.startswith("unanswered/")} == {"unanswered/index.html"}
    assert [name for name in result.removed if name.startswith("unanswered/")] == ["unanswered/2025/11/index.html"]
