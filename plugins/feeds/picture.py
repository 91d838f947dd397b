"""The picture of a post: the one that its front matter names, or else its first."""

from __future__ import annotations

from pathlib import PurePath

from ..markdown.document import Document
from ..site.site import Site, StaticFile
from .model import Picture

TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
"""The media types of pictures; the machine's own table is not used, since machines differ."""


class Pictures:
    """The pictures of one site, by address."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.files = {site.url(file.path): file for file in site.files}

    def of(self, document: Document) -> Picture | None:
        """Return the picture of a document, if it is a file of the site."""
        target = self._target(document)
        file = self.files.get(self.site.links[document.source][target]) if target else None
        kind = TYPES.get(PurePath(file.path).suffix.lower()) if file else None
        return self._picture(file, kind) if file and kind else None

    def _target(self, document: Document) -> str:
        """Return the picture's address as the author wrote it; empty if there is none."""
        if document.front_matter.image:
            return document.front_matter.image.src
        return next((link.target for link in document.body.links if link.is_picture), "")

    def _picture(self, file: StaticFile, kind: str) -> Picture | None:
        if not file.file.is_file():
            return None  # the build reports it when it copies the file
        return Picture(self.site.absolute(file.path), kind, file.file.stat().st_size)
