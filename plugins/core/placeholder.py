"""Values that a reader may fill in: `{{database}}` in commands, checklists and text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

NAME = r"[a-z][a-z0-9_]*"

# Matches `{{database}}` and `{{ database }}`; not `{{.Names}}`, `{{ site.title }}` or `\{{name}}`.
PLACEHOLDER = re.compile(r"(?<!\\)\{\{\s*(" + NAME + r")\s*\}\}")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One value that a reader may fill in, as its document declares it."""

    name: str
    default: str
    """What stands there without script, in feeds and in print."""
    label: str = ""
    """What the field is called; empty stands for the name."""
    pattern: str = ""
    """A regular expression that the whole value must match; empty allows any."""
    choices: tuple[str, ...] = field(default=())
    """The values to choose from; empty allows any."""


def fill(text: str, placeholders: Mapping[str, Placeholder]) -> str:
    """The text with every declared placeholder replaced by its default."""

    def default(match: re.Match[str]) -> str:
        declared = placeholders.get(match[1])
        return declared.default if declared else match[0]

    return PLACEHOLDER.sub(default, text)
