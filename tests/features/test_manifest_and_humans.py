from __future__ import annotations

import json
import re
from pathlib import Path

from tests.conftest import SETTINGS, Community

STATIC = Path(__file__).parents[2] / "themes" / "agora" / "static"


def test_the_manifest_says_what_a_home_screen_shows(site: Community) -> None:
    site.write({"/site.toml": SETTINGS.replace("Anjoman", 'The \\"<Garden>\\"') + 'language = "fa"\n'}).clean()
    found = json.loads(site.source("/manifest.webmanifest"))
    assert found["name"] == 'The "<Garden>"'
    assert (found["start_url"], found["scope"], found["lang"], found["dir"]) == ("/forum/", "/forum/", "fa", "rtl")
    assert site.has(found["icons"][0]["src"].removeprefix("/forum"))
    assert site.attributes("/", 'link[rel="manifest"]', "href") == ["/forum/manifest.webmanifest"]


def test_the_browsers_bars_have_the_grounds_colour_in_both_schemes(site: Community) -> None:
    site.clean()
    colors = site.attributes("/", 'meta[name="theme-color"]', "content")
    ground = re.search(r"--bg: light-dark\((#\w+), (#\w+)\)", (STATIC / "tokens.css").read_text("utf-8"))
    assert ground
    assert colors == [ground[1], ground[2]]
    site.write({"/site.toml": SETTINGS + '[theme]\nscheme = "dark"\n'}).clean()
    assert site.attributes("/", 'meta[name="theme-color"]', "content") == [ground[2]]
    assert json.loads(site.source("/manifest.webmanifest"))["background_color"] == ground[2]


def test_humans_names_the_people_and_a_file_of_the_owners_stands_instead(site: Community) -> None:
    people = '[people]\nadmin = ["leila", "omid"]\n'
    site.write({"/site.toml": SETTINGS + people, "members/leila.md": "---\nname: Leila K.\n---\n"}).clean()
    text = site.source("/humans.txt")
    assert "Admin: Leila K.\nhttps://example.org/forum/members/leila/\n" in text
    assert "omid" in text
    site.write({"/static/humans.txt": "Us.\n"}).clean()
    assert site.source("/humans.txt") == "Us.\n"
