"""What readers will notice of a publish: pages, redirects, entries of feeds, calendars."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from ..site.ledger import DocumentRecord, Ledger, SessionRecord
from ..site.site import Row, Site, without_index
from .records import TRAITS
from .redirects import redirects_of

Sums = Mapping[str, str]
"""The SHA-256 of each file, by its path below the output."""

Names = tuple[str, ...]

SHOWN = 3
"""How many of a sort are named in a line; JSON has them all."""


class Pages(Struct, frozen=True):
    """The addresses of pages, redirects aside."""

    new: Names
    changed: Names | None
    """None when no publish is kept to compare with."""
    gone: Names


class Subscribers(Struct, frozen=True):
    """The titles of entries, as those who have subscribed to a feed will see it."""

    new: Names
    updated: Names
    again: Names
    """Shown as new, though readers know them."""
    lost: Names
    """Published, and now nowhere to be found, though nobody gave them up."""
    withdrawn: Names
    """Drafts again, or expired: their author wanted it."""


class Calendars(Struct, frozen=True):
    """Sessions, by event and id, as those see them who have an event in their calendar."""

    new: Names
    moved: Names
    """To another time or place."""
    cancelled: Names
    changed: Names
    """In anything else."""


class Changes(Struct, frozen=True):
    """Everything that readers will notice."""

    pages: Pages
    redirects: tuple[tuple[str, str], ...]
    """Old addresses that are new as such, and where they lead."""
    feeds: Pages
    """The addresses of feeds and calendars."""
    subscribers: Subscribers
    calendars: Calendars


class Before(Struct, frozen=True):
    """What the last publish left: nothing before the first."""

    ledger: Ledger
    """As it wrote it; what stands in the content folder may have been edited since."""
    sums: Sums | None
    """The hashes of its files; None when they are not kept here."""


def find_changes(
    site: Site, rows: Sequence[Row], *, after: Ledger, sums: Sums, before: Before
) -> Changes:
    """The changes that a publish of the site makes; `after` is its ledger, `sums` its files'."""
    redirects = redirects_of(site, rows)
    return Changes(
        pages=_pages(site, after, sums, redirects, before),
        redirects=_new_redirects(site.ledger, redirects, before.sums),
        feeds=_feeds(site.ledger, after, sums, before.sums),
        subscribers=_subscribers(site, after, sums, before),
        calendars=calendar_changes(site.ledger, after),
    )


def calendar_changes(then: Ledger, now: Ledger) -> Calendars:
    """What those see of it who have an event in their calendar."""
    new = now.sessions.keys() - then.sessions.keys()
    both = {name: (then.sessions[name], now.sessions[name]) for name in now.sessions.keys() - new}
    cancelled = {n for n, (old, own) in both.items() if _is_off(own) and not _is_off(old)}
    moved = {n for n, (old, own) in both.items() if own.sequence > old.sequence} - cancelled
    changed = {n for n, (old, own) in both.items() if own.stamp != old.stamp} - cancelled - moved
    return Calendars(*(tuple(sorted(names)) for names in (new, moved, cancelled, changed)))


def _is_off(session: SessionRecord) -> bool:
    return session.state is not None and session.state.status == "cancelled"


def lines(changes: Changes) -> list[str]:
    """The changes in a few lines, for a person."""
    pages, feeds, entries = changes.pages, changes.feeds, changes.subscribers
    sessions = changes.calendars
    changed = "unknown" if pages.changed is None else _counted(pages.changed)
    found = [
        f"Pages: {_counted(pages.new)} new, {changed} changed, {_counted(pages.gone)} gone",
        f"Redirects: {_counted(tuple(f'{old} to {new}' for old, new in changes.redirects))} new",
        f"Feeds and calendars: {_counted(feeds.new)} new, {_counted(feeds.gone)} gone",
        f"For subscribers: {_counted(entries.new)} new, {_counted(entries.updated)} updated, "
        f"{_counted(entries.again)} would be shown again, {_counted(entries.lost)} would be lost"
        + (f", {_counted(entries.withdrawn)} withdrawn" if entries.withdrawn else ""),
    ]
    if changes.calendars != Calendars((), (), (), ()):
        found.append(
            f"In calendars: {_counted(sessions.new)} new, {_counted(sessions.moved)} moved, "
            f"{_counted(sessions.cancelled)} cancelled, {_counted(sessions.changed)} changed"
        )
    return found


def forgotten(now: Ledger, then: Ledger) -> Iterator[str]:
    """The keys of the entries whose lasting ids the ledger had, and has no more."""
    ids = {record.id for record in now.documents.values()}
    for source, record in then.documents.items():
        if record.id and record.id not in ids:
            yield f"document {source}"
    uids = {record.uid for record in now.sessions.values()}
    for name, session in then.sessions.items():
        if session.uid not in uids:
            yield f"session {name}"


def _counted(names: Names) -> str:
    """`2 (“a”, “b”)`; of many, a few."""
    shown = ", ".join(names[:SHOWN]) + (", …" if len(names) > SHOWN else "")
    return f"{len(names)} ({shown})" if names else "0"


def _pages(
    site: Site, after: Ledger, sums: Sums, redirects: Collection[str], before: Before
) -> Pages:
    pages = {path for path in sums if path.endswith(".html")}
    if before.sums is None:
        known = {r.addresses[-1] for r in site.ledger.documents.values() if r.addresses}
        known |= site.ledger.pages.keys()
        own = {record.addresses[-1] for record in site.records.values()} | after.pages.keys()
        new, gone = own.difference(known, redirects), known.difference(own, redirects)
        return Pages(_addresses(new), None, _addresses(gone))
    old = {path for path in before.sums if path.endswith(".html")}
    changed = {p for p in (old & pages).difference(redirects) if before.sums[p] != sums[p]}
    new = (pages - old).difference(redirects)
    return Pages(_addresses(new), _addresses(changed), _addresses(old - pages))


def _addresses(paths: Iterable[str]) -> Names:
    return tuple(sorted(f"/{without_index(path)}" for path in paths))


def _new_redirects(
    ledger: Ledger, redirects: Mapping[str, str], sums: Sums | None
) -> tuple[tuple[str, str], ...]:
    """Those where a page was, or where nothing was when the last publish is kept to tell."""
    records = [record for record in ledger.documents.values() if record.addresses]
    others = {**ledger.pages, **ledger.feeds}
    known = {address for record in records for address in record.addresses[:-1]}
    known |= {path for path, to in others.items() if to}
    pages = {record.addresses[-1] for record in records} | (others.keys() - known)
    there = redirects if sums is None else sums
    new = sorted(p for p in redirects if p in pages or (p not in there and p not in known))
    return tuple((f"/{without_index(path)}", redirects[path]) for path in new)


def _feeds(ledger: Ledger, after: Ledger, sums: Sums, old: Sums | None) -> Pages:
    now = {path for path, to in after.feeds.items() if not to and path in sums}
    then = set(ledger.feeds)
    changed = None
    if old is not None:
        changed = _addresses(path for path in now & then if old.get(path) != sums.get(path))
    return Pages(_addresses(now - then), changed, _addresses(then.difference(sums)))


def _subscribers(site: Site, after: Ledger, sums: Sums, before: Before) -> Subscribers:
    prior = _entries(before.ledger) | _entries(site.ledger)
    now = _entries(after)
    fresh = [record for id, record in now.items() if id not in prior]
    again = [record for record in fresh if any(_is_same(record, old) for old in _left(prior, now))]
    served = before.sums or {}
    return Subscribers(
        new=_titles(record for record in fresh if record not in again),
        updated=_titles(r for id, r in now.items() if id in prior and _is_newer(r, prior[id])),
        again=_titles(again),
        lost=_titles(r for r in now.values() if r.gone and not set(r.addresses) <= set(sums)),
        withdrawn=_titles(
            record
            for source, record in after.documents.items()
            if record.id and not record.gone and source not in site.records
            if record.addresses[-1:] and record.addresses[-1] in served
        ),
    )


def _entries(ledger: Ledger) -> dict[str, DocumentRecord]:
    """The records of what has been an entry of a feed, by id."""
    return {record.id: record for record in ledger.documents.values() if record.id}


def _left(
    prior: Mapping[str, DocumentRecord], now: Mapping[str, DocumentRecord]
) -> list[DocumentRecord]:
    """What readers know, and what is now nobody's any more."""
    return [r for id, r in prior.items() if not r.gone and (id not in now or now[id].gone)]


def _is_same(new: DocumentRecord, old: DocumentRecord) -> bool:
    return any(trait(new) == trait(old) for trait in TRAITS if old.addresses)


def _is_newer(now: DocumentRecord, then: DocumentRecord) -> bool:
    return bool(now.updated) and now.updated != then.updated


def _titles(records: Iterable[DocumentRecord]) -> Names:
    return tuple(sorted(record.title for record in records))
