"""Texts that nobody would write: real ones cut, joined, repeated and strewn with odd characters."""

from __future__ import annotations

import random
import re
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]

TOKENS = [
    *("---\n", "...\n", "\n\n", "\t", "    ", "- ", "* ", "1. ", "# ", "> ", "| ", " | ", "|-|\n"),
    *("```", "````", "~~~", "```console\n", "```schedule\n", "```itinerary\n", "```python {", "}"),
    *("[", "](", ")", "![", "[^1]", "[^1]: ", "*[", "**", "__", "==", "~~", "++", "`", "``", "\\"),
    *("<", ">", "<a href=", "<p>", "</p>", "<!--", "-->", "<script>", "&amp;", "&#0;", "<![CDATA["),
    *("- [ ] ", "- [x] ", "{: .x #y }", "{#id}", "{{name}}", "{{", "}}", "$ ", "# ", ">>> ", "~# "),
    *("=== ", '"A"\n', "??? ", "> [!NOTE]\n", "<!-- more -->", "{filename}", "https://", "mailto:"),
    *(
        "title: ",
        "date: ",
        "kind: ",
        "tags: [",
        "&a ",
        "*a",
        "!!python/object:",
        "<<: *a",
        "? ",
        "%",
    ),
    *("2012-03-25:", "02:30", "25:30", "09:00-10:00", "20m ", "+1 ", "→ ", "zone: ", "rooms: ["),
    *("\x00", "\x0b", "\x1b[31m", "\x7f", "\x85", "\u2028", "\ufeff", "\ufffe", "\u202e", "\u200d"),
]


WORD = re.compile(r"[\w:.+-]+")

IMPORTED = ("csv", "ics", "json", "xcal", "xml")

WHOLE = 20_000
"""Characters of other systems' files, which are changed as a whole: a part is refused."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes texts, the same for the same seed."""

    chance: random.Random
    originals: tuple[str, ...]
    longest: int = 600
    """Characters that are taken of a real text."""

    def text(self) -> str:
        """A real text, changed in one to twelve places."""
        text = self._piece(self.chance.choice(self.originals), self.longest)
        for _ in range(self.chance.randint(1, 12)):
            text = self._changed(text)
        return text

    def _changed(self, text: str) -> str:
        at = self.chance.randint(0, len(text))
        to = min(len(text), at + self.chance.randint(0, 20))
        way = self.chance.randrange(7)
        if way == 0:
            return text[:at] + text[to:]
        if way == 1:
            return text[:at] + self._token() + text[at:]
        if way == 2:
            return text[:at] + text[at:to] * self.chance.choice([2, 3, 40]) + text[to:]
        if way == 3:
            return text[:at] + self._character() + text[to:]
        if way == 4:
            return text[:at] + self._piece(self.chance.choice(self.originals), 80) + text[to:]
        if way == 5:
            return self._with_another_word(text)
        return text[:at] + self._token() * self.chance.choice([2, 30, 300]) + text[at:]

    def _with_another_word(self, text: str) -> str:
        """The text with one of its words, dates or times where another one is."""
        words = list(WORD.finditer(text))
        if not words:
            return text
        old, new = self.chance.choice(words), self.chance.choice(words)[0]
        return text[: old.start()] + new + text[old.end() :]

    def _token(self) -> str:
        return self.chance.choice(TOKENS)

    def _character(self) -> str:
        """Any code point of any plane, surrogates and those without a character included."""
        plane = self.chance.randrange(17)
        if self.chance.random() < 0.3:
            return chr(self.chance.randrange(0x20))
        return chr(min(sys.maxunicode, plane * 0x10000 + self.chance.randrange(0x10000)))

    def _piece(self, text: str, most: int) -> str:
        start = self.chance.randint(0, max(0, len(text) - most))
        return text[start : start + most] if start or len(text) > most else text


def writer(kind: str, *, seed: str) -> Writer:
    """What writes texts of a kind."""
    whole = {"longest": WHOLE} if kind == "import" else {}
    return Writer(random.Random(seed), originals(kind), **whole)


def originals(kind: str) -> tuple[str, ...]:
    """The texts of the project that are of a kind."""
    patterns = {
        "document": ("content/posts/*.md", "tests/sites/full/**/*.md", "tests/*/cases/*.md"),
        "body": ("content/posts/*.md", "tests/*/cases/*.md"),
        "schedule": ("content/events/*/schedule.yaml", "tests/schedule/parsing/cases/*.md"),
        "itinerary": ("tests/schedule/parsing/cases/itineraries.md",),
        "settings": ("pelicanconf.py", "publishconf.py"),
        "import": tuple(f"tests/schedule/formats/foreign/*.{kind}" for kind in IMPORTED),
    }[kind]
    files = sorted(file for pattern in patterns for file in ROOT.glob(pattern))
    return tuple(file.read_text("utf-8", errors="replace") for file in files)
