"""The view of the subscribe page."""

from __future__ import annotations

from msgspec import Struct

from ..site.view import HeadView, LinkView


class AddressView(Struct, frozen=True):
    """One address to subscribe to."""

    label: str
    """The format: “Atom”, “Calendar”."""
    url: str
    absolute: str
    """The absolute address, for pasting into a reader."""


class SubscriptionView(Struct, frozen=True):
    """Something to subscribe to, with its addresses, the best one first."""

    about: LinkView
    """Its subject, with a link to the subject's page."""
    home: str
    """The same page's absolute address."""
    note: str
    """The number of its entries, or the dates of an event, in words: “4 posts”."""
    addresses: tuple[AddressView, ...]


class SubscriptionsView(Struct, frozen=True):
    """Subscriptions of one sort."""

    id: str
    title: str
    introduction: str
    subscriptions: tuple[SubscriptionView, ...]


class SubscribePage(Struct, frozen=True):
    """Every feed and calendar of the site. Template: subscribe.html."""

    head: HeadView
    groups: tuple[SubscriptionsView, ...]
    opml: LinkView
    """The file that holds all feeds, for readers that import many at once."""
