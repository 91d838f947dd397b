"""The import of an old feed's entries, so that moving here shows readers nothing twice.

It reads Atom, RSS (0.9x, 1.0, 2.0) and JSON Feed, told apart by their contents. The file comes from
elsewhere, so nothing in it is trusted: its size is limited, a DTD is refused, no entity is expanded
and nothing is fetched.
"""

from __future__ import annotations

import html
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from ..site.ledger import DocumentRecord, Ledger
from ..site.site import Site
from ..source.problem import Place, Problem, Problems, Severity, quoted
from ..source.text import FORBIDDEN
from .records import path_at

MOST_BYTES = 50_000_000
"""The largest file that is read: ten times the longest whole archive that is known to us."""


class OldEntry(Struct, frozen=True):
    """An entry as the old site's subscribers know it."""

    id: str
    url: str
    title: str
    published: str
    """An ISO 8601 date and time with its offset, or empty."""
    line: int


class OldFeed(Struct, frozen=True):
    """The address and the entries of an old feed."""

    file: str
    """The file's name in problems."""
    url: str
    """The feed's own address, or empty."""
    entries: tuple[OldEntry, ...]


def parse_feed(file: str, data: bytes, problems: Problems) -> OldFeed | None:
    """Return the feed in a file; report a problem and return None if it is no feed or too large."""
    if len(data) > MOST_BYTES:
        found = f"a file of {len(data)} bytes"
        problems.append(Problem(Place(file), found, f"one of at most {MOST_BYTES}"))
        return None
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _parse_json(file, data, problems)
    return _parse_xml(file, data, problems)


def adopted(site: Site, feed: OldFeed, problems: Problems) -> Ledger:
    """Return the ledger with the ids and first dates of a feed's entries for the posts they match.

    Entries without a post get a warning. Posts that were published here already do not change.
    """
    known = {record.id for record in site.ledger.documents.values()}
    open_entries = [entry for entry in feed.entries if entry.id not in known]
    posts = {s: r for s, r in site.records.items() if r.id and s not in site.ledger.documents}
    found: dict[str, OldEntry] = {}
    for of_entry, of_post in _traits(site):
        for entry, source in _matches(open_entries, posts, of_entry, of_post):
            found[source] = entry
            open_entries.remove(entry)
            del posts[source]
    problems += [_unmatched(feed, entry) for entry in open_entries]
    records = {s: _record(site, site.records[s], entry) for s, entry in found.items()}
    return replace(
        site.ledger,
        site=site.first_name,
        documents=dict(sorted({**site.ledger.documents, **records}.items())),
        feeds={**dict.fromkeys(_own_path(site, feed.url), ""), **site.ledger.feeds},
    )


Key = Callable[[OldEntry], str]
Keys = Callable[[str, DocumentRecord], Iterable[str]]


def _traits(site: Site) -> tuple[tuple[Key, Keys], ...]:
    """Return the traits by which a post is recognized, the surest first: address, slug, title."""
    slugs = {document.source: document.slug for document in site.documents}
    return (
        (lambda entry: _path(site, entry.url), lambda _, record: record.addresses),
        (lambda entry: _slug(entry.url), lambda source, _: [slugs[source]]),
        (lambda entry: _folded(entry.title), lambda _, record: [_folded(record.title)]),
    )


def _matches(
    entries: Iterable[OldEntry], posts: Mapping[str, DocumentRecord], of_entry: Key, of_post: Keys
) -> list[tuple[OldEntry, str]]:
    """Return the pairs of an entry and a post that share a trait with each other only."""
    by_trait: dict[str, tuple[list[OldEntry], list[str]]] = defaultdict(lambda: ([], []))
    for entry in entries:
        by_trait[of_entry(entry)][0].append(entry)
    for source, record in posts.items():
        for value in of_post(source, record):
            by_trait[value][1].append(source)
    pairs = [(e[0], p[0]) for value, (e, p) in by_trait.items() if value and len(e) == len(p) == 1]
    once: dict[str, OldEntry] = {}
    for entry, source in pairs:
        once.setdefault(source, entry)
    return [(entry, source) for source, entry in once.items()]


def _record(site: Site, record: DocumentRecord, entry: OldEntry) -> DocumentRecord:
    """Return the post's record as if the entry had been published here.

    It gets the entry's id, date and address.
    """
    old = [path for path in _own_path(site, entry.url) if path not in record.addresses]
    return replace(
        record,
        id=entry.id,
        published=entry.published or record.published,
        addresses=(*old, *record.addresses),
    )


def _own_path(site: Site, url: str) -> list[str]:
    """Return the path below the output of an address of this site; none for another site's."""
    parts, own = urlsplit(url), urlsplit(site.settings.address)
    is_own = parts.netloc.lower() == own.netloc.lower() and not parts.query
    path = _path(site, url)
    is_plain = not {"", ".", ".."} & set(path.split("/")) and not FORBIDDEN.search(path)
    return [path] if is_own and is_plain else []


def _path(site: Site, url: str) -> str:
    path = unquote(urlsplit(url).path)
    return path_at("/" + path.removeprefix(site.settings.base).removeprefix("/")) if path else ""


def _slug(url: str) -> str:
    page = PurePosixPath(unquote(urlsplit(url).path))
    return (page.parent.name if page.stem == "index" else page.stem).lower()


def _folded(title: str) -> str:
    return " ".join(html.unescape(title).casefold().split())


def _unmatched(feed: OldFeed, entry: OldEntry) -> Problem:
    return Problem(
        Place(feed.file, entry.line),
        found=f"the entry {quoted(entry.title or entry.url or entry.id)}, whose post is not here",
        expected="a post with its address, slug or title",
        hint=f"if there is one, write `aliases: [{urlsplit(entry.url).path or '/…/'}]` into it and"
        " adopt the feed again",
        severity=Severity.WARNING,
    )


def _parse_json(file: str, data: bytes, problems: Problems) -> OldFeed | None:
    try:
        feed = json.loads(data)
        items = feed["items"] if "jsonfeed.org" in str(feed.get("version")) else None
    except (ValueError, KeyError, RecursionError):
        items = None
    if not isinstance(items, list):
        problems.append(_no_feed(file, "no JSON Feed"))
        return None
    entries = [_json_entry(item) for item in items if isinstance(item, dict)]
    return _feed(file, str(feed.get("feed_url") or ""), entries)


def _json_entry(item: Mapping[str, Any]) -> OldEntry:
    def text(key: str) -> str:
        return _clean(str(item.get(key) or ""))

    published = _moment(text("date_published"))
    return OldEntry(text("id"), text("url"), text("title"), published, 0)


def _parse_xml(file: str, data: bytes, problems: Problems) -> OldFeed | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        reason = str(error.msg).partition(", line ")[0]
        problems.append(_no_feed(file, f"broken XML ({reason})", error.lineno or 0))
        return None
    if root.getroottree().docinfo.doctype:
        problems.append(_no_feed(file, "a document type, which no feed needs", 1))
        return None
    if _name(root) not in {"feed", "rss", "RDF"}:
        problems.append(_no_feed(file, f"the element {quoted(_name(root))}", root.sourceline or 0))
        return None
    links = [link for link in root.iter("{*}link") if link.get("rel") == "self"]
    own = links[0].get("href", "") if links else ""
    return _feed(file, own, [_xml_entry(item) for item in root.iter("{*}entry", "{*}item")])


def _xml_entry(item: etree._Element) -> OldEntry:
    texts: dict[str, str] = {}
    for child in item:
        if isinstance(child.tag, str):
            texts.setdefault(_name(child), _clean("".join(map(str, child.itertext()))))
    url = _link(item) or texts.get("link", "")
    dates = [texts.get(name, "") for name in ("published", "issued", "pubDate", "date", "updated")]
    return OldEntry(
        id=texts.get("id") or texts.get("guid") or url,
        url=url,
        title=texts.get("title", ""),
        published=next(filter(None, map(_moment, dates)), ""),
        line=item.sourceline or 0,
    )


def _link(item: etree._Element) -> str:
    """Return Atom's link to the page."""
    links = [c for c in item.iterchildren("{*}link") if c.get("rel", "alternate") == "alternate"]
    return _clean(str(links[0].get("href", ""))) if links else ""


def _name(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def _feed(file: str, url: str, entries: Sequence[OldEntry]) -> OldFeed:
    """Return the feed with each id once: the first entry with an id is the newest."""
    by_id = {entry.id: entry for entry in reversed(entries) if entry.id}
    return OldFeed(file, url, tuple(reversed(by_id.values())))


def _clean(text: str) -> str:
    return FORBIDDEN.sub("", text).strip()


def _moment(text: str) -> str:
    """Return the moment in ISO 8601, from ISO 8601 or RFC 5322; empty for any other text."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(text)
        except ValueError:
            continue
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()
    return ""


def _no_feed(file: str, found: str, line: int = 0) -> Problem:
    return Problem(Place(file, line), found, "a whole feed: Atom, RSS or JSON Feed")
