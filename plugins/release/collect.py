"""Product files and release posts become products: versions in order, each change once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import PurePosixPath
from typing import Any

from msgspec.structs import replace

from ..blog.kinds import ReleaseFrontMatter
from ..markdown.document import Document
from ..site.site import Site
from ..source.problem import Problem, Problems, did_you_mean, quoted
from ..source.slug import free, slugify
from ..source.text import counted
from .changes import branch_changes, changes_of
from .checks import check_product
from .history import Listed, listed_in_file, listed_in_posts, versions_in_order
from .model import NOTICE, Branch, Change, Product, Releases, Version
from .product_file import ProductFile, read_product
from .schemes import parse_version

FOLDER = "products/"


def reads_data(path: str) -> bool:
    """Return True for a product's file: `products/postgresql.yaml`."""
    return path.startswith(FOLDER) and path.count("/") == 1 and path.endswith(".yaml")


def collect(site: Site, problems: Problems) -> Releases:
    """Return every product of the site, with all that posts say about it."""
    posts = _posts_by_product(site)
    products: list[Product] = []
    slugs: list[str] = []
    for path in sorted(filter(reads_data, site.data)):
        slug = PurePosixPath(path).stem
        slugs.append(slug)
        read = read_product(site.data[path], site.settings.zone, problems)
        names = sorted({slug, *([slugify(read[0].name)] if read else [])})
        own = [post for name in names for post in posts.pop(name, ())]
        if read:
            file, places = read
            listed = listed_in_file(file, places, site.data[path], problems)
            products.append(_product(slug, file, listed, own, problems))
    problems += _homeless(posts, slugs)
    broken = {*posts, *slugs} - {product.slug for product in products}
    in_order = sorted(products, key=lambda product: (product.name, product.slug))
    return Releases(tuple(in_order), tuple(sorted(broken)))


def moments(site: Site) -> Iterator[datetime]:
    """Yield the times at which the support of branches changes, or a change is announced."""
    for product in site.part("release", Releases).products:
        for branch in product.branches:
            for day in filter(None, (branch.released, branch.maintained, branch.ends)):
                midnight = datetime.combine(day, time(), site.settings.zone)
                yield from (midnight - NOTICE, midnight, midnight + timedelta(days=1))


def counts(site: Site, _: object) -> Iterator[str]:
    """Yield the number of products, if the site has any."""
    products = site.part("release", Releases).products
    if products:
        yield counted(len(products), "product")


def head_of(document: Document) -> ReleaseFrontMatter:
    """Return the front matter of a release post."""
    head = document.front_matter
    assert isinstance(head, ReleaseFrontMatter)
    return head


def _posts_by_product(site: Site) -> dict[str, list[Document]]:
    """Return the release posts that name a product, by the slug of that name."""
    posts: dict[str, list[Document]] = defaultdict(list)
    for document in site.documents:
        head = document.front_matter
        if isinstance(head, ReleaseFrontMatter) and head.product:
            posts[slugify(head.product)].append(document)
    return posts


def _homeless(posts: Mapping[str, Iterable[Document]], slugs: list[str]) -> Iterator[Problem]:
    """Report posts of products that have no file."""
    for slug, documents in sorted(posts.items()):
        for document in documents:
            name = head_of(document).product or ""
            yield document.problem(
                "product",
                found=f"the product {quoted(name)}, which has no file",
                expected=f"its name and branches in content/{FOLDER}{slug}.yaml",
                hint=did_you_mean(slug, slugs),
            )


def _product(
    slug: str,
    file: ProductFile,
    listed: list[Listed],
    posts: list[Document],
    problems: Problems,
) -> Product:
    every = [*listed, *listed_in_posts(file, posts, problems)]
    versions = versions_in_order(every, problems)
    branches = _branches(file, posts)
    changes = [*branch_changes(branches, versions), *changes_of(posts, versions, problems)]
    product = Product(
        slug=slug,
        name=file.name,
        summary=file.summary,
        home=file.home or "",
        scheme=file.scheme,
        branches=branches,
        versions=versions,
        changes=tuple(_distinct(changes)),
        ecosystem=file.ecosystem,
        package=file.package,
    )
    check_product(product, every, posts, problems)
    return product


def _branches(file: ProductFile, posts: Iterable[Document]) -> tuple[Branch, ...]:
    """Return the branches, oldest first; posts give the ends that the file does not."""
    told = ends_in_posts(posts)
    found = [
        Branch(
            name, facts.released, facts.maintained, facts.ends or told.get(name), facts.migration
        )
        for name, facts in file.branches.items()
    ]
    keys: dict[str, Any] = {b.name: parse_version(file.scheme, b.name) for b in found}
    if None not in keys.values():
        return tuple(sorted(found, key=lambda branch: keys[branch.name]))
    return tuple(sorted(found, key=lambda branch: (branch.released or date.min, branch.name)))


def ends_in_posts(posts: Iterable[Document]) -> dict[str, date]:
    """Return the ends of support from posts, by branch; the latest post wins."""
    in_order = sorted(posts, key=lambda post: (head_of(post).date, post.source))
    return {end.version: end.date for post in in_order for end in head_of(post).end_of_life}


def _distinct(changes: Iterable[Change]) -> Iterator[Change]:
    """Yield the changes in order, each with an id of its own."""
    taken: set[str] = set()
    for change in sorted(changes, key=lambda change: change.fixed[:1]):
        id = free(change.id, taken)
        taken.add(id)
        yield change if id == change.id else replace(change, id=id)


def post_versions(post: Document, versions: Iterable[Version]) -> list[int]:
    """Return the numbers of the versions that a post is about."""
    return [number for number, version in enumerate(versions) if version.source == post.source]
