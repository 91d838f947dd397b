"""Where the pages and files of products stand below the output."""

from __future__ import annotations

import re

ALL = "products/index.html"
SCHEMA = "products/product.schema.json"

# Matches what no address should hold of a version: `:` of an epoch, `+` of a build.
UNSAFE = re.compile(r"[^\w.~-]+")


def product(slug: str) -> str:
    """The page of a product."""
    return f"products/{slug}/index.html"


def branch(slug: str, name: str) -> str:
    """The page of a branch."""
    return f"products/{slug}/{_segment(name)}/index.html"


def upgrades(slug: str) -> str:
    """The page that answers what lies between any two versions."""
    return f"products/{slug}/upgrade/index.html"


def upgrade(slug: str, start: str, end: str) -> str:
    """The page of the way from one version to another."""
    return f"products/{slug}/upgrade/{_segment(start)}/{_segment(end)}/index.html"


def affected(slug: str) -> str:
    """The page that answers whether one is affected."""
    return f"products/{slug}/affected/index.html"


def data(slug: str) -> str:
    """All that is known of a product, as JSON of our own."""
    return f"products/{slug}/product.json"


def cycles(slug: str) -> str:
    """The branches in the shape of endoflife.date."""
    return f"products/{slug}/endoflife.json"


def calendar(slug: str) -> str:
    """The ends of support as a calendar."""
    return f"products/{slug}/support.ics"


def osv(slug: str, id: str) -> str:
    """A vulnerability as an OSV record."""
    return f"products/{slug}/osv/{id}.json"


def _segment(version: str) -> str:
    return UNSAFE.sub("-", version).strip(".-") or "-"
