"""Computes the ledger's next records of the entries of a post's itineraries.

    posts/trip.md#lax-mel       an entry of the first itinerary, by its id
    posts/trip.md#2/lax-mel     one of the second

The state of a record has everything that the entry shows in a calendar (formats/ical/itinerary.py).
An entry without a time has no record, unless it is a stay. An entry that was taken out of a plan
stays, cancelled.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from urllib.parse import urlsplit

from msgspec.structs import replace

from ...markdown.document import Document
from ...site.ledger import EntryState, SessionRecord, State
from ...site.site import Site
from ...source.schema import PostFrontMatter
from ..model import Itinerary, Leg, Note, Status, Stay, Talk
from .next import next_record

Entry = Leg | Stay | Talk | Note


def records_of_itineraries(site: Site, document: Document) -> dict[str, SessionRecord]:
    """Return the next records of a post's entries, by key: entries in order, gone ones last."""
    front_matter, plans = document.front_matter, document.parts_of(Itinerary)
    if not plans or not isinstance(front_matter, PostFrontMatter):
        return {}
    start = f"{document.source}#"
    known = {key: each for key, each in site.ledger.sessions.items() if key.startswith(start)}
    states = {f"{start}{name}": _state(entry) for name, entry in _dated(plans)}
    gone = {
        key: replace(each.state, status=str(Status.CANCELLED))
        for key, each in known.items()
        if key not in states and isinstance(each.state, EntryState)
    }
    return {
        key: next_record(
            known.get(key),
            state,
            site=site,
            uid=_uid(site, document, key.removeprefix(start)),
            modified=front_matter.modified or front_matter.date,
            is_significant=key in known and _told(known[key].state) != _told(state),
        )
        for key, state in {**states, **gone}.items()
    }


def _dated(plans: tuple[Itinerary, ...]) -> Iterator[tuple[str, Entry]]:
    for number, plan in enumerate(plans, 1):
        for entry in plan.entries:
            if entry.start or isinstance(entry, Stay):
                yield f"{'' if number == 1 else f'{number}/'}{entry.id}", entry


def _state(entry: Entry) -> EntryState:
    start, end = entry.start, entry.end
    days = not start and isinstance(entry, Stay)
    last = (entry.until or entry.day) if isinstance(entry, Stay) else entry.day
    return EntryState(
        title=entry.title,
        start=start.iso if start else "",
        zone=start.zone if start else "",
        end=end.iso if start and end else "",
        end_zone=end.zone if start and end else "",
        day=f"{entry.day}" if days else "",
        day_after=f"{last + timedelta(days=1)}" if days else "",
        place=_place(entry),
        note=entry.note,
        status=str(entry.status),
    )


def _place(entry: Entry) -> str:
    """Return the place where an entry is, or begins; its title if it has none."""
    if isinstance(entry, Leg):
        return entry.departure.place
    return (entry.where if isinstance(entry, Talk | Note) else "") or entry.title


def _told(state: State | None) -> State | None:
    """Return the state without title and note, whose changes need no notice to calendars."""
    return replace(state, title="", note="") if isinstance(state, EntryState) else state


def _uid(site: Site, document: Document, name: str) -> str:
    """Return a UID that nothing else has; an entry with a record has the UID of that instead."""
    host = urlsplit(site.settings.address).hostname or "localhost"
    taken = {record.uid for record in site.ledger.sessions.values()}
    uids = (
        f"{name}{'' if number == 1 else f'-{number}'}@{document.slug}.posts.{host}"
        for number in count(1)
    )
    return next(uid for uid in uids if uid not in taken)
