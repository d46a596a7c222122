"""What machines read of a page: structured data and previews. Each known mistake of other programs is a test."""

from __future__ import annotations

import json
from typing import Any

import pytest

from generator.theming.previews import locale
from tests.conftest import SETTINGS, Community

BASE = "https://example.org/forum"
TOPIC = "---\ntitle: Which tea?\nauthor: leila\ndate: 2026-01-01 10:00\n{}---\nGreen, or `<black>`?\n"
REPLY = "--- reply\nauthor: {}\ndate: 2026-01-02 10:00\n{}---\n{}\n"


def nodes(site: Community, address: str) -> dict[str, Any]:
    """The nodes of a page by type."""
    blocks = site.page(address).css('script[type="application/ld+json"]')
    graph = [node for block in blocks for node in json.loads(block.text())["@graph"]]
    return {node["@type"]: node for node in graph}


def metas(site: Community, address: str) -> dict[str, str]:
    found = (node.attributes for node in site.page(address).css("meta[property], meta[name]"))
    return {one.get("property") or one["name"] or "": one["content"] or "" for one in found}


def talk(site: Community, address: str = "/cafe/tea/") -> Any:
    return nodes(site, address)["DiscussionForumPosting"]


def test_a_discussion_has_what_search_engines_require(site: Community) -> None:
    site.write({"cafe/tea.md": TOPIC.format("tags: [tea]\n")}, cafe="title: Café").clean()
    node = talk(site)
    assert node["author"] == {"@type": "Person", "name": "leila", "url": f"{BASE}/members/leila/"}
    assert node["datePublished"] == "2026-01-01T10:00:00Z"
    assert node["headline"] == "Which tea?"
    assert node["text"] == "Green, or <black>?"
    assert node["url"] == f"{BASE}/cafe/tea/"
    assert node["isPartOf"] == {"@type": "CollectionPage", "name": "Café", "url": f"{BASE}/cafe/"}
    assert node["keywords"] == ["tea"]


def test_replies_are_nested_as_on_the_page(site: Community) -> None:
    text = TOPIC.format("") + REPLY.format("omid", "votes: 3\n", "One.") + REPLY.format("ada", "reply_to: 2\n", "Two.")
    site.write({"cafe/tea.md": text}, cafe="").clean()
    (first,) = talk(site)["comment"]
    (second,) = first["comment"]
    assert (first["text"], first["url"]) == ("One.", f"{BASE}/cafe/tea/#r-2")
    assert (second["text"], second["author"]["name"]) == ("Two.", "ada")
    assert first["interactionStatistic"][0]["userInteractionCount"] == 3
    kinds = {one["interactionType"]: one["userInteractionCount"] for one in talk(site)["interactionStatistic"]}
    assert kinds == {"https://schema.org/CommentAction": 2}


def test_a_text_is_never_a_title_and_what_has_no_text_is_left_out(site: Community) -> None:
    site.write({"cafe/tea.md": TOPIC.format("").replace("Green, or `<black>`?", "")}, cafe="").build()
    assert "DiscussionForumPosting" not in nodes(site, "/cafe/tea/")


def test_what_answers_a_deleted_reply_stays_and_the_deleted_one_says_nothing(site: Community) -> None:
    gone = REPLY.format("omid", "deleted: true\n", "Gone words.") + REPLY.format("ada", "reply_to: 2\n", "Stays.")
    site.write({"cafe/tea.md": TOPIC.format("") + gone}, cafe="").clean()
    assert [comment["text"] for comment in talk(site)["comment"]] == ["Stays."]
    assert "Gone words" not in site.source("/cafe/tea/")


def test_a_long_text_is_cut_so_that_the_page_stays_light(site: Community) -> None:
    text = TOPIC.format("") + "word " * 1000 + "\n" + REPLY.format("omid", "", "word " * 1000)
    site.write({"cafe/tea.md": text}, cafe="").clean()
    node = talk(site)
    assert len(node["text"]) <= 2001
    assert len(node["comment"][0]["text"]) <= 401
    assert node["text"].endswith("…")


def test_everyone_has_a_name(site: Community) -> None:
    text = TOPIC.format("").replace("author: leila\n", "") + REPLY.format("x", "", "One.").replace("author: x\n", "")
    site.write({"cafe/tea.md": text}, cafe="").build()
    node = talk(site)
    assert node["author"]["@type"] == "Organization"
    assert node["author"]["name"] == "Anjoman"
    assert node["comment"][0]["author"]["name"] == "Anonymous"


def test_later_pages_repeat_the_original_with_the_address_of_the_first(site: Community) -> None:
    text = TOPIC.format("") + "".join(REPLY.format("omid", "", f"Reply {n}.") for n in range(3))
    site.write({"cafe/tea.md": text}, cafe="per_page: 2").clean()
    second = talk(site, "/cafe/tea/page/2/")
    assert second["url"] == f"{BASE}/cafe/tea/"
    assert second["text"]
    assert {"author", "datePublished", "headline"} <= second.keys()
    assert second["comment"][0]["url"].startswith(f"{BASE}/cafe/tea/page/2/#r-")
    assert site.attributes("/cafe/tea/page/2/", 'link[rel="canonical"]', "href") == [f"{BASE}/cafe/tea/page/2/"]


def test_pictures_have_whole_addresses(site: Community) -> None:
    files: dict[str, str | bytes] = {"cafe/tea.md": TOPIC.format("cover: cup.png\n"), "cafe/cup.png": b"p"}
    files |= {"members/leila.md": "---\navatar: me.png\n---\n", "members/me.png": b"p"}
    site.write(files, cafe="").clean()
    assert talk(site)["image"] == f"{BASE}/cafe/cup.png"
    assert metas(site, "/cafe/tea/")["og:image"] == f"{BASE}/cafe/cup.png"
    assert nodes(site, "/members/leila/")["ProfilePage"]["mainEntity"]["image"] == f"{BASE}/members/me.png"


def test_an_article_is_a_blog_posting_and_nothing_else(site: Community) -> None:
    site.write({"blog/tea.md": TOPIC.format("updated: 2026-01-05\nsummary: On tea.\n") + REPLY.format("omid", "", "One.")}, blog="kind: blog").clean()
    found = nodes(site, "/blog/tea/")
    assert set(found) == {"BlogPosting", "BreadcrumbList"}
    node = found["BlogPosting"]
    assert node["dateModified"] == "2026-01-05T00:00:00Z"
    assert node["description"] == "On tea."
    assert node["author"][0]["url"] == f"{BASE}/members/leila/"
    assert node["publisher"]["name"] == "Anjoman"
    assert node["comment"][0]["text"] == "One."


def test_a_members_page_is_a_profile(site: Community) -> None:
    member = "---\nname: Leila\nurl: https://leila.example/\nlinks: {mail: 'mailto:l@example.org'}\n---\nHello.\n"
    site.write({"members/leila.md": member, "cafe/tea.md": TOPIC.format("")}, cafe="").clean()
    about = nodes(site, "/members/leila/")["ProfilePage"]["mainEntity"]
    assert about["name"] == "Leila"
    assert about["sameAs"] == ["https://leila.example/"]
    assert about["agentInteractionStatistic"][0]["userInteractionCount"] == 1
    assert metas(site, "/members/leila/")["description"] == "Hello."


def test_the_way_to_a_page_ends_with_it(site: Community) -> None:
    site.write({"cafe/tea.md": TOPIC.format("")}, cafe="title: Café").clean()
    items = nodes(site, "/cafe/tea/")["BreadcrumbList"]["itemListElement"]
    assert [(item["position"], item["name"]) for item in items] == [(1, "Anjoman"), (2, "Café"), (3, "Which tea?")]
    assert items[-1]["item"] == f"{BASE}/cafe/tea/"
    assert nodes(site, "/members/leila/")["BreadcrumbList"]["itemListElement"][1]["name"] == "Members"
    assert nodes(site, "/")["WebSite"]["url"] == f"{BASE}/"


def test_a_text_can_not_end_the_data_block(site: Community) -> None:
    hostile = TOPIC.format("").replace("Green, or `<black>`?", "`</script><script>alert(1)</script><!--`")
    site.write({"cafe/tea.md": hostile.replace("Which tea?", "</script><img src=x onerror=alert(1)>")}, cafe="").clean()
    assert talk(site)["text"] == "</script><script>alert(1)</script><!--"
    assert not site.page("/cafe/tea/").css("img[onerror]")
    assert "alert(1)" not in "".join(node.text() for node in site.page("/cafe/tea/").css("script:not([type])"))


@pytest.mark.parametrize("address", ["/recent/", "/cafe/tea/"])
def test_a_page_that_is_not_to_be_found_says_nothing(site: Community, address: str) -> None:
    site.write({"cafe/tea.md": TOPIC.format("hidden: true\n")}, cafe="").clean()
    assert nodes(site, address) == {}


def test_a_site_without_an_address_has_no_structured_data(site: Community) -> None:
    site.write({"/site.toml": 'title = "T"\n', "cafe/tea.md": TOPIC.format("")}, cafe="").clean()
    assert nodes(site, "/cafe/tea/") == {}


def test_previews_of_a_topic(site: Community) -> None:
    site.write({"/site.toml": SETTINGS + 'language = "fa"\ncard = "card.png"\n', "cafe/tea.md": TOPIC.format("tags: [tea]\n")}, cafe="title: Café").clean()
    found = metas(site, "/cafe/tea/")
    assert found["og:type"] == "article"
    assert found["og:locale"] == "fa_IR"
    assert found["og:url"] == f"{BASE}/cafe/tea/"
    assert found["og:image"] == f"{BASE}/card.png"
    assert found["og:image:alt"] == "Which tea?"
    assert found["article:published_time"] == "2026-01-01T10:00:00Z"
    assert found["article:author"] == f"{BASE}/members/leila/"
    assert found["article:section"] == "Café"
    assert found["article:tag"] == "tea"
    assert found["twitter:card"] == "summary_large_image"


@pytest.mark.parametrize(("language", "expected"), [("fa", "fa_IR"), ("pt-PT", "pt_PT"), ("zh-Hant-TW", "zh_TW"), ("tlh", "")])
def test_a_language_as_open_graph_writes_it(language: str, expected: str) -> None:
    assert locale(language) == expected
