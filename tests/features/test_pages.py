from __future__ import annotations

from tests.conftest import SETTINGS, Community, only

TWO_LANGUAGES = SETTINGS + 'languages = ["fa", "de"]\n'


def test_a_plain_page_has_its_text_and_the_pages_in_its_folder(site: Community) -> None:
    site.write({"about.md": "# About us\n\nHello.\n", "help/index.md": "# Help\n", "help/search.md": "# Searching\n"}).clean()
    assert site.texts("/about/", "h1") == ["About us"]
    assert site.attributes("/help/", ".inside a", "href") == ["/forum/help/search/"]
    assert not site.has("/help/index/")


def test_an_empty_page_stands(site: Community) -> None:
    site.write({"about.md": ""}).clean()
    assert site.texts("/about/", "h1") == ["About"]


def test_the_front_page_has_its_text_and_what_is_alive(site: Community) -> None:
    site.write(
        {
            "index.md": "Welcome to the *café*.\n",
            "cafe/tea.md": "---\ntitle: Tea\nauthor: x\ndate: 2026-01-01\n---\nText.\n",
            "blog/news.md": "---\ntitle: News\nauthor: y\ndate: 2026-01-02\n---\nText.\n",
        },
        cafe="title: Café",
        blog="title: Blog\nkind: blog",
    ).clean()
    assert site.text("/", "main em") == "café"
    assert set(site.texts("/", ".board-title a")) == {"Café", "Blog"}
    assert "Tea" in site.texts("/", ".row-title a")
    assert "News" in site.texts("/", ".card-title a")


def test_a_site_without_content_has_a_front_page(site: Community) -> None:
    site.clean()
    assert site.has("/")
    assert site.has("/404.html")


def test_a_translation_has_its_own_address_replies_and_links_to_the_others(site: Community) -> None:
    text = "---\ntitle: {}\nauthor: x\ndate: 2026-01-01\n---\nText.\n--- reply\nauthor: {}\ndate: 2026-01-02\n---\nAnswer.\n"
    site.write(
        {
            "/site.toml": TWO_LANGUAGES,
            "cafe/tea.md": text.format("Tea", "omid"),
            "cafe/tea.fa.md": text.format("چای", "sara"),
            "cafe/tea/more.fa.md": "---\nauthor: neda\ndate: 2026-01-03\n---\nسلام\n",
        },
        cafe="",
    ).clean()
    assert site.attributes("/cafe/tea/", 'link[hreflang]:not([hreflang="x-default"])', "href") == [
        "https://example.org/forum/cafe/tea/", "https://example.org/forum/fa/cafe/tea/",
    ]  # fmt: skip
    assert site.attributes("/fa/cafe/tea/", "html", "dir") == ["rtl"]
    assert site.attributes("/fa/cafe/tea/", ".entry", "id") == ["r-1", "r-2", "r-more"]
    assert site.attributes("/cafe/tea/", ".entry", "id") == ["r-1", "r-2"]
    assert site.texts("/cafe/", ".row-title a") == ["Tea"]


def test_a_translation_without_its_original_is_listed(site: Community) -> None:
    text = "---\ntitle: Tee\nauthor: x\ndate: 2026-01-01\n---\nText.\n"
    site.write({"/site.toml": TWO_LANGUAGES, "cafe/tea.de.md": text}, cafe="").clean()
    assert site.attributes("/cafe/", ".row-title a", "href") == ["/forum/de/cafe/tea/"]
    site.write({"cafe/tea.md": text}).clean()
    assert site.attributes("/cafe/", ".row-title a", "href") == ["/forum/cafe/tea/"]
    site.remove("cafe/tea.md")
    site.clean()
    assert site.attributes("/cafe/", ".row-title a", "href") == ["/forum/de/cafe/tea/"]


def test_an_ending_that_is_no_language_is_part_of_the_name(site: Community) -> None:
    site.write({"/site.toml": TWO_LANGUAGES, "cafe/a.fr.md": "---\ndate: 2026-01-01\n---\nText.\n"}, cafe="").clean()
    assert site.has("/cafe/a.fr/")


def test_pages_and_the_front_page_are_translated(site: Community) -> None:
    site.write({"/site.toml": TWO_LANGUAGES, "about.md": "A", "about.fa.md": "ب", "index.md": "Hi", "index.fa.md": "سلام"}).clean()
    assert site.texts("/fa/about/", ".prose") == ["ب"]
    assert "سلام" in site.source("/fa/")
    assert len(site.attributes("/fa/", 'link[hreflang]:not([hreflang="x-default"])', "href")) == 2
    assert len(site.attributes("/", 'link[hreflang]:not([hreflang="x-default"])', "href")) == 2


def test_translation_of_joins_what_has_another_name(site: Community) -> None:
    fields = "---\ntitle: Tee\nauthor: x\ndate: 2026-01-01\nlanguage: de\ntranslation_of: cafe/tea\n---\nText.\n"
    site.write(
        {"/site.toml": TWO_LANGUAGES, "cafe/tea.md": "---\ndate: 2026-01-01\n---\nText.\n", "cafe/tee.md": fields}, cafe=""
    ).clean()
    assert len(site.attributes("/cafe/tea/", 'link[hreflang]:not([hreflang="x-default"])', "href")) == 2


def test_links_to_markdown_files_lead_to_their_pages(site: Community) -> None:
    site.write(
        {
            "about.md": "[tea](cafe/2026-01-01-tea.md#steep) [board](cafe/board.md) [leila](members/leila.md)\n",
            "members/leila.md": "",
            "cafe/2026-01-01-tea.md": "# Tea\n\n## Steep\n",
        },
        cafe="",
    ).clean()
    assert site.attributes("/about/", ".prose a", "href") == ["/forum/cafe/tea/#s-steep", "/forum/cafe/", "/forum/members/leila/"]


def test_a_link_to_no_file_is_a_warning_and_stays_as_written(site: Community) -> None:
    site.write({"about.md": "One.\n\n[x](gone.md)\n"})
    problem = only(site.build())
    assert (problem.path, problem.line, problem.severity) == ("content/about.md", 3, "warning")
    assert site.attributes("/about/", ".prose a", "href") == ["gone.md"]


def test_wiki_links_prefer_their_own_board(site: Community) -> None:
    text = "---\ntitle: Tea\nauthor: x\ndate: 2026-01-01\n---\nText.\n"
    site.write(
        {
            "a/tea.md": text,
            "b/tea.md": text,
            "a/link.md": "---\ndate: 2026-01-01\n---\n[[Tea]] [[b/tea|there]]\n",
        },
        a="",
        b="",
    ).clean()
    assert site.attributes("/a/link/", ".prose a", "href") == ["/forum/a/tea/", "/forum/b/tea/"]
    assert site.texts("/a/link/", ".prose a") == ["Tea", "there"]


def test_a_quotes_source_links_to_the_entry(site: Community) -> None:
    reply = "--- reply\nauthor: omid\ndate: 2026-01-02\n---\n> @leila #1:\n> Text.\n\nYes.\n"
    site.write({"cafe/tea.md": "---\nauthor: leila\ndate: 2026-01-01\n---\nText.\n" + reply}, cafe="").clean()
    assert site.attributes("/cafe/tea/", "#r-2 blockquote a", "href") == ["/forum/cafe/tea/"]


def test_the_not_found_page_names_the_boards_and_is_not_indexed(site: Community) -> None:
    site.write(cafe="title: Café").clean()
    assert "/forum/cafe/" in site.attributes("/404.html", "main a", "href")
    assert site.attributes("/404.html", 'meta[name="robots"]', "content") == ["noindex"]
