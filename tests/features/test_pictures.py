"""Pictures on pages: with sizes that a browser can choose from, with room kept for them, and without what is private."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.media import resizing
from tests.conftest import SETTINGS, Community, community
from tests.films import mp4
from tests.photographs import camera, claiming, image, photograph

TOPIC = """\
    ---
    title: Hills
    author: leila
    date: 2026-01-01
    ---
    ![A hill](hill.jpg "At dawn") and ![small](small.png), ![elsewhere](https://example.net/a.jpg)

    ![Fixed](/fixed.jpg)
    """
FORMATS = SETTINGS + '[pictures]\nwidths = [300, 600]\nformats = ["avif", "webp"]\n[feeds]\nformats = ["json"]\n'
QUICK = SETTINGS + '[pictures]\nwidths = [300]\nformats = ["webp"]\n'
HILL = photograph(made=image(800, 400), quality=90, exif=camera(6))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Community]:
    site = community(
        tmp_path_factory.mktemp("pictures"),
        {
            "cafe/hills/index.md": TOPIC,
            "cafe/hills/hill.jpg": HILL,
            "cafe/hills/small.png": photograph("PNG", image(64, 32)),
            "/static/fixed.jpg": HILL,
            "members/leila.md": "---\navatar: /fixed.jpg\n---\n",
            "good/one/hill.jpg": HILL,
            "good/one/index.md": "---\ntitle: One\nauthor: leila\ndate: 2026-01-02\nlink: https://example.net/\ncover: /fixed.jpg\nattachments: [hill.jpg]\n---\n",
            "cafe/film/index.md": "---\ntitle: Film\nauthor: leila\ndate: 2026-01-04\n---\n![Film](film.mp4)\n",
            "cafe/film/film.mp4": mp4(),
            "cafe/film/film.jpg": HILL,
            "radio/talk.md": "---\ntitle: Talk\nauthor: leila\ndate: 2026-01-03\ncover: /fixed.jpg\n---\nTalk.\n",
        },
        settings=FORMATS,
        cafe="title: Café",
        good="kind: links",
        radio="kind: podcast\ncover: /fixed.jpg",
    )
    assert {problem.path.split("/")[1] for problem in site.build().problems} == {"radio"}, "its cover is not square"
    yield site


def test_a_picture_in_a_text_has_sizes_in_both_formats(built: Community) -> None:
    page = built.page("/cafe/hills/")
    first = page.css_first("picture")
    assert first
    assert [(one.attributes["type"], one.attributes["srcset"]) for one in first.css("source")] == [
        (f"image/{form}", f"/forum/_/pictures/cafe/hills/hill.jpg.300.{form} 300w, /forum/_/pictures/cafe/hills/hill.jpg.400.{form} 400w")
        for form in ("avif", "webp")
    ]
    shown = first.css_first("img")
    assert shown
    assert shown.attributes == {
        "alt": "A hill", "src": "/forum/cafe/hills/hill.jpg", "title": "At dawn", "loading": "lazy", "decoding": "async",
        # As it is seen: the camera was held upright.
        "width": "400", "height": "800",
    }  # fmt: skip


def test_faces_covers_and_attachments_are_fetched_small(built: Community) -> None:
    small = "/forum/_/pictures/fixed.jpg.300.webp"
    assert set(built.attributes("/cafe/hills/", "img.avatar", "src")) == {small}
    assert built.attributes("/good/", ".link-cover", "src") == [small]
    assert built.attributes("/good/one/", ".file.is-picture img", "src") == ["/forum/_/pictures/good/one/hill.jpg.300.webp"]
    assert built.attributes("/good/one/", ".file.is-picture a", "href") == ["/forum/good/one/hill.jpg"]
    assert built.attributes("/radio/", ".show-cover, .episode-art", "src") == [small, small]
    for page in ("/good/one/", "/radio/talk/"):
        assert built.attributes(page, ".link-card source, .episode-head source", "type") == ["image/avif", "image/webp"]


def test_the_picture_of_a_film_is_fetched_as_wide_as_the_film_is_shown(built: Community) -> None:
    assert built.attributes("/cafe/film/", "video", "poster") == ["/forum/_/pictures/cafe/film/film.jpg.400.webp"]


def test_all_that_it_names_is_there(built: Community) -> None:
    for source in built.page("/cafe/hills/").css("source"):
        for one in (source.attributes["srcset"] or "").split(", "):
            assert built.has(one.split()[0].removeprefix("/forum"))


def test_one_that_is_small_stays_alone_and_has_its_room(built: Community) -> None:
    page = built.page("/cafe/hills/")
    small = page.css_first('img[alt="small"]')
    assert small
    assert small.parent
    assert small.parent.tag == "p"
    assert (small.attributes["width"], small.attributes["height"]) == ("64", "32")
    elsewhere = page.css_first('img[alt="elsewhere"]')
    assert elsewhere
    assert "width" not in elsewhere.attributes


def test_in_static_it_has_sizes_too_and_is_copied_as_it_is(built: Community) -> None:
    assert built.has("/_/pictures/fixed.jpg.300.avif")
    assert built.file("/fixed.jpg").read_bytes() == HILL


def test_what_the_camera_wrote_is_not_published(built: Community) -> None:
    assert b"SecretCamera" in HILL
    assert not [name for name, (_, data) in built.outputs().items() if b"SecretCamera" in data and name != "fixed.jpg"]


def test_feeds_have_the_picture_alone(built: Community) -> None:
    feed = built.source("/cafe/feed.json")
    assert "https://example.org/forum/cafe/hills/hill.jpg" in feed
    assert "<picture" not in feed


# What changes -------------------------------------------------------------------


@pytest.fixture
def hills(site: Community) -> Community:
    files: dict[str, str | bytes] = {"cafe/hills/index.md": "---\ntitle: Hills\ndate: 2026-01-01\n---\n![A hill](hill.jpg)\n", "cafe/hills/hill.jpg": photograph(made=image(640, 480))}
    site.write({"/site.toml": QUICK}).write(files, cafe="title: Café").clean()
    return site


def _kept(site: Community) -> set[str]:
    return {path.name for path in (site.root / ".anjoman" / "kept").iterdir()}


def test_without_the_output_nothing_is_made_again(hills: Community, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {name: data for name, (_, data) in hills.outputs().items()}
    shutil.rmtree(hills.root / "output")
    monkeypatch.setattr(resizing, "_made", None)
    # As on a machine for builds: the files have other dates, and the state was put back.
    hills.path("cafe/hills/hill.jpg").touch()
    hills.clean()
    assert {name: data for name, (_, data) in hills.outputs().items()} == before


def test_without_the_state_it_is_the_same(hills: Community) -> None:
    before = {name: data for name, (_, data) in hills.outputs().items()}
    shutil.rmtree(hills.root / ".anjoman")
    hills.clean()
    assert {name: data for name, (_, data) in hills.outputs().items()} == before


def test_what_is_kept_may_be_lost(hills: Community) -> None:
    shutil.rmtree(hills.root / ".anjoman" / "kept")
    (lost,) = (hills.root / "output" / "_" / "pictures" / "cafe" / "hills").glob("*.300.webp")
    lost.unlink()
    hills.clean()
    assert lost.is_file()


def test_sizes_of_one_that_is_gone_go_too(hills: Community) -> None:
    assert len(_kept(hills)) == 1
    hills.write({"cafe/hills/index.md": "---\ntitle: Hills\ndate: 2026-01-01\n---\n"}).remove("cafe/hills/hill.jpg")
    hills.clean()
    assert not _kept(hills)
    assert not [name for name in hills.outputs() if "hill.jpg" in name]


def test_another_picture_has_other_sizes(hills: Community) -> None:
    size = hills.file("/_/pictures/cafe/hills/hill.jpg.300.webp")
    before = size.read_bytes()
    hills.write({"cafe/hills/hill.jpg": photograph(made=image(320, 480), quality=95)}).clean()
    assert size.read_bytes() != before
    assert hills.attributes("/cafe/hills/", ".prose img", "height") == ["480"]
    hills.write({"cafe/hills/hill.jpg": photograph(made=image(80, 80))}).clean()
    assert not size.exists()


def test_settings_change_all_at_once(hills: Community) -> None:
    hills.write({"/site.toml": SETTINGS + "[pictures]\nenabled = false\n"}).clean()
    assert not hills.page("/cafe/hills/").css("picture")
    assert not [name for name in hills.outputs() if name.startswith("_/pictures")]
    assert not _kept(hills)


def test_who_wants_keeps_what_cameras_write(site: Community) -> None:
    site.write({"cafe/a.md": "---\ndate: 2026-01-01\n---\n![A](a.jpg)", "cafe/a.jpg": HILL}, cafe="title: Café")
    site.write({"/site.toml": QUICK + "metadata = true\n"}).build()
    assert site.file("/cafe/a.jpg").read_bytes() == HILL


# What is wrong ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.jpg", photograph(made=image(640, 480))[:25_000], "can't be read"),
        ("a.png", claiming(60_000, 60_000), "60000 × 60000 pixels"),
        ("a.png", claiming(600, 400)[:-10], "don't follow each other"),
        ("a.webp", b"RIFF\xff\xff\xff\x7fWEBPVP8X\x0a\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff" + bytes(100), "million"),
        ("a.png", photograph(made=image(64, 48)), "not what its name says, but JPEG"),
        ("a.gif", b"no picture at all" * 8, "none that is known"),
    ],
)
def test_a_bad_one_is_told_and_published_as_it_is(site: Community, name: str, data: bytes, message: str) -> None:
    site.write({"/site.toml": QUICK, f"cafe/{name}": data, "cafe/topic.md": f"---\ndate: 2026-01-01\n---\n![A]({name})"}, cafe="title: Café")
    problems = [each for each in site.build().problems if each.path == f"content/cafe/{name}"]
    assert any(message in each.message for each in problems), problems
    assert all(each.severity == "warning" and each.hint for each in problems)
    assert site.file(f"/cafe/{name}").read_bytes() == data
    assert site.attributes("/cafe/topic/", ".prose img", "src") == [f"/forum/cafe/{name}"]
    assert not site.page("/cafe/topic/").css("picture")


def test_memory_stays_bounded(site: Community) -> None:
    """What claims 10 GB, in a chunk or as pixels, is looked at in a few of its bytes."""
    import tracemalloc

    riff = b"RIFF\xff\xff\xff\xffWEBPVP8 \xff\xff\xff\xff" + bytes(200)
    vast = claiming(2**31 - 1, 2**31 - 1)
    files: dict[str, str | bytes] = {"cafe/a.webp": riff, "cafe/b.png": vast, "cafe/topic.md": "---\ndate: 2026-01-01\n---\nText"}
    site.write(files, cafe="title: Café")
    tracemalloc.start()
    try:
        site.build()
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()


def test_a_wrong_number_of_a_setting_is_told(site: Community) -> None:
    from generator.errors import SiteError

    site.write({"/site.toml": SETTINGS + "[pictures]\nwidths = [1]\n"})
    with pytest.raises(SiteError) as caught:
        site.build()
    assert "16 to 10000" in caught.value.problems[0].message


def test_a_name_as_long_as_may_be_gets_no_sizes(site: Community, tmp_path: Path) -> None:
    name = "a" * 248 + ".jpg"
    site.write({"/site.toml": QUICK, f"cafe/{name}": photograph(made=image(640, 480)), "cafe/t.md": f"---\ndate: 2026-01-01\n---\n![A]({name})"}, cafe="title: Café")
    site.clean()
    assert not site.page("/cafe/t/").css("picture")
