"""Search in a real browser: what is found, by which words, with the keyboard alone; and that both ends fold alike."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from generator.catalog.numbers import facet
from generator.language.folding import fold, words
from tests.conftest import community

SCRIPT = Path(__file__).parents[2] / "themes/agora/static/search.js"
HEAD = "---\ntitle: {}\nauthor: {}\ndate: {} 10:00\n{}---\n{}\n"
SETTINGS = 'title = "Tea"\nurl = "https://example.org/"\nlanguages = ["fa"]\n'

TEXTS = (
    "Plain words, CamelCase and snake_case; don't! a.b-c",
    "C++11, C# and c+ or F#; x++y 3.14 1,000",
    "كتاب‌هاي مُحَمَّد می‌خواهم آبی مؤمن ة ۀ ۱۴۰۳ ٣٫١٤ خـــوب",
    "Straße ẞ ΟΔΟΣ ὈΔΟΣ İstanbul ışık Łódź Ørsted æøå ﬁ Ⅷ ½ Ｃａｆé",
    "東京都庁 東 パーティー ﾊﾟｰﾃｨｰ がぎ 한국어 검색 𠮷野家 々〇",
    "สวัสดีครับ ภาษาไทย हिन्दी भाषा ქართული ᏣᎳᎩ ⴰⵣⵓⵍ မြန်မာ ភាសាខ្មែរ",
    "שָׁלוֹם עליכם ё й ї ў e\u0301 \u1e9b\u0323 \u212b \u00b5 ʼn ŉ ǅ",
    "🙂 a🙂b \u200bzero\u200dwidth \ufeff soft\u00adhyphen x\u0332y ➊ ① ٪",
    "".join(map(chr, range(0x20, 0x370))),
    "".join(map(chr, range(0x370, 0x700))),
    "".join(map(chr, range(0x900, 0xE00))),
    "".join(map(chr, range(0xE00, 0x1100))),
    "".join(map(chr, range(0x2000, 0x2C00))),
    "".join(map(chr, range(0x3000, 0x3400))),
    "".join(map(chr, range(0xF900, 0xFFFE))),
)


def topic(title: str, text: str, author: str = "leila", date: str = "2026-01-02", fields: str = "") -> str:
    return HEAD.format(title, author, date, fields, text)


def reply(author: str, text: str) -> str:
    return f"\n--- reply\nid: by-{author}\nauthor: {author}\ndate: 2026-02-03 10:00\n---\n{text}\n"


FILES = {
    "cafe/green.md": topic("Green tea", "How long does it steep?", fields="tags: [brewing]\n") + reply("omid", "Three minutes, and the tea is bitter."),
    "cafe/teapot.md": topic("A teapot", "Made of clay, for green leaves.", "omid", "2024-05-06"),
    "blog/first.md": topic("On tea and time", "Tea takes green time. " + "Filler words go on. " * 60 + "Here is the samovar.", "sara"),
    "cafe/fa.md": topic("چای سبز", "كتاب‌هاي چاي را می‌خواهم", "کاوه"),
    "cafe/pot.md": topic("Cups", "Teacup, teacup, teacup: the teacup.", date="2026-02-02"),
    "cafe/pot.fa.md": topic("سماور", "یک teacup", "کاوه"),
    "cafe/ja.md": topic("東京", "東京都庁に行く。", "yuki"),
    "cafe/evil.md": topic('"<img src=x onerror=alert(1)>"', "<script>alert(1)</script> evil &lt;b&gt;"),
    **{f"cafe/n{number}.md": topic(f"Note {number}", "The common word.", "noor", f"2025-03-{number + 1:02}") for number in range(24)},
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    made = community(tmp_path_factory.mktemp("search"), FILES, settings=SETTINGS, cafe="title: Café", blog="kind: blog")
    made.build()
    handler = partial(_Quiet, directory=str(made.root / "output"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that it has
        pass


def ask(page: Page, site: str, query: str, at: str = "/search/") -> list[str]:
    """The addresses that are found for a query."""
    page.goto(f"{site}{at}")
    page.fill(".search-form input", query)
    page.keyboard.press("Enter")
    expect(page.locator(".search-status")).not_to_be_empty()
    links = page.locator(".found h2 a").all()
    return [(link.get_attribute("href") or "") for link in links]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("steep", ["/cafe/green/"]),
        ("bitter minutes", ["/cafe/green/#r-by-omid"]),
        ('"green tea" ', ["/cafe/green/"]),
        ('"tea green"', []),
        ("teap* ", ["/cafe/teapot/"]),
        ("samov", ["/blog/first/"]),
        ("green -tea ", ["/cafe/teapot/"]),
        ("کتابهای چای ", ["/cafe/fa/"]),
        ("میخواهم ", ["/cafe/fa/"]),
        ("京都庁", ["/cafe/ja/"]),
        ("京東", []),
        ("brewing", ["/cafe/green/"]),
        ("zebra", []),
    ],
)
def test_what_is_found(page: Page, site: str, query: str, found: list[str]) -> None:
    assert ask(page, site, query) == found


def test_the_best_comes_first_and_words_are_marked(page: Page, site: str) -> None:
    assert ask(page, site, "green tea ")[0] == "/cafe/green/"
    assert page.locator(".found").first.locator("mark").all_inner_texts() == ["Green", "tea"]
    ask(page, site, "samovar ")
    assert page.locator(".found-text").inner_text().startswith("…")
    assert page.locator(".found-text mark").inner_text() == "samovar"


def test_where_nothing_has_all_words_some_are_found_and_it_is_said(page: Page, site: str) -> None:
    assert "/cafe/teapot/" in ask(page, site, "teapot samovar ")
    expect(page.locator(".search-note")).to_contain_text("Nothing has all of these words")


def test_what_is_in_the_language_of_the_page_comes_first(page: Page, site: str) -> None:
    english, persian = "/cafe/pot/", "/fa/cafe/pot/"
    assert ask(page, site, "teacup ") == [english, persian]
    assert ask(page, site, "teacup ", "/fa/search/") == [persian, english]
    assert [one.get_attribute("lang") for one in page.locator(".found").all()] == ["fa", "en"]
    page.select_option("select[name=language]", "en")
    expect(page.locator(".found h2 a")).to_have_attribute("href", english)
    assert page.url.endswith("/fa/search/?q=teacup+&language=en")


def test_what_was_written_by_strangers_is_text(page: Page, site: str) -> None:
    alerts: list[str] = []
    page.on("dialog", lambda dialog: alerts.append(dialog.message))
    assert ask(page, site, "evil ") == ["/cafe/evil/"]
    assert page.locator(".found h2").inner_text() == "<img src=x onerror=alert(1)>"
    assert page.locator(".found img, .found script").count() == 0
    assert not alerts


def test_results_are_sorted_by_facets_and_the_address_keeps_them(page: Page, site: str) -> None:
    ask(page, site, "green ")
    page.select_option("select[name=author]", label="omid (1)")
    expect(page.locator(".found")).to_have_count(1)
    expect(page.locator(".search-status")).to_have_text("Results: 1")
    assert page.url.endswith("?q=green+&author=omid")
    page.reload()
    expect(page.locator(".found h2 a")).to_have_attribute("href", "/cafe/teapot/")
    page.select_option("select[name=author]", "")
    page.select_option("select[name=kind]", "blog")
    expect(page.locator(".found h2 a")).to_have_attribute("href", "/blog/first/")


def test_the_keyboard_is_enough(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{site}/cafe/")
    page.keyboard.press("/")
    page.keyboard.type("common")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=common")
    expect(page.locator(".found")).to_have_count(10)
    expect(page.locator(".search-status")).to_have_text("Results: 24")
    page.keyboard.press("/")
    expect(page.locator(".search-form input")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".found h2 a").nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator(".search-form input")).to_be_focused()
    page.click(".search-more")
    expect(page.locator(".found")).to_have_count(20)
    expect(page.locator(".found h2 a").nth(10)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/cafe/n*/")


def test_what_can_not_be_fetched_is_said(page: Page, site: str) -> None:
    page.route("**/search/words/*", lambda route: route.abort())
    ask(page, site, "green")
    expect(page.locator(".search-status")).to_contain_text("can't be reached")


def test_the_script_folds_as_the_index_does(page: Page) -> None:
    page.goto("about:blank")
    page.add_script_tag(path=SCRIPT)
    for text in TEXTS:
        for piece in [text, *text.split()]:
            found = page.evaluate("text => [anjomanSearch.fold(text), anjomanSearch.words(text), anjomanSearch.facet(text)]", piece)
            assert found == [fold(piece), words(piece), facet(piece)], piece
