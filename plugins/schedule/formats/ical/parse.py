"""iCalendar (RFC 5545) and xCal as components with properties.

component = "BEGIN" ":" name EOL *( line / component ) "END" ":" name EOL
line      = name *( ";" parameter "=" value ) ":" value EOL  ; folded ones joined, section 3.1
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from msgspec import Struct, field

from ...foreign.model import RefusedError
from ...foreign.tree import Node

DEEPEST = 10
"""Levels that components may stand within each other."""

# Matches the name and the parameters of a content line, up to the colon before its value.
NAME = re.compile(
    r"(?P<name>[A-Za-z0-9-]+)(?P<parameters>(?:;[A-Za-z0-9-]+=(?:\"[^\"]*\"|[^\";:,]*)(?:,(?:\"[^\"]*\"|[^\";:,]*))*)*):"
)
PARAMETER = re.compile(r";([A-Za-z0-9-]+)=(\"[^\"]*\"|[^\";:]*)")


class Property(Struct, frozen=True):
    """A property with its parameters, by upper-case names."""

    name: str
    parameters: dict[str, str]
    value: str


class Component(Struct):
    """What stands between BEGIN and END."""

    name: str
    line: int
    properties: list[Property] = field(default_factory=list)
    children: list[Component] = field(default_factory=list)

    def get(self, *names: str) -> Property | None:
        """The first property of one of those names."""
        return next((p for name in names for p in self.properties if p.name == name), None)

    def value(self, *names: str) -> str:
        """Its value; empty without it."""
        found = self.get(*names)
        return found.value if found else ""

    def all(self, name: str) -> Iterator[Property]:
        """The properties of that name."""
        return (p for p in self.properties if p.name == name)

    def within(self, name: str) -> Iterator[Component]:
        """The components of that name, however deep."""
        for child in self.children:
            if child.name == name:
                yield child
            yield from child.within(name)


def parse_components(source: str) -> Component:
    """All components of the file; lines that are no content lines are passed over."""
    root = Component("", 0)
    open = [root]
    for number, line in _unfolded(source):
        match = NAME.match(line)
        if not match:
            continue
        name, value = match["name"].upper(), line[match.end() :]
        if name == "BEGIN":
            child = Component(value.strip().upper(), number)
            open[-1].children.append(child)
            open.append(child)
            if len(open) > DEEPEST:
                raise RefusedError(f"a calendar nested over {DEEPEST} levels deep", line=number)
        elif name == "END":
            if len(open) > 1:
                open.pop()
        else:
            open[-1].properties.append(Property(name, _parameters(match["parameters"]), value))
    if len(open) > 1:
        raise RefusedError(
            f"a calendar that is cut off: {open[-1].name} has no end", line=open[-1].line
        )
    return root


def _unfolded(source: str) -> Iterator[tuple[int, str]]:
    """The content lines with their numbers; a line that begins with a blank goes on (3.1)."""
    number, parts = 0, list[str]()
    for count, line in enumerate(re.split(r"\r\n|\n|\r", source), 1):
        if line[:1] in {" ", "\t"} and parts:
            parts.append(line[1:])
            continue
        if parts:
            yield number, "".join(parts)
        number, parts = count, [line]
    yield number, "".join(parts)


def _parameters(written: str) -> dict[str, str]:
    return {name.upper(): value.strip('"') for name, value in PARAMETER.findall(written)}


def component_of(node: Node) -> Component:
    """A component of xCal; its properties are elements, in RFC 6321 below `properties`."""
    component = Component(node.name.upper(), node.line)
    for child in node.children:
        if child.name == "components":
            component.children += [component_of(inner) for inner in child.children]
        elif child.name == "properties":
            component.properties += [_property(inner) for inner in child.children]
        elif child.name.startswith("v") and child.children:
            component.children.append(component_of(child))
        else:
            component.properties.append(_property(child))
    return component


def _property(node: Node) -> Property:
    parameters = {name.upper(): value for name, value in node.attributes.items()}
    for given in node.all("parameters"):
        for parameter in given.children:
            inner = parameter.children[0].text if parameter.children else parameter.text
            parameters[parameter.name.upper()] = inner.strip()
    values = [_value(child) for child in node.children if child.name != "parameters"]
    return Property(node.name.upper(), parameters, ",".join(values) or node.text)


def _value(node: Node) -> str:
    """A value as iCalendar writes it; a rule is elements in xCal (RFC 6321, section 3.6.10)."""
    parts: dict[str, list[str]] = defaultdict(list)
    for part in node.children if node.name == "recur" else ():
        parts[part.name].append(part.text.strip())
    return ";".join(f"{name}={','.join(texts)}" for name, texts in parts.items()) or node.text
