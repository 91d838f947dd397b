"""Stage 2, collect: documents become a site, with addresses, links and the features' parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from ..ledger.records import known_again, records_of
from ..markdown.document import Document
from ..site.feature import Download, Feature, kinds_of, plain_makers
from ..site.ledger import Ledger
from ..site.links import Targets
from ..site.remembers import Remembers
from ..site.site import Site, StaticFile
from ..source.problem import Problem, Problems, Source
from ..source.settings import SiteSettings
from ..source.status import is_public, mark_of
from .pictures import sizes_of
from .scan import Found


def collect_site(
    documents: Sequence[Document],
    found: Found,
    data: Mapping[str, Source],
    raw: Mapping[str, bytes],
    ledger: Ledger,
    *,
    folder: Path,
    settings: SiteSettings,
    features: Sequence[Feature],
    now: datetime,
    problems: Problems,
    memo: Remembers,
) -> Site:
    """Return the site that this build shows, as of `now`."""
    documents, unsound = _parted(documents)
    marks = {d.source: mark for d in documents if (mark := mark_of(d.front_matter, now))}
    shown = [d for d in documents if not settings.publish or is_public(marks.get(d.source, ""))]
    everywhere = _paths(documents, features, settings)
    paths = {document.source: everywhere[document.source] for document in shown}
    ledger = known_again(ledger, documents, everywhere)
    targets = _targets(documents, shown, found, settings=settings, marks=marks, paths=paths)
    links, needed = _resolve([*shown, *unsound], targets, problems)
    files = _files(found.others, needed, folder, settings)
    site = Site(
        settings=settings,
        now=now,
        documents=tuple(shown),
        withheld=tuple(d for d in documents if d.source not in paths),
        unsound=unsound,
        marks=marks,
        paths=paths,
        links=links,
        data=data,
        raw=raw,
        kinds=kinds_of(features),
        files=files,
        sizes=sizes_of(shown, links, files, settings),
        plain=plain_makers(features),
        memo=memo,
        ledger=ledger,
        records=records_of(ledger, shown, paths, settings=settings),
    )
    site = _with_navigation(site, features)
    site = replace(site, downloads=_downloads(site, features))
    return with_parts(site, features, problems)


def _parted(documents: Sequence[Document]) -> tuple[tuple[Document, ...], tuple[Document, ...]]:
    """Return the documents that can be shown, and those whose problems are only reported."""
    sound = tuple(document for document in documents if document.is_sound)
    return sound, tuple(document for document in documents if not document.is_sound)


def _targets(
    documents: Sequence[Document],
    shown: Sequence[Document],
    found: Found,
    *,
    settings: SiteSettings,
    marks: Mapping[str, str],
    paths: Mapping[str, str],
) -> Targets:
    """Return the targets of links, and the files that links must not lead to, with the reason."""
    read = {document.source for document in documents}
    return Targets(
        settings=settings,
        documents={d.source: d for d in shown},
        withheld={d.source: marks[d.source] for d in documents if d.source not in paths},
        unread=frozenset(source for source, _ in found.documents) - read,
        paths=paths,
        files={source: _output_path(source, settings) for source in found.others},
    )


def with_parts(site: Site, features: Sequence[Feature], problems: Problems) -> Site:
    """Return the site with each feature's part added by its `collect`, in the order of needs."""
    for feature in in_order_of_needs(features):
        if feature.collect:
            part = feature.collect(site, problems)
            site = replace(site, parts={**site.parts, feature.name: part})
    return site


def in_order_of_needs(features: Iterable[Feature]) -> list[Feature]:
    """Return the features, each after those that it needs, otherwise by name.

    Raises ValueError if features need each other.
    """
    waiting = {feature.name: feature for feature in sorted(features, key=lambda f: f.name)}
    ordered: list[Feature] = []
    while waiting:
        ready = [f for f in waiting.values() if not {*f.needs, *f.after} & set(waiting)]
        if not ready:
            raise ValueError(f"features that need each other: {', '.join(waiting)}")
        ordered.append(ready[0])
        del waiting[ready[0].name]
    return ordered


def _paths(
    documents: Iterable[Document], features: Sequence[Feature], settings: SiteSettings
) -> dict[str, str]:
    addressing = [feature.address for feature in features if feature.address]

    def path_of(document: Document) -> str:
        answers = (path for address in addressing if (path := address(document, settings)))
        return document.front_matter.save_as or next(answers)

    return {document.source: path_of(document) for document in documents}


def _resolve(
    documents: Iterable[Document], targets: Targets, problems: Problems
) -> tuple[dict[str, Mapping[str, str]], set[str]]:
    """Return the address of every link, by document and target, and the files that are linked."""
    links: dict[str, Mapping[str, str]] = {}
    needed: set[str] = set()
    for document in documents:
        resolved: dict[str, str] = {}
        for link in document.links:
            answer = targets.resolve(document, link)
            if isinstance(answer, Problem):
                problems.append(answer)
                resolved[link.target] = link.target  # the build ends later, with all problems
            else:
                resolved[link.target] = answer[0]
                needed.add(answer[1])
        links[document.source] = resolved
    return links, needed


def _with_navigation(site: Site, features: Sequence[Feature]) -> Site:
    """Return the site with its menu, its landmarks and the feeds that every page announces."""
    entries = (entry for each in features if each.menu for entry in each.menu(site))
    feeds = (feed for f in features if f.announces for feed in f.announces(site.settings))
    landmarks = (landmark for feature in features for landmark in feature.landmarks)
    return replace(
        site, menu=tuple(sorted(entries)), landmarks=tuple(landmarks), feeds=tuple(feeds)
    )


def _downloads(site: Site, features: Sequence[Feature]) -> dict[str, tuple[Download, ...]]:
    makers = [feature.downloads for feature in features if feature.downloads]
    return {
        document.source: tuple(file for make in makers for file in make(document, site))
        for document in site.documents
    }


def _files(
    others: Iterable[str], needed: set[str], folder: Path, settings: SiteSettings
) -> tuple[StaticFile, ...]:
    """Return the files to publish: those in static folders, and those that documents link to."""
    folders = tuple(f"{path.rstrip('/')}/" for path in settings.static_paths)
    return tuple(
        StaticFile(source, folder / source, _output_path(source, settings))
        for source in sorted(others)
        if source in needed or source.startswith(folders) or source in settings.extra_paths
    )


def _output_path(source: str, settings: SiteSettings) -> str:
    return settings.extra_paths.get(source, {}).get("path", source)
