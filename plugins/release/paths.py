"""The paths of the pages and files of products, below the output."""

from __future__ import annotations

import re

ALL = "products/index.html"
SCHEMA = "products/product.schema.json"

# Matches characters of a version that no address should have: `:` of an epoch, `+` of a build.
UNSAFE = re.compile(r"[^\w.~-]+")


def product(slug: str) -> str:
    """Return the page of a product."""
    return f"products/{slug}/index.html"


def branch(slug: str, name: str) -> str:
    """Return the page of a branch."""
    return f"products/{slug}/{_segment(name)}/index.html"


def upgrades(slug: str) -> str:
    """Return the page on which a reader chooses any two versions."""
    return f"products/{slug}/upgrade/index.html"


def upgrade(slug: str, start: str, end: str) -> str:
    """Return the page of the upgrade from one version to another."""
    return f"products/{slug}/upgrade/{_segment(start)}/{_segment(end)}/index.html"


def affected(slug: str) -> str:
    """Return the page on which readers find out if they are affected."""
    return f"products/{slug}/affected/index.html"


def data(slug: str) -> str:
    """Return all that is known of a product, as our own JSON."""
    return f"products/{slug}/product.json"


def cycles(slug: str) -> str:
    """Return the branches in the format of endoflife.date."""
    return f"products/{slug}/endoflife.json"


def calendar(slug: str) -> str:
    """Return the calendar of the ends of support."""
    return f"products/{slug}/support.ics"


def osv(slug: str, id: str) -> str:
    """Return the OSV record of a vulnerability."""
    return f"products/{slug}/osv/{id}.json"


def _segment(version: str) -> str:
    return UNSAFE.sub("-", version).strip(".-") or "-"
