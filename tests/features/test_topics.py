from __future__ import annotations

import gzip
import json
import random

from tests.conftest import SETTINGS, Community, only

OPENING = "---\ntitle: Tea\nauthor: leila\ndate: 2026-01-01 10:00\n---\nWhich tea?\n"


def reply(text: str, date: str = "", **fields: str) -> str:
    given = {"author": "omid", **({"date": date} if date else {}), **fields}
    return "--- reply\n" + "".join(f"{name}: {value}\n" for name, value in given.items()) + f"---\n{text}\n"


def long_topic(count: int) -> str:
    return OPENING + "".join(reply(f"Answer {number}.", f"2026-01-02 10:{number:02}") for number in range(count))


def prose(site: Community, address: str) -> dict[str, str]:
    """The texts on a topic's page by their anchors."""
    return {
        str(node.attributes["id"]): " ".join(node.css(".prose")[0].text().split())
        for node in site.page(address).css(".entry")
    }


def test_a_topic_in_one_file_shows_its_replies_by_place(site: Community) -> None:
    site.write({"cafe/tea.md": OPENING + reply("Green.", "2026-01-02") + reply("Black.", "2026-01-03")}, cafe="").clean()
    assert prose(site, "/cafe/tea/") == {"r-1": "Which tea?", "r-2": "Green.", "r-3": "Black."}


def test_a_topic_in_a_folder_has_replies_and_files_beside_it(site: Community) -> None:
    site.write(
        {
            "cafe/tea/index.md": OPENING.replace("Which tea?", "Which? ![pot](pot.png)"),
            "cafe/tea/omid.md": "---\nauthor: omid\ndate: 2026-01-02\n---\nGreen.\n",
            "cafe/tea/pot.png": b"\x89PNG",
        },
        cafe="",
    ).clean()
    assert list(prose(site, "/cafe/tea/")) == ["r-1", "r-omid"]
    assert site.attributes("/cafe/tea/", ".prose img", "src") == ["/forum/cafe/tea/pot.png"]
    assert site.file("/cafe/tea/pot.png").read_bytes() == b"\x89PNG"


def test_a_folder_beside_a_topic_holds_more_of_its_replies(site: Community) -> None:
    site.write(
        {
            "cafe/tea.md": OPENING + reply("Green.", "2026-01-02"),
            "cafe/tea/late.md": "---\nname: Passer-by\ndate: 2026-01-04\n---\nWhite.\n" + reply("Red.", "2026-01-05"),
            "cafe/tea/deep/more.md": "---\nauthor: sara\ndate: 2026-01-03\n---\nBlack.\n",
        },
        cafe="",
    ).clean()
    assert prose(site, "/cafe/tea/") == {
        "r-1": "Which tea?", "r-2": "Green.", "r-more": "Black.", "r-late": "White.", "r-late-2": "Red.",
    }  # fmt: skip
    assert site.texts("/cafe/tea/", ".entry-when .permalink") == ["#1", "#2", "#3", "#4", "#5"]


def test_a_folder_that_only_groups_gives_its_topics_to_the_board(site: Community) -> None:
    site.write({"cafe/old/tea.md": OPENING}, cafe="").clean()
    assert site.texts("/cafe/", ".row-title a") == ["Tea"]
    assert site.has("/cafe/tea/")


def test_an_id_comes_from_the_field_then_the_files_name_then_the_place(site: Community) -> None:
    site.write(
        {
            "cafe/tea.md": OPENING + reply("A.", "2026-01-02", id="x.1") + reply("B.", "2026-01-03"),
            "cafe/tea/c.md": "---\nauthor: c\nid: own\ndate: 2026-01-04\n---\nC.\n",
            "cafe/tea/d.md": "---\nauthor: d\ndate: 2026-01-05\n---\nD.\n",
            "cafe/tea/چای.md": "---\nauthor: e\ndate: 2026-01-06\n---\nE.\n",
        },
        cafe="",
    ).clean()
    anchors = list(prose(site, "/cafe/tea/"))
    assert anchors[:5] == ["r-1", "r-x.1", "r-3", "r-own", "r-d"]
    assert anchors[5].removeprefix("r-").isalnum()


def test_replies_stand_by_date_then_id_and_numbers_count_by_arrival(site: Community) -> None:
    replies = reply("Third.", "2026-01-03", id="a") + reply("Second.", "2026-01-02", id="10")
    site.write({"cafe/tea.md": OPENING + replies + reply("First.", "2026-01-02", id="9")}, cafe="replies: flat").clean()
    assert list(prose(site, "/cafe/tea/")) == ["r-1", "r-9", "r-10", "r-a"]
    assert site.texts("/cafe/tea/", ".entry-when .permalink") == ["#1", "#2", "#3", "#4"]


def test_a_reply_without_a_date_takes_that_of_the_entry_before_it(site: Community) -> None:
    site.write({"cafe/tea.md": OPENING + reply("A.", "2026-03-04 05:06") + reply("B.")}, cafe="").clean()
    assert site.attributes("/cafe/tea/", "#r-3 time", "datetime") == ["2026-03-04T05:06:00Z"]


def test_an_opening_takes_the_date_in_its_files_name_and_the_address_leaves_it_out(site: Community) -> None:
    site.write({"cafe/2026-11-01-hello.md": "---\nauthor: leila\n---\nHello.\n"}, cafe="").clean()
    assert site.attributes("/cafe/hello/", "#r-1 time", "datetime") == ["2026-11-01T00:00:00Z"]


def test_an_opening_without_any_date_is_a_warning(site: Community) -> None:
    site.write({"cafe/tea.md": "Hello.\n"}, cafe="")
    problem = only(site.build())
    assert (problem.path, problem.field, problem.severity) == ("content/cafe/tea.md", "date", "warning")
    assert site.has("/cafe/tea/")


def test_the_title_is_the_field_else_the_heading_else_the_files_name(site: Community) -> None:
    site.write(
        {
            "cafe/a.md": "---\ntitle: From the field\ndate: 2026-01-01\n---\n# A heading\n",
            "cafe/b.md": "---\ndate: 2026-01-01\n---\n# From the heading\n\nText.\n",
            "cafe/from-the_name.md": "---\ndate: 2026-01-01\n---\nText.\n",
        },
        cafe="",
    ).clean()
    assert site.texts("/cafe/a/", ".topic-head h1") == ["From the field"]
    assert site.texts("/cafe/b/", "h1") == ["From the heading"]
    assert site.texts("/cafe/from-the_name/", "h1") == ["From the name"]


# Pages -------------------------------------------------------------------------


def test_pages_are_cut_by_arrival_and_permalinks_name_the_page(site: Community) -> None:
    site.write({"/site.toml": SETTINGS + "[boards]\nper_page = 3\n", "cafe/tea.md": long_topic(7)}, cafe="").clean()
    assert list(prose(site, "/cafe/tea/")) == ["r-1", "r-2", "r-3", "r-4"]
    assert list(prose(site, "/cafe/tea/page/2/")) == ["r-5", "r-6", "r-7"]
    assert list(prose(site, "/cafe/tea/page/3/")) == ["r-8"]
    assert not site.has("/cafe/tea/page/4/")
    assert site.attributes("/cafe/tea/page/2/", "#r-6 .permalink", "href") == ["/forum/cafe/tea/page/2/#r-6"]
    assert json.loads(site.source("/cafe/tea/map.json")) == {"5": 2, "6": 2, "7": 2, "8": 3}
    assert site.attributes("/cafe/tea/", ".topic", "data-map") == ["/forum/cafe/tea/map.json"]


def test_a_topic_of_one_page_has_no_map(site: Community) -> None:
    site.write({"cafe/tea.md": OPENING}, cafe="").clean()
    assert not site.has("/cafe/tea/map.json")
    assert site.attributes("/cafe/tea/", ".topic", "data-map") == [""]


def test_a_new_reply_changes_no_entry_on_older_pages(site: Community) -> None:
    site.write({"cafe/tea.md": long_topic(7)}, cafe="per_page: 2").clean()
    before = site.outputs()
    site.write({"cafe/tea.md": long_topic(7) + reply("News.", "2026-02-01")})
    written = site.clean().written
    assert "cafe/tea/page/4/index.html" in written
    for number in (2, 3):
        name = f"cafe/tea/page/{number}/index.html"
        assert site.outputs()[name] == before[name]


def test_a_reply_on_another_page_links_to_what_it_answers(site: Community) -> None:
    site.write({"cafe/tea.md": long_topic(3) + reply("Late.", "2026-02-01", reply_to="2")}, cafe="per_page: 2").clean()
    assert site.attributes("/cafe/tea/page/2/", "#r-5 .entry-parent a", "href") == ["/forum/cafe/tea/#r-2"]


def test_a_long_chain_of_answers_is_shown_whole(site: Community) -> None:
    chain = "".join(reply(f"Deep {n}.", f"2026-01-02 {n // 60:02}:{n % 60:02}", reply_to=str(n - 1)) for n in range(2, 302))
    site.write({"cafe/tea.md": OPENING + chain}, cafe="per_page: 1000").clean()
    assert len(prose(site, "/cafe/tea/")) == 301


# States ------------------------------------------------------------------------


def test_drafts_are_built_on_demand_only(site: Community) -> None:
    site.write({"cafe/tea.md": OPENING.replace("---\nWhich", "draft: true\npublish: 2020-01-01\n---\nWhich")}, cafe="")
    assert not site.clean().errors
    assert not site.has("/cafe/tea/")
    site.build(drafts=True)
    assert site.has("/cafe/tea/")
    site.clean()
    assert not site.has("/cafe/tea/")


def test_publish_and_expires_follow_the_clock_in_both_directions(site: Community) -> None:
    site.write({"cafe/tea.md": OPENING.replace("---\nWhich", "publish: 2026-06-01\nexpires: 2026-07-01\n---\nWhich")}, cafe="")
    may, june, july = 1_777_700_000, 1_781_000_000, 1_783_000_000
    for moment, there in ((may, False), (june, True), (july, False), (june, True), (may, False)):
        site.build(now=moment)
        assert site.has("/cafe/tea/") is there
        assert ("Tea" in site.source("/cafe/")) is there


def test_a_date_in_the_future_hides_nothing(site: Community) -> None:
    site.write({"cafe/tea.md": OPENING.replace("2026", "2099")}, cafe="").clean()
    assert site.has("/cafe/tea/")


def test_a_hidden_topic_is_a_placeholder(site: Community) -> None:
    site.write({"cafe/tea.md": OPENING.replace("---\nWhich", "hidden: true\nsummary: Secret\n---\nWhich")}, cafe="").clean()
    assert "Which tea?" not in "".join(site.source(f"/{name}") for name in site.html_files())
    assert "Tea" not in site.source("/cafe/tea/")
    assert "Secret" not in "".join(site.source(f"/{name}") for name in site.html_files())
    assert "Which tea?" not in site.source("/feed.xml")
    assert site.attributes("/cafe/tea/", 'meta[name="robots"]', "content") == ["noindex"]


def test_nobody_is_told_the_title_of_a_hidden_topic_and_it_still_leads_there(site: Community) -> None:
    hidden = OPENING.replace("---\nWhich", "hidden: true\n---\nWhich").replace("title: Tea", "title: Tealeaf")
    files = {"cafe/tea.md": hidden + reply("Answered.", "2026-01-02"), "cafe/milk.md": OPENING.replace("Which", "See [[Tealeaf|there]]. Which")}
    site.write(files, cafe="").clean()
    told = {name for name, (_, data) in site.outputs().items() if b"Tealeaf" in data and name.endswith((".html", ".xml", ".json", ".bin"))}
    assert told == set()
    assert site.attributes("/cafe/milk/", ".wiki-link", "href") == ["/forum/cafe/tea/"]


def test_a_locked_topic_says_so(site: Community) -> None:
    site.write({"cafe/tea.md": OPENING.replace("---\nWhich", "locked: true\n---\nWhich")}, cafe="").clean()
    assert len(site.texts("/cafe/tea/", ".closed")) == 1


def test_hidden_and_deleted_replies_keep_numbers_and_answers_but_no_text(site: Community) -> None:
    replies = reply("Secret one.", "2026-01-02", hidden="true") + reply("Secret two.", "2026-01-03", deleted="true")
    answer = reply("Still here.", "2026-01-04", reply_to="3")
    site.write({"cafe/tea.md": OPENING + replies + answer}, cafe="").clean()
    every = "".join(site.source(f"/{name}") for name in site.html_files())
    assert "Secret" not in every
    assert site.attributes("/cafe/tea/", ".tombstone", "id") == ["r-2", "r-3"]
    assert site.texts("/cafe/tea/", "#r-4 .entry-when .permalink") == ["#4"]
    assert len(site.texts("/cafe/tea/", ".entries .entries #r-4")) == 1


def test_an_event_is_a_line_that_is_not_counted(site: Community) -> None:
    event = reply("", "2026-01-02", event="closed the door")
    site.write({"cafe/tea.md": OPENING + event + reply("Why?", "2026-01-03")}, cafe="").clean()
    assert "closed the door" in site.texts("/cafe/tea/", "#r-2.event")[0]
    assert site.texts("/cafe/", ".row-side .count b") == ["1"]
    assert "closed the door" not in site.source("/recent/")


# Addresses ---------------------------------------------------------------------


def test_a_slug_names_the_address_and_one_from_the_root_is_all_of_it(site: Community) -> None:
    site.write(
        {
            "cafe/a.md": OPENING.replace("---\nWhich", "slug: green-tea\n---\nWhich"),
            "cafe/b.md": OPENING.replace("---\nWhich", "slug: /2007/09/01/intro.html\n---\nWhich"),
        },
        cafe="",
    ).clean()
    assert site.has("/cafe/green-tea/")
    assert not site.has("/cafe/a/")
    assert site.has("/2007/09/01/intro.html/")


def test_slugs_keep_letters_of_every_script(site: Community) -> None:
    site.write({"cafe/چای سبز.md": OPENING, "cafe/Grüße.md": OPENING}, cafe="").clean()
    assert site.has("/cafe/چای-سبز/")
    assert site.has("/cafe/grüsse/")
    hrefs = site.attributes("/cafe/", ".row-title a", "href")
    assert all(href.isascii() for href in hrefs)


def test_aliases_of_topics_and_replies_redirect(site: Community) -> None:
    opening = OPENING.replace("---\nWhich", "aliases: [/old/tea.html, /t/1]\n---\nWhich")
    replies = reply("A.", "2026-01-02", aliases="[/post/7/]") + reply("B.", "2026-01-03")
    site.write({"cafe/tea.md": opening + replies + reply("C.", "2026-01-04", aliases="[/post/9/]")}, cafe="per_page: 2").clean()
    assert 'url=/forum/cafe/tea/"' in site.source("/old/tea.html")
    assert 'url=/forum/cafe/tea/"' in site.source("/t/1/")
    assert 'url=/forum/cafe/tea/#r-2"' in site.source("/post/7/")
    assert 'url=/forum/cafe/tea/page/2/#r-4"' in site.source("/post/9/")
    assert site.attributes("/old/tea.html", 'link[rel="canonical"]', "href") == ["https://example.org/forum/cafe/tea/"]


def test_the_series_of_an_article_lists_its_parts(site: Community) -> None:
    part = "---\ntitle: Part {n}\ndate: 2026-01-0{n}\nseries: Tea\n---\nText.\n"
    site.write({f"blog/p{n}.md": part.replace("{n}", str(n)) for n in (1, 2, 3)}, blog="kind: blog").clean()
    assert site.texts("/blog/p2/", ".series li") == ["Part 1", "Part 2", "Part 3"]
    assert site.attributes("/blog/p2/", ".series li a", "href") == ["/forum/blog/p1/", "/forum/blog/p3/"]
    assert "Part 2 of 3 of the series" in site.texts("/blog/p2/", ".series summary")[0]


def test_articles_link_to_their_neighbours(site: Community) -> None:
    text = "---\ntitle: P{n}\ndate: 2026-01-0{n}\n---\nText.\n"
    site.write({f"blog/p{n}.md": text.replace("{n}", str(n)) for n in (1, 2, 3)}, blog="kind: blog").clean()
    assert site.attributes("/blog/p2/", 'a[rel="prev"]', "href") == ["/forum/blog/p1/"]
    assert site.attributes("/blog/p2/", 'a[rel="next"]', "href") == ["/forum/blog/p3/"]
    assert site.attributes("/blog/p1/", 'a[rel="prev"]', "href") == []


# Formats and other generators --------------------------------------------------


def test_the_three_formats(site: Community) -> None:
    fields = "---\nauthor: x\ndate: 2026-01-01\nformat: {}\n---\n"
    text = "**bold** <b onclick='x()'>b</b> @x\n"
    site.write({f"cafe/{name}.md": fields.format(name) + text for name in ("markdown", "html", "text")}, cafe="").clean()
    assert site.text("/cafe/markdown/", ".prose strong") == "bold"
    assert site.text("/cafe/html/", ".prose b") == "b"
    assert "**bold**" in site.texts("/cafe/html/", ".prose")[0]
    assert "<b onclick='x()'>b</b> @x" in site.texts("/cafe/text/", ".prose")[0]
    assert not any("onclick" in (node.attributes or {}) for name in ("markdown", "html") for node in site.page(f"/cafe/{name}/").css("b"))


def test_jekylls_hugos_and_pelicans_files_are_read(site: Community) -> None:
    site.write(
        {
            "blog/2015-03-04-jekyll.markdown": "---\nlayout: post\ncategories: [old]\npermalink: /j.html\nredirect_from: /was/\n---\nJekyll.\n",
            "blog/hugo.md": '+++\ntitle = "Hugo"\ndate = 2020-05-06T07:08:09Z\ntags = ["old"]\naliases = ["/h/"]\n+++\nHugo.\n',
            "blog/pelican.md": "Title: Pelican\nDate: 2012-12-12 10:10\nTags: old\nSlug: bird\n\nPelican.\n",
            "blog/unpublished.md": "---\npublished: false\ndate: 2020-01-01\n---\nNo.\n",
        },
        blog="kind: blog",
    ).clean()
    assert site.texts("/j.html/", ".prose") == ["Jekyll."]
    assert site.has("/was/")
    assert site.has("/h/")
    assert site.texts("/blog/bird/", "h1") == ["Pelican"]
    assert site.texts("/tags/old/", ".row-title a") == ["Hugo", "Jekyll", "Pelican"]
    assert not site.has("/blog/unpublished/")


def test_polls_votes_and_reactions_are_shown(site: Community) -> None:
    poll = "polls: [{id: p, question: Which?, options: [{text: Green, votes: 3}, {text: Black, votes: 1}]}]\nvotes: 4\nreactions: {👍: 2}\n"
    site.write({"cafe/tea.md": OPENING.replace("---\nWhich", poll + "---\nWhich")}, cafe="").clean()
    assert site.texts("/cafe/tea/", ".poll-text") == ["Green", "Black"]
    assert site.attributes("/cafe/tea/", ".poll progress", "value") == ["75", "25"]
    assert site.texts("/cafe/tea/", ".reaction") == ["4 votes", "👍2"]


def test_a_replaced_opening_file_keeps_its_address(site: Community) -> None:
    site.write({"cafe/tea.md": OPENING}, cafe="").clean()
    site.remove("cafe/tea.md")
    site.write({"cafe/tea/index.md": OPENING.replace("Which tea?", "Moved.")}).clean()
    assert site.texts("/cafe/tea/", ".prose") == ["Moved."]


def test_a_page_of_a_long_topic_is_light(site: Community) -> None:
    words = [f"{word}{number}" for number in range(400) for word in ("tea", "garden", "frost", "night")]
    chooser = random.Random(4)
    text = "".join(
        reply(" ".join(chooser.choices(words, k=90)), f"2026-01-02 10:{number % 60:02}", reply_to=str(number - 1))
        for number in range(3, 95)
    )
    site.write({"cafe/tea.md": OPENING + reply("First.", "2026-01-02 10:00") + text}, cafe="").clean()
    pages = ["/cafe/tea/", *(f"/cafe/tea/page/{number}/" for number in (2, 3))]
    assert all(len(gzip.compress(site.file(page).read_bytes())) < 40_000 for page in pages)
