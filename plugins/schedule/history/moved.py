"""Finds the new address of a room, track or speaker whose name was corrected.

    a room or track   The new one has all sessions of a published one that no longer exists.
    a speaker         The name is nearly that of a published one who no longer exists, and the
                      speaker now gives a session of theirs; a replacement has another name.

This holds only if no other could be meant. In doubt, the author is asked
(plugins/ledger/vanished.py).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from difflib import SequenceMatcher

from msgspec import Struct

from ...site.ledger import SessionState
from ...site.site import Site
from .. import paths
from ..events import Edition, events_of
from ..model import Session, Status
from .releases import records_of, states_of

NEAR = 0.75
"""The least similarity (0 to 1) of two names of which one is taken for a spelling of the other."""

Held = Mapping[str, frozenset[str]]
"""The ids of sessions, by the id of the room, track or speaker that they belong to."""


class _Sort(Struct, frozen=True):
    """Rooms, tracks or speakers: their ids and paths, and a test for an old name of a new one."""

    known: Callable[[SessionState], Iterable[str]]
    """The ids in the state that was published."""
    path: Callable[[str, str], str]
    ids: Callable[[Session], Iterable[str]]
    is_same: Callable[[str, str, Held, Held], bool]
    """The test whether the first id is the old one of the second, by the sessions of both."""


def moved(site: Site, lost: Collection[str]) -> dict[str, str]:
    """Return the new path of each lost page whose name alone has changed, by the lost path.

    While an event is withheld, a lost list of events leads to the home page.
    """
    editions, lost = events_of(site).editions, frozenset(lost)
    resting = any(document.section == "event" for document in site.withheld)
    found = {paths.ALL: "index.html"} if resting else {}
    return found | dict(pair for edition in editions for pair in _moved(site, edition, lost))


def _moved(site: Site, edition: Edition, lost: Collection[str]) -> Iterator[tuple[str, str]]:
    known = states_of(records_of(site.ledger, edition.slug))
    states = {id: state for id, state in known if state.status != Status.CANCELLED}
    sessions = [session for session in edition.programme.sessions if session.is_on]
    for sort in SORTS:
        then = _held((id, sort.known(state)) for id, state in states.items())
        now = _held((session.id, sort.ids(session)) for session in sessions)
        gone = [id for id in then if sort.path(edition.slug, id) in lost]
        for old, new in _pairs(gone, then, now, sort):
            yield sort.path(edition.slug, old), sort.path(edition.slug, new)


def _held(sessions: Iterable[tuple[str, Iterable[str]]]) -> Held:
    found: dict[str, set[str]] = defaultdict(set)
    for session, ids in sessions:
        for id in ids:
            found[id].add(session)
    return {id: frozenset(held) for id, held in found.items()}


def _pairs(gone: Iterable[str], then: Held, now: Held, sort: _Sort) -> list[tuple[str, str]]:
    """Return each lost id with its new one, where neither could belong to another."""
    pairs = [(old, new) for old in gone for new in now if sort.is_same(old, new, then, now)]
    olds, news = Counter(old for old, _ in pairs), Counter(new for _, new in pairs)
    return [(old, new) for old, new in pairs if olds[old] == news[new] == 1]


def _holds_the_same(old: str, new: str, then: Held, now: Held) -> bool:
    return new not in then and then[old] == now[new]


def _is_spelt_alike(old: str, new: str, then: Held, now: Held) -> bool:
    taken_over = then[old] & (now[new] - then.get(new, frozenset()))
    return bool(taken_over) and SequenceMatcher(None, old, new).ratio() >= NEAR


SORTS = (
    _Sort(lambda s: s.rooms, paths.room, lambda s: s.rooms, _holds_the_same),
    _Sort(lambda s: s.track.split(), paths.track, lambda s: (s.track,), _holds_the_same),
    _Sort(lambda s: s.speakers, paths.speaker, lambda s: s.speakers, _is_spelt_alike),
)
