"""The parser of `ledger.json`: it returns the ledger, or reports everything that is wrong with it.

    {
    "ledger": 1,
    "site": "Hallway Track",
    "document posts/tea.md": {"id": "urn:uuid:…", "published": "2012-05-14T00:00:00+02:00", …},
    "feed feeds/all.atom.xml": {},
    "page tags/tea/index.html": {"to": "tags/green-tea/index.html"},
    "revision fair-2026/2": {"date": "…", "sessions": 12, "changes": […]},
    "session fair-2026/opening": {"uid": "…", "sequence": 0, "stamp": "…", "state": {…}},
    "end": "…"
    }

There is one entry per line, and each line ends with a comma: whatever lines a merge puts together
are a ledger again, or hold an entry twice, which is reported. `end` means nothing; it is there to
have no comma. `{}` is an empty ledger. Until 0.1.0 a revision held all of that as JSON text, in
`changes`.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import fields

from ..site.ledger import (
    LEDGER,
    DocumentRecord,
    Ledger,
    RevisionRecord,
    SessionRecord,
    state_kind,
    state_of,
)
from ..source.problem import Problem, Problems, Source, did_you_mean, one_of, quoted

VERSION = 1

# Matches the lines that git leaves in a file it could not merge; not `====` or `<<<<<<<<`.
CONFLICT = re.compile(r"(?:<{7}|\|{7}|={7}|>{7})(?: .*)?$", re.MULTILINE)

# Matches a part of a path that is empty, `.` or `..`; not `...` or `.x`.
NO_PATH = re.compile(r"(?:\A|/)(?:\.\.?)?(?:/|\Z)")

RESTORE = f"bring back the last good one, as in `git checkout content/{LEDGER}`"


class _Field(Struct, frozen=True):
    """The rule for one field of an entry."""

    expected: str
    holds: Callable[[Any], bool]
    is_needed: bool = False


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_moment(value: Any) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except (TypeError, ValueError):
        return False


def _is_path(value: Any) -> bool:
    return _is_text(value) and not NO_PATH.search(value)


def _are_paths(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_path, value))


def _are_texts(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_is_text, value.values()))


MOMENT = "a moment like 2012-05-14T09:30:00+02:00"

FIELDS: Mapping[str, Mapping[str, _Field]] = {
    "document": {
        "addresses": _Field("a list of paths like posts/tea/index.html", _are_paths, True),
        "title": _Field("text", _is_text),
        "id": _Field("text", _is_text),
        "published": _Field(MOMENT, _is_moment),
        "updated": _Field(MOMENT, _is_moment),
        "gone": _Field("true", lambda value: value is True),
    },
    "feed": {"to": _Field("a path like feeds/all.atom.xml", _is_path)},
    "page": {"to": _Field("a path like tags/tea/index.html", _is_path)},
    "revision": {
        "date": _Field(MOMENT, _is_moment),
        "sessions": _Field("a number", lambda value: type(value) is int and value >= 0),
        "changes": _Field("a list of changes", lambda value: isinstance(value, list | str), True),
    },
    "session": {
        "uid": _Field("text", lambda value: _is_text(value) and value != "", True),
        "sequence": _Field("a number", lambda value: type(value) is int and value >= 0, True),
        "stamp": _Field(MOMENT, _is_moment, True),
        "state": _Field("a mapping of texts", _are_texts),
    },
}
"""The fields of each sort of entry."""

PATHS = ("feed", "page")
"""The sorts of entries that are named by a path."""


def parse_ledger(source: Source, problems: Problems) -> Ledger:
    """Return the ledger of the text; an empty one, with all problems reported, if it has any."""
    entries = _loaded(source.text)
    if entries is None:
        found = list(_conflicts(source)) or list(_broken(source))
    else:
        found = list(_Reading(source, entries).problems())
    problems += found
    return Ledger() if found or entries is None else _ledger(entries)


def _loaded(text: str) -> dict[str, Any] | None:
    """Return the JSON object of the text; None if the text is no JSON object."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _conflicts(source: Source) -> Iterator[Problem]:
    for number, line in enumerate(source.lines, 1):
        if CONFLICT.fullmatch(line):
            yield source.problem(
                number,
                1,
                found="a mark of a merge that is not done",
                expected="the ledger's lines only",
                hint="keep the lines of both sides and delete the marks; of an entry that both"
                " sides changed, keep one",
            )


def _broken(source: Source) -> Iterator[Problem]:
    """Report each line that is broken JSON by itself, or else the place that the parser names."""
    fault = _fault(source.text)
    if not fault:
        return
    lines = [(n, f) for n, line in enumerate(source.lines, 1) if (f := _fault_of_line(line))]
    for number, (_, column, message) in lines or [(fault[0], fault)]:
        yield source.problem(
            number,
            column,
            found=f"broken JSON ({message})",
            expected="one entry a line, and a comma after each but the last",
            hint=RESTORE,
        )


def _fault(text: str) -> tuple[int, int, str] | None:
    """Return the line, column and kind of the fault for which the text is no JSON object."""
    try:
        return None if isinstance(json.loads(text), dict) else (1, 1, "no object")
    except json.JSONDecodeError as error:
        return error.lineno, error.colno, error.msg
    except (ValueError, RecursionError):
        return 1, 1, "values that are too long or too deep"


def _fault_of_line(line: str) -> tuple[int, int, str] | None:
    entry = line.rstrip().removesuffix(",")
    fault = _fault(f"{{{entry}}}") if entry not in {"{", "}"} else None
    return (1, max(fault[1] - 1, 1), fault[2]) if fault else None


class _Reading:
    """One pass over the entries that finds everything that is wrong with them."""

    def __init__(self, source: Source, entries: dict[str, Any]) -> None:
        self.source, self.entries = source, entries

    def problems(self) -> Iterator[Problem]:
        """Yield the problems of single entries, then those of entries that contradict others."""
        yield from self._version()
        yield from self._twice()
        for key, value in self.entries.items():
            if key not in {"ledger", "site", "end"}:
                yield from self._entry(key, value)
        yield from self._shared()

    def _version(self) -> Iterator[Problem]:
        version = self.entries.get("ledger")
        if self.entries and version != VERSION:
            found = (
                "no version" if version is None else f"the version {quoted(json.dumps(version))}"
            )
            hint = "a newer Hallway wrote it: update this one" if version else RESTORE
            yield self._problem("ledger", found, f'"ledger": {VERSION}', hint)
        if not _is_text(self.entries.get("site", "")):
            yield self._problem("site", "a site that is no text", "its name", RESTORE)

    def _twice(self) -> Iterator[Problem]:
        if self.source.text.count('\n"') == len(self.entries):  # one line each, as we write them
            return
        pairs = json.loads(self.source.text, object_pairs_hook=list)
        for key, count in Counter(key for key, _ in pairs).items():
            if count > 1:
                yield self._problem(
                    key,
                    f"{quoted(key)} again",
                    "each entry once",
                    "keep one of its lines, the one that holds more addresses, or the higher "
                    "sequence",
                    number=2,
                )

    def _entry(self, key: str, value: Any) -> Iterator[Problem]:
        sort, _, name = key.partition(" ")
        if sort not in FIELDS or not name:
            expected = f"an entry of a {one_of(FIELDS)}"
            hint = did_you_mean(sort, list(FIELDS)) if name else RESTORE
            yield self._problem(key, quoted(key), expected, hint)
        elif not isinstance(value, dict):
            yield self._problem(key, f"{quoted(key)} without its fields", "them in braces", RESTORE)
        else:
            if sort in PATHS and not _is_path(name):
                yield self._problem(key, quoted(name), FIELDS[sort]["to"].expected, RESTORE)
            if value or sort not in PATHS:
                yield from self._fields(key, value, FIELDS[sort])
            if sort == "revision" and not _revision(value):
                expected = "its date, how many sessions there were, and a list of changes"
                yield self._problem(key, f"{quoted(key)} that is no release", expected, RESTORE)
            if sort == "session" and _are_texts(state := value.get("state", {})):
                yield from self._state(key, state)

    def _fields(
        self, key: str, value: Mapping[str, Any], fields: Mapping[str, _Field]
    ) -> Iterator[Problem]:
        for name in sorted(set(value) - set(fields)):
            hint = did_you_mean(name, list(fields))
            known = one_of(fields) if fields else "none"
            yield self._problem(key, f"the unknown field {quoted(name)}", known, hint, part=name)
        for name, field in fields.items():
            if name not in value and field.is_needed:
                yield self._problem(key, f"no {quoted(name)}", field.expected, RESTORE)
            if name in value and not field.holds(value[name]):
                found = f"{quoted(json.dumps(value[name], ensure_ascii=False))} as {quoted(name)}"
                yield self._problem(key, found, field.expected, RESTORE, part=name)

    def _state(self, key: str, state: Mapping[str, str]) -> Iterator[Problem]:
        """Report fields of a state that this version does not know: it would lose them."""
        known = [each.encode_name for each in fields(state_kind(key))]
        for name in sorted(set(state) - set(known)):
            found = f"the unknown field {quoted(name)} of the state"
            hint = did_you_mean(name, known)
            yield self._problem(key, found, one_of(known), hint, part=name)

    def _shared(self) -> Iterator[Problem]:
        """Report ids and pages that two entries share."""
        owners: dict[tuple[str, str], str] = {}
        for key, what, value in self._claims():
            first = owners.setdefault((what, value), key)
            if first != key:
                yield self._problem(
                    key,
                    f"the {what} {quoted(value)}, which {quoted(first)} has too",
                    f"{'an' if what == 'id' else 'a'} {what} of its own for each",
                    "keep it with the one that readers know by it; delete the other line, and it"
                    " begins anew",
                    part=value,
                )

    def _claims(self) -> Iterator[tuple[str, str, str]]:
        for key, value in self.entries.items():
            if not value or not isinstance(value, dict):
                continue
            if key.startswith("document ") and value.get("id") and _is_text(value["id"]):
                yield key, "id", value["id"]
            if key.startswith("session ") and _is_text(value.get("uid")):
                yield key, "uid", value["uid"]
            addresses = value.get("addresses")
            if addresses and _are_paths(addresses) and not value.get("gone"):
                yield key, "page", addresses[-1]

    def _problem(
        self, key: str, found: str, expected: str, hint: str, *, part: str = "", number: int = 1
    ) -> Problem:
        line, column = self._place(key, part, number)
        return self.source.problem(line, column, found=found, expected=expected, hint=hint)

    def _place(self, key: str, part: str, number: int) -> tuple[int, int]:
        """Return the line and column of a key's nth use, or of `part` in its line; else 1, 1."""
        wanted = f"{json.dumps(key, ensure_ascii=False)}:"
        lines = [n for n, line in enumerate(self.source.lines, 1) if wanted in line]
        if len(lines) < number:
            return 1, 1
        line = self.source.lines[lines[number - 1] - 1]
        start = line.index(wanted)
        inner = line.find(json.dumps(part, ensure_ascii=False), start) if part else -1
        return lines[number - 1], 1 + max(start, inner)


def _ledger(entries: Mapping[str, Any]) -> Ledger:
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for key, value in entries.items():
        sort, _, name = key.partition(" ")
        found[sort][name] = value

    def of(sort: str) -> dict[str, Any]:
        return dict(sorted(found[sort].items()))

    return Ledger(
        site=entries.get("site", ""),
        documents={
            source: DocumentRecord(**{**value, "addresses": tuple(value["addresses"])})
            for source, value in of("document").items()
        },
        sessions={name: _session(name, value) for name, value in of("session").items()},
        pages={path: value.get("to", "") for path, value in of("page").items()},
        feeds={path: value.get("to", "") for path, value in of("feed").items()},
        revisions={
            name: record
            for name, value in of("revision").items()
            if (record := _revision(value))  # None is reported as a problem elsewhere
        },
    )


def _session(name: str, value: Mapping[str, Any]) -> SessionRecord:
    state = state_of(name, value.get("state", {}))
    return SessionRecord(value["uid"], value["sequence"], value["stamp"], state)


def _revision(value: Mapping[str, Any]) -> RevisionRecord | None:
    """Return the release of an entry; None if the entry is not one."""
    try:
        if isinstance(value.get("changes"), str):
            found = msgspec.json.decode(value["changes"], type=RevisionRecord)
        else:
            found = msgspec.convert(value, RevisionRecord)
    except (msgspec.MsgspecError, RecursionError):
        return None
    return found if _is_moment(found.date) else None
