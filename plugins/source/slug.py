"""Addresses from words: file names, tags and titles become path segments."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Container
from urllib.parse import quote

# What languages and frameworks are called by, so that C, C++ and C# get an address each.
SPELLED_OUT = {"+": "p", "#": "sharp"}

MARKS = frozenset({"Mn", "Mc"})
"""The categories of what is written around a letter: accents, and the vowels of many scripts."""

# Names that Windows keeps for devices, whatever their ending.
RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))]
)

MOST_BYTES = 120
"""The longest segment, in bytes of UTF-8, that is made from words."""


@functools.lru_cache(maxsize=10_000)
def slugify(words: str) -> str:
    """A lower-case path segment of letters and digits of any script, joined by `-`.

    `C++` becomes `cpp`, `C#` `csharp`, `.NET` `dotnet`; `..` leaves nothing.
    """
    text = unicodedata.normalize("NFKC", words).strip().casefold()
    text = re.sub(r"(?<=\w)[+#]+", lambda m: "".join(SPELLED_OUT[c] for c in m[0]), text)
    text = re.sub(r"^\.(?=\w)", "dot", text)
    text = _words_only(text.replace("'", "").replace("’", ""))
    return _shortened(unicodedata.normalize("NFC", text).strip("-"))


def folded(path: str) -> str:
    """The path as a file system sees it that knows neither case nor Unicode's forms."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKD", path).casefold())


def free(wanted: str, taken: Container[str]) -> str:
    """The id that is wanted, or with `-2` behind it, and so on: the first that is not taken."""
    number, candidate = 1, wanted
    while candidate in taken:
        number += 1
        candidate = f"{wanted}-{number}"
    return candidate


def is_reserved(segment: str) -> bool:
    """Whether a segment of a path names a device on some systems, where no file can have it."""
    return segment.partition(".")[0].lower() in RESERVED


def is_mark(character: str) -> bool:
    """Whether a character belongs to the letter before it."""
    return unicodedata.category(character) in MARKS


def _words_only(text: str) -> str:
    """The text with `-` for all that is no letter or digit, with its marks, of any script."""
    kept = "-"
    for character in text:
        if character.isalnum() or (is_mark(character) and kept[-1] != "-"):
            kept += character
        elif kept[-1] != "-":
            kept += "-"
    return kept


def _shortened(slug: str) -> str:
    data = slug.encode()
    return slug if len(data) <= MOST_BYTES else data[:MOST_BYTES].decode(errors="ignore").strip("-")


@functools.lru_cache(maxsize=100_000)
def url_path(path: str) -> str:
    """The path with everything percent-encoded that an address may not hold (RFC 3986, 2.1)."""
    return quote(path, safe="/-._~!$&'()*+,;=:@")
