from __future__ import annotations

from xml.etree import ElementTree as ET

from tests.conftest import SETTINGS, Community

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def locations(site: Community, address: str) -> list[str]:
    root = ET.fromstring(site.file(address).read_bytes())
    return [element.text or "" for element in root.iter(f"{NAMESPACE}loc")]


def everything(site: Community) -> set[str]:
    found: set[str] = set()
    for file in locations(site, "/sitemap.xml"):
        assert file.startswith("https://example.org/forum/")
        found |= set(locations(site, file.removeprefix("https://example.org/forum")))
    return {url.removeprefix("https://example.org/forum") for url in found}


def test_the_sitemap_has_all_topics_boards_and_pages(site: Community) -> None:
    text = "---\nauthor: x\ndate: 2026-01-01\n---\nText.\n"
    site.write(
        {
            "about.md": "About.\n",
            "cafe/a & b.md": text,
            "cafe/in/board.md": "",
            "cafe/in/چای.md": text,
            "cafe/hidden.md": text.replace("---\nText", "hidden: true\n---\nText"),
            "cafe/draft.md": text.replace("---\nText", "draft: true\n---\nText"),
        },
        cafe="",
    ).clean()
    chai = "/cafe/in/%DA%86%D8%A7%DB%8C/"
    assert everything(site) == {"/", "/about/", "/cafe/", "/cafe/a-b/", "/cafe/in/", chai, "/members/x/"}


def test_a_topic_says_when_it_last_changed(site: Community) -> None:
    text = "---\nauthor: x\ndate: 2026-01-01\n---\nText.\n--- reply\nauthor: y\ndate: 2026-03-04\n---\nAnswer.\n"
    site.write({"cafe/a.md": text}, cafe="").clean()
    assert "<lastmod>2026-03-04</lastmod>" in site.source("/cafe/sitemap-1.xml")


def test_translations_name_each_other_and_themselves(site: Community) -> None:
    text = "---\nauthor: x\ndate: 2026-01-01\n---\nText.\n"
    files = {"cafe/a.md": text, "cafe/a.fa.md": text, "cafe/b.md": text, "about.md": "A.\n", "about.fa.md": "A.\n"}
    files |= {"cafe/board.fa.md": "---\ntitle: x\n---\n", "members/x.md": "---\nname: X\n---\n", "members/x.fa.md": "---\nname: Y\n---\n"}
    site.write({"/site.toml": SETTINGS + 'languages = ["fa"]\n', **files}, cafe="").clean()
    for sitemap, first, second in (
        ("/cafe/sitemap-1.xml", "cafe/a/", "fa/cafe/a/"),
        ("/cafe/sitemap-1.xml", "cafe/", "fa/cafe/"),
        ("/sitemap-members-1.xml", "members/x/", "fa/members/x/"),
        ("/sitemap-pages.xml", "about/", "fa/about/"),
    ):
        root = ET.fromstring(site.file(sitemap).read_bytes())
        found = {
            url.findtext(f"{NAMESPACE}loc"): [(link.get("hreflang"), link.get("href")) for link in url.iter(f"{XHTML}link")]
            for url in root
        }
        expected = [("en", f"https://example.org/forum/{first}"), ("fa", f"https://example.org/forum/{second}")]
        expected.append(("x-default", expected[0][1]))
        assert found[expected[0][1]] == found[expected[1][1]] == expected
    assert found["https://example.org/forum/"] == []


def test_robots_name_the_sitemap_and_a_file_of_the_owners_stands_instead(site: Community) -> None:
    site.clean()
    assert "Sitemap: https://example.org/forum/sitemap.xml" in site.source("/robots.txt")
    site.write({"/static/robots.txt": "User-agent: *\nDisallow: /\n"}).clean()
    assert site.source("/robots.txt") == "User-agent: *\nDisallow: /\n"


def test_a_site_without_an_address_has_no_sitemap(site: Community) -> None:
    site.write({"/site.toml": 'title = "T"\n'}).clean()
    assert not site.has("/sitemap.xml")
    assert "Sitemap" not in site.source("/robots.txt")
