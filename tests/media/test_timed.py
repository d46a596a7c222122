from __future__ import annotations

from pathlib import Path

import pytest

from generator.media import timed
from generator.media.timed import Cue, Timed
from generator.podcast import Chapter, milliseconds

VTT = b"""WEBVTT - talk

NOTE a word to editors

intro
00:00:01.000 --> 00:00:04.500 align:start
<v Leila>Welcome &amp; <i>hello</i>

00:05.000 --> 00:06.000
again.
"""

SRT = "\ufeff1\r\n00:00:01,000 --> 00:00:02,500\r\nSara K.: Good morning.\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nIt says: no.\r\n".encode()


def look(folder: Path, name: str, data: bytes) -> Timed | None:
    path = folder / name
    path.write_bytes(data)
    return timed.look(path)


def test_webvtt_has_times_voices_and_plain_words(tmp_path: Path) -> None:
    assert look(tmp_path, "a.vtt", VTT) == Timed(
        (Cue(1000, 4500, "Welcome & hello", "Leila"), Cue(5000, 6000, "again."))
    )


def test_srt_names_speakers_before_their_words(tmp_path: Path) -> None:
    assert look(tmp_path, "a.srt", SRT) == Timed(
        (Cue(1000, 2500, "Good morning.", "Sara K."), Cue(3000, 4000, "It says: no."))
    )


def test_chapters_of_podcasting_2_are_read_in_their_order(tmp_path: Path) -> None:
    data = b'{"version": "1.2.0", "chapters": [{"startTime": 62.5, "title": "Tea", "url": "https://example.org/"},' \
        b' {"startTime": 0, "title": "Hello", "img": "javascript:x"}, {"startTime": 9, "toc": false, "title": "x"}]}'
    assert look(tmp_path, "a.json", data) == Timed(
        chapters=(Chapter(0, "Hello"), Chapter(62_500, "Tea", "https://example.org/"))
    )


@pytest.mark.parametrize(("name", "data", "told"), [
    ("a.vtt", b"WEBVTT\n\nno times\n", "no line of it"),
    ("a.srt", b"\xff\xfe\x00", "no line of it"),
    ("a.json", b"{", "no JSON"),
    ("a.json", b"[" * 100_000, "no JSON"),
    ("a.json", b'{"chapters": [{"startTime": "x"}, 3]}', "startTime"),
])  # fmt: skip
def test_what_can_not_be_read_is_told(tmp_path: Path, name: str, data: bytes, told: str) -> None:
    found = look(tmp_path, name, data)
    assert found
    assert told in found.fault


def test_other_data_is_left_alone(tmp_path: Path) -> None:
    assert look(tmp_path, "a.json", b'{"points": []}') is None
    assert look(tmp_path, "a.txt", VTT) is None


def test_a_file_without_end_is_read_no_further_than_a_bound(tmp_path: Path) -> None:
    many = b"WEBVTT\n\n" + b"00:01.000 --> 00:02.000\nx\n\n" * (timed.CUES + 10)
    found = look(tmp_path, "a.vtt", many)
    assert found
    assert len(found.cues) == timed.CUES
    found = look(tmp_path, "a.vtt", b" " * (timed.LARGEST + 1))
    assert found
    assert "larger than" in found.fault


@pytest.mark.parametrize(("text", "time"), [("75", 75_000), ("1:02:03", 3_723_000), ("12:30.5", 750_500), ("0:0", 0), ("x", None), ("-1", None)])
def test_times_are_written_as_people_write_them(text: str, time: int | None) -> None:
    assert milliseconds(text) == time
