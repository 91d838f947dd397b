"""Resolves the links of documents to other documents, their headings, and files next to them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from urllib.parse import unquote

from msgspec import Struct

from ..markdown.document import PELICAN_LINK, Document, Link
from ..source.problem import Problem, did_you_mean, nearest, quoted
from ..source.settings import SiteSettings
from ..source.slug import slugify, url_path
from .site import file_for, page_url

MOST_COMPARED = 500
"""The number of files whose names a dead link is compared with: each comparison takes time."""

TERM_SETTINGS = {"tag": "tag_url", "category": "category_url", "author": "author_url"}


class Targets(Struct, frozen=True):
    """All targets that a link may lead to."""

    settings: SiteSettings
    documents: Mapping[str, Document]
    """The documents that this build shows, by source."""
    withheld: Mapping[str, str]
    """The reason why a document is not shown, like “Draft”, by source."""
    unread: frozenset[str]
    """Sources of documents that have problems of their own; links to them are not reported."""
    paths: Mapping[str, str]
    """The path of each document's page, by source."""
    files: Mapping[str, str]
    """The output path of every other file in the content folder, by source."""

    def resolve(self, document: Document, link: Link) -> tuple[str, str] | Problem:
        """Return the link's address and the source of the file that it needs, or a problem.

        The source is empty unless the link leads to a file that is no document.
        """
        special = PELICAN_LINK.match(link.target)
        if special and special["what"] in {*TERM_SETTINGS, "index"}:
            return self._term(special["what"], special["value"]), ""
        target = special["value"] if special else link.target
        if target.startswith("/") and not special:
            return self.settings.base + target[1:], ""
        path, query, fragment = _parts(target)
        source = _source_at(document.source, unquote(path))
        if source in self.documents:
            return self._document(source, query, fragment, link)
        if source in self.unread:
            return self.settings.base, ""
        if source in self.files:
            return page_url(self.settings, self.files[source]) + query + fragment, source
        return self._dead(source, link)

    def _document(
        self, source: str, query: str, fragment: str, link: Link
    ) -> tuple[str, str] | Problem:
        wanted = unquote(fragment[1:])
        ids = self.documents[source].ids
        if wanted and wanted not in ids:
            return _problem(
                link,
                found=f"a link to {quoted(link.target)}, whose file has no {quoted(fragment)}",
                expected="the id of one of its headings",
                hint=did_you_mean(wanted, sorted(ids)),
            )
        return page_url(self.settings, self.paths[source]) + query + fragment, ""

    def _term(self, what: str, value: str) -> str:
        if what == "index":
            return self.settings.base
        pattern: str = getattr(self.settings, TERM_SETTINGS[what])
        return page_url(self.settings, file_for(pattern.format(slug=slugify(value))))

    def _dead(self, source: str, link: Link) -> Problem:
        target = quoted(link.target)
        if source.startswith("../"):
            return _problem(
                link,
                found=f"a link to {target}, which is outside the content folder",
                expected="a file inside it",
            )
        if source in self.withheld:
            why = self.withheld[source].lower()
            return _problem(
                link,
                found=f"a link to {target}, which is not published ({why})",
                expected="a document that readers can see",
            )
        known = [*self.documents, *self.files]
        return _problem(
            link,
            found=f"a link to {target}, but there is no file {source}",
            expected="a file in the content folder",
            hint=_mail(link.target) or _nearest(source, known),
        )


def _mail(target: str) -> str:
    is_mail = "@" in target and "." in target.partition("@")[2] and "/" not in target
    return f"a mail address is written {quoted('mailto:' + target)}" if is_mail else ""


def names_address(target: str) -> bool:
    """Return True if a link names an address, like `/tags/x/` or `{tag}x`, and not a file."""
    special = PELICAN_LINK.match(target)
    return special["what"] in {*TERM_SETTINGS, "index"} if special else target.startswith("/")


def _source_at(source: str, path: str) -> str:
    """Return the path below the content folder that a relative or absolute link path names."""
    folder = "" if path.startswith("/") else posixpath.dirname(source)
    return posixpath.normpath(posixpath.join(folder, path.lstrip("/")))


def _parts(target: str) -> tuple[str, str, str]:
    match = re.fullmatch(r"([^?#]*)(\?[^#]*)?(#.*)?", target, re.DOTALL)
    path, query, fragment = match.groups("") if match else (target, "", "")
    return path, query, f"#{url_path(unquote(fragment[1:]))}" if fragment else ""


def _nearest(source: str, known: list[str]) -> str:
    same_name = [k for k in known if posixpath.basename(k) == posixpath.basename(source)]
    if same_name:
        return f"there is {quoted(sorted(same_name)[0])}"
    # Compare names without endings, since most endings are alike; of equal names, prefer the one
    # with the same ending.
    (wanted, ending), *others = map(_name, [source, *known[:MOST_COMPARED]])
    names = dict(sorted(others, key=lambda name: name[1] == ending))
    near = nearest(wanted, names)
    return f"did you mean {quoted(near + names[near])}?" if near else ""


def _name(source: str) -> tuple[str, str]:
    """Return a file's name without its ending, and the ending."""
    return posixpath.splitext(posixpath.basename(source))


def _problem(link: Link, *, found: str, expected: str, hint: str = "") -> Problem:
    return Problem(link.place, found, expected, hint, link.excerpt)
