"""Write `schedule.xml`, the format of frab and pretalx: valid by its schema, and safe for its apps.

Apps need more than the schema requires: `conference` within the first 1,024 characters, a `date` on
each day and event, days numbered from 1 without gaps, no event of 24 hours or more, and a separate
id for each session of a repeated talk. Sessions without a time, and whatever else the format cannot
express, are in processing instructions, which only Hallway reads (notes/writer.py).
"""

from __future__ import annotations

import json
from xml.etree.ElementTree import Element, ProcessingInstruction, SubElement, indent, tostring

from ...exports.model import Export, ExportedDay, ExportedSession
from ...exports.plain import clean
from ..notes.writer import NAME, Notes, programme_notes, session_notes


def write_frab(export: Export) -> bytes:
    """Return the bytes of `schedule.xml`."""
    root = Element("schedule")
    SubElement(root, "generator", name="Hallway")
    _text(root, "url", f"{export.files}schedule.xml")
    _text(root, "version", export.version)
    _add_conference(root, export)
    _add_instruction(root, programme_notes(export))
    for day in export.days:
        _add_day(root, day, export)
    indent(root, " ")
    return bytes(tostring(root, "utf-8", xml_declaration=True)) + b"\n"


def _add_conference(root: Element, export: Export) -> None:
    conference = SubElement(root, "conference")
    _text(conference, "title", export.title)
    _text(conference, "acronym", export.acronym)
    _text(conference, "start", export.event.first_day.isoformat())
    _text(conference, "end", export.event.last_day.isoformat())
    _text(conference, "days", str(len(export.days)))
    _text(conference, "timeslot_duration", "00:05")
    _text(conference, "base_url", export.files)
    if export.logo:
        _text(conference, "logo", export.logo)
    _text(conference, "url", export.url)
    _text(conference, "time_zone_name", export.zone)
    for track in export.tracks:
        SubElement(conference, "track", name=clean(track.name))


def _add_day(root: Element, day: ExportedDay, export: Export) -> None:
    first, last = export.bounds(day)
    attributes = {"index": str(day.index), "date": day.date.isoformat()}
    element = SubElement(root, "day", attributes, start=first.iso, end=last.iso)
    guids = {each.room.name: each.guid for each in export.rooms}
    for name, sessions in export.by_room(day):
        known = {"guid": guids[name]} if name in guids else {}
        room = SubElement(element, "room", {"name": name, **known})
        for each in sessions:
            _add_event(room, each, export)


def _add_event(room: Element, each: ExportedSession, export: Export) -> None:
    session, start = each.session, each.session.start
    if not start:
        return
    code = {"code": each.code} if each.code else {}
    event = SubElement(room, "event", code, guid=each.guid, id=str(each.number))
    _add_instruction(event, session_notes(export, each))
    _text(event, "date", start.iso)
    _text(event, "start", f"{start.wall:%H:%M}")
    _text(event, "duration", each.hours)
    _text(event, "room", each.room)
    _text(event, "slug", each.slug)
    _text(event, "url", each.url)
    if each.texts.url.startswith("http"):
        _text(event, "origin_url", each.texts.url)
    _text(event, "title", each.title)
    _text(event, "subtitle", each.subtitle)
    _text(event, "track", each.track)
    _text(event, "type", each.type)
    _text(event, "language", session.language)
    _text(event, "abstract", each.texts.abstract)
    _text(event, "description", each.description)
    if feedback := each.extra("feedback_url"):
        _text(event, "feedback_url", feedback)
    _add_people(event, each)
    _add_recording(event, each)
    _add_material(event, each)


def _add_people(event: Element, each: ExportedSession) -> None:
    persons = SubElement(event, "persons")
    for who in each.speakers:
        person = SubElement(persons, "person", id=str(who.number), guid=who.guid)
        person.text = clean(who.speaker.name)


def _add_recording(event: Element, each: ExportedSession) -> None:
    """Add what the speakers allow to be recorded; nothing if they did not say."""
    licence, optout = each.extra("recording_license"), each.extra("do_not_record")
    if licence or optout:
        recording = SubElement(event, "recording")
        _text(recording, "license", licence)
        _text(recording, "optout", "true" if optout == "true" else "false")


def _add_material(event: Element, each: ExportedSession) -> None:
    links = SubElement(event, "links")
    if each.texts.recording:
        _text(links, "link", "Recording", href=each.texts.recording, type="media")
    for link in each.texts.links:
        _text(links, "link", link.label, href=link.url, type="related")
    attachments = SubElement(event, "attachments")
    if each.texts.slides:
        _text(attachments, "attachment", "Slides", href=each.texts.slides, type="slides")


def _text(parent: Element, name: str, text: str, **attributes: str) -> None:
    SubElement(parent, name, attributes).text = clean(text)


def _add_instruction(parent: Element, notes: Notes) -> None:
    """Add notes for Hallway's reader, with `?>` escaped, which would end the instruction."""
    data = json.dumps(notes, ensure_ascii=False, sort_keys=True).replace("?>", "?\\u003e")
    parent.append(ProcessingInstruction(NAME, clean(data)))
