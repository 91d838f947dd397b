"""Parses foreign XML and JSON into trees, within limits: no DTD, no entities, no great depth.

Elements have their lines. Expat decodes with the encoding that the file declares (XML 1.0, section
4.3.3).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from msgspec import Struct, field

from ..formats.notes.writer import NAME
from .model import RefusedError

DEEPEST = 60
"""The largest depth of nested elements or values."""

MOST_ELEMENTS = 500_000

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


class Node(Struct):
    """An element with its content; names are without namespace prefixes."""

    name: str
    attributes: dict[str, str]
    line: int
    children: list[Node] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    """The texts directly in it, in order."""
    note: str = ""
    """The note that Hallway's own export wrote for it."""

    @property
    def text(self) -> str:
        """Return the text directly in it."""
        return "".join(self.parts)

    def all(self, name: str) -> Iterator[Node]:
        """Return its children of that name."""
        return (child for child in self.children if child.name == name)

    def child(self, name: str) -> Node | None:
        """Return its first child of that name, or None."""
        return next(self.all(name), None)

    def text_of(self, name: str) -> str:
        """Return the text of its first child of that name; empty without one."""
        child = self.child(name)
        return child.text if child else ""

    def get(self, name: str) -> str:
        """Return an attribute; empty without it."""
        return self.attributes.get(name, "")


def parse_xml(data: bytes) -> Node:
    """Return the root of the document; raise RefusedError for broken or dangerous XML."""
    reading = _Reading()
    try:
        reading.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise RefusedError(_broken(error, reading), line=error.lineno) from None
    except (LookupError, ValueError, UnicodeError) as error:
        raise RefusedError(f"an XML file in an encoding that cannot be read ({error})") from None
    assert reading.root is not None  # Expat reports a document without an element as an error.
    return reading.root


def parse_json(text: str) -> Json:
    """Return the value; raise RefusedError for broken JSON or deep nesting."""
    try:
        value: Json = json.loads(text)
    except json.JSONDecodeError as error:
        is_cut = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated")
        what = "JSON that is cut off" if is_cut else f"broken JSON ({error.msg})"
        raise RefusedError(what, line=error.lineno) from None
    except RecursionError:
        raise RefusedError(f"JSON nested over {DEEPEST} levels deep") from None
    except ValueError:
        raise RefusedError("JSON with a number of thousands of digits") from None
    if _depth(value) > DEEPEST:
        raise RefusedError(f"JSON nested over {DEEPEST} levels deep")
    return value


class _Reading:
    """A run of the parser that builds the tree and refuses what a schedule never needs."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.open: list[Node] = []
        self.count = 0
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.ProcessingInstructionHandler = self._note
        self.parser.StartDoctypeDeclHandler = self._doctype

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        line = self.parser.CurrentLineNumber
        if len(self.open) >= DEEPEST:
            raise RefusedError(f"XML nested over {DEEPEST} levels deep", line=line)
        if self.count > MOST_ELEMENTS:
            raise RefusedError(f"XML with more than {MOST_ELEMENTS:,} elements", line=line)
        node = Node(name.rpartition(":")[2], attributes, line)
        if self.open:
            self.open[-1].children.append(node)
        else:
            self.root = node
        self.open.append(node)

    def _end(self, name: str) -> None:
        self.open.pop()

    def _text(self, text: str) -> None:
        self.open[-1].parts.append(text)

    def _note(self, target: str, text: str) -> None:
        """Store Hallway's own note on the open element (formats/notes/)."""
        if target == NAME and self.open:
            self.open[-1].note = text

    def _doctype(self, name: str, *ids: object) -> None:
        what = "an HTML page" if name.lower() == "html" else "XML with a document type (DTD)"
        raise RefusedError(what, line=self.parser.CurrentLineNumber)


def _broken(error: expat.ExpatError, reading: _Reading) -> str:
    words = expat.ErrorString(error.code) or "not well-formed"
    if words in {"no element found", "unclosed token", "unclosed CDATA section"}:
        is_begun = reading.root is not None
        return "XML that is cut off" if is_begun else "XML without an element"
    return f"broken XML ({words})"


def _depth(value: Json) -> int:
    """Return the number of levels of lists and objects in a value; without recursion."""
    level, depth = [value], 0
    while level and depth <= DEEPEST:
        depth += 1
        inner: list[Json] = []
        for each in level:
            if isinstance(each, dict):
                inner.extend(each.values())
            elif isinstance(each, list):
                inner.extend(each)
        level = inner
    return depth


def text(value: object) -> str:
    """Return a text; the English or the first of several languages; an integer as text."""
    if isinstance(value, dict):
        texts = [each for each in (value.get("en"), *value.values()) if isinstance(each, str)]
        return texts[0] if texts else ""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


def mapping(value: object) -> dict[str, Any]:
    """Return an object; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def listed(value: object) -> list[Any]:
    """Return a list; an empty one for anything else."""
    return value if isinstance(value, list) else []
