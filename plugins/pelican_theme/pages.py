"""Pelican's pages in place of ours, at the same addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from ..blog.view import (
    ArchivePage,
    ArticlePage,
    HomePage,
    ListPage,
    MissingPage,
    StandingPage,
    TermsPage,
)
from ..site.site import PelicanRow, Row, Site, TemplateRow
from ..source.errors import ConfigurationError, Failure
from .generate import pelican_rows

DOCUMENT, LIST = "a document's own", "a list's own"
MADE_ALWAYS = (DOCUMENT, LIST)
"""The templates of pages that Pelican always makes; it splits lists at addresses of its own."""

LISTS = {"tag": "tags", "category": "categories", "author": "authors"}
"""By the sort of our list: the name of the template that lists all its terms."""


def in_its_pages(site: Site, rows: Iterable[Row], settings: Mapping[str, Any]) -> Iterator[Row]:
    """Yield the rows, with Pelican's pages in place of those of ours that it has a page for.

    Our own theme shows the rest; every address of ours stays in use.
    """
    shown = [(row, _template_for(row)) for row in rows]
    ours = {(row.path, template == DOCUMENT): row for row, template in shown}
    made = [_with_origin(row, ours) for row in _made(site, settings)]
    paths, by_template = {row.path for row in made}, {row.template: row for row in reversed(made)}
    yield from made
    for row, template in shown:
        if template is None:
            yield row
        elif row.path not in paths and template not in MADE_ALWAYS:
            yield _moved(by_template[template], row) if template in by_template else row


def _made(site: Site, settings: Mapping[str, Any]) -> list[PelicanRow]:
    """Return Pelican's pages; raise ConfigurationError if its settings or plugins prevent them."""
    failure = Failure()
    with failure:
        return pelican_rows(site, settings)
    raise ConfigurationError(f"THEME: Pelican makes no pages for it: {failure.explained}")


def _with_origin(row: PelicanRow, ours: Mapping[tuple[str, bool], Row]) -> PelicanRow:
    """Return the row with the origin of our own page at its address, for problems."""
    other = ours.get((row.path, "article" in row.names or "page" in row.names))
    return replace(row, origin=other.origin) if other else row


def _template_for(row: Row) -> str | None:
    """Return the template of Pelican's that shows the same as the row; None if there is none."""
    view = row.page if isinstance(row, TemplateRow) else None
    match view:
        case ArticlePage() | StandingPage():
            return DOCUMENT
        case HomePage():
            return "index.html"
        case ArchivePage():
            return "archives.html"
        case ListPage() if view.sort in LISTS:
            return LIST
        case TermsPage() if view.sort in LISTS:
            return f"{LISTS[view.sort]}.html"
        case MissingPage():
            return "404.html"
    return None


def _moved(row: PelicanRow, to: Row) -> PelicanRow:
    """Return the same page at another address."""
    return replace(row, path=to.path, origin=to.origin, names={**row.names, "output_file": to.path})
