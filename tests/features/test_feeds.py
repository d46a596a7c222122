from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree as ET

import feedparser  # type: ignore[import-untyped]

from tests.conftest import SETTINGS, Community

ALL = SETTINGS + '[feeds]\nformats = ["atom", "rss", "json"]\nplaces = ["site", "boards", "topics", "tags", "members"]\nlength = 3\n'


def topic(title: str, day: int, text: str = "Text.", more: str = "") -> str:
    return f"---\ntitle: {title}\nauthor: leila\ndate: 2026-01-{day:02}\ntags: [rss]\n{more}---\n{text}\n"


ATOM = "{http://www.w3.org/2005/Atom}"
THREAD = "{http://purl.org/syndication/thread/1.0}"
BASE = "https://example.org/forum"


def entries(site: Community, address: str) -> dict[str, ET.Element]:
    """The elements of an Atom feed's entries by their ids."""
    root = ET.fromstring(site.file(address).read_bytes())
    return {entry.findtext(f"{ATOM}id") or "": entry for entry in root.iter(f"{ATOM}entry")}


def parsed(site: Community, address: str) -> Any:
    found = feedparser.parse(site.file(address).read_bytes())
    assert not found.bozo, found.get("bozo_exception")
    return found


def test_by_default_the_site_and_the_boards_have_atom(site: Community) -> None:
    site.write({"cafe/tea.md": topic("Tea", 1)}, cafe="title: Café").clean()
    names = {name for name in site.outputs() if "feed." in name and not name.startswith("_/")}
    assert names == {"feed.xml", "cafe/feed.xml"}
    feed = parsed(site, "/feed.xml")
    assert feed.version == "atom10"
    assert feed.feed.link == "https://example.org/forum/"
    assert feed.entries[0].link == "https://example.org/forum/cafe/tea/"
    assert feed.entries[0].published == "2026-01-01T00:00:00Z"
    assert feed.entries[0].author == "leila"
    assert feed.entries[0].tags[0].term == "rss"


def test_every_format_in_every_place(site: Community) -> None:
    reply = "--- reply\nauthor: omid\ndate: 2026-02-01\n---\nAn answer.\n"
    site.write({"/site.toml": ALL, "cafe/tea.md": topic("Tea", 1) + reply}, cafe="").clean()
    for place in ("/", "/cafe/", "/cafe/tea/", "/tags/rss/", "/members/leila/"):
        assert parsed(site, f"{place}feed.xml").version == "atom10"
        assert parsed(site, f"{place}feed.rss").version == "rss20"
        assert json.loads(site.source(f"{place}feed.json"))["version"] == "https://jsonfeed.org/version/1.1"
    assert [entry.title for entry in parsed(site, "/cafe/tea/feed.xml").entries] == ["Re: Tea", "Tea"]
    assert parsed(site, "/cafe/tea/feed.xml").entries[0].link == "https://example.org/forum/cafe/tea/#r-2"


def test_a_feed_holds_the_newest(site: Community) -> None:
    site.write({"/site.toml": ALL, **{f"cafe/t{n}.md": topic(f"T{n}", n) for n in range(1, 6)}}, cafe="").clean()
    assert [entry.title for entry in parsed(site, "/feed.xml").entries] == ["T5", "T4", "T3"]


def test_the_id_is_the_field_else_the_address_and_stays_when_the_title_changes(site: Community) -> None:
    site.write({"cafe/a.md": topic("A", 1, more="id: tag:example.org,2026:a\n"), "cafe/b.md": topic("B", 2)}, cafe="").clean()
    before = {entry.link: entry.id for entry in parsed(site, "/feed.xml").entries}
    assert before == {
        "https://example.org/forum/cafe/a/": "tag:example.org,2026:a",
        "https://example.org/forum/cafe/b/": "https://example.org/forum/cafe/b/",
    }
    site.write({"cafe/b.md": topic("Renamed", 2, "Other.")}).clean()
    assert {entry.link: entry.id for entry in parsed(site, "/feed.xml").entries} == before


def test_what_xml_can_not_hold_is_left_out_and_nothing_else(site: Community) -> None:
    site.write(
        {"/site.toml": ALL, "cafe/a.md": topic('"A & <b> ok"', 1, "Bell \x08 and \x0b and \ufffe and \U0001f600.")}, cafe=""
    ).build()
    for name in ("feed.xml", "feed.rss"):
        entry = parsed(site, f"/{name}").entries[0]
        assert "ok" in entry.title
        assert "\U0001f600" in entry.content[0].value


def test_links_and_pictures_in_a_feed_are_absolute(site: Community) -> None:
    text = "[tea](tea.md) @leila ![p](pot.png) [in](#x) [root](/y/)\n\n## X\n"
    site.write({"cafe/a.md": topic("A", 2, text), "cafe/tea.md": topic("Tea", 1), "cafe/pot.png": b"p"}, cafe="").build()
    html = parsed(site, "/feed.xml").entries[0].content[0].value
    for address in ("cafe/tea/", "members/leila/", "cafe/pot.png", "cafe/a/#", "y/"):
        assert f'"https://example.org/forum/{address}' in html


def test_a_hidden_topic_and_a_deleted_reply_are_in_no_feed(site: Community) -> None:
    gone = "--- reply\nauthor: omid\ndate: 2026-02-01\ndeleted: true\n---\nGone words.\n"
    site.write({"/site.toml": ALL, "cafe/a.md": topic("A", 1, "Secret words.", "hidden: true\n").replace("title: A", "title: Secret title"), "cafe/b.md": topic("B", 2) + gone}, cafe="").clean()
    every = "".join(data.decode() for name, (_, data) in site.outputs().items() if "feed." in name)
    assert "Secret" not in every
    assert "Gone words" not in every


def test_pages_name_their_feeds(site: Community) -> None:
    site.write({"cafe/a.md": topic("A", 1)}, cafe="title: Café").clean()
    links = site.attributes("/cafe/", 'link[type="application/atom+xml"]', "href")
    assert links == ["/forum/cafe/feed.xml", "/forum/feed.xml"]


def test_a_site_without_an_address_has_valid_feeds_too(site: Community) -> None:
    site.write({"/site.toml": 'title = "T"\n', "cafe/a.md": topic("A", 1)}, cafe="").clean()
    assert parsed(site, "/feed.xml").entries[0].id.startswith("urn:uuid:")


def test_a_reply_names_what_it_answers_and_a_topic_where_its_replies_are(site: Community) -> None:
    more = "--- reply\nauthor: omid\ndate: 2026-02-01\n---\nOne.\n--- reply\nauthor: ada\ndate: 2026-02-02\nreply_to: 2\n---\nTwo.\n"
    site.write({"/site.toml": ALL, "cafe/tea.md": topic("Tea", 1) + more}, cafe="").clean()
    found = entries(site, "/cafe/tea/feed.xml")
    tea = f"{BASE}/cafe/tea/"
    references = {key: entry.find(f"{THREAD}in-reply-to") for key, entry in found.items()}
    assert {key: one.attrib for key, one in references.items() if one is not None} == {
        f"{tea}#r-2": {"ref": tea, "href": tea, "type": "text/html"},
        f"{tea}#r-3": {"ref": f"{tea}#r-2", "href": f"{tea}#r-2", "type": "text/html"},
    }
    (link,) = [one for one in found[tea].iter(f"{ATOM}link") if one.get("rel") == "replies"]
    assert (link.get("href"), link.get("type")) == (f"{tea}feed.xml", "application/atom+xml")
    assert (link.get(f"{THREAD}count"), link.get(f"{THREAD}updated")) == ("2", "2026-02-02T00:00:00Z")
    assert found[tea].findtext(f"{THREAD}total") == "2"


def test_a_reply_leaves_the_feeds_of_topics_as_they_are(site: Community) -> None:
    site.write({"/site.toml": ALL, "cafe/tea.md": topic("Tea", 1)}, cafe="").clean()
    before = site.outputs()
    site.write({"cafe/tea.md": topic("Tea", 1) + "--- reply\nauthor: omid\ndate: 2026-02-01\n---\nOne.\n"}).clean()
    after = site.outputs()
    assert [name for name in before if "feed." in name and before[name] != after[name]] == [
        name for name in before if name.startswith("cafe/tea/feed.")
    ]


def test_without_a_feed_of_its_own_a_topics_replies_are_on_its_page(site: Community) -> None:
    site.write({"cafe/tea.md": topic("Tea", 1) + "--- reply\nauthor: omid\ndate: 2026-02-01\n---\nOne.\n"}, cafe="").clean()
    (link,) = [one for one in entries(site, "/feed.xml")[f"{BASE}/cafe/tea/"].iter(f"{ATOM}link") if one.get("rel") == "replies"]
    assert (link.get("href"), link.get("type")) == (f"{BASE}/cafe/tea/", "text/html")


def test_the_ids_of_replies_follow_that_of_their_topic(site: Community) -> None:
    reply = "--- reply\nauthor: omid\ndate: 2026-02-01\n---\nOne.\n"
    site.write({"/site.toml": ALL, "cafe/a.md": topic("A", 1, more="id: tag:example.org,2026:a\n") + reply}, cafe="").clean()
    assert set(entries(site, "/cafe/a/feed.xml")) == {"tag:example.org,2026:a", "tag:example.org,2026:a#r-2"}


def test_authors_have_a_name_and_their_page(site: Community) -> None:
    site.write({"/site.toml": ALL, "members/leila.md": "---\nname: Leila K.\navatar: me.png\n---\n", "members/me.png": b"p", "cafe/a.md": topic("A", 1)}, cafe="").clean()
    (item,) = json.loads(site.source("/feed.json"))["items"]
    assert item["authors"] == [{"name": "Leila K.", "url": f"{BASE}/members/leila/", "avatar": f"{BASE}/members/me.png"}]
    (entry,) = entries(site, "/feed.xml").values()
    assert entry.findtext(f"{ATOM}author/{ATOM}uri") == f"{BASE}/members/leila/"
    site.write({"cafe/a.md": topic("A", 1).replace("author: leila\n", "")}).build()
    assert parsed(site, "/feed.xml").entries[0].author == "Anjoman"


def test_a_browser_shows_a_feed_by_the_themes_style_and_says_what_it_is(site: Community) -> None:
    site.write({"/site.toml": ALL + '[markdown]\nbreaks = true\n', "گپ/a.md": topic("<b>A</b>", 1)}, گپ="language: fa").clean()
    source = site.source("/گپ/feed.xml")
    sheets = [line.split('"')[3] for line in source.splitlines() if line.startswith("<?xml-stylesheet")]
    assert len(sheets) == 2
    assert all(site.has(sheet.removeprefix("/forum")) for sheet in sheets)
    header = ET.fromstring(source).find("{http://www.w3.org/1999/xhtml}header")
    assert header is not None
    assert header.attrib == {"lang": "fa", "dir": "rtl"}
    assert "خوراک" in "".join(header.itertext())
    links = [one.get("href") for one in ET.fromstring(source).iter("{http://www.w3.org/1999/xhtml}a")]
    assert len(links) == 2
    assert "xml-stylesheet" not in site.source("/گپ/feed.json")
