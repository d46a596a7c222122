from __future__ import annotations

from pathlib import Path

from tests.conftest import SETTINGS, Community, community

TOPIC = "---\ntitle: {}\nauthor: leila\ndate: 2026-01-01\ntags: [{}]\n---\nWords.\n"
TEXT = "---\nsummary: How to be fed.\n---\nA **feed** is read by a [reader](../cafe/tea.md).\n"


def test_a_tag_has_the_title_and_text_of_its_file(site: Community) -> None:
    site.write({"cafe/tea.md": TOPIC.format("Tea", "RSS"), "tags/rss.md": TEXT}, cafe="").clean()
    assert site.text("/tags/rss/", "h1") == "RSS"
    assert site.text("/tags/rss/", ".prose") == "A feed is read by a reader."
    assert site.attributes("/tags/rss/", ".prose a", "href") == ["/forum/cafe/tea/"]
    assert site.attributes("/tags/rss/", "meta[name=description]", "content") == ["How to be fed."]
    site.write({"tags/rss.md": TEXT.replace("summary", "title: Feeds\nsummary")}).clean()
    assert site.text("/tags/rss/", "h1") == "Feeds"


def test_only_the_front_of_a_tag_shows_its_text_and_it_goes_with_its_file(site: Community) -> None:
    topics = {f"cafe/t{number}.md": TOPIC.format(f"T{number}", "two words") for number in range(31)}
    site.write({**topics, "tags/two words.md": TEXT.replace("../cafe/tea.md", "../cafe/t1.md")}, cafe="").clean()
    assert site.texts("/tags/two-words/", ".prose")
    assert not site.texts("/tags/two-words/page/1/", ".prose")
    site.remove("tags/two words.md")
    site.clean()
    assert not site.texts("/tags/two-words/", ".prose")
    assert site.has("/tags/two-words/page/1/")


def test_a_tag_with_a_text_has_a_page_before_any_topic_has_it(site: Community) -> None:
    topic = TOPIC.format("Tea", "rss").replace("Words", "[Later](../tags/later.md)")
    site.write({"cafe/tea.md": topic, "tags/later.md": "Soon.\n"}, cafe="").clean()
    assert site.attributes("/cafe/tea/", ".prose a", "href") == ["/forum/tags/later/"]
    assert site.text("/tags/later/", ".prose") == "Soon."
    assert "No topics here yet." in site.texts("/tags/later/", ".empty p")


def test_a_translation_of_a_tags_text_has_a_page_in_its_language(tmp_path: Path) -> None:
    files = {"cafe/tea.md": TOPIC.format("Tea", "rss"), "tags/rss.md": TEXT, "tags/rss.fa.md": "---\ntitle: خوراک\n---\nمتن\n"}
    site = community(tmp_path, files, SETTINGS + 'languages = ["fa"]\n', cafe="")
    site.clean()
    assert site.text("/fa/tags/rss/", "h1") == "خوراک"
    assert site.attributes("/fa/tags/rss/", "html", "lang") == ["fa"]
    assert site.attributes("/tags/rss/", "link[rel=alternate][hreflang=fa]", "href") == ["https://example.org/forum/fa/tags/rss/"]
