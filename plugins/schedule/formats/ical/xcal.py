"""Calendars as XML (RFC 6321): the same components, in elements."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, tostring

from ...exports.plain import clean
from .component import Component, Property

NAMESPACE = "urn:ietf:params:xml:ns:icalendar-2.0"


def write_xcal(calendar: Component) -> bytes:
    """The calendar as a file."""
    root = Element("icalendar", {"xmlns": NAMESPACE})
    _add(root, calendar)
    return bytes(tostring(root, "utf-8", xml_declaration=True)) + b"\n"


def _add(parent: Element, component: Component) -> None:
    element = SubElement(parent, component.name.lower())
    properties = SubElement(element, "properties")
    for each in component.properties:
        _add_property(properties, each)
    if component.components:
        components = SubElement(element, "components")
        for part in component.components:
            _add(components, part)


def _add_property(parent: Element, each: Property) -> None:
    element = SubElement(parent, each.name.lower())
    named = {name: value for name, value in each.parameters.items() if name != "VALUE"}
    if named:
        parameters = SubElement(element, "parameters")
        for name, value in named.items():
            SubElement(SubElement(parameters, name.lower()), "text").text = value
    if each.name == "GEO":
        latitude, _, longitude = each.values[0].partition(";")
        SubElement(element, "latitude").text = latitude
        SubElement(element, "longitude").text = longitude
        return
    type = "unknown" if each.name.startswith("X-") else each.type
    for value in each.values:
        SubElement(element, type).text = _form(type, clean(value))


def _form(type: str, value: str) -> str:
    """Dates and offsets have their separators back (RFC 6321, section 3.3)."""
    if type == "date-time":
        date, _, time = value.partition("T")
        return f"{date[:4]}-{date[4:6]}-{date[6:]}T{time[:2]}:{time[2:4]}:{time[4:]}"
    if type == "utc-offset":
        return ":".join([value[:3], *(value[n : n + 2] for n in range(3, len(value), 2))])
    return value
