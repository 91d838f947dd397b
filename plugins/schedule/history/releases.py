"""An event's programme against the ledger: what it is to hold next, and what readers are told.

Every build works this out, so that a preview shows what a publish would tell. Only a publish has a
moment: until then a session keeps its stamp, and the coming release has none.
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
    """What readers know of an event's programme, with what was taken out of it."""
    return tuple(published_session(id, state) for id, state in states_of(records_of(ledger, slug)))


def records_of(ledger: Ledger, slug: str) -> dict[str, SessionRecord]:
    """What the ledger holds of an event's sessions, by their ids."""
    start = f"{slug}/"
    found = ((k, each) for k, each in ledger.sessions.items() if k.startswith(start))
    return {key.removeprefix(start): each for key, each in found if "#" not in key}


def states_of(records: Mapping[str, SessionRecord]) -> Iterator[tuple[str, SessionState]]:
    """Yield what was published of each session, but for those that are gone for good."""
    for id, record in records.items():
        if isinstance(record.state, SessionState):
            yield id, record.state


def remembered(ledger: Ledger, slug: str, history: History) -> Ledger:
    """The ledger with an event as this build publishes it."""
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
        """Its own from where it was imported, else its id at the event's name and the host."""
        host = urlsplit(self.site.settings.address).hostname
        return session.texts.uid or f"{session.id}@{self.slug}.{host}"


def _origin(
    change: Change | None, old: SessionRecord | None, programme: Programme
) -> Origin | None:
    """Where a session was before its last move."""
    before = _origin_in(old, programme)
    if not change or not change.before or not change.after.is_on:
        return before
    start = change.before.start if change.before.start != change.after.start else ""
    rooms = change.before.rooms if Sort.ROOM in change.sorts else ()
    return origin_of(start, rooms, programme) or before


def _origin_in(record: SessionRecord | None, programme: Programme) -> Origin | None:
    """Where a session was before its last move, as a record holds it."""
    state = record.state if record else None
    if not isinstance(state, SessionState):
        return None
    return origin_of(state.was, state.was_rooms, programme)


def _with_cancelled(
    programme: Programme, known: Mapping[str, SessionRecord], files: Mapping[str, TalkFile]
) -> Programme:
    """The programme with what was published and is no more."""
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
    """The programme with marks at what moved; an author's own count more."""

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
