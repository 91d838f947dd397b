"""All events of the site, each with its schedule and its documents."""

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
    """One event with its schedule, its history and its documents."""

    event: Event
    document: Document
    agenda: Agenda
    history: History
    """The published releases of the schedule, and the changes since."""
    talks: Mapping[str, Document]
    """The talk files, by session id."""
    speakers: Mapping[str, Document]
    """The speaker files, by speaker id."""
    mark: str = ""
    """The reason why the public does not find the event, like “Draft”; empty if it does."""
    is_listed: bool = True
    """False for a hidden event: it has its pages, but no list shows it."""

    @property
    def slug(self) -> str:
        """The event's slug."""
        return self.event.slug

    @property
    def programme(self) -> Programme:
        """The schedule; if the event has no `schedule.yaml`, a schedule without days."""
        return self.agenda.programme

    def is_over(self, now: datetime) -> bool:
        """Return True if the event's last day has passed in its own zone."""
        return now.astimezone(ZoneInfo(self.event.zone)).date() > self.event.last_day

    @property
    def talk_sessions(self) -> tuple[Session, ...]:
        """The first session of each talk that has a page, in order."""
        return tuple(s for s in self.programme.sessions if not s.repeat_of and self.has_page(s))

    def has_page(self, session: Session) -> bool:
        """Return True unless the session is a break or a social event that has only its title.

        A break gets a page if it has an abstract, speakers, links or a talk file.
        """
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
        """The events that lists show."""
        return tuple(edition for edition in self.editions if edition.is_listed)

    def beside(self, edition: Edition) -> Iterator[Edition]:
        """Yield the other listed editions of an edition's series."""
        series = edition.event.series
        return (e for e in self.listed if series and e.event.series == series and e is not edition)


def events_of(site: Site) -> Events:
    """Return the events of a site; none if its settings leave the feature out."""
    return site.offered(Events) or Events()
