from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import feedparser  # type: ignore[import-untyped]
import pytest

from generator.check import check_links
from generator.check.schemas import check_linked_data
from tests.conftest import SETTINGS, Community, community
from tests.features.test_podcast import png
from tests.sounds import mp3

BASE = "https://example.org/forum"
BOARD = "title: Chat\nkind: chat\nper_page: 3"
ALL = SETTINGS + '[feeds]\nformats = ["atom", "rss", "json"]\nplaces = ["boards", "topics"]\n'
ROOM = "---\ntitle: Room\nauthor: leila\ndate: 2025-12-30 10:00\n---\nWhat it is *about*.\n"


def message(own: str, at: str, author: str = "omid", text: str = "Words.", more: str = "") -> str:
    return f"\n--- reply\nid: {own}\nauthor: {author}\ndate: 2026-{at}\n{more}---\n{text}\n"


def first_day() -> str:
    return (
        message("a", "01-05 10:00", text="Shall we meet?")
        + message("b", "01-05 10:04", text="On Friday.")
        + message("c", "01-05 10:10", text="Or later.")
        + message("d", "01-05 10:11", "leila", "Fine.", "reply_to: a\nreactions: {👍: 2}\n")
    )


def second_day() -> str:
    return (
        message("n", "01-06 09:00", "leila", "", "event: added Sara\n")
        + message("e", "01-06 09:01", "sara", "متن فارسی", "reply_to: d\nattachments: [{file: plan.png, name: The plan}, list.zip]\n")
        + message("f", "01-06 09:02", "sara", "Gone.", "deleted: true\n")
        + message("g", "01-06 09:03", "sara", "Listen.", "audio: talk.mp3\naliases: [/old/g.html]\n")
    )


FILES: dict[str, str | bytes] = {
    "chat/room/index.md": ROOM,
    "chat/room/2026-01-05.md": first_day(),
    "chat/room/2026-01-06.md": second_day(),
    "chat/room/later.md": message("h", "03-01 08:00", text="> @omid: x\n\nSee @leila.") + message("old", "01-01 08:00").replace("2026", "2024"),
    "chat/room/plan.png": png(40, 20),
    "chat/room/list.zip": b"zip",
    "chat/room/talk.mp3": mp3(),
    "chat/log.md": ROOM.replace("author: leila", "author: leila\nsource: {system: IRC}") + message("1a", "01-05 10:00"),
}


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Community:
    """A conversation of four days, and another of one; nothing is changed in it."""
    site = community(tmp_path_factory.mktemp("chat"), FILES, settings=ALL, chat=BOARD)
    site.clean()
    return site


def ids(site: Community, address: str) -> list[str]:
    return site.attributes(address, "[id^=r-]", "id")


def nodes(site: Community, address: str) -> dict[str, Any]:
    blocks = site.page(address).css('script[type="application/ld+json"]')
    assert not [problem for block in blocks for problem in check_linked_data(address, 1, block.text())]
    return {node["@type"]: node for block in blocks for node in json.loads(block.text())["@graph"]}


# Days ----------------------------------------------------------------------


def test_each_day_has_a_page_and_a_long_one_several(room: Community) -> None:
    assert ids(room, "/chat/room/2026-01-05/") == ["r-a", "r-b", "r-c"]
    assert ids(room, "/chat/room/2026-01-05/page/2/") == ["r-d"]
    assert ids(room, "/chat/room/2026-01-06/") == ["r-n", "r-e", "r-f"]
    assert room.attributes("/chat/room/2026-01-05/", ".pagination a.page-step", "href") == ["/forum/chat/room/2026-01-05/page/2/"]
    assert not room.has("/chat/room/page/2/")
    assert not check_links(room.root / "output", prefix="/forum", origin="https://example.org", strictly=frozenset({"html", "feeds"}))


def test_a_day_leads_to_those_beside_it(room: Community) -> None:
    assert room.attributes("/chat/room/2026-01-05/", ".day-head .day-steps a", "href") == [
        "/forum/chat/room/2024-01-01/",
        "/forum/chat/room/2026-01-06/",
    ]
    assert room.attributes("/chat/room/2026-03-01/", ".day-head .day-steps a", "href") == ["/forum/chat/room/2026-01-06/"]


def test_the_front_has_the_latest_messages_and_the_days_of_the_latest_year(room: Community) -> None:
    assert ids(room, "/chat/room/") == ["r-1", "r-h"]
    assert room.texts("/chat/room/", ".month h3") == ["March 2026 1 message", "January 2026 6 messages"]
    assert room.attributes("/chat/room/", ".calendar a", "href") == [
        f"/forum/chat/room/2026-{day}/" for day in ("03-01", "01-05", "01-06")
    ]
    assert room.texts("/chat/room/", ".years a") == ["2026", "2024"]
    assert room.attributes("/chat/room/", ".years a", "href") == ["/forum/chat/room/", "/forum/chat/room/2024/"]
    assert room.texts("/chat/room/", ".chat-facts > span:first-child") == ["8 messages"]


def test_another_year_has_a_page_of_its_own(room: Community) -> None:
    assert room.attributes("/chat/room/2024/", ".calendar a", "href") == ["/forum/chat/room/2024-01-01/"]
    assert not ids(room, "/chat/room/2024/")
    assert not room.has("/chat/room/2026/")


def test_a_persian_site_counts_years_and_months_its_own_way(site: Community) -> None:
    settings = SETTINGS + 'language = "fa"\ncalendar = "persian"\ntimezone = "Asia/Tehran"\n'
    late = message("p", "03-20 12:00") + message("q", "03-21 12:00") + message("r", "03-31 23:30Z")
    site.write({"/site.toml": settings, "chat/room.md": ROOM + late}, chat="kind: chat").clean()
    assert site.texts("/chat/room/", ".years a") == ["۱۴۰۵", "۱۴۰۴"]
    assert site.texts("/chat/room/", ".calendar a") == ["۱: ۱ پیام", "۱۲: ۱ پیام"]
    assert site.attributes("/chat/room/", ".calendar a", "href")[1] == "/forum/chat/room/2026-04-01/"
    assert site.attributes("/chat/room/1404/", ".calendar a", "href") == ["/forum/chat/room/2026-03-20/"]
    assert site.texts("/chat/room/2026-03-21/", "h1") == ["۱ فروردین ۱۴۰۵"]


def test_a_conversation_without_messages_says_so(site: Community) -> None:
    site.write({"chat/room.md": ROOM}, chat="kind: chat").clean()
    assert site.texts("/chat/room/", ".empty-text") == ["Nobody has said anything yet."]


# Messages ------------------------------------------------------------------


def test_messages_of_one_author_within_minutes_stand_together(room: Community) -> None:
    turns = room.page("/chat/room/2026-01-05/").css(".turn")
    assert [[node.attributes["id"] for node in turn.css(".message")] for turn in turns] == [["r-a", "r-b"], ["r-c"]]
    assert [len(turn.css(".turn-who")) for turn in turns] == [1, 1]


def test_what_the_starter_says_stands_on_the_other_side(room: Community) -> None:
    assert len(room.page("/chat/room/2026-01-05/page/2/").css(".is-own")) == 1
    assert not room.page("/chat/room/2026-01-05/").css(".is-own")


def test_an_answer_shows_what_it_answers_across_days(room: Community) -> None:
    assert room.texts("/chat/room/2026-01-06/", ".quoted") == ["in reply to leila Fine."]
    assert room.attributes("/chat/room/2026-01-06/", ".quoted", "href") == ["/forum/chat/room/2026-01-05/page/2/#r-d"]
    assert room.texts("/chat/room/2026-01-05/page/2/", ".quoted-text") == ["Shall we meet?"]


def test_notices_files_and_what_is_gone_have_their_forms(room: Community) -> None:
    day = "/chat/room/2026-01-06/"
    assert room.texts(day, ".chat-notice span") == ["leila added Sara"]
    assert room.texts(day, ".gone-text") == ["This message was deleted."]
    assert "Gone." not in room.source(day)
    (shot,) = room.page(day).css(".shot img")
    assert [shot.attributes[name] for name in ("alt", "width", "height")] == ["The plan", "40", "20"]
    assert room.texts(day, ".file-name") == ["list.zip"]
    assert room.attributes(day, "#r-e .prose", "dir") == ["rtl"]
    assert room.attributes(f"{day}page/2/", "audio", "src") == ["/forum/chat/room/talk.mp3"]
    assert room.texts("/chat/room/2026-01-05/page/2/", ".reaction") == ["👍2"]


def test_each_message_has_its_address_and_its_time(room: Community) -> None:
    assert room.attributes("/chat/room/2026-01-05/", ".message-time", "href")[0] == "/forum/chat/room/2026-01-05/#r-a"
    assert room.texts("/chat/room/2026-01-05/", ".message-time") == ["10:00", "10:04", "10:10"]


def test_channels_are_shown_in_lines_and_a_board_can_choose(room: Community, site: Community) -> None:
    assert room.page("/chat/log/2026-01-05/").css(".look-lines")
    assert room.page("/chat/room/2026-01-05/").css(".look-bubbles")
    site.write({"chat/room.md": FILES["chat/room/index.md"] + first_day()}, chat="kind: chat\nlook: lines").clean()  # type: ignore[operator]
    assert site.page("/chat/room/2026-01-05/").css(".look-lines")
    problems = site.write(chat="kind: chat\nlook: boxes").build().problems
    assert [problem.hint for problem in problems if problem.field == "look"] == ["Known: bubbles, lines."]


# Threads -------------------------------------------------------------------


def test_chains_of_answers_are_threads_on_whichever_days(room: Community) -> None:
    assert room.attributes("/chat/room/", ".chat-facts a", "href") == ["/forum/chat/room/threads/"]
    assert room.texts("/chat/room/threads/", ".thread-text") == ["Shall we meet?"]
    assert room.texts("/chat/room/threads/", ".thread .with-icon") == ["2 replies"]
    assert ids(room, "/chat/room/threads/a/") == ["r-a", "r-d", "r-e"]
    assert room.attributes("/chat/room/2026-01-06/", "#r-e .message-thread", "href") == ["/forum/chat/room/threads/a/"]
    assert room.attributes("/chat/room/threads/a/", ".day-mark a", "href")[-1] == "/forum/chat/room/2026-01-06/"


def test_threads_of_ids_that_differ_only_in_case_have_addresses_of_their_own(site: Community) -> None:
    text = "".join(message(one, f"01-0{day} 10:00", more=more) for day, one, more in (
        (1, "X", ""), (2, "x", ""), (3, "b", "reply_to: X\n"), (4, "c", "reply_to: X\n"), (5, "d", "reply_to: x\n"), (6, "e", "reply_to: x\n"),
        (7, "..", ""), (8, "g", "reply_to: ..\n"), (9, "h", "reply_to: ..\n"),
    ))  # fmt: skip
    site.write({"chat/room.md": ROOM + text}, chat="kind: chat").clean()
    links = site.attributes("/chat/room/threads/", ".thread-text a", "href")
    assert len({link.lower() for link in links}) == 3
    assert "/forum/chat/room/threads/x/" in links
    assert not [link for link in links if ".." in link]
    assert not check_links(site.root / "output", prefix="/forum")


# Lists, feeds and machines ---------------------------------------------------


def test_a_day_counts_once_where_the_latest_entries_are(room: Community) -> None:
    recent = [link.removeprefix("/forum/chat/room/") for link in room.attributes("/recent/", ".excerpt-topic", "href")]
    assert [link for link in recent if "#r-" in link and "log" not in link] == [
        "2026-03-01/#r-h", "2026-01-06/page/2/#r-g", "2026-01-05/page/2/#r-d", "2024-01-01/#r-old",
    ]  # fmt: skip
    assert "Message" in room.texts("/recent/", ".excerpt-meta")[0]
    mine = room.attributes("/members/omid/", ".excerpt-topic", "href")
    assert "/forum/chat/room/2026-01-05/#r-a" in mine
    assert "/forum/chat/room/2026-01-05/#r-b" not in mine


def test_an_item_of_a_feed_is_a_day(room: Community) -> None:
    for address in ("/chat/room/feed.xml", "/chat/feed.xml", "/chat/feed.rss"):
        found = feedparser.parse(room.file(address).read_bytes())
        days = [entry for entry in found.entries if "/room/" in entry.link]
        assert [entry.link for entry in days] == [
            f"{BASE}/chat/room/{day}" for day in ("2026-03-01/", "2026-01-06/page/2/", "2026-01-05/page/2/", "2024-01-01/")
        ]
        assert not found.bozo
    (day,) = [item for item in json.loads(room.source("/chat/room/feed.json"))["items"] if "2026-01-06" in item["url"]]
    assert day["title"] == "Room, 6 Jan 2026"
    assert day["id"].endswith("#2026-01-06")
    assert "Listen." in day["content_html"]
    assert f"{BASE}/chat/room/2026-01-06/page/2/#r-g" in day["content_html"]


def test_the_sitemap_and_the_search_know_days(room: Community) -> None:
    index = [node.text for node in ET.fromstring(room.source("/sitemap.xml")).iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert f"{BASE}/chat/sitemap-days-2024.xml" in index
    assert f"{BASE}/chat/room/2026-01-06/</loc>" in room.source("/chat/sitemap-days-2026.xml")
    texts = "".join(path.read_text("utf-8") for path in (room.root / "output/search/texts").iterdir())
    assert '"/forum/chat/room/2026-01-06/page/2/#r-g"' in texts
    assert room.source("/old/g.html").count("/chat/room/2026-01-06/page/2/#r-g")


def test_machines_are_told_of_a_conversation(room: Community) -> None:
    whole = nodes(room, "/chat/room/")["Conversation"]
    assert (whole["name"], whole["url"]) == ("Room", f"{BASE}/chat/room/")
    day = nodes(room, "/chat/room/2026-01-05/")["Conversation"]
    assert day["isPartOf"]["@id"] == whole["@id"]
    assert next((one["sender"]["name"], one["text"]) for one in day["hasPart"]) == ("omid", "Shall we meet?")
    assert "Conversation" not in nodes(room, "/chat/room/threads/a/")


# Changes -------------------------------------------------------------------


def changed(site: Community, before: dict[str, tuple[int, bytes]]) -> set[str]:
    after = site.outputs()
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def test_a_message_rewrites_its_day_the_front_and_lists_alone(tmp_path: Path) -> None:
    site = community(tmp_path / "site", FILES, settings=ALL.replace("[feeds]", "[search]\nenabled = false\n[feeds]"), chat=BOARD)
    site.clean()
    before = site.outputs()
    text = str(FILES["chat/room/later.md"]) + message("z", "03-01 09:00", text="One more.", more="reply_to: e\n")
    site.write({"chat/room/later.md": text}).clean()
    pages = {name for name in changed(site, before) if name.startswith("chat/room/") and name.endswith(".html")}
    assert pages == {f"chat/room/{name}index.html" for name in ("", "2026-03-01/", "threads/", "threads/a/", "threads/a/page/2/")}


def test_a_board_that_becomes_a_forum_has_no_days_any_more_and_back(tmp_path: Path) -> None:
    site = community(tmp_path / "site", FILES, settings=ALL, chat=BOARD)
    site.clean()
    before = {name: data for name, (_, data) in site.outputs().items()}
    site.write(chat="title: Chat\nkind: forum\nper_page: 3").clean()
    assert not site.has("/chat/room/2026-01-05/")
    assert site.has("/chat/room/page/2/")
    site.write(chat=BOARD).clean()
    assert {name: data for name, (_, data) in site.outputs().items()} == before
