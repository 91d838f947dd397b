"""The posts of imported releases, and a product's file if there is none."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from ...source.slug import slugify
from ..model import Type
from .model import ForeignEntry, ForeignRelease

# Matches the start of a line that Markdown would take for a list item.
LIST_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s")

ORDER = {type: number for number, type in enumerate(Type)}


def post_path(product: str, version: str) -> str:
    """Return the path of a version's post below the content folder."""
    return f"posts/{product}-{slugify(version)}.md"


def product_path(product: str) -> str:
    """Return the path of the product's file below the content folder."""
    return f"products/{product}.yaml"


def write_post(product: str, name: str, release: ForeignRelease) -> str:
    """Return the post of a release."""
    return "\n".join([*_head(product, name, release), *_sections(release)]) + "\n"


def write_product(name: str, branches: Iterable[str]) -> str:
    """Return a product's file with only its name, scheme and branches."""
    lines = [f"{json.dumps(branch)}: {{}}" for branch in branches]
    return (
        "\n".join(
            [f"name: {json.dumps(name, ensure_ascii=False)}", "scheme: semver", "branches:"]
            + [f"  {line}" for line in lines]
        )
        + "\n"
    )


def branch_name(version: str) -> str:
    """Return the branch of a version in semantic versioning: `2` of 2.1.0, `0.3` of 0.3.1."""
    first, *rest = version.split(".")
    return f"{first}.{rest[0]}" if first == "0" and rest else first


def _head(product: str, name: str, release: ForeignRelease) -> Iterator[str]:
    types = {entry.type for entry in release.entries}
    yield "---"
    yield f"title: {json.dumps(f'{name} {release.version}', ensure_ascii=False)}"
    yield "kind: release"
    yield f"date: {release.date}"
    yield f"product: {product}"
    yield f"versions: [{json.dumps(release.version)}]"
    if Type.SECURITY in types:
        yield "type: security"
    if release.withdrawn:
        yield "withdrawn: The changelog marks it as yanked."
        yield f"modified: {release.date}"
    yield "---"
    yield ""
    if release.prose:
        yield from [*release.prose, ""]
    elif not release.entries:
        yield f"{name} {release.version}."


def _sections(release: ForeignRelease) -> Iterator[str]:
    in_order = sorted(release.entries, key=lambda entry: ORDER[entry.type])
    for number, (type, entries) in enumerate(groupby(in_order, key=lambda entry: entry.type)):
        yield from [""] if number else []
        yield f"## {type.value}"
        yield ""
        for entry in entries:
            yield from _item(entry)


def _item(entry: ForeignEntry) -> Iterator[str]:
    first, *rest = entry.lines
    yield f"- {first}"
    is_nested = False
    for line in rest:
        is_nested = is_nested or bool(LIST_ITEM.match(line))
        if not line.strip():
            yield ""
        elif is_nested:
            yield f"    {line}"
        else:
            yield f"  {line.strip()}"


def distinct_files(files: Mapping[str, str], existing: Iterable[str]) -> dict[str, str]:
    """Return the files that do not exist yet: others may have been edited and are left alone."""
    known = set(existing)
    return {path: text for path, text in files.items() if path not in known}
