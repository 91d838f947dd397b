"""The tree as markup, cut at every link to this site; and what later stages need to know of it.

The addresses of a site are known only when all is read, so a body is kept in segments with an open
link between each two. Ids, links and their places are taken from the tree; only markup that its
author wrote as HTML is read by pattern.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from html import escape
from urllib.parse import urlsplit
from xml.etree.ElementTree import HTML_EMPTY, Element

from markdown_it.common.normalize_url import normalizeLink
from msgspec import Struct, field
from msgspec.structs import replace

from ..source.problem import Problems, quoted
from .document import PELICAN_LINK, Body, Link
from .html import POINTER_NAMES, Pointer, names_size, pointers_of
from .reading import Reading
from .tree import ESCAPED, RAWS, is_mark

# What a page would ask another origin for when it is shown; a link that is followed is not.
LOADED = frozenset({"src", "srcset", "poster", "data"})
LOADING = frozenset({"link", "image", "use"})
"""Elements whose `href` is loaded."""

# Matches `https:` and `mailto:`; not `notes.md` or `{static}/a.png`.
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")

# Matches an address that needs no `%20`; not one with `%` or letters that are not ASCII.
PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9;/?:@&=+$,_.!~*'()#-]*")

# Matches `//a.b` and `HTTPS:`; not `a//b` or `mailto:`.
ELSEWHERE = re.compile(r"//|https?:", re.IGNORECASE)

BOOLEAN = frozenset({"checked", "disabled", "hidden", "open", "selected"})
"""Attributes that are written without a value."""

VERBATIM = frozenset({"script", "style"})

Place = tuple[int, int]


class Fragment(Struct, frozen=True):
    """A link within the document."""

    name: str
    """The part of the address after `#`, as it was written."""
    place: Place


class Written(Struct):
    """Markup while it is written, and what was found in it."""

    reading: Reading
    is_open: bool = True
    """True if links to this site stay open; without a site, they are written as they are."""
    segments: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    ids: list[tuple[str, Place]] = field(default_factory=list)
    fragments: list[Fragment] = field(default_factory=list)
    problems: Problems = field(default_factory=Problems)
    parts: list[str] = field(default_factory=list)
    """The markup since the last open link."""

    @property
    def body(self) -> Body:
        """The markup with its open links."""
        *segments, last = *self.segments, "".join(self.parts).rstrip("\n")
        return Body((*segments, last), tuple(self.links))

    def write(self, elements: Iterable[Element]) -> Written:
        """Write elements with their tails."""
        for element in elements:
            self._element(element, 1)
        return self

    def _element(self, element: Element, line: int) -> None:
        tag, text, tail, write = element.tag, element.text, element.tail, self.parts.append
        line = self.reading.lines.get(element) or line
        if tag in RAWS:
            self._raw(element, line)
        else:
            if attributes := element.items():
                write(f"<{tag}")
                self._attributes(element, attributes, line)
                write(">")
            else:
                write(f"<{tag}>")
            if text:
                write(text if text == "\n" or tag in VERBATIM else _text(text))
            for child in element:
                self._element(child, line)
            if tag not in HTML_EMPTY:
                write(f"</{tag}>")
        if tail:
            write(tail if tail == "\n" else _text(tail))

    def _attributes(
        self, element: Element, attributes: Iterable[tuple[str, str]], line: int
    ) -> None:
        tag, write = element.tag, self.parts.append
        for name, value in attributes:
            if name == "id":
                self.ids.append((value, self.reading.places.get(element) or (line, 0)))
            elif name in POINTER_NAMES or (tag, name) == ("object", "data"):
                place = partial(_same, self.reading.places.get(element) or (line, 1))
                is_sized = tag != "img" or "width" in element.attrib or "height" in element.attrib
                write(" ")
                self._address(tag, name, value, place, is_sized=is_sized)
                continue
            is_bare = name in BOOLEAN and name == value
            write(f" {name}" if is_bare else f' {name}="{_value(value)}"')

    def _raw(self, element: Element, line: int) -> None:
        html, position = element.text or "", 0
        pointers = () if "data-plain" in element.attrib else pointers_of(html)
        start = self.reading.places.get(element) or (line, 1)
        for pointer in pointers:
            tag, name, value, begin, end, attributes = pointer
            place = partial(self._place, start, html, pointer)
            if name == "id":
                self.ids.append((value, place(value)))
                continue
            self.parts.append(html[position:begin])
            is_sized = (tag, name) != ("img", "src") or names_size(attributes)
            if not self._address(tag, name, value, place, is_sized=is_sized, only_ours=True):
                self.parts.append(html[begin:end])
            position = end
        self.parts.append(html[position:])

    def _place(self, start: Place, html: str, pointer: Pointer, target: str) -> Place:
        """Return the line and column at which markup names an address."""
        at = max(pointer.start, html.find(target, pointer.start, pointer.end))
        before = html.rfind("\n", 0, at) + 1
        line = start[0] + html.count("\n", 0, at)
        if not before and start[1] > 1:
            return line, start[1] + at
        rest = html[before:].partition("\n")[0]
        return line, max(0, self.reading.source.excerpt(line).find(rest)) + at - before + 1

    def _address(
        self,
        tag: str,
        name: str,
        value: str,
        place: Callable[[str], Place],
        *,
        is_sized: bool,
        only_ours: bool = False,
    ) -> bool:
        """Write an attribute with addresses, open where one is of this site."""
        pieces = _targets(name, value)
        for target, _ in pieces:
            self._check(tag, name, target, place(target))
        if only_ours and not (self.is_open and any(is_ours(target) for target, _ in pieces)):
            return False
        self.parts.append(f'{name}="')
        for target, rest in pieces:
            if self.is_open and is_ours(target):
                self.segments.append("".join(self.parts))
                self.parts.clear()
                link = self._link(target, name, place(target), is_sized=is_sized)
                self.links.append(replace(link, is_picture=(tag, name) == ("img", "src")))
            else:
                self.parts.append(escape(target if only_ours else normalised(target)))
            self.parts.append(rest)
        self.parts.append('"')
        return True

    def _link(self, target: str, name: str, place: Place, *, is_sized: bool) -> Link:
        source = self.reading.source
        return Link(target, name, source.place(*place), source.excerpt(place[0]), not is_sized)

    def _check(self, tag: str, name: str, target: str, place: Place) -> None:
        if name == "href" and target.startswith("#"):
            self.fragments.append(Fragment(target[1:], place))
        if not _is_address(target):
            found = f"{quoted(target)}, which is no address"
            self._report(place, found=found, expected="an address")
        elif _would_load(tag, name, target):
            self._report(
                place,
                found=f"{quoted(target)}, which the page would load from another site",
                expected="a file beside the text",
                hint="download it into content/ and name it by its relative path,"
                " or make it a link",
            )

    def _report(self, place: Place, *, found: str, expected: str, hint: str = "") -> None:
        source = self.reading.source
        self.problems.append(source.problem(*place, found=found, expected=expected, hint=hint))


def normalised(target: str) -> str:
    """Return an address with blanks and other signs that it may not hold as `%20`."""
    return target if PLAIN_ADDRESS.fullmatch(target) else normalizeLink(target)


def _same(place: Place, _target: str) -> Place:
    return place


def is_ours(target: str) -> bool:
    """Return True for an address of this site that has to be resolved: not for a bare fragment."""
    if not target or target.startswith(("#", "//", "?")):
        return False
    return PELICAN_LINK.match(target) is not None or not SCHEME.match(target)


def _targets(attribute: str, value: str) -> list[tuple[str, str]]:
    """Return the addresses in an attribute, each with what follows it there."""
    if attribute != "srcset":
        return [(value.strip(), "")]
    candidates = [part.strip() for part in value.split(",") if part.strip()]
    pairs = [candidate.partition(" ") for candidate in candidates]
    last = len(pairs) - 1
    return [
        (url, f"{gap}{size}{'' if n == last else ', '}") for n, (url, gap, size) in enumerate(pairs)
    ]


def _is_address(target: str) -> bool:
    if PLAIN_ADDRESS.fullmatch(target):
        return True
    try:
        urlsplit(target)
    except ValueError:
        return False
    return True


def _would_load(tag: str, attribute: str, target: str) -> bool:
    is_loaded = attribute in LOADED or tag in LOADING
    return is_loaded and ELSEWHERE.match(target) is not None


def inner_html(element: Element) -> str:
    """Return the markup inside an element without numbers of notes; links become their text."""
    parts = [_text(element.text or "")]
    for child in element:
        if child.tag in RAWS:
            parts.append(child.text or "")
        elif not is_mark(child):
            names = "".join(f' {name}="{_value(value)}"' for name, value in child.items())
            start = "" if child.tag == "a" else f"<{child.tag}{names}>"
            end = f"</{child.tag}>" if start and child.tag not in HTML_EMPTY else ""
            parts.append(f"{start}{inner_html(child)}{end}")
        parts.append(_text(child.tail or ""))
    return "".join(parts)


def _text(text: str) -> str:
    """Text as markup."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text.replace(ESCAPED, "") if ESCAPED in text else text


def _value(text: str) -> str:
    text = _text(text)
    return text.replace('"', "&quot;") if '"' in text else text
