from __future__ import annotations

from tests.conftest import Community


def topic(tags: str, title: str = "T", day: int = 1) -> str:
    return f"---\ntitle: {title}\nauthor: x\ndate: 2026-01-{day:02}\ntags: {tags}\n---\nText.\n"


def test_a_tag_lists_its_topics_newest_first(site: Community) -> None:
    site.write({"cafe/a.md": topic("[rss, tools]", "A", 1), "cafe/b.md": topic("[rss]", "B", 2)}, cafe="").clean()
    assert site.texts("/tags/rss/", ".row-title a") == ["B", "A"]
    assert site.attributes("/cafe/a/", '.topic-head a[rel="tag"]', "href") == ["/forum/tags/rss/", "/forum/tags/tools/"]


def test_tags_that_differ_in_case_are_one(site: Community) -> None:
    site.write({"cafe/a.md": topic("[RSS]", "A"), "cafe/b.md": topic("[rss]", "B")}, cafe="").clean()
    assert len(site.texts("/tags/rss/", ".row-title a")) == 2


def test_tags_that_share_an_address_get_a_stable_suffix(site: Community) -> None:
    site.write({"cafe/a.md": topic('[C, "C#", C++]')}, cafe="").clean()
    pages = {name for name in site.html_files() if name.startswith("tags/c")}
    assert len(pages) == 3
    assert "tags/c/index.html" in pages
    titles = {site.texts("/" + name.removesuffix("index.html"), "h1")[0] for name in pages}
    assert len(titles) == 3


def test_a_tag_called_page_hides_no_numbered_page(site: Community) -> None:
    site.write({"cafe/a.md": topic("[page]")}, cafe="").clean()
    assert not site.has("/tags/page/")
    assert any(name.startswith("tags/page-") for name in site.html_files())


def test_many_topics_of_a_tag_are_cut_into_pages(site: Community) -> None:
    site.write({f"cafe/t{n:02}.md": topic("[a]", f"T{n}") for n in range(31)}, cafe="").clean()
    counts = [len(site.texts(address, ".row-title")) for address in ("/tags/a/", "/tags/a/page/1/", "/tags/a/page/2/")]
    assert counts == [30, 30, 1]


def test_a_tag_that_nobody_uses_any_more_has_no_page(site: Community) -> None:
    site.write({"cafe/a.md": topic("[rss]")}, cafe="").clean()
    site.write({"cafe/a.md": topic("[tools]")}).clean()
    assert not site.has("/tags/rss/")
    assert site.has("/tags/tools/")
    assert "rss" not in site.texts("/tags/", "main")[0]


def test_hostile_names_of_tags_are_text(site: Community) -> None:
    site.write({"cafe/a.md": topic('["<img src=x onerror=alert(1)>", "../../etc", "a/b", "con"]')}, cafe="").clean()
    assert "<img src=x" not in site.source("/tags/")
    assert all(".." not in name for name in site.html_files())
    assert not site.has("/tags/con/")


def test_pages_lead_to_no_list_with_nothing_in_it(site: Community) -> None:
    site.write(cafe="").clean()
    empty = {f"/forum/{name}/" for name in ("recent", "members", "tags")}
    assert not empty & {*site.attributes("/cafe/", "a", "href")}
    site.write({"cafe/tea.md": "---\ntitle: Tea\nauthor: leila\ndate: 2026-01-01\ntags: [tea]\n---\nTea.\n"}).clean()
    assert empty <= {*site.attributes("/cafe/", ".footer-links a", "href")}
    site.remove("cafe/tea.md")
    site.clean()
    assert not empty & {*site.attributes("/cafe/", "a", "href")}
