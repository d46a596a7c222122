from __future__ import annotations

import time

import pytest

from generator.markup.quoting import Part, blocks

SAID = [
    "On Mon, Nov 2, 2026 at 6:32 PM, Leila <leila@example.org>\nwrote:",
    "On 2026-11-02 18:32, Leila wrote:",
    "Am 02.11.2026 um 18:32 schrieb Leila <leila@example.org>:",
    "Leila <leila@example.org> schrieb am Di., 2. Nov. 2026\num 18:32:",
    "Le 2 nov. 2026 à 18:32, Leila <leila@example.org>\na écrit :",
    "El 2 nov 2026, a las 18:32, Leila escribió:",
    "Il giorno 02 nov 2026, alle 18:32, Leila ha scritto:",
    "Em seg., 2 de nov. de 2026, Leila escreveu:",
    "Op 2 nov. 2026 om 18:32 heeft Leila het volgende geschreven:",
    "Den 2. nov. 2026 kl. 18.32 skrev Leila:",
    "Dnia 2 lis 2026 o godz. 18:32 Leila napisał(a):",
    "понедельник, 2 ноября 2026 г. пользователь Leila написал:",
    "2 Kas 2026 Pzt, 18:32 tarihinde Leila şunu yazdı:",
    "در تاریخ ۲ نوامبر ۲۰۲۶، لیلا نوشت:",
    "في 2 نوفمبر 2026، كتبت ليلى:",
    "בתאריך 2 בנוב׳ 2026, מאת לילה:",
    "在 2026年11月2日，下午6:32，Leila 写道：",
    "2026年11月2日(月) 18:32 Leila のメッセージ:",
    "2026년 11월 2일 (월) Leila 님이 작성:",
    "---- On Mon, 02 Nov 2026 18:32:00 +0000 Leila wrote ----",
]

EARLIER = [
    "-----Original Message-----\nFrom: Leila\nSent: Monday\n\nTea?",
    "-----Ursprüngliche Nachricht-----\nVon: Leila\n\nTee?",
    "-----Mensaje original-----\nDe: Leila\n\n¿Té?",
    "________________________________\nFrom: Leila\nSent: Monday\nTo: Omid\nSubject: Tea\n\nTea?",
    "Von: Leila\nGesendet: Montag\nAn: Omid\nBetreff: Tee\n\nTee?",
    "De : Leila\nEnvoyé : lundi\nÀ : Omid\nObjet : Thé\n\nDu thé ?",
    "发件人：Leila\n发送时间：2026年11月2日\n收件人：Omid\n主题：茶\n\n茶？",
    "فرستنده: لیلا\nتاریخ: ۲ نوامبر\nبه: امید\nموضوع: چای\n\nچای؟",
    "On Mon, Nov 2, 2026 at 6:32 PM Leila wrote:\nTea?",
    "---------- Forwarded message ---------\nFrom: Leila\nSubject: Tea\n\nTea?",
]


def parts(text: str) -> list[tuple[Part, str]]:
    return [(block.part, "\n".join(line for _, line in block.lines)) for block in blocks(text)]


@pytest.mark.parametrize("said", SAID)
def test_what_tells_whose_a_quote_is_stands_with_it(said: str) -> None:
    own, quote = blocks(f"Yes, tea.\n\n{said}\n\n> Tea?\n> Or coffee?")
    assert (own.part, own.lines) == (Part.TEXT, ((0, "Yes, tea."),))
    assert (quote.part, quote.said) == (Part.QUOTE, said.replace("\n", " "))
    assert quote.lines == ((1, "Tea?"), (1, "Or coffee?"))


@pytest.mark.parametrize("earlier", EARLIER)
def test_an_earlier_message_that_stands_whole_below_is_found(earlier: str) -> None:
    assert parts(f"Yes, tea.\n\n{earlier}") == [(Part.TEXT, "Yes, tea."), (Part.EARLIER, earlier)]


@pytest.mark.parametrize(
    "text",
    [
        "Here is what we need:\n\nTea.",
        "From: the heart\n\nof the matter.",
        "On Monday we met.\nLeila wrote: tea!",
        "Tea\n\n---------- a rule ----------\n\nCoffee",
        "a >> b is a shift.",
    ],
)
def test_what_only_resembles_a_quote_is_text(text: str) -> None:
    assert parts(text) == [(Part.TEXT, text)]


def test_quotes_keep_their_depth_and_text_stands_between_them() -> None:
    found = blocks("> Tea?\n> > With milk?\n>> With sugar?\n\nNo.\n> Coffee?\n\nNo!")
    assert [block.part for block in found] == [Part.QUOTE, Part.TEXT, Part.QUOTE, Part.TEXT]
    assert found[0].lines == ((1, "Tea?"), (2, "With milk?"), (2, "With sugar?"))


def test_an_address_that_is_broken_before_its_end_is_no_quote() -> None:
    (own, quote) = blocks("Yes.\n\n2016-10-24 15:36 GMT+02:00 Leila <\nleila@example.org\n>:\n\n> Tea?")
    assert quote.said.endswith("leila@example.org >:")
    assert own.lines == ((0, "Yes."),)


def test_a_signature_ends_before_what_is_quoted_below_it() -> None:
    text = "Yes.\n\n-- \nLeila\nTehran\n\nOn 2 Nov 2026, Omid wrote:\n> Tea?"
    assert parts(text) == [(Part.TEXT, "Yes."), (Part.SIGNATURE, "-- \nLeila\nTehran"), (Part.QUOTE, "Tea?")]
    assert blocks(text)[2].said == "On 2 Nov 2026, Omid wrote:"


@pytest.mark.parametrize("line", ["Sent from my iPhone", "Envoyé depuis mon téléphone", "Von meinem Mobilgerät gesendet", "ارسال شده از گوشی من"])
def test_what_programs_sign_with_is_a_signature(line: str) -> None:
    assert parts(f"Yes.\n\n{line}") == [(Part.TEXT, "Yes."), (Part.SIGNATURE, line)]


@pytest.mark.parametrize(
    "below", ["Tea mailing list\nhttps://lists.example.org/listinfo/tea", "To unsubscribe, write to the house.", "برای لغو اشتراک بنویسید."]
)
def test_a_lists_footer_is_found_below_its_rule(below: str) -> None:
    footer = f"{'_' * 47}\n{below}"
    assert parts(f"Yes.\n\n> Tea?\n{footer}")[-1] == (Part.FOOTER, footer)


@pytest.mark.parametrize(
    "piece",
    [">", "> ", ">\n", ">>>>>> a\n> b\n", "From:\n", "On 2026 wrote\n", "--\n", "_" * 40 + "\n", "a\n" + "_" * 40 + "\n", "sent from ", "*_ ", " "],
)
def test_no_text_takes_long(piece: str) -> None:
    began = time.process_time()
    blocks(piece * (60_000 // len(piece)))
    assert time.process_time() - began < 3
