"""Parse iCalendar text (RFC 5545) into components with properties.

component = "BEGIN" ":" name EOL *( line / component ) "END" ":" name EOL
line      = name *( ";" parameter "=" value ) ":" value EOL  ; folded ones joined, section 3.1
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct, field

from ...foreign.model import RefusedError
from .component import Component, Property

DEEPEST = 10
"""The maximum depth of nested components."""

# Matches the name and the parameters of a content line, up to the colon before its value.
NAME = re.compile(
    r"(?P<name>[A-Za-z0-9-]+)(?P<parameters>(?:;[A-Za-z0-9-]+=(?:\"[^\"]*\"|[^\";:,]*)(?:,(?:\"[^\"]*\"|[^\";:,]*))*)*):"
)
PARAMETER = re.compile(r";([A-Za-z0-9-]+)=(\"[^\"]*\"|[^\";:]*)")


# Matches an escaped character, or a comma between two values.
ESCAPE_OR_COMMA = re.compile(r"\\(?P<escaped>.)|,")


class _Open(Struct):
    """A component without its end yet."""

    name: str
    line: int
    properties: list[Property] = field(default_factory=list)
    components: list[Component] = field(default_factory=list)

    def closed(self) -> Component:
        """Return the finished component."""
        return Component(self.name, tuple(self.properties), tuple(self.components), self.line)


def parse_components(source: str) -> Component:
    """Return a nameless component that holds the whole file; skip lines that are no content lines.

    Raise `RefusedError` if a component has no end, or if they are nested too deep.
    """
    open = [_Open("", 0)]
    for number, line in _unfolded(source):
        match = NAME.match(line)
        if not match:
            continue
        name, value = match["name"].upper(), line[match.end() :]
        if name == "BEGIN":
            open.append(_Open(value.strip().upper(), number))
            if len(open) > DEEPEST:
                raise RefusedError(f"a calendar nested over {DEEPEST} levels deep", line=number)
        elif name == "END":
            if len(open) > 1:
                last = open.pop()
                open[-1].components.append(last.closed())
        else:
            parameters = _parameters(match["parameters"])
            open[-1].properties.append(Property(name, values_of(value), "text", parameters))
    if len(open) > 1:
        raise RefusedError(
            f"a calendar that is cut off: {open[-1].name} has no end", line=open[-1].line
        )
    return open[0].closed()


def _unfolded(source: str) -> Iterator[tuple[int, str]]:
    """Yield the content lines with their numbers; a line after a blank continues the last (3.1)."""
    number, parts = 0, list[str]()
    for count, line in enumerate(re.split(r"\r\n|\n|\r", source), 1):
        if line[:1] in {" ", "\t"} and parts:
            parts.append(line[1:])
            continue
        if parts:
            yield number, "".join(parts)
        number, parts = count, [line]
    yield number, "".join(parts)


def _parameters(written: str) -> tuple[tuple[str, str], ...]:
    pairs = PARAMETER.findall(written)
    return tuple((name.upper(), value.strip('"')) for name, value in pairs)


def values_of(written: str) -> tuple[str, ...]:
    """Return the values of a line, split at commas and unescaped (section 3.3.11)."""
    values, parts, start = list[str](), list[str](), 0
    for match in ESCAPE_OR_COMMA.finditer(written):
        parts.append(written[start : match.start()])
        start = match.end()
        if match["escaped"] is None:
            values.append("".join(parts))
            parts.clear()
        else:
            parts.append("\n" if match["escaped"] in "nN" else match["escaped"])
    parts.append(written[start:])
    return (*values, "".join(parts))
