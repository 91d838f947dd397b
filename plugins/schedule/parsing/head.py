"""Read the keys above the days of a schedule.

head = *( "zone" ":" zone / "rooms" ":" rooms / "tracks" ":" tracks / "speakers" ":" speakers
        / "languages" ":" list / "breaks" ":" list / "strict" ":" ( "true" / "false" ) )
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from ...source.marked import Marked
from ...source.problem import quoted
from ...source.schema import LANGUAGE
from ..model import EventFacts, Room, Speaker, Track
from .names import Names, is_true, rooms_of, speakers_of, tracks_of
from .pieces import Faults, piece_of, texts
from .times import parse_zone

HEAD_KEYS = ("zone", "rooms", "tracks", "speakers", "languages", "breaks", "strict")


class Head(Struct):
    """The zone of all times, and the names that items may use; items add names to it."""

    zone: str = ""
    strict: bool = False
    languages: tuple[str, ...] = ()
    breaks: frozenset[str] = frozenset()
    """Additional words that mark a break at either end of its title, in lower case."""
    rooms: Names[Room] = field(default_factory=lambda: Names("room", Room))
    tracks: Names[Track] = field(default_factory=lambda: Names("track", Track))
    speakers: Names[Speaker] = field(default_factory=lambda: Names("speaker", Speaker))


def read_head(entries: Mapping[str, Marked], event: EventFacts | None, faults: Faults) -> Head:
    """Return the head with everything that is declared; report what cannot be read.

    The event's zone applies if the head names none, and the event's speaker files are always known.
    """
    head = Head(zone=event.event.zone if event else "")
    if "zone" in entries and (piece := piece_of(entries["zone"], faults)):
        head.zone = parse_zone(piece, faults) or head.zone or "UTC"
    head.strict = "strict" in entries and is_true(entries["strict"], faults)
    head.languages = _languages(entries, faults)
    head.breaks = frozenset(word.casefold() for word in _texts(entries, "breaks", faults))
    _declare(head, entries, faults)
    for speaker in event.speakers if event else ():
        head.speakers.add(speaker)
    return head


def _declare(head: Head, entries: Mapping[str, Marked], faults: Faults) -> None:
    if "rooms" in entries:
        head.rooms.declare(rooms_of(entries["rooms"], faults))
    if "tracks" in entries:
        head.tracks.declare(tracks_of(entries["tracks"], faults))
    if "speakers" in entries:
        head.speakers.declare(speakers_of(entries["speakers"], faults))


def _languages(entries: Mapping[str, Marked], faults: Faults) -> tuple[str, ...]:
    pieces = texts(entries["languages"], faults) if "languages" in entries else ()
    for piece in pieces:
        if not LANGUAGE.fullmatch(piece.text):
            faults.add(piece, found=quoted(piece.text), expected="a language tag like en or pt-BR")
    return tuple(piece.text for piece in pieces if LANGUAGE.fullmatch(piece.text))


def _texts(entries: Mapping[str, Marked], key: str, faults: Faults) -> list[str]:
    return [piece.text for piece in texts(entries[key], faults)] if key in entries else []
