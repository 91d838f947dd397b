"""The views of products, made from the model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from msgspec import Struct

from ..site.announce import own_feeds
from ..site.head import head_view
from ..site.site import Site
from ..site.view import DateView, FeedView, HeadView, LinkView
from ..source.text import counted
from ..source.times import day_in_words
from . import paths
from .affected import Status, status
from .model import Branch, Change, Product, Type, Version
from .support import support_state, support_words
from .terms import Ranges
from .timeline import timeline
from .upgrade import Brought, Upgrade, across, brought, pairs, upgrade
from .view import (
    AffectedPage,
    BranchPage,
    BranchView,
    ChangeView,
    ChoiceView,
    ConditionView,
    GroupView,
    ProductCardView,
    ProductNavView,
    ProductPage,
    ProductsPage,
    SupportView,
    UpgradePage,
    UpgradesPage,
    VersionView,
    WaysView,
)

FEEDS = ("product", "product-security", "product-breaking", "product-support")
"""The sorts of a product's feeds."""

REPAIRS = frozenset({Type.FIXED, Type.SECURITY})


class Presenter(Struct, frozen=True):
    """A maker of the views of one product, with what they share."""

    site: Site
    product: Product
    brought: Brought
    """The changes that each version brings."""

    @property
    def today(self) -> date:
        """The day of the build."""
        return self.site.now.date()

    def page(self) -> ProductPage:
        """Return the page of the product."""
        product = self.product
        told = (n for n, version in enumerate(product.versions) if version.source)
        return ProductPage(
            head=self._head(
                paths.product(product.slug),
                f"{product.name}: versions and support",
                product.summary
                or f"Every version of {product.name}, and until when it is supported.",
            ),
            product=self.nav(),
            summary=product.summary,
            home=product.home,
            branches=tuple(map(self.branch, reversed(product.branches))),
            timeline_html=timeline(product, self.today),
            releases=tuple(map(self.version, sorted(told, key=self._newest))),
            files=tuple(self._files()),
        )

    def branch_page(self, branch: Branch) -> BranchPage:
        """Return the page of a branch."""
        product = self.product
        ways = list(pairs(product, self.today.isoformat()))
        numbers = reversed(product.versions_of(branch.name))
        return BranchPage(
            head=self._head(
                paths.branch(product.slug, branch.name),
                f"{product.name} {branch.name}",
                f"All versions of {product.name} {branch.name}. {self.support(branch).words}.",
            ),
            product=self.nav(),
            branch=self.branch(branch),
            migration=branch.migration,
            versions=tuple(self.version(number, ways) for number in numbers),
        )

    def upgrade_page(self, start: int, end: int) -> UpgradePage:
        """Return the page of the upgrade from one version to another."""
        versions = self.product.versions
        way = upgrade(self.product, start, end, self.brought)
        title = f"{self.product.name}: from {versions[start].name} to {versions[end].name}"
        path = paths.upgrade(self.product.slug, versions[start].name, versions[end].name)
        passed = [*way.between, end]
        return UpgradePage(
            head=self._head(path, title, _summary(way)),
            product=self.nav(),
            start=self.version(start),
            end=self.version(end),
            summary=_summary(way),
            before=way.before,
            after=way.after,
            groups=tuple(self._groups(way)),
            between=tuple(self._passed(way.between)),
            withdrawn=tuple(self.version(n) for n in (start, *passed) if versions[n].withdrawn),
            untold=_listed([versions[n] for n in passed if not versions[n].source]),
        )

    def upgrades_page(self) -> UpgradesPage:
        """Return the page on which a reader chooses any two versions."""
        return UpgradesPage(
            head=self._head(
                paths.upgrades(self.product.slug),
                f"{self.product.name}: from A to B",
                f"What changes between any two versions of {self.product.name}, and what to do.",
            ),
            product=self.nav(),
            choices=tuple(self._choices()),
            ways=tuple(self._ways()),
        )

    def affected_page(self) -> AffectedPage:
        """Return the page on which readers find out if they are affected."""
        repaired = [change for change in self.product.changes if change.is_security]
        newest = sorted(repaired, key=lambda change: change.fixed[-1], reverse=True)
        return AffectedPage(
            head=self._head(
                paths.affected(self.product.slug),
                f"{self.product.name}: am I affected?",
                f"Every vulnerability of {self.product.name} told here, and whom it concerns.",
            ),
            product=self.nav(),
            choices=tuple(self._choices()),
            changes=tuple(self.change(change) for change in newest),
        )

    def card(self) -> ProductCardView:
        """Return the product for a list."""
        branches = map(self.branch, reversed(self.product.branches))
        supported = tuple(branch for branch in branches if branch.support.state != "ended")
        url = self.site.url(paths.product(self.product.slug))
        return ProductCardView(self.product.name, url, self.product.summary, supported)

    def nav(self) -> ProductNavView:
        """Return the links to the product's pages."""
        slug, url = self.product.slug, self.site.url
        links = (
            LinkView("Versions", url(paths.product(slug))),
            LinkView("From A to B", url(paths.upgrades(slug))),
            LinkView("Am I affected?", url(paths.affected(slug))),
        )
        return ProductNavView(
            self.product.name, url(paths.product(slug)), url(paths.data(slug)), links
        )

    def branch(self, branch: Branch) -> BranchView:
        """Return a branch for a line of a list."""
        latest = self.product.latest(branch.name)
        return BranchView(
            name=branch.name,
            url=self.site.url(paths.branch(self.product.slug, branch.name)),
            released=_day(branch.released),
            latest=self.version(latest) if latest >= 0 else None,
            support=self.support(branch),
        )

    def support(self, branch: Branch) -> SupportView:
        """Return the support of a branch on the day of the build."""
        state = support_state(branch, self.today)
        maintained = branch.maintained.isoformat() if branch.maintained else ""
        ends = branch.ends.isoformat() if branch.ends else ""
        return SupportView(state, support_words(branch, state), maintained, ends)

    def version(self, number: int, ways: Iterable[tuple[int, int]] = ()) -> VersionView:
        """Return a version for a line of a list, with the upgrades that lead to it."""
        version, own = self.product.versions[number], self.brought[number]
        return VersionView(
            name=version.name,
            url=self._post(version.source),
            date=_day(version.date),
            withdrawn=version.withdrawn,
            is_latest=self.product.latest(version.branch) == number,
            security=sum(change.is_security for change in own),
            count=len(own),
            ways=tuple(self._way(start, end) for start, end in ways if end == number),
        )

    def change(self, change: Change, start: int | None = None) -> ChangeView:
        """Return a change; with `start`, add a note for readers who have that version."""
        severity = change.severity
        post = self._post(change.source)
        return ChangeView(
            id=change.id,
            url=f"{post}#{change.anchor}" if post else "",
            type=change.type.value,
            html=change.html,
            severity=f"{severity.rating} ({severity.score})" if severity else "",
            vector=severity.vector if severity else "",
            fixed=self._fixed(change),
            affects=self.affects(change) if change.is_security else "",
            condition=_condition(change),
            credit=", ".join(change.credit),
            issues=tuple(LinkView(url, url) for url in change.issues),
            note="" if start is None else self._note(change, start),
        )

    def affects(self, change: Change) -> str:
        """Return the versions that a vulnerability affects, in words."""
        if change.affects is None:
            return "Which versions it affects is not known"
        spans = _spans(change.affects, self.product.versions)
        words = f"Affects {', '.join(spans)}" if spans else "Affects no version that is known here"
        if unknown := _spans(change.unknown, self.product.versions):
            words += f"; of {', '.join(unknown)} it is not known"
        return words

    def _note(self, change: Change, start: int) -> str:
        if not change.is_security:
            return ""
        name = self.product.versions[start].name
        found = status(change, start, self.product.versions)
        return {
            Status.AFFECTED: f"{name} is affected",
            Status.PERHAPS: f"{name} is perhaps affected",
            Status.NOT_AFFECTED: f"{name} is not affected",
            Status.NOT_KNOWN: f"It is not known whether {name} is affected",
        }[found]

    def _fixed(self, change: Change) -> str:
        names = [self.product.versions[number].name for number in reversed(change.fixed)]
        return f"{'Fixed in' if change.type in REPAIRS else 'In'} {', '.join(names)}"

    def _groups(self, way: Upgrade) -> Iterator[GroupView]:
        groups = {
            "Security": way.security,
            "Breaking changes": way.breaking,
            "Migration": way.migration,
            "Everything else": way.others,
        }
        for title, changes in groups.items():
            if changes:
                views = tuple(self.change(change, way.start) for change in changes)
                yield GroupView(title.lower().replace(" ", "-"), title, views)

    def _passed(self, numbers: Iterable[int]) -> Iterator[LinkView]:
        for number in numbers:
            version = self.product.versions[number]
            yield LinkView(version.name, self._post(version.source))

    def _ways(self) -> Iterator[WaysView]:
        today = self.today.isoformat()
        newest = [self._way(*way) for way in across(self.product)]
        if newest:
            yield WaysView("To the newest branch", tuple(newest))
        for branch in reversed(self.product.branches):
            own = self.product.versions_of(branch.name)
            links = [self._way(*way) for way in pairs(self.product, today) if way[0] in own]
            if links:
                yield WaysView(f"Within {branch.name}", tuple(reversed(links)))

    def _way(self, start: int, end: int) -> LinkView:
        names = self.product.versions[start].name, self.product.versions[end].name
        url = self.site.url(paths.upgrade(self.product.slug, *names))
        return LinkView(f"{names[0]} to {names[1]}", url)

    def _choices(self) -> Iterator[ChoiceView]:
        for version in reversed(self.product.versions):
            yield ChoiceView(version.name, version.branch)

    def _files(self) -> Iterator[LinkView]:
        slug, url = self.product.slug, self.site.url
        yield LinkView("Everything, as JSON", url(paths.data(slug)))
        yield LinkView("Branches as endoflife.date has them, as JSON", url(paths.cycles(slug)))
        if any(branch.ends for branch in self.product.branches):
            yield LinkView("Ends of support, as a calendar", url(paths.calendar(slug)))
        for feed in self._feeds():
            yield LinkView(f"Feed: {feed.title.partition(': ')[2]}", feed.url)

    def _feeds(self) -> tuple[FeedView, ...]:
        return own_feeds(self.site, ((sort, self.product.slug) for sort in FEEDS))

    def _head(self, path: str, title: str, description: str) -> HeadView:
        feeds = self._feeds()
        return head_view(self.site, path, title=title, description=description, feeds=feeds)

    def _post(self, source: str) -> str:
        return self.site.url(self.site.paths[source]) if source else ""

    def _newest(self, number: int) -> tuple[int, int]:
        day = self.product.versions[number].date
        return -(day or date.min).toordinal(), -number


def make_presenter(site: Site, product: Product) -> Presenter:
    """Return the presenter of a product."""
    return Presenter(site, product, brought(product))


def products_page(site: Site, products: Iterable[Product]) -> ProductsPage:
    """Return the page of all products."""
    return ProductsPage(
        head=head_view(
            site,
            paths.ALL,
            title="Products",
            description=f"Versions, support and upgrades, as {site.settings.name} tells them.",
        ),
        products=tuple(make_presenter(site, product).card() for product in products),
    )


def _day(day: date | None) -> DateView | None:
    return DateView(day.isoformat(), day_in_words(day)) if day else None


def _condition(change: Change) -> ConditionView | None:
    condition = change.condition
    return ConditionView(condition.words, condition.check) if condition else None


def _summary(way: Upgrade) -> str:
    """Return the number of changes in each group, as a sentence."""
    counts = [
        (len(way.security), "security fix"),
        (len(way.breaking), "breaking change"),
        (len(way.migration), "migration step"),
        (len(way.others), "other change"),
    ]
    words = [counted(count, word) for count, word in counts if count]
    return f"{', '.join(words)}." if words else "No change is known between them."


def _spans(ranges: Ranges, versions: tuple[Version, ...]) -> list[str]:
    """Return the ranges in words, the newest first: `9.0.0 to 9.0.6`."""
    numbers = [number for first, last in ranges for number in range(first, last + 1)]
    by_branch = groupby(
        sorted(numbers, key=lambda n: (versions[n].branch, n)), lambda n: versions[n].branch
    )
    spans = [span for _, own in by_branch for span in _runs(list(own), versions)]
    return [words for _, words in sorted(spans, reverse=True)]


def _runs(numbers: list[int], versions: tuple[Version, ...]) -> Iterator[tuple[int, str]]:
    start = 0
    for index, number in enumerate(numbers):
        if index + 1 == len(numbers) or numbers[index + 1] != number + 1:
            first, last = versions[numbers[start]].name, versions[number].name
            yield number, first if first == last else f"{first} to {last}"
            start = index + 1


def _listed(versions: list[Version]) -> str:
    return ", ".join(version.name for version in versions)
