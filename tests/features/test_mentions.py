"""Where topics and members are mentioned: at the end of their pages, as others come to point to them and cease to."""

from __future__ import annotations

from tests.conftest import SETTINGS, Community, only


def topic(title: str, text: str = "Text.", more: str = "", author: str = "leila", day: int = 1) -> str:
    return f"---\ntitle: {title}\nauthor: {author}\ndate: 2026-01-{day:02} 10:00\n{more}---\n{text}\n"


def reply(text: str, own: str = "r", author: str = "omid", day: int = 2, more: str = "") -> str:
    return f"\n--- reply\nid: {own}\nauthor: {author}\ndate: 2026-01-{day:02} 10:00\n{more}---\n{text}\n"


LINKS = ".mentions li > a"


def mentions(site: Community, address: str) -> list[str]:
    return site.texts(address, LINKS) if site.page(address).css(".mentions") else []


def begun(site: Community) -> Community:
    """A topic that is pointed to in each of the ways that there are."""
    site.write(
        {
            "cafe/tea.md": topic("Tea") + reply("Green.", "g"),
            "cafe/wiki.md": topic("By title", "See [[Tea]].", day=2),
            "cafe/file.md": topic("By file", day=3) + reply("See [it](tea.md#r-g).", day=9),
            "cafe/near.md": topic("By address", "See [it](/cafe/tea/#r-g).", day=4),
            "cafe/whole.md": topic("By the whole address", "https://example.org/forum/cafe/tea/", day=5),
            "news/slug.md": topic("By board and slug", "See [[cafe/tea|the tea]].", day=6),
            "news/part.md": topic("By an entry", "See [[Tea#g]].", day=7),
            "news/none.md": topic("Not at all", "See `[[Tea]]` and tea.", day=8),
        },
        cafe="title: Café\nper_page: 2",
        news="title: News\nkind: blog",
    )
    return site


def test_a_topic_tells_which_others_point_to_it_the_newest_first(site: Community) -> None:
    begun(site).clean()
    assert mentions(site, "/cafe/tea/") == [
        "By file", "By an entry", "By board and slug", "By the whole address", "By address", "By title",
    ]  # fmt: skip
    assert site.attributes("/cafe/tea/", LINKS, "href")[:2] == ["/forum/cafe/file/#r-r", "/forum/news/part/"]
    assert site.texts("/cafe/tea/", ".mentions .quiet-name")[:2] == ["omid", "leila"]
    assert site.texts("/cafe/tea/", ".more-mentions summary") == ["1 more topic"]
    assert not mentions(site, "/news/none/")


def test_a_wiki_link_may_lead_to_an_entry(site: Community) -> None:
    begun(site).write({"cafe/tea.md": topic("Tea") + reply("One.", "a") + reply("Two.", "b", day=3) + reply("Three.", "g", day=4)}).clean()
    assert site.attributes("/news/part/", ".wiki-link", "href") == ["/forum/cafe/tea/page/2/#r-g"]
    assert site.texts("/news/part/", ".wiki-link") == ["Tea #4"]


def test_a_wiki_link_to_an_entry_that_is_not_there_leads_to_the_topic(site: Community) -> None:
    site.write({"cafe/tea.md": topic("Tea"), "cafe/c.md": topic("C", "[[Tea#x]], [[C#]]"), "cafe/s.md": topic("C#")}, cafe="title: Café")
    assert only(site.build()).message == "the link [[Tea#x]] leads to the topic: there is no entry “x” in it"
    assert mentions(site, "/cafe/tea/") == ["C"]
    assert site.attributes("/cafe/c/", "a.wiki-link", "href") == ["/forum/cafe/tea/", "/forum/cafe/s/"]
    assert mentions(site, "/cafe/s/") == ["C"]
    assert not mentions(site, "/cafe/c/")


def test_what_is_not_shown_mentions_nothing_and_nothing_mentions_itself(site: Community) -> None:
    site.write(
        {
            "cafe/tea.md": topic("Tea", "I am [[Tea]].") + reply("[[Tea]]"),
            "cafe/draft.md": topic("Draft", "[[Tea]]", "draft: true\n"),
            "cafe/hidden.md": topic("Hidden", "[[Tea]]", "hidden: true\n") + reply("[[Tea]]"),
            "cafe/gone.md": topic("Gone") + reply("[[Tea]]", "a", more="deleted: true\n") + reply("[[Tea]]", "b", more="hidden: true\n"),
            "about.md": topic("About", "[[Tea]]"),
        },
        cafe="title: Café",
    ).clean()
    assert not mentions(site, "/cafe/tea/")


def test_a_mention_changes_the_page_that_it_is_of_and_goes_with_its_text(site: Community) -> None:
    begun(site).clean()
    written = set(site.write({"news/none.md": topic("Not at all", "See [[Tea]].", day=8)}).clean().written)
    assert mentions(site, "/cafe/tea/")[:2] == ["By file", "Not at all"]
    site.write({"news/none.md": topic("Not at all", "See it now.", day=8)}).clean()
    assert "Not at all" not in mentions(site, "/cafe/tea/")
    without = set(site.write({"news/none.md": topic("Not at all", "See nothing.", day=8)}).clean().written)
    assert written - without == {"cafe/tea/index.html"}


def test_links_follow_titles_addresses_and_boards_as_they_change(site: Community) -> None:
    begun(site).clean()
    site.write({"cafe/tea.md": topic("Chai", more="slug: chai\n") + reply("Green.", "g")}).build()
    assert mentions(site, "/cafe/chai/") == ["By file", "By board and slug"]
    site.write({"news/other.md": topic("Tea", day=9)}).build()
    assert mentions(site, "/news/other/") == ["By an entry", "By title"]
    site.write({"cafe/other.md": topic("Coffee", more="slug: tea\n", day=9)}).build()
    assert mentions(site, "/cafe/tea/") == ["By the whole address", "By address", "By title"]
    assert mentions(site, "/cafe/chai/") == ["By file"]
    fresh = site.outputs()
    for folder in ("output", ".anjoman"):
        (site.root / folder).rename(site.root / f"{folder}-old")
    site.build()
    assert {name: data for name, (_, data) in site.outputs().items()} == {name: data for name, (_, data) in fresh.items()}


def test_a_member_is_told_where_others_name_them(site: Community) -> None:
    site.write(
        {
            "cafe/tea.md": topic("Tea", "Hello @sara and @leila.") + reply("@Omid and @leila!"),
            "cafe/quote.md": topic("Quote", "> @sara: well\n\nYes.", day=3),
            "members/sara.md": "---\nname: Sara K.\nalso: [sara]\n---\n",
        },
        cafe="title: Café",
    ).clean()
    assert mentions(site, "/members/sara/") == ["Quote", "Tea"]
    assert site.attributes("/members/leila/", LINKS, "href") == ["/forum/cafe/tea/#r-r"]
    assert not mentions(site, "/members/omid/")
    site.write({"members/sara.md": "---\nname: Sara K.\nalso: [sara, omid]\n---\n"}).build()
    assert mentions(site, "/members/sara/") == ["Quote", "Tea"]
    assert not site.has("/members/omid/")


def test_a_quote_from_another_topic_leads_there_and_mentions_it(site: Community) -> None:
    begun(site).write({"news/none.md": topic("Not at all", "> @omid [[cafe/tea#g]]:\n> Green.\n\nNo.", day=8)}).clean()
    assert site.text("/news/none/", ".quote-source") == "omid, Tea #2"
    assert site.attributes("/news/none/", ".quote-source a", "href") == ["/forum/cafe/tea/#r-g"]
    assert mentions(site, "/cafe/tea/")[1] == "Not at all"
    assert mentions(site, "/members/omid/") == ["Not at all"]


def test_mentions_can_be_left_out(site: Community) -> None:
    begun(site).write({"/site.toml": SETTINGS + "[mentions]\nenabled = false\n"}).clean()
    assert not mentions(site, "/cafe/tea/")
    site.write({"/site.toml": SETTINGS}).clean()
    assert len(mentions(site, "/cafe/tea/")) == 6
    site.write({"/site.toml": SETTINGS + "[mentions]\nenabled = false\n"}).clean()
    assert not mentions(site, "/cafe/tea/")
