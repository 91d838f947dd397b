"""The pages of PostgreSQL as this site tells of it, whole, and the lists that a person makes."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from plugins.release.data import ProductData
from plugins.release.model import Change, Product, Type, Version
from plugins.release.upgrade import upgrade
from tests.release.making import product as made
from tests.site_folder import SiteFolder

GOLDEN = Path(__file__).parent / "golden"


def main_of(page: str) -> str:
    """The page without its shell."""
    return page[page.index('<div class="main-room">') : page.index("</main>")]


@pytest.mark.parametrize(
    "name",
    [
        "products",
        "products/postgresql",
        "products/postgresql/9.1",
        "products/postgresql/8.2",
        "products/postgresql/affected",
        "products/postgresql/upgrade",
        "products/postgresql/upgrade/8.4.0/8.4.11",
        "products/postgresql/upgrade/9.0.7/9.1.3",
    ],
)
def test_page_is_as_it_was_read(
    name: str, real_site: SiteFolder, matches: Callable[[str, Path], None]
) -> None:
    page = main_of(real_site.page(f"{name}/index.html"))

    matches(page, GOLDEN / f"{name.replace('/', '-')}.html")


BY_HAND = {
    ("9.0.4", "9.1.3"): """
        Security: cve-2011-2483 cve-2012-0866 cve-2012-0867 cve-2012-0868
        Migration: citext-collations migration-to-9-1 minor-upgrade older-notes
          referential-constraints
        Fixed: analyze-sjis btree-vacuum catalog-cache-vacuum-full explicit-pg-temp gist-page-split
          gist-scan-leak in-doubt-hot pg-options-to-table relcache-init-file tsvector-concat
          zeroed-buffers
        """,
    ("8.3.15", "8.4.11"): """
        Security: cve-2011-2483 cve-2012-0866 cve-2012-0867 cve-2012-0868
        Migration: migration-to-8-4 minor-upgrade older-notes referential-constraints
        Fixed: analyze-sjis btree-vacuum gist-page-split gist-scan-leak in-doubt-hot
          relcache-init-file tsvector-concat
        """,
    ("8.4.8", "9.1.3"): """
        Security: cve-2011-2483 cve-2012-0866 cve-2012-0867 cve-2012-0868
        Migration: citext-collations migration-to-9-0 migration-to-9-1 minor-upgrade older-notes
          referential-constraints
        Fixed: analyze-sjis btree-vacuum catalog-cache-vacuum-full explicit-pg-temp gist-page-split
          gist-scan-leak in-doubt-hot pg-options-to-table relcache-init-file tsvector-concat
          zeroed-buffers
        """,
    ("8.4.11", "9.1.3"): """
        Migration: citext-collations migration-to-9-0 migration-to-9-1
        Fixed: catalog-cache-vacuum-full explicit-pg-temp pg-options-to-table zeroed-buffers
        """,
}
"""What a person finds between two versions with both posts and the product's file at hand."""


@pytest.mark.parametrize("way", BY_HAND, ids=" to ".join)
def test_way_is_what_a_person_finds_in_the_posts(
    way: tuple[str, str], real_site: SiteFolder
) -> None:
    postgresql = read_back(real_site)
    start, end = map(postgresql.number, way)

    found = upgrade(postgresql, start, end).changes

    assert sorted(lines_of(found)) == sorted(by_hand(BY_HAND[way]))


def read_back(site: SiteFolder) -> Product:
    """PostgreSQL from the JSON that the site publishes of it."""
    from msgspec.json import decode  # noqa: PLC0415  only here, next to its type

    data = decode(site.page("products/postgresql/product.json"), type=ProductData)
    names = [version.name for version in data.versions]
    bare = made("")
    return Product(
        slug="postgresql",
        name=data.name,
        summary="",
        home="",
        scheme=data.scheme,
        branches=bare.branches,
        versions=tuple(Version(v.name, v.branch) for v in data.versions),
        changes=tuple(
            Change(
                id=each.id,
                type=Type(each.type),
                text="",
                html=each.html,
                fixed=tuple(names.index(name) for name in each.fixed),
                affects=None,
            )
            for each in data.changes
        ),
    )


def lines_of(changes: tuple[Change, ...]) -> list[str]:
    return [f"{change.type.value}: {change.id}" for change in changes]


def by_hand(text: str) -> list[str]:
    groups = re.findall(r"(\w+): ((?:[\w-]+\s+)+?)(?=\w+:|$)", f"{text.strip()} ")
    return [f"{type}: {id}" for type, ids in groups for id in ids.split()]


def test_way_says_what_is_not_known(real_site: SiteFolder) -> None:
    page = real_site.page("products/postgresql/upgrade/8.4.0/8.4.11/index.html")

    assert (
        "Of these no notes are here, so that what they bring is not in the lists above: "
        "8.4.1, 8.4.2, 8.4.3, 8.4.4, 8.4.5, 8.4.6, 8.4.7, 8.4.8, 8.4.10."
    ) in unescape(page)
