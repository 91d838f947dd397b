"""What the last import said (`.import.json` in the event's folder): the third side of a merge.

One line a thing, sorted. A value is kept as it is when it is short, else as its SHA-256; both tell
whether a value has changed since, which is all that is asked.
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
"""What a session is known by over there; beside its fields."""

ANEW = "without that file, all that stands in the folder counts as written by hand"

LONGEST = 120

Record = Mapping[str, Fields]
"""By `index`, `rooms/<id>`, `tracks/<id>`, `sessions/<id>`, `talks/<id>`, `speakers/<id>`."""


def record_of(texts: Texts) -> dict[str, Fields]:
    """What is to be remembered of an import."""
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
    """The fields as they are remembered."""
    return {key: mark(value) for key, value in fields.items()}


def mark(value: Plain) -> Plain:
    """A value, or what tells it from every other."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    if len(text) <= LONGEST:
        return value
    return f"sha256 {hashlib.sha256(text.encode()).hexdigest()[:32]}"


def group(record: Record, name: str) -> dict[str, Fields]:
    """The things of one sort, by id."""
    prefix = f"{name}/"
    return {
        key.removeprefix(prefix): each for key, each in record.items() if key.startswith(prefix)
    }


def known_ids(record: Record) -> dict[str, str]:
    """The id of each session that was imported, by its key."""
    return {str(fields.get(KEY)): id for id, fields in group(record, "sessions").items()}


def parse_record(data: bytes) -> Record:
    """Return what the bytes of a record say; raise RefusedError when they are none.

    An empty one, as a full disk may have left it, says nothing.
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
    """The file's text."""
    return "{\n" + ",\n".join(_lines(record)) + "\n}\n"


def _lines(record: Record) -> Iterable[str]:
    for key, fields in sorted(record.items()):
        name, value = (json.dumps(part, ensure_ascii=False) for part in (key, fields))
        yield f"{name}: {value}"
