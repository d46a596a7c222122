"""The files of search: what they hold, and what must never be in them."""

from __future__ import annotations

import json
from typing import Any

from tests.conftest import NOW, SETTINGS, Community

HEAD = "---\ntitle: {}\nauthor: leila\ndate: 2026-01-02 10:00\n{}---\n{}\n"


def topic(title: str, text: str, fields: str = "") -> str:
    return HEAD.format(title, fields, text)


def reply(text: str, fields: str = "") -> str:
    return f"\n--- reply\nauthor: omid\ndate: 2026-01-03\n{fields}---\n{text}\n"


def index(site: Community) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(site.source("/search/index.json"))
    return found


def words(site: Community) -> dict[str, tuple[int, int]]:
    """All words that can be found: in how many entries each is, and of how many that is told."""
    found: dict[str, tuple[int, int]] = {}
    for path in (site.root / "output/search/words").iterdir():
        for word, entries, told in json.loads(path.read_bytes().partition(b"\n")[0]):
            found[word] = (entries, sum(count for _, count in told))
    return found


def parts(site: Community) -> list[list[Any]]:
    """The parts of topics that can be found: title, address, board, tags, entries, and another language than the site's."""
    files = (site.root / "output/search/texts").iterdir()
    return [part for path in files for part in json.loads(path.read_text("utf-8")).values()]


def entries(site: Community) -> dict[str, list[Any]]:
    """All entries that can be found, by address: name, its key, date, title and text."""
    return {one[0]: one[1:] for part in parts(site) for one in part[4].values()}


def test_each_entry_is_found_by_its_words_and_leads_to_its_place(site: Community) -> None:
    text = topic("Which reader?", "I read *forty* blogs.", "tags: [RSS]\n") + reply("Newsboat, newsboat.", "id: r9\n")
    site.write({"cafe/reader.md": text}, cafe="title: Café").clean()
    assert words(site).keys() == {"which", "reader", "rss", "i", "read", "forty", "blogs", "newsboat"}
    found = entries(site)
    assert found["/forum/cafe/reader/"][-1] == "I read forty blogs."
    assert found["/forum/cafe/reader/#r-r9"][:2] == ["omid", "omid"]
    assert index(site)["entries"] == 2
    assert index(site)["boards"] == [["cafe", "", "forum", "Café"]]


def test_what_is_not_shown_is_not_found(site: Community) -> None:
    thread = topic("Seen", "Seen.") + reply("Veiled", "hidden: true\n") + reply("Gone", "deleted: true\n")
    site.write(
        {
            "cafe/seen.md": thread + reply("Notice", "event: Omid closed this\n"),
            "cafe/draft.md": topic("Draft", "Unready.", "draft: true\n"),
            "cafe/later.md": topic("Later", "Unborn.", "publish: 2030-01-01\n"),
            "cafe/veiled.md": topic("Veil", "Unseen.", "hidden: true\n"),
            "den/secret.md": topic("Secret", "Whisper."),
        },
        cafe="",
        den="access: members",
    ).build()
    assert words(site).keys() == {"seen"}
    everything = b"".join(data for name, (_, data) in site.outputs().items() if name.startswith("search/"))
    for secret in (b"Veil", b"Gone", b"Unready", b"Unborn", b"Unseen", b"Whisper", b"Notice"):
        assert secret not in everything


def test_what_is_taken_back_is_no_longer_found(site: Community) -> None:
    site.write({"cafe/a.md": topic("One", "Alpha.") + reply("Beta.")}, cafe="").clean()
    site.write({"cafe/a.md": topic("One", "Alpha.") + reply("Beta.", "hidden: true\n")}).clean()
    assert words(site).keys() == {"one", "alpha"}
    site.write({"cafe/a.md": topic("One", "Alpha.", "expires: 2027-01-16\n")}).clean()
    site.build(now=NOW + 10 * 86_400)
    assert words(site) == {}


def test_a_page_is_found(site: Community) -> None:
    site.write({"about.md": "---\ntitle: About\n---\nGardens.\n"}).clean()
    assert words(site).keys() == {"about", "gardens"}


TRANSLATED = {
    "/site.toml": SETTINGS + 'languages = ["fa"]\n',
    "cafe/a.md": topic("One", "Alpha."),
    "cafe/a.fa.md": topic("یک", "الف") + reply("ب"),
}


def test_a_translation_is_found_with_its_own_address_and_language(site: Community) -> None:
    site.write(TRANSLATED, cafe="").clean()
    assert words(site).keys() == {"one", "alpha", "یک", "الف", "ب"}
    found = entries(site)
    assert found["/forum/cafe/a/"][-1] == "Alpha."
    assert found["/forum/fa/cafe/a/#r-2"][-1] == "ب"
    assert {part[0]: part[5:] for part in parts(site)} == {"One": [], "یک": ["fa"]}, "the site's own language is not told"
    assert index(site)["languages"] == ["en", "fa"]
    site.remove("cafe/a.fa.md")
    site.clean()
    assert words(site).keys() == {"one", "alpha"}


def test_the_search_has_a_page_in_each_language_of_the_site(site: Community) -> None:
    site.write(TRANSLATED, cafe="").clean()
    for address, language, other in (("/search/", "en", "/forum/fa/search/"), ("/fa/search/", "fa", "/forum/search/")):
        assert site.attributes(address, "html", "lang") == [language]
        assert site.attributes(address, ".search-form", "action") == [f"/forum{address}"]
        assert site.attributes(address, ".search", "data-search") == ["/forum/search/"], "the files are the same"
        assert other in site.attributes(address, ".languages a", "href")
    assert site.attributes("/fa/cafe/a/", ".search-box", "action") == ["/forum/fa/search/"]
    assert site.attributes("/cafe/a/", ".search-box", "action") == ["/forum/search/"]


def test_only_what_an_edit_concerns_is_written(site: Community) -> None:
    site.write({f"cafe/{n}.md": topic(f"T{n}", f"Alpha word{n} " + "filler " * 2000) for n in range(20)}, cafe="").clean()
    site.write({"cafe/7.md": topic("T7", "Alpha omega " + "filler " * 2000)})
    written = [name for name in site.clean().written if name.startswith("search/texts/")]
    assert len(written) == 1


def test_a_word_of_too_many_entries_keeps_the_best(site: Community) -> None:
    texts = {f"cafe/{n}.md": topic("The cat" if n == 3 else f"T{n}", f"Cat{' cat' * (n == 5)}.") for n in range(1100)}
    site.write(texts, cafe="").clean()
    assert words(site)["cat"] == (1100, 1000)
    head = site.file("/search/words/63617420.bin").read_bytes().partition(b"\n")[0]
    assert json.loads(head) == [["cat", 1100, [[5, 1], [1, 1], [0, 998]]]], "first where it is in the title, or twice"


def test_without_search_there_is_no_trace_of_it(site: Community) -> None:
    site.write({"cafe/a.md": topic("One", "Alpha.")}, cafe="").clean()
    assert site.attributes("/", ".search-box", "action") == ["/forum/search/"]
    site.write({"/site.toml": SETTINGS + "[search]\nenabled = false\n"}).clean()
    assert not [name for name in site.outputs() if name.startswith("search/")]
    assert "/search/" not in site.source("/")
    site.write({"/site.toml": SETTINGS}).clean()
    assert words(site).keys() == {"one", "alpha"}


def test_the_page_helps_those_without_script(site: Community) -> None:
    site.write({"cafe/a.md": topic("One", "Alpha.")}, cafe="").clean()
    (help_,) = site.page("/search/").css("noscript")
    assert 'value="site:example.org/forum ' in (help_.html or "")
    assert "/forum/members/" in (help_.html or "")
