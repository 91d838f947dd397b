"""The checks of a product as a whole: dates, ends of support, withdrawn versions, migrations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from ..blog.kinds import ReleaseFrontMatter
from ..markdown.document import Document
from ..source.problem import Problem, Problems, Severity, did_you_mean, quoted
from ..source.times import day_in_words
from .history import Listed, in_head, problem_at
from .model import Product, Type


def check_product(
    product: Product, listed: Iterable[Listed], posts: Iterable[Document], problems: Problems
) -> None:
    """Report contradictions between the product's file and its posts."""
    by_name: dict[str, Listed] = {}
    for one in listed:
        by_name.setdefault(one.version.name, one)
    in_order = [by_name[version.name] for version in product.versions]
    for branch in product.branches:
        own = [one for one in in_order if one.version.branch == branch.name]
        problems += _dates_out_of_order(own)
        problems += _after_end(own, branch.ends)
    problems += _majors_without_migration(product, in_order)
    for post in posts:
        problems += _ends(product, post)
        problems += _withdrawn(post)


def _dates_out_of_order(listed: Sequence[Listed]) -> Iterator[Problem]:
    """Report versions of a branch with an earlier date than an older version."""
    last: Listed | None = None
    for one in listed:
        day, before = one.version.date, last.version.date if last else None
        if day and before and day < before and last:
            yield problem_at(
                one.at,
                found=f"{one.version.name}, dated {day}, after {last.version.name} of {before}",
                expected="dates in the order of the versions",
                hint="one of the dates, or one of the versions, is a slip",
            )
        last = one if day else last


def _after_end(listed: Iterable[Listed], ends: date | None) -> Iterator[Problem]:
    for one in listed:
        day = one.version.date
        if ends and day and day > ends:
            yield problem_at(
                one.at,
                found=f"{one.version.name} of {day}, after the end of {one.version.branch}",
                expected=f"a version not later than {ends}, the last day of its support",
                hint="mend “ends” of the branch if it was supported longer",
            )


def _majors_without_migration(product: Product, listed: Sequence[Listed]) -> Iterator[Problem]:
    """Warn about first versions of branches with a post but without migration steps."""
    migrations = {n for c in product.changes if c.type is Type.MIGRATION for n in c.fixed}
    for branch in product.branches[1:]:
        first = min(product.versions_of(branch.name), default=-1)
        if first >= 0 and product.versions[first].source and first not in migrations:
            problem = problem_at(
                listed[first].at,
                found=f"{listed[first].version.name}, the first of its branch, without a migration",
                expected="an entry below “Migration” that says how to get there",
                hint="say that nothing is to be done, if so",
            )
            yield replace(problem, severity=Severity.WARNING)


def _ends(product: Product, post: Document) -> Iterator[Problem]:
    """Report ends of support of unknown branches, or on another day than elsewhere."""
    head = post.front_matter
    assert isinstance(head, ReleaseFrontMatter)
    names = [branch.name for branch in product.branches]
    for end in head.end_of_life:
        at = in_head(post, "end_of_life", end.version)
        if end.version not in names:
            yield problem_at(
                at,
                found=f"the branch {quoted(end.version)}",
                expected=f"a branch of {product.name}: {', '.join(names)}",
                hint=did_you_mean(end.version, names),
            )
        elif (known := product.branch(end.version).ends) != end.date and known:
            yield problem_at(
                at,
                found=f"the end of {end.version} on {day_in_words(end.date)}",
                expected=f"{day_in_words(known)}, as elsewhere",
                hint="the product's file, where it says when a branch ends, has the last word",
            )


def _withdrawn(post: Document) -> Iterator[Problem]:
    """Report withdrawals of versions of other posts, and those without a `modified` date."""
    head = post.front_matter
    assert isinstance(head, ReleaseFrontMatter)
    for name in head.withdrawn:
        if name != "all" and name not in head.versions:
            yield problem_at(
                in_head(post, "withdrawn", name),
                found=f"the withdrawn version {quoted(name)}",
                expected=f"one of the post's own: {', '.join(head.versions)}",
                hint=did_you_mean(name, head.versions),
            )
    if head.withdrawn and not head.modified:
        yield post.problem(
            "withdrawn",
            found="withdrawn versions in a post that was never modified",
            expected="“modified: …” with the day of the withdrawal",
            hint="feeds tell their readers by it that the post has changed",
        )
