"""The changes of a product, made from the entries of posts, with the versions that bring each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..blog.kinds import ReleaseFrontMatter
from ..markdown.document import Document
from ..source.problem import Problems, did_you_mean, quoted
from ..source.slug import slugify
from .history import problem_at
from .identity import Group, Told, group_told
from .model import Branch, Change, Entry, Notes, Type, Version, Written
from .terms import EXPECTED, Ranges, UnknownVersionError, numbers_of, ranges_of, without_fixed


def changes_of(
    posts: Iterable[Document], versions: tuple[Version, ...], problems: Problems
) -> Iterator[Change]:
    """Yield the changes that posts mention, the oldest post first."""
    told = []
    for post in sorted(posts, key=_age):
        for notes in post.parts_of(Notes):
            for entry in notes.entries:
                fixed = _fixed(entry, post, versions, problems)
                told += [Told(entry, post.source, fixed)] if fixed else []
    for group in group_told(told, versions, problems):
        yield _change(group, versions, problems)


def branch_changes(branches: Iterable[Branch], versions: tuple[Version, ...]) -> Iterator[Change]:
    """Yield the migration to each branch from an older one, as the product's file describes it."""
    for branch in branches:
        first = next((n for n, version in enumerate(versions) if version.branch == branch.name), -1)
        if branch.migration and first >= 0:
            yield Change(
                id=f"migration-to-{slugify(branch.name)}",
                type=Type.MIGRATION,
                text=f"To {branch.name} from an older branch: {branch.migration}",
                html=_escaped(f"To {branch.name} from an older branch: {branch.migration}"),
                fixed=(first,),
                affects=None,
            )


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _age(post: Document) -> tuple[object, ...]:
    head = post.front_matter
    assert isinstance(head, ReleaseFrontMatter)
    return head.date, post.source


def _fixed(
    entry: Entry, post: Document, versions: Sequence[Version], problems: Problems
) -> tuple[int, ...]:
    """Return the numbers of the versions that bring an entry; report those that do not exist."""
    if not entry.fixed_in:
        own = (n for n, version in enumerate(versions) if version.source == post.source)
        return tuple(own)
    names = {version.name: number for number, version in enumerate(versions)}
    problems += [
        problem_at(
            term,
            found=f"the version {quoted(term.text)}, which does not exist",
            expected="a version that a post or the product's file tells of",
            hint=did_you_mean(term.text, names),
        )
        for term in entry.fixed_in
        if term.text not in names
    ]
    return tuple(sorted({names[t.text] for t in entry.fixed_in if t.text in names}))


def _change(group: Group, versions: tuple[Version, ...], problems: Problems) -> Change:
    """Return one change made of all its entries: the first post decides, others add to it."""
    first, entries = group[0], [one.entry for one in group]
    fixed = tuple(sorted({number for one in group for number in one.fixed}))
    entry = first.entry
    affects = [term for each in entries for term in each.affects or ()]
    unknown = [term for each in entries for term in each.unknown]
    return Change(
        id=entry.name or "-".join(entry.cves).lower() or entry.anchor,
        type=entry.type,
        text=entry.text,
        html=entry.html,
        fixed=fixed,
        affects=_affects(affects, fixed, versions, problems),
        unknown=_affects(unknown, fixed, versions, problems) or (),
        source=first.source,
        anchor=entry.anchor,
        cves=entry.cves,
        severity=next((each.severity for each in entries if each.severity), None),
        condition=next((each.condition for each in entries if each.condition), None),
        before=_joined(each.before for each in entries),
        after=_joined(each.after for each in entries),
        credit=_joined(each.credit for each in entries),
        issues=_joined(each.issues for each in entries),
        is_breaking=any(each.is_breaking for each in entries),
    )


def _joined(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for texts in lists for text in texts))


def _affects(
    terms: Sequence[Written],
    fixed: tuple[int, ...],
    versions: tuple[Version, ...],
    problems: Problems,
) -> Ranges | None:
    """Return the versions that terms name, without those that have the fix; None for no terms."""
    if not terms:
        return None
    numbers: set[int] = set()
    for term in terms:
        numbers |= _numbers(term, versions, problems)
    return ranges_of(without_fixed(numbers, fixed, versions))


def _numbers(term: Written, versions: tuple[Version, ...], problems: Problems) -> set[int]:
    try:
        return numbers_of(term.text, versions)
    except UnknownVersionError as error:
        known = [*(v.name for v in versions), *(v.branch for v in versions)]
        problems.append(
            problem_at(
                term,
                found=f"{quoted(str(error))}, which is no version or branch",
                expected=EXPECTED,
                hint=did_you_mean(str(error), known),
            )
        )
        return set()
