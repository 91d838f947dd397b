"""Bytes of a Markdown file become a document: the first stage of the build, a file at a time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from ..markdown.converter import Converter
from ..markdown.cut import cut_at_links, is_ours
from ..markdown.document import Document, Link
from ..markdown.html import (
    MORE,
    MORE_MARK,
    Pointer,
    first_block,
    ids_in,
    links_in,
    open_elements,
    plain_text,
    pointers_of,
    reading_minutes,
    shortened,
    split_lead,
)
from ..markdown.plain import plain_html
from ..markdown.prose import Locator, Prose, without_code
from ..markdown.reading import Reading
from ..markdown.slips import find_slips
from ..source.front_matter import Head, places_of, split_head
from ..source.marked import Location
from ..source.problem import Problem, Severity, Source, did_you_mean, quoted, unchecked
from ..source.schema import FrontMatter
from ..source.slug import slugify
from ..source.text import decode_source
from .feature import PlainMaker, Section

SUMMARY_CHARACTERS = 300

MOST_LEVELS = 50

# Matches what stands before an item or a quotation that is too deep: each level is 4 blanks or `>`.
TOO_DEEP = re.compile(
    rf"^(?:(?:[ ]{{4}}|\t){{{MOST_LEVELS},}}(?=(?:[-*+]|\d+[.)])[ ])|(?:>[ ]?){{{MOST_LEVELS},}})",
    re.MULTILINE,
)


class DocumentReader(Struct, frozen=True):
    """Reads documents of one site; holds what they share."""

    converter: Converter
    zone: ZoneInfo
    plain: tuple[PlainMaker, ...] = ()
    """How each feature makes its elements plain."""
    leaves: tuple[type, ...] = (object,)
    """What later stages need of the parts that block readers leave."""

    def read(
        self, source: str, path: str, data: bytes, *, section: Section
    ) -> tuple[Document | None, list[Problem]]:
        """The document and its problems; no document when its head or encoding is broken.

        `source` is the path below the content folder, `path` how problems name the file.
        """
        problems: list[Problem] = []
        text = decode_source(path, data, problems)
        document = self._read(source, text, section, problems) if text else None
        return document, problems if document else [*problems, unchecked(path)]

    def _read(
        self, source: str, text: Source, section: Section, problems: list[Problem]
    ) -> Document | None:
        head = split_head(text, problems)
        known = len(problems)
        front_matter = head and section.read_head(text, head, self.zone, problems)
        is_sound = all(problem.severity is not Severity.ERROR for problem in problems[known:])
        if not head or not front_matter:
            return None
        if problem := _too_deep(text):
            problems.append(problem)
            return None
        document = self._document(source, text, head, section, front_matter, problems)
        return document if is_sound else replace(document, is_sound=False)

    def _document(
        self,
        source: str,
        text: Source,
        head: Head,
        section: Section,
        front_matter: FrontMatter,
        problems: list[Problem],
    ) -> Document:
        slug = front_matter.slug or slug_of(source)
        body = Source(text.path, _after(text.text, head.body_line), head.body_line)
        reading = Reading(text, front_matter, slug, problems, section=section.name)
        html, headings = self.converter.convert(body, reading)
        lead, is_cut = _lead(html, front_matter, body, problems)
        whole = MORE_MARK.sub("", html, count=1) if is_cut else html
        bare = plain_html(whole, self.plain, has_blocks=bool(reading.parts))
        plain, pointers = plain_text(bare), pointers_of(whole)
        ids, links = ids_in(pointers), links_in(pointers)
        prose = Prose(body)
        problems += find_slips(prose, whole, plain)
        problems += _repeated_ids(ids, Locator(prose))
        problems += _dead_fragments(links, Locator(prose), frozenset(ids))
        return Document(
            source=source,
            path=text.path,
            section=section.name,
            front_matter=front_matter,
            slug=slug,
            body=cut_at_links(whole, links, Locator(prose), problems),
            plain=cut_at_links(bare, links_in(pointers_of(bare)), Locator(prose), []),
            lead=cut_at_links(lead, links_in(pointers_of(lead)), Locator(prose), []),
            is_cut=is_cut or plain_text(lead) != (plain_text(whole) if reading.parts else plain),
            headings=headings,
            ids=frozenset(ids),
            text=shortened(plain, SUMMARY_CHARACTERS),
            minutes=reading_minutes(plain),
            places=places_of(text, head),
            head_links=_head_links(text, head, front_matter),
            parts=tuple(part for part in reading.parts if isinstance(part, self.leaves)),
        )


def _too_deep(text: Source) -> Problem | None:
    """The problem of the first line that stands deeper than Markdown can be read in good time."""
    if not TOO_DEEP.search(text.text):
        return None
    for number, line in enumerate(without_code(text).split("\n"), text.first_line):
        if match := TOO_DEEP.match(line):
            found = f"a list or quotation more than {MOST_LEVELS} levels deep"
            return text.problem(number, match.end() + 1, found=found, expected="fewer levels")
    return None


def _head_links(text: Source, head: Head, front_matter: FrontMatter) -> tuple[Link, ...]:
    """The links in the front matter that lead to something of this site."""
    return tuple(
        _head_link(text, head, location, target)
        for location, target in front_matter.references
        if location[-1] == "src" or is_ours(target)  # a picture has to be a file of this site
    )


def _head_link(text: Source, head: Head, location: Location, target: str) -> Link:
    node = head.values.at(location)
    problem = text.problem(node.line, node.column, found="", expected="")
    attribute = "src" if location[-1] == "src" else "href"
    return Link(target, attribute, problem.place, problem.excerpt, is_unsized=attribute == "src")


def slug_of(source: str) -> str:
    """The slug of a file that names none: its name, or its folder's when it is an index."""
    path = PurePosixPath(source)
    name = path.parent.name if path.stem == "index" and path.parent.name else path.stem
    return slugify(name)


def _after(text: str, line: int) -> str:
    """The text from a line (counted from 1) on."""
    return "\n".join(text.split("\n")[line - 1 :])


def _lead(
    html: str, front_matter: FrontMatter, body: Source, problems: list[Problem]
) -> tuple[str, bool]:
    parts = split_lead(html)
    if not parts:
        return ("" if front_matter.summary else first_block(html)), False
    inside = open_elements(parts[0])
    if inside:
        found = f"the {MORE} marker inside an element ({inside[-1]})"
        expected = "it on a line of its own between two paragraphs"
        problems.append(Locator(Prose(body)).problem(MORE, found=found, expected=expected))
        return "", False
    return parts[0], bool(parts[1])


def _dead_fragments(links: Iterable[Pointer], at: Locator, ids: frozenset[str]) -> list[Problem]:
    """The links within the document whose target is not in it."""
    problems = []
    for _, attribute, value, *_ in links:
        fragment = unquote(value[1:])
        if fragment.startswith("fnref:") and fragment not in ids:
            problems.append(_unused_note(at, fragment.removeprefix("fnref:")))
        elif attribute == "href" and value.startswith("#") and fragment not in ids | {"", "top"}:
            problems.append(_dead_fragment(at, value, ids))
    return problems


def _dead_fragment(at: Locator, value: str, ids: frozenset[str]) -> Problem:
    return at.problem(
        value,
        found=f"a link to {quoted(value)}, which is not in this document",
        expected="the id of one of its headings",
        hint=did_you_mean(unquote(value[1:]), sorted(ids)),
    )


def _unused_note(at: Locator, name: str) -> Problem:
    return at.problem(
        f"[^{name}]:",
        found=f"the footnote {quoted(name)}, which the text never refers to",
        expected=f"“[^{name}]” somewhere in the text",
    )


def _repeated_ids(ids: Iterable[str], at: Locator) -> Iterator[Problem]:
    """Ids that an author gave to two things."""
    for name in sorted(name for name, count in Counter(ids).items() if count > 1):
        at.find(f"#{name}")  # where it may stand
        yield at.problem(f"#{name}", found=f"the id {quoted(name)} again", expected="each id once")
