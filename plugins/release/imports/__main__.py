"""`python -m plugins.release.imports content CHANGELOG.md tea`: see `make import-release`.

Exit codes: 0 imported, 1 refused (nothing is written), 2 the command is wrong.
"""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Sequence
from pathlib import Path

from ...source.problem import Place, Problem, Problems, Source, quoted
from ...source.slug import slugify
from ...source.text import counted, decode_source
from ..schemes import parse_version
from .json_files import read_json
from .model import Changelog, ForeignRelease
from .posts import (
    branch_name,
    distinct_files,
    post_path,
    product_path,
    write_post,
    write_product,
)
from .text import read_text

EXAMPLE = "make import-release FROM=CHANGELOG.md PRODUCT=tea"

MOST_BYTES = 20_000_000

DONE, REFUSED, WRONG = range(3)


def main(arguments: Sequence[str]) -> int:
    """Import the file that the arguments name; return the exit code."""
    options = _options(arguments)
    if fault := _fault(options):
        return _end([fault], WRONG)
    problems = Problems()
    source = decode_source(options.file, _data(options.file), problems)
    changelog = _read(source, problems) if source else None
    if not changelog or problems:
        return _end([*map(str, problems), "Nothing is written."], REFUSED)
    return _end(_write(options, changelog), DONE)


def _options(arguments: Sequence[str]) -> Namespace:
    """Return the options of the command line; the environment gives those that are missing.

    `make import-release` passes its values by the environment, where no shell reads them.
    """
    said = os.environ
    parser = ArgumentParser(
        prog="python -m plugins.release.imports",
        description="Import a changelog as release posts of a product.",
    )
    parser.add_argument("content", help="the content folder")
    parser.add_argument(
        "file",
        nargs="?",
        default=said.get("HALLWAY_FROM", ""),
        help="Keep a Changelog, towncrier, git-cliff or GitHub's JSON",
    )
    parser.add_argument(
        "product",
        nargs="?",
        default=said.get("HALLWAY_PRODUCT", ""),
        help="the product's name below content/products",
    )
    name = said.get("HALLWAY_NAME", "")
    parser.add_argument("--name", default=name, help="what the product is called")
    return parser.parse_args(arguments)


def _fault(options: Namespace) -> str:
    """Return the fault of the command; empty if there is none."""
    if not options.file or not options.product:
        missing = "PRODUCT" if options.file else "FROM"
        return f"{missing}: found nothing; expected it, as in `{EXAMPLE}`"
    if not Path(options.file).is_file():
        return f"FROM: found {quoted(options.file)}, which is no file; expected one, saved here"
    if slugify(options.product) != options.product:
        expected = "letters, digits and “-”, like my-program"
        return f"PRODUCT: found {quoted(options.product)}; expected {expected}"
    return ""


def _data(name: str) -> bytes:
    with Path(name).open("rb") as file:
        return file.read(MOST_BYTES)


def _read(source: Source, problems: Problems) -> Changelog | None:
    """Return the changelog; report everything that cannot become posts."""
    changelog = _parsed(source, problems)
    if changelog and not changelog.releases and not problems:
        problems.append(_refusal(source, "no release", "headings like “## [1.2.0] - 2024-05-01”"))
    seen: dict[str, int] = {}
    for release in changelog.releases if changelog else ():
        problems += _faults(source, release, seen)
        seen.setdefault(release.version, release.line)
    return changelog


def _parsed(source: Source, problems: Problems) -> Changelog | None:
    if not source.text.lstrip().startswith(("[{", "[\n", "{")):
        return read_text(source.text)
    try:
        changelog = read_json(json.loads(source.text))
    except ValueError as error:
        problems.append(_refusal(source, f"broken JSON ({error})", "a whole file"))
        return None
    if changelog is None:
        expected = "releases as GitHub's API has them, or a context of git-cliff"
        problems.append(_refusal(source, "other JSON", expected))
    return changelog


def _faults(source: Source, release: ForeignRelease, seen: dict[str, int]) -> Iterable[Problem]:
    place, excerpt = _place(source, release)
    version = quoted(release.version)
    if release.date is None:
        yield Problem(place, f"{version} without a date", "a date like 2024-05-01", "", excerpt)
    if parse_version("semver", release.version) is None:
        yield Problem(place, f"{version}, which is no version", "a version", "", excerpt)
    if release.version in seen:
        expected = f"each version once; it stands in line {seen[release.version]} already"
        yield Problem(place, f"{version} again", expected, "", excerpt)


def _place(source: Source, release: ForeignRelease) -> tuple[Place, str]:
    line = release.line
    return Place(source.path, line, 1 if line else 0), source.lines[line - 1] if line else ""


def _refusal(source: Source, found: str, expected: str) -> Problem:
    return Problem(Place(source.path), found, expected)


def _write(options: Namespace, changelog: Changelog) -> list[str]:
    """Write the files that do not exist yet; return lines that say what was done."""
    content, product = Path(options.content), options.product
    name = options.name or product.replace("-", " ").capitalize()
    releases = changelog.releases
    files = {post_path(product, each.version): write_post(product, name, each) for each in releases}
    branches = dict.fromkeys(branch_name(each.version) for each in reversed(releases))
    files[product_path(product)] = write_product(name, branches)
    new = distinct_files(files, (path for path in files if (content / path).exists()))
    for path, text in sorted(new.items()):
        file = content / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8", newline="\n")
    kept = [f"{content / path}: is there already, kept" for path in sorted({*files} - {*new})]
    entries = sum(len(release.entries) for release in releases)
    last = (
        f"{product}: {counted(len(releases), 'release')} with {counted(entries, 'change')} "
        f"from {changelog.format}; {counted(len(new), 'file')} written."
    )
    return [*(f"{options.file}: {words}" for words in changelog.passed), *kept, last]


def _end(lines: Iterable[str], code: int) -> int:
    for line in lines:
        print(line, file=sys.stderr, flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
