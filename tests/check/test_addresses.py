"""How an address is understood."""

from __future__ import annotations

import pytest

from generator.check.addresses import Addresses, Target

SITE = Addresses.of("/sub/", "https://Forum.Example:443")


@pytest.mark.parametrize(
    ("value", "path", "fragment"),
    [
        ("", "/cafe/tea/", ""),
        ("#x", "/cafe/tea/", "x"),
        ("?q=1#x", "/cafe/tea/", "x"),
        ("..", "/cafe/", ""),
        ("../milk/", "/cafe/milk/", ""),
        ("./a/./b/../c", "/cafe/tea/a/c", ""),
        ("%2e%2E/milk/", "/cafe/milk/", ""),
        ("/sub/cafe/", "/cafe/", ""),
        ("/sub", "", ""),
        ("/sub/a%20b/", "/a b/", ""),
        ("/sub/%DA%86%D8%A7%DB%8C/", "/چای/", ""),
        ("/sub/چای/", "/چای/", ""),
        ("/sub/a%2Fb/", "/a%2Fb/", ""),
        ("/sub/a%2525/", "/a%25/", ""),
        (" /sub/ca\nfe/ ", "/cafe/", ""),
        ("\\sub\\cafe\\", "/cafe/", ""),
        ("https://forum.example/sub/x?y#z", "/x", "z"),
        ("HTTP://user@FORUM.example:80/sub/x", "/x", ""),
        ("//forum.example/sub/", "/", ""),
        ("#x:~:text=tea", "/cafe/tea/", "x"),
    ],
)
def test_an_address_of_the_site_is_a_place_in_it(value: str, path: str, fragment: str) -> None:
    assert SITE.target(value, "cafe/tea/index.html") == Target(path, fragment)


@pytest.mark.parametrize(
    "value",
    [
        "https://other.example/sub/",
        "//other.example/",
        "https://forum.example.evil.example/sub/",
        "https://forum.example/neighbour/",
        "mailto:a@forum.example",
        "tel:1",
        "https:",
        "http://[::1",
    ],
)
def test_an_address_elsewhere_is_no_business_of_the_site(value: str) -> None:
    assert SITE.target(value, "index.html") is None


@pytest.mark.parametrize("value", ["/", "/cafe/", "../../../x", "/subway/"])
def test_an_address_beside_the_prefix_is_outside(value: str) -> None:
    target = SITE.target(value, "cafe/index.html")
    assert target is not None
    assert target.outside


def test_a_browser_stops_at_the_root() -> None:
    assert Addresses.of().target("../../../x", "cafe/index.html") == Target("/x")


def test_without_an_origin_whole_addresses_are_foreign() -> None:
    assert Addresses.of().target("https://forum.example/", "index.html") is None


def test_a_host_is_the_same_in_both_spellings() -> None:
    site = Addresses.of(origin="https://انجمن.example")
    assert site.target("https://xn--nhbejh7e.example/x", "index.html") is None
    assert site.target("https://" + "انجمن.example".encode("idna").decode() + "/x", "index.html") == Target(
        "/x"
    )


def test_a_file_beside_an_index_is_its_own_base() -> None:
    assert SITE.target("b.html", "cafe/a 100%.html") == Target("/cafe/b.html")
    assert SITE.target("#x", "cafe/a 100%.html") == Target("/cafe/a 100%.html", "x")
