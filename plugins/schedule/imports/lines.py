"""Writes fields of Hallway's own files as lines of YAML that read back as the same fields.

Every value is a text, a list or a mapping of texts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from ...source.marked import Plain

Fields = dict[str, Plain]

BODY = "text"
"""The field for the text below the front matter of a file."""

DAY = "day"
"""The field for the day of an item."""

MOST_LINE = 90
"""The largest number of characters of a mapping on one line; a longer one gets a line a key."""

# Matches `Saal 1`, `10:00-10:45`, `It's on`; not `a: b`, `- x`, `x #y`, `null`, `[x]`, `a, b`.
BARE = re.compile(
    r"(?!(?:null|NULL|Null)$)[^\W_](?:[\w.;()/+'&@!?%=~–—“”„’…-]|\ (?!\ |$)|(?<=\d):(?=\d))*"
)


def whole_file(fields: Fields) -> str:
    """Return a new Markdown file with its front matter."""
    head = [line for key, value in fields.items() if key != BODY for line in entry(key, value)]
    return "\n".join(["---", *head, "---", "", str(fields.get(BODY) or "")]).rstrip() + "\n"


def block(key: str, things: Mapping[str, Fields]) -> list[str]:
    """Return the declaration of rooms, tracks or speakers, with a line for each."""
    filled = [without_empty(thing) for thing in things.values()]
    lines = [f"  - {flow(thing if len(thing) > 1 else thing['name'])}" for thing in filled]
    return [f"{key}:", *lines] if lines else []


def item(fields: Mapping[str, Plain], *, indent: str = "  ") -> list[str]:
    """Return a session as an item of a day's list."""
    pairs = [(key, value) for key, value in fields.items() if key != DAY]
    lines = [line for key, value in pairs for line in entry(key, value)]
    return [f"{indent}- {lines[0]}", *indented(lines[1:], f"{indent}  ")]


def entry(key: str, value: Plain) -> list[str]:
    """Return a key with its value, on as many lines as it takes."""
    if isinstance(value, str) and _is_block(value):
        return [f"{scalar(key)}: |-", *indented(value.split("\n"), "  ")]
    line = f"{scalar(key)}: {flow(value)}"
    if isinstance(value, dict) and len(line) > MOST_LINE:
        inner = (part for k, v in value.items() for part in entry(k, v))
        return [f"{scalar(key)}:", *indented(inner, "  ")]
    return [line]


def indented(lines: Iterable[str], indent: str) -> list[str]:
    """Return the lines with an indent; empty ones stay empty."""
    return [indent + line if line else "" for line in lines]


def _is_block(text: str) -> bool:
    """Return whether a text of several lines reads back the same from a YAML block."""
    is_tidy = all(line == line.rstrip() for line in text.split("\n"))
    return "\n" in text and is_tidy and text == text.strip() and "\t" not in text


def flow(value: Plain) -> str:
    """Return a value on one line."""
    if isinstance(value, dict):
        return (
            "{" + ", ".join(f"{scalar(key)}: {flow(inner)}" for key, inner in value.items()) + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(flow(inner) for inner in value) + "]"
    return scalar(value) if isinstance(value, str) else "null"


def scalar(text: str) -> str:
    """Return a text as a YAML scalar: bare where that is safe, else in quotes."""
    return text if BARE.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def without_empty(fields: Mapping[str, Plain]) -> Fields:
    """Return the fields that are not empty."""
    return {key: value for key, value in fields.items() if value}
