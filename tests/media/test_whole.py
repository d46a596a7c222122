"""A picture whose file was cut off is told, whatever its format."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from generator.media.whole import is_whole
from tests.conftest import community
from tests.photographs import image, photograph


def saved(form: str, **how: object) -> bytes:
    file = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").save(file, form, **how)
    return file.getvalue()


@pytest.mark.parametrize("form", ["png", "jpeg", "gif", "webp", "avif"])
def test_a_picture_that_was_cut_off_is_not_whole(form: str) -> None:
    data = saved(form)
    assert is_whole(form, data)
    assert is_whole(form, data + bytes(8))
    for end in range(16, len(data) - 12, 7):
        assert not is_whole(form, data[:end])


def test_a_small_picture_in_the_head_of_a_large_one_is_not_its_end() -> None:
    data = saved("jpeg")
    inner = b"\xff\xe1\x00\x06\xff\xd9\xff\xd9"
    whole = data[:2] + inner + data[2:]
    assert is_whole("jpeg", whole)
    assert not is_whole("jpeg", whole[:-2])


def test_a_moving_picture_is_followed_to_its_end() -> None:
    frames = [Image.new("P", (40, 40), colour) for colour in range(3)]
    file = io.BytesIO()
    frames[0].save(file, "gif", save_all=True, append_images=frames[1:])
    assert is_whole("gif", file.getvalue())
    assert not is_whole("gif", file.getvalue()[:-1])


def test_a_build_tells_of_a_small_picture_that_was_cut_off(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {}
    for form in ("JPEG", "WEBP", "PNG", "GIF"):
        data = photograph(form, image(160, 120))
        files |= {f"static/whole.{form.lower()}": data, f"static/cut.{form.lower()}": data[:-20]}
    site = community(tmp_path, {f"/{name}": data for name, data in files.items()})
    problems = site.build().problems
    assert [problem.path for problem in problems] == [f"static/cut.{form}" for form in ("gif", "jpeg", "png", "webp")]
    assert all("cut off" in problem.message for problem in problems)
    assert site.has("/cut.webp")
