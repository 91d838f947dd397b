"""Mappings, lists and texts that know their place in their file.

`parse_yaml` reads YAML 1.1 syntax with the safe loader's composer, and leaves every scalar as the
text that the author wrote: a schema gives it its type. So `lang: no` is Norwegian, `version: 9.10`
keeps its zero, and a date is not guessed.
"""

from __future__ import annotations

from collections.abc import Mapping

import yaml
from msgspec import Struct

from .broken_yaml import broken
from .problem import Problem, Problems, Source, quoted
from .text import FORBIDDEN

MOST_NODES = 100_000
"""The most values of one file, with aliases written out, so that no small file can grow huge."""

MOST_CHARACTERS = 10_000
"""A text with fewer characters goes to libyaml without a look at its nesting."""

DEEPEST = 100
"""A longer text goes to libyaml if it nests at most this many levels."""

Plain = str | None | list["Plain"] | dict[str, "Plain"]
Location = tuple[str | int, ...]


class Marked(Struct, frozen=True):
    """A value with the line and column (from 1) at which it begins, and those of its key."""

    value: str | None | tuple[Marked, ...] | Mapping[str, Marked]
    line: int
    column: int
    key_line: int = 0
    key_column: int = 0

    def plain(self) -> Plain:
        """Return the value as str, None, list and dict."""
        if isinstance(self.value, Mapping):
            return {key: child.plain() for key, child in self.value.items()}
        if isinstance(self.value, tuple):
            return [child.plain() for child in self.value]
        return self.value

    def at(self, location: Location) -> Marked:
        """Return the value at a path of keys and indexes, or the nearest existing one above it."""
        node = self
        for step in location:
            child = node._child(step)
            if child is None:
                break
            node = child
        return node

    def _child(self, step: str | int) -> Marked | None:
        if isinstance(self.value, dict):
            return self.value.get(str(step))
        if isinstance(self.value, tuple) and isinstance(step, int) and step < len(self.value):
            return self.value[step]
        return None


def parse_yaml(source: Source, problems: Problems) -> Marked | None:
    """Return the text's one document as marked values; None if the text is empty or broken.

    All problems are added. A value of which there is a problem may be None or incomplete.
    """
    try:
        node = _composed(source.text)
        return _Reading(source, problems).marked(node) if node is not None else None
    except yaml.MarkedYAMLError as error:
        problems.append(broken(source, error))
        return None
    except RecursionError:
        problems.append(_too_deep(source))
        return None


def _composed(text: str) -> yaml.Node | None:
    """Return the root node of a text, by libyaml if it is installed and finds no error.

    Otherwise Python's own parser decides: its errors are worded as we report them, and a text that
    nests without end would overrun libyaml's stack.
    """
    if hasattr(yaml, "CSafeLoader"):
        try:
            if len(text) < MOST_CHARACTERS or _is_shallow(text):
                return yaml.compose(text, Loader=yaml.CSafeLoader)
        except yaml.YAMLError:
            pass
    return yaml.compose(text, Loader=yaml.SafeLoader)


def _is_shallow(text: str) -> bool:
    """Return True if a text nests at most `DEEPEST` levels; found without recursion."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            return False
    return True


class _Reading:
    """One walk from YAML nodes to marked values; it counts them and finds repeated keys."""

    def __init__(self, source: Source, problems: Problems) -> None:
        self.source, self.problems, self.count = source, problems, 0

    def marked(self, node: yaml.Node, key: yaml.Node | None = None) -> Marked:
        self.count += 1
        line, column = self._place(node)
        key_line, key_column = self._place(key) if key else (line, column)
        value = self._value(node) if self.count <= MOST_NODES else None
        if self.count == MOST_NODES:
            self._report(node, found="more than 100,000 values", expected="a smaller file")
        return Marked(value, line, column, key_line, key_column)

    def _value(self, node: yaml.Node) -> str | None | tuple[Marked, ...] | dict[str, Marked]:
        if not node.tag.startswith("tag:yaml.org,2002:") or "python" in node.tag:
            self._report(node, found=f"the tag {quoted(node.tag)}", expected="plain YAML")
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node)
        if isinstance(node, yaml.SequenceNode):
            return tuple(self.marked(child) for child in node.value)
        return None if node.tag.endswith(":null") else self._text(node)

    def _text(self, node: yaml.Node) -> str:
        """Return the text of a scalar; report escapes for characters that no file may hold."""
        text = str(node.value)
        if match := FORBIDDEN.search(text):
            self._report(
                node,
                found=f"an escape for the control character U+{ord(match[0]):04X}",
                expected="text without control characters",
            )
        return FORBIDDEN.sub("", text)

    def _mapping(self, node: yaml.MappingNode) -> dict[str, Marked]:
        entries: dict[str, Marked] = {}
        for key, child in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._report(key, found="a list or mapping as a key", expected="a word")
            elif FORBIDDEN.search(key.value):
                self._text(key)
            elif key.value in entries:
                first = entries[key.value].key_line
                self._report(
                    key,
                    found=f"the key {quoted(key.value)} again",
                    expected=f"each key once; it stands in line {first} already",
                )
            else:
                entries[key.value] = self.marked(child, key)
        return entries

    def _place(self, node: yaml.Node) -> tuple[int, int]:
        mark = node.start_mark
        return self.source.first_line + mark.line, mark.column + 1

    def _report(self, node: yaml.Node, *, found: str, expected: str) -> None:
        line, column = self._place(node)
        self.problems.append(self.source.problem(line, column, found=found, expected=expected))


def _too_deep(source: Source) -> Problem:
    return source.problem(
        source.first_line,
        1,
        found="values nested too deeply",
        expected="a few levels at most",
    )
