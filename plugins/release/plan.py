"""The rows of products: their pages, and the files for programs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from ..site.site import Row, Site, TemplateRow, WriterRow
from ..source.problem import Place
from . import paths
from .calendar import last_told, write_calendar
from .cycles import write_cycles
from .data import product_data, write_product, write_schema
from .model import Change, Product, Releases
from .osv import osv_id, write_osv
from .present import Presenter, make_presenter, products_page
from .upgrade import across, pairs


def plan(site: Site) -> Iterator[Row]:
    """Yield every row of every product."""
    releases = site.part("release", Releases)
    products = releases.products
    for slug in releases.broken:
        yield from _stand_ins(slug)
    if not products:
        return
    view = products_page(site, products)
    yield TemplateRow(paths.ALL, Place("the list of products"), "release/products.html", view)
    yield WriterRow(paths.SCHEMA, Place("the schema of products"), write_schema)
    for product in products:
        yield from _pages(make_presenter(site, product))
        yield from _files(site, product)


def _stand_ins(slug: str) -> Iterator[Row]:
    """Yield rows that keep links to a broken product from being reported too.

    The build fails, so nothing of them is published.
    """
    for path in (paths.product(slug), paths.upgrades(slug), paths.affected(slug)):
        yield WriterRow(path, Place(f"the product {slug}"), bytes)


def ways(product: Product, today: str) -> list[tuple[int, int]]:
    """Return the upgrades that have a page, as pairs of version numbers."""
    return sorted({*pairs(product, today), *across(product)})


def _pages(presenter: Presenter) -> Iterator[Row]:
    product = presenter.product
    slug, place = product.slug, Place(f"content/products/{product.slug}.yaml")
    yield TemplateRow(paths.product(slug), place, "release/product.html", presenter.page())
    for branch in product.branches:
        view = presenter.branch_page(branch)
        yield TemplateRow(paths.branch(slug, branch.name), place, "release/branch.html", view)
    upgrades = presenter.upgrades_page()
    yield TemplateRow(paths.upgrades(slug), place, "release/upgrades.html", upgrades)
    affected = presenter.affected_page()
    yield TemplateRow(paths.affected(slug), place, "release/affected.html", affected)
    for start, end in ways(product, presenter.today.isoformat()):
        names = product.versions[start].name, product.versions[end].name
        page = presenter.upgrade_page(start, end)
        yield TemplateRow(paths.upgrade(slug, *names), place, "release/upgrade.html", page)


def _files(site: Site, product: Product) -> Iterator[Row]:
    slug, place = product.slug, Place(f"content/products/{product.slug}.yaml")
    data = product_data(site, product)
    yield WriterRow(paths.data(slug), place, partial(write_product, data), is_polled=True)
    yield WriterRow(paths.cycles(slug), place, partial(write_cycles, product), is_polled=True)
    if any(branch.ends for branch in product.branches):
        url, stamp = site.absolute(paths.product(slug)), last_told(product)
        calendar = partial(write_calendar, product, url=url, stamp=stamp)
        yield WriterRow(paths.calendar(slug), place, calendar, is_polled=True)
    for change in product.changes:
        if change.is_security and change.source:
            yield _osv(site, product, change, place)


def _osv(site: Site, product: Product, change: Change, place: Place) -> Row:
    record = site.records[change.source]
    published = datetime.fromisoformat(record.published)
    document = next(each for each in site.documents if each.source == change.source)
    modified = max(published, document.front_matter.modified or published)
    url = f"{site.absolute(site.paths[change.source])}#{change.anchor}"
    write = partial(write_osv, product, change, published=published, modified=modified, url=url)
    return WriterRow(paths.osv(product.slug, osv_id(product, change)), place, write)
