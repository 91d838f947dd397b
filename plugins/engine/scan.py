"""Finds the files of the content folder, and refuses those that lead out of it."""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from ..site.feature import Section
from ..site.ledger import LEDGER
from ..source.problem import Place, Problem, one_of, printable, shown_path
from ..source.text import FORBIDDEN

MARKDOWN = frozenset({".md", ".markdown", ".mkd", ".mdown"})
OTHER_MARKUP = frozenset({".rst", ".adoc", ".org", ".textile"})


class Found(Struct, frozen=True):
    """The files of a content folder, by their path below it, sorted."""

    documents: tuple[tuple[str, Section], ...]
    others: tuple[str, ...]


def find_content(
    folder: Path, sections: Sequence[Section], ignored: Iterable[str], problems: list[Problem]
) -> Found:
    """Every file below the folder: documents with the section that holds them, and others."""
    files = sorted(_walk(folder, folder, tuple(ignored), problems))
    documents, others = [], []
    for source in files:
        if source == LEDGER:
            continue
        suffix = os.path.splitext(source)[1].lower()  # noqa: PTH122  a Path costs ten times as much
        if suffix in OTHER_MARKUP:
            problems.append(_not_markdown(folder, source))
        elif suffix not in MARKDOWN:
            others.append(source)
        elif section := next((s for s in sections if s.holds(source)), None):
            documents.append((source, section))
        else:
            problems.append(_homeless(folder, source, sections))
    return Found(tuple(documents), tuple(others))


def _walk(
    root: Path,
    folder: Path,
    ignored: tuple[str, ...],
    problems: list[Problem],
    above: frozenset[Path] = frozenset(),
) -> Iterator[str]:
    """The files of a folder and those below it; `above` are the folders that it stands in."""
    inside = above | {folder.resolve()}
    below = "" if folder == root else f"{folder.relative_to(root).as_posix()}/"
    for entry in _entries(root, folder, problems):
        source = below + entry.name
        if _is_ignored(entry.name, source, ignored):
            continue
        if problem := _unusable(root, entry, source, inside):
            problems.append(problem)
        elif entry.is_dir():
            yield from _walk(root, folder / entry.name, ignored, problems, inside)
        elif entry.is_file():
            yield source


def _entries(root: Path, folder: Path, problems: list[Problem]) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        place = Place(shown_path(root, folder.relative_to(root).as_posix()))
        found = f"a folder that cannot be read ({error.strerror})"
        problems.append(Problem(place, found, "it readable"))
        return []


def _is_ignored(name: str, source: str, ignored: tuple[str, ...]) -> bool:
    return name.startswith(".") or any(
        fnmatch.fnmatch(name, pattern) or fnmatch.fnmatch(source, pattern) for pattern in ignored
    )


def _unusable(
    root: Path, entry: os.DirEntry[str], source: str, inside: frozenset[Path]
) -> Problem | None:
    """The problem of a name that is no text, or of a link that is dead, stray or a circle."""
    if FORBIDDEN.search(entry.name):
        place = Place(shown_path(root, printable(source)))
        return Problem(place, "a file name that is not UTF-8 text", "letters, digits and signs")
    return _stray_link(root, Path(entry.path), source, inside) if entry.is_symlink() else None


def _stray_link(root: Path, path: Path, source: str, inside: frozenset[Path]) -> Problem | None:
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return _link_problem(root, source, "a symbolic link that leads nowhere")
    if not target.is_relative_to(root.resolve()):
        return _link_problem(root, source, "a symbolic link that leads out of the content folder")
    if target in inside:
        return _link_problem(root, source, "a symbolic link to a folder that it stands in")
    return None


def _link_problem(root: Path, source: str, found: str) -> Problem:
    return Problem(
        Place(shown_path(root, source)),
        found=found,
        expected="a file or folder inside the content folder",
        hint="copy the file to where it is needed",
    )


def _not_markdown(folder: Path, source: str) -> Problem:
    return Problem(
        Place(shown_path(folder, source)),
        found=f"a {Path(source).suffix} file",
        expected="Markdown (.md)",
        hint="convert it, or put a “.” before its name to leave it out",
    )


def _homeless(folder: Path, source: str, sections: Sequence[Section]) -> Problem:
    names = [f"{'an' if s.name[0] in 'aeiou' else 'a'} {s.name}" for s in sections]
    return Problem(
        Place(shown_path(folder, source)),
        found=f"a Markdown file that is neither {' nor '.join(names)}",
        expected=f"it below {one_of(dict.fromkeys(section.home for section in sections))}",
        hint="move it, or put a “.” before its name to leave it out",
    )
