from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tests.conftest import NOW, SETTINGS, Community, only

BASE = "https://example.org/forum"
BOARD = "title: Links\nkind: links"
LINK = "https://www.example.com/a?b=1&c=2"


def shared(title: str, day: int = 1, more: str = "", link: str = LINK) -> str:
    address = f"link: {link}\n" if link else ""
    return f"---\ntitle: {title}\nauthor: leila\ndate: 2026-01-{day:02} 10:00\n{address}{more}---\nRead it.\n"


def titles(site: Community, address: str) -> list[str]:
    return site.texts(address, ".row-title a")


def talk(site: Community, address: str) -> Any:
    block = site.page(address).css_first('script[type="application/ld+json"]')
    assert block
    return json.loads(block.text())["@graph"][0]


def test_a_list_of_links_leads_to_them_and_to_what_is_said(site: Community) -> None:
    site.write({"links/one.md": shared("One", more="votes: 3\n") + "\n--- reply\nauthor: omid\ndate: 2026-01-03\n---\nYes.\n"}, links=BOARD).clean()
    assert site.attributes("/links/", ".row-title a", "href") == [LINK]
    assert site.attributes("/links/", ".row-title a", "rel") == ["ugc nofollow noopener"]
    assert site.text("/links/", ".link-host") == "example.com"
    assert site.attributes("/links/", ".row-talk", "href") == ["/forum/links/one/"]
    assert site.text("/links/", ".row-talk") == "1 reply"
    assert site.text("/links/", ".tally") == "3 votes"


def test_the_hottest_stand_first_and_the_newest_on_a_page_of_their_own(site: Community) -> None:
    files = {
        "links/old.md": shared("Old", 1, "votes: 7\n"),
        "links/loved.md": shared("Loved", 3, "votes: 15\n"),
        "links/fresh.md": shared("Fresh", 6),
        "links/bad.md": shared("Bad", 7, "votes: -15\n"),
    }
    site.write(files, links=BOARD).clean()
    assert titles(site, "/links/") == ["Loved", "Fresh", "Old", "Bad"]
    assert titles(site, "/links/new/") == ["Bad", "Fresh", "Loved", "Old"]
    assert "Ordered by votes and date when this page was built" in site.text("/links/", ".order-note")
    assert site.texts("/links/new/", ".tabs a") == ["Hot", "New"]


def test_no_page_changes_because_time_passes(site: Community) -> None:
    site.write({"links/one.md": shared("One", more="votes: 3\n"), "links/two.md": shared("Two", 2)}, links=BOARD).clean()
    before = site.outputs()
    site.build(now=NOW + 10 * 86_400)
    assert site.outputs() == before


def test_a_vote_moves_a_link(site: Community) -> None:
    site.write({"links/one.md": shared("One", 1), "links/two.md": shared("Two", 2)}, links=BOARD).clean()
    assert titles(site, "/links/") == ["Two", "One"]
    site.write({"links/one.md": shared("One", 1, "votes: 9\n")}).clean()
    assert titles(site, "/links/") == ["One", "Two"]


def test_a_topic_has_a_card_from_its_own_fields(site: Community) -> None:
    more = "summary: What it <b>says</b>.\ncover: c.png\n"
    site.write({"links/one.md": shared("One", more=more), "links/c.png": b"p"}, links=BOARD).clean()
    (card,) = site.page("/links/one/").css(".link-card")
    assert (card.attributes["href"], card.attributes["rel"]) == (LINK, "ugc nofollow noopener")
    assert [card.css_first(one).text(strip=True) for one in (".unseen", "b", ".link-card-about")] == ["One", "example.com", "What it <b>says</b>."]  # type: ignore[union-attr]
    assert site.attributes("/links/one/", ".link-card img", "src") == ["/forum/links/c.png"]


def test_a_topic_without_a_link_leads_to_itself(site: Community) -> None:
    site.write({"links/ask.md": shared("Ask", link="")}, links=BOARD).clean()
    assert site.attributes("/links/", ".row-title a", "href") == ["/forum/links/ask/"]
    assert not site.page("/links/ask/").css(".link-card")


def test_a_link_is_of_boards_of_links_only(site: Community) -> None:
    site.write({"cafe/one.md": shared("One")}, cafe="title: Café").clean()
    assert not site.page("/cafe/one/").css(".link-card")
    assert LINK not in site.source("/cafe/one/")


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "data:text/html,x", "ftp://example.org/", "/cafe/", "https://", "https:///x", "https://[bad/", "https://exa mple.org/", "https://a\u202eb.example/"],
)
def test_what_is_no_address_on_the_web_is_told(site: Community, link: str) -> None:
    site.write({"links/one.md": shared("One", link=f'"{link}"')}, links=BOARD)
    problem = only(site.build())
    assert (problem.path, problem.line, problem.field) == ("content/links/one.md", 5, "link")
    assert not site.has("/links/one/")


def test_a_host_is_the_one_that_is_asked(site: Community) -> None:
    site.write({"links/one.md": shared("One", link='"https://example.org@evil.example:8080/x"')}, links=BOARD).clean()
    assert site.text("/links/", ".link-host") == "evil.example"


def test_empty_boards_say_so(site: Community) -> None:
    site.write(links=BOARD).clean()
    assert site.text("/links/", ".empty-text") == "No links here yet."
    assert site.text("/links/new/", ".empty-text") == "No links here yet."
    assert not site.page("/links/").css(".order-note")


def test_feeds_name_the_link_and_lead_to_the_discussion(site: Community) -> None:
    site.write({"/site.toml": SETTINGS + '[feeds]\nformats = ["atom", "json", "rss"]\n'})
    site.write({"links/one.md": shared("One")}, links=BOARD).clean()
    (item,) = json.loads(site.source("/links/feed.json"))["items"]
    assert (item["url"], item["external_url"]) == (f"{BASE}/links/one/", LINK)
    assert item["content_html"].startswith(f'<p><a href="{LINK.replace("&", "&amp;")}">')
    atom = "{http://www.w3.org/2005/Atom}"
    entry = ET.fromstring(site.source("/links/feed.xml").encode()).find(f"{atom}entry")
    assert entry is not None
    assert [(link.get("rel"), link.get("href")) for link in entry.iterfind(f"{atom}link")][:2] == [("alternate", f"{BASE}/links/one/"), ("related", LINK)]
    assert ET.fromstring(site.source("/links/feed.rss").encode()).findtext("channel/item/link") == f"{BASE}/links/one/"


def test_search_engines_are_told_what_is_shared(site: Community) -> None:
    site.write({"links/one.md": shared("One").replace("Read it.", "")}, links=BOARD).clean()
    node = talk(site, "/links/one/")
    assert (node["@type"], node["sharedContent"]) == ("DiscussionForumPosting", {"@type": "WebPage", "url": LINK})
