"""XML and JSON from strangers become trees, within limits: no DTD, no entities, no great depth.

Elements know their lines. Expat reads the encoding that the file declares (XML 1.0, section 4.3.3).
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
"""Levels that elements or values may stand within each other."""

MOST_ELEMENTS = 500_000

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


class Node(Struct):
    """An element with what it holds; names are without their namespaces' prefixes."""

    name: str
    attributes: dict[str, str]
    line: int
    children: list[Node] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    """The pieces of text directly within it."""
    note: str = ""
    """What our own export said of it beside."""

    @property
    def text(self) -> str:
        """The text directly within it."""
        return "".join(self.parts)

    def all(self, name: str) -> Iterator[Node]:
        """Its children of that name."""
        return (child for child in self.children if child.name == name)

    def child(self, name: str) -> Node | None:
        """Its first child of that name."""
        return next(self.all(name), None)

    def text_of(self, name: str) -> str:
        """The text of its first child of that name; empty without one."""
        child = self.child(name)
        return child.text if child else ""

    def get(self, name: str) -> str:
        """An attribute; empty without it."""
        return self.attributes.get(name, "")


def parse_xml(data: bytes) -> Node:
    """The root of the document; raises `RefusedError` for what is none, or could do harm."""
    reading = _Reading()
    try:
        reading.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise RefusedError(_broken(error, reading), line=error.lineno) from None
    except (LookupError, ValueError, UnicodeError) as error:
        raise RefusedError(f"an XML file in an encoding that cannot be read ({error})") from None
    assert reading.root is not None  # Expat tells a document without an element.
    return reading.root


def parse_json(text: str) -> Json:
    """The value; raises `RefusedError` for what is no JSON, or nested too deeply."""
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
    """One walk of the parser; builds the tree and refuses what a programme never needs."""

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
        """Our own notes for the element that is open (formats/notes/)."""
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
    """How many levels of lists and objects a value has; found without recursion."""
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
    """A text; of one in several languages, the English or the first; a number as it is written."""
    if isinstance(value, dict):
        texts = [each for each in (value.get("en"), *value.values()) if isinstance(each, str)]
        return texts[0] if texts else ""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


def mapping(value: object) -> dict[str, Any]:
    """An object; an empty one when it is anything else."""
    return value if isinstance(value, dict) else {}


def listed(value: object) -> list[Any]:
    """A list; an empty one when it is anything else."""
    return value if isinstance(value, list) else []
