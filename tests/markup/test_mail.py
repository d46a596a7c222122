from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser as Page

from generator.markup import guards, mail
from generator.markup.hiding import hide, named
from generator.markup.interface import Options
from generator.markup.render import render

OPTIONS = Options(format="text", mail=True, labels=(("quote", "Quoted text"), ("earlier", "Earlier message"), ("footer", "Footer")))
HIDING = Options(format="text", mail=True, hides=True)
LINES = ["", "Tea", "> Tea?", ">> Tea & <b>milk</b>?", "-- ", "On 2 Nov 2026, Omid wrote:", "  code  here", "-----Original Message-----", "From: x", "_" * 30]

LONG = "".join(f"> line {number}\n" for number in range(20))


def page(text: str, options: Options = OPTIONS) -> Page:
    return Page(render(text, options).html)


def one(found: Page, selector: str) -> str:
    """The text of the one element that a selector finds."""
    (node,) = found.css(selector)
    return node.text()


def squeezed(text: str) -> str:
    """A text without spaces and signs, as far as both ways may write them in their own way."""
    return "".join(text.replace(">", "").split())


def test_a_quote_that_comes_last_is_folded_below_whose_it_was() -> None:
    found = page("Yes.\n\nOn 2 Nov 2026, Omid wrote:\n> Tea?\n>> Milk?")
    assert one(found, "details.quoted > summary") == "On 2 Nov 2026, Omid wrote:"
    assert one(found, "details > blockquote.level-1 > div.plain") == "Tea?"
    assert one(found, "blockquote.level-1 > blockquote.level-2") == "Milk?"


def test_a_short_quote_that_is_answered_is_open_and_a_long_one_is_folded() -> None:
    assert not page("> Tea?\n\nYes.").css("details")
    assert one(page("On 2 Nov 2026, Omid wrote:\n> Tea?\n\nYes."), "p.attribution") == "On 2 Nov 2026, Omid wrote:"
    assert one(page(f"{LONG}\nYes."), "details.quoted > summary.label") == "Quoted text"


def test_a_mail_that_only_quotes_shows_it() -> None:
    assert not page(LONG).css("details")


def test_earlier_messages_and_footers_are_folded_and_signatures_set_apart() -> None:
    found = page(f"Yes.\n-- \nLeila\n\n-----Original Message-----\nFrom: Omid\n\nTea?\n{'_' * 40}\nTea mailing list")
    assert [node.text() for node in found.css("summary")] == ["Earlier message", "Footer"]
    assert one(found, ".signature") == "-- \nLeila"


def test_search_and_excerpts_see_what_is_said_and_not_what_is_quoted() -> None:
    found = render("Yes, tea.\n\n-- \nLeila\n\nOn 2 Nov 2026, Omid wrote:\n> Milk?", OPTIONS)
    assert (found.text, found.words) == ("Yes, tea.", 2)
    assert render("> Milk?", OPTIONS).text == "> Milk?"


def test_addresses_on_the_web_are_links_and_the_rest_is_text() -> None:
    found = render("<script>alert(1)</script>\n> <b>https://example.org/a?b&c</b>\n\nYes", OPTIONS).html
    assert "<script" not in found and "<b>" not in found
    assert '<a href="https://example.org/a?b&amp;c" rel="ugc nofollow noopener">' in found


def test_lines_that_were_broken_to_be_sent_are_told_from_those_that_were_meant() -> None:
    flowed = "This line was long and so it was broken by the program \nthat sent it.\nThis one was not."
    assert one(page(flowed), "span.flowed") == flowed.rpartition("\n")[0]
    wrapped = "All of these words stand in one paragraph that was broken somewhere\nbecause lines were once no longer than this, and it shows still now."
    assert one(page(wrapped), "span.wrapped") == wrapped
    assert not page("Tea\nMilk\nSugar").css("span")
    assert page("a  | b\nc  | d\n").css_first("span.fixed")


@given(st.lists(st.sampled_from(LINES), max_size=20).map("\n".join) | st.text(max_size=200))
def test_the_text_can_be_had_back(text: str) -> None:
    shown = render(text, OPTIONS).html
    clean = "".join(letter for letter in text.replace("\r", "\n") if letter.isprintable() or letter.isspace())
    if clean == text:
        assert squeezed(mail.text_of(shown)) == squeezed(text)


def test_the_text_that_is_had_back_reads_as_it_was_written() -> None:
    text = "Yes & no <3\n  indented\n\nOn 2 Nov 2026, Omid wrote:\n> Tea?\n>> Milk?\n>\n> Or\n\n-- \nLeila"
    assert mail.text_of(render(text, OPTIONS).html) == text


def test_ever_deeper_quotes_stay_within_the_bound() -> None:
    text = (">>>>>> a\n> b\n" * 5000)[:60_000]
    assert len(render(text, OPTIONS).html) <= guards.amplification(len(text))


# Addresses for mail ------------------------------------------------------------


def test_no_address_is_left_in_a_mail() -> None:
    text = "Write to Leila.K+tea@mail.example.org, <mailto:omid@example.org> or\n> a@b.example wrote: <20261102.1@host.example>\n\n."
    found = render(text, HIDING)
    assert "@" not in found.html and "@" not in found.text and "mailto:" not in found.html
    assert "Leila.K+tea at mail…, " in found.text


def test_a_link_that_holds_an_address_works_and_shows_none() -> None:
    found = render("See https://lists.example.org/r/1.2@host.example/ for it", HIDING).html
    assert 'href="https://lists.example.org/r/1.2%40host.example/"' in found
    assert ">https://lists.example.org/r/1.2 at host…/</a>" in found
    assert "href" not in render("https://leila@example.org/", HIDING).html


def test_markdown_and_html_on_a_list_show_no_address_either() -> None:
    for form, text in (("markdown", "<leila@example.org> [me](mailto:leila@example.org) leila&#64;example.org"), ("html", '<a href="mailto:leila@example.org">leila&#x40;example.org</a>')):
        found = render(text, Options(format=form, mail=True, hides=True))
        assert "example.org" not in found.html and "mailto" not in found.html
        assert "leila at example…" in found.text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Leila K. <leila@example.org>", "Leila K."),
        ('"K., Leila" <leila@example.org>', "K., Leila"),
        ("leila@example.org (Leila)", "Leila"),
        ("leila at example.org (Leila)", "Leila"),
        ("leila at example.org", "leila at example…"),
        ("<leila@example.org>", "<leila at example…>"),
        ("Leila at home", "Leila at home"),
        ("Leila <3", "Leila <3"),
    ],
)
def test_names_lose_the_address_that_programs_put_beside_them(written: str, shown: str) -> None:
    assert named(written) == shown


def test_what_is_no_address_stays() -> None:
    text = "@leila a@b HEAD@{1} @ 5 o'clock, root@localhost"
    assert render(text, HIDING).text == text


@given(st.text("ab@.-<: \n>", max_size=60))
def test_hiding_twice_is_hiding_once(text: str) -> None:
    assert hide(hide(text)) == hide(text)
