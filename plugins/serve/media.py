"""Of which media type is a file?"""

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
    """The value of Content-Type for a file; text is UTF-8, as all that a build writes.

    Feeds are XML like any other, as most hosts send them: a browser shows it with its style sheet,
    and only offers to save what calls itself a feed. The system's own list of types is not asked:
    it differs from machine to machine.
    """
    suffix = PurePath(name).suffix.lower()
    kind = OURS.get(suffix) or mimetypes.MimeTypes().types_map[True].get(suffix, UNKNOWN)
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
