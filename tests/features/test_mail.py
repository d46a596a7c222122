from __future__ import annotations

import json
import mailbox
from collections.abc import Iterator
from email.header import decode_header, make_header
from pathlib import Path

import pytest

from generator.check import check_links
from generator.check.schemas import check_linked_data
from tests.conftest import SETTINGS, Community, community

BOARD = "title: Tea list\nkind: mail\ndescription: Of tea\nper_page: 3\n"
OCTOBER, NOVEMBER = "2026-10-3{} 10:00", "2026-11-0{} 10:00"

TEA = """---
title: "[tea] Which tea?"
name: Leila <leila@secret.example>
date: 2026-10-30 10:00
source: {system: mailman, id: "<1.2.3@secret.example>"}
---
I like green.
From here on I like it more. Write to leila@secret.example

--- reply
id: a
name: omid@secret.example
date: 2026-10-31 10:00
title: "Re: [tea] Which tea?"
source: {system: mailman, id: "<4.5.6@secret.example>"}
---
Black.

On 30 Oct 2026, Leila <leila@secret.example> wrote:
> I like green.

--- reply
id: b
author: sara
date: 2026-11-02 10:00
reply_to: a
title: "Milk (was: Which tea?)"
---
چای با شیر؟
--- reply
id: c
name: Leila
date: 2026-11-04 10:00
reply_to: 1
---
Noted, see https://lists.example.org/r/7.8@host.example/

--- reply
id: d
author: omid
date: 2026-11-05 10:00
reply_to: b
hidden: true
---
Hidden words.
"""

CUPS = """---
title: Cups
author: sara
date: 2026-11-03 10:00
format: markdown
---
**Two** cups, from sara@secret.example
"""

FEEDS = '[feeds]\nformats = ["atom", "rss", "json"]\nplaces = ["site", "boards", "topics", "members"]\n'


@pytest.fixture(scope="module")
def tea(tmp_path_factory: pytest.TempPathFactory) -> Community:
    """A list of two threads in two months."""
    files = {"list/tea.md": TEA, "list/cups.md": CUPS, "cafe/forum.md": "---\ntitle: Forum\nauthor: sara\ndate: 2026-01-01\n---\na@b.example"}
    found = community(tmp_path_factory.mktemp("list") / "site", files, SETTINGS + FEEDS, list=BOARD, cafe="title: Café")
    found.clean()
    return found


def messages(site: Community, address: str) -> list[mailbox.mboxMessage]:
    return list(mailbox.mbox(site.file(address), create=False))


def words(message: mailbox.mboxMessage) -> str:
    payload = message.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode().rstrip("\n")


def header(message: mailbox.mboxMessage, name: str) -> str:
    return str(make_header(decode_header(message[name])))


# The page of a thread ------------------------------------------------------


def test_mails_stand_as_a_thread_is_read_with_the_thread_at_a_glance(tea: Community) -> None:
    assert tea.attributes("/list/tea/", ".entry", "id") == ["r-1", "r-a", "r-b", "r-c"]
    assert tea.attributes("/list/tea/", ".thread-index a", "href") == ["#r-1", "#r-a", "#r-b", "#r-c"]
    assert tea.attributes("/list/tea/", ".thread-index ol ol ol a", "href") == ["#r-b"]


def test_a_subject_is_shown_where_it_is_another_than_the_threads(tea: Community) -> None:
    assert tea.texts("/list/tea/", ".entry-title") == ["Milk (was: Which tea?)"]


def ways(site: Community, address: str, entry: str) -> list[str]:
    return site.attributes(address, f"#r-{entry} .mail-steps a", "href")


def test_each_mail_leads_to_its_neighbours_in_the_thread_and_by_date(tea: Community) -> None:
    base = "/forum/list/tea/"
    assert ways(tea, "/list/tea/", "1") == [f"{base}#r-a", f"{base}#r-a"]
    # By date a mail of another thread lies between these two.
    assert ways(tea, "/list/tea/", "b") == [f"{base}#r-a", f"{base}#r-c", f"{base}#r-a", "/forum/list/cups/"]
    assert ways(tea, "/list/cups/", "1") == [f"{base}#r-b", f"{base}#r-c"]


def test_search_engines_are_told_of_a_discussion(tea: Community) -> None:
    (block,) = tea.page("/list/tea/").css('script[type="application/ld+json"]')
    assert not list(check_linked_data("/list/tea/", 1, block.text()))
    node = next(node for node in json.loads(block.text())["@graph"] if node["@type"] == "DiscussionForumPosting")
    assert next(comment["text"] for comment in node["comment"]) == "Black."


def test_other_boards_have_none_of_it(tea: Community) -> None:
    assert "mail.css" not in tea.source("/cafe/forum/")
    assert "a@b.example" in tea.source("/cafe/forum/")


def test_a_hidden_thread_is_in_no_list_and_no_file(site: Community) -> None:
    site.write({"list/tea.md": TEA.replace("date: 2026-10-30 10:00", "date: 2026-10-30 10:00\nhidden: true"), "list/cups.md": CUPS}, list=BOARD).clean()
    assert not site.has("/list/archive/2026/10/") and not site.source("/list/tea/thread.mbox")
    assert site.texts("/list/archive/2026/11/", ".mail-group h2 > a") == ["Cups"]
    assert not site.page("/list/tea/").css("a[download]")


# Months ----------------------------------------------------------------------


def test_the_front_has_the_threads_and_the_months(tea: Community) -> None:
    assert tea.texts("/list/", ".row-title a") == ["[tea] Which tea?", "Cups"]
    assert tea.texts("/list/", ".archive-months li") == ["November 20263", "October 20262"]


def test_the_archive_names_all_months_with_their_orders_and_files(tea: Community) -> None:
    assert tea.texts("/list/archive/", ".mail-count") == ["3 mails", "2 mails"]
    base = "/forum/list/archive/2026/10/"
    assert tea.attributes("/list/archive/", "tr:last-child a", "href") == [base, base, f"{base}date/", f"{base}author/", f"{base}2026-10.mbox"]


def test_a_month_is_read_by_thread_by_date_and_by_author(tea: Community) -> None:
    base = "/list/archive/2026/11/"
    assert tea.texts(base, ".mail-group h2 > a") == ["[tea] Which tea?", "Cups"]
    assert tea.texts(base, ".mail-line > a") == ["sara: Milk (was: Which tea?)", "Leila", "sara"]
    assert tea.texts(base + "date/", ".mail-group h2") == ["2 Nov 2026", "3 Nov 2026", "4 Nov 2026"]
    assert tea.texts(base + "author/", ".mail-group h2 .name") == ["Leila", "sara"]
    assert tea.attributes(base + "date/", 'meta[name="robots"]', "content") == ["noindex"]
    assert tea.attributes(base, ".mail-neighbours a", "href") == ["/forum/list/archive/2026/10/"]


def test_a_long_month_has_pages_and_a_file_for_each(site: Community) -> None:
    replies = "".join(f"--- reply\nid: r{number}\nname: Omid\ndate: 2026-11-01 {number:02}:00\n---\nYes {number}\n" for number in range(1, 13))
    text = f"---\ntitle: Tea\nname: Leila\ndate: 2026-11-01\n---\nTea?\n{replies}"
    site.write({"list/tea.md": text}, list=BOARD.replace("per_page: 3", "per_page: 1")).clean()
    base = "/list/archive/2026/11/"
    assert len(site.texts(base, ".mail-line")) == 10
    assert len(site.texts(base + "date/page/2/", ".mail-line")) == 3
    assert len(messages(site, base + "2026-11-2.mbox")) == 3
    assert [len(messages(site, f"/list/tea/{name}.mbox")) for name in ("thread", "thread-2")] == [11, 2]
    assert site.attributes("/list/tea/", ".topic-meta a[download]", "href")[1] == "/forum/list/tea/thread-2.mbox"


# Privacy ---------------------------------------------------------------------


def test_no_address_and_no_id_of_a_message_is_anywhere(tea: Community) -> None:
    for name, (_, data) in tea.outputs().items():
        if not name.startswith("cafe/"):
            assert b"secret.example" not in data, name
            assert b"@host.example" not in data, name
            assert b"leila@" not in data and b"omid@" not in data and b"mailto:leila" not in data, name
    assert "omid at secret…" in tea.source("/list/tea/")


def test_a_board_may_leave_addresses(site: Community) -> None:
    site.write({"list/tea.md": TEA}, list=BOARD + "addresses: shown\n").clean()
    assert "Write to leila@secret.example" in site.source("/list/tea/")
    assert "Write to leila@secret.example" in site.source("/list/tea/thread.mbox")
    assert "1.2.3@" not in "".join(data.decode("utf-8", "replace") for _, data in site.outputs().values())
    site.write(list=BOARD).clean()
    assert "secret.example" not in site.source("/list/tea/")


# Files for mail programs -----------------------------------------------------


def test_a_thread_can_be_read_by_mail_programs(tea: Community) -> None:
    first, answer, milk, noted = messages(tea, "/list/tea/thread.mbox")
    assert words(first) == "I like green.\n>From here on I like it more. Write to leila at secret…"
    assert words(answer) == "Black.\n\nOn 30 Oct 2026, Leila <leila at secret…> wrote:\n> I like green."
    assert (header(first, "Subject"), header(milk, "Subject"), header(noted, "Subject")) == (
        "[tea] Which tea?", "Milk (was: Which tea?)", "Re: [tea] Which tea?",
    )  # fmt: skip
    assert first["From"] == "Leila <hidden@mail.invalid>"
    assert header(answer, "From") == "omid at secret… <hidden@mail.invalid>"
    assert words(milk) == "چای با شیر؟"
    assert first["Date"] == "Fri, 30 Oct 2026 10:00:00 -0000"
    assert first.get_from() == "hidden@mail.invalid Fri Oct 30 10:00:00 2026"


def test_mail_programs_see_the_thread(tea: Community) -> None:
    first, answer, milk, noted = messages(tea, "/list/tea/thread.mbox")
    assert "In-Reply-To" not in first
    assert [one["In-Reply-To"] for one in (answer, milk, noted)] == [first["Message-ID"], answer["Message-ID"], first["Message-ID"]]
    assert milk["References"].split() == [first["Message-ID"], answer["Message-ID"]]
    assert first["Message-ID"].endswith("@example.org>")


def test_a_month_has_the_same_mails_as_its_threads(tea: Community) -> None:
    found = [messages(tea, f"/list/{name}.mbox") for name in ("archive/2026/10/2026-10", "archive/2026/11/2026-11")]
    ids = [one["Message-ID"] for month in found for one in month]
    threads = [one["Message-ID"] for name in ("tea", "cups") for one in messages(tea, f"/list/{name}/thread.mbox")]
    assert sorted(ids) == sorted(threads)
    assert [len(month) for month in found] == [2, 3]


def test_what_is_no_plain_text_goes_as_html(tea: Community) -> None:
    (cups,) = messages(tea, "/list/cups/thread.mbox")
    assert cups.get_content_type() == "text/html"
    assert words(cups) == "<p><strong>Two</strong> cups, from sara at secret…</p>"


# What a new mail changes -----------------------------------------------------


def changed(site: Community) -> Iterator[str]:
    before = site.outputs()
    site.clean()
    yield from (name for name, (_, data) in site.outputs().items() if name not in before or before[name][1] != data)


def test_a_new_mail_leaves_other_months_and_threads_as_they_are(site: Community) -> None:
    old = "".join(f"--- reply\nid: r{day}\nname: Omid\ndate: 2026-09-{day:02}\n---\nYes\n" for day in range(2, 6))
    files = {"list/tea.md": TEA, "list/cups.md": CUPS, "list/old.md": f"---\ntitle: Old\nname: Leila\ndate: 2026-09-01\n---\nTea?\n{old}"}
    site.write(files, list=BOARD).clean()
    site.write({"list/cups/new.md": "---\nname: Omid\ndate: 2026-11-06\n---\nThree.\n"})
    found = {name for name in changed(site) if name.startswith("list/") and name.endswith(("html", "mbox"))}
    month = "list/archive/2026/11/"
    assert found == {
        "list/index.html", "list/archive/index.html", "list/cups/index.html", "list/cups/thread.mbox",
        "list/tea/index.html",  # which leads to it by date
        f"{month}index.html", f"{month}date/index.html", f"{month}author/index.html", f"{month}2026-11.mbox",
    }  # fmt: skip


def test_all_links_of_a_list_lead_somewhere(tea: Community) -> None:
    assert not check_links(tea.root / "output", prefix="/forum", origin="https://example.org")


def test_attachments_are_named_where_they_are(site: Community, tmp_path: Path) -> None:
    text = "---\ntitle: Tea\nname: Leila\ndate: 2026-11-01\nattachments: [{file: cup.txt, name: My cup}]\n---\nSee below"
    site.write({"list/tea/index.md": text, "list/tea/cup.txt": "cup"}, list=BOARD).clean()
    (message,) = messages(site, "/list/tea/thread.mbox")
    assert words(message).endswith("See below\n\n[My cup: https://example.org/forum/list/tea/cup.txt]")
