from __future__ import annotations

from urllib.parse import unquote

import pytest

from generator.addresses import entry_address, page_address
from generator.present.links import media_type
from generator.present.people import SHAPES, hue, initials, visitor
from generator.present.places import _shown_numbers
from tests.conftest import SETTINGS, Community

TEXT = "---\nauthor: x\ndate: 2026-01-01\n{}---\n{}\n"


def test_numbered_pages_have_an_address_below_their_first() -> None:
    assert [page_address("/a/", number) for number in (1, 2)] == ["/a/", "/a/page/2/"]
    assert [page_address("/a/", number, numbered_first=True) for number in (0, 1)] == ["/a/", "/a/page/1/"]
    assert [entry_address("/a/", own, page) for own, page in (("1", 1), ("x", 1), ("x", 2))] == ["/a/", "/a/#r-x", "/a/page/2/#r-x"]


@pytest.mark.parametrize(("name", "letters"), [("Leila Karimi", "LK"), ("omid", "O"), ("a b c", "AC"), ("...", "?"), ("", "?"), ("سارا", "س"), ("سارا کریمی", "س")])
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_colour_belongs_to_a_name_in_any_case() -> None:
    assert hue("Leila") == hue("leila")
    assert 0 <= hue("x") < 12


def test_people_with_one_initial_look_different() -> None:
    people = {name: visitor(name, "") for name in ("sam", "sara", "saba", "sol", "sue", "stan")}
    assert len({(person.hue, person.shape) for person in people.values()}) == len(people)
    assert all(person.shape < SHAPES for person in people.values())


def test_a_file_of_no_known_kind_is_bytes() -> None:
    assert media_type("a.png") == "image/png"
    assert media_type("a.unheard-of") == "application/octet-stream"


def test_every_address_on_a_page_has_the_sub_path(site: Community) -> None:
    text = "[[Tea]] @x [m](tea.md) ![p](p.png) [r](/about/) [out](https://else.example/)"
    files: dict[str, str | bytes] = {"cafe/tea.md": TEXT.format("tags: [a]\n", text), "cafe/p.png": b"p", "about.md": "About.\n"}
    site.write({"/site.toml": SETTINGS + '[navigation]\nAbout = "/about/"\nElse = "https://else.example/"\n', **files}, cafe="").clean()
    for name in site.html_files():
        page = site.page(f"/{name}")
        for attribute in ("href", "src"):
            for node in page.css(f"[{attribute}]"):
                address = node.attributes[attribute] or ""
                assert address.startswith(("/forum/", "https://example.org/forum/", "https://else.example/", "#", "mailto:?")), (name, address)


def test_pages_lead_only_to_files_that_are_there(site: Community) -> None:
    replies = "--- reply\nauthor: y\ndate: 2026-02-01\n---\nA.\n" * 5
    site.write({"cafe/چای.md": TEXT.format("tags: [a, C#]\n", "Text.") + replies, "blog/a.md": TEXT.format("", "A.")}, cafe="per_page: 2", blog="kind: blog").clean()
    for name in site.html_files():
        for node in site.page(f"/{name}").css("[href]:not([href^='mailto:']), [src]"):
            address = unquote((node.attributes.get("href") or node.attributes.get("src") or "").partition("#")[0])
            address = address.removeprefix("https://example.org").removeprefix("/forum")
            assert not address or site.has(address), (name, address)


@pytest.mark.parametrize("cover", ["javascript:alert(1)", "data:text/html,x", "//evil.example/x.png", "../../../etc/passwd", "gone.png"])
def test_a_picture_is_a_file_of_the_site_or_on_the_web(site: Community, cover: str) -> None:
    site.write({"blog/a.md": TEXT.format(f"cover: '{cover}'\n", "A.")}, blog="kind: blog").build()
    shown = site.attributes("/blog/a/", "img", "src") if site.has("/blog/a/") else []
    assert all(address.startswith("/forum/") for address in shown)


def test_many_numbered_pages_are_shown_with_gaps(site: Community) -> None:
    replies = "".join(f"--- reply\nauthor: y\ndate: 2026-02-01 10:{number:02}\n---\nA.\n" for number in range(20))
    site.write({"cafe/tea.md": TEXT.format("", "Text.") + replies}, cafe="per_page: 1").clean()
    assert _shown_numbers(10, 20) == [1, None, 8, 9, 10, 11, 12, None, 20]
    assert _shown_numbers(3, 5) == [1, 2, 3, 4, 5]
    assert _shown_numbers(4, 6) == [1, 2, 3, 4, 5, 6]
    assert _shown_numbers(0, 3) == [1, 2, 3]
    assert site.has("/cafe/tea/page/20/")
