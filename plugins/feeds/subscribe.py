"""The page that lists every feed by its purpose, and the same list as OPML 2.0 for readers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from ..schedule import paths, words
from ..schedule.events import Edition, events_of
from ..site.head import head_view
from ..site.site import Row, Site, TemplateRow, WriterRow
from ..site.view import LinkView
from ..source.problem import Place
from ..source.text import counted, xml_text
from .formats import FORMATS, SUBSCRIBE, Format
from .model import Feeds, Subject
from .view import AddressView, SubscribePage, SubscriptionsView, SubscriptionView

OPML = "subscribe/feeds.opml"

EVERYTHING = ("Everything", "All posts, whole, as they appear. If in doubt, this is the one.")

GROUPS = {
    "product": ("Products", "New versions of one product, with what they bring."),
    "product-security": ("Security of products", "Versions that close a hole of one product."),
    "product-breaking": ("Breaking changes", "Versions that may break what you built on them."),
    "product-support": ("Ends of support", "Told three months before a branch's last day."),
    "event": ("Events", "What happens around one event: news, recaps, calls."),
    "changes": ("Changes of programmes", "What moved, what is new and what does not take place."),
    "language": ("Languages", "All posts in one language."),
    "kind": ("Kinds of post", "Only what you like to read."),
    "category": ("Categories", "Posts on one field."),
    "series": ("Series", "The next part, when it comes."),
    "author": ("Authors", "What one person writes."),
    "tag": ("Tags", "Posts on one topic."),
}
"""By sort: the title of its feeds on the page, and who wants them."""


def plan_page(site: Site) -> Iterator[Row]:
    """Yield the page and the OPML file."""
    feeds = tuple(_groups(site))
    view = SubscribePage(
        head=head_view(
            site,
            SUBSCRIBE,
            title="Subscribe",
            description=f"Every feed and calendar of {site.settings.name}, by what it is for.",
        ),
        groups=(*feeds, *_calendars(site)),
        opml=LinkView("All feeds as one OPML file", site.url(OPML)),
    )
    yield TemplateRow(SUBSCRIBE, Place("the subscribe page"), "subscribe.html", view)
    title = xml_text(f"Feeds of {site.settings.name}")
    write = partial(render_opml, title, feeds)
    yield WriterRow(OPML, Place("the list of all feeds"), write)


def _groups(site: Site) -> Iterator[SubscriptionsView]:
    subjects = site.part("feeds", Feeds).subjects.values()
    own = {each.sort: each for kind in site.kinds for each in kind.channels}
    channels = {sort: (each.label, each.introduction) for sort, each in own.items()}
    groups = {"all": EVERYTHING, **channels, **GROUPS}
    for sort, (title, introduction) in groups.items():
        held = tuple(_subscription(site, s) for s in subjects if s.sort == sort)
        if held:
            yield SubscriptionsView(f"feeds-{sort}", title, introduction, held)


def _calendars(site: Site) -> Iterator[SubscriptionsView]:
    """Yield the calendars of events that have times; other calendars are on their own pages."""
    editions = [e for e in events_of(site).listed if not e.mark]
    timed = [e for e in editions if any(session.start for session in e.programme.sessions)]
    if timed:
        introduction = (
            "The whole programme of an event, in your own calendar. Its rooms, tracks, speakers,"
            " days and talks have calendars too, on their pages."
        )
        held = tuple(_calendar(site, edition) for edition in timed)
        yield SubscriptionsView("calendars", "Calendars", introduction, held)


def _calendar(site: Site, edition: Edition) -> SubscriptionView:
    event, hub = edition.event, paths.hub(edition.slug)
    path = paths.calendar(hub)
    return SubscriptionView(
        about=LinkView(event.title, site.url(hub)),
        home=site.absolute(hub),
        note=words.dates(event.first_day, event.last_day),
        addresses=(AddressView("Calendar", site.url(path), site.absolute(path)),),
    )


def _subscription(site: Site, subject: Subject) -> SubscriptionView:
    count = len(subject.entries)
    word = "release" if subject.sort == "changes" else "post"
    note = counted(count, word) if count else f"no {word}s"
    return SubscriptionView(
        about=LinkView(subject.name, site.url(subject.home)),
        home=site.absolute(subject.home),
        note=note,
        addresses=tuple(_address(site, subject, format) for format in FORMATS),
    )


def _address(site: Site, subject: Subject, format: Format) -> AddressView:
    path = subject.stem + format.ending
    return AddressView(format.name, site.url(path), site.absolute(path))


def render_opml(title: str, groups: tuple[SubscriptionsView, ...]) -> bytes:
    """Return the feeds as OPML for readers that import all at once: one format of each."""
    root = Element("opml", version="2.0")
    SubElement(SubElement(root, "head"), "title").text = title
    body = SubElement(root, "body")
    for group in groups:
        outer = SubElement(body, "outline", text=group.title)
        for subscription in group.subscriptions:
            SubElement(
                outer,
                "outline",
                type="rss",  # of any feed, whatever its format (OPML 2.0, “What is a type?”)
                text=subscription.about.label,
                title=subscription.about.label,
                xmlUrl=subscription.addresses[0].absolute,
                htmlUrl=subscription.home,
            )
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, "utf-8", xml_declaration=True)) + b"\n"
