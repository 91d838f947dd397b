"""Make the pages of what changed in a schedule: one for all releases, and one for each."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from ...site.announce import own_feeds
from ...site.head import head_view
from ...site.ledger import Change
from ...site.view import DateView
from ...source.text import counted
from ...source.times import day_in_words
from .. import paths
from ..history.releases import Release
from ..history.told import HEADINGS, change_in_words, counted_changes, heading_of
from .present import Presenter
from .view import ChangesPage, ChangeView, ReleaseView, SortView

MOST_TOLD = 3
"""The number of releases whose changes the page of all releases shows; older ones get a line."""


class Changes(Struct, frozen=True):
    """The maker of the pages of changes of one event."""

    present: Presenter

    @property
    def releases(self) -> tuple[Release, ...]:
        """The releases, the newest first; each has a page."""
        return self.present.edition.history.releases

    def pages(self) -> Iterator[tuple[str, ChangesPage]]:
        """Yield each page with its path."""
        if not self.releases:
            return
        path = paths.changes(self.present.slug)
        views = [self.release(each, is_whole=n < MOST_TOLD) for n, each in enumerate(self.releases)]
        yield path, self._page(path, "Changes", tuple(views))
        for release in self.releases:
            path = paths.release(self.present.slug, release.number)
            yield path, self._page(path, f"Release {release.number}", (self.release(release),))

    def release(self, release: Release, *, is_whole: bool = True) -> ReleaseView:
        """Return the view of a release for pages and feeds; its changes only if `is_whole`."""
        moment = release.moment and release.moment.astimezone(self.present.site.now.tzinfo)
        day = moment.date() if moment else None
        return ReleaseView(
            number=release.number,
            url=self.present.url(paths.release(self.present.slug, release.number)),
            date=DateView(day.isoformat(), day_in_words(day)) if day else None,
            summary=summary(release),
            sorts=tuple(self._sorts(release)) if is_whole else (),
        )

    def _sorts(self, release: Release) -> Iterator[SortView]:
        for sort, heading in HEADINGS.items():
            told = [each for each in release.changes if heading_of(each) is sort]
            if told:
                yield SortView(heading, tuple(map(self._change, told)))

    def _change(self, change: Change) -> ChangeView:
        session = self.present.programme.session(change.id)
        url = self.present.session_url(session) if session else ""
        return ChangeView(change.after.title, url, change_in_words(change))

    def _page(self, path: str, title: str, releases: tuple[ReleaseView, ...]) -> ChangesPage:
        site, edition = self.present.site, self.present.edition
        feeds = own_feeds(site, [("changes", edition.slug), ("event", edition.slug)])
        return ChangesPage(
            head=head_view(
                site,
                path,
                title=f"{title}, {edition.event.title}",
                description=f"What changed in the programme of {edition.event.title}.",
                feeds=feeds,
                is_indexed=not edition.mark,
            ),
            event=self.present.nav(path),
            title=title,
            feed=feeds[0].url if feeds else "",
            all=self.present.url(paths.changes(edition.slug)),
            releases=releases,
        )


def summary(release: Release) -> str:
    """Return a release in one line."""
    if release.changes:
        return counted_changes(release.changes)
    return f"The programme is out: {counted(release.count, 'session')}"
