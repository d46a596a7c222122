"""Related topics: which ones are named, in which order, and which pages a new one changes."""

from __future__ import annotations

from generator.catalog.likeness import telling
from tests.conftest import Community

LINKS = ".related-topics li > a"


def topic(title: str, day: int, *tags: str, **fields: str) -> str:
    head = {"title": title, "author": "leila", "date": f"2026-01-{day:02}", "tags": f"[{', '.join(tags)}]", **fields}
    return "---\n" + "".join(f"{name}: {value}\n" for name, value in head.items()) + "---\nText.\n"


def related(site: Community, address: str) -> list[str]:
    return site.texts(address, LINKS)


def test_topics_that_share_more_come_first(site: Community) -> None:
    site.write(
        {
            "cafe/a.md": topic("Roses in winter", 1, "garden", "winter"),
            "cafe/b.md": topic("Tulips", 2, "garden"),
            "cafe/c.md": topic("Frost", 9, "garden", "winter"),
            "cafe/d.md": topic("Soup", 3, "kitchen"),
        },
        cafe="",
    ).clean()
    assert related(site, "/cafe/a/") == ["Frost", "Tulips"]
    assert site.attributes("/cafe/a/", LINKS, "href") == ["/forum/cafe/c/", "/forum/cafe/b/"]


def test_titles_that_share_a_telling_word_are_related_across_boards(site: Community) -> None:
    site.write(
        {
            "cafe/a.md": topic("How to sharpen scissors?", 1),
            "tools/b.md": topic("Scissors for left hands", 2),
            "tools/c.md": topic("How to whistle?", 3),
        },
        cafe="",
        tools="",
    ).clean()
    assert related(site, "/cafe/a/") == ["Scissors for left hands"]


def test_a_topic_with_nothing_in_common_has_no_such_list(site: Community) -> None:
    site.write({"cafe/a.md": topic("Tea", 1, "x"), "cafe/b.md": topic("Coffee", 2, "y")}, cafe="").clean()
    assert site.page("/cafe/a/").css(".related") == []


def test_hidden_topics_drafts_and_parts_of_the_same_series_are_left_out(site: Community) -> None:
    site.write(
        {
            "blog/a.md": topic("One", 1, "x", series="Days"),
            "blog/b.md": topic("Two", 2, "x", series="Days"),
            "blog/c.md": topic("Three", 3, "x", hidden="true"),
            "blog/d.md": topic("Four", 4, "x", draft="true"),
        },
        blog="kind: blog",
    ).clean()
    assert site.page("/blog/a/").css(".related") == []


def test_at_most_five_are_named_on_the_first_page(site: Community) -> None:
    replies = "".join(f"--- reply\nauthor: omid\ndate: 2026-03-{day:02}\n---\nYes.\n" for day in (1, 2, 3))
    files: dict[str, str | bytes] = {f"cafe/n{day}.md": topic(f"N{day}", day, "xyz"[day % 3]) for day in range(1, 20)}
    site.write(files | {"cafe/n10.md": topic("N10", 10, "x", "y", "z") + replies}, cafe="per_page: 2").clean()
    assert len(related(site, "/cafe/n10/")) == 5
    assert site.page("/cafe/n10/page/2/").css(".related") == []


def test_a_new_topic_changes_the_pages_of_its_neighbours_alone(site: Community) -> None:
    site.write({f"cafe/n{day}.md": topic(f"N{day}", day, "x") for day in range(1, 20)}, cafe="").clean()
    site.write({"cafe/new.md": topic("New", 21, "x")})
    written = {name for name in site.clean().written if name.startswith("cafe/n")}
    assert written == {f"cafe/{name}/index.html" for name in ("new", "n19", "n18")}
    assert related(site, "/cafe/n19/") == ["N18", "N17", "New"]


def test_a_new_title_is_seen_where_the_topic_is_named(site: Community) -> None:
    site.write({"cafe/a.md": topic("A", 1, "x"), "cafe/b.md": topic("B", 2, "x")}, cafe="").clean()
    site.write({"cafe/b.md": topic("Another", 2, "x")}).clean()
    assert related(site, "/cafe/a/") == ["Another"]


def test_the_longest_words_of_a_title_tell_what_it_is_about() -> None:
    assert telling("How do I sharpen my old scissors in 2026?") == ["scissors", "sharpen"]
    assert telling("می‌خواهم تاریخ‌ها را نشان بدهم") == ["تاریخ", "خواهم"]
    assert telling("茶") == []
