"""The feeds of a product: releases, security releases, breaking changes, ends of support."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, time
from html import escape

from ..blog.model import Post
from ..markdown.document import Markup
from ..release import paths
from ..release.model import NOTICE, Branch, Change, Product, Releases
from ..site.site import Site
from ..source.text import xml_text
from ..source.times import day_in_words
from .content import Content
from .entry import feed_id
from .model import FeedEntry, Person, Subject

Held = Callable[[Iterable[Post]], tuple[FeedEntry, ...]]
"""A function that returns the entries of posts, newest first."""


def product_feeds(site: Site, posts: Iterable[Post], held: Held) -> Iterator[Subject]:
    """Yield all feeds of all products; also empty ones, so that their addresses last."""
    part = site.parts.get("release")
    by_source = {post.source: post for post in posts}
    for product in part.products if isinstance(part, Releases) else ():
        name, home = xml_text(product.name), paths.product(product.slug)

        def of(sources: Iterable[str], known: dict[str, Post] = by_source) -> tuple[FeedEntry, ...]:
            return held(known[source] for source in sorted({*sources}) if source in known)

        told = of(version.source for version in product.versions)
        security = of(_sources(product, lambda change: change.is_security))
        breaking = of(_sources(product, lambda change: change.is_breaking))
        ends = tuple(_ends(site, product))
        titles = (
            ("product", "releases of", told),
            ("product-security", "security releases of", security),
            ("product-breaking", "breaking changes of", breaking),
            ("product-support", "ends of support of", ends),
        )
        for sort, words, entries in titles:
            yield Subject(sort, product.slug, f"{words} {name}", name, home, entries)


def _sources(product: Product, is_wanted: Callable[[Change], bool]) -> set[str]:
    """Return the posts of the versions that bring one of the wanted changes."""
    wanted = {number for change in product.changes if is_wanted(change) for number in change.fixed}
    return {product.versions[number].source for number in wanted}


def _ends(site: Site, product: Product) -> Iterator[FeedEntry]:
    """Yield an entry for each end of support that is near or past, the latest first."""
    ending = [(branch.ends, branch) for branch in product.branches if branch.ends]
    for end, branch in sorted(ending, key=lambda one: (one[0], one[1].name), reverse=True):
        moment = datetime.combine(end - NOTICE, time(), site.settings.zone)
        if moment <= site.now:
            yield _end(site, product, branch, moment)


def _end(site: Site, product: Product, branch: Branch, moment: datetime) -> FeedEntry:
    assert branch.ends
    path = paths.branch(product.slug, branch.name)
    url, language = site.absolute(path), site.settings.language
    title = f"Support of {product.name} {branch.name} ends on {day_in_words(branch.ends)}"
    latest = product.latest(branch.name)
    words = f"{title}. From then on nobody repairs what is found in it."
    if latest >= 0:
        words += f" Its latest version is {product.versions[latest].name}."
    return FeedEntry(
        id=feed_id(site, f"products/{product.slug}/support/{branch.name}"),
        source=path,
        url=url,
        title=xml_text(title),
        summary=xml_text(words),
        content=Content(Markup(""), url, language, segments=(f"<p>{escape(words)}</p>",)),
        published=moment,
        updated=moment,
        authors=(Person(xml_text(site.settings.author or site.settings.name)),),
        categories=(),
        language=language,
    )
