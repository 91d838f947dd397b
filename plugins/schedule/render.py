"""Render schedules and itineraries in posts as lists that read aloud, print and need no style.

section.programme-list (or .itinerary)
  p.plan-title        the title
  p.plan-zone         the zone of its times
  p.plan-day          a day, followed by
  ol.plan-entries     one entry per item: p.plan-when, p.plan-what, p.plan-facts
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from xml.etree.ElementTree import Element, SubElement

from ..markdown.document import Document
from . import words
from .agenda import Agenda
from .model import End, Itinerary, Leg, Moment, Programme, Session, Status, Stay, Talk
from .parsing.itinerary import AnyEntry

UniqueId = Callable[[str], str]

BLOCKS = frozenset({"programme-list", "itinerary"})


def render_programme(programme: Programme, *, title: str, unique_id: UniqueId) -> Element:
    """Return a schedule as HTML, with a list for each day."""
    root = _root("programme-list", title)
    _line(root, "plan-zone", words.zone_sentence(programme.zone, [d.date for d in programme.days]))
    agenda = Agenda(programme)
    for day in programme.days:
        entries = _day(root, day.date, day.title)
        for session in (session for slot in agenda.slots(day) for session in slot.sessions):
            entry = _entry(entries, unique_id(f"session-{session.id}"), session.status)
            _add_session(entry, session, programme)
    return root


def render_itinerary(itinerary: Itinerary, *, title: str, unique_id: UniqueId) -> Element:
    """Return an itinerary as HTML, with a list for each day."""
    root = _root("itinerary", title)
    if any(entry.start or entry.end for entry in itinerary.entries):
        _line(root, "plan-zone", "Each time is on the clock of its place.")
    for day, found in itinerary.by_day():
        entries = _day(root, day, "")
        for each in found:
            entry = _entry(entries, unique_id(f"plan-{each.id}"), each.status)
            entry.set("data-sort", type(each).__name__.lower())
            _add_plan(entry, each)
    return root


def plain(tree: Element) -> Element:
    """Return a copy whose schedules and itineraries have no classes, ids or data attributes.

    It is for feeds, whose readers strip these; `href`, `datetime` and `dir` stay.
    """
    whole = copy.deepcopy(tree)
    for block in whole.iter("section"):
        if BLOCKS & set(block.get("class", "").split()):
            for element in block.iter():
                kept = {k: v for k, v in element.attrib.items() if k in {"href", "datetime", "dir"}}
                element.attrib.clear()
                element.attrib.update(kept)
    return whole


def _root(name: str, title: str) -> Element:
    root = Element("section", {"class": f"plan {name}"})
    root.set("aria-label", title or ("Itinerary" if name == "itinerary" else "Programme"))
    if title:
        strong = SubElement(_line(root, "plan-title"), "strong")
        strong.text = title
    return root


def _line(parent: Element, name: str, text: str = "") -> Element:
    line = SubElement(parent, "p", {"class": name})
    line.text = text
    return line


def _day(root: Element, day: date, title: str) -> Element:
    """Add the heading of a day and return its empty list."""
    name = words.weekday_and_year(day)
    strong = SubElement(_line(root, "plan-day"), "strong")
    strong.text = f"{name}: {title}" if title else name
    return SubElement(root, "ol", {"class": "plan-entries", "role": "list"})


def _entry(entries: Element, id: str, status: Status) -> Element:
    return SubElement(entries, "li", {"class": "plan-entry", "id": id, "data-status": status})


def _add_session(entry: Element, session: Session, programme: Programme) -> None:
    if session.start:
        _add_span(_line(entry, "plan-when"), session.start, session.end, session.day)
    _add_title(entry, session.title, status=words.status(session, programme))
    speakers = words.listed([programme.speaker(id).name for id in session.speakers])
    tracks = [track.name for track in programme.tracks if track.id == session.track]
    room = words.room_names(programme, session.rooms)
    _add_facts(entry, [speakers, room, *tracks, words.KINDS[session.kind], session.texts.note])


def _add_plan(entry: Element, plan: AnyEntry) -> None:
    status = "" if plan.status is Status.CONFIRMED else words.STATUSES[plan.status]
    if isinstance(plan, Leg):
        _add_leg(entry, plan)
        _add_title(entry, "", status=status)
        _add_facts(entry, [words.length(plan.length) if plan.length else "", plan.note])
        return
    if plan.start:
        _add_span(_line(entry, "plan-when"), plan.start, plan.end, plan.day, zone=plan.zone)
    _add_title(entry, plan.title, status=status, url=url_of(plan))
    until = plan.until if isinstance(plan, Stay) else None
    stay = f"Until {words.weekday(until)}" if until else ""
    _add_facts(entry, [stay, getattr(plan, "where", ""), plan.note])


def own_links(document: Document) -> Iterator[str]:
    """Yield the links that a post's itineraries make.

    The link check leaves them out, because `collect` checks the events and sessions they name.
    """
    for itinerary in document.parts_of(Itinerary):
        yield from filter(None, map(url_of, itinerary.entries))


def url_of(plan: AnyEntry) -> str:
    """Return the path of an itinerary's talk at an event of this site; otherwise ""."""
    if not isinstance(plan, Talk) or not plan.event:
        return ""
    return f"/events/{plan.event}/" + (f"talks/{plan.session}/" if plan.session else "")


def _add_leg(entry: Element, leg: Leg) -> None:
    line = _line(entry, "plan-leg")
    _add_end(line, leg.departure, leg.day)
    line[-1].tail = " → "
    _add_end(line, leg.arrival, leg.day)


def _add_end(line: Element, end: End, day: date) -> None:
    """Add a place with the time on its own clock: `LAX 22:30 Los Angeles time (PDT, UTC−7)`."""
    whole = SubElement(line, "span", {"class": "plan-end"})
    place = SubElement(whole, "strong")
    place.text = end.place
    place.tail = " "
    if end.moment:
        _add_time(whole, end.moment, day)
        whole[-1].tail = f" {words.place_of(end.zone)} time ({words.zone_now(end.moment)})"
    else:
        place.tail = ", time not known"


def _add_span(
    line: Element, start: Moment, end: Moment | None, day: date, *, zone: str = ""
) -> None:
    _add_time(line, start, day)
    if end:
        line[-1].tail = "–"
        _add_time(line, end, day)
    if zone:
        line[-1].tail = f", {words.place_of(zone)} time ({words.zone_now(start)})"


def _add_time(parent: Element, moment: Moment, day: date) -> None:
    time = SubElement(parent, "time", {"datetime": moment.iso})
    shift = words.day_shift(moment, day)
    time.text = words.clock(moment) + (f" ({shift})" if shift else "")


def _add_title(entry: Element, title: str, *, status: str, url: str = "") -> None:
    if not title and not status:
        return
    line = _line(entry, "plan-what")
    if title:
        name = SubElement(line, "a" if url else "strong", {"href": url} if url else {})
        name.set("dir", "auto")
        name.text = title
        name.tail = " " if status else ""
    if status:
        SubElement(line, "em", {"class": "plan-status"}).text = f"({status})"


def _add_facts(entry: Element, facts: Iterable[str]) -> None:
    known = [fact for fact in facts if fact]
    if known:
        _line(entry, "plan-facts", " · ".join(known)).set("dir", "auto")
