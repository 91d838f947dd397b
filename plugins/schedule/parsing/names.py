"""Find rooms, tracks and speakers: declared at the top of a schedule, or named in an item.

    rooms    = "[" name *( "," name ) "]" / list of name or mapping / mapping of name to mapping
    mapping  = "name", "id" and the keys of the thing, like "capacity"

If a schedule declares rooms, a room that is not declared is a problem; the same holds for tracks
and speakers. Without a declaration, every name that an item uses becomes one, in order of use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Generic

from ...source.marked import Marked
from ...source.problem import did_you_mean, one_of, quoted
from ...source.slug import free, slugify
from ..model import Link, N, Room, Speaker, Track
from .pieces import Faults, Piece, key_piece, piece_of, shown, texts

Facts = Mapping[str, Marked]
Make = Callable[[str, str, Facts, Faults], N]

ROOM_KEYS = ("name", "id", "note", "capacity", "shared", "guid")
TRACK_KEYS = ("name", "id", "summary")
SPEAKER_KEYS = ("name", "id", "affiliation", "pronouns", "summary", "links")

MOST_NAMED = 12
"""The number of known names up to which a problem lists them; it only counts more."""

TRUE = frozenset({"yes", "true", "on"})
FALSE = frozenset({"no", "false", "off"})


class Names(Generic[N]):
    """The rooms, tracks or speakers of a schedule, found by name or id."""

    def __init__(self, word: str, make: Callable[[str, str], N]) -> None:
        self.word, self.make = word, make
        self.known: dict[str, N] = {}
        self.is_declared = False
        self._ids: dict[str, str] = {}

    def add(self, thing: N) -> None:
        """Make a thing known under its name and its id."""
        self.known[thing.id] = thing
        self._ids[thing.id.casefold()] = thing.id
        self._ids[folded(thing.name)] = thing.id

    def declare(self, things: Iterable[N]) -> None:
        """Make the things known and the only valid ones: `find` reports every other name."""
        self.is_declared = True
        for thing in things:
            self.add(thing)

    def has(self, name: str) -> bool:
        """Return True if a thing has that name or id, whatever its case."""
        return folded(name) in self._ids

    def find(self, piece: Piece, faults: Faults) -> str:
        """Return the id of the thing with that name; add a thing if none has it.

        If things are declared, report the name that is missing among them; it is added all the
        same, so that a typing mistake loses nothing of the schedule.
        """
        if not self.has(piece.text):
            if self.is_declared:
                self._report(piece, faults)
            id = free(slugify(piece.text) or self.word, self.known)
            self.add(self.make(id, piece.text))
        return self._ids[folded(piece.text)]

    def all(self) -> tuple[N, ...]:
        """Return everything known, in the order of declaration or first use."""
        return tuple(self.known.values())

    def _report(self, piece: Piece, faults: Faults) -> None:
        names = [thing.name for thing in self.known.values()]
        few = 0 < len(names) <= MOST_NAMED
        faults.add(
            piece,
            found=f"the {self.word} {quoted(piece.text)}, which is not declared",
            expected=one_of(names) if few else f"one of the {len(names)} {self.word}s declared",
            hint=did_you_mean(piece.text, names) or f"add it to “{self.word}s” at the top",
        )


def rooms_of(node: Marked, faults: Faults) -> list[Room]:
    """Return the rooms that a schedule declares."""
    return _declared(node, "room", ROOM_KEYS, _room, faults)


def tracks_of(node: Marked, faults: Faults) -> list[Track]:
    """Return the tracks that a schedule declares."""
    return _declared(node, "track", TRACK_KEYS, _track, faults)


def speakers_of(node: Marked, faults: Faults) -> list[Speaker]:
    """Return the speakers that a schedule declares."""
    return _declared(node, "speaker", SPEAKER_KEYS, _speaker, faults)


def links_of(node: Marked, faults: Faults) -> tuple[Link, ...]:
    """Return the links of a `{label: address}` mapping or of a list of addresses."""
    if isinstance(node.value, dict):
        pairs = [(label, piece_of(child, faults)) for label, child in node.value.items()]
        return tuple(Link(label, piece.text) for label, piece in pairs if piece)
    children = node.value if isinstance(node.value, tuple) else (node,)
    pieces = [piece_of(child, faults) for child in children]
    return tuple(Link(piece.text, piece.text) for piece in pieces if piece)


def pairs_of(node: Marked, faults: Faults) -> tuple[tuple[str, str], ...]:
    """Return a mapping of texts as pairs, in its order."""
    if not isinstance(node.value, dict):
        faults.add(node, found=shown(node), expected="keys with texts")
        return ()
    pieces = ((key, piece_of(child, faults)) for key, child in node.value.items())
    return tuple((key, piece.text) for key, piece in pieces if piece)


def is_true(node: Marked, faults: Faults) -> bool:
    """Return True for yes, true or on; report a value that means neither true nor false."""
    word = str(node.value).lower()
    if word not in TRUE | FALSE:
        faults.add(node, found=shown(node), expected="true or false")
    return word in TRUE


def report_unknown_keys(
    facts: Facts, known: Iterable[str], faults: Faults, *, of: str
) -> dict[str, Marked]:
    """Return the known keys of a mapping, and report the others."""
    names = list(known)
    for key, node in facts.items():
        if key not in names:
            faults.add(
                key_piece(key, node, faults),
                found=f"the unknown key {quoted(key)} of {of}",
                expected=one_of(names),
                hint=did_you_mean(key, names),
            )
    return {key: node for key, node in facts.items() if key in names}


def text_of(facts: Facts, key: str, faults: Faults) -> str:
    """Return the text of a key; empty if the key is missing."""
    piece = piece_of(facts[key], faults) if key in facts else None
    return piece.text if piece else ""


def folded(name: str) -> str:
    """Return a name in the form in which names are compared: one space between words, no case."""
    return " ".join(name.split()).casefold()


def _declared(
    node: Marked, word: str, keys: tuple[str, ...], make: Make[N], faults: Faults
) -> list[N]:
    found: dict[str, N] = {}
    for piece, facts in _entries(node, word, keys, faults):
        own = text_of(facts, "id", faults)
        id = own or slugify(piece.text) or word
        if id in found:
            faults.add(
                piece,
                found=f"the {word} {quoted(piece.text)} again",
                expected=f"each {word} once",
                hint="two of one name are told apart by an “id” each",
            )
        else:
            found[id] = make(id, piece.text, facts, faults)
    return list(found.values())


def _entries(
    node: Marked, word: str, keys: tuple[str, ...], faults: Faults
) -> list[tuple[Piece, Facts]]:
    """Return each declared name with its keys."""
    if isinstance(node.value, dict):
        return [
            (key_piece(name, child, faults), _facts(child, word, keys, faults))
            for name, child in node.value.items()
        ]
    if not isinstance(node.value, tuple):
        return [(piece, {}) for piece in texts(node, faults)]
    entries = [_entry(child, word, keys, faults) for child in node.value]
    return [entry for entry in entries if entry]


def _entry(
    node: Marked, word: str, keys: tuple[str, ...], faults: Faults
) -> tuple[Piece, Facts] | None:
    if not isinstance(node.value, dict):
        piece = piece_of(node, faults)
        return (piece, {}) if piece else None
    facts = _facts(node, word, keys, faults)
    if "name" in facts:
        piece = piece_of(facts["name"], faults)
        return (piece, facts) if piece else None
    faults.add(node, found=f"a {word} without a name", expected="{name: …}")
    return None


def _facts(node: Marked, word: str, keys: tuple[str, ...], faults: Faults) -> Facts:
    if node.value is None:
        return {}
    if isinstance(node.value, dict):
        return report_unknown_keys(node.value, keys, faults, of=f"a {word}")
    faults.add(node, found=shown(node), expected=f"the {word}'s keys: {one_of(keys)}")
    return {}


def _room(id: str, name: str, facts: Facts, faults: Faults) -> Room:
    return Room(
        id,
        name,
        text_of(facts, "note", faults),
        _number(facts["capacity"], faults) if "capacity" in facts else None,
        "shared" in facts and is_true(facts["shared"], faults),
        text_of(facts, "guid", faults),
    )


def _track(id: str, name: str, facts: Facts, faults: Faults) -> Track:
    return Track(id, name, text_of(facts, "summary", faults))


def _speaker(id: str, name: str, facts: Facts, faults: Faults) -> Speaker:
    return Speaker(
        id,
        name,
        affiliation=text_of(facts, "affiliation", faults),
        pronouns=text_of(facts, "pronouns", faults),
        summary=text_of(facts, "summary", faults),
        links=links_of(facts["links"], faults) if "links" in facts else (),
    )


def _number(node: Marked, faults: Faults) -> int | None:
    if isinstance(node.value, str) and node.value.isascii() and node.value.isdigit():
        return int(node.value)
    faults.add(node, found=shown(node), expected="a whole number")
    return None
