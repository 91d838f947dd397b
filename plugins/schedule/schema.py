"""The front matter of an event's `index.md`, of `talks/*.md` and of `speakers/*.md`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal
from urllib.parse import urlsplit

from msgspec import field

from ..source.problem import quoted
from ..source.rules import TEXT, After, Before, fault
from ..source.schema import (
    AnswerAddress,
    Closing,
    Day,
    FrontMatter,
    Image,
    Language,
    Moment,
    Strict,
    Text,
    WebAddress,
    Words,
)
from ..source.times import parse_day
from .parsing.times import is_zone

if TYPE_CHECKING:
    from pydantic import ValidationInfo

    from ..source.marked import Location

# Matches `2026-10-24 to 2026-10-25`, `2026-10-24 – 2026-10-25` and one day; not `24–25 October`.
DAYS = re.compile(r"(\d{4}-\d\d-\d\d)(?:\s*(?:to|[-–—/])\s*(\d{4}-\d\d-\d\d))?", re.ASCII)

# Matches `schedule.xml`; not `../schedule.xml`, `.schedule.xml` or `schedule.yaml`.
FILE_NAME = re.compile(r"[^./\\][^/\\]*\.(?:xml|json|ics|xcal|csv)", re.IGNORECASE)

# Matches `52.37, 4.9` and `-37.56,143.85`; not `52°22'N`.
POSITION = re.compile(r"(-?\d{1,2}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)", re.ASCII)


def _days(value: object) -> object:
    match = DAYS.fullmatch(value) if isinstance(value, str) else None
    if not match:
        raise fault("the first and the last day, like 2026-10-24 to 2026-10-25")
    try:
        first, last = parse_day(match[1]), parse_day(match[2] or match[1])
    except ValueError as error:
        raise fault("days that exist", found=f"{quoted(match[0])}, whose {error}") from None
    if last < first:
        raise fault("a last day that is not before the first")
    return first, last


def _zone(value: object) -> object:
    if isinstance(value, str) and not is_zone(value):
        raise fault("the IANA name of a time zone, like Europe/Amsterdam")
    return value


def _position(value: object) -> object:
    match = POSITION.fullmatch(value) if isinstance(value, str) else None
    if not match or abs(float(match[1])) > 90 or abs(float(match[2])) > 180:
        raise fault("latitude and longitude in degrees, like 52.37, 4.90")
    return float(match[1]), float(match[2])


def _lines(value: object) -> object:
    """Split a postal address at commas and line ends; leave a list as it is."""
    if isinstance(value, str):
        return [line.strip() for line in re.split(r"[,\n]", value) if line.strip()]
    return value


def _reference(value: object) -> object:
    if isinstance(value, str):
        parts = urlsplit(value)
        is_relative = not parts.scheme and not parts.netloc and not value.startswith("/")
        if not is_relative and parts.scheme.lower() not in {"https", "http"}:
            raise fault("a path relative to this file, or an address with https: or http:")
    return value


def _links(value: object) -> object:
    """Turn a mapping such as `{Tickets: https://…}` into a list of links; leave a list as it is."""
    if isinstance(value, dict):
        return [{"label": label, "url": url} for label, url in value.items()]
    return value


Days = Annotated[tuple[date, date], Before(_days, (*TEXT, ("title", "Days")))]
Zone = Annotated[str, Before(_zone)]
Position = Annotated[tuple[float, float], Before(_position, TEXT)]
Lines = Annotated[tuple[Text, ...], Before(_lines)]
Reference = Annotated[str, Before(_reference)]


class LinkEntry(Strict, frozen=True, kw_only=True):
    """An address and its label."""

    label: Text
    url: Reference


class ContactEntry(Strict, frozen=True, kw_only=True):
    """A contact: a label and an address that answers."""

    label: Text
    url: AnswerAddress


Links = Annotated[tuple[LinkEntry, ...], Before(_links)]
Contacts = Annotated[tuple[ContactEntry, ...], Before(_links)]


class VenueEntry(Strict, frozen=True, kw_only=True):
    """The place of an event."""

    name: Text
    address: Lines = ()
    city: str = ""
    country: str = ""
    position: Position | None = None
    """Latitude and longitude in degrees."""
    url: WebAddress | None = None
    directions: str = ""


def _closes_after_it_opens(closes: datetime | None, info: ValidationInfo) -> datetime | None:
    """Return `closes`; refuse one that is not after `opens`."""
    opens = info.data.get("opens")
    if opens and closes and closes <= opens:
        raise fault("a day or moment after it opens")
    return closes


class WindowEntry(Strict, frozen=True, kw_only=True):
    """The period in which something is open."""

    opens: Moment | None = None
    closes: Annotated[Closing | None, After(_closes_after_it_opens)] = None
    """A date without a time means the end of that day."""


class CallEntry(WindowEntry, frozen=True, kw_only=True):
    """The call for proposals."""

    decisions: Day | None = None
    """The day by which the proposers get an answer."""
    url: AnswerAddress | None = None
    summary: str = ""


class TicketEntry(Strict, frozen=True, kw_only=True):
    """A ticket category."""

    name: Text
    price: Text
    note: str = ""


class TicketsEntry(WindowEntry, frozen=True, kw_only=True):
    """The sale of tickets."""

    url: AnswerAddress | None = None
    summary: str = ""
    kinds: tuple[TicketEntry, ...] = ()


class SponsorEntry(Strict, frozen=True, kw_only=True):
    """A person or an organisation that gives money or goods."""

    name: Text
    url: WebAddress | None = None
    logo: Image | None = None
    note: str = ""


class ConductEntry(Strict, frozen=True, kw_only=True):
    """The code of conduct."""

    url: Reference | None = None
    summary: str = ""
    contacts: Contacts = ()


def _file_name(value: object) -> object:
    if isinstance(value, str) and not FILE_NAME.fullmatch(value):
        raise fault("the name of a file beside index.md: .xml, .json, .ics, .xcal or .csv")
    return value


class ScheduleEntry(Strict, frozen=True, kw_only=True):
    """The source of a schedule that is not written in `schedule.yaml`."""

    source: Annotated[str, Before(_file_name)] = field(name="from")
    """The name of another system's file in the event's folder; every build reads it."""


class EventFrontMatter(FrontMatter, frozen=True, kw_only=True):
    """The front matter of a conference: `content/events/<slug>/index.md`."""

    refused: ClassVar[tuple[str, ...]] = ("save_as", "slug")

    dates: Days
    """The first and the last day: `2026-10-24 to 2026-10-25`."""
    zone: Zone
    """The IANA zone of all its times."""
    schedule: ScheduleEntry | None = None
    """The file to read instead of a `schedule.yaml`."""
    series: Text | None = None
    """The name that all its editions share."""
    attendance: Literal["in person", "online", "mixed"] = "in person"
    online: WebAddress | None = None
    """The address for people who take part from afar."""
    venue: VenueEntry | None = None
    links: Links = ()
    cfp: CallEntry | None = None
    """The call for proposals."""
    tickets: TicketsEntry | None = None
    sponsors: Mapping[str, tuple[SponsorEntry, ...]] = field(default_factory=dict)
    """By tier, in the order in which pages show them."""
    code_of_conduct: ConductEntry | None = None
    contacts: Contacts = ()

    @property
    def references(self) -> tuple[tuple[Location, str], ...]:
        """The addresses of the image, links, logos and code of conduct, with their keys."""
        conduct = self.code_of_conduct.url if self.code_of_conduct else None
        return (
            *super().references,
            *_link_references(self.links),
            *((("code_of_conduct", "url"), url) for url in (conduct,) if url),
            *(
                (("sponsors", tier, number, "logo", "src"), sponsor.logo.src)
                for tier, sponsors in self.sponsors.items()
                for number, sponsor in enumerate(sponsors)
                if sponsor.logo
            ),
        )


class TalkFileFrontMatter(FrontMatter, frozen=True, kw_only=True):
    """The front matter of a talk's long text: `talks/<session id>.md`."""

    refused: ClassVar[tuple[str, ...]] = ("save_as",)

    speakers: Words = ()
    """Names; needed only if `schedule.yaml` names no speakers for the session."""
    language: Language | None = None
    """The language of the talk; `lang` is that of the text."""
    slides: Reference | None = None
    recording: Reference | None = None
    sketch_notes: Reference | None = None
    links: Links = ()

    @property
    def references(self) -> tuple[tuple[Location, str], ...]:
        """The addresses of image, links, slides, recording and sketch notes, with their keys."""
        files = {
            "slides": self.slides,
            "recording": self.recording,
            "sketch_notes": self.sketch_notes,
        }
        return (
            *super().references,
            *_link_references(self.links),
            *(((key,), url) for key, url in files.items() if url),
        )


class SpeakerFileFrontMatter(FrontMatter, frozen=True, kw_only=True):
    """The front matter of a speaker: `speakers/<speaker id>.md`.

    The title is the speaker's name, the image the portrait.
    """

    refused: ClassVar[tuple[str, ...]] = ("save_as",)

    affiliation: str = ""
    pronouns: str = ""
    links: Links = ()

    @property
    def references(self) -> tuple[tuple[Location, str], ...]:
        """The addresses of the image and the links, by key."""
        return (*super().references, *_link_references(self.links))


def _link_references(links: tuple[LinkEntry, ...]) -> tuple[tuple[Location, str], ...]:
    return tuple((("links", number, "url"), link.url) for number, link in enumerate(links))
