"""The records of documents: moved files are recognized, and a publish makes each record anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import TypeGuard

from msgspec.structs import replace

from ..markdown.document import Document
from ..site.feature import Feature
from ..site.ledger import DocumentRecord, Ledger, new_id
from ..site.site import PageRow, PelicanRow, Row, Site, WriterRow, file_for
from ..source.schema import FrontMatter, PostFrontMatter
from ..source.settings import SiteSettings

Trait = Callable[[DocumentRecord], Hashable]

TRAITS: tuple[Trait, ...] = (
    lambda record: record.addresses[-1],
    lambda record: (bool(record.published), _slug(record.addresses[-1])),
    lambda record: (record.title, record.published),
)
"""The traits that identify a moved file, the surest first: address; slug; title and date."""


def known_again(ledger: Ledger, documents: Sequence[Document], paths: Mapping[str, str]) -> Ledger:
    """Return the ledger with the record of each moved file under its new path.

    A file was moved if it is missing, and exactly one new file has the same address, or slug, or
    title and date. `paths` are the addresses of all documents, drafts too.
    """
    sources = {document.source for document in documents}
    lost = {s: r for s, r in ledger.documents.items() if s not in sources and not r.gone}
    if not lost:
        return ledger
    new = {d.source: _seen(d, paths) for d in documents if d.source not in ledger.documents}
    moved: dict[str, str] = {}
    for trait in TRAITS:
        pairs = _pairs(lost, new, trait)
        moved |= pairs
        for old, source in pairs.items():
            del lost[old], new[source]
    if not moved:
        return ledger
    records = {moved.get(source, source): record for source, record in ledger.documents.items()}
    sessions = {_moved(name, moved): record for name, record in ledger.sessions.items()}
    return replace(ledger, documents=records, sessions=sessions)


def _moved(name: str, moved: Mapping[str, str]) -> str:
    """Return the new name of a calendar's entry of a document: `posts/trip.md#lax-mel`."""
    source, mark, entry = name.rpartition("#")
    return f"{moved.get(source, source)}{mark}{entry}"


def records_of(
    ledger: Ledger,
    documents: Sequence[Document],
    paths: Mapping[str, str],
    *,
    settings: SiteSettings,
) -> dict[str, DocumentRecord]:
    """Return the record of each document, by source, as a publish would write it."""
    taken = {record.id for record in ledger.documents.values()}
    claimed, gone = _claims(documents, paths), given_up(settings, ledger)
    records = {}
    for document in documents:
        source, seen = document.source, _seen(document, paths)
        old = ledger.documents.get(source, DocumentRecord(()))
        kept = [a for a in old.addresses if a not in gone and claimed.get(a, source) == source]
        id = old.id
        if seen.published and not id:
            id = new_id(ledger.site or settings.name, source, taken)
        taken.add(id)
        records[source] = DocumentRecord(
            title=seen.title,
            id=id,
            published=old.published or seen.published,
            updated=seen.updated,
            addresses=_ordered([*kept, *_aliases(document)], last=paths[source]),
        )
    return records


def next_ledger(site: Site, rows: Iterable[Row], features: Iterable[Feature]) -> Ledger:
    """Return the ledger that a publish of the site writes."""
    rows = list(rows)
    known = {address for record in site.records.values() for address in record.addresses}
    pages = [row for row in rows if isinstance(row, PageRow) and row.path not in known]
    polled = [row for row in rows if isinstance(row, WriterRow) and row.is_polled]
    ledger = Ledger(
        site=site.first_name,
        documents=_documents(site, frozenset(row.path for row in rows)),
        sessions=site.ledger.sessions,
        pages=_lasting(site, site.ledger.pages, pages),
        feeds=_lasting(site, site.ledger.feeds, polled),
        revisions=site.ledger.revisions,
    )
    for feature in features:
        if feature.remember:
            ledger = feature.remember(site, ledger)
    return ledger


def moves(settings: SiteSettings, ledger: Ledger) -> dict[str, str | None]:
    """Return the old paths in REDIRECTS and where each leads; None for what is gone for good.

    An old address that ends in `*` stands for all published paths that begin with it; a `*` at the
    end of the new address stands for the rest of the old path.
    """
    found: dict[str, str | None] = {}
    for old, new in sorted(settings.redirects.items(), key=_breadth):
        start = old[1:-1] if old.endswith("*") else path_at(old)
        for path in _published(ledger, start) if old.endswith("*") else [start]:
            rest = path.removeprefix(start)
            to = path_at(new[:-1] + rest if new.endswith("*") else new) if new else None
            found.setdefault(path, to)
    return found


def withheld_folders(site: Site) -> tuple[str, ...]:
    """Return the folders of the pages of documents that are withheld.

    Their authors have not given up the pages below: an event that is a draft again hides its pages
    too.
    """
    records = (site.ledger.documents.get(document.source) for document in site.withheld)
    own = [record.addresses[-1] for record in records if record and record.addresses]
    return tuple(path.removesuffix("index.html") for path in own if path.endswith("/index.html"))


def given_up(settings: SiteSettings, ledger: Ledger) -> frozenset[str]:
    """Return the paths that the author has declared gone for good."""
    return frozenset(old for old, new in moves(settings, ledger).items() if new is None)


def path_at(address: str) -> str:
    """Return the path below the output of an address: `/tea/` gives `tea/index.html`."""
    return file_for(address.removeprefix("/"))


def _breadth(redirect: tuple[str, str | None]) -> tuple[bool, int]:
    """Return a sort key: exact addresses come first, and the shortest patterns last."""
    old, _ = redirect
    return old.endswith("*"), -len(old)


def _published(ledger: Ledger, start: str) -> list[str]:
    """Return every published path that begins with this text, sorted."""
    own = (address for record in ledger.documents.values() for address in record.addresses)
    paths = {*ledger.pages, *ledger.feeds, *own}
    return sorted(path for path in paths if path.startswith(start))


def _lasting(
    site: Site, before: Mapping[str, str], rows: Iterable[PageRow | WriterRow]
) -> dict[str, str]:
    """Return the target of each of these rows by path, and the old entries that are only withheld.

    The target is empty for a page or feed that leads nowhere else.
    """
    withheld = withheld_folders(site)
    resting = {path: to for path, to in before.items() if withheld and path.startswith(withheld)}
    now = {row.path: "" if isinstance(row, PelicanRow) else row.leads_to for row in rows}
    return dict(sorted((resting | now).items()))


def _documents(site: Site, served: Collection[str]) -> dict[str, DocumentRecord]:
    """Return the records of documents that have a page now, and of those published before.

    A talk's text has no page of its own while its event is a draft, or without its session.
    """
    lost = _claims(site.documents, site.paths).keys() | given_up(site.settings, site.ledger)
    documents = {
        source: record
        for source, record in site.records.items()
        if record.addresses[-1] in served or source in site.ledger.documents
    }
    for source, record in site.ledger.documents.items():
        if source not in documents:
            kept = tuple(address for address in record.addresses if address not in lost)
            gone = source not in site.marks
            documents[source] = replace(record, addresses=kept, gone=gone)
    return dict(sorted(documents.items()))


def _seen(document: Document, paths: Mapping[str, str]) -> DocumentRecord:
    """Return the record of a document as if it were published for the first time, without an id."""
    head = document.front_matter
    return DocumentRecord(
        title=head.title,
        published=head.date.isoformat() if _is_entry(head) else "",
        updated=head.modified.isoformat() if head.modified else "",
        addresses=(paths[document.source],),
    )


def _is_entry(head: FrontMatter) -> TypeGuard[PostFrontMatter]:
    """Return True if feeds have an entry for the document."""
    return isinstance(head, PostFrontMatter) and head.status != "hidden"


def _pairs(
    lost: Mapping[str, DocumentRecord], new: Mapping[str, DocumentRecord], trait: Trait
) -> dict[str, str]:
    """Return the old and new path of each record whose trait only one new document has."""
    olds, news = _by_trait(lost, trait), _by_trait(new, trait)
    return {
        olds[value][0]: news[value][0]
        for value in olds.keys() & news.keys()
        if len(olds[value]) == 1 and len(news[value]) == 1
    }


def _by_trait(records: Mapping[str, DocumentRecord], trait: Trait) -> dict[Hashable, list[str]]:
    groups: dict[Hashable, list[str]] = defaultdict(list)
    for source, record in records.items():
        if record.addresses:
            groups[trait(record)].append(source)
    return groups


def _slug(path: str) -> str:
    page = PurePosixPath(path)
    return page.parent.name if page.name == "index.html" else page.stem


def _claims(documents: Iterable[Document], paths: Mapping[str, str]) -> dict[str, str]:
    """Return, by address, the document whose page or alias it is now."""
    aliases = {alias: d.source for d in documents for alias in _aliases(d)}
    return aliases | {paths[document.source]: document.source for document in documents}


def _aliases(document: Document) -> list[str]:
    return [path_at(alias) for alias in document.front_matter.aliases]


def _ordered(addresses: Iterable[str], *, last: str) -> tuple[str, ...]:
    """Return each address once, in order, with the page's own last."""
    return (*(a for a in dict.fromkeys(addresses) if a != last), last)
