"""Turn an edition into an `Export`: absolute addresses, plain texts, and lasting ids."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from urllib.parse import quote, urljoin

from msgspec import Struct
from msgspec.structs import asdict, replace

from ...markdown.document import Document
from ...markdown.html import map_attributes
from ...site.ledger import IDS
from ...source.slug import slugify
from .. import paths
from ..model import Day, Link, Room, Session, SessionTexts, Speaker
from ..pages.present import Presenter
from .model import Export, ExportedDay, ExportedRoom, ExportedSession, ExportedSpeaker, Identity
from .plain import clean, paragraphs

MOST_NUMBER = 2**31 - 1
"""The largest number that apps can store for a session or a person."""

CODE = re.compile(r"[0-9A-Z]{6}")

# Matches every tag but those of paragraphs.
MORE_THAN_PARAGRAPHS = re.compile(r"<(?!/?p\b)[/a-z]", re.IGNORECASE)

KEPT = "/:?#[]@!$&'()*+,;=%~-._"
"""Characters that an address may contain as they are (RFC 3986, section 2)."""


def export_of(presenter: Presenter) -> Export:
    """Return the whole schedule of the presenter's event."""
    return _Collector(presenter).export()


def uuid_of(*words: str) -> str:
    """Return the UUID (version 5) of the words; other words make another UUID."""
    return str(uuid.uuid5(IDS, "\n".join(words)))


def number_of(guid: str) -> int:
    """Return a number from 1 to 2³¹ − 1 made from a UUID; two UUIDs rarely make the same."""
    return uuid.UUID(guid).int % MOST_NUMBER + 1


class _Collector(Struct, frozen=True, dict=True):
    presenter: Presenter

    def export(self) -> Export:
        present, edition = self.presenter, self.presenter.edition
        programme, event, document = edition.programme, edition.event, edition.document
        hub = present.site.absolute(paths.hub(edition.slug))
        image = document.front_matter.image
        return Export(
            event=event,
            title=clean(event.title),
            summary=clean(event.summary or document.front_matter.summary or document.text),
            acronym=acronym_of(edition.slug),
            language=document.front_matter.lang or present.site.settings.language,
            zone=programme.zone,
            version=edition.history.version,
            url=hub,
            files=hub,
            site=present.site.settings.address,
            logo=self._absolute(image.src, document) if image else "",
            rooms=tuple(self._room(room) for room in programme.rooms),
            tracks=programme.tracks,
            speakers=tuple(self._speakers.values()),
            languages=programme.languages,
            breaks=programme.breaks,
            strict=programme.strict,
            days=tuple(self._day(number, day) for number, day in enumerate(programme.days, 1)),
        )

    def _room(self, room: Room) -> ExportedRoom:
        url = self.presenter.site.absolute(paths.room(self.presenter.slug, room.id))
        guid = as_uuid(room.guid) or uuid_of(self._origin, "rooms", room.id)
        return ExportedRoom(room, guid, url)

    @cached_property
    def _speakers(self) -> Mapping[str, ExportedSpeaker]:
        return {each.id: self._speaker(each) for each in self.presenter.programme.speakers}

    def _speaker(self, speaker: Speaker) -> ExportedSpeaker:
        site = self.presenter.site
        guid = uuid_of(site.first_name, "speakers", speaker.id)
        url = site.absolute(paths.speaker(self.presenter.slug, speaker.id))
        return ExportedSpeaker(speaker, guid, number_of(guid), url)

    @property
    def _origin(self) -> str:
        """The prefix of the names from which UUIDs of this event's own things are made."""
        return f"{self.presenter.site.first_name}/events/{self.presenter.slug}"

    def _day(self, index: int, day: Day) -> ExportedDay:
        slots = self.presenter.agenda.slots(day)
        sessions = tuple(self._sessions[each.id] for slot in slots for each in slot.sessions)
        return ExportedDay(index, day.date, clean(day.title), sessions)

    @cached_property
    def _sessions(self) -> Mapping[str, ExportedSession]:
        """Every session, by id, each with a guid and a number of its own.

        If a guid is taken, another is made from the UID; if a number is taken, the next free one is
        used.
        """
        taken: set[int] = set()
        guids: set[str] = set()
        found = {}
        for session in self.presenter.programme.sessions:
            record = self.presenter.edition.history.records[session.id]
            stamp = datetime.fromisoformat(record.stamp)
            identity = Identity(record.uid, record.sequence, stamp)
            guid = as_uuid(session.texts.guid) or guid_of(identity.uid)
            if guid in guids:
                guid = uuid_of("session", identity.uid)
            guids.add(guid)
            number = number_of(guid)
            while number in taken:
                number = number % MOST_NUMBER + 1
            taken.add(number)
            found[session.id] = self._session(session, identity, guid, number)
        return _with_codes(found)

    def _session(
        self, session: Session, identity: Identity, guid: str, number: int
    ) -> ExportedSession:
        present, programme = self.presenter, self.presenter.programme
        document = present.edition.talks.get(session.talk)
        html = self._html(document, self._url(session)) if document else ""
        return ExportedSession(
            session=session,
            title=clean(session.title),
            identity=identity,
            guid=guid,
            number=number,
            slug=slug_of(acronym_of(present.slug), number, session.id),
            url=self._url(session),
            until=present.agenda.until(session),
            rooms=tuple(clean(programme.room(id).name) for id in session.rooms),
            track=clean(programme.track(session.track).name) if session.track else "",
            speakers=tuple(self._speakers[id] for id in session.speakers),
            type=dict(session.texts.extra).get("type", str(session.kind)),
            code="",
            texts=self._texts(session.texts, document),
            description=paragraphs(html),
            markup=clean(html) if MORE_THAN_PARAGRAPHS.search(html) else "",
        )

    def _texts(self, texts: SessionTexts, document: Document | None) -> SessionTexts:
        """Return the texts for other programs: clean, and with absolute addresses."""
        plain = {
            name: clean(value) for name, value in asdict(texts).items() if is_words(name, value)
        }
        return replace(
            texts,
            **plain,
            slides=self._absolute(texts.slides, document),
            recording=self._absolute(texts.recording, document),
            links=tuple(
                Link(clean(link.label), self._absolute(link.url, document)) for link in texts.links
            ),
        )

    def _html(self, document: Document, url: str) -> str:
        """Return the long text of a talk, with absolute addresses."""
        site = self.presenter.site
        html = site.html(document, document.plain)
        return map_attributes(
            html, lambda _, name, value: urljoin(url, value) if name == "href" else None
        )

    def _url(self, session: Session) -> str:
        slug, site = self.presenter.slug, self.presenter.site
        if self.presenter.edition.has_page(session):
            return site.absolute(paths.talk(slug, session.talk))
        return f"{site.absolute(paths.day(slug, session.day))}#session-{quote(session.id)}"

    def _absolute(self, url: str, document: Document | None) -> str:
        if not url:
            return ""
        home = self.presenter.site.settings.address + "/"
        return quote(urljoin(home, self.presenter.reference(url, document)), safe=KEPT)


def _with_codes(found: Mapping[str, ExportedSession]) -> Mapping[str, ExportedSession]:
    """Return the sessions with the codes of their import.

    If several sessions have the same code, only the first gets it.
    """
    first: dict[str, str] = {}
    for id, each in found.items():
        if CODE.fullmatch(each.extra("code")):
            first.setdefault(each.extra("code"), id)
    return {**found, **{id: replace(found[id], code=code) for code, id in first.items()}}


def is_words(name: str, value: object) -> bool:
    """Return True if a field of a session's texts holds words, not an address or an id."""
    return isinstance(value, str) and name not in {"slides", "recording", "url", "guid", "uid"}


def acronym_of(slug: str) -> str:
    """Return the characters `a-z`, `0-9` and `_` of a slug, padded with `_` to at least four."""
    return re.sub(r"[^a-z0-9_]", "", slug.lower()).ljust(4, "_")


def slug_of(acronym: str, number: int, id: str) -> str:
    """Return a name for addresses in apps, of the acronym, the number and the id's plain part."""
    plain = re.sub(r"[^a-z0-9]+", "-", slugify(id)).strip("-")
    return "-".join(part for part in (acronym, f"{number:04}", plain) if part)


def guid_of(uid: str) -> str:
    """Return the UUID of a session: its UID if that is a UUID, else one made from the UID."""
    return as_uuid(uid) or uuid_of("session", uid)


def as_uuid(text: str) -> str:
    """Return the text as a UUID in canonical form; empty if it is none."""
    try:
        return str(uuid.UUID(text))
    except ValueError:
        return ""
