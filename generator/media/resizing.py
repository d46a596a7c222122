"""Makes the smaller sizes of a picture, in formats that take fewer bytes; the only module that decodes pictures.

What it makes is kept under the picture's own digest, so that it is made once. Whatever is wrong with a picture is an
`UnfitError`, and memory is bounded: more pixels than the settings allow are never decoded.
"""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from generator import digest
from generator.media import kept
from generator.media.pictures import Picture
from generator.settings import PictureSettings

if TYPE_CHECKING:
    from PIL.Image import Image

LEAST = 20_000
"""Bytes from which on a picture is worth making smaller."""

NEAR = 0.8
"""A size that is nearer than this to the next larger one is left out: the larger one does as well."""

COLOURS = 256
"""A drawing has no more colours than this; it is kept exact."""

SPEED = 8
"""How fast AVIF is made, 0 to 10: 6 takes half as long again, and saves a tenth of the bytes."""

_LONGEST_PROFILE = 4096
"""Bytes of a colour profile that each size can carry; the colours of a picture with a longer one are recounted."""

_TAKEN = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "avif": "AVIF"}
_MEMORY = {"webp": 2, "avif": 2}
"""How much more memory these formats take to decode than others."""

_LONGEST_NAME = 240
"""Bytes of a file's name at most, so that a size and a format can be added."""


class UnfitError(Exception):
    """What is wrong with a picture, in words that follow its name."""


class Sizes(Struct, frozen=True):
    """The sizes of a picture that are published: their widths, their formats, and the files by width and format."""

    widths: tuple[int, ...] = ()
    formats: tuple[str, ...] = ()
    files: dict[str, bytes] = {}


def name(width: int, form: str) -> str:
    """What a size is called: `960.avif`."""
    return f"{width}.{form}"


def is_wanted(path: str, picture: Picture, size: int, settings: PictureSettings) -> bool:
    """Whether a picture is to be had in smaller sizes; `size` is that of its file in bytes."""
    return (
        settings.enabled
        and bool(settings.widths and settings.formats)
        and picture.format in _TAKEN
        and not picture.animated
        and size >= LEAST
        and picture.width > min(settings.widths)
        and len(PurePosixPath(path).name.encode()) <= _LONGEST_NAME
    )


def is_too_large(picture: Picture, settings: PictureSettings) -> bool:
    """Whether it has, or claims, more pixels than are decoded."""
    return picture.width * picture.height * _MEMORY.get(picture.format, 1) > settings.largest * 1_000_000


class Original(Struct, frozen=True):
    """A picture's file: its path below the site, its digest, what it says of itself, and how its bytes are read."""

    path: str
    digest: bytes
    picture: Picture
    read: Callable[[], bytes]


def sizes(state: Path, original: Original, settings: PictureSettings) -> Sizes:
    """The sizes of a picture, kept in the state's folder by its path; raises `UnfitError`."""
    mark = digest.of(original.digest, settings.widths, settings.formats, settings.quality, _version())
    found = kept.made(state, kept.of_picture(original.path), mark, lambda: msgspec.msgpack.encode(_made(original, settings)))
    return msgspec.msgpack.decode(found, type=Sizes)


def forget(state: Path, path: str) -> None:
    """Forget the sizes of a picture."""
    kept.forget(state, kept.of_picture(path))


def _version() -> str:
    from PIL import __version__

    return f"1 {__version__}"


# What is made ------------------------------------------------------------------


def _made(original: Original, settings: PictureSettings) -> Sizes:
    picture, data = original.picture, original.read()
    wanted = _widths(picture, settings)
    image = _decoded(data, picture, wanted[-1])
    exact = image.getcolors(COLOURS) is not None
    files: dict[str, bytes] = {}
    for width in wanted:
        smaller = _resized(image, width, round(picture.height * width / picture.width))
        files |= {name(width, form): _encoded(smaller, form, settings, exact=exact) for form in settings.formats}
    formats = _lighter(files, wanted, settings.formats, len(data))
    kept_files = {name(width, form): files[name(width, form)] for width in wanted for form in formats}
    return Sizes(wanted if formats else (), formats, kept_files)


def _lighter(files: dict[str, bytes], widths: tuple[int, ...], formats: tuple[str, ...], original: int) -> tuple[str, ...]:
    """The formats that help: each takes fewer bytes than those that are tried after it, and than the original."""
    found: tuple[str, ...] = ()
    least = original
    for form in reversed(formats):
        if len(files[name(widths[-1], form)]) < least:
            least = len(files[name(widths[-1], form)])
            found = (form, *found)
    return found


def _widths(picture: Picture, settings: PictureSettings) -> tuple[int, ...]:
    """The widths, from the least on; the last is the picture's own where it is not larger than all."""
    top = min(picture.width, max(settings.widths))
    return (*(width for width in sorted(settings.widths) if width < top * NEAR), top)


def _decoded(data: bytes, picture: Picture, width: int) -> Image:
    """The pixels, the way up that they are shown, in colours that a screen has; at least so wide."""
    from PIL import ImageOps

    plugins()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            image = _opened(data, picture, width)
            image.load()
            image = _reduced(image, picture, width)
            ImageOps.exif_transpose(image, in_place=True)
            image = _coloured(image)
        except UnfitError:
            raise
        except Exception as error:  # decoders raise whatever they like
            raise UnfitError(f"can't be read: {_said(error)}") from error
    ratio = image.width / image.height * picture.height / picture.width
    if not 0.9 < ratio < 1.1:
        raise UnfitError("is said to have two different sizes")
    return image


def _opened(data: bytes, picture: Picture, width: int) -> Image:
    from PIL import Image

    # A decoder is chosen by what our own reading found, so that none of the others is ever given a stranger's bytes.
    image = Image.open(io.BytesIO(data), formats=(_TAKEN[picture.format],))
    if image.width * image.height > picture.width * picture.height:
        raise UnfitError("is said to have two different sizes")
    # JPEG can be decoded at half the size and less, which takes a part of the time and memory.
    scale = width / picture.width
    image.draft("RGB", (round(image.width * scale), round(image.height * scale)))
    return image


def _reduced(image: Image, picture: Picture, width: int) -> Image:
    """Nearer to the size that is wanted, before anything makes a copy of it; its parts of colours can be mixed then."""
    factor = int(math.sqrt(image.width * image.height / (picture.width * picture.height)) * picture.width / width / 2)
    return image.reduce(factor) if factor > 1 and image.mode in ("RGB", "RGBA", "L", "CMYK") else image


def _said(error: Exception) -> str:
    """What a decoder says, on one line and without the addresses of its objects."""
    text = " ".join(str(error).split(" <")[0].split())
    return text[:120] or type(error).__name__


@lru_cache(maxsize=1)
def plugins() -> None:
    """Load the decoders of the formats that are taken, and no other."""
    from PIL import AvifImagePlugin, JpegImagePlugin, PngImagePlugin, WebPImagePlugin  # noqa: F401 - they add themselves


def _coloured(image: Image) -> Image:
    """The same in red, green and blue of 8 bits, with transparency where any is."""
    profile = image.info.get("icc_profile") or b""
    fits = image.mode in ("RGB", "RGBA") and profile[16:20] == b"RGB " and len(profile) <= _LONGEST_PROFILE
    if profile and not fits:
        image = _recounted(image, profile)
    if image.mode.startswith("I;16") or image.mode == "I":
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")  # 16 bits a pixel
    mode = "RGBA" if image.has_transparency_data else "RGB"
    seen = image if image.mode == mode else image.convert(mode)
    if seen.mode == "RGBA" and seen.getchannel("A").getextrema() == (255, 255):
        seen = seen.convert("RGB")
    seen.info = {"icc_profile": profile} if profile and fits else {}
    return seen


def _recounted(image: Image, profile: bytes) -> Image:
    """The colours as sRGB has them; as they are where the profile is no good."""
    from PIL import ImageCms

    if image.mode not in ("RGB", "CMYK", "L"):
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        found = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except Exception:  # littleCMS, about a stranger's profile
        return image
    return found or image


def _resized(image: Image, width: int, height: int) -> Image:
    from PIL.Image import Resampling

    size = (width, max(1, height))
    return image if image.size == size else image.resize(size, Resampling.LANCZOS, reducing_gap=2.0)


def _encoded(image: Image, form: str, settings: PictureSettings, *, exact: bool) -> bytes:
    out = io.BytesIO()
    profile = image.info.get("icc_profile")
    if form == "webp":
        image.save(out, "WEBP", quality=settings.quality, method=4, lossless=exact, icc_profile=profile or b"", exif=b"")
    else:
        # The two count in different ways: AVIF at 55 looks as WebP does at 80. One thread: the workers are many,
        # and the bytes are the same on every machine.
        quality = max(settings.quality - 25, 1)
        image.save(out, "AVIF", quality=quality, speed=SPEED, max_threads=1, icc_profile=profile or b"", exif=b"")
    return out.getvalue()
