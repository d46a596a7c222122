from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from generator.errors import Problem, SiteError
from generator.settings import Settings
from generator.settings.reading import load


def site(tmp_path: Path, text: str) -> Settings:
    (tmp_path / "site.toml").write_text(text, encoding="utf-8")
    return load(tmp_path)


def problems(tmp_path: Path, text: str) -> tuple[Problem, ...]:
    with pytest.raises(SiteError) as caught:
        site(tmp_path, text)
    return caught.value.problems


def test_an_empty_file_gives_the_defaults(tmp_path: Path) -> None:
    assert site(tmp_path, "") == Settings()


def test_all_sections_are_read(tmp_path: Path) -> None:
    settings = site(
        tmp_path,
        """
        title = "Café"
        url = "HTTPS://Example.org//forum"
        language = "fa"
        languages = ["en"]
        timezone = "Asia/Tehran"
        calendar = "persian"
        [theme]
        name = "plain"
        accent = "teal"
        [markdown]
        engine = "commonmark"
        breaks = true
        [feeds]
        formats = ["atom", "rss"]
        [search]
        enabled = false
        [navigation]
        "About us" = "/about/"
        Blog = "/blog/"
        [people]
        moderators = ["leila", "omid"]
        [trusted]
        paths = ["content/blog/**"]
        [boards]
        per_page = 50
        """,
    )
    assert (settings.site.title, settings.site.theme, settings.theme) == ("Café", "plain", {"accent": "teal"})
    assert settings.site.url == "https://example.org/forum/"
    assert (settings.site.origin, settings.site.prefix) == ("https://example.org", "/forum")
    assert settings.navigation == (("About us", "/about/"), ("Blog", "/blog/"))
    assert settings.people == {"moderators": ("leila", "omid")}
    assert (settings.boards.per_page, settings.boards.replies) == (50, "nested")
    assert settings.feeds.formats == ("atom", "rss")
    assert not settings.search.enabled


@pytest.mark.parametrize(
    ("url", "origin", "prefix"),
    [
        ("", "", ""),
        ("https://example.org", "https://example.org", ""),
        ("http://localhost:8000/a/b/", "http://localhost:8000", "/a/b"),
        ("https://example.org/انجمن", "https://example.org", "/%D8%A7%D9%86%D8%AC%D9%85%D9%86"),
    ],
)
def test_an_address_is_split_into_origin_and_prefix(
    tmp_path: Path, url: str, origin: str, prefix: str
) -> None:
    settings = site(tmp_path, f'url = "{url}"')
    assert (settings.site.origin, settings.site.prefix) == (origin, prefix)


def test_a_missing_file_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(SiteError) as caught:
        load(tmp_path)
    assert "anjoman init" in caught.value.problems[0].hint


def test_all_mistakes_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        'titel = "x"\nurl = "example.org"\ntimezone = "Asia/Tehrann"\nnavigation = 3\n'
        '[markdwon]\nx = 1\n[feeds]\nformats = ["atmo"]\nlength = 0\n[people]\nadmin = 3\n',
    )
    assert [(each.line, each.field) for each in found] == [
        (1, "titel"), (2, "url"), (3, "timezone"), (4, "navigation"), (5, "markdwon"),
        (8, "feeds.formats"), (9, "feeds.length"), (11, "people.admin"),
    ]  # fmt: skip
    hints = " ".join(each.hint for each in found)
    assert all(name in hints for name in ("“title”", "“Asia/Tehran”", "“markdown”", "“atom”"))


@pytest.mark.parametrize(
    ("text", "line"),
    [('title = "a"\ndescription = x\n', 2), ('title = "a', 1), ("a = 1\n\na = 2\n", 3), ("\n\n[x", 3)],
)
def test_a_mistake_in_toml_names_its_line(tmp_path: Path, text: str, line: int) -> None:
    (found,) = problems(tmp_path, text)
    assert (found.path, found.line) == ("site.toml", line)
    assert "TOML" in found.message


@pytest.mark.parametrize("text", ["x = " + "[" * 5000, "x = " + "[" * 40 + "]" * 40])
def test_deep_nesting_is_a_problem(tmp_path: Path, text: str) -> None:
    assert "deep" in problems(tmp_path, text)[0].message


def test_a_name_of_very_many_parts_is_a_problem_at_once(tmp_path: Path) -> None:
    assert problems(tmp_path, "x = 1\n" + ".".join("a" * 30000) + " = 1")[0].line == 2


def test_a_file_that_is_no_utf8_names_its_line(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_bytes(b'title = "a"\nlogo = "\xe9"\n')
    with pytest.raises(SiteError) as caught:
        load(tmp_path)
    assert caught.value.problems[0].line == 2


@pytest.mark.parametrize(
    ("glob", "path", "trusted"),
    [
        ("content/**", "content/blog/a.md", True),
        ("content/*", "content/blog/a.md", False),
        ("content/*", "content/a.md", True),
        ("content/blog", "content/blog/a.md", True),
        ("content/blog", "content/blogs/a.md", False),
        ("content/**/index.md", "content/index.md", True),
        ("content/blog/**", "content/blog/../cafe/a.md", False),
        ("content/a.b", "content/axb", False),
    ],
)
def test_trust_comes_from_the_path(tmp_path: Path, glob: str, path: str, trusted: bool) -> None:
    assert site(tmp_path, f'[trusted]\npaths = ["{glob}"]').is_trusted(path) is trusted


@pytest.mark.parametrize("glob", ["/etc/**", "../other/**", "C:/x", "content\\\\blog"])
def test_trust_stays_inside_the_site(tmp_path: Path, glob: str) -> None:
    assert problems(tmp_path, f'[trusted]\npaths = ["{glob}"]')[0].field == "trusted.paths"


@limits(max_examples=300, deadline=None)
@given(st.text(alphabet='title=url"[]{}.\n #ab13markdown', max_size=80))
def test_any_text_gives_settings_or_problems(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("site")
    try:
        site(folder, text)
    except SiteError as error:
        assert all(each.path == "site.toml" and each.line >= 1 for each in error.problems)
