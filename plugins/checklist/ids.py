"""Makes ids for items without one; edits of markup, case, spaces or other items keep them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence

from msgspec import Struct, field

from ..source.slug import free

# Unicode categories of the punctuation, blanks and controls that markup and typing habits change.
# Symbols like + stay, so that C and C++ differ.
DROPPED = ("P", "Z", "C")

# Matches the characters that may be dropped: most texts have few.
UNUSUAL = re.compile(r"[^\w ]")


def normalised(text: str) -> str:
    """Return the words of a text in one form: NFKC, no case, no punctuation.

    `“Book” the  ROOM.` is `book the room`; a text of punctuation alone keeps its punctuation.
    """
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "").replace("'", "")
    spaced = UNUSUAL.sub(_blank, folded).replace("_", " ")
    return " ".join(spaced.split()) or "".join(folded.split())


def _blank(found: re.Match[str]) -> str:
    """Return the character, or a blank for a dropped one."""
    return " " if unicodedata.category(found[0])[0] in DROPPED else found[0]


def text_id(text: str, parents: Sequence[str] = ()) -> str:
    """Return an id from the words of an item and of its parents: `~` and ten hexadecimal digits.

    An author's id never begins with `~`.
    """
    words = "\n".join(normalised(part) for part in (*parents, text))
    return f"~{hashlib.sha256(words.encode('utf-8', 'replace')).hexdigest()[:10]}"


class Distinct(Struct):
    """A source of distinct ids: the second `a` becomes `a-2`."""

    taken: set[str] = field(default_factory=set)

    def take(self, wanted: str) -> str:
        """Return `wanted`, or `wanted-2` and so on, whichever is free first; mark it as taken."""
        id = free(wanted, self.taken)
        self.taken.add(id)
        return id
