from __future__ import annotations

from tests.conftest import SETTINGS, Community

PER_PAGE = SETTINGS + "[boards]\nper_page = 2\n"


def topic(title: str, date: str, replies: str = "", more: str = "") -> str:
    return f"---\ntitle: {title}\nauthor: leila\ndate: {date}\n{more}---\nThe text of {title}.\n{replies}"


def test_boards_nest_and_list_those_inside(site: Community) -> None:
    site.write(
        {
            "cafe/books/board.md": "---\ntitle: Books\n---\n",
            "cafe/books/poems/board.md": "---\ntitle: Poems\n---\nAbout *poems*.\n",
            "cafe/books/poems/hafez.md": topic("Hafez", "2026-01-01"),
        },
        cafe="title: Café",
    ).clean()
    assert site.texts("/cafe/", ".board-title a") == ["Books"]
    assert site.attributes("/cafe/", ".board-children a", "href") == ["/forum/cafe/books/poems/"]
    assert site.texts("/cafe/", ".board-counts span")[0] == "1 topic"
    assert site.texts("/cafe/books/poems/hafez/", "h1") == ["Hafez"]
    assert site.attributes("/cafe/books/poems/hafez/", "nav.crumbs a", "href") == [
        "/forum/", "/forum/cafe/", "/forum/cafe/books/", "/forum/cafe/books/poems/",
    ]  # fmt: skip
    assert site.text("/cafe/books/poems/", ".board-intro em") == "poems"


def test_boards_stand_in_their_order(site: Community) -> None:
    site.write(zoo="title: Zoo\norder: 1", art="title: Art\norder: 2", bar="title: Bar\norder: 2").clean()
    assert site.texts("/", ".board-title a") == ["Zoo", "Art", "Bar"]


def test_a_folder_without_a_board_between_boards_is_part_of_the_address(site: Community) -> None:
    site.write({"cafe/rooms/books/board.md": "---\ntitle: Books\n---\n"}, cafe="title: Café").clean()
    assert site.attributes("/cafe/", ".board-title a", "href") == ["/forum/cafe/rooms/books/"]
    assert site.has("/cafe/rooms/books/")
    assert not site.has("/cafe/rooms/")


def test_hugos_index_is_a_board_on_a_board(site: Community) -> None:
    site.write({"cafe/old/_index.md": "---\ntitle: Old\nweight: 3\n---\n"}, cafe="title: Café").clean()
    assert site.texts("/cafe/", ".board-title a") == ["Old"]


def test_an_alias_of_a_board_redirects(site: Community) -> None:
    site.write(cafe="title: Café\naliases: [/old-cafe/, /forum.php]").clean()
    for address in ("/old-cafe/", "/forum.php"):
        assert 'content="0; url=/forum/cafe/"' in site.source(address)


def test_moderators_are_named_and_linked(site: Community) -> None:
    site.write({"members/leila.md": "---\nname: Leila\n---\n"}, cafe="moderators: [leila]").clean()
    assert site.attributes("/cafe/", ".moderators a", "href") == ["/forum/members/leila/"]


def test_the_front_goes_by_activity_and_numbered_pages_by_creation(site: Community) -> None:
    answer = "--- reply\nauthor: omid\ndate: 2026-06-01\n---\nA late answer.\n"
    site.write(
        {
            "/site.toml": PER_PAGE,
            "cafe/one.md": topic("One", "2026-01-01", answer),
            "cafe/two.md": topic("Two", "2026-01-02"),
            "cafe/three.md": topic("Three", "2026-01-03"),
        },
        cafe="title: Café",
    ).clean()
    assert site.texts("/cafe/", ".row-title a") == ["One", "Three"]
    assert site.texts("/cafe/page/1/", ".row-title a") == ["Two", "One"]
    assert site.texts("/cafe/page/2/", ".row-title a") == ["Three"]
    assert not site.has("/cafe/page/3/")


def test_a_new_topic_leaves_full_numbered_pages_alone(site: Community) -> None:
    days = {f"cafe/t{day}.md": topic(f"T{day}", f"2026-01-0{day}") for day in range(1, 5)}
    site.write({"/site.toml": PER_PAGE, **days}, cafe="title: Café").clean()
    kept = site.source("/cafe/page/1/").split("<main", 1)[1].split('class="pagination"')[0]
    site.write({"cafe/t5.md": topic("T5", "2026-01-05")}).clean()
    assert site.source("/cafe/page/1/").split("<main", 1)[1].split('class="pagination"')[0] == kept
    assert site.texts("/cafe/page/3/", ".row-title a") == ["T5"]


def test_no_numbered_pages_where_all_fit_on_the_front(site: Community) -> None:
    site.write({"cafe/one.md": topic("One", "2026-01-01")}, cafe="per_page: 1").clean()
    assert not site.has("/cafe/page/1/")


def test_pinned_topics_stand_first_and_once(site: Community) -> None:
    site.write(
        {
            "cafe/rules.md": topic("Rules", "2020-01-01", more="pinned: true\n"),
            "cafe/tea.md": topic("Tea", "2026-01-01"),
        },
        cafe="title: Café",
    ).clean()
    assert site.texts("/cafe/", ".row-title a") == ["Rules", "Tea"]
    assert len(site.texts("/cafe/", ".is-pinned")) == 1


def test_a_blog_stands_newest_first_by_date_with_pinned_before(site: Community) -> None:
    answer = "--- reply\nauthor: omid\ndate: 2026-06-01\n---\nA late answer.\n"
    site.write(
        {
            "blog/one.md": topic("One", "2026-01-01", answer),
            "blog/two.md": topic("Two", "2026-01-02"),
            "blog/pin.md": topic("Pin", "2025-01-02", more="pinned: true\n"),
        },
        blog="kind: blog",
    ).clean()
    assert site.texts("/blog/", ".card-title a") == ["Pin", "Two", "One"]


def test_an_address_pattern_holds_for_topics_and_boards_inside(site: Community) -> None:
    site.write(
        {
            "blog/2026-11-01-hello.md": "Hello.\n",
            "blog/deep/board.md": "---\ntitle: Deep\n---\n",
            "blog/deep/two.md": topic("Two", "2025-02-03"),
        },
        blog='kind: blog\naddress: ":year/:month/:day/:slug"',
    ).clean()
    assert site.has("/blog/2026/11/01/hello/")
    assert site.has("/blog/deep/2025/02/03/two/")
    assert site.attributes("/blog/", ".card-title a", "href") == ["/forum/blog/2026/11/01/hello/"]


def test_a_pattern_from_the_root_leaves_the_board_out(site: Community) -> None:
    site.write({"blog/hello.md": topic("Hello", "2026-01-02")}, blog='address: "/:year/:slug"').clean()
    assert site.has("/2026/hello/")


def test_replies_are_nested_or_flat_as_the_board_says(site: Community) -> None:
    thread = "--- reply\nauthor: a\ndate: 2026-01-02\n---\nFirst.\n--- reply\nauthor: b\ndate: 2026-01-03\nreply_to: 2\n---\nSecond.\n"
    text = topic("Tea", "2026-01-01", thread)
    site.write(
        {"flat/tea.md": text, "nested/tea.md": text, "flat/in/board.md": "---\ntitle: In\n---\n", "flat/in/tea.md": text},
        flat="replies: flat",
        nested="replies: nested",
    ).clean()
    assert len(site.texts("/nested/tea/", ".entries .entries #r-3")) == 1
    for address in ("/flat/tea/", "/flat/in/tea/"):
        assert site.texts(address, ".entries .entries") == []
        assert site.attributes(address, "#r-3 .entry-parent a", "href") == [f"/forum{address}#r-2"]


def test_a_boards_format_and_markdown_hold_for_its_texts_and_boards_inside(site: Community) -> None:
    text = "---\nauthor: leila\ndate: 2026-01-01\n---\none\n*two*\n"
    site.write(
        {
            "plain/in/board.md": "---\ntitle: In\n---\n",
            "plain/in/tea.md": text,
            "lines/tea.md": text,
            "web/tea.md": "---\nauthor: x\ndate: 2026-01-01\n---\n<p>A <b>b</b><script>alert(1)</script></p>\n",
        },
        plain="format: text",
        lines="markdown: {breaks: true}",
        web="format: html",
    ).clean()
    assert "*two*" in site.texts("/plain/in/tea/", ".prose")[0]
    assert len(site.page("/lines/tea/").css(".prose br")) == 1
    assert site.text("/web/tea/", ".prose b") == "b"
    assert "alert" not in site.source("/web/tea/")


def test_a_boards_language_turns_its_pages(site: Community) -> None:
    site.write({"cafe/tea.md": topic("چای", "2026-01-01")}, cafe="title: کافه\nlanguage: fa").clean()
    for address in ("/cafe/", "/cafe/tea/"):
        assert site.attributes(address, "html", "dir") == ["rtl"]
        assert site.attributes(address, "html", "lang") == ["fa"]


def test_a_boards_feeds_are_its_own_choice_and_hold_inside(site: Community) -> None:
    site.write(
        {"none/in/board.md": "---\ntitle: In\n---\n", "all/in/board.md": "---\ntitle: In\nfeeds: [rss]\n---\n"},
        none="feeds: no",
        all="feeds: [atom, rss, json]",
    ).clean()
    assert not site.has("/none/feed.xml")
    assert not site.has("/none/in/feed.xml")
    assert all(site.has(f"/all/feed.{name}") for name in ("xml", "rss", "json"))
    assert site.has("/all/in/feed.rss")
    assert not site.has("/all/in/feed.xml")
