"""Read and write calendars as XML (RFC 6321): the components of iCalendar as elements."""

from __future__ import annotations

from collections import defaultdict
from xml.etree.ElementTree import Element, SubElement, tostring

from ...exports.plain import clean
from ...foreign.tree import Node
from .component import Component, Property

NAMESPACE = "urn:ietf:params:xml:ns:icalendar-2.0"


def write_xcal(calendar: Component) -> bytes:
    """Return the bytes of an xCal file with the calendar."""
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
    named = {name: value for name, value in each.parameters if name != "VALUE"}
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
    """Return a date or an offset with its separators (RFC 6321, section 3.3)."""
    if type == "date-time":
        date, _, time = value.partition("T")
        return f"{date[:4]}-{date[4:6]}-{date[6:]}T{time[:2]}:{time[2:4]}:{time[4:]}"
    if type == "utc-offset":
        return ":".join([value[:3], *(value[n : n + 2] for n in range(3, len(value), 2))])
    return value


def component_of(node: Node) -> Component:
    """Return the component of an element; in RFC 6321, its properties are below `properties`."""
    properties: list[Property] = []
    components: list[Component] = []
    for child in node.children:
        if child.name == "components":
            components += map(component_of, child.children)
        elif child.name == "properties":
            properties += map(_property, child.children)
        elif child.name.startswith("v") and child.children:
            components.append(component_of(child))
        else:
            properties.append(_property(child))
    return Component(node.name.upper(), tuple(properties), tuple(components), node.line)


def _property(node: Node) -> Property:
    parameters = {name.upper(): value for name, value in node.attributes.items()}
    for given in node.all("parameters"):
        for parameter in given.children:
            inner = parameter.children[0].text if parameter.children else parameter.text
            parameters[parameter.name.upper()] = inner.strip()
    values = [_value(child) for child in node.children if child.name != "parameters"]
    whole = tuple(values) if any(values) else (node.text,)
    return Property(node.name.upper(), whole, "text", tuple(parameters.items()))


def _value(node: Node) -> str:
    """Return a value as iCalendar writes it; xCal has a rule as elements (section 3.6.10)."""
    parts: dict[str, list[str]] = defaultdict(list)
    for part in node.children if node.name == "recur" else ():
        parts[part.name].append(part.text.strip())
    return ";".join(f"{name}={','.join(texts)}" for name, texts in parts.items()) or node.text
