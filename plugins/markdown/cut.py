"""Markup cut at every link to this site: the addresses are known only when all is read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from urllib.parse import urlsplit

from msgspec.structs import replace

from ..source.problem import Problem, quoted
from .document import PELICAN_LINK, Body, Link
from .html import Pointer, names_size
from .prose import Locator

# What a page would ask another origin for when it is shown; a link that is followed is not.
LOADED = frozenset({"src", "srcset", "poster", "data"})
LOADING = frozenset({"link", "image", "use"})
"""Elements whose `href` is loaded."""

# Matches `https:` and `mailto:`; not `notes.md` or `{static}/a.png`.
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def cut_at_links(
    html: str, pointers: Iterable[Pointer], at: Locator, problems: list[Problem]
) -> Body:
    """The markup cut at every link to this site; what would load from elsewhere is a problem."""
    segments: list[str] = []
    links: list[Link] = []
    text, position = "", 0
    for tag, attribute, value, start, end, attributes in pointers:
        pieces = _targets(attribute, value)
        problems += [_impossible(at, t) for t, _ in pieces if not _is_address(t)]
        problems += [_foreign(at, t) for t, _ in pieces if _would_load(tag, attribute, t)]
        if not any(is_ours(target) for target, _ in pieces):
            continue
        is_picture = (tag, attribute) == ("img", "src")
        is_unsized = is_picture and not names_size(attributes)
        text += html[position:start] + f'{attribute}="'
        for target, rest in pieces:
            if is_ours(target):
                segments.append(text)
                link = _link(target, attribute, at, is_unsized=is_unsized)
                links.append(replace(link, is_picture=is_picture))
                text = rest
            else:
                text += escape(target) + rest
        text, position = text + '"', end
    return Body((*segments, text + html[position:]), tuple(links))


def is_ours(target: str) -> bool:
    """Whether an address is one of this site, to be resolved; a bare fragment needs nothing."""
    if not target or target.startswith(("#", "//", "?")):
        return False
    return PELICAN_LINK.match(target) is not None or not SCHEME.match(target)


def _targets(attribute: str, value: str) -> list[tuple[str, str]]:
    """The addresses in an attribute, each with what follows it there."""
    if attribute != "srcset":
        return [(value.strip(), "")]
    candidates = [part.strip() for part in value.split(",") if part.strip()]
    pairs = [candidate.partition(" ") for candidate in candidates]
    last = len(pairs) - 1
    return [
        (url, f"{gap}{size}{'' if n == last else ', '}") for n, (url, gap, size) in enumerate(pairs)
    ]


def _is_address(target: str) -> bool:
    try:
        urlsplit(target)
    except ValueError:
        return False
    return True


def _impossible(at: Locator, target: str) -> Problem:
    return at.problem(target, found=f"{quoted(target)}, which is no address", expected="an address")


def _would_load(tag: str, attribute: str, target: str) -> bool:
    elsewhere = target.startswith("//") or re.match(r"https?:", target, re.IGNORECASE) is not None
    return elsewhere and (attribute in LOADED or tag in LOADING)


def _foreign(at: Locator, target: str) -> Problem:
    return at.problem(
        target,
        found=f"{quoted(target)}, which the page would load from another site",
        expected="a file beside the text",
        hint="download it into content/ and name it by its relative path, or make it a link",
    )


def _link(target: str, attribute: str, at: Locator, *, is_unsized: bool) -> Link:
    problem = at.problem(target, found="", expected="")
    return Link(target, attribute, problem.place, problem.excerpt, is_unsized)
