"""The rows of searching: the lists of what is found, and the page that reads them."""

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
"""The page to search at."""

MOST_SCHEDULES = 3

MOST_LISTED = 200
"""Entries that the page lists for browsers without script."""


def menu(_: Site) -> Iterator[MenuEntry]:
    """Yield the page to search at, which comes last."""
    yield MenuEntry(90, 0, "Search", SEARCH)


def plan(site: Site) -> Iterator[Row]:
    """A row for each part, and the page."""
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
    """Yield what is found, part by part: a part is read only when its entries are wanted."""
    for part in parts:
        for entry in part.entries:
            yield FoundView(entry.title, entry.url, entry.kind)


def _elsewhere(site: Site) -> Iterator[LinkView]:
    """The lists of all there is: posts by year, by tag and so on, events and their schedules."""
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
