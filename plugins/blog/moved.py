"""Where readers of a list find its posts when the list is not there any more."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from ..markdown.document import Document
from ..site.site import Site, file_for
from ..source.schema import PostFrontMatter
from ..source.slug import slugify
from .collect import ARCHIVE
from .plan import TITLES, index_path, posts_folder

# Matches the second and later pages of a list, as in `tags/tea/page/2/index.html`.
LATER_PAGE = re.compile(r"(.+/)page/\d+/index\.html")


def moved(site: Site, lost: Collection[str]) -> Mapping[str, str]:
    """By lost path: the first page of a list that is shorter now; of an empty one, the archive.

    A list is empty for now when all its posts are withheld: nobody gave it up. Lists of lists, like
    that of all tags, are missed by nobody when there are none.
    """
    resting = {path for document in site.withheld for path in _lists_of(site, document)}
    resting |= {posts_folder(site), *(index_path(site, sort) for sort in TITLES)}
    found = {path: f"{match[1]}index.html" for path in lost if (match := LATER_PAGE.match(path))}
    return found | {path: ARCHIVE for path in lost if path in resting}


def terms_of(site: Site, head: PostFrontMatter) -> Iterator[tuple[str, str]]:
    """What a post is found under: the sort and name of each."""
    yield "kind", site.kinds.of(head).plural
    yield from (("tag", tag) for tag in head.tags)
    yield from (("author", author) for author in head.authors or (site.settings.author,))
    single = {"category": head.category, "series": head.series}
    yield from ((sort, name) for sort, name in single.items() if name)


def _lists_of(site: Site, document: Document) -> Iterator[str]:
    """The paths of the lists and of the year that a post stands on."""
    head, settings = document.front_matter, site.settings
    if isinstance(head, PostFrontMatter):
        year = head.date.astimezone(settings.zone).year
        yield file_for(settings.archive_url.format(year=year))
        for sort, name in terms_of(site, head):
            pattern: str = getattr(settings, f"{sort}_url")
            yield file_for(pattern.format(slug=slugify(name)))
