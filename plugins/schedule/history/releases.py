"""Compares an event's schedule with the ledger: the next records, and the changes for readers.

Every build computes this, so that a preview shows what a publish would report. Only a publish has a
moment: until then a session keeps its stamp, and the coming release has no moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from ...site.ledger import Change, Ledger, RevisionRecord, SessionRecord, SessionState, Sort
from ...site.site import Site
from ..model import Day, Origin, Programme, PublishedSession, Session, TalkFile
from .diff import changes, is_significant
from .next import next_record
from .state import (
    cancelled_session,
    origin_of,
    published_session,
    seen_now,
    seen_then,
    state_now,
    with_file,
)

NO_FILES: Mapping[str, TalkFile] = MappingProxyType({})


class Release(Struct, frozen=True):
    """A publish at which a schedule changed; the first one is the schedule itself."""

    number: int
    """The number, from 1."""
    moment: datetime | None
    """None for the release that the next publish makes."""
    count: int
    """The number of sessions in the schedule then."""
    changes: tuple[Change, ...]


class History(Struct, frozen=True):
    """A schedule with its published past."""

    programme: Programme
    """The schedule with removed sessions as cancelled, and with the origins of moved ones."""
    records: Mapping[str, SessionRecord]
    """The ledger's next records, by id of a session."""
    releases: tuple[Release, ...] = ()
    """The releases, newest first."""

    @property
    def version(self) -> str:
        """Return the name of the schedule's version; it changes when the schedule does."""
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
    """Return an event's history; `texts` are talks' long texts, `files` their files, both by id."""
    known = records_of(site.ledger, slug)
    whole = _with_cancelled(programme, known, files)
    before = {id: seen_then(state) for id, state in states_of(known)}
    after = {session.id: seen_now(session, whole) for session in whole.sessions}
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
    """Return the sessions that readers know of an event, with those removed from it."""
    return tuple(published_session(id, state) for id, state in states_of(records_of(ledger, slug)))


def records_of(ledger: Ledger, slug: str) -> dict[str, SessionRecord]:
    """Return the ledger's records of an event's sessions, by the sessions' ids."""
    start = f"{slug}/"
    found = ((k, each) for k, each in ledger.sessions.items() if k.startswith(start))
    return {key.removeprefix(start): each for key, each in found if "#" not in key}


def states_of(records: Mapping[str, SessionRecord]) -> Iterator[tuple[str, SessionState]]:
    """Yield the published state of each session, without those that are gone for good."""
    for id, record in records.items():
        if isinstance(record.state, SessionState):
            yield id, record.state


def remembered(ledger: Ledger, slug: str, history: History) -> Ledger:
    """Return the ledger with an event as this build publishes it."""
    sessions = {f"{slug}/{id}": record for id, record in history.records.items()}
    releases = {
        f"{slug}/{each.number}": _record(each, each.moment)
        for each in history.releases
        if each.moment and f"{slug}/{each.number}" not in ledger.revisions
    }
    return replace(
        ledger,
        sessions={**ledger.sessions, **sessions},
        revisions={**ledger.revisions, **releases},
    )


class _Keeper(Struct, frozen=True):
    """A maker of the records of one event's sessions."""

    site: Site
    slug: str
    programme: Programme
    known: Mapping[str, SessionRecord]
    found: Mapping[str, Change]
    modified: datetime | None

    def record(self, session: Session, text: str) -> SessionRecord:
        """Return the ledger's next record of a session; the present one if nothing changed."""
        old, change = self.known.get(session.id), self.found.get(session.id)
        was = _origin(change, old, self.programme)
        state = state_now(session, self.programme, was=was, text=text)
        return next_record(
            old,
            state,
            site=self.site,
            uid=self._uid(session),
            modified=self.modified,
            is_significant=change is not None and is_significant(change.sorts),
        )

    def _uid(self, session: Session) -> str:
        """Return an imported session's own UID, or its id at the event's slug and the host."""
        host = urlsplit(self.site.settings.address).hostname
        return session.texts.uid or f"{session.id}@{self.slug}.{host}"


def _origin(
    change: Change | None, old: SessionRecord | None, programme: Programme
) -> Origin | None:
    """Return the place and time of a session before its last move."""
    before = _origin_in(old, programme)
    if not change or not change.before or not change.after.is_on:
        return before
    start = change.before.start if change.before.start != change.after.start else ""
    rooms = change.before.rooms if Sort.ROOM in change.sorts else ()
    return origin_of(start, rooms, programme) or before


def _origin_in(record: SessionRecord | None, programme: Programme) -> Origin | None:
    """Return the place and time of a session before its last move, from a record."""
    state = record.state if record else None
    if not isinstance(state, SessionState):
        return None
    return origin_of(state.was, state.was_rooms, programme)


def _with_cancelled(
    programme: Programme, known: Mapping[str, SessionRecord], files: Mapping[str, TalkFile]
) -> Programme:
    """Return the schedule with published sessions that it no longer has, as cancelled."""
    ids = {session.id for session in programme.sessions}
    uids = {session.texts.uid for session in programme.sessions}
    order = len(ids)
    gone = []
    for id, state in states_of(known):
        if id not in ids and known[id].uid not in uids:
            order += 1
            off = cancelled_session(id, state, programme, order=order)
            gone.append(off and with_file(off, files.get(id)))
    return _with_sessions(programme, [each for each in gone if each])


def _with_sessions(programme: Programme, more: Iterable[Session]) -> Programme:
    days = {day.date: day for day in programme.days}
    for session in more:
        day = days.get(session.day, Day(session.day, "", ()))
        days[session.day] = replace(day, sessions=(*day.sessions, session))
    return replace(programme, days=tuple(day for _, day in sorted(days.items())))


def _with_origins(programme: Programme, records: Mapping[str, SessionRecord]) -> Programme:
    """Return the schedule with the origins of moved sessions; an author's own takes precedence."""

    def marked(session: Session) -> Session:
        if session.origin or not session.is_on:
            return session
        return replace(session, origin=_origin_in(records[session.id], programme))

    days = (replace(d, sessions=tuple(map(marked, d.sessions))) for d in programme.days)
    return replace(programme, days=tuple(days))


def _record(release: Release, moment: datetime) -> RevisionRecord:
    date = moment.isoformat(timespec="seconds")
    return RevisionRecord(date, release.count, release.changes)


def _published(ledger: Ledger, slug: str) -> Iterator[Release]:
    for key, record in ledger.revisions.items():
        event, _, number = key.rpartition("/")
        if event == slug and number.isdecimal():
            yield _release(int(number), record)


def _release(number: int, record: RevisionRecord) -> Release:
    moment = datetime.fromisoformat(record.date)
    return Release(number, moment, record.sessions, record.changes)
