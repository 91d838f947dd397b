"""Edits an author's files as lines, one key at a time, so that everything else stays as it is.

`Sheet` finds the items of a schedule.yaml that have an id, and writes it with some of them changed,
removed or added. `Page` does the same for the front matter and the text of a Markdown file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from ...source.front_matter import split_head
from ...source.marked import Marked, Plain, parse_yaml
from ...source.problem import Problems, Source
from ..parsing.items import ALIASES, KEYS
from ..parsing.times import CLOCK, ISO_DAY
from .lines import BODY, DAY, Fields, entry, indented, item
from .merge import applied

LINE = "line"
"""The field for the line of an item that is written as a line with keys below it."""


class Item(Struct, frozen=True):
    """An item with an id, from line `first` (from 0) to before line `end`."""

    fields: Fields
    node: Marked
    first: int
    end: int

    @property
    def is_plain(self) -> bool:
        """Return whether it is a mapping of an item's keys, as an import writes it."""
        return LINE not in self.fields

    def line_of(self, key: str) -> int:
        """Return the line (from 1) of a key, or that of the item when it has no such key."""
        found = self.node.at((key,))
        return found.key_line or self.first + 1


class Sheet:
    """One schedule.yaml, its items by id, and the changes to make."""

    def __init__(self, source: Source) -> None:
        self.source, self.problems = source, Problems()
        root = parse_yaml(source, self.problems)
        self.heads: dict[str, Marked] = root.value if root and isinstance(root.value, dict) else {}
        self.lines = source.text.rstrip("\n").split("\n") if source.text.strip() else []
        self.items: dict[str, Item] = {}
        self._day_lines: dict[str, int] = {}
        self._order: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._instead: dict[int, tuple[int, list[str]]] = {}
        self._added: dict[int, list[tuple[str, list[str]]]] = defaultdict(list)
        for key, node in self.heads.items():
            if match := ISO_DAY.match(key):
                self._day_lines.setdefault(match[0], node.key_line - 1)
                self._read(match[0], node, self._end_of(key))

    def declared(self, key: str) -> dict[str, Fields]:
        """Return the declared rooms or tracks, by id or name."""
        node = self.heads.get(key)
        value = node.plain() if node else None
        if isinstance(value, dict):
            things = [_declaration(facts, name) for name, facts in value.items()]
        else:
            names = value.split(",") if isinstance(value, str) else value or []
            things = [_declaration(thing, "") for thing in names]
        return by_name(things)

    def put_block(self, key: str, lines: Sequence[str]) -> None:
        """Replace a declaration; a new one goes above the first day."""
        if key in self.heads:
            self._instead[self.heads[key].key_line - 1] = (self._end_of(key), list(lines))
        else:
            first = min(self._day_lines.values(), default=len(self.lines))
            self._added[first].append(("", [*lines, *([""] if self.lines else [])]))

    def change(self, id: str, taken: Mapping[str, Plain]) -> None:
        """Set an item's fields; move it when its day is among them."""
        found = self.items[id]
        if DAY in taken:
            self.remove(id)
            self.add(applied(found.fields, taken))
        else:
            spans = _spans(found.node, found.end, self.lines)
            prefix = self.lines[found.first][: found.node.column - 1]
            lines = _changed(spans, taken, self.lines[found.first : found.end], found.first, prefix)
            fresh = item(applied(found.fields, taken), indent=prefix[:-2])
            self._instead[found.first] = (found.end, lines if lines is not None else fresh)

    def remove(self, id: str) -> None:
        """Remove an item."""
        found = self.items[id]
        self._instead[found.first] = (found.end, [])

    def add(self, fields: Fields) -> None:
        """Add an item to its day, after the items that begin no later."""
        day, start = str(fields[DAY]), _start_of(fields)
        before = [end for began, end in self._order[day] if began <= start]
        if day in self._day_lines:
            place = before[-1] if before else self._day_lines[day] + 1
            self._added[place].append((start, item(fields)))
            return
        later = [line for other, line in self._day_lines.items() if other > day]
        place = min(later, default=len(self.lines))
        self._added[place].append((f"{day} {start}", item(fields)))

    def text(self) -> str:
        """Return the text with all changes; a day's heading stays even if its items are gone."""
        lines: list[str] = []
        number = 0
        while number <= len(self.lines):
            lines += self._fresh(number, lines)
            if number in self._instead:
                end, fresh = self._instead[number]
                lines += fresh
                number = max(end, number + 1) if end > number else number + 1
                continue
            lines += self.lines[number : number + 1]
            number += 1
        return "\n".join(lines).strip("\n") + "\n"

    def _fresh(self, number: int, above: Sequence[str]) -> Iterator[str]:
        """Yield the new lines before a line; those of a new day have its date above them."""
        day = ""
        for start, lines in sorted(self._added.get(number, []), key=lambda added: added[0]):
            if len(start) > len("00:00") and start[:10] != day:
                day = start[:10]
                yield from [*([""] if above else []), f"{day}:"]
            yield from lines
        if day and number < len(self.lines):
            yield ""

    def _end_of(self, key: str) -> int:
        """Return the line after the last one of a top-level key."""
        keys = list(self.heads)
        following = keys[keys.index(key) + 1 :]
        end = self.heads[following[0]].key_line - 1 if following else len(self.lines)
        return _trimmed(self.heads[key].key_line, end, self.lines)

    def _read(self, day: str, node: Marked, limit: int) -> None:
        nodes = node.value if isinstance(node.value, tuple) else ()
        for each, end in _ends(nodes, limit, self.lines):
            value = each.value
            if isinstance(value, dict) and len(value) == 1:
                inner = next(iter(value.values()))
                if isinstance(inner.value, tuple):
                    self._read(day, inner, end)
                    continue
            fields = _fields(each)
            self._order[day].append((_start_of(fields), end))
            if isinstance(id := fields.get("id"), str):
                self.items.setdefault(id, Item({DAY: day, **fields}, each, each.line - 1, end))


class Page(Struct):
    """A Markdown file: its front matter and its text."""

    source: Source
    problems: Problems = field(default_factory=Problems)
    fields: Fields = field(default_factory=dict)
    _head: Marked | None = None
    _body_line: int = 0

    def __post_init__(self) -> None:
        head = split_head(self.source, self.problems)
        if not head or not self.source.text.startswith("---"):
            return
        self._head, self._body_line = head.values, head.body_line
        plain = head.values.plain()
        body = "\n".join(self.source.lines[head.body_line - 1 :]).strip("\n")
        self.fields = dict(plain) if isinstance(plain, dict) else {}
        if body:
            self.fields[BODY] = body

    def line_of(self, key: str) -> int:
        """Return the line (from 1) of a key, or of the text."""
        if key == BODY or not self._head:
            return max(self._body_line, 1)
        return self._head.at((key,)).key_line or 1

    def with_fields(self, taken: Mapping[str, Plain]) -> str:
        """Return the file with some fields changed."""
        lines = self.source.lines
        end = next(n for n, line in enumerate(lines[1:], 1) if line.strip() in {"---", "..."})
        spans = _spans(self._head, end, lines) if self._head else {}
        head = {key: value for key, value in taken.items() if key != BODY}
        changed = _changed(spans, head, lines[1:end], 1, "")
        if changed is None:
            kept = applied({k: v for k, v in self.fields.items() if k != BODY}, head)
            changed = [line for key, value in kept.items() for line in entry(key, value)]
        body = str(taken[BODY] or "") if BODY in taken else str(self.fields.get(BODY, ""))
        return "\n".join(["---", *changed, "---", "", body]).rstrip() + "\n"


def by_name(things: Iterable[Fields]) -> dict[str, Fields]:
    """Return rooms or tracks by their own ids or, without one, by name."""
    return {str(fields.get("id") or fields.get("name")): fields for fields in things}


def _declaration(thing: Plain, name: str) -> Fields:
    """Return the fields of a declared room or track; if it is only named, its name."""
    fields: Fields = dict(thing) if isinstance(thing, dict) else {}
    if isinstance(thing, str):
        name = thing.strip()
    return {"name": name, **fields} if name else fields


def _start_of(fields: Mapping[str, Plain]) -> str:
    """Return the start of an item as a text that sorts; empty when it has none."""
    written = fields.get("time") or fields.get("start") or fields.get(LINE)
    match = CLOCK.match(written) if isinstance(written, str) else None
    return f"{int(match['hour']):02}:{match['minute']}" if match else ""


def _ends(
    nodes: Sequence[Marked], limit: int, lines: Sequence[str]
) -> Iterator[tuple[Marked, int]]:
    """Yield each item with the line after its last."""
    for number, node in enumerate(nodes):
        following = nodes[number + 1].line - 1 if number + 1 < len(nodes) else limit
        yield node, _trimmed(node.line, following, lines)


def _trimmed(first: int, end: int, lines: Sequence[str]) -> int:
    """Return the end without blank lines and comments before it: they belong to what follows."""
    while end > first and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    return end


def _fields(node: Marked) -> Fields:
    """Return the fields of an item: its keys, or its line and the keys below it."""
    plain = node.plain()
    if isinstance(plain, dict) and len(plain) == 1:
        (key, inner), *_ = plain.items()
        if ALIASES.get(key, key) not in KEYS:
            return {LINE: key, **(inner if isinstance(inner, dict) else {})}
    return dict(plain) if isinstance(plain, dict) else {LINE: plain}


def _spans(node: Marked, end: int, lines: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return by key of a mapping: its first line and the line after its last, from 0."""
    entries = list(node.value.items()) if isinstance(node.value, dict) else []
    starts = [child.key_line - 1 for _, child in entries]
    ends = [*starts[1:], end]
    return {
        key: (start, _trimmed(start + 1, stop, lines))
        for (key, _), start, stop in zip(entries, starts, ends, strict=True)
    }


def _changed(
    spans: Mapping[str, tuple[int, int]],
    taken: Mapping[str, Plain],
    lines: Sequence[str],
    offset: int,
    prefix: str,
) -> list[str] | None:
    """Return the lines of a mapping with some keys changed.

    Returns None when the keys are not on lines of their own, or when the first one would go.
    """
    starts = [start for start, _ in spans.values()]
    first = min(starts, default=-1)
    is_in_lines = len(set(starts)) == len(starts) and first == offset
    goes = any(taken.get(key, "") is None and spans[key][0] == first for key in spans)
    if not is_in_lines or goes:
        return None
    indent, fresh = " " * len(prefix), list(lines)
    new = [line for key, value in taken.items() if key not in spans for line in entry(key, value)]
    fresh += indented(new, indent)
    for key, (start, end) in reversed(list(spans.items())):
        if key not in taken:
            continue
        value = taken[key]
        written = entry(key, value) if value is not None else []
        placed = indented(written, indent)
        if start == first and placed:
            placed[0] = f"{prefix}{written[0]}"
        fresh[start - offset : end - offset] = placed
    return fresh
