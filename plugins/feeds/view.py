"""What the subscribe page sees."""

from __future__ import annotations

from msgspec import Struct

from ..site.view import HeadView, LinkView


class AddressView(Struct, frozen=True):
    """One address to subscribe to."""

    label: str
    """The format: “Atom”, “Calendar”."""
    url: str
    absolute: str
    """As a reader has to paste it."""


class SubscriptionView(Struct, frozen=True):
    """Something to subscribe to: what it is, and its addresses, the best one first."""

    about: LinkView
    """What it tells of, with the page of that."""
    home: str
    """The same page's absolute address."""
    note: str
    """What comes, in words: “4 posts so far”."""
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
    """The file that holds all feeds, for readers that take many at once."""
