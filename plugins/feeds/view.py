"""What the subscribe page sees."""

from __future__ import annotations

from dataclasses import dataclass

from ..core.view import HeadView, LinkView


@dataclass(frozen=True, slots=True)
class AddressView:
    """One address to subscribe to."""

    label: str
    """The format: “Atom”, “Calendar”."""
    url: str
    absolute: str
    """As a reader has to paste it."""


@dataclass(frozen=True, slots=True)
class SubscriptionView:
    """Something to subscribe to: what it is, and its addresses, the best one first."""

    about: LinkView
    """What it tells of, with the page of that."""
    home: str
    """The same page's absolute address."""
    note: str
    """What comes, in words: “4 posts so far”."""
    addresses: tuple[AddressView, ...]


@dataclass(frozen=True, slots=True)
class SubscriptionsView:
    """Subscriptions of one sort."""

    id: str
    title: str
    introduction: str
    subscriptions: tuple[SubscriptionView, ...]


@dataclass(frozen=True, slots=True)
class SubscribePage:
    """Every feed and calendar of the site. Template: subscribe.html."""

    head: HeadView
    groups: tuple[SubscriptionsView, ...]
    opml: LinkView
    """The file that holds all feeds, for readers that take many at once."""
