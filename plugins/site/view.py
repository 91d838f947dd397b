"""Plain data that every template may see: the frame of a page, links, dates, pictures, events.

Views are frozen and hold strings, numbers and tuples of views only, so that a page is a function of
its templates and its view. Fields named `html` (or ending in `_html`) hold markup that is already
escaped; everything else is text.
"""

from __future__ import annotations

from msgspec import Struct


class LinkView(Struct, frozen=True):
    """A link: its text and its address, which begins with the site's base path."""

    label: str
    url: str
    is_current: bool = False
    is_section: bool = False
    """True if the current page is below this one, so that the menu marks this entry for it."""


class KindView(LinkView, frozen=True):
    """A post's kind: a link to the list of that kind, with a glyph and a tint."""

    glyph: str = "post"
    """The name of its drawing in `glyphs.svg`."""
    tint: int = 1
    """The number of its colour, from 1."""


class EventLinkView(LinkView, frozen=True):
    """A link to an event, with the dates and place that tell it from others with the same name."""

    dates: str = ""
    place: str = ""
    tint: int = 1


class DateView(Struct, frozen=True):
    """A day, for `<time>`: `2012-02-27` and `27 February 2012`."""

    iso: str
    text: str


class ImageView(Struct, frozen=True):
    """A picture with its alternative text; `url` is absolute if it is for the head of a page."""

    url: str
    alt: str
    width: int = 0
    """In px, so that the browser reserves its space before it loads; 0 if unknown."""
    height: int = 0


class FeedView(Struct, frozen=True):
    """A feed that a page announces: its title, media type and address."""

    title: str
    type: str
    url: str


class SiteView(Struct, frozen=True):
    """The frame that all pages share."""

    name: str
    subtitle: str
    language: str
    base: str
    """The path that every address of the site begins with, ending in `/`."""
    assets: str
    """The path that the theme's files begin with, ending in `/`."""
    copyright: str
    licence: LinkView | None
    source: LinkView | None
    """A link to the site's own source."""
    styles: tuple[str, ...]
    """Addresses of style sheets, in order; an address changes with the sheet's content."""
    scheme_script: str
    """The text of the script that runs before the first paint."""
    script: str
    """The address of the one module."""
    feeds: tuple[FeedView, ...]
    """The site's own feeds, for every page."""
    subscribe: str
    """The address of the page that lists all feeds and calendars."""
    search: str
    """The address of the search page; empty if the site has none."""
    direction: str = "ltr"
    """`ltr` or `rtl`, for the site's own language. It applies to the frame; `HeadView.direction`
    applies to the content.
    """


class TranslationView(Struct, frozen=True):
    """The same text in another language."""

    language: str
    """The language's tag, like `pt-BR`."""
    name: str
    """The language's name in that language."""
    url: str
    absolute: str


class HeadView(Struct, frozen=True):
    """A page's `<head>`, and its place in the navigation."""

    title: str
    """The page's own title, without the site's name."""
    description: str
    canonical: str
    """An absolute address."""
    language: str
    direction: str
    """`ltr` or `rtl`, for the page's content."""
    navigation: tuple[LinkView, ...]
    """The site's navigation, with the page's own entry marked as current."""
    feeds: tuple[FeedView, ...] = ()
    """The page's own feeds."""
    translations: tuple[TranslationView, ...] = ()
    """The same text in other languages."""
    image: ImageView | None = None
    is_article: bool = False
    is_indexed: bool = True
    """False for drafts, hidden posts and the 404 page."""
    published: str = ""
    modified: str = ""
    json_ld: str = ""
    """A JSON document that is safe inside a script element."""


class EventCardView(Struct, frozen=True):
    """An event as lists show it."""

    title: str
    lang: str
    url: str
    dates: str
    first: str
    """In ISO 8601."""
    last: str
    place: str
    summary: str
    count: str
    """The number of its talks and posts in words: `24 talks, 3 posts`."""
    mark: str
    tint: int
    """The number of its colour, from 1."""
    starts: str
    """The instant at which its first day begins, in ISO 8601 with offset."""
    ends: str
    """The instant at which its last day is over, in ISO 8601 with offset."""


class BadgeView(Struct, frozen=True):
    """An event as the front page shows it: like the badge that one wears there."""

    card: EventCardView
    numerals: str
    """The days alone, like `24–25`."""
    month: str
    """The rest of the dates, like `October 2026`."""
    pattern_html: str
    """The event's own pattern."""
    zone: str
    data: str
    """The address of `programme.json`; empty if the event has no schedule."""
    links: tuple[LinkView, ...]
    now: LinkView | None
    """A link to the page that shows what is on now, for readers who come during the event."""
    is_lead: bool = False
    """True for the event to show by the clock of the build."""


class RedirectPage(Struct, frozen=True):
    """An old address that leads to a new one. Template: redirect.html."""

    head: HeadView
    url: str
