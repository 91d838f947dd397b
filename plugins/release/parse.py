"""The parser of a release post: list items below headings that name a type of change.

    entries    = *( heading list )                     ; headings of other words are prose
    heading    = "Added" / "Changed" / "Deprecated" / "Removed" / "Fixed" / "Security" / "Migration"
    entry      = list item: text, then an optional list of facts
    fact       = key ":" value
    key        = one of KEYS, below
    Affects    = term *( "," term ) / "all" / "none"   ; terms are in terms.py
    Not known  = term *( "," term )                    ; they may or may not be affected
    Fixed in   = version *( "," version )              ; all of the post's where it is absent
    If         = words, and a fenced block that checks ; “you use SSL”
    Severity   = CVSS vector                           ; 2, 3.0, 3.1 or 4.0

A vulnerability's entry begins with its CVE, or ends with it in parentheses, or has it as a fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from msgspec import Struct

from ..markdown.reading import Reading
from ..markdown.tree import RAW_BLOCK
from ..markdown.tree import text_of as plain_text
from ..source.problem import Problem, did_you_mean, nearest, one_of, quoted
from ..source.slug import slugify
from .inline import inline_html, text_of
from .model import Condition, Entry, Severity, Type, Written
from .severity import EXPECTED, parse_severity

TYPES = {type.value.casefold(): type for type in Type}

BEFORE, AFTER = "Before restart", "After upgrade"

KEYS = (
    "Affects",
    "Not known",
    "Fixed in",
    "If",
    "Check",
    BEFORE,
    AFTER,
    "Severity",
    "CVE",
    "Credit",
    "Issue",
    "Name",
)
FOLDED = {key.casefold(): key for key in KEYS}

HEADINGS = ("h2", "h3", "h4", "h5", "h6")

# Matches `Fixed in: 9.1.1` and `If: you use SSL`; not `http://x` or a sentence with a colon late.
FACT = re.compile(r"\s*(?P<key>[A-Za-z]+(?: [a-z]+)?):(?!//)\s*(?P<value>.*)", re.DOTALL)

CVE = r"CVE-\d{4}-\d{4,19}"

# Matches `CVE-2012-0866: …` and `CVE-2012-0866, CVE-2012-0867 …`.
LEADING_CVES = re.compile(rf"(?:{CVE}(?:\s*(?:,|and|/|;)\s*)?)+")

# Matches `… (CVE-2012-0866)` at the end.
TRAILING_CVES = re.compile(rf"\((?:{CVE}(?:\s*(?:,|and|/|;)\s*)?)+\)\.?$")

# Matches `CVE-2012-866`, `CVE 2012-0866`, `cve-2012-0866`: anything that is meant as a CVE.
LIKE_CVE = re.compile(r"\bCVE[-_ ]?\d[\w-]*", re.IGNORECASE)

# Matches `Breaking: …`, `Breaking change: …` and git-cliff's `[breaking] …` at the beginning.
BREAKING = re.compile(r"\[breaking\]|breaking(?: change)?\s*[:!]", re.IGNORECASE)

ALMOST = 0.8
"""The similarity from which a heading or key is taken for a misspelt known one."""

ANCHOR_WORDS = 4
"""The number of words of a text that make its anchor."""


class Section(Struct, frozen=True):
    """The items below one heading."""

    type: Type
    items: tuple[Element, ...]


class ParsedEntry(Struct, frozen=True):
    """An entry and the elements that it was read from."""

    entry: Entry
    item: Element
    facts: Element | None
    """The list of its facts; None if there is none."""


def parse_entries(root: Element, reading: Reading) -> list[ParsedEntry]:
    """Return all entries below an element; add problems to the reading."""
    parsed = []
    for section in find_sections(root, reading):
        for item in section.items:
            parsed.append(_entry(item, section.type, reading))
            _report_lost_facts(parsed[-1], reading)
    return parsed


def _report_lost_facts(parsed: ParsedEntry, reading: Reading) -> None:
    """Report facts in a list after that of the entry's facts, which Markdown ended before them."""
    own = set(parsed.facts) if parsed.facts is not None else set()
    for li in parsed.item.iter("li"):
        key = fact_key(li)
        if key and li not in own:
            written = written_in(reading, li, key)
            reading.problems.append(
                Problem(
                    written.place,
                    found=f"the fact {quoted(key)} in a list after that of the entry's facts",
                    expected="one list of facts right below an entry's text",
                    hint="indent what belongs to a fact, like a fenced block, by 8 blanks",
                    excerpt=written.excerpt,
                )
            )


def find_sections(root: Element, reading: Reading) -> Iterator[Section]:
    """Yield the sections of changes; a heading of a lower rank inside one does not end it."""
    type, rank = None, 0
    for child in root:
        if child.tag in HEADINGS:
            words = plain_text(child)
            found = TYPES.get(words.casefold())
            level = HEADINGS.index(child.tag)
            if found or level <= rank or type is None:
                type, rank = found, level
            if not found and (near := nearest(words, TYPES, alike=ALMOST)):
                reading.problems.append(_unknown_type(child, words, TYPES[near], reading))
        elif type and child.tag in {"ul", "ol"}:
            yield Section(type, tuple(child))


def _unknown_type(heading: Element, words: str, near: Type, reading: Reading) -> Problem:
    at = written_in(reading, heading, words)
    return Problem(
        at.place,
        found=f"the heading {quoted(words)}, which is no type of change",
        expected=one_of(type.value for type in Type),
        hint=did_you_mean(words, [near.value]),
        excerpt=at.excerpt,
    )


def written_in(reading: Reading, element: Element, text: str, *, within: str = "") -> Written:
    """Return a text of a block with the place where it, or the text before it, is written."""
    held = element in reading.origins or not len(element)
    holder = element if held else element[0]
    origin = reading.origins.get(holder)
    wanted = text if not origin or text in origin.text else within
    line, column = reading.place_in(holder, wanted)
    return Written(text, reading.source.place(line, column), reading.source.excerpt(line))


def _block_in(item: Element) -> str:
    """Return the text of the first fenced block in an item; empty without one."""
    blocks = (child for child in item.iter() if child.tag in {"pre", RAW_BLOCK})
    first = next(blocks, None)
    if first is None:
        return ""
    return first.get("data-plain", "").strip() or "".join(first.itertext()).strip()


def _entry(item: Element, type: Type, reading: Reading) -> ParsedEntry:
    html = inline_html(item)
    text = text_of(html)
    facts = next((child for child in item if child.tag == "ul" and _is_facts(child)), None)
    reader = FactReader(reading)
    values = reader.read(facts) if facts is not None else {}
    cves = _cves(text, item, values, reading)
    name = slugify(_first(values, "Name"))
    entry = Entry(
        type=type,
        anchor=reading.unique_id(name or _anchor(text, cves)),
        text=text,
        html=html,
        at=written_in(reading, item, ""),
        name=name,
        cves=cves,
        severity=reader.severity(values.get("Severity", ())),
        affects=_terms(values["Affects"]) if "Affects" in values else None,
        unknown=_terms(values.get("Not known", ())),
        fixed_in=_terms(values.get("Fixed in", ())),
        condition=_condition(values, facts),
        before=_texts(values, BEFORE),
        after=_texts(values, AFTER),
        credit=_texts(values, "Credit"),
        issues=reader.addresses(values.get("Issue", ())),
        is_breaking=type is Type.REMOVED or bool(BREAKING.match(text)),
    )
    return ParsedEntry(entry, item, facts)


Values = Mapping[str, Sequence[Written]]


def _first(values: Values, key: str) -> str:
    return values[key][0].text if key in values else ""


def _texts(values: Values, key: str) -> tuple[str, ...]:
    return tuple(value.text for value in values.get(key, ()))


def _terms(values: Sequence[Written]) -> tuple[Written, ...]:
    """Return the parts between commas, each with its place."""
    return tuple(
        Written(part.strip(), value.place, value.excerpt)
        for value in values
        for part in value.text.split(",")
        if part.strip()
    )


def _condition(values: Values, facts: Element | None) -> Condition | None:
    words = " and ".join(_texts(values, "If"))
    if not words or facts is None:
        return None
    below = (_block_in(li) for li in facts if fact_key(li) == "If")
    return Condition(words, _first(values, "Check") or next(filter(None, below), ""))


def _anchor(text: str, cves: Sequence[str]) -> str:
    words = cves[0] if cves else " ".join(text.split()[:ANCHOR_WORDS])
    return slugify(words) or "change"


def _is_facts(element: Element) -> bool:
    """Return True if a list holds facts: an item begins with a key, or nearly with one."""
    return any(fact_key(li) or _almost_key(li) for li in element)


def fact_key(li: Element) -> str:
    """Return the key that an item begins with; empty for none."""
    match = FACT.match(plain_text(li))
    return FOLDED.get(match["key"].casefold(), "") if match else ""


def _almost_key(li: Element) -> str:
    match = FACT.match(plain_text(li))
    return nearest(match["key"], KEYS, alike=ALMOST) if match else ""


class FactReader(Struct, frozen=True):
    """A reader of the facts of entries; it reports items that are no facts."""

    reading: Reading

    def read(self, facts: Element) -> dict[str, list[Written]]:
        """Return the values by key, each with its place."""
        values: dict[str, list[Written]] = {}
        for li in facts:
            text = text_of(inline_html(li))
            key, match = fact_key(li), FACT.match(text)
            if not key or not match:
                self._report_unknown(li, text)
            elif not match["value"].strip():
                self._report_empty(li, key)
            else:
                written = written_in(self.reading, li, match["value"].strip(), within=match["key"])
                values.setdefault(key, []).append(written)
        return values

    def severity(self, values: Sequence[Written]) -> Severity | None:
        """Return the severity of the first valid vector; report values that are none."""
        for value in values:
            try:
                return parse_severity(value.text)
            except ValueError as error:
                self.report(value, found=quoted(value.text), expected=EXPECTED, hint=str(error))
        return None

    def addresses(self, values: Sequence[Written]) -> tuple[str, ...]:
        """Return the addresses of issues; report values that are no web addresses."""
        for value in values:
            if urlsplit(value.text).scheme not in {"http", "https"}:
                expected = "an address that begins with https: or http:"
                self.report(value, found=quoted(value.text), expected=expected)
        return tuple(value.text for value in values)

    def report(self, value: Written, *, found: str, expected: str, hint: str = "") -> None:
        """Add a problem with a value to the reading."""
        self.reading.problems.append(Problem(value.place, found, expected, hint, value.excerpt))

    def _report_unknown(self, li: Element, text: str) -> None:
        match = FACT.match(text)
        key = match["key"] if match else text
        self.report(
            written_in(self.reading, li, key),
            found=f"{quoted(key)} among the facts of an entry",
            expected=f"one of {', '.join(KEYS)}, a colon and a value",
            hint=did_you_mean(key, KEYS) or "begin a list of its own for other text",
        )

    def _report_empty(self, li: Element, key: str) -> None:
        self.report(
            written_in(self.reading, li, key),
            found=f"{quoted(key)} without a value",
            expected="a value",
        )


def _cves(text: str, item: Element, values: Values, reading: Reading) -> tuple[str, ...]:
    """Return the CVEs that an entry is about, in order; report misspelt ones."""
    leading, trailing = LEADING_CVES.match(text), TRAILING_CVES.search(text)
    named = " ".join(_texts(values, "CVE"))
    texts = [match[0] for match in (leading, trailing) if match] + [named]
    for like in LIKE_CVE.findall(f"{text} {named}"):
        if not re.fullmatch(CVE, like):
            written = written_in(reading, item, like)
            reading.problems.append(
                Problem(
                    written.place,
                    found=f"{quoted(like)}, which is no CVE",
                    expected="CVE, a year of four digits and a number of four or more",
                    hint="like CVE-2012-0866",
                    excerpt=written.excerpt,
                )
            )
    return tuple(dict.fromkeys(cve for part in texts for cve in re.findall(CVE, part)))
