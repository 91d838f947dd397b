"""Six hundred of the texts that `python -m tests.fuzz` tries by the million; and very long ones."""

from __future__ import annotations

import time

import pytest

from tests.fuzz.targets import targets
from tests.fuzz.texts import writer
from tests.markdown.reading import HEAD, read_bytes

COUNT = 100

SECONDS = 5.0
"""Of processor time; the build stops a text after 20."""

MANY = 20_000


@pytest.mark.parametrize(
    "name", ["body", "document", "import", "itinerary", "schedule", "settings"]
)
def test_hostile_text_is_read_or_told(name: str) -> None:
    read, texts = targets()[name], writer(name, seed=name)

    for _ in range(COUNT):
        read(texts.text())


def nested(opening: str, *, by: int, levels: int) -> str:
    return "\n\n".join(f"{' ' * (by * level)}{opening}" for level in range(levels))


LONG = {
    **{f"many {sign!r}": sign * MANY for sign in "[]()<>*_`~^=+!#|:\\&\"'$-.@{}"},
    "pairs": "[](" * MANY,
    "images": "![" * MANY,
    "links": "[a](" * MANY,
    "links in links": "[" * 5000 + "a" + "](b)" * 5000,
    "empty links": "[a]()" * 5000,
    "references": "[a][b]" * 5000,
    "one reference, defined with a long text": f"[a]: /{'x' * 10_000}\n\n" + "[a] " * 10_000,
    "definitions": "".join(f"[a{n}]: /b\n" for n in range(10_000)),
    "notes": "".join(f"[^{n}] " for n in range(2000))
    + "\n\n"
    + "".join(f"[^{n}]: a\n" for n in range(2000)),
    "notes in notes": "[^0]\n\n" + "".join(f"[^{n}]: [^{n + 1}]\n\n" for n in range(2000)),
    "emphasis in emphasis": "*a **a " * 5000,
    "emphasis of all sorts": "*a_b " * 5000,
    "strong runs": "a**b" * 10_000,
    "code spans of many widths": "".join("`" * n + "a" for n in range(400)),
    "struck out": "~~a ~b" * 5000,
    "marks": "==a =b" * 5000,
    "sups": "^a" * MANY,
    "keys": "++a" * MANY,
    "comments": "<!-- a" * MANY,
    "scripts": "<script> a" * MANY,
    "templates": "a<template> " * 5000,
    "instructions": "<?a" * MANY,
    "tags": "<a b='" * MANY,
    "tags with attributes": "<a " + "b " * MANY,
    "entities": "&amp;" * MANY,
    "escapes": "\\*" * MANY,
    "addresses": "https://a" * 10_000,
    "mail": "a@b.c-" * 10_000,
    "quotations": ">" * MANY,
    "quotations, deeper by the line": "\n".join("> " * n + "a" for n in range(45)) * 20,
    "lists in lists": "\n".join("  " * n + "- a" for n in range(45)) * 20,
    "lists in a line": "- " * 45 + "a",
    "many lists in a line": "- " * MANY,
    "numbers": "1. " * 10_000,
    "items": "- a\n" * 10_000,
    "loose items": "- a\n\n" * 5000,
    "tabs in tabs": nested('=== "a"', by=4, levels=45),
    "tabs": '=== "a"\n\n    b\n\n' * 2000,
    "details in details": nested('??? "a"', by=4, levels=45),
    "admonitions in admonitions": nested("!!! a", by=4, levels=45),
    "definitions in definitions": "\n".join(
        " " * (4 * n) + "a\n" + " " * (4 * n) + ":   b" for n in range(45)
    ),
    "terms": "a\n" * 10_000 + ": b\n",
    "elements": '<div markdown="1">\n\n' * 1000,
    "elements that end": '<div markdown="1">\n\n' * 40 + "\n\n</div>" * 40,
    "a table": "|a" * 2000 + "\n" + "|-" * 2000 + "\n" + ("|b" * 2000 + "\n") * 10,
    "a long table": "|a|\n|-|\n" + "|b|\n" * 10_000,
    "bars": "a|b\n" * 10_000,
    "rules": "---\n" * 10_000,
    "headings": "# a\n" * 3000,
    "headings that are underlined": "a\n=\n" * 3000,
    "lines": "a\n" * MANY,
    "blank lines": "\n" * 100_000,
    "blanks": " " * 100_000 + "a",
    "breaks": "a  \n" * 10_000,
    "fences": "```\n" * 10_000,
    "unclosed fences in items": "- ```\n" * 3000,
    "attributes": "a {: .b }\n\n" * 3000,
    "braces": "*a*{" * 10_000,
    "abbreviations": "".join(f"*[a{n}]: b\n" for n in range(1000)) + "a1 " * 5000,
    "formulas": "$a$ " * 1000,
    "formulas on lines": "$$\na\n" * 3000,
    "quotes": "\"a 'b " * 5000,
    "pictures": '![a](b.png "c")\n\n' * 2000,
}


@pytest.mark.parametrize("name", LONG)
def test_long_text_ends_soon(name: str) -> None:
    start = time.process_time()

    document, problems = read_bytes((HEAD + LONG[name] + "\n").encode())

    assert document or problems
    assert time.process_time() - start < SECONDS
