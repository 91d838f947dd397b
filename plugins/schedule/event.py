"""Turn typed front matter into an `Event`, a `TalkFile` or a `Speaker`.

To read an `index.md`, split off its front matter, ask `event_zone` for the zone, validate with
`EventFrontMatter` in that zone, and pass the result to `event_of`. The zone matters because
`closes: 2026-05-31` means the end of that day there. `talk_file_of` and `speaker_of` do the same
for the files in the event's folder.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from ..source import schema as core
from ..source.marked import Marked
from . import model
from .parsing.times import is_zone
from .schema import (
    CallEntry,
    ConductEntry,
    ContactEntry,
    EventFrontMatter,
    LinkEntry,
    SpeakerFileFrontMatter,
    SponsorEntry,
    TalkFileFrontMatter,
    TicketsEntry,
    VenueEntry,
)


def event_zone(head: Marked, *, default: ZoneInfo) -> ZoneInfo:
    """Return the zone that an event's front matter names; the default if no such zone exists."""
    named = head.at(("zone",)).value
    return ZoneInfo(named) if isinstance(named, str) and is_zone(named) else default


def event_of(front_matter: EventFrontMatter, *, slug: str) -> model.Event:
    """Return the event; `slug`, the name of its folder, applies if the front matter has none."""
    first, last = front_matter.dates
    return model.Event(
        slug=front_matter.slug or slug,
        title=front_matter.title,
        first_day=first,
        last_day=last,
        zone=front_matter.zone,
        summary=front_matter.summary,
        series=front_matter.series or "",
        attendance=front_matter.attendance,
        online=front_matter.online or "",
        venue=_venue(front_matter.venue),
        links=_links(front_matter.links),
        call=_call(front_matter.cfp),
        tickets=_tickets(front_matter.tickets),
        sponsors=tuple(_tier(*tier) for tier in front_matter.sponsors.items()),
        code_of_conduct=_conduct(front_matter.code_of_conduct),
        contacts=_links(front_matter.contacts),
    )


def talk_file_of(front_matter: TalkFileFrontMatter, *, path: str) -> model.TalkFile:
    """Return the data of a talk file; `path` is relative to the content folder."""
    notes = front_matter.sketch_notes
    sketch_notes = (model.Link("Sketch notes", notes),) if notes else ()
    return model.TalkFile(
        id=front_matter.slug or PurePosixPath(path).stem,
        title=front_matter.title,
        path=path,
        speakers=front_matter.speakers,
        language=front_matter.language or "",
        slides=front_matter.slides or "",
        recording=front_matter.recording or "",
        links=(*_links(front_matter.links), *sketch_notes),
    )


def speaker_of(front_matter: SpeakerFileFrontMatter, *, path: str) -> model.Speaker:
    """Return the speaker of a speaker file; `path` is relative to the content folder."""
    return model.Speaker(
        id=front_matter.slug or PurePosixPath(path).stem,
        name=front_matter.title,
        affiliation=front_matter.affiliation,
        pronouns=front_matter.pronouns,
        summary=front_matter.summary,
        links=_links(front_matter.links),
        picture=_image(front_matter.image),
        file=path,
    )


def _venue(venue: VenueEntry | None) -> model.Venue | None:
    if not venue:
        return None
    latitude, longitude = venue.position or (None, None)
    return model.Venue(
        name=venue.name,
        address=venue.address,
        city=venue.city,
        country=venue.country,
        latitude=latitude,
        longitude=longitude,
        url=venue.url or "",
        directions=venue.directions,
    )


def _call(call: CallEntry | None) -> model.CallForProposals | None:
    if not call:
        return None
    window = model.Window(call.opens, call.closes)
    return model.CallForProposals(window, call.decisions, call.url or "", call.summary)


def _tickets(tickets: TicketsEntry | None) -> model.Tickets | None:
    if not tickets:
        return None
    return model.Tickets(
        model.Window(tickets.opens, tickets.closes),
        tickets.url or "",
        tickets.summary,
        tuple(model.Ticket(kind.name, kind.price, kind.note) for kind in tickets.kinds),
    )


def _tier(name: str, sponsors: Iterable[SponsorEntry]) -> model.SponsorTier:
    return model.SponsorTier(name, tuple(_sponsor(sponsor) for sponsor in sponsors))


def _sponsor(sponsor: SponsorEntry) -> model.Sponsor:
    return model.Sponsor(sponsor.name, sponsor.url or "", _image(sponsor.logo), sponsor.note)


def _conduct(conduct: ConductEntry | None) -> model.CodeOfConduct | None:
    if not conduct:
        return None
    return model.CodeOfConduct(conduct.url or "", conduct.summary, _links(conduct.contacts))


def _links(links: Iterable[LinkEntry | ContactEntry]) -> tuple[model.Link, ...]:
    return tuple(model.Link(link.label, link.url) for link in links)


def _image(image: core.Image | None) -> model.Image | None:
    return model.Image(image.src, image.alt) if image else None
