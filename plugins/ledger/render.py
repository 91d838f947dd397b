"""The ledger as the text of its file: sorted, one entry per line. `parse.py` describes the form."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from msgspec import to_builtins
from msgspec.structs import fields

from ..site.ledger import DocumentRecord, Ledger, SessionRecord, state_texts
from .parse import VERSION

END = "make publish writes this file; keep it with the site: plugins/ledger/README.md"


def render_ledger(ledger: Ledger) -> bytes:
    """Return the ledger's bytes, which `parse_ledger` reads as the same ledger."""
    lines = [f"{_json(key)}: {_json(value)}" for key, value in _entries(ledger)]
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def _entries(ledger: Ledger) -> Iterator[tuple[str, Any]]:
    yield "ledger", VERSION
    yield "site", ledger.site
    for source, document in sorted(ledger.documents.items()):
        yield f"document {source}", _fields(document)
    for sort, paths in (("feed", ledger.feeds), ("page", ledger.pages)):
        for path, to in sorted(paths.items()):
            yield f"{sort} {path}", {"to": to} if to else {}
    for name, revision in sorted(ledger.revisions.items()):
        yield f"revision {name}", to_builtins(revision)
    for name, session in sorted(ledger.sessions.items()):
        yield f"session {name}", _session(session)
    yield "end", END


def _session(record: SessionRecord) -> dict[str, Any]:
    state = {"state": state_texts(record.state)} if record.state else {}
    return {"uid": record.uid, "sequence": record.sequence, "stamp": record.stamp, **state}


def _fields(record: DocumentRecord) -> dict[str, Any]:
    """Return the fields of a record that differ from their defaults."""
    return {
        field.name: getattr(record, field.name)
        for field in fields(record)
        if field.required or getattr(record, field.name) != field.default
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
