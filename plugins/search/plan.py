"""The rows of search: the files of entries, and the page that reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice

from ..blog.model import Blog
from ..blog.plan import index_link
from ..schedule import paths
from ..schedule.events import events_of
from ..site.head import head_view
from ..site.menu import MenuEntry
from ..site.site import Row, Site, TemplateRow, WriterRow
from ..site.view import LinkView
from ..source.problem import Place
from .model import Part, Search
from .render import render_part
from .view import FoundView, SearchPage

SORTS = ("tag", "category", "series", "author")

SEARCH = "search/index.html"
"""The search page."""

MOST_SCHEDULES = 3

MOST_LISTED = 200
"""The most entries that the page lists for browsers without script."""


def menu(_: Site) -> Iterator[MenuEntry]:
    """Yield the search page, as the last entry of the navigation."""
    yield MenuEntry(90, 0, "Search", SEARCH)


def plan(site: Site) -> Iterator[Row]:
    """Yield a row for each part, and the search page."""
    parts = site.part("search", Search).parts
    for part in parts:
        place = Place(f"the list to search in {part.path}")
        yield WriterRow(part.path, place, partial(render_part, part.entries))
    view = SearchPage(
        head=head_view(
            site,
            SEARCH,
            title="Search",
            description=f"Find posts, pages, events, talks and speakers of {site.settings.name}.",
        ),
        parts=tuple(site.url(part.path) for part in parts),
        elsewhere=tuple(_elsewhere(site)),
        everything=tuple(islice(_everything(parts), MOST_LISTED)),
    )
    yield TemplateRow(SEARCH, Place("the search page"), "search.html", view)


def _everything(parts: Iterable[Part]) -> Iterator[FoundView]:
    """Yield the entries of all parts. A part is read only when its entries are needed."""
    for part in parts:
        for entry in part.entries:
            yield FoundView(entry.title, entry.url, entry.kind)


def _elsewhere(site: Site) -> Iterator[LinkView]:
    """Yield links to other lists: posts by year, by tag and so on, events and their schedules."""
    blog, home = site.part("blog", Blog), site.settings.base
    yield LinkView("All posts by year", site.landmark("posts"))
    indexes = [index_link(site, sort) for sort in SORTS if blog.terms[sort]]
    yield from (link for link in indexes if link and link.url != home)
    events = events_of(site)
    if events.editions:
        yield LinkView("All events", site.url(paths.ALL))
    timed = [edition for edition in events.listed if edition.programme.days]
    for edition in timed[:MOST_SCHEDULES]:
        title = f"Schedule of {edition.event.title}"
        yield LinkView(title, site.url(paths.schedule(edition.slug)))
