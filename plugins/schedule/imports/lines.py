"""The fields of our own files as lines of YAML that read back as them.

Every value is a text, a list or a mapping of texts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from ...source.marked import Plain

Fields = dict[str, Plain]

BODY = "text"
"""The field that stands for what is below the front matter of a file."""

DAY = "day"
"""The field that stands for the day that an item is written under."""

MOST_LINE = 90
"""Characters of a mapping on one line; longer ones have a line for each key."""

# Matches `Saal 1`, `10:00-10:45`, `It's on`; not `a: b`, `- x`, `x #y`, `null`, `[x]`, `a, b`.
BARE = re.compile(
    r"(?!(?:null|NULL|Null)$)[^\W_](?:[\w.;()/+'&@!?%=~–—“”„’…-]|\ (?!\ |$)|(?<=\d):(?=\d))*"
)


def whole_file(fields: Fields) -> str:
    """A new Markdown file with its front matter."""
    head = [line for key, value in fields.items() if key != BODY for line in entry(key, value)]
    return "\n".join(["---", *head, "---", "", str(fields.get(BODY) or "")]).rstrip() + "\n"


def block(key: str, things: Mapping[str, Fields]) -> list[str]:
    """The declaration of rooms or tracks, a line for each."""
    filled = [without_empty(thing) for thing in things.values()]
    lines = [f"  - {flow(thing if len(thing) > 1 else thing['name'])}" for thing in filled]
    return [f"{key}:", *lines] if lines else []


def item(fields: Mapping[str, Plain], *, indent: str = "  ") -> list[str]:
    """A session as an item of a day's list."""
    pairs = [(key, value) for key, value in fields.items() if key != DAY]
    lines = [line for key, value in pairs for line in entry(key, value)]
    return [f"{indent}- {lines[0]}", *indented(lines[1:], f"{indent}  ")]


def entry(key: str, value: Plain) -> list[str]:
    """A key with its value, on as many lines as it takes."""
    if isinstance(value, str) and _is_block(value):
        return [f"{scalar(key)}: |-", *indented(value.split("\n"), "  ")]
    line = f"{scalar(key)}: {flow(value)}"
    if isinstance(value, dict) and len(line) > MOST_LINE:
        inner = (part for k, v in value.items() for part in entry(k, v))
        return [f"{scalar(key)}:", *indented(inner, "  ")]
    return [line]


def indented(lines: Iterable[str], indent: str) -> list[str]:
    """The lines further in; empty ones stay empty."""
    return [indent + line if line else "" for line in lines]


def _is_block(text: str) -> bool:
    """Whether a text of several lines reads back the same from a block of them."""
    is_tidy = all(line == line.rstrip() for line in text.split("\n"))
    return "\n" in text and is_tidy and text == text.strip() and "\t" not in text


def flow(value: Plain) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return (
            "{" + ", ".join(f"{scalar(key)}: {flow(inner)}" for key, inner in value.items()) + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(flow(inner) for inner in value) + "]"
    return scalar(value) if isinstance(value, str) else "null"


def scalar(text: str) -> str:
    """A text as YAML reads it back: bare where that is safe, else in quotes."""
    return text if BARE.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def without_empty(fields: Mapping[str, Plain]) -> Fields:
    """The fields that say something."""
    return {key: value for key, value in fields.items() if value}
