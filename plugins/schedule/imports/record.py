"""The record of the last import (`.import.json` in the event's folder), a merge's third side.

It has one line a thing, sorted. A short value is recorded as it is, a longer one as the first 32
digits of its SHA-256 digest; both show whether a value has changed since, and no more is needed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

from ...source.marked import Plain
from ..foreign.model import RefusedError
from .lines import Fields
from .texts import Texts

FILE = ".import.json"

KEY = "key"
"""The field of a session's key in the other system, next to the session's own fields."""

ANEW = "without that file, all that stands in the folder counts as written by hand"

LONGEST = 120

Record = Mapping[str, Fields]
"""Fields by `index` or by `rooms/<id>`, likewise tracks, sessions, talks and speakers."""


def record_of(texts: Texts) -> dict[str, Fields]:
    """Return the record of an import."""
    keys = {id: key for key, id in texts.keys.items()}
    groups = {
        "rooms": texts.rooms,
        "tracks": texts.tracks,
        "sessions": {id: {**fields, KEY: keys[id]} for id, fields in texts.sessions.items()},
        "talks": texts.talks,
        "speakers": texts.speakers,
    }
    named = {
        f"{name}/{id}": fields for name, things in groups.items() for id, fields in things.items()
    }
    return {name: marks(fields) for name, fields in {"index": texts.index, **named}.items()}


def marks(fields: Mapping[str, Plain]) -> Fields:
    """Return the fields with their values as the record has them."""
    return {key: mark(value) for key, value in fields.items()}


def mark(value: Plain) -> Plain:
    """Return a short value as it is, and a digest of a long one."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    if len(text) <= LONGEST:
        return value
    return f"sha256 {hashlib.sha256(text.encode()).hexdigest()[:32]}"


def group(record: Record, name: str) -> dict[str, Fields]:
    """Return the things of one sort, by id."""
    prefix = f"{name}/"
    return {
        key.removeprefix(prefix): each for key, each in record.items() if key.startswith(prefix)
    }


def known_ids(record: Record) -> dict[str, str]:
    """Return the id of each imported session, by its key."""
    return {str(fields.get(KEY)): id for id, fields in group(record, "sessions").items()}


def parse_record(data: bytes) -> Record:
    """Parse the bytes of a record; raise RefusedError when they are not one.

    An empty file, as a full disk may have left it, is an empty record.
    """
    try:
        value = json.loads(data) if data.strip() else {}
    except (ValueError, RecursionError) as error:
        raise RefusedError(f"an event with a {FILE} that is broken ({error}); {ANEW}") from None
    is_record = isinstance(value, dict) and all(isinstance(each, dict) for each in value.values())
    if not is_record:
        raise RefusedError(f"an event with a {FILE} that holds something else; {ANEW}")
    return {str(key): fields for key, fields in value.items()}


def record_text(record: Record) -> str:
    """Return the record as the text of its file."""
    return "{\n" + ",\n".join(_lines(record)) + "\n}\n"


def _lines(record: Record) -> Iterable[str]:
    for key, fields in sorted(record.items()):
        name, value = (json.dumps(part, ensure_ascii=False) for part in (key, fields))
        yield f"{name}: {value}"
