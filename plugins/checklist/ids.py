"""Ids for items that nobody named: they stay when markup, case, spaces or other items change."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence

from msgspec import Struct, field

from ..source.slug import free

# Punctuation that markup and typing habits change; symbols like + stay, so C and C++ differ.
DROPPED = ("P", "Z", "C")

# Matches the characters that may be dropped: most texts have few.
UNUSUAL = re.compile(r"[^\w ]")


def normalised(text: str) -> str:
    """The words of a text in one form: compatible characters folded, no case, no punctuation.

    `“Book” the  ROOM.` is `book the room`; a text of punctuation alone stays as it is.
    """
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "").replace("'", "")
    spaced = UNUSUAL.sub(_blank, folded).replace("_", " ")
    return " ".join(spaced.split()) or "".join(folded.split())


def _blank(found: re.Match[str]) -> str:
    """The character, or a blank for one that is dropped."""
    return " " if unicodedata.category(found[0])[0] in DROPPED else found[0]


def text_id(text: str, parents: Sequence[str] = ()) -> str:
    """An id from the words of an item and of those that it stands under: `~` and ten digits.

    No id that an author writes begins with `~`.
    """
    words = "\n".join(normalised(part) for part in (*parents, text))
    return f"~{hashlib.sha256(words.encode('utf-8', 'replace')).hexdigest()[:10]}"


class Distinct(Struct):
    """Gives every id once: the second of `a` becomes `a-2`."""

    taken: set[str] = field(default_factory=set)

    def take(self, wanted: str) -> str:
        """`wanted`, or `wanted-2` and so on, whichever nobody has."""
        id = free(wanted, self.taken)
        self.taken.add(id)
        return id
