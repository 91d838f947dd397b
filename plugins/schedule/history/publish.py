"""Writes into the ledger what a publish leaves of every schedule and itinerary."""

from __future__ import annotations

from msgspec.structs import replace

from ...site.ledger import Ledger
from ...site.site import Site
from ..events import events_of
from .itineraries import records_of_itineraries
from .releases import remembered


def remember(site: Site, ledger: Ledger) -> Ledger:
    """Return the ledger with this site's sessions, their changes, and its itineraries' entries."""
    for edition in events_of(site).editions:
        ledger = remembered(ledger, edition.slug, edition.history)
    plans = (records_of_itineraries(site, document) for document in site.documents)
    entries = {key: record for plan in plans for key, record in plan.items()}
    return replace(ledger, sessions={**ledger.sessions, **entries})
