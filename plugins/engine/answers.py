"""What reading a file gave, as text for the cache and back.

Three lines of JSON (source/codec.py): the front matter; the rest of what every build looks at; and
what it looks at where a page is rendered, which is decoded only then.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from msgspec.json import decode as decode_json
from msgspec.json import encode as encode_json

from ..markdown.document import Body, Document
from ..source.codec import NotPlainError, Plain, decode, encode, field_names
from ..source.deferred import Deferred, defer
from ..source.problem import Problem
from ..source.sums import SUM_LENGTH, sum_of

Answer = tuple[Document | None, list[Problem]]
"""What reading a file gave."""

BODIES = ("body", "lead")
LATER = ("headings", "ids", "places")
"""The fields of a document that are decoded when somebody asks; of its bodies the segments are."""

AT = {name: number for number, name in enumerate(field_names(Document), 1)}
SEGMENTS = 1 + field_names(Body).index("segments")


def written(answer: Answer) -> str:
    """The answer as text with a sum of its own; empty when it holds what is no data."""
    try:
        plain = encode(answer)
    except NotPlainError:
        return ""
    document = plain[1]
    head, document[AT["front_matter"]] = document[AT["front_matter"]], None
    later = [_taken(document[AT[name]], SEGMENTS) for name in BODIES]
    later += [_taken(document, AT[name]) for name in LATER]
    return sealed("\n".join(map(_as_json, (head, plain, later))))


def read_answer(text: str) -> Answer | None:
    """The same backwards; None when it is damaged."""
    data = unsealed(text)
    if data is None:
        return None
    try:
        head, plain, _ = data.split("\n")
        answer = decode_json(plain)
        answer[1][AT["front_matter"]] = decode_json(head)
        document, problems = decode(answer)
        owners: list[tuple[Deferred, str]] = [(getattr(document, b), "segments") for b in BODIES]
        defer([*owners, *((document, name) for name in LATER)], partial(_decoded, text))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return None
    return document, problems


def head_sum(text: str) -> str:
    """A fingerprint of the front matter in a written answer."""
    return sum_of(text[SUM_LENGTH : text.index("\n")].encode())


def sealed(text: str) -> str:
    """The text with a fingerprint of it before it."""
    return sum_of(text.encode()) + text


def unsealed(data: object) -> str | None:
    """The text without it; None when it is damaged."""
    if not isinstance(data, str):
        return None
    text = data[SUM_LENGTH:]
    return text if data[:SUM_LENGTH] == sum_of(text.encode()) else None


def _taken(plain: list[Plain], at: int) -> Plain:
    taken, plain[at] = plain[at], None
    return taken


def _decoded(text: str) -> Iterable[Any]:
    """What the last line holds. The cache keeps the text; the line alone would be as much again."""
    return map(decode, decode_json(text[text.rindex("\n") + 1 :]))


def _as_json(plain: Plain) -> str:
    return encode_json(plain).decode()
