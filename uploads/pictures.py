"""What becomes of the bytes of a picture: known by what they are, not by their name, and encoded anew."""

from __future__ import annotations

import struct
import threading
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageOps

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 25_000_000
LONGEST_SIDE = 2000
SMALL_SIDE = 320
# What stands in the text for the description of a new picture until somebody writes one.
UNDESCRIBED = gettext_lazy("describe the picture")

# The parts of a WebP that hold pixels: notes, colour profiles and animations have others.
_PIXELS = (b"VP8 ", b"VP8L", b"VP8X", b"ALPH")
# What a decoder makes of damaged bytes.
_BROKEN = (OSError, EOFError, SyntaxError, ValueError, TypeError, ArithmeticError, LookupError, struct.error)
# A picture of 25 megapixels takes 100 MB while it is decoded: two at a time.
_decoding = threading.BoundedSemaphore(2)


class UploadRefused(ValueError):
    """A refusal whose text is the sentence to show."""


@dataclass(frozen=True)
class Encoded:
    content: bytes
    width: int
    height: int


def encode(file: IO[bytes]) -> Encoded:
    """The picture in `file` as WebP: upright, at most 2000 pixels a side, its first frame, and nothing but the pixels.

    Raises UploadRefused.
    """
    image = _opened(file)
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise UploadRefused(
            _("This picture has %(pixels)d megapixels. Please send one with at most %(most)d.")
            % {"pixels": width * height // 1_000_000, "most": MOST_PIXELS // 1_000_000}
        )
    with _decoding:
        return _encoded(_decoded(image))


def as_it_is(content: bytes) -> Encoded | None:
    """The picture itself if it could have been encoded here: a WebP of the right size with nothing but the pixels."""
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP" or int.from_bytes(content[4:8], "little") != len(content) - 8:
        return None
    place, has_more = 12, False
    while place + 8 <= len(content):
        name, size = content[place : place + 4], int.from_bytes(content[place + 4 : place + 8], "little")
        has_more |= name not in _PIXELS
        place += 8 + size + size % 2
    if has_more or place != len(content):
        return None
    image = _opened(BytesIO(content))
    if max(image.size) > LONGEST_SIDE:
        return None
    with _decoding:
        _decoded(image)
    return Encoded(content, *image.size)


def small(file: IO[bytes]) -> bytes:
    """A picture of ours as a list shows it."""
    with _decoding:
        image = _opened(file)
        image.thumbnail((SMALL_SIDE, SMALL_SIDE))
        content = BytesIO()
        image.save(content, "WEBP", quality=75)
    return content.getvalue()


def _opened(file: IO[bytes]) -> Image.Image:
    """The picture with only its header read."""
    try:
        return Image.open(file, formats=FORMATS)
    except Image.DecompressionBombError:
        raise UploadRefused(_("This picture has far too many pixels. Please send a smaller one.")) from None
    except _BROKEN:
        raise UploadRefused(_("We cannot read this as a picture. Please send a PNG, JPEG, WebP or GIF.")) from None


def _decoded(image: Image.Image) -> Image.Image:
    try:
        if image.mode in ("1", "P"):
            # A palette has no colours between its own, which smaller letters need to stay readable.
            image = image.convert("RGBA" if image.has_transparency_data else "RGB")
        # First smaller, then upright: a JPEG is decoded at a fraction of its size.
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        image.load()
    except _BROKEN:
        raise UploadRefused(_("This picture is damaged and cannot be read. Please try another one.")) from None
    try:
        return ImageOps.exif_transpose(image)
    except _BROKEN:
        # Only its notes are damaged.
        return image


def _encoded(image: Image.Image) -> Encoded:
    if image.mode.startswith("I"):
        # Sixteen bits of grey, as scans and X-rays have; converting would cut off all but the darkest.
        image = image.point(lambda level: level / 256, "L")
    pixels = image.convert("RGBA" if image.has_transparency_data else "RGB")
    pixels.info.clear()
    content = BytesIO()
    pixels.save(content, "WEBP", quality=85, exif=b"")
    return Encoded(content.getvalue(), *pixels.size)
