"""Gives every session, room, track and person a distinct id, and every session a distinct key.

id     the one of the last import / the file's own, made safe for addresses / from title or name
key    the file's own, else from the title: with it the next import recognises the session
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from msgspec.structs import replace

from ...source.problem import quoted
from ...source.schema import SLUG
from ...source.slug import is_reserved, slugify
from ..parsing.ids import Wish, distinct_ids
from ..parsing.items import EVERY_ROOM
from ..parsing.names import folded
from .model import Doubt, Foreign, ForeignPerson, ForeignRoom, ForeignSession, ForeignTrack, Settled

T = TypeVar("T", ForeignRoom, ForeignTrack, ForeignPerson)


def with_ids(
    placed: Sequence[Settled], known: Mapping[str, str], doubts: list[Doubt]
) -> list[Settled]:
    """Return the sessions with distinct ids and keys; known sessions keep their ids."""
    _tell_twice(placed, lambda said: said.texts.guid, "guid", doubts)
    _tell_twice(placed, lambda said: said.texts.uid, "UID", doubts)
    _tell_twice(placed, lambda said: said.number, "id", doubts)
    keyed = _with_keys(placed)
    order = sorted(range(len(keyed)), key=lambda number: keyed[number].key not in known)
    wishes = [_wish(keyed[number], known) for number in order]
    ids = dict(zip(order, distinct_ids(wishes, word="session"), strict=True))
    return [replace(each, id=ids[number]) for number, each in enumerate(keyed)]


def _wish(session: Settled, known: Mapping[str, str]) -> Wish:
    own = known.get(session.key) or _safe_id(session.said.number, "session")
    return Wish(own, _safe_id(session.said.title, "session"))


def _tell_twice(
    placed: Iterable[Settled],
    id_of: Callable[[ForeignSession], str],
    told: str,
    doubts: list[Doubt],
) -> None:
    """Add a doubt for every id that an earlier session already has."""
    seen: dict[str, ForeignSession] = {}
    for each in placed:
        said = each.said
        value = id_of(said)
        if value and value in seen:
            first = seen[value]
            where = f" (line {first.line})" if first.line else ""
            found = f"the {told} {quoted(value)} of {quoted(said.title)}"
            found += f", which {quoted(first.title)}{where} has already"
            doubts.append(Doubt(said.line, found, "both are kept, the second under one of its own"))
        elif value:
            seen[value] = said


def _with_keys(placed: Iterable[Settled]) -> list[Settled]:
    """Return the sessions with distinct keys; only the first of equals keeps its guid or UID."""
    keys, marks, found = Counter[str](), set[str](), list[Settled]()
    for each in placed:
        said, texts = each.said, each.said.texts
        key = each.key or f"title {slugify(said.title)}"
        keys[key] += 1
        own = replace(
            texts,
            guid="" if texts.guid in marks else texts.guid,
            uid="" if texts.uid in marks else texts.uid,
        )
        marks |= {texts.guid, texts.uid}
        distinct = key if keys[key] == 1 else f"{key} {keys[key]}"
        found.append(replace(each, key=distinct, said=replace(said, texts=own)))
    return found


def rooms_by_id(foreign: Foreign) -> dict[str, ForeignRoom]:
    """Return all rooms that are described or used, by id, in order."""
    used = (ForeignRoom(name=name) for session in foreign.sessions for name in session.rooms)
    rooms = [room for room in (*foreign.rooms, *used) if room.name.casefold() not in EVERY_ROOM]
    return _by_id(rooms, "room")


def tracks_by_id(foreign: Foreign) -> dict[str, ForeignTrack]:
    """Return all tracks that are described or used, by id, in order."""
    used = (ForeignTrack(name=session.track) for session in foreign.sessions if session.track)
    return _by_id([*foreign.tracks, *used], "track")


def people_by_id(foreign: Foreign) -> dict[str, ForeignPerson]:
    """Return everybody who is described or speaks, by id, in order."""
    used = (ForeignPerson(name=name) for session in foreign.sessions for name in session.speakers)
    described = [person for person in foreign.people if person.name]
    return _by_id([*described, *used], "speaker")


def _by_id(things: Iterable[T], word: str) -> dict[str, T]:
    """Return the named things by id; of several with the same name only the first."""
    first: dict[str, T] = {}
    for thing in things:
        if thing.name:
            first.setdefault(folded(thing.name), thing)
    wishes = [Wish("", _safe_id(thing.name, word)) for thing in first.values()]
    ids = distinct_ids(wishes, word=word)
    return dict(zip(ids, first.values(), strict=True))


def _safe_id(words: str, word: str) -> str:
    """Return the words as a part of an address, without signs that some scripts have on letters.

    `word` goes before a name that some systems reserve for a device.
    """
    id = "".join(c for c in slugify(words) if c.isalnum() or c in "-_.~")
    id = f"{word}-{id}" if is_reserved(id) else id
    return id if SLUG.fullmatch(id) else ""
