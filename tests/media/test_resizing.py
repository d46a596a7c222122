"""Smaller sizes of a picture: right for each kind of picture, made once, and never a crash."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageCms

from generator import digest
from generator.media import pictures, resizing
from generator.media.resizing import Original, Sizes, UnfitError
from generator.settings import PictureSettings
from tests.photographs import camera, image, opened, photograph

WEBP = PictureSettings(formats=("webp",), widths=(200, 400))


def made(tmp_path: Path, data: bytes, settings: PictureSettings = WEBP) -> Sizes:
    picture = pictures.read(data)
    assert picture
    return resizing.sizes(tmp_path, Original("content/a.jpg", digest.of_bytes(data), picture, lambda: data), settings)


def test_each_size_is_as_wide_as_it_says_and_fewer_bytes_than_the_picture(tmp_path: Path) -> None:
    data = photograph(made=image(900, 600), quality=92)
    found = made(tmp_path, data, PictureSettings(widths=(200, 400, 1600)))
    assert found.widths == (200, 400, 900)
    assert found.formats == ("avif", "webp")
    for name, file in found.files.items():
        width = int(name.partition(".")[0])
        assert opened(file).size == (width, round(width * 2 / 3))
        assert opened(file).format == name.partition(".")[2].upper()
        assert len(file) < len(data)


def test_the_same_bytes_are_made_each_time_and_only_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = photograph(made=image(500, 300))
    first, again = made(tmp_path / "one", data), made(tmp_path / "other", data)
    assert first == again
    monkeypatch.setattr(resizing, "_made", None)
    assert made(tmp_path / "one", data) == first


def test_other_settings_make_others(tmp_path: Path) -> None:
    data = photograph(made=image(500, 300), quality=95)
    good, small = made(tmp_path, data), made(tmp_path, data, PictureSettings(formats=("webp",), widths=(200, 400), quality=30))
    assert len(small.files["200.webp"]) < len(good.files["200.webp"])


def test_it_is_turned_as_the_camera_was(tmp_path: Path) -> None:
    left = Image.new("RGB", (600, 400), "white")
    left.paste("red", (0, 0, 300, 400))
    found = opened(made(tmp_path, photograph(made=left, exif=camera(6), quality=95)).files["200.webp"])
    assert found.size == (200, 300)
    assert _is_red(found.getpixel((100, 20)))
    assert not _is_red(found.getpixel((100, 280)))
    assert not found.getexif()


def _is_red(pixel: object) -> bool:
    assert isinstance(pixel, tuple)
    return bool(pixel[0] > 200 and pixel[1] < 90)


def _deep() -> Image.Image:
    return Image.linear_gradient("L").resize((500, 300)).convert("I").point(lambda value: value * 256).convert("I;16")


def test_pictures_of_every_kind_of_pixel_look_alike(tmp_path: Path) -> None:
    grey = Image.linear_gradient("L").resize((500, 300))
    cases = {
        "grey": photograph("PNG", grey),
        "16 bits": photograph("PNG", _deep()),
        "grey, see-through": photograph("PNG", grey.convert("LA")),
        "palette": photograph("PNG", grey.convert("P")),
        "cmyk": photograph("JPEG", grey.convert("CMYK"), quality=95),
        "black and white": photograph("PNG", image(500, 300).convert("1")),
    }
    for name, data in cases.items():
        found = opened(resizing._encoded(resizing._decoded(data, _read(data), 200), "webp", WEBP, exact=True)).convert("L")
        assert found.width * 3 == found.height * 5, name
        if name != "black and white":
            above, below = found.getpixel((9, 4)), found.getpixel((9, found.height - 5))
            assert isinstance(above, int)
            assert isinstance(below, int)
            assert above < 40, name
            assert below > 215, name


def _read(data: bytes) -> pictures.Picture:
    found = pictures.read(data)
    assert found
    return found


def test_what_is_see_through_stays_so(tmp_path: Path) -> None:
    clear = image(500, 300, "RGBA")
    clear.putalpha(Image.linear_gradient("L").resize((500, 300)))
    for data in (photograph("PNG", clear), photograph("WEBP", clear, lossless=True)):
        found = opened(made(tmp_path, data).files["200.webp"])
        assert found.mode == "RGBA"
    palette = image(500, 300).convert("P")
    found = resizing._decoded(photograph("PNG", palette, transparency=0), _read(photograph("PNG", palette)), 200)
    assert found.mode == "RGBA"


def test_colours_of_a_wide_screen_are_carried_or_counted_anew(tmp_path: Path) -> None:
    short = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    found = made(tmp_path, photograph(made=image(500, 300), icc_profile=short, quality=95))
    assert opened(found.files["200.webp"]).info.get("icc_profile") == short
    for profile in (b"nonsense" * 1000, short[:40] + b"\xff" * 90_000):
        found = made(tmp_path, photograph(made=image(500, 300), icc_profile=profile, quality=95))
        assert "icc_profile" not in opened(found.files["200.webp"]).info


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_broken_picture_is_told_in_words(form: str, tmp_path: Path) -> None:
    data = photograph(form, image(640, 480))
    for broken in (data[: len(data) // 2], data[: len(data) // 2] + bytes(len(data) // 2)):
        picture = pictures.read(broken)
        if picture is None:
            continue
        try:
            made(tmp_path, broken)
        except UnfitError as error:
            assert "\n" not in str(error)
            assert str(error).startswith(("can't be read", "is said"))
        else:
            assert form in ("JPEG", "WEBP", "AVIF", "PNG")


def test_one_that_is_larger_than_it_says_is_not_decoded(tmp_path: Path) -> None:
    data = photograph("WEBP", image(640, 480))
    picture = pictures.Picture("webp", 64, 48)
    with pytest.raises(UnfitError, match="two different sizes"):
        resizing._decoded(data, picture, 48)


def test_a_drawing_of_few_colours_is_kept_exact(tmp_path: Path) -> None:
    drawing = Image.new("RGB", (400, 400), "white")
    for place in range(0, 400, 40):
        drawing.paste("navy", (place, 0, place + 20, 400))
    out = resizing._encoded(drawing, "webp", WEBP, exact=True)
    assert opened(out).convert("RGB").tobytes() == drawing.tobytes()
