"""The sizes of pictures, so that a page reserves space for them before they load."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.etree import ElementTree

from ..markdown.document import Document, Sizes
from ..site.site import StaticFile, page_url
from ..source.settings import SiteSettings

# Matches a length of SVG as pixels, `720`, `720.5` or `720px`; not `100%` or `12cm`.
PIXELS = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*")


def sizes_of(
    documents: Iterable[Document],
    links: Mapping[str, Mapping[str, str]],
    files: Iterable[StaticFile],
    settings: SiteSettings,
) -> Sizes:
    """Return the sizes of the pictures that documents show without giving their size, by address.

    They are read at every build, since a document stays the same when its picture changes.
    """
    wanted = {
        links[document.source][link.target]
        for document in documents
        for link in document.links
        if link.is_unsized
    }
    shown = ((page_url(settings, file.path), file.file) for file in files)
    sizes = {address: picture_size(file) for address, file in shown if address in wanted}
    return {address: size for address, size in sizes.items() if size}


def picture_size(file: Path) -> tuple[int, int] | None:
    """Return the width and height in px at which a browser shows a picture; None if unknown."""
    if not file.is_file():
        return None  # the build reports it when it copies the file
    is_drawing = file.suffix.lower() == ".svg"
    width, height = _svg_size(file) if is_drawing else _picture_size(file)
    return (round(width), round(height)) if min(width, height) >= 1 else None


def _picture_size(file: Path) -> tuple[float, float]:
    import imagesize  # noqa: PLC0415  brings all of urllib along, and few builds ask

    size: tuple[float, float] = imagesize.get(file)
    return size


def _svg_size(file: Path) -> tuple[float, float]:
    """Return the size in the outermost element of an SVG file, or that of its view box, or 0, 0."""
    try:
        _, root = next(iter(ElementTree.iterparse(file, events=["start"])))
    except (ElementTree.ParseError, StopIteration, ValueError):
        return 0, 0
    width, height = (PIXELS.fullmatch(root.get(name, "")) for name in ("width", "height"))
    if width and height:
        return float(width[1]), float(height[1])
    box = [PIXELS.fullmatch(part) for part in re.split(r"[\s,]+", root.get("viewBox", "").strip())]
    across, down = box[2:] if len(box) == 4 else (None, None)
    return (float(across[1]), float(down[1])) if across and down else (0, 0)
