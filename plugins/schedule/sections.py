"""Decide which Markdown files belong to an event, and the addresses of their pages.

events/<slug>/index.md             event      events/<slug>/
events/<slug>/talks/<id>.md        talk       events/<slug>/talks/<id>/
events/<slug>/speakers/<id>.md     speaker    events/<slug>/speakers/<id>/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from ..markdown.document import Document
from ..site.feature import Section
from ..site.menu import MenuEntry
from ..site.site import Site
from ..source import front_matter
from ..source.front_matter import Head
from ..source.kinds import Kinds
from ..source.problem import Problems, Source
from ..source.schema import FrontMatter
from ..source.settings import SiteSettings
from ..source.slug import slugify
from . import paths
from .event import event_zone
from .schema import EventFrontMatter, SpeakerFileFrontMatter, TalkFileFrontMatter

FILES = {
    "event": re.compile(r"events/(?P<folder>[^/]+)/index\.md"),
    "talk": re.compile(r"events/(?P<folder>[^/]+)/talks/(?P<id>[^/]+)\.md"),
    "speaker": re.compile(r"events/(?P<folder>[^/]+)/speakers/(?P<id>[^/]+)\.md"),
}

HUB = "events/<slug>/index.md"

# Matches `events/fair/schedule.yaml`, and `schedule.yml`, which is reported; not
# `events/schedule.yaml`.
PROGRAMME_FILE = re.compile(r"events/(?P<folder>[^/]+)/schedule\.ya?ml")

# Matches `events/fair/schedule.xml` and `events/fair/pretalx.json`; not a file in a folder below.
FOREIGN_FILE = re.compile(r"events/[^/]+/[^/]+\.(?:xml|json|ics|xcal|csv)", re.IGNORECASE)


def sections() -> tuple[Section, ...]:
    """Return the sections of events, talks and speakers, which the files' paths decide."""
    return (
        Section("event", HUB, _holds("event"), read_event, heads=(EventFrontMatter,)),
        _section("talk", TalkFileFrontMatter),
        _section("speaker", SpeakerFileFrontMatter),
    )


def reads_data(source: str) -> bool:
    """Return True if a file is the schedule of an event."""
    return PROGRAMME_FILE.fullmatch(source) is not None


def reads_bytes(source: str) -> bool:
    """Return True if a file may be an event's schedule in another system's format."""
    return FOREIGN_FILE.fullmatch(source) is not None


def event_slug(source: str) -> str:
    """Return the slug of the event whose folder contains the file."""
    return slugify(source.split("/")[1])


def menu(site: Site) -> Iterator[MenuEntry]:
    """Yield the menu's link to the list of all events, if there are any."""
    if any(document.section == "event" for document in site.documents):
        yield MenuEntry(20, 0, "Events", paths.ALL)


def file_id(document: Document) -> str:
    """Return the id of the session or the speaker that a file describes."""
    return document.front_matter.slug or PurePosixPath(document.source).stem


def address(document: Document, settings: SiteSettings) -> str | None:
    """Return the output path of an event, a talk or a speaker; None for other documents."""
    slug = event_slug(document.source) if document.section in FILES else ""
    match document.section:
        case "event":
            return paths.hub(slug)
        case "talk":
            return paths.talk(slug, file_id(document))
        case "speaker":
            return paths.speaker(slug, file_id(document))
    return None


def read_event(
    source: Source, head: Head, zone: ZoneInfo, problems: Problems, kinds: Kinds
) -> FrontMatter | None:
    """Return the typed front matter of an event, read in the event's own zone."""
    own = event_zone(head.values, default=zone)
    return front_matter.read_head(source, head, EventFrontMatter, own, problems, kinds)


def _holds(section: str) -> partial[bool]:
    return partial(_is_one_of, section)


def _is_one_of(section: str, source: str) -> bool:
    return FILES[section].fullmatch(source) is not None


def _section(
    name: str, schema: type[TalkFileFrontMatter] | type[SpeakerFileFrontMatter]
) -> Section:
    home = f"events/<slug>/{name}s/"
    return Section(name, home, _holds(name), partial(_read, schema), heads=(schema,))


def _read(
    schema: type[TalkFileFrontMatter] | type[SpeakerFileFrontMatter],
    source: Source,
    head: Head,
    zone: ZoneInfo,
    problems: Problems,
    kinds: Kinds,
) -> FrontMatter | None:
    return front_matter.read_head(source, head, schema, zone, problems, kinds)
