from __future__ import annotations

import pytest

from generator.markup.interface import Mark, MarkKind
from tests.markup.rendering import ENGINES, rendered, shown

WATCH = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


def marks(text: str, kind: MarkKind, engine: str = "commonmark") -> list[Mark]:
    return [mark for mark in rendered(text, engine).marks if mark.kind is kind]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_picture_of_a_film_is_its_player_with_caption_and_still(engine: str) -> None:
    (mark,) = marks('Look:\n![My first film](talk.mp4 "still.jpg")', MarkKind.PLAYER, engine)
    assert (mark.target, mark.entry, mark.line) == ("talk.mp4", "still.jpg", 2)
    assert mark.text == "My first film"


@pytest.mark.parametrize("engine", ENGINES)
def test_what_a_player_is_called_is_found_by_search(engine: str) -> None:
    assert rendered("![Rain on a roof](rain.ogg)", engine).text == "Rain on a roof"
    assert rendered("https://a.b/rain.ogg", engine).text == ""


def test_a_title_that_names_no_picture_is_none() -> None:
    assert marks('![a](talk.mp4 "My talk")', MarkKind.PLAYER)[0].entry == ""


@pytest.mark.parametrize("engine", ENGINES)
def test_a_link_to_a_service_alone_in_its_paragraph_may_become_a_frame(engine: str) -> None:
    (mark,) = marks(f"a\n\n{WATCH}\n\nb", MarkKind.EMBED, engine)
    assert (mark.target, mark.text) == (WATCH, "")
    assert mark.source == f'<p><a href="{WATCH}" rel="ugc nofollow noopener">{WATCH}</a></p>'
    assert marks(f"[A talk]({WATCH})", MarkKind.EMBED, engine)[0].text == "A talk"


@pytest.mark.parametrize("text", [f"see {WATCH}", f"{WATCH} and", "https://www.youtube.com/@someone", "https://example.org/watch?v=1", f"- {WATCH}"])
def test_other_links_stay_links(text: str) -> None:
    assert not marks(text, MarkKind.EMBED)


def test_a_frame_is_searched_by_what_its_link_says() -> None:
    assert rendered(f"[A talk]({WATCH})").text == "A talk"
    assert shown(WATCH) == f"{{embed {WATCH}}}"
