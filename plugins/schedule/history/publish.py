"""What a publish leaves in the ledger of every programme."""

from __future__ import annotations

from ...core.ledger import Ledger
from ...core.site import Site
from ..events import events_of
from .releases import remembered


def remember(site: Site, ledger: Ledger) -> Ledger:
    """The ledger with the sessions of this site's events, and with what changed of them."""
    for edition in events_of(site).editions:
        ledger = remembered(ledger, edition.slug, edition.history)
    return ledger
