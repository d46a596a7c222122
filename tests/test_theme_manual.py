"""The manual of themes: its worked examples build, and its table names every option of every built-in theme."""

from __future__ import annotations

import re
from pathlib import Path

from generator.theming import theme
from tests.conftest import SETTINGS, Community
from tests.theming.test_theme import BUILT_IN

MANUAL = Path(__file__).parent.parent / "content" / "manual" / "themes.md"
EXAMPLE = re.compile(r"^`(themes/[\w./-]+)`:\n\n```\w+\n(.*?)^```$", re.DOTALL | re.MULTILINE)
TOPIC = "---\ntitle: Tea\nauthor: leila\ndate: 2026-01-02\ntags: [tea]\n---\nGreen.\n"


def examples(folder: str) -> dict[str, str]:
    found = EXAMPLE.findall(MANUAL.read_text("utf-8"))
    return {f"/{path}": text for path, text in found if path.startswith(folder)}


def test_one_block_and_one_macro_are_overridden_as_the_manual_says(site: Community) -> None:
    site.write({**examples("themes/agora/"), "cafe/tea.md": TOPIC}, cafe="title: Café").clean()
    assert site.text("/cafe/tea/", ".thanks") == "Thank you for reading. Who are we?"
    assert site.texts("/cafe/tea/", ".chip") == ["#tea"]
    assert site.texts("/cafe/", ".chip") == ["#tea"]
    assert site.texts("/cafe/tea/", "h1") == ["Tea"]


def test_the_theme_of_ones_own_builds_as_the_manual_says(site: Community) -> None:
    settings = SETTINGS + '[theme]\nname = "mine"\nmotto = "Slowly"\nfaces = true\n'
    site.write({"/site.toml": settings, **examples("themes/mine/"), "cafe/tea.md": TOPIC}, cafe="title: Café").clean()
    assert site.texts("/cafe/tea/", ".motto") == ["Slowly"]
    style = site.source(site.attributes("/cafe/tea/", "link[rel=stylesheet]", "href")[0].removeprefix("/forum"))
    assert style.index("--margin:10rem") < style.index("#101418")


def test_every_option_is_in_the_manual_with_its_choices_and_defaults() -> None:
    text = MANUAL.read_text("utf-8")
    rows = {name: row for row, name in re.findall(r"^(\| `(\w+)` \|.*)$", text, re.MULTILINE)}
    for name in BUILT_IN:
        for option in theme.load(name, Path(), {}).offers:
            assert option.doc
            said = [*option.choices, *([option.default] if option.default else [])]
            assert [word for word in said if f"`{word}`" not in rows[option.name]] == [], (name, option.name)
