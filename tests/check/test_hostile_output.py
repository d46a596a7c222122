"""Output that a stranger had a hand in: nothing crashes, hangs or reaches the terminal."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.check.addresses import Addresses
from generator.check.pages import candidates
from generator.check.references import read
from generator.check.styles import urls

from .sites import only, told

SIZE = 200_000
NAMES = ["index.html", "s.css", "feed.xml", "feed.rss", "m.webmanifest", "feed.json", "robots.txt", "i.svg"]


@pytest.mark.parametrize(
    "piece", ["/*", '"', "'", "\\", '\\"', "url(", 'url("', "@import ", "@import\n", "url( ", "\n"]
)
def test_css_takes_linear_time(piece: str) -> None:
    start = time.process_time()
    list(urls(piece * (SIZE // len(piece))))
    assert time.process_time() - start < 2


@pytest.mark.parametrize("piece", [",", " ", "a,", "a ", ", a", "a ,"])
def test_srcset_takes_linear_time(piece: str) -> None:
    start = time.process_time()
    list(candidates(piece * (SIZE // len(piece))))
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    "piece", ["../", "./", "a/", "%2e%2e/", "%", "\\", "#", "?", ":", "//", "é", "https:"]
)
def test_an_address_takes_linear_time(piece: str) -> None:
    start = time.process_time()
    Addresses.of("/sub", "https://forum.example").target(piece * (SIZE // len(piece)), "index.html")
    assert time.process_time() - start < 2


def test_a_long_address_is_told_in_short(tmp_path: Path) -> None:
    problem = only(told(tmp_path, {"index.html": f'<a href="/{"a" * SIZE}/#{"b" * SIZE}">x</a>'}))
    assert len(problem.message) < 1000


def test_no_control_character_reaches_the_terminal(tmp_path: Path) -> None:
    files = {"index.html": '<a href="/\x1b]0;x\x07/">x</a><a href="#%1b[2J">y</a><img src="\x1b[2J">'}
    for problem in told(tmp_path, files):
        assert str(problem).replace("\n", "").isprintable()


def test_pages_nested_deeply_are_read(tmp_path: Path) -> None:
    assert only(told(tmp_path, {"index.html": "<div>" * 3000 + '<a href="/x/">x</a>'}))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(NAMES), st.binary(max_size=300))
def test_any_bytes_are_read_without_a_traceback(name: str, data: bytes) -> None:
    assert read(name, data).path == name


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60), st.text(alphabet="/.:%#?\\ae2", max_size=20))
def test_any_address_is_understood_or_foreign(value: str, base: str) -> None:
    for text in (value, base, base + value):
        target = Addresses.of("/sub", "https://forum.example").target(text, "cafe/index.html", base)
        assert target is None or target.outside or target.path == "" or target.path.startswith("/")
