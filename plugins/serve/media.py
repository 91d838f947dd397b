"""The media types of files."""

from __future__ import annotations

import mimetypes
from pathlib import PurePath

UNKNOWN = "application/octet-stream"

OURS = {
    ".avif": "image/avif",
    ".gz": "application/gzip",
    ".ics": "text/calendar",
    ".js": "text/javascript",
    ".map": "application/json",
    ".mjs": "text/javascript",
    ".sh": "text/plain",
    ".svg": "image/svg+xml",
    ".vcf": "text/vcard",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".xsl": "application/xml",
}


def media_type(name: str) -> str:
    """Return the value of Content-Type for a file; text is UTF-8, as builds write it.

    Feeds are served as XML, as most hosts do: a browser shows that with its style sheet, but only
    offers to save what is declared a feed. The system's own list of types is not used, since it
    differs from machine to machine.
    """
    suffix = PurePath(name).suffix.lower()
    kind = OURS.get(suffix) or mimetypes.MimeTypes().types_map[True].get(suffix, UNKNOWN)
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
