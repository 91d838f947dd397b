"""The feeds of changes in the schedule of an event; each release is an entry."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from ..markdown.document import Markup
from ..schedule import paths
from ..schedule.events import Edition, events_of
from ..schedule.history.releases import Release
from ..schedule.pages.changes import Changes
from ..schedule.pages.present import Presenter
from ..schedule.pages.view import ReleaseView
from ..site.site import Site
from ..site.view import LinkView
from ..source.text import xml_text
from .content import Content
from .entry import feed_id, linked
from .model import FeedEntry, Person, Subject


def changes_feeds(site: Site) -> Iterator[Subject]:
    """Yield a feed for each listed event whose schedule was published; it may have one entry."""
    for edition in events_of(site).listed:
        releases = [each for each in edition.history.releases if each.moment]
        if releases and not edition.mark:
            changes = Changes(Presenter(site, edition))
            entries = tuple(_entry(site, edition, changes, release) for release in releases)
            title = xml_text(edition.event.title)
            home = paths.changes(edition.slug)
            yield Subject("changes", edition.slug, f"changes of {title}", title, home, entries)


def _entry(site: Site, edition: Edition, changes: Changes, release: Release) -> FeedEntry:
    view, moment = changes.release(release), release.moment
    assert moment
    path = paths.release(edition.slug, release.number)
    url, language = site.absolute(path), site.settings.language
    return FeedEntry(
        id=feed_id(site, f"events/{edition.slug}/changes/{release.number}"),
        source=path,
        url=url,
        title=xml_text(f"{edition.event.title}, release {release.number}: {view.summary}"),
        summary=xml_text(view.summary),
        content=Content(Markup(""), url, language, segments=(_markup(view),)),
        published=moment.astimezone(site.settings.zone),
        updated=moment.astimezone(site.settings.zone),
        authors=(Person(xml_text(site.settings.author or site.settings.name)),),
        categories=(),
        language=language,
    )


def _markup(release: ReleaseView) -> str:
    return f"<p>{escape(release.summary)}</p>" + "".join(
        f"<h2>{sort.heading}</h2><ul>"
        + "".join(
            f"<li>{linked(LinkView(change.title, change.url))}: {escape(change.words)}</li>"
            for change in sort.changes
        )
        + "</ul>"
        for sort in release.sorts
    )
