"""A withdrawn release keeps its page and its place in feeds, and says so."""

from __future__ import annotations

import re
from pathlib import Path

import feedparser

from tests.site_folder import SiteFolder, copied_site

PRODUCT = """name: Tea
branches:
  "1": {versions: {"1.0.0": 2012-01-01}}
"""

POST = """---
title: Tea 1.1.0
kind: release
date: 2012-02-01
product: Tea
versions: [1.1.0]
---

The second pot.

## Added

- A lid.
"""

WITHDRAWN = POST.replace(
    "versions: [1.1.0]",
    "versions: [1.1.0]\nwithdrawn: The handle came off.\nmodified: 2012-02-03",
)


def tea_site(folder: Path) -> SiteFolder:
    site = copied_site("minimal", folder)
    site.write("settings.py", 'from pelicanconf import *\n\nPLUGINS += ["plugins.release"]\n')
    site.write("content/products/tea.yaml", PRODUCT)
    site.write("content/posts/tea.md", POST)
    return site.built()


def entries(site: SiteFolder) -> list[tuple[str, str]]:
    """The id and update of each entry of the product's feed."""
    feed = feedparser.parse(site.page("feeds/product/tea.atom.xml"))
    return [(entry.id, entry.updated[:10]) for entry in feed.entries]


def test_withdrawal_updates_the_entry_and_puts_a_banner_on_the_page(tmp_path: Path) -> None:
    site = tea_site(tmp_path / "site")
    [(id, before)] = entries(site)

    site.write("content/posts/tea.md", WITHDRAWN)
    site.built()

    assert (before, entries(site)) == ("2012-02-01", [(id, "2012-02-03")])
    banner = re.search(
        r'<div class="release-withdrawn".*?</div>', site.page("posts/tea/index.html")
    )
    assert banner
    assert banner[0] == (
        '<div class="release-withdrawn" role="note"><strong>Withdrawn.</strong> '
        "The handle came off.</div>"
    )
    assert '"latest":"1.0.0"' in site.page("products/tea/product.json")


def test_feeds_of_a_product_hold_what_they_say(tmp_path: Path) -> None:
    site = tea_site(tmp_path / "site")
    security = POST.replace("1.1.0", "1.2.0").replace("## Added", "## Security")
    site.write("content/posts/hole.md", security.replace("2012-02-01", "2012-03-01"))
    breaking = POST.replace("1.1.0", "1.3.0").replace("## Added", "## Removed")
    site.write("content/posts/gone.md", breaking.replace("2012-02-01", "2012-04-01"))
    site.write(
        "content/products/tea.yaml", PRODUCT.replace("{versions", "{ends: 2012-08-01, versions")
    )
    site.built()

    titles = {
        sort: [
            entry.title
            for entry in feedparser.parse(site.page(f"feeds/{sort}/tea.rss.xml")).entries
        ]
        for sort in ("product", "product-security", "product-breaking", "product-support")
    }

    assert titles == {
        "product": ["Tea 1.3.0", "Tea 1.2.0", "Tea 1.1.0"],
        "product-security": ["Tea 1.2.0"],
        "product-breaking": ["Tea 1.3.0"],
        "product-support": ["Support of Tea 1 ends on 1 August 2012"],
    }
