"""The changes that readers will notice in a publish: pages, redirects, feed entries, calendars."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from ..site.ledger import DocumentRecord, Ledger, SessionRecord
from ..site.site import Row, Site, without_index
from .records import TRAITS
from .redirects import redirects_of

Sums = Mapping[str, str]
"""The SHA-256 digest of each file, by its path below the output."""

Names = tuple[str, ...]

SHOWN = 3
"""The number of names of a sort in a line; the JSON has all of them."""


class Pages(Struct, frozen=True):
    """The addresses of pages, without redirects."""

    new: Names
    changed: Names | None
    """None if there is no copy of a publish to compare with."""
    gone: Names


class Subscribers(Struct, frozen=True):
    """The titles of entries, as subscribers of a feed will see them."""

    new: Names
    updated: Names
    again: Names
    """Entries that are shown as new although readers know them."""
    lost: Names
    """Published entries that are nowhere to be found, though nobody has given them up."""
    withdrawn: Names
    """Drafts again, or expired: their author wanted it."""


class Calendars(Struct, frozen=True):
    """Sessions, by event and id, as people see them who have an event in their calendar."""

    new: Names
    moved: Names
    """Sessions at another time or place."""
    cancelled: Names
    changed: Names
    """Sessions with any other change."""


class Changes(Struct, frozen=True):
    """Everything that readers will notice."""

    pages: Pages
    redirects: tuple[tuple[str, str], ...]
    """New redirects: the old address, and where it leads."""
    feeds: Pages
    """The addresses of feeds and calendars."""
    subscribers: Subscribers
    calendars: Calendars


class Before(Struct, frozen=True):
    """The ledger and digests of the last publish; both are empty before the first."""

    ledger: Ledger
    """The ledger as that publish wrote it; the one in the content folder may have been edited."""
    sums: Sums | None
    """The digests of its files; None if this machine does not have them."""


def find_changes(
    site: Site, rows: Sequence[Row], *, after: Ledger, sums: Sums, before: Before
) -> Changes:
    """Return the changes that a publish of the site makes.

    `after` is the ledger that it writes, `sums` are the digests of its files.
    """
    redirects = redirects_of(site, rows)
    return Changes(
        pages=_pages(site, after, sums, redirects, before),
        redirects=_new_redirects(site.ledger, redirects, before.sums),
        feeds=_feeds(site.ledger, after, sums, before.sums),
        subscribers=_subscribers(site, after, sums, before),
        calendars=calendar_changes(site.ledger, after),
    )


def calendar_changes(then: Ledger, now: Ledger) -> Calendars:
    """Return the changes for people who have an event in their calendar."""
    new = now.sessions.keys() - then.sessions.keys()
    both = {name: (then.sessions[name], now.sessions[name]) for name in now.sessions.keys() - new}
    cancelled = {n for n, (old, own) in both.items() if _is_off(own) and not _is_off(old)}
    moved = {n for n, (old, own) in both.items() if own.sequence > old.sequence} - cancelled
    changed = {n for n, (old, own) in both.items() if own.stamp != old.stamp} - cancelled - moved
    return Calendars(*(tuple(sorted(names)) for names in (new, moved, cancelled, changed)))


def _is_off(session: SessionRecord) -> bool:
    return session.state is not None and session.state.status == "cancelled"


def lines(changes: Changes) -> list[str]:
    """Return the changes in a few lines, for a person."""
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
    """Yield the keys of the entries whose lasting ids the ledger has lost."""
    ids = {record.id for record in now.documents.values()}
    for source, record in then.documents.items():
        if record.id and record.id not in ids:
            yield f"document {source}"
    uids = {record.uid for record in now.sessions.values()}
    for name, session in then.sessions.items():
        if session.uid not in uids:
            yield f"session {name}"


def _counted(names: Names) -> str:
    """Return the number and the first few names, like `2 (“a”, “b”)`."""
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
    """Return the new redirects, by old address.

    They are those where a page was, or where the last publish had nothing.
    """
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
    """Return the records of documents that have been entries of a feed, by id."""
    return {record.id: record for record in ledger.documents.values() if record.id}


def _left(
    prior: Mapping[str, DocumentRecord], now: Mapping[str, DocumentRecord]
) -> list[DocumentRecord]:
    """Return the records that readers know and that no document has any more."""
    return [r for id, r in prior.items() if not r.gone and (id not in now or now[id].gone)]


def _is_same(new: DocumentRecord, old: DocumentRecord) -> bool:
    return any(trait(new) == trait(old) for trait in TRAITS if old.addresses)


def _is_newer(now: DocumentRecord, then: DocumentRecord) -> bool:
    return bool(now.updated) and now.updated != then.updated


def _titles(records: Iterable[DocumentRecord]) -> Names:
    return tuple(sorted(record.title for record in records))
