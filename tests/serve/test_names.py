"""Whatever files and people are called, their pages have addresses that work, or a problem says why not."""

from __future__ import annotations

import os
import threading
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.check import check_links
from generator.report import Result
from generator.serve import DevServer
from generator.slugs import UNUSABLE, slug
from tests.conftest import Community, community, only

from .harness import Client

NAMES = {
    "nfc": unicodedata.normalize("NFC", "café tea"),
    "nfd": unicodedata.normalize("NFD", "thé glacé"),
    "capital": "ÜBER",
    "persian": "خانه\u200cهای ما",
    "reserved": "con",
    "reserved with an ending": "aux.x",
    "reserved in capitals": "NUL",
    "a port": "com1",
    "a dot at its end": "trailing.",
    "a space at its end": "blank ",
    "a newline": "new\nline",
    "a control character": "bell\x07",
    "a C1 control": "next\x85line",
    "quotes": "quo\"te's",
    "percent": "100%",
    "percent-encoded": "a%20b",
    "hash": "c#sharp",
    "question": "what?",
    "markup": "<b>bold",
    "entity": "x&amp;y",
    "template": "{{ seven }}",
    "backslash": "back\\slash",
    "colon": "ratio 1:2",
    "star": "st*r",
    "pipe": "pi|pe",
    "right to left": "\u202eevil\u202c",
    "emoji": "🙂",
    "invisible": "\u3164",
    "a hyphen first": "-dash",
    "an underscore first": "_under",
    "dots": "one..two",
    "at": "@home",
    "long": "x" * 240,
    "long Persian": "ی" * 119,
}
REFUSED_BY_WINDOWS = {'con', 'aux.x', 'NUL', 'com1', 'quo"te\'s', 'what?', '<b>bold', 'ratio 1:2', 'st*r', 'pi|pe'}
QUOTE = "'"
HEAD = "---\ntitle: {0}\nauthor: leila\ndate: 2026-11-01\n{1}---\nText.\n"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")


class Site:
    """A built site and a server that shows it."""

    def __init__(self, site: Community) -> None:
        self.result = site.build()
        output = site.root / "output"
        self.server = DevServer(
            lambda _: Result(), output=output, watched=list, prefix="/forum", port=0, say=lambda _: None
        )
        self.broken = list(check_links(output, prefix="/forum", origin="https://example.org"))

    def crawl(self, client: Client) -> dict[str, int]:
        """The status of every address that pages name, from the front page on."""
        found: dict[str, int] = {}
        waiting = ["/forum/"]
        while waiting:
            address = waiting.pop()
            if address in found:
                continue
            response, body = client.ask(address)
            found[address] = response.status
            if "text/html" in response.headers["Content-Type"]:
                waiting += _links(body, address)
        return found


def _links(body: bytes, address: str) -> Iterator[str]:
    page = LexborHTMLParser(body.decode())
    for node in page.css("a[href], img[src], link[href], script[src]"):
        link = urljoin(f"http://localhost{address}", node.attributes.get("href") or node.attributes.get("src") or "")
        parts = urlsplit(link)
        if parts.netloc == "localhost" and not parts.path.startswith("/-anjoman/"):
            yield parts.path


def crawled(site: Community, served: Site) -> dict[str, int]:
    thread = threading.Thread(target=served.server.run)
    thread.start()
    try:
        return served.crawl(Client(int(served.server.address.split(":")[2].split("/")[0])))
    finally:
        served.server.stop()
        thread.join(5)


def odd_site(root: Path) -> Community:
    """Every name as that of a topic in a file and in a folder, a reply, a picture, a member, a tag, a board."""
    site = community(root, cafe="title: Café", shelf="title: Shelf")
    for number, (what, name) in enumerate(NAMES.items()):
        tags = f"tags: [{number}" + (f", '{name.replace(QUOTE, QUOTE * 2)}']\n" if name.isprintable() else "]\n")
        there = quote(name)
        links = f"[file]({there}.txt) [topic](../../cafe/{there}.md) [static](/files/{there}.txt) @{name}"
        site.write({
            f"cafe/{name}.md": HEAD.format(what, ""),
            f"shelf/{name}/index.md": HEAD.format(what, tags) + links,
            f"shelf/{name}/{name}.txt": "attached",
            f"shelf/{name}/{name}.md": "--- reply\nname: Visitor\ndate: 2026-11-02\n---\nReply.\n",
            f"members/{name}.md": "Hello.\n",
            f"{name} {number}/board.md": f"---\ntitle: Board {what}\n---\n",
            f"{name} {number}/topic.md": HEAD.format("On it", ""),
            f"/static/files/{name}.txt": "copied",
        })
    return site


def left_out(addresses: bool) -> set[str]:
    """The files whose names can't be in an address, as their sources or as the addresses that they would have."""
    found: set[str] = set()
    for name in filter(UNUSABLE.search, NAMES.values()):
        if addresses:
            found |= {f"/forum/shelf/{slug(name)}/{quote(name)}.txt", f"/forum/files/{quote(name)}.txt"}
        else:
            found |= {f"content/shelf/{name}/{name}.txt", f"static/files/{name}.txt"}
    return found


def test_every_name_has_an_address_that_works_or_a_problem_says_why_not(tmp_path: Path) -> None:
    site = odd_site(tmp_path / "site")
    served = Site(site)
    assert {problem.path for problem in served.result.errors} == left_out(addresses=False)
    found = crawled(site, served)
    assert {address for address, status in found.items() if status != 200} == left_out(addresses=True)
    broken = {unquote(problem.message[1:].partition("”")[0]).rpartition("/")[2] for problem in served.broken}
    assert broken == {f"{name}.txt" for name in NAMES.values() if UNUSABLE.search(name)}
    for name in NAMES.values():
        assert found[f"/forum/cafe/{quote(slug(name))}/"] == found[f"/forum/shelf/{quote(slug(name))}/"] == 200
    told = {problem.path for problem in served.result.warnings if "Windows" in problem.message}
    assert told == {f"static/files/{name}.txt" for name in REFUSED_BY_WINDOWS} | {
        f"content/shelf/{name}/{name}.txt" for name in REFUSED_BY_WINDOWS
    }


def test_both_unicode_forms_of_a_name_are_found_by_either_and_told_where_they_meet(tmp_path: Path) -> None:
    composed, decomposed = (unicodedata.normalize(form, "café") for form in ("NFC", "NFD"))
    links = "".join(f"[{form}]({form}.txt) [{form}](../{form}.md) " for form in (composed, decomposed))
    site = community(tmp_path / "site", cafe="title: Café")
    site.write({
        f"cafe/{decomposed}.md": HEAD.format("Tea", ""),
        "cafe/here/index.md": HEAD.format("Here", "") + links,
        f"cafe/here/{decomposed}.txt": "attached",
    })
    site.clean()
    hrefs = site.attributes("/cafe/here/", ".prose a", "href")
    assert hrefs[::2] == [f"/forum/cafe/here/{quote(decomposed)}.txt"] * 2
    assert hrefs[1::2] == [f"/forum/cafe/{quote(composed)}/"] * 2
    site.write({f"cafe/{composed}.md": HEAD.format("Tea", "")})
    if len(list(site.path("cafe").iterdir())) < 4:
        pytest.skip("this file system takes the two names for one")
    problem = only(site.build())
    assert problem.path == f"content/cafe/{composed}.md"
    assert f"content/cafe/{decomposed}.md" in problem.message


def test_names_that_differ_in_case_alone_are_told_where_they_meet(tmp_path: Path) -> None:
    site = community(tmp_path / "site", cafe="title: Café")
    site.write({"cafe/Tea.md": HEAD.format("A", "tags: [Milk]\n"), "cafe/milk.md": HEAD.format("B", "tags: [milk]\n")})
    site.clean()
    assert site.has("/cafe/tea/")
    assert site.has("/tags/milk/")
    site.write({"cafe/tea.md": HEAD.format("C", ""), "/static/a.txt": "a", "/static/A.txt": "A"})
    if not (site.path("cafe/tea.md").samefile(site.path("cafe/Tea.md"))):
        found = {problem.path: problem.message for problem in site.build().problems}
        assert found.keys() == {"content/cafe/tea.md", "static/a.txt"}
        assert "content/cafe/Tea.md" in found["content/cafe/tea.md"]
        assert "static/A.txt" in found["static/a.txt"]


def test_files_that_no_file_system_takes_for_one_stand_side_by_side(tmp_path: Path) -> None:
    names = ["a b.txt", "a  b.txt", "كتاب.txt", "کتاب.txt"]
    site = community(tmp_path / "site", {f"/static/{name}": name for name in names})
    site.clean()
    assert [site.source(f"/{name}") for name in names] == names


def test_hidden_files_and_backups_are_not_published_but_the_well_known_are(tmp_path: Path) -> None:
    site = community(tmp_path / "site", cafe="title: Café")
    hidden = ["/static/.env", "/static/.git/config", "cafe/.secret.txt", "cafe/tea.md~", "cafe/#tea.md#", "/static/x.txt~"]
    site.write(dict.fromkeys([*hidden, "/static/a/.well-known/x", "cafe/.well-known/x"], "secret"))
    site.write({"/static/.well-known/security.txt": "public", "cafe/c#.txt": "sharp"})
    site.clean()
    outputs = {name: data for name, (_, data) in site.outputs().items()}
    assert not [name for name, data in outputs.items() if data == b"secret"]
    assert outputs[".well-known/security.txt"] == b"public"
    assert outputs["cafe/c#.txt"] == b"sharp"
