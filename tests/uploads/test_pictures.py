"""A picture is taken for what its bytes are, and nothing of it is kept but the pixels."""

import random
from io import BytesIO

import pytest
from PIL import Image

from tests.uploads import samples
from uploads import pictures
from uploads.pictures import Encoded, UploadRefused, encode


def encoded(content: bytes) -> Encoded:
    return encode(BytesIO(content))


def opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(encoded(content).content))
    image.load()
    return image


def chunks(webp: bytes) -> set[bytes]:
    """The kinds of blocks that a WebP file is made of."""
    kinds, position = set(), 12
    while position < len(webp):
        kinds.add(webp[position : position + 4])
        length = int.from_bytes(webp[position + 4 : position + 8], "little")
        position += 8 + length + length % 2
    return kinds


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_four_kinds_are_taken_and_become_one(kind):
    image = opened(samples.picture(kind))
    assert image.format == "WEBP"
    assert image.size == (60, 40)


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "ICO", "PPM", "TGA", "PDF"])
def test_other_kinds_of_pictures_are_refused(kind):
    with pytest.raises(UploadRefused, match="PNG, JPEG, WebP or GIF"):
        encoded(samples.picture(kind))


@pytest.mark.parametrize("content", [samples.SVG, samples.PAGE, b"x", b"\0" * 1000, b"GIF89a", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(UploadRefused):
        encoded(content)


def test_a_page_behind_the_bytes_of_a_picture_does_not_survive():
    assert samples.PAGE not in encoded(samples.picture("GIF") + samples.PAGE).content


def test_a_photo_stands_upright_and_tells_neither_place_nor_camera():
    content = encoded(samples.sideways_photo()).content
    image = Image.open(BytesIO(content))
    assert image.size == (80, 120)
    red, _green, blue = image.convert("RGB").getpixel((40, 10))
    assert red > 200 > 50 > blue
    assert dict(image.getexif()) == {}
    assert b"ana" not in content


@pytest.mark.parametrize(
    "content",
    [samples.sideways_photo(), samples.png_with_a_note(), samples.moving_gif(),
     samples.picture("WEBP", exif=b"Exif\0\0ana", xmp=b"<x>ana</x>", icc_profile=b"ana")],
    ids=["photo", "png", "gif", "webp"],
)  # fmt: skip
def test_nothing_but_pixels_is_kept(content):
    kept = encoded(content).content
    assert chunks(kept) <= {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}
    assert b"ana" not in kept


def test_of_a_moving_picture_the_first_frame_is_kept():
    image = opened(samples.moving_gif())
    assert getattr(image, "n_frames", 1) == 1
    red, _green, blue = image.convert("RGB").getpixel((5, 5))
    assert red > 200 > 50 > blue


def test_what_is_transparent_stays_so():
    image = opened(samples.picture("PNG", mode="RGBA", colour=(255, 0, 0, 0)))
    assert image.getpixel((5, 5))[3] == 0


def test_a_large_picture_is_made_smaller():
    kept = encoded(samples.picture("JPEG", (3000, 1500)))
    assert (kept.width, kept.height) == (2000, 1000)


def test_a_thin_picture_keeps_a_pixel():
    kept = encoded(samples.picture("PNG", (5000, 2)))
    assert (kept.width, kept.height) == (2000, 1)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_way_to_write_pixels_can_be_read(mode):
    assert opened(samples.picture("PNG", mode=mode, colour=1)).size == (60, 40)


def test_the_grey_of_a_scan_is_not_cut_off():
    image = opened(samples.picture("PNG", mode="I;16", colour=32_768))
    assert image.convert("L").getpixel((5, 5)) == pytest.approx(128, abs=3)


def test_a_print_with_four_inks_can_be_read():
    assert opened(samples.picture("JPEG", mode="CMYK", colour=(0, 255, 255, 0))).mode == "RGB"


@pytest.mark.parametrize("size", [(13_000, 13_000), (30_000, 30_000), (25_000_001, 1)])
def test_pixels_are_counted_before_any_is_decoded(size, monkeypatch):
    monkeypatch.setattr(pictures, "_decoded", None)
    content = samples.bomb(*size) if size[1] < 20_000 else samples.bomb(8, 8)[:16] + b"\0\0\x75\x30" * 2 + b"\1\0\0\0\0"
    with pytest.raises(UploadRefused):
        encoded(content)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_damaged_picture_is_refused_and_never_an_error(kind):
    whole = bytearray(samples.picture(kind, (90, 70)))
    chance = random.Random(kind)
    for _ in range(150):
        damaged = whole.copy()
        for _ in range(chance.randint(1, 12)):
            damaged[chance.randrange(8, len(damaged))] = chance.randrange(256)
        del damaged[chance.randrange(12, len(damaged)) :]
        try:
            encoded(bytes(damaged))
        except UploadRefused:
            continue
