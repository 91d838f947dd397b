"""An event's programme against the ledger: what it is to hold next, and what readers are told.

Every build works this out, so that a preview shows what a publish would tell. Only a publish has a
moment: until then a session keeps its stamp, and the coming release has none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from ...site.ledger import Ledger, SessionRecord
from ...site.site import Site
from ..model import Day, Origin, Programme, PublishedSession, Session, TalkFile
from .diff import Change, Sort, changes, is_significant
from .next import next_record
from .state import (
    Stored,
    cancelled_session,
    known_state,
    origin_of,
    published_session,
    state_as_json,
    state_from_json,
    state_of,
    stored_state,
    with_file,
)

NO_FILES: Mapping[str, TalkFile] = MappingProxyType({})


class Release(Struct, frozen=True):
    """A publish at which a programme changed; the first one is the programme itself."""

    number: int
    """From 1."""
    moment: datetime | None
    """None for the one that the next publish makes."""
    count: int
    """How many sessions the programme had then."""
    changes: tuple[Change, ...]


class History(Struct, frozen=True):
    """A programme with what was published of it."""

    programme: Programme
    """With what was taken out of it, as cancelled, and with where sessions were before."""
    records: Mapping[str, SessionRecord]
    """By id of a session: what the ledger will hold of it."""
    releases: tuple[Release, ...] = ()
    """The newest first."""

    @property
    def version(self) -> str:
        """What the programme is called now; it changes when the programme does."""
        if not self.releases:
            return "draft"
        latest = max((record.stamp for record in self.records.values()), default="")
        return f"{self.releases[0].number} ({latest[:10]})"


def history_of(
    site: Site,
    slug: str,
    programme: Programme,
    *,
    texts: Mapping[str, str],
    modified: datetime | None,
    files: Mapping[str, TalkFile] = NO_FILES,
) -> History:
    """The history of an event; `texts` are the long texts of talks, `files` their files, by id."""
    known = records_of(site.ledger, slug)
    whole = _with_cancelled(programme, known, files)
    before = {id: known_state(record.state) for id, record in known.items() if record.state}
    after = {session.id: state_of(session, whole) for session in whole.sessions}
    found = changes(before, after) if known else ()
    keeper = _Keeper(site, slug, whole, known, {each.id: each for each in found}, modified)
    records = {s.id: keeper.record(s, texts.get(s.talk, "")) for s in whole.sessions}
    releases = list(_published(site.ledger, slug))
    if found or (whole.sessions and not known and site.settings.publish):
        moment = site.now.astimezone(UTC) if site.settings.publish else None
        number = max((release.number for release in releases), default=0) + 1
        releases.append(Release(number, moment, len(programme.sessions), found))
    releases.sort(key=lambda release: -release.number)
    return History(_with_origins(whole, records), records, tuple(releases))


def published_of(ledger: Ledger, slug: str) -> tuple[PublishedSession, ...]:
    """What readers know of an event's programme, with what was taken out of it."""
    known = records_of(ledger, slug).items()
    found = (published_session(id, record.state) for id, record in known)
    return tuple(each for each in found if each)


def records_of(ledger: Ledger, slug: str) -> dict[str, SessionRecord]:
    """What the ledger holds of an event's sessions, by their ids."""
    start = f"{slug}/"
    found = ((k, each) for k, each in ledger.sessions.items() if k.startswith(start))
    return {key.removeprefix(start): each for key, each in found if "#" not in key}


def remembered(ledger: Ledger, slug: str, history: History) -> Ledger:
    """The ledger with an event as this build publishes it."""
    sessions = {f"{slug}/{id}": record for id, record in history.records.items()}
    releases = {
        f"{slug}/{each.number}": _as_json(each, each.moment)
        for each in history.releases
        if each.moment and f"{slug}/{each.number}" not in ledger.revisions
    }
    return replace(
        ledger,
        sessions={**ledger.sessions, **sessions},
        revisions={**ledger.revisions, **releases},
    )


class _Keeper(Struct, frozen=True):
    """Makes the records of one event's sessions."""

    site: Site
    slug: str
    programme: Programme
    known: Mapping[str, SessionRecord]
    found: Mapping[str, Change]
    modified: datetime | None

    def record(self, session: Session, text: str) -> SessionRecord:
        """What the ledger is to hold; what it holds already when nothing changed."""
        old, change = self.known.get(session.id), self.found.get(session.id)
        was = _origin(change, old, self.programme)
        state = stored_state(session, self.programme, was=was, text=text)
        return next_record(
            old,
            state,
            site=self.site,
            uid=self._uid(session),
            modified=self.modified,
            is_significant=change is not None and is_significant(change.sorts),
        )

    def _uid(self, session: Session) -> str:
        """Its own from where it was imported, else its id at the event's name and the host."""
        host = urlsplit(self.site.settings.address).hostname
        return session.texts.uid or f"{session.id}@{self.slug}.{host}"


def _origin(
    change: Change | None, old: SessionRecord | None, programme: Programme
) -> Origin | None:
    """Where a session was before its last move."""
    stored: Stored = old.state if old else {}
    if not change or not change.before or not change.after.is_on:
        return origin_of(stored, programme)
    start = change.before.start if change.before.start != change.after.start else ""
    rooms = " ".join(change.before.rooms) if Sort.ROOM in change.sorts else ""
    moved = origin_of({"was": start, "was rooms": rooms}, programme)
    return moved or origin_of(stored, programme)


def _with_cancelled(
    programme: Programme, known: Mapping[str, SessionRecord], files: Mapping[str, TalkFile]
) -> Programme:
    """The programme with what was published and is no more."""
    ids = {session.id for session in programme.sessions}
    uids = {session.texts.uid for session in programme.sessions}
    order = len(ids)
    gone = []
    for id, record in known.items():
        if id not in ids and record.uid not in uids:
            order += 1
            off = cancelled_session(id, record.state, programme, order=order)
            gone.append(off and with_file(off, files.get(id)))
    return _with_sessions(programme, [each for each in gone if each])


def _with_sessions(programme: Programme, more: Iterable[Session]) -> Programme:
    days = {day.date: day for day in programme.days}
    for session in more:
        day = days.get(session.day, Day(session.day, "", ()))
        days[session.day] = replace(day, sessions=(*day.sessions, session))
    return replace(programme, days=tuple(day for _, day in sorted(days.items())))


def _with_origins(programme: Programme, records: Mapping[str, SessionRecord]) -> Programme:
    """The programme with marks at what moved; an author's own count more."""

    def marked(session: Session) -> Session:
        if session.origin or not session.is_on:
            return session
        return replace(session, origin=origin_of(records[session.id].state, programme))

    days = (replace(d, sessions=tuple(map(marked, d.sessions))) for d in programme.days)
    return replace(programme, days=tuple(days))


def _as_json(release: Release, moment: datetime) -> str:
    told = [
        {
            "id": each.id,
            "sorts": list(each.sorts),
            "before": state_as_json(each.before),
            "after": state_as_json(each.after),
        }
        for each in release.changes
    ]
    data = {"date": moment.isoformat(timespec="seconds"), "sessions": release.count}
    return json.dumps({**data, "changes": told}, ensure_ascii=False, sort_keys=True)


def _published(ledger: Ledger, slug: str) -> Iterator[Release]:
    for key, text in ledger.revisions.items():
        event, _, number = key.rpartition("/")
        if event == slug and number.isdecimal() and (release := _read(int(number), text)):
            yield release


def _read(number: int, text: str) -> Release | None:
    """The release that the ledger holds; None for a text that somebody spoilt."""
    try:
        data = json.loads(text)
        moment = datetime.fromisoformat(data["date"])
        told = tuple(_change(each) for each in data["changes"])
        return Release(number, moment, int(data["sessions"]), told)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _change(data: Mapping[str, Any]) -> Change:
    after = state_from_json(data["after"])
    assert after
    return Change(
        id=str(data["id"]),
        sorts=tuple(Sort(sort) for sort in data["sorts"]),
        before=state_from_json(data["before"]),
        after=after,
    )
