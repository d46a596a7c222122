from __future__ import annotations

import pytest

from generator.markup.document import read_document
from generator.model import BoardFields, Document, Role, Source, TopicFields
from generator.podcast import Chapter, Credit, EpisodeFields, Funding, RemoteSound, ShowFields
from generator.settings import Settings


def read(header: str, role: Role = Role.TOPIC) -> Document:
    data = f"---\n{header}\n---\nText\n".encode()
    return read_document(Source("content/radio/first.md", role, "radio", "radio/first"), data, Settings())


def episode(header: str) -> EpisodeFields:
    document = read(header)
    assert not document.problems, document.problems
    assert isinstance(document.head, TopicFields)
    return document.head.episode


def test_an_episode_says_all_of_itself() -> None:
    found = episode(
        "audio: talk.mp3\nseason: 2\nepisode: 7\nepisode_type: bonus\nexplicit: yes\n"
        'chapters: ["0:00 Hello", {at: "1:02:03", title: Tea, url: https://example.org/}]\n'
        "transcript: [talk.vtt, talk.md]\npeople: {host: [leila, omid], guest: Noor}"
    )
    assert found == EpisodeFields(
        audio="talk.mp3",
        season=2,
        number=7,
        type="bonus",
        explicit=True,
        chapters=(Chapter(0, "Hello"), Chapter(3_723_000, "Tea", "https://example.org/")),
        transcript=("talk.vtt", "talk.md"),
        people=(Credit("leila"), Credit("omid"), Credit("Noor", "guest")),
    )


def test_a_sound_elsewhere_says_what_can_not_be_read_from_it() -> None:
    found = episode("audio: {url: https://example.org/1.mp3, length: 900, type: audio/mpeg, duration: 12:30}")
    assert found.audio == "https://example.org/1.mp3"
    assert found.remote == RemoteSound("https://example.org/1.mp3", 900, "audio/mpeg", 750_000)


def test_people_are_a_table_of_roles_a_list_or_one_name() -> None:
    assert episode("people: leila").people == (Credit("leila"),)
    listed = episode("people: [leila, {name: Noor, role: Guest, url: https://example.org/noor}]").people
    assert listed == (Credit("leila"), Credit("Noor", "guest", "https://example.org/noor"))


@pytest.mark.parametrize(("header", "field"), [
    ("audio: {length: 9}", "audio"),
    ("audio: {url: https://example.org/, length: 0}", "audio"),
    ("chapters: [no time]", "chapters"),
    ("chapters: [{at: soon, title: Tea}]", "chapters"),
    ("people: [{role: host}]", "people"),
    ("episode: first", "episode"),
    ("episode_type: best", "episode_type"),
])  # fmt: skip
def test_what_does_not_fit_is_told_with_its_field(header: str, field: str) -> None:
    assert [problem.field for problem in read(header).problems] == [field]


def test_a_board_says_all_of_its_podcast() -> None:
    document = read(
        "kind: podcast\ncover: cover.png\nauthor: [leila]\ncategory: Arts\nexplicit: no\nguid: one\nepisodes: serial\n"
        "owner: radio@example.org\nlocked: yes\nfunding: [https://example.org/give, {url: https://example.org/2, text: Tea}]\n"
        "people: {host: leila}",
        Role.BOARD,
    )
    assert not document.problems
    assert isinstance(document.head, BoardFields)
    assert document.head.show == ShowFields(
        cover="cover.png",
        authors=("leila",),
        category="Arts",
        explicit=False,
        guid="one",
        type="serial",
        locked=True,
        owner="radio@example.org",
        funding=(Funding("https://example.org/give"), Funding("https://example.org/2", "Tea")),
        people=(Credit("leila"),),
    )
