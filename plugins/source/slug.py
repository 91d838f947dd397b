"""Path segments made from file names, tags and titles."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Container
from urllib.parse import quote

# Signs in names of languages and frameworks, so that C, C++ and C# get different addresses.
SPELLED_OUT = {"+": "p", "#": "sharp"}

MARKS = frozenset({"Mn", "Mc"})
"""Unicode categories of signs around a letter: accents, and the vowels of many scripts."""

# Names that Windows reserves for devices, with any ending.
RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))]
)

MOST_BYTES = 120
"""The longest segment that is made from words, in bytes of UTF-8."""


@functools.lru_cache(maxsize=10_000)
def slugify(words: str) -> str:
    """Return a lower-case path segment of letters and digits of any script, joined by `-`.

    `C++` becomes `cpp`, `C#` `csharp`, `.NET` `dotnet`; `..` becomes the empty text.
    """
    text = unicodedata.normalize("NFKC", words).strip().casefold()
    text = re.sub(r"(?<=\w)[+#]+", lambda m: "".join(SPELLED_OUT[c] for c in m[0]), text)
    text = re.sub(r"^\.(?=\w)", "dot", text)
    text = _words_only(text.replace("'", "").replace("’", ""))
    return _shortened(unicodedata.normalize("NFC", text).strip("-"))


def folded(path: str) -> str:
    """Return the path as seen by a file system that ignores case and Unicode's forms."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKD", path).casefold())


def free(wanted: str, taken: Container[str]) -> str:
    """Return the wanted id, or the first of `wanted-2`, `wanted-3` and so on that is not taken."""
    number, candidate = 1, wanted
    while candidate in taken:
        number += 1
        candidate = f"{wanted}-{number}"
    return candidate


def is_reserved(segment: str) -> bool:
    """Return True for a name of a device on some systems, where no file can have it."""
    return segment.partition(".")[0].lower() in RESERVED


def is_mark(character: str) -> bool:
    """Return True if a character belongs to the letter before it."""
    return unicodedata.category(character) in MARKS


def _words_only(text: str) -> str:
    """Return the text with `-` for all but letters, their marks, and digits, of any script."""
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
    """Return the path with percent-encoding where an address needs it (RFC 3986, section 2.1)."""
    return quote(path, safe="/-._~!$&'()*+,;=:@")
