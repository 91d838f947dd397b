"""Turn documents and schedules into the events of the site, and report dangling references."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from ..markdown.document import Document
from ..site.site import Site
from ..source.problem import Place, Problem, Problems, Severity, did_you_mean, quoted, unchecked
from ..source.schema import PostFrontMatter
from .agenda import Agenda
from .event import event_of, speaker_of, talk_file_of
from .events import Edition, Events
from .history.releases import history_of, published_of
from .model import Event, EventFacts, Itinerary, Programme, Session, Speaker, TalkFile
from .pages.badges import event_badges
from .pages.hub import event_link
from .parsing.checks import check_references, check_talk_files
from .parsing.parse import parse_schedule
from .schema import EventFrontMatter, SpeakerFileFrontMatter, TalkFileFrontMatter
from .sections import event_slug, file_id, reads_data

DAY = timedelta(days=1)

# Keys that other front matter may have, and what decides the address of an event's files.
FIXED = {"slug": "the event's folder", "save_as": "where the file lies"}


def collect(site: Site, problems: Problems) -> Events:
    """Return every event that this build shows, the latest first; ties go by slug.

    Report also the schedules of events whose front matter has problems, files of events without an
    `index.md`, and posts and itineraries that name an event or a session that does not exist.
    """
    hubs = [document for document in site.documents if document.section == "event"]
    editions = [_edition(site, hub, problems) for hub in hubs]
    editions.sort(key=lambda edition: edition.slug)
    editions.sort(key=lambda edition: edition.event.first_day, reverse=True)
    _check_others(site, problems)
    unseen = _unseen(site, problems)
    slugs = [edition.slug for edition in editions]
    _check_homes(site, {*slugs, *unseen}, problems)
    _check_posts(site, slugs, unseen, problems)
    _check_itineraries(site, editions, unseen, problems)
    links = {edition.slug: event_link(site, edition) for edition in editions}
    return Events(links, event_badges(site, editions), tuple(editions))


def moments(site: Site) -> Iterator[datetime]:
    """Yield the instants at which an event's pages change: its windows' ends, and midnights.

    Midnights are those of the event's zone and of the site's zone, from the day before the event to
    the day after it.
    """
    for hub in site.documents:
        head = hub.front_matter
        if isinstance(head, EventFrontMatter):
            event = event_of(head, slug="")
            for window in (each.window for each in (event.call, event.tickets) if each):
                yield from (moment for moment in (window.opens, window.closes) if moment)
            zones = {ZoneInfo(event.zone), site.settings.zone}
            first, last = event.first_day - DAY, event.last_day + DAY
            days = (first + DAY * number for number in range((last - first).days + 1))
            yield from (datetime.combine(d, time(), zone) for d in days for zone in zones)


def _edition(site: Site, hub: Document, problems: Problems) -> Edition:
    """Return one event; add the problems of its files."""
    front_matter, slug = hub.front_matter, event_slug(hub.source)
    assert isinstance(front_matter, EventFrontMatter)
    beside = _beside(site, hub)
    event = replace(event_of(front_matter, slug=slug), slug=slug)
    facts = _facts(site, hub, event, beside)
    _check_addresses([hub, *beside], problems)
    programme = _programme(site, hub, facts, problems)
    talks = {file_id(d): d for d in beside if d.section == "talk"}
    history = history_of(
        site,
        slug,
        programme,
        files={talk.id: talk for talk in facts.talks},
        texts={id: "".join(site.segments(talk.body)) for id, talk in talks.items()},
        modified=front_matter.modified,
    )
    return Edition(
        event=event,
        document=hub,
        agenda=Agenda(history.programme),
        history=history,
        talks=talks,
        speakers={file_id(d): d for d in beside if d.section == "speaker"},
        mark=site.marks.get(hub.source, ""),
        is_listed=front_matter.status != "hidden",
    )


def _facts(site: Site, hub: Document, event: Event, beside: Sequence[Document]) -> EventFacts:
    """Return the facts that a schedule is checked against."""
    return EventFacts(
        event=event,
        speakers=tuple(_speakers(beside)),
        talks=tuple(_talks(beside)),
        published=published_of(site.ledger, event.slug),
        shown=hub.path.removesuffix(hub.source),
    )


def _beside(site: Site, hub: Document) -> list[Document]:
    """Return the other documents in the event's folder: its talks and speakers."""
    folder = f"{PurePosixPath(hub.source).parent}/"
    return [d for d in site.documents if d.source.startswith(folder) and d is not hub]


def _check_others(site: Site, problems: Problems) -> None:
    """Report the problems of schedules whose events have problems in their front matter.

    A schedule whose event's days or zone are not known is reported as unchecked.
    """
    lost = {p.place.path for p in problems if p.severity is Severity.UNCHECKED}
    for hub in site.unsound:
        if isinstance(hub.front_matter, EventFrontMatter):
            slug = event_slug(hub.source)
            event = replace(event_of(hub.front_matter, slug=slug), slug=slug)
            _programme(site, hub, _facts(site, hub, event, _beside(site, hub)), problems)
        else:
            lost.add(hub.path)  # its days or its zone are not known
    programmes = [text.path for source, text in site.data.items() if reads_data(source)]
    heads = {path: str(PurePosixPath(path).with_name("index.md")) for path in programmes}
    problems += [unchecked(path) for path, head in heads.items() if head in lost]


def _talks(documents: Iterable[Document]) -> Iterator[TalkFile]:
    for document in documents:
        if isinstance(document.front_matter, TalkFileFrontMatter):
            file = talk_file_of(document.front_matter, path=document.source)
            place, excerpt = document.places.get("title", (Place(document.path), ""))
            yield replace(file, place=place, excerpt=excerpt)


def _speakers(documents: Iterable[Document]) -> Iterator[Speaker]:
    for document in documents:
        if isinstance(document.front_matter, SpeakerFileFrontMatter):
            yield speaker_of(document.front_matter, path=document.source)


def _programme(site: Site, hub: Document, facts: EventFacts, problems: Problems) -> Programme:
    """Return the schedule of `schedule.yaml`, or of the file that the front matter names."""
    assert isinstance(hub.front_matter, EventFrontMatter)
    folder, entry = str(PurePosixPath(hub.source).parent), hub.front_matter.schedule
    short = site.data.get(f"{folder}/schedule.yml")
    if short:
        problems.append(Problem(Place(short.path), found="this name", expected="schedule.yaml"))
    source = site.data.get(f"{folder}/schedule.yaml", short)
    if entry:
        if source:
            problems.append(_both(hub, entry.source))
        return _foreign_programme(site, hub, f"{folder}/{entry.source}", facts, problems)
    if not source:
        programme = Programme(zone=facts.event.zone, speakers=facts.speakers)
        check_talk_files(programme, facts, Severity.WARNING, problems)
        return programme
    known = len(problems)
    programme = parse_schedule(source, problems, event=facts)
    if len(problems) > known and not programme.sessions:
        problems.append(unchecked(source.path))
    files = {talk.path for talk in facts.talks}
    for session in programme.sessions:
        _check_files(session, files, site, problems)
    return programme


def _foreign_programme(
    site: Site, hub: Document, path: str, facts: EventFacts, problems: Problems
) -> Programme:
    data = site.raw.get(path)
    if data is None:
        name = PurePosixPath(path).name
        problems.append(
            hub.problem("schedule", found=quoted(name), expected="a file beside this one")
        )
        return Programme(zone=facts.event.zone, speakers=facts.speakers)
    # Imported here because the import's twenty modules and their libraries are needed only for the
    # few events with such a file.
    from .imports.at_build import read_at_build  # noqa: PLC0415

    return read_at_build(f"{facts.shown}{path}", data, facts, problems)


def _both(hub: Document, name: str) -> Problem:
    return hub.problem(
        "schedule",
        found=f"{quoted(name)}, and a schedule.yaml beside it",
        expected="one of the two",
        hint="`make import` makes a schedule.yaml of the file",
    )


def _check_files(session: Session, files: set[str], site: Site, problems: Problems) -> None:
    """Report addresses in `schedule.yaml` that name a file; only Markdown files may link to files.

    Addresses of the session's talk file are among the links of that file already.
    """
    known = site.links.get(session.file, {}) if session.file in files else {}
    addresses = {"slides": session.texts.slides, "recording": session.texts.recording}
    addresses |= {f"link {link.label}": link.url for link in session.texts.links}
    for what, url in addresses.items():
        if url and url not in known and not url.startswith(("https:", "http:", "mailto:", "/")):
            problems.add(
                session.place,
                found=f"{quoted(url)} as the {what} of {quoted(session.title)}",
                expected="an address that begins with https: or /",
                hint=f"a file is named in a talk file, talks/{session.talk}.md",
            )


def _check_addresses(documents: Iterable[Document], problems: Problems) -> None:
    """Report keys that would change the address of a page of an event."""
    for document in documents:
        for key in document.front_matter.refused:
            if getattr(document.front_matter, key):
                expected = f"no such key: {FIXED[key]} says the address"
                found = f"the key {quoted(key)}"
                problems.append(document.problem(key, found=found, expected=expected))


def _unseen(site: Site, problems: Iterable[Problem]) -> frozenset[str]:
    """Return the slugs of events that exist but are withheld or could not be read."""
    shown = {document.source for document in site.documents}
    withheld = [source for source in site.marks if source not in shown]
    told = [problem.place.path for problem in problems]
    broken = ["/".join(PurePosixPath(path).parts[-3:]) for path in told]
    return frozenset(
        event_slug(source)
        for source in (*withheld, *broken)
        if source.startswith("events/") and source.endswith("/index.md") and source not in shown
    )


def _check_homes(site: Site, known: set[str], problems: Problems) -> None:
    """Report files of an event that has no `index.md`, once per event."""
    files = {d.source: d.path for d in site.documents if d.section in {"talk", "speaker"}}
    files |= {source: text.path for source, text in site.data.items() if reads_data(source)}
    told: set[str] = set()
    for source, path in sorted(files.items()):
        slug, folder = event_slug(source), "/".join(source.split("/")[:2])
        if slug not in known | told:
            told.add(slug)
            problems.add(
                Place(path),
                found=f"a file of the event {quoted(slug)}, which has no index.md",
                expected=f"the event's title, dates and zone in {folder}/index.md",
            )


def _check_posts(site: Site, slugs: list[str], unseen: frozenset[str], problems: Problems) -> None:
    """Report posts that name an event that does not exist."""
    for document in site.documents:
        front_matter = document.front_matter
        slug = front_matter.event if isinstance(front_matter, PostFrontMatter) else None
        if slug and slug not in slugs and slug not in unseen:
            problem = document.problem(
                "event",
                found=f"the event {quoted(slug)}",
                expected="the folder of an event below content/events",
                hint=did_you_mean(slug, sorted(slugs)),
            )
            problems.append(problem)


def _check_itineraries(
    site: Site, editions: Iterable[Edition], unseen: frozenset[str], problems: Problems
) -> None:
    """Report talks of itineraries that name an event or a session that does not exist."""
    programmes: Mapping[str, Programme] = {e.slug: e.programme for e in editions}
    for document in site.documents:
        for itinerary in document.parts_of(Itinerary):
            entries = tuple(e for e in itinerary.entries if getattr(e, "event", "") not in unseen)
            check_references(replace(itinerary, entries=entries), programmes, problems)
