"""The sizes of pictures: as browsers show them, from their first bytes, at every build anew."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.engine.pictures import picture_size
from tests.site_folder import SiteFolder

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBBI", 13, b"IHDR", 40, 30, 8, 2, 0, 0, 0, 0)
GIF = b"GIF89a" + struct.pack("<HHBBB", 40, 30, 0, 0, 0)
WEBP = b"RIFF\x1a\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + b"\x27\0\0" + b"\x1d\0\0"


def jpeg(orientation: int) -> bytes:
    """The head of a photograph of 40 by 30 pixels, taken with the camera turned."""
    exif = b"Exif\0\0MM\0*\0\0\0\x08" + struct.pack(">HHHIHHI", 1, 0x112, 3, 1, orientation, 0, 0)
    app = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 17, 8, 30, 40, 3) + bytes(9)
    return b"\xff\xd8" + app + frame


def svg(attributes: str, before: str = "") -> bytes:
    """A drawing whose first shape has a size of its own."""
    rect = '<rect width="9" height="9"/>'
    return f'{before}<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{rect}</svg>'.encode()


@pytest.mark.parametrize(
    ("name", "data", "size"),
    [
        ("a.png", PNG, (40, 30)),
        ("a.gif", GIF, (40, 30)),
        ("a.webp", WEBP, (40, 30)),
        ("a.jpg", jpeg(1), (40, 30)),
        ("turned.jpg", jpeg(6), (30, 40)),
        ("misnamed.png", GIF, (40, 30)),
        ("cut.png", PNG[:18], None),
        ("empty.png", b"", None),
        ("text.jpg", b"no picture", None),
        ("nothing.gif", GIF[:6] + bytes(7), None),
        ("a.svg", svg('width="40" height="30px"'), (40, 30)),
        ("box.svg", svg('viewBox="-5, 0 40.2 30"'), (40, 30)),
        ("share.svg", svg('width="100%" height="100%" viewBox="0 0 40 30"'), (40, 30)),
        ("side.SVG", svg('width="10cm" viewBox="0 0 40 30"'), (40, 30)),
        ("late.svg", svg("width='40' height='30'", f"<!-- {'x' * 2000} -->"), (40, 30)),
        ("none.svg", svg(""), None),
        ("odd.svg", svg('viewBox="0 0 40"'), None),
        ("broken.svg", b"<svg width='40' height='30'", None),
        ("text.svg", b"no picture", None),
    ],
)  # fmt: skip
def test_size_is_the_one_that_browsers_show(
    tmp_path: Path, name: str, data: bytes, size: tuple[int, int] | None
) -> None:
    (tmp_path / name).write_bytes(data)

    assert picture_size(tmp_path / name) == size


def test_page_follows_its_picture_while_its_text_stays(site: Callable[[str], SiteFolder]) -> None:
    minimal = site("minimal")
    head = "---\ntitle: Map\nimage: {src: ../map.png, alt: A map}\n---\n"
    minimal.write("content/pages/map.md", f"{head}![The map](../map.png) ![It](/map.png)\n")
    settings = minimal.folder / "pelicanconf.py"
    settings.write_text(settings.read_text("utf-8") + "\nSTATIC_PATHS = ['map.png']\n", "utf-8")
    for width, data in ((40, PNG), (50, PNG.replace(b"\0\0\0\x28", b"\0\0\0\x32"))):
        (minimal.folder / "content/map.png").write_bytes(data)
        page = minimal.built().page("map/index.html")

        size = f'src="/map.png" width="{width}" height="30"'
        assert f'<p><img alt="The map" {size}> <img alt="It" {size}></p>' in page
