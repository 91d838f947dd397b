"""Turn one item of a day, a line or a mapping, into a `Draft`: the author's words, typed.

    item    = line / mapping / line ":" mapping / group
    line    = [ times ] title [ "|" speakers [ "|" rooms [ "|" words ] ] ]
    speakers = name *( "," name )
    rooms   = name *( "," name ) / "*" / "all rooms"
    words   = word *( "," word )          ; a kind, a status, a track or a language
    group   = line ":" list-of-items      ; see days.py

A mapping has the keys in `KEYS`; after `line:` they add to the line or override it. YAML reads a
line with ": " in its title as a key and a value; the two are joined again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from ...source.marked import Marked
from ...source.problem import did_you_mean, one_of, quoted
from ...source.schema import LANGUAGE, SLUG
from ..model import Kind, SessionTexts, Status
from .names import is_true, links_of, pairs_of, report_unknown_keys, text_of
from .pieces import Faults, Piece, key_piece, piece_of, shown, texts
from .times import NOT_QUITE_TIME, Clock, Times, find_times, parse_clock, parse_length

ALIASES = {
    "speaker": "speakers",
    "room": "rooms",
    "lang": "language",
    "repeat_of": "repeat of",
    "summary": "abstract",
}
KEYS = (
    "title", "time", "start", "end", "length", "speakers", "rooms", "track", "kind", "status",
    "language", "id", "repeat of", "was", "shared", *SessionTexts.__struct_fields__,
)  # fmt: skip
EVERY_ROOM = frozenset({"*", "all", "all rooms", "everywhere"})

MOST_PARTS = 4
"""Title, speakers, rooms and words."""

# Matches a bar between two parts of a line, with the blanks around it; `\|` is a bar within a
# title.
BAR = re.compile(r"\s*(?<!\\)\|\s*")


class Draft(Struct, frozen=True, kw_only=True):
    """The text of one item, before names are looked up and times computed."""

    at: Piece
    """The place where the item begins."""
    title: Piece | None = None
    times: Times = field(default_factory=Times)
    speakers: tuple[Piece, ...] = ()
    rooms: tuple[Piece, ...] = ()
    is_everywhere: bool = False
    is_shared: bool = False
    words: tuple[Piece, ...] = ()
    """Kinds, statuses, tracks and languages after the third bar; days.py sorts them."""
    kind: Kind | None = None
    status: Status | None = None
    track: Piece | None = None
    language: str = ""
    id: Piece | None = None
    repeat_of: Piece | None = None
    was: Piece | None = None
    texts: SessionTexts = SessionTexts()


class Group(Struct, frozen=True):
    """A nested list and the line above it."""

    head: Draft
    items: tuple[Marked, ...]


def read_item(node: Marked, faults: Faults) -> Draft | Group | None:
    """Return the item or the group that a list's value holds; None, with a problem, if neither."""
    if isinstance(node.value, str):
        piece = piece_of(node, faults)
        return read_line(piece, faults) if piece else None
    if isinstance(node.value, dict) and node.value:
        return _read_mapping(node, node.value, faults)
    faults.add(node, found=shown(node), expected="a line like “09:30-10:20 Title | Speaker | Room”")
    return None


def read_line(piece: Piece, faults: Faults) -> Draft:
    """Return the item that one line holds."""
    times, rest = find_times(piece, faults)
    title, speakers, rooms, words = _parts(rest, faults)
    is_everywhere = rooms.text.casefold() in EVERY_ROOM
    return Draft(
        at=piece,
        title=title if title.text else None,
        times=times,
        speakers=_listed(speakers),
        rooms=() if is_everywhere else _listed(rooms),
        is_everywhere=is_everywhere,
        words=_listed(words),
    )


def enum_word(piece: Piece, kind: type[Kind] | type[Status], faults: Faults) -> str:
    """Return the member's value that the text names; empty, with a problem, if it names none."""
    known, word = [str(member) for member in kind], piece.text.casefold()
    if word in known:
        return word
    expected, hint = one_of(known), did_you_mean(word, known)
    faults.add(piece, found=quoted(piece.text), expected=expected, hint=hint)
    return ""


def _read_mapping(
    node: Marked, entries: Mapping[str, Marked], faults: Faults
) -> Draft | Group | None:
    (key, child), *others = entries.items()
    if others or ALIASES.get(key, key) in KEYS or faults.is_in_braces(node):
        return _read_keys(Draft(at=Piece("", node.line, node.column)), entries, faults)
    line = key_piece(key, child, faults)
    if isinstance(child.value, tuple):
        return Group(read_line(line, faults), child.value)
    if isinstance(child.value, dict):
        return _read_keys(read_line(line, faults), child.value, faults)
    return read_line(_joined(line, child), faults)


def _joined(line: Piece, child: Marked) -> Piece:
    """Return the whole line of a title that contains a colon."""
    rest = f": {child.value}" if isinstance(child.value, str) else ":"
    return Piece(f"{line.text}{rest}", line.line, line.column)


def _parts(rest: Piece, faults: Faults) -> tuple[Piece, Piece, Piece, Piece]:
    parts = rest.split_at(BAR)
    for extra in parts[MOST_PARTS:]:
        faults.add(
            extra,
            found=f"{quoted(extra.text)} behind a fourth “|”",
            expected="title | speakers | room | words",
            hint="a bar within a title is written \\|",
        )
    nothing = rest.cut(len(rest.text))
    title, speakers, rooms, words = (*parts, nothing, nothing, nothing)[:MOST_PARTS]
    return replace(title, text=title.text.replace("\\|", "|")), speakers, rooms, words


def _listed(piece: Piece) -> tuple[Piece, ...]:
    return tuple(part for part in piece.split(",") if part.text)


def _read_keys(draft: Draft, entries: Mapping[str, Marked], faults: Faults) -> Draft:
    """Return the draft with the values of the keys, which override those of the line."""
    named = {ALIASES.get(key, key): node for key, node in entries.items()}
    facts = report_unknown_keys(named, KEYS, faults, of="an item")
    draft = _with_people_and_places(draft, facts, faults)
    draft = _with_words(draft, facts, faults)
    times = _times(draft.times, facts, faults)
    return replace(draft, times=times, texts=_texts(facts, faults))


def _texts(facts: Mapping[str, Marked], faults: Faults) -> SessionTexts:
    said: dict[str, Any] = {
        key: text_of(facts, key, faults)
        for key in SessionTexts.__struct_fields__
        if key in facts and key not in {"links", "extra"}
    }
    if "links" in facts:
        said["links"] = links_of(facts["links"], faults)
    if "extra" in facts:
        said["extra"] = pairs_of(facts["extra"], faults)
    return SessionTexts(**said)


def _with_people_and_places(draft: Draft, facts: Mapping[str, Marked], faults: Faults) -> Draft:
    title = piece_of(facts["title"], faults) if "title" in facts else draft.title
    speakers = texts(facts["speakers"], faults) if "speakers" in facts else draft.speakers
    rooms = texts(facts["rooms"], faults) if "rooms" in facts else draft.rooms
    is_everywhere = any(room.text.casefold() in EVERY_ROOM for room in rooms)
    return replace(
        draft,
        at=draft.at if draft.at.text else title or draft.at,
        title=title,
        speakers=speakers,
        rooms=() if is_everywhere else rooms,
        is_everywhere=is_everywhere or (draft.is_everywhere and "rooms" not in facts),
        is_shared="shared" in facts and is_true(facts["shared"], faults),
    )


def _with_words(draft: Draft, facts: Mapping[str, Marked], faults: Faults) -> Draft:
    pieces = {
        key: piece_of(facts[key], faults)
        for key in ("kind", "status", "track", "language", "id", "repeat of", "was")
        if key in facts
    }
    kind, status = pieces.get("kind"), pieces.get("status")
    kind_word = enum_word(kind, Kind, faults) if kind else ""
    status_word = enum_word(status, Status, faults) if status else ""
    return replace(
        draft,
        kind=Kind(kind_word) if kind_word else draft.kind,
        status=Status(status_word) if status_word else draft.status,
        track=pieces.get("track"),
        language=_language(pieces.get("language"), faults),
        id=_id(pieces.get("id"), faults),
        repeat_of=pieces.get("repeat of"),
        was=pieces.get("was"),
    )


def _language(piece: Piece | None, faults: Faults) -> str:
    if piece and not LANGUAGE.fullmatch(piece.text):
        faults.add(piece, found=quoted(piece.text), expected="a language tag like en or pt-BR")
        return ""
    return piece.text if piece else ""


def _id(piece: Piece | None, faults: Faults) -> Piece | None:
    if piece and not SLUG.fullmatch(piece.text):
        faults.add(
            piece,
            found=quoted(piece.text),
            expected="an id of letters, digits, “-”, “_” or “.”",
            hint="it becomes part of the talk's address",
        )
        return None
    return piece


def _times(before: Times, facts: Mapping[str, Marked], faults: Faults) -> Times:
    """Return the times of the keys; the line's times apply where the keys give none."""
    if "time" in facts and (piece := piece_of(facts["time"], faults)):
        before = _whole_times(piece, faults)
    start = _clock(facts, "start", faults) or before.start
    end = _clock(facts, "end", faults) or before.end
    piece = piece_of(facts["length"], faults) if "length" in facts else None
    length = parse_length(piece, faults) if piece else before.length
    return Times(start, end, length, piece or before.length_piece)


def _whole_times(piece: Piece, faults: Faults) -> Times:
    times, rest = find_times(piece, faults)
    if rest.text and not NOT_QUITE_TIME.match(rest.text):
        faults.add(rest, found=quoted(rest.text), expected="times like 09:30-10:20 and no more")
    return times


def _clock(facts: Mapping[str, Marked], key: str, faults: Faults) -> Clock | None:
    piece = piece_of(facts[key], faults) if key in facts else None
    return parse_clock(piece, faults) if piece else None
