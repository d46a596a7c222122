from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from generator.language import dates
from generator.markup.cutting import escape
from generator.markup.document import read_document
from generator.model import (
    Attachment,
    BoardFields,
    Document,
    MemberFields,
    Origin,
    Poll,
    PollOption,
    Role,
    Source,
    TopicFields,
)
from generator.podcast import EpisodeFields, ShowFields
from generator.settings import Settings, SiteSettings

SETTINGS = Settings(site=SiteSettings(timezone="Asia/Tehran"))
TEXTS = st.lists(
    st.sampled_from(["--- reply", "\\--- reply", "\\\\--- reply  ", "a", "", "```", "---", " --- reply"]),
    min_size=1,
)


def read(
    text: str | bytes, role: Role = Role.TOPIC, path: str = "content/cafe/tea.md", language: str = ""
) -> Document:
    data = text if isinstance(text, bytes) else dedent(text).encode()
    return read_document(Source(path, role, language=language), data, SETTINGS)


def topic(header: str, text: str = "Text.") -> Document:
    return read(f"---\n{dedent(header).strip()}\n---\n{text}\n")


def head(document: Document) -> TopicFields:
    assert isinstance(document.head, TopicFields)
    return document.head


def moment(text: str) -> int:
    return dates.parse(text, SETTINGS.site.zone)


def told(document: Document) -> list[tuple[int, str, str]]:
    return [(problem.line, problem.field, problem.severity) for problem in document.problems]


CONVERSATION = """\
    ---
    title: Which feed reader do you use?
    author: leila
    date: 2026-11-01 10:00
    tags: [rss, tools]
    ---
    I read **forty** blogs.

    --- reply
    author: omid
    date: 2026-11-01 12:30
    ---

    @leila I have used newsboat.

    --- reply
    id: third
    name: Sara
    url: https://sara.example/
    reply_to: 2
    ---
    Same here.
    """


def test_a_topic_and_its_replies_are_cut_and_typed() -> None:
    document = read(CONVERSATION)
    assert document.problems == ()
    assert (head(document).title, head(document).tags) == ("Which feed reader do you use?", ("rss", "tools"))
    opening, first, second = document.entries
    assert (opening.id, opening.authors, opening.date) == ("1", ("leila",), moment("2026-11-01 10:00"))
    assert (opening.text, opening.line, opening.text_line) == ("I read **forty** blogs.", 1, 7)
    assert (first.id, first.line, first.text_line, first.text) == ("2", 9, 14, "@leila I have used newsboat.")
    assert (second.id, second.name, second.url, second.reply_to) == (
        "third",
        "Sara",
        "https://sara.example/",
        "2",
    )


@pytest.mark.parametrize("change", [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n")])
def test_a_byte_order_mark_and_carriage_returns_change_nothing(change: object) -> None:
    assert callable(change)
    text = dedent(CONVERSATION)
    assert read(change(text).encode()) == read(text)


def test_a_strangers_open_fence_swallows_no_reply() -> None:
    document = read("Text.\n\n--- reply\nname: x\n---\n```\nopen\n\n--- reply\t \nname: y\n---\nMine.\n")
    assert [entry.text for entry in document.entries] == ["Text.", "```\nopen", "Mine."]


@limits(max_examples=500, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_texts_that_are_escaped_and_joined_come_back(lines: list[list[str]]) -> None:
    texts = ["\n".join(each).strip("\n").rstrip() for each in lines]
    file = "---\ntitle: x\n---\n" + escape(texts[0])
    file += "".join(f"\n\n--- reply\nname: x\n---\n{escape(text)}" for text in texts[1:])
    document = read(file.encode())
    assert [entry.text for entry in document.entries] == texts
    assert document.problems == ()


def test_a_reply_whose_header_never_ends_costs_that_reply() -> None:
    document = read("Text.\n\n--- reply\nid: lost\nname: x\n\nNo end.\n\n--- reply\nname: y\n---\nMine.\n")
    assert [entry.id for entry in document.entries] == ["1", "3"]
    assert document.lost == ("lost",)
    assert told(document) == [(3, "", "error")]


@pytest.mark.parametrize(
    "field", ["hidden: perhaps", "date: 2024-13-45", "votes: many", "attachments: [../../etc/passwd]"]
)
def test_a_reply_with_a_wrong_value_is_lost_and_the_rest_stands(field: str) -> None:
    document = read(f"Text.\n\n--- reply\nname: x\n{field}\n---\nx\n\n--- reply\nname: y\n---\ny\n")
    assert ([entry.id for entry in document.entries], document.lost) == (["1", "3"], ("2",))
    assert told(document) == [(5, field.partition(":")[0], "error")]


def test_an_opening_with_a_wrong_value_leaves_no_topic_but_all_problems() -> None:
    document = read("---\ndraft: perhaps\n---\nx\n--- reply\ndate: never\n---\ny\n")
    assert (document.head, document.entries, document.lost) == (None, (), ("2", "1"))
    assert told(document) == [(2, "draft", "error"), (6, "date", "error")]


@pytest.mark.parametrize(
    ("given_id", "words"), [("1", "opening"), ("a b", "A-Z"), ("x" * 65, "A-Z"), ("2", "line 3")]
)
def test_an_id_that_can_not_be_one_is_an_error(given_id: str, words: str) -> None:
    document = read(f"Text.\n\n--- reply\nname: x\n---\nx\n\n--- reply\nname: y\nid: {given_id}\n---\ny\n")
    assert [entry.id for entry in document.entries] == ["1", "2"]
    assert words in document.problems[0].message
    assert document.problems[0].line == 10


def test_an_empty_file_is_an_error_for_a_topic_and_none_for_a_page() -> None:
    assert read("").problems[0].message == "expected an opening entry, found an empty file"
    assert read("--- reply\nname: x\n---\nx\n").head is None
    assert read("", Role.PAGE).problems == ()


@pytest.mark.parametrize(("data", "line"), [(b"a\nb \xe9", 2), (b"\xff\xfea\x00", 1), (b"a\n\nb\x00", 3)])
def test_a_file_that_is_no_text_is_lost_with_its_line(data: bytes, line: int) -> None:
    document = read(data)
    assert (document.head, document.lost, document.problems[0].line) == (None, ("1",), line)


@pytest.mark.parametrize(
    ("text", "title", "rest", "line"),
    [
        ("# Tea #\n\nText.", "Tea", "Text.", 3),
        ("\n\nTea\n===\nText.", "Tea", "Text.", 5),
        ("# A `b` **c** [d](e) \\*\n\nText.", "A b c d *", "Text.", 3),
        ("## Tea\n\nText.", "", "## Tea\n\nText.", 1),
        ("Text.\n\n# Tea", "", "Text.\n\n# Tea", 1),
        ("#tea\nText.", "", "#tea\nText.", 1),
    ],
)
def test_the_title_is_a_heading_at_the_top(text: str, title: str, rest: str, line: int) -> None:
    document = read(text.encode())
    assert head(document).title == title
    assert (document.entries[0].text, document.entries[0].text_line) == (rest, line)


def test_a_title_in_the_header_leaves_the_heading() -> None:
    assert topic("title: Tea", "# Cups").entries[0].text == "# Cups"


def test_the_files_or_folders_name_gives_a_date_where_the_header_has_none() -> None:
    for path in (
        "content/blog/2026-11-01-tea.md",
        "content/blog/2026-11-01-tea/index.md",
        "content/b/2026-11-01-tea.fa.md",
    ):
        assert read("Text.", path=path, language="fa").entries[0].date == moment("2026-11-01")
    assert read("---\ndate: 2020-01-01\n---\nx", path="content/2026-11-01-x.md").entries[0].date == moment(
        "2020-01-01"
    )


@pytest.mark.parametrize(
    ("header", "name", "value"),
    [
        ("published: false", "draft", True),
        ("published: true", "draft", False),
        ("publish: true", "publish", None),
        ("status: draft", "draft", True),
        ("permalink: /about/", "slug", "/about/"),
        ("url: /old/tea.html", "slug", "/old/tea.html"),
        ("redirect_from: /old/", "aliases", ("/old/",)),
        ("aliases: [/a/]\nredirect_from: [/b/]", "aliases", ("/a/", "/b/")),
        ("category: notes\ntags: rss, tools", "tags", ("rss", "tools", "notes")),
        ("tags: rss tools", "tags", ("rss tools",)),
        ("description: x", "summary", "x"),
        ("image: {path: a.jpg, alt: x}", "cover", "a.jpg"),
        ("Title: Tea", "title", "Tea"),
        ("season: 2\nepisode_type: bonus\nextra: {a: b}", "extra", {"a": "b"}),
        ("season: 2\nepisode_type: bonus", "episode", EpisodeFields(season=2, type="bonus")),
        ("layout: post\nuuid: x\nweight: 3", "title", ""),
    ],
)
def test_what_others_call_a_field_is_read_as_ours(header: str, name: str, value: object) -> None:
    document = topic(header)
    assert getattr(head(document), name) == value
    assert document.problems == ()


def test_lastmod_and_authors_are_the_entrys() -> None:
    entry = topic("lastmod: 2026-01-01\nauthors: [leila, omid]").entries[0]
    assert (entry.updated, entry.authors) == (moment("2026-01-01"), ("leila", "omid"))


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("permalink: /:year/:title/", "permalink"),
        ("permalink: pretty", "permalink"),
        ("url: https://example.org/", "url"),
        ("name: x\nauthor: y", "name"),
        ("updated: 2026-01-01\nlastmod: 2026-01-02", "lastmod"),
        ("status: hidden", "status"),
        ("titel: x", "titel"),
    ],
)
def test_what_is_left_out_is_a_warning(header: str, field: str) -> None:
    document = topic(header)
    assert [(each.field, each.severity) for each in document.problems] == [(field, "warning")]
    assert document.entries


def test_an_unknown_field_names_the_nearest_and_is_told_once() -> None:
    document = read("x\n--- reply\nautor: a\n---\nx\n--- reply\nautor: b\n---\ny\n")
    (problem,) = document.problems
    assert (problem.line, problem.field, problem.severity) == (3, "autor", "warning")
    assert "“author”" in problem.hint


def test_a_visitors_address_is_kept_only_if_it_is_one() -> None:
    document = read(
        "x\n--- reply\nname: a\nurl: sara.example/x\n---\nx\n--- reply\nname: b\nurl: 'javascript:alert(1)'\n---\ny\n"
    )
    assert [entry.url for entry in document.entries] == ["", "http://sara.example/x", ""]
    assert told(document) == [(9, "url", "warning")]
    assert topic("name: Sara\nurl: https://sara.example/").entries[0].url == "https://sara.example/"


def test_structured_fields_are_typed() -> None:
    entry = topic(
        """
        polls:
          - question: Tea?
            options: [{text: yes, votes: 3}, no]
            closed: 2026-12-01
        reactions: {👍: 2}
        attachments: [map.pdf, {file: a/b.txt, name: Notes}]
        source: {system: discourse, url: https://forum.example/t/1, id: 1}
        audio: {url: https://pod.example/1.mp3, length: 12}
        """
    ).entries[0]
    options = (PollOption("yes", 3), PollOption("no"))
    assert entry.polls == (Poll("1", "Tea?", options, closed=moment("2026-12-01")),)
    assert (entry.reactions, entry.audio) == ({"👍": 2}, "https://pod.example/1.mp3")
    assert entry.attachments == (Attachment("map.pdf"), Attachment("a/b.txt", "Notes"))
    assert entry.source == Origin("discourse", "https://forum.example/t/1", "1")


@pytest.mark.parametrize(
    "header",
    ["polls: [{question: x, options: [a]}]", "polls: [{question: x, options: [a, a]}]", "polls: [{options: [a, b], close: x}]",
     "polls: 3", "reactions: {a: -1}", "language: '<b>'", "dir: up", "link: 'javascript:x'", "title: [a]", "tags: [{a: b}]"],
)  # fmt: skip
def test_a_wrong_structure_is_an_error_with_its_line(header: str) -> None:
    assert told(topic(header)) == [(2, header.partition(":")[0], "error")]


def replies(text: str, path: str = "content/cafe/tea/omid.md") -> Document:
    return read(text, Role.REPLIES, path)


def test_a_file_of_one_reply_has_its_name_as_id() -> None:
    for text in (
        "---\nauthor: omid\n---\nHello.",
        "--- reply\nauthor: omid\n---\nHello.",
        "---\nreply: true\n---\nHello.",
    ):
        document = replies(text)
        assert [(entry.id, entry.text) for entry in document.entries] == [("omid", "Hello.")]
        assert (document.head, document.problems) == (None, ())


def test_a_file_of_several_replies_numbers_them_after_its_name() -> None:
    text = "--- reply\nname: a\n---\n1\n\n--- reply\nname: b\nid: x\n---\n2\n\n--- reply\nname: c\n---\n3\n"
    assert [entry.id for entry in replies(text).entries] == ["omid", "x", "omid-3"]


def test_a_name_that_can_be_no_id_gives_a_stable_one() -> None:
    one, other = (
        replies("---\nname: a\n---\nx", f"content/tea/{name}.md").entries[0].id for name in ("پاسخ", "a b")
    )
    assert one != other
    assert one.isascii()


def test_a_text_in_a_topics_folder_that_is_no_reply_is_kept_for_the_topic_that_may_name_it() -> None:
    (stray,) = replies("# Notes\n\nx").entries
    assert stray.stray
    assert stray.text == "# Notes\n\nx"
    assert told(replies("")) == [(1, "", "error")]


def test_a_board_and_a_member_have_their_own_fields() -> None:
    board = read(
        "---\ntitle: Café\nkind: blog\nmarkdown: {breaks: yes}\nfeeds: no\naddress: :year/:slug\nguid: x\n---\nHi.",
        Role.BOARD,
    )
    assert board.head == BoardFields(
        title="Café", kind="blog", breaks=True, feeds=(), address=":year/:slug", kind_line=3, show=ShowFields(guid="x")
    )
    assert board.entries[0].text == "Hi."
    member = read(
        "---\nname: Leila\njoined: 2020-01-01\nlinks: {Site: https://leila.example/}\nbot: no\n---\nMe.",
        Role.MEMBER,
    )
    assert member.head == MemberFields(
        name="Leila", joined=moment("2020-01-01"), links={"Site": "https://leila.example/"}
    )
    head = read("---\n# a board\nkind: blog\n---\n", Role.BOARD).head
    assert isinstance(head, BoardFields)
    assert head.kind_line == 3


@pytest.mark.parametrize("role", [Role.BOARD, Role.MEMBER, Role.PAGE, Role.FRONT])
def test_only_topics_have_replies(role: Role) -> None:
    document = read("x\n\n--- reply\nname: a\n---\ny\n", role)
    assert told(document) == [(3, "", "error")]
    assert document.entries[0].text == "x"


@limits(max_examples=1000, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=80),
        st.text(alphabet="-reply \n:[]{}#'\"\\adiut1=+\t\r&*!", max_size=120).map(str.encode),
    ),
    st.sampled_from(list(Role)),
)
def test_any_bytes_give_a_document_whose_problems_have_their_places(data: bytes, role: Role) -> None:
    document = read(b"---\nid: 1\n" + data, role)
    for problem in (*document.problems, *read(data, role).problems):
        assert problem.path == "content/cafe/tea.md"
        assert 1 <= problem.line <= data.count(b"\n") + data.count(b"\r") + 4
