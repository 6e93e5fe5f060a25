"""Files that people might send."""

import random
import struct
import zlib
from io import BytesIO

from PIL import Image, PngImagePlugin


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40), *, mode: str = "RGB", colour="teal", **how) -> bytes:
    file = BytesIO()
    Image.new(mode, size, colour).save(file, kind, **how)
    return file.getvalue()


def sideways_photo() -> bytes:
    """120 x 80 as stored, to be turned by a quarter; red on top once it is upright; taken at a known place."""
    image = Image.new("RGB", (120, 80), "blue")
    image.paste("red", (0, 0, 60, 80))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Camera of ana"
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    file = BytesIO()
    image.save(file, "JPEG", exif=exif, quality=95, comment=b"taken by ana")
    return file.getvalue()


def png_with_a_note() -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "ana of Example Street")
    notes.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>ana</x:xmpmeta>")
    return picture("PNG", pnginfo=notes, icc_profile=b"a profile of ana")


def moving_gif() -> bytes:
    file = BytesIO()
    first, second = Image.new("P", (30, 20), 1), Image.new("P", (30, 20), 2)
    first.putpalette([0, 0, 0, 255, 0, 0, 0, 0, 255])
    second.putpalette([0, 0, 0, 255, 0, 0, 0, 0, 255])
    first.save(file, "GIF", save_all=True, append_images=[second], comment=b"made by ana")
    return file.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG of so many pixels, all alike, in a few kilobytes."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    squeezed = zlib.compressobj(9)
    row = b"\0" * (1 + width // 8 + 1)
    body = b"".join(squeezed.compress(row) for _ in range(height)) + squeezed.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PAGE = b"<!doctype html><script>alert(1)</script>"


def noise(kind: str, size: tuple[int, int]) -> bytes:
    """As large as a picture of its size can be."""
    file = BytesIO()
    Image.frombytes("RGB", size, random.Random(1).randbytes(size[0] * size[1] * 3)).save(file, kind, quality=95)
    return file.getvalue()
