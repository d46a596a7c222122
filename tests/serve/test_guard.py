"""Who is let in: by the Host header, and to the events by origin."""

from __future__ import annotations

import pytest

from generator.serve.guard import Guard

STRANGE_HOSTS = [
    "",
    "evil.example",
    "evil.example:8000",
    "localhost",
    "localhost:8001",
    "127.0.0.1:80",
    "localhost.evil.example:8000",
    "evil.example#localhost:8000",
    "evil.example@localhost:8000",
    "localhost:8000@evil.example",
    "localhost:8000.evil.example",
    "127.0.0.1.nip.io:8000",
    "127.0.0.2:8000",
    "0.0.0.0:8000",
    "2130706433:8000",
    "0x7f.1:8000",
    "192.168.1.5:8000",
    "[::2]:8000",
    "[::ffff:127.0.0.1]:8000",
    "localhost.:8000",
    "localhost :8000",
    "localhost:8000, localhost:8000",
    "localhost:٨٠٠٠",
    "localhost:8000\r\n",
]


@pytest.mark.parametrize("host", STRANGE_HOSTS)
def test_a_strange_host_is_refused(host: str) -> None:
    assert not Guard("127.0.0.1", 8000).admits_host(host)


@pytest.mark.parametrize("host", ["localhost:8000", "LOCALHOST:8000", "127.0.0.1:8000", "[::1]:8000", "desk.local:8000"])
def test_the_local_names_and_the_chosen_host_are_admitted(host: str) -> None:
    assert Guard("desk.local", 8000).admits_host(host)


def test_port_80_need_not_be_named() -> None:
    assert Guard("127.0.0.1", 80).admits_host("localhost")


def test_on_all_interfaces_any_address_is_admitted_but_no_name() -> None:
    guard = Guard("0.0.0.0", 8000)
    assert guard.admits_host("192.168.1.5:8000")
    assert guard.admits_host("[fe80::1]:8000")
    assert not guard.admits_host("evil.example:8000")


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "http://evil.example:8000"},
        {"origin": "http://localhost:3000"},
        {"origin": "https://localhost:8000"},
        {"origin": "null"},
        {"origin": "file://"},
        {"origin": "http://localhost:8000.evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_another_origin_is_refused(headers: dict[str, str]) -> None:
    assert not Guard("127.0.0.1", 8000).admits_origin(headers)


@pytest.mark.parametrize(
    "headers", [{}, {"origin": "http://localhost:8000"}, {"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}]
)
def test_our_own_pages_are_admitted(headers: dict[str, str]) -> None:
    assert Guard("127.0.0.1", 8000).admits_origin(headers)
