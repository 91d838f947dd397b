"""Addresses from words: file names, tags and titles become path segments."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

# What languages and frameworks are called by, so that C, C++ and C# get an address each.
SPELLED_OUT = {"+": "p", "#": "sharp"}

# Matches `/`, `..` or a blank between words; not a letter, mark or digit of any script.
NOT_WORD = re.compile(r"[^\w]+|_+")

MOST_BYTES = 120
"""The longest segment, in bytes of UTF-8, that is made from words."""


def slugify(words: str) -> str:
    """A lower-case path segment of letters and digits of any script, joined by `-`.

    `C++` becomes `cpp`, `C#` `csharp`, `.NET` `dotnet`; `..` leaves nothing.
    """
    text = unicodedata.normalize("NFKC", words).strip().casefold()
    text = re.sub(r"(?<=\w)[+#]+", lambda m: "".join(SPELLED_OUT[c] for c in m[0]), text)
    text = re.sub(r"^\.(?=\w)", "dot", text)
    text = NOT_WORD.sub("-", text.replace("'", "").replace("’", ""))
    return _shortened(unicodedata.normalize("NFC", text).strip("-"))


def _shortened(slug: str) -> str:
    data = slug.encode()
    return slug if len(data) <= MOST_BYTES else data[:MOST_BYTES].decode(errors="ignore").strip("-")


def url_path(path: str) -> str:
    """The path with everything percent-encoded that an address may not hold (RFC 3986, 2.1)."""
    return quote(path, safe="/-._~!$&'()*+,;=:@")
