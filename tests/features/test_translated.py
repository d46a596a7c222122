"""What exists in several languages: how the pages lead to each other, and what they are called."""

from __future__ import annotations

import pytest

from generator.errors import SiteError
from generator.settings.reading import load
from tests.conftest import SETTINGS, Community, only

LANGUAGES = SETTINGS + 'languages = ["fa", "de"]\n'
TOPIC = "---\ntitle: {}\nauthor: x\ndate: 2026-01-0{}\n---\nText.\n"
OFFERED = "link[hreflang]"


def cafe(site: Community, settings: str = LANGUAGES) -> Community:
    """A board that is called something in Persian too, with a topic in both languages and one in English."""
    return site.write(
        {
            "/site.toml": settings,
            "cafe/board.fa.md": "---\ntitle: کافه\ndescription: جای گپ\n---\nخوش *آمدید*.\n",
            "cafe/tea.md": TOPIC.format("Tea", 1),
            "cafe/tea.fa.md": TOPIC.format("چای", 1),
            "cafe/milk.md": TOPIC.format("Milk", 2),
        },
        cafe="title: Café\ndescription: A place to talk",
    )


def offered(site: Community, address: str) -> dict[str, str]:
    """What a page tells search engines of: hrefs by language."""
    names = site.attributes(address, OFFERED, "hreflang")
    return dict(zip(names, site.attributes(address, OFFERED, "href"), strict=True))


def test_a_board_has_a_page_in_each_of_its_languages(site: Community) -> None:
    cafe(site).clean()
    assert site.attributes("/fa/cafe/", "html", "dir") == ["rtl"]
    assert site.text("/fa/cafe/", "h1") == "کافه"
    assert site.text("/fa/cafe/", ".lede") == "جای گپ"
    assert site.text("/fa/cafe/", ".board-intro em") == "آمدید"
    assert site.text("/cafe/", "h1") == "Café"
    assert not site.has("/de/cafe/")


def test_a_board_in_another_language_shows_topics_in_it_where_they_are_there(site: Community) -> None:
    cafe(site).clean()
    titles = zip(site.texts("/fa/cafe/", ".row-title a"), site.attributes("/fa/cafe/", ".row-title a", "href"), strict=True)
    assert set(titles) == {("چای", "/forum/fa/cafe/tea/"), ("Milk", "/forum/cafe/milk/")}
    assert site.texts("/cafe/", ".row-title a") == ["Milk", "Tea"]


def test_pages_in_a_language_lead_to_boards_and_the_front_page_in_it(site: Community) -> None:
    cafe(site).write({"index.fa.md": "سلام\n"}).clean()
    assert site.attributes("/fa/cafe/tea/", "nav.crumbs a", "href") == ["/forum/fa/", "/forum/fa/cafe/"]
    assert site.texts("/fa/", ".site-nav a") == ["کافه"]
    assert site.texts("/", ".site-nav a") == ["Café"]


def test_numbered_pages_of_a_board_are_there_in_each_language(site: Community) -> None:
    cafe(site, LANGUAGES + "[boards]\nper_page = 1\n").clean()
    assert site.texts("/fa/cafe/page/1/", ".row-title a") == ["چای"]
    assert offered(site, "/fa/cafe/page/1/") == offered(site, "/cafe/page/1/")
    assert offered(site, "/cafe/page/1/")["fa"].endswith("/fa/cafe/page/1/")


def test_a_board_inside_inherits_no_language(site: Community) -> None:
    cafe(site).write({"cafe/books/board.md": "---\ntitle: Books\n---\n"}).clean()
    assert site.texts("/fa/cafe/", ".board-title a") == ["Books"]
    assert site.attributes("/fa/cafe/", ".board-title a", "href") == ["/forum/cafe/books/"]


def test_a_link_to_a_translations_file_leads_to_its_page(site: Community) -> None:
    cafe(site).write({"about.md": "[x](cafe/board.fa.md) [y](cafe/board.md)\n"}).clean()
    assert site.attributes("/about/", ".prose a", "href") == ["/forum/fa/cafe/", "/forum/cafe/"]


def test_a_translation_that_goes_takes_its_page_with_it(site: Community) -> None:
    cafe(site).clean()
    site.remove("cafe/board.fa.md")
    site.clean()
    assert not site.has("/fa/cafe/")
    assert offered(site, "/cafe/") == {}
    assert site.attributes("/fa/cafe/tea/", "nav.crumbs a", "href") == ["/forum/", "/forum/cafe/"]


def test_a_translation_gives_the_title_of_the_original_where_it_has_none(site: Community) -> None:
    cafe(site).write({"cafe/board.de.md": "---\ndescription: Ein Ort\n---\n"}).clean()
    assert site.text("/de/cafe/", "h1") == "Café"


PERSIAN = SETTINGS + 'language = "fa"\nlanguages = ["en"]\n'


def test_a_board_may_name_the_language_of_the_site(site: Community) -> None:
    site.write({"/site.toml": PERSIAN, "cafe/board.fa.md": "---\ntitle: کافه\n---\nخوش آمدید.\n", "cafe/board.en.md": "---\ntitle: Café\n---\n"})
    assert not site.clean().problems
    assert site.text("/cafe/", "h1") == "کافه"
    assert site.text("/en/cafe/", "h1") == "Café"
    site.remove("cafe/board.fa.md")
    site.write({"cafe/board.md": "---\ntitle: کافه‌ی تازه\n---\n"}).clean()
    assert site.text("/cafe/", "h1") == "کافه‌ی تازه"


def test_a_board_in_another_language_is_translated_into_that_of_the_site(site: Community) -> None:
    site.write({"/site.toml": PERSIAN, "cafe/board.md": "---\ntitle: Café\nlanguage: en\n---\n", "cafe/board.fa.md": "---\ntitle: کافه\n---\n"})
    assert not site.clean().problems
    assert site.text("/fa/cafe/", "h1") == "کافه"
    assert site.text("/cafe/", "h1") == "Café"
    assert site.attributes("/", ".site-nav a", "href") == ["/forum/fa/cafe/"]
    assert offered(site, "/cafe/") == offered(site, "/fa/cafe/")


def test_hugos_index_is_translated_too(site: Community) -> None:
    site.write({"/site.toml": LANGUAGES, "cafe/_index.md": "---\ntitle: Café\n---\n", "cafe/_index.de.md": "---\ntitle: Kaffee\n---\n"}).clean()
    assert site.text("/de/cafe/", "h1") == "Kaffee"


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"cafe/board.fa.md": "---\naccess: members\n---\n"}, "is not understood"),
        ({"gap/board.md": "---\nlanguage: fa\n---\n", "gap/board.fa.md": "---\ntitle: x\n---\n"}, "is in “fa” already"),
        ({"/site.toml": SETTINGS + 'language = "fa"\n', "cafe/board.fa.md": "---\ntitle: x\n---\n"}, "is in “fa” already"),
        ({"cafe/_index.fa.md": "---\ntitle: x\n---\n"}, "has a board.fa.md already"),
    ],
)
def test_what_can_be_no_translation_of_a_board_is_told_and_left_out(files: dict[str, str], told: str, site: Community) -> None:
    site.write({"/site.toml": LANGUAGES, **files}, cafe="title: Café")
    result = site.build()
    assert told in " ".join(problem.message for problem in result.problems)
    assert site.has("/cafe/")
    assert not site.has("/fa/cafe/")


LEILA = {
    "/site.toml": LANGUAGES,
    "members/leila.md": "---\nname: Leila\ntitle: Founder\nurl: https://leila.example/\n---\nI like *tea*.\n",
    "members/leila.fa.md": "---\nname: لیلا\n---\nچای *دوست* دارم.\n",
    "cafe/tea.md": TOPIC.format("Tea", 1).replace("author: x", "author: leila"),
    "cafe/tea.fa.md": TOPIC.format("چای", 1).replace("author: x", "author: لیلا"),
}


def test_a_member_has_a_page_in_each_of_their_languages(site: Community) -> None:
    assert not site.write(LEILA, cafe="title: Café").clean().problems
    assert site.attributes("/fa/members/leila/", "html", "lang") == ["fa"]
    assert site.text("/fa/members/leila/", "h1") == "لیلا"
    assert site.text("/fa/members/leila/", ".profile-text em") == "دوست"
    assert site.text("/fa/members/leila/", ".profile-roles") == "Founder", "what is not said is as in the original"
    assert site.text("/members/leila/", "h1") == "Leila"
    assert offered(site, "/fa/members/leila/") == offered(site, "/members/leila/")
    assert offered(site, "/members/leila/")["x-default"].endswith("/forum/members/leila/")
    assert site.texts("/fa/members/leila/", ".languages a") == ["English", "فارسی"]


def test_pages_in_a_language_name_members_in_it_and_lead_there(site: Community) -> None:
    site.write(LEILA, cafe="title: Café").clean()
    for address, name, href in (("/cafe/tea/", "Leila", "/forum/members/leila/"), ("/fa/cafe/tea/", "لیلا", "/forum/fa/members/leila/")):
        assert site.texts(address, "#r-1 .entry-who a") == [name]
        assert site.attributes(address, "#r-1 .entry-who a", "href") == [href]
    site.write({"cafe/tea.fa.md": LEILA["cafe/tea.fa.md"].replace("Text.", "@leila @لیلا")}).clean()
    assert site.texts("/fa/cafe/tea/", ".prose .mention") == ["@لیلا", "@لیلا"]
    assert len(site.texts("/members/leila/", ".excerpt")) == 1, "the name in Persian is the same person, and a translation is in no list"


def test_numbered_pages_of_a_member_are_there_in_each_language(site: Community) -> None:
    replies = "".join(f"--- reply\nauthor: leila\ndate: 2026-02-01\n---\nReply {number}.\n" for number in range(40))
    site.write({**LEILA, "cafe/tea.md": LEILA["cafe/tea.md"] + replies}, cafe="").clean()
    assert site.text("/fa/members/leila/page/2/", "h1") == "لیلا"
    assert offered(site, "/members/leila/page/2/")["fa"].endswith("/fa/members/leila/page/2/")


def test_a_members_translation_comes_and_goes(site: Community) -> None:
    site.write({**LEILA, "about.md": "[x](members/leila.fa.md)\n"}, cafe="").clean()
    assert site.attributes("/about/", ".prose a", "href") == ["/forum/fa/members/leila/"]
    site.remove("members/leila.fa.md")
    assert "leads to no page" in only(site.build()).message
    assert not site.has("/fa/members/leila/")
    site.remove("about.md")
    assert offered(site, "/members/leila/") == {}
    site.write({"members/leila.fa.md": "---\nname: لیلی\n---\n"}).clean()
    assert site.text("/fa/members/leila/", "h1") == "لیلی"
    site.remove("members/leila.md")
    site.clean()
    assert site.text("/members/leila/", "h1") == "لیلی", "a translation of nothing is the member's own"
    site.write({"members/leila.md": "---\nname: Leila\n---\n"}).clean()
    assert site.text("/members/leila/", "h1") == "Leila"


def test_two_translations_of_a_member_into_one_language_are_told(site: Community) -> None:
    site.write({**LEILA, "members/Leila.fa.markdown": "---\nname: x\n---\n"}, cafe="")
    assert "has the file content/members/Leila.fa.markdown already" in only(site.build(), "content/members/leila.fa.md").message


# What search engines and readers are told --------------------------------


def test_every_language_names_all_others_itself_and_the_original(site: Community) -> None:
    cafe(site).write({"cafe/tea.de.md": TOPIC.format("Tee", 1), "about.md": "A", "about.de.md": "B", "index.fa.md": "سلام"}).clean()
    for family in (("/cafe/tea/", "/fa/cafe/tea/", "/de/cafe/tea/"), ("/cafe/", "/fa/cafe/"), ("/about/", "/de/about/"), ("/", "/fa/")):
        first = offered(site, family[0])
        addresses = {f"https://example.org/forum{address}" for address in family}
        assert set(first.values()) == addresses
        assert first["x-default"] == first["en"] == f"https://example.org/forum{family[0]}"
        assert [offered(site, address) for address in family] == [first] * len(family)


def test_the_switch_is_at_the_top_and_at_the_foot(site: Community) -> None:
    cafe(site).clean()
    for place in (".languages a", ".footer-links a[hreflang]"):
        assert site.texts("/fa/cafe/tea/", place) == ["English", "فارسی"]
        assert site.attributes("/fa/cafe/tea/", place, "href") == ["/forum/cafe/tea/", "/forum/fa/cafe/tea/"]
        assert [bool(one) for one in site.attributes("/fa/cafe/tea/", place, "aria-current")] == [False, True]
    assert site.texts("/cafe/milk/", ".languages") == []


def test_two_files_in_one_language_offer_only_the_first(site: Community) -> None:
    other = "---\ntitle: Tee zwei\nauthor: x\ndate: 2026-01-01\nlanguage: de\ntranslation_of: cafe/tea\n---\nText.\n"
    cafe(site).write({"cafe/tea.de.md": TOPIC.format("Tee", 1), "cafe/zwei.md": other}).clean()
    assert offered(site, "/cafe/tea/")["de"].endswith("/de/cafe/tea/")
    assert offered(site, "/cafe/zwei/") == {}


def test_later_pages_of_a_topic_offer_none_for_they_have_no_counterpart(site: Community) -> None:
    replies = "".join(f"--- reply\nauthor: y\ndate: 2026-01-0{day}\n---\nAnswer.\n" for day in range(2, 6))
    cafe(site, LANGUAGES + "[boards]\nper_page = 2\n").write({"cafe/tea.md": TOPIC.format("Tea", 1) + replies}).clean()
    assert offered(site, "/cafe/tea/page/2/") == {}


# The site's own words ----------------------------------------------------

NAMED = (
    LANGUAGES
    + '[navigation]\nTalk = "/cafe/"\nAbout = "/about/"\n'
    + '[translations.fa]\ntitle = "انجمن چای"\ndescription = "گوشه‌ای آرام"\n'
    + '[translations.fa.navigation]\n"گفتگو" = "/fa/cafe/"\n"درباره" = "/about/"\n'
)


def test_the_site_has_a_title_and_links_of_its_own_in_another_language(site: Community) -> None:
    cafe(site, NAMED).write({"about.md": "A"}).clean()
    assert site.texts("/fa/cafe/", ".brand bdi") == ["انجمن چای"]
    assert site.texts("/fa/cafe/", ".site-nav a") == ["گفتگو", "درباره"]
    assert site.attributes("/fa/cafe/", ".site-nav a[aria-current]", "href") == ["/forum/fa/cafe/"]
    assert site.texts("/cafe/", ".brand bdi") == ["Anjoman"]
    assert site.texts("/cafe/", ".site-nav a") == ["Talk", "About"]


def test_a_board_in_another_language_has_the_words_of_it_too(site: Community) -> None:
    site.write({"/site.toml": NAMED.replace('languages = ["fa", "de"]', "")}, gap="language: fa", cafe="title: Café").clean()
    assert site.texts("/gap/", ".brand bdi") == ["انجمن چای"]
    assert site.texts("/cafe/", ".brand bdi") == ["Anjoman"]


@pytest.mark.parametrize("line", ["[translations.fa]\ntitel = 1", "[translations]\nfa = 1", "[translations.-]\ntitle = 'x'"])
def test_wrong_words_for_a_language_are_a_problem(line: str, site: Community) -> None:
    site.write({"/site.toml": f"{SETTINGS}{line}\n"})
    with pytest.raises(SiteError, match="translations"):
        load(site.root)


def test_a_broken_translation_of_a_board_leaves_the_board(site: Community) -> None:
    cafe(site).write({"cafe/board.fa.md": b"---\ntitle: [\n---\n"})
    assert only(site.build(), "content/cafe/board.fa.md")
    assert site.has("/cafe/")
    assert not site.has("/fa/cafe/")


def test_a_board_is_named_in_the_language_of_each_page_whatever_was_made_before_it(site: Community) -> None:
    settings = SETTINGS + 'language = "fa"\nlanguages = ["fa"]\n'
    tagged = "---\ntitle: {}\nlanguage: {}\ntags: [tea]\ndate: 2026-01-0{}\n---\nText.\n"
    topics = {f"cafe/{name}.md": tagged.format(name, language, day) for day, (name, language) in enumerate((("chai", "fa"), ("tea", "en")), 1)}
    boards = {"cafe/board.md": "---\ntitle: Café\nlanguage: en\n---\n", "cafe/board.fa.md": "---\ntitle: کافه\n---\n"}
    site.write({"/site.toml": settings, **boards, **topics}).clean()
    assert site.texts("/cafe/chai/", ".related .board-name") == ["کافه"]
    assert site.texts("/cafe/tea/", ".related .board-name") == ["Café"]
