"""Of which media type is a file?"""

from __future__ import annotations

import mimetypes
import re
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

FEEDS = {b"feed": "application/atom+xml", b"rss": "application/rss+xml"}

ROOT_ELEMENT = re.compile(
    rb"""
    \A (?:\xef\xbb\xbf)? \s*           # <?xml version="1.0"?> <!-- made by --> <feed xmlns=''>
    (?: <\?.*?\?> \s* | <!--.*?--> \s* )*
    <(feed|rss)[\s>]                   # not: <urlset>, <feedback>
    """,
    re.VERBOSE | re.DOTALL,
)


def media_type(name: str, data: bytes) -> str:
    """The value of Content-Type for a file; text is UTF-8, as all that a build writes.

    XML tells in its root element whether it is a feed. The system's own list of types is not
    asked: it differs from machine to machine.
    """
    suffix = PurePath(name).suffix.lower()
    kind = OURS.get(suffix) or mimetypes.MimeTypes().types_map[True].get(suffix, UNKNOWN)
    if suffix == ".xml" and (root := ROOT_ELEMENT.match(data[:4096])):
        kind = FEEDS[root[1]]
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
