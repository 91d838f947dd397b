"""New addresses for readers of lists that no longer exist."""

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
    """Return a new path for each lost page of a list, by lost path.

    A later page of a list that is now shorter leads to its first page. A list that is empty because
    all its posts are withheld leads to the archive, since nobody gave it up; so do the folder of
    posts and lists of lists, like that of all tags.
    """
    resting = {path for document in site.withheld for path in _lists_of(site, document)}
    resting |= {posts_folder(site), *(index_path(site, sort) for sort in TITLES)}
    found = {path: f"{match[1]}index.html" for path in lost if (match := LATER_PAGE.match(path))}
    return found | {path: ARCHIVE for path in lost if path in resting}


def terms_of(site: Site, head: PostFrontMatter) -> Iterator[tuple[str, str]]:
    """Yield the sort and name of each term that a post belongs to."""
    yield "kind", site.kinds.of(head).plural
    yield from (("tag", tag) for tag in head.tags)
    yield from (("author", author) for author in head.authors or (site.settings.author,))
    single = {"category": head.category, "series": head.series}
    yield from ((sort, name) for sort, name in single.items() if name)


def _lists_of(site: Site, document: Document) -> Iterator[str]:
    """Yield the paths of the lists, and of the year's archive, that show a post."""
    head, settings = document.front_matter, site.settings
    if isinstance(head, PostFrontMatter):
        year = head.date.astimezone(settings.zone).year
        yield file_for(settings.archive_url.format(year=year))
        for sort, name in terms_of(site, head):
            pattern: str = getattr(settings, f"{sort}_url")
            yield file_for(pattern.format(slug=slugify(name)))
