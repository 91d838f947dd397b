"""All events of the site, each with its programme and the documents that tell of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from ..markdown.document import Document
from ..site.events import KnownEvents
from ..site.site import Site
from .agenda import Agenda
from .history.releases import History
from .model import Event, Programme, Session


class Edition(Struct, frozen=True):
    """One event, with all that was written of it."""

    event: Event
    document: Document
    agenda: Agenda
    history: History
    """What was published of the programme, and what changed."""
    talks: Mapping[str, Document]
    """The talk files, by the id of their session."""
    speakers: Mapping[str, Document]
    """The speaker files, by the speaker's id."""
    mark: str = ""
    """Why the public does not find it, like “Draft”; empty when it does."""
    is_listed: bool = True
    """False for a hidden event: it has its pages, but stands on no list."""

    @property
    def slug(self) -> str:
        """The event's slug."""
        return self.event.slug

    @property
    def programme(self) -> Programme:
        """Its programme; without a `schedule.yaml`, one with no days."""
        return self.agenda.programme

    def is_over(self, now: datetime) -> bool:
        """Whether its last day has passed where it is."""
        return now.astimezone(ZoneInfo(self.event.zone)).date() > self.event.last_day

    @property
    def talk_sessions(self) -> tuple[Session, ...]:
        """The first session of each talk that has a page, in order."""
        return tuple(s for s in self.programme.sessions if not s.repeat_of and self.has_page(s))

    def has_page(self, session: Session) -> bool:
        """Whether there is more to tell of it than a line: a coffee break has no page."""
        return not session.is_pause or bool(
            session.texts.abstract
            or session.speakers
            or session.texts.links
            or session.talk in self.talks
        )


class Events(KnownEvents, frozen=True):
    """The events of the site, the latest first."""

    editions: tuple[Edition, ...] = ()

    @property
    def listed(self) -> tuple[Edition, ...]:
        """Those that lists show."""
        return tuple(edition for edition in self.editions if edition.is_listed)

    def beside(self, edition: Edition) -> Iterator[Edition]:
        """The other editions of its series."""
        series = edition.event.series
        return (e for e in self.listed if series and e.event.series == series and e is not edition)


def events_of(site: Site) -> Events:
    """The events of a site; none when its settings leave the feature out."""
    return site.offered(Events) or Events()
