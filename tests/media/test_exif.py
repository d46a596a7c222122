"""What a camera writes into a picture is taken out, and no pixel is touched."""

from __future__ import annotations

from contextlib import suppress

import pytest
from PIL import Image, ImageChops, ImageCms, ImageOps, PngImagePlugin

from generator.media import exif
from generator.media.pictures import read
from tests.photographs import camera, image, opened, photograph

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
SMALL = image(160, 80)
ICC = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def shown(data: bytes) -> Image.Image:
    return ImageOps.exif_transpose(opened(data)).convert("RGB")


def same(one: bytes, other: bytes) -> bool:
    return ImageChops.difference(shown(one), shown(other)).getbbox() is None


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("turn", [1, 3, 6])
def test_the_place_and_the_device_are_gone_and_the_picture_stays(form: str, turn: int) -> None:
    data = photograph(form, SMALL, exif=camera(turn), icc_profile=ICC)
    clean = exif.without(form.lower(), data)
    assert b"SecretCamera" in data
    assert b"SecretCamera" not in clean
    found = opened(clean)
    assert not found.getexif().get_ifd(0x8825)
    assert found.info["icc_profile"] == ICC
    assert same(data, clean)
    assert shown(clean).size == ((80, 160) if turn == 6 else (160, 80))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("turn", [1, 3, 6, 8])
def test_width_and_height_are_those_that_are_seen(form: str, turn: int) -> None:
    found = read(photograph(form, SMALL, exif=camera(turn)))
    assert found
    assert (found.width, found.height) == ((80, 160) if turn > 4 else (160, 80))


@pytest.mark.parametrize("form", FORMATS)
def test_what_says_nothing_private_stays_as_it_is(form: str) -> None:
    data = photograph(form, SMALL)
    assert exif.without(form.lower(), data) == data


def test_comments_and_other_words_are_gone_too() -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "SecretName")
    words.add_itxt("XML:com.adobe.xmp", "SecretPlace")
    cases = {
        "png": photograph("PNG", SMALL, pnginfo=words),
        "jpeg": photograph("JPEG", SMALL, comment=b"SecretName", xmp=b"SecretPlace"),
        "webp": photograph("WEBP", SMALL, xmp=b"SecretPlace"),
        "avif": photograph("AVIF", SMALL, xmp=b"SecretPlace"),
    }
    for kind, data in cases.items():
        clean = exif.without(kind, data)
        assert b"SecretPlace" in data
        assert b"Secret" not in clean
        assert same(data, clean)


def test_a_second_picture_behind_the_first_is_left_out() -> None:
    first = photograph("JPEG", SMALL)
    both = first + photograph("JPEG", SMALL, exif=camera(1))
    assert exif.without("jpeg", both) == first


def test_a_progressive_one_is_left_whole() -> None:
    data = photograph("JPEG", SMALL, progressive=True, exif=camera(1))
    clean = exif.without("jpeg", data)
    assert b"SecretCamera" not in clean
    assert same(data, clean)


@pytest.mark.parametrize("form", FORMATS)
def test_no_broken_file_does_harm(form: str) -> None:
    """Cut off anywhere, or with any number in it as large as it can be: an answer, or `MalformedError`."""
    data, kind = photograph(form, image(32, 16), exif=camera(6)), form.lower()
    places = [*range(0, min(len(data), 400), 3), *range(400, len(data), 97)]
    for at in places:
        for broken in (data[:at], data[:at] + b"\xff\xff\xff\xff" + data[at + 4 :]):
            assert 1 <= exif.orientation(kind, broken) <= 8
            read(broken)
            with suppress(exif.MalformedError):
                assert isinstance(exif.without(kind, broken), bytes)
