"""Pictures drawn for previews: which pages have one, what is in it, and when it is made again."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest

from generator.lettering import drawing, fonts
from generator.media.pictures import Picture, read
from tests.conftest import SETTINGS, Community, community, only
from tests.typefaces import font

BASE = "https://example.org/forum"
DRAWN = SETTINGS + '[cards]\nenabled = true\nfonts = ["static/boxes.ttf"]\n'
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZé …?.,&<>/'\"=()0123456789-سلامچیطور؟茶"
TOPIC = "---\ntitle: {}\nauthor: leila\ndate: 2026-01-01\n{}---\nText.\n"
REPLY = "--- reply\nauthor: omid\ndate: 2026-01-02\n---\nMore.\n"


@pytest.fixture
def drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Community:
    """A site with one font on a machine without any."""
    monkeypatch.setattr(fonts, "folders", lambda: (tmp_path / "fonts",))
    files: dict[str, str | bytes] = {"/static/boxes.ttf": font(LETTERS), "cafe/tea.md": TOPIC.format("Which tea?", "")}
    return community(tmp_path / "site", files, DRAWN, cafe="title: Café")


@pytest.fixture
def pictures(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The SVG of all pictures that are really drawn."""
    every: list[str] = []
    draw = drawing.png

    def drawn_too(svg: str, fonts: Sequence[str]) -> bytes:
        every.append(svg)
        return draw(svg, fonts)

    monkeypatch.setattr(drawing, "png", drawn_too)
    return every


def meta(site: Community, address: str) -> dict[str, str]:
    found = (node.attributes for node in site.page(address).css("meta[property], meta[name]"))
    return {one.get("property") or one["name"] or "": one["content"] or "" for one in found}


def image(site: Community, address: str) -> str:
    """The address of a page's picture without what is said of its version."""
    return meta(site, address).get("og:image", "").removeprefix(BASE).partition("?")[0]


def test_nothing_is_drawn_unless_the_site_wants_it(site: Community) -> None:
    site.write({"cafe/tea.md": TOPIC.format("Which tea?", "")}, cafe="").clean()
    assert not [name for name in site.outputs() if name.startswith("_/cards")]
    assert "og:image" not in meta(site, "/cafe/tea/")
    assert meta(site, "/cafe/tea/")["twitter:card"] == "summary"
    assert not (site.root / ".anjoman" / fonts.FILE).exists()


def test_topics_boards_pages_and_the_front_have_a_picture(drawn: Community) -> None:
    drawn.write({"about.md": TOPIC.format("About", "")}).clean()
    for page in ("/cafe/tea/", "/cafe/", "/about/", "/"):
        found = meta(drawn, page)
        assert read(drawn.file(image(drawn, page)).read_bytes()) == Picture("png", 1200, 630)
        assert (found["og:image:width"], found["og:image:height"], found["og:image:type"]) == ("1200", "630", "image/png")
        assert found["twitter:card"] == "summary_large_image"
    assert meta(drawn, "/cafe/tea/")["og:image:alt"] == "Which tea?"
    assert image(drawn, "/cafe/tea/") == "/_/cards/cafe/tea.png"
    assert "og:image" not in meta(drawn, "/recent/")


def test_a_picture_says_title_board_author_and_site(drawn: Community, pictures: list[str]) -> None:
    drawn.clean()
    (svg,) = (one for one in pictures if "Which tea?" in one)
    for words in ("Café", "leila", "Anjoman"):
        assert f">{words}<" in svg


@pytest.mark.parametrize("theme", ["journal", "classic"])
def test_the_other_themes_draw_their_own(drawn: Community, pictures: list[str], theme: str) -> None:
    drawn.write({"/site.toml": f'theme = "{theme}"\n' + DRAWN}).clean()
    assert read(drawn.file("/_/cards/cafe/tea.png").read_bytes()) == Picture("png", 1200, 630)
    assert all(f">{words}<" in next(one for one in pictures if "Which tea?" in one) for words in ("Café", "leila", "Anjoman"))


def test_a_page_with_a_picture_of_its_own_keeps_it(drawn: Community) -> None:
    drawn.write({"cafe/tea.md": TOPIC.format("Tea", "cover: cup.png\n"), "cafe/cup.png": PNG, "/static/card.png": PNG})
    drawn.write({"/site.toml": 'card = "card.png"\n' + DRAWN}).clean()
    assert meta(drawn, "/cafe/tea/")["og:image"] == f"{BASE}/cafe/cup.png"
    assert meta(drawn, "/")["og:image"] == f"{BASE}/card.png"
    assert meta(drawn, "/recent/")["og:image"] == f"{BASE}/card.png"
    assert not drawn.has("/_/cards/cafe/tea.png")
    assert not drawn.has("/_/cards.png")
    assert drawn.has("/_/cards/cafe.png")


def test_a_cover_that_comes_or_goes_changes_whether_one_is_drawn(drawn: Community) -> None:
    drawn.clean()
    drawn.write({"cafe/tea.md": TOPIC.format("Tea", "cover: https://example.org/cup.png\n")}).clean()
    assert not drawn.has("/_/cards/cafe/tea.png")
    drawn.write({"cafe/tea.md": TOPIC.format("Tea", "")}).clean()
    assert drawn.has("/_/cards/cafe/tea.png")


def test_a_reply_draws_nothing_and_a_new_title_one(drawn: Community, pictures: list[str]) -> None:
    drawn.clean()
    before, old = len(pictures), meta(drawn, "/cafe/tea/")["og:image"]
    drawn.write({"cafe/tea.md": TOPIC.format("Which tea?", "") + REPLY}).clean()
    assert len(pictures) == before
    assert meta(drawn, "/cafe/tea/")["og:image"] == old
    drawn.write({"cafe/tea.md": TOPIC.format("Green tea", "") + REPLY}).clean()
    assert len(pictures) == before + 1
    # Networks keep pictures by their address.
    assert meta(drawn, "/cafe/tea/")["og:image"] != old


def test_a_machine_that_kept_the_state_alone_draws_nothing_again(drawn: Community, pictures: list[str]) -> None:
    drawn.clean()
    made = drawn.file("/_/cards/cafe/tea.png").read_bytes()
    before = len(pictures)
    drawn.file("/_/cards/cafe/tea.png").unlink()
    drawn.clean()
    assert len(pictures) == before
    assert drawn.file("/_/cards/cafe/tea.png").read_bytes() == made


def test_what_goes_takes_its_picture_along(drawn: Community) -> None:
    drawn.write({"cafe/more.md": TOPIC.format("More", "")}).clean()
    kept = drawn.root / ".anjoman" / "kept"
    before = len(list(kept.iterdir()))
    drawn.remove("cafe/more.md")
    drawn.clean()
    assert not drawn.has("/_/cards/cafe/more.png")
    assert len(list(kept.iterdir())) == before - 1
    drawn.write({"/site.toml": SETTINGS}).clean()
    assert not [name for name in drawn.outputs() if name.startswith("_/cards")]
    assert not list(kept.iterdir())


def test_a_kept_picture_that_is_damaged_is_drawn_again(drawn: Community) -> None:
    drawn.clean()
    made = drawn.file("/_/cards/cafe/tea.png").read_bytes()
    for path in (drawn.root / ".anjoman" / "kept").iterdir():
        path.write_bytes(path.read_bytes()[:-1])
    drawn.file("/_/cards/cafe/tea.png").unlink()
    drawn.clean()
    assert drawn.file("/_/cards/cafe/tea.png").read_bytes() == made


def test_a_font_that_comes_changes_pictures_as_a_clean_build_would(drawn: Community, tmp_path: Path) -> None:
    drawn.write({"cafe/rus.md": TOPIC.format("чай", "")})
    problem = only(drawn.build())
    assert (problem.path, problem.severity) == ("site.toml", "warning")
    assert "Cyrillic" in problem.message
    before = drawn.file("/_/cards/cafe/rus.png").read_bytes()
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "russian.ttf").write_bytes(font("чай", "Russian"))
    drawn.clean()
    assert drawn.file("/_/cards/cafe/rus.png").read_bytes() != before
    other = community(tmp_path / "other", {}, DRAWN)
    for path in (path for path in drawn.root.rglob("*") if path.is_file() and not {"output", ".anjoman"} & set(path.parts)):
        other.write({"/" + path.relative_to(drawn.root).as_posix(): path.read_bytes()})
    other.clean()
    assert {name: data for name, (_, data) in other.outputs().items()} == {name: data for name, (_, data) in drawn.outputs().items()}


def test_a_script_without_a_font_is_told_once_for_all_pictures(drawn: Community) -> None:
    drawn.write({f"cafe/{number}.md": TOPIC.format(f"чай {number}", "") for number in range(5)})
    assert "Cyrillic" in only(drawn.build()).message
    assert "Cyrillic" in only(drawn.build()).message


def test_without_the_package_the_site_is_built_and_told_what_to_install(drawn: Community, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "resvg_py", None)
    problem = only(drawn.build())
    assert problem.path == "site.toml"
    assert "pip install 'anjoman[cards]'" in problem.hint
    assert drawn.has("/cafe/tea/")


HOSTILE = [
    "</text><script>alert(1)</script><image href='file:///etc/passwd'/>",
    "‮gnirts‬ ⁦ ⁩ ‏",
    "x" * 10_000,
    "a" + "\u0301" * 500,
    "&amp; %s {{ 7*7 }} {% raw %}",
    "\ud83d",
    "…",
]


@pytest.mark.parametrize("title", HOSTILE)
def test_no_title_breaks_a_picture(drawn: Community, pictures: list[str], title: str) -> None:
    text = TOPIC.format("'" + title.replace("'", "''") + "'", "").encode("utf-8", "replace")
    drawn.write({"cafe/tea.md": text})
    drawn.build()
    assert read(drawn.file("/_/cards/cafe/tea.png").read_bytes()) == Picture("png", 1200, 630)
    assert not any("<script" in svg or 'href="file' in svg for svg in pictures)


def test_a_persian_title_stands_at_the_right(drawn: Community, pictures: list[str]) -> None:
    drawn.write({"cafe/tea.md": TOPIC.format("سلام", ""), "cafe/two.md": TOPIC.format("abcd", "")}).clean()
    right, left = (white(next(one for one in pictures if f">{title}<" in one), drawn) for title in ("سلام", "abcd"))
    assert (right[0] > 70, right[1] > 108) == (True, True)
    assert (left[0] < 10, left[1] < 50) == (True, True)


def white(svg: str, site: Community) -> tuple[int, int]:
    """From where to where there is white, in a picture a tenth as large, in the row through the title's line."""
    import resvg_py

    png = bytes(resvg_py.svg_to_bytes(svg_string=svg, font_files=[str(site.path("/static/boxes.ttf"))], skip_system_fonts=True, width=120))
    at, data = 8, b""
    while at < len(png):
        length, kind = struct.unpack_from(">I4s", png, at)
        data += png[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += 12 + length
    step = {2: 3, 6: 4}[png[25]]
    columns = [column for column, pixel in enumerate(row(zlib.decompress(data), 120 * step, step, 29)) if min(pixel[:3]) > 220]
    return columns[0], columns[-1]


def row(rows: bytes, width: int, step: int, wanted: int) -> list[bytes]:
    """A row of a picture without its filters (https://www.w3.org/TR/png-3/#9Filters)."""
    above = bytearray(width)
    for number in range(wanted + 1):
        kind, line = rows[number * (width + 1)], bytearray(rows[number * (width + 1) + 1 : (number + 1) * (width + 1)])
        for at in range(width):
            left, up, corner = (line[at - step] if at >= step else 0), above[at], (above[at - step] if at >= step else 0)
            guess = left + up - corner
            nearest = min((abs(guess - left), 0, left), (abs(guess - up), 1, up), (abs(guess - corner), 2, corner))[2]
            line[at] = (line[at] + (0, left, up, (left + up) // 2, nearest)[kind]) & 255
        above = line
    return [bytes(above[at : at + step]) for at in range(0, width, step)]


PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 480)


def test_the_size_of_a_cover_is_told(site: Community) -> None:
    files: dict[str, str | bytes] = {"cafe/tea.md": TOPIC.format("Tea", "cover: cup.png\n"), "cafe/cup.png": PNG}
    site.write(files, cafe="").clean()
    found = meta(site, "/cafe/tea/")
    assert (found["og:image:width"], found["og:image:height"], found["og:image:type"]) == ("640", "480", "image/png")
    site.write({"cafe/cup.png": PNG.replace(struct.pack(">I", 640), struct.pack(">I", 641))}).clean()
    assert meta(site, "/cafe/tea/")["og:image:width"] == "641"
    site.write({"cafe/tea.md": TOPIC.format("Tea", "cover: https://example.org/cup.png\n")}).clean()
    assert "og:image:width" not in meta(site, "/cafe/tea/")
    site.write({"/site.toml": 'card = "wide.png"\n' + SETTINGS, "/static/wide.png": PNG}).clean()
    assert meta(site, "/recent/")["og:image:width"] == "640"
