"""A page of each kind of the repository's own site, and the moments at which they are looked at."""

from __future__ import annotations

EVENT = "/events/ebb-and-flow-2026/"
COMING = "/events/ebb-and-flow-2027/"

PAGES = {
    "home": "/",
    "article with commands": "/posts/alembic-in-practice/",
    "checklist": "/posts/postgres-health-check/",
    "release": "/posts/postgresql-9-1-3/",
    "products": "/products/",
    "product": "/products/postgresql/",
    "branch": "/products/postgresql/9.1/",
    "upgrade": "/products/postgresql/upgrade/9.0.7/9.1.3/",
    "upgrades": "/products/postgresql/upgrade/",
    "affected": "/products/postgresql/affected/",
    "itinerary": "/posts/linux-conf-au-2012/",
    "recap": "/posts/pgconf-eu-2011-day-3/",
    "call": "/posts/database-disaster-stories/",
    "talk post": "/posts/postgresql-9-1-at-windy-city-perl-mongers/",
    "essay": "/posts/why-credit-reviewers/",
    "list": "/guides/",
    "terms": "/tags/",
    "archive": "/archive/",
    "author": "/authors/ines-halvorsen/",
    "page": "/writing-here/",
    "404": "/404.html",
    "subscribe": "/subscribe/",
    "events": "/events/",
    "search": "/search/?q=sorting",
    "event": EVENT,
    "schedule": f"{EVENT}schedule/",
    "day": f"{EVENT}schedule/2026-10-24/",
    "talk": f"{EVENT}talks/sorting-the-catch/",
    "speakers": f"{EVENT}speakers/",
    "speaker": f"{EVENT}speakers/piet-pegel/",
    "room": f"{EVENT}rooms/net-loft/",
    "track": f"{EVENT}tracks/storage/",
    "my programme": f"{EVENT}my/",
    "now": f"{EVENT}now/?at=2026-10-24T11:50",
    "booklet": f"{EVENT}booklet/",
}
"""The path of each, by the name of its kind."""

MOMENTS = {
    "before": "2026-10-10T12:00:00+02:00",
    "during": "2026-10-24T11:00:00+02:00",
    "after": "2026-12-01T12:00:00+01:00",
}
"""Before, on the first day of, and after the conference of the sample."""

CHANGES_WITH_THE_CLOCK = ("home", "events", "event", "schedule", "day", "talk", "call", "room")
"""The pages that say something else at each of these moments."""
