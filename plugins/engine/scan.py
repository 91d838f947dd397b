"""Finds the files of the content folder, and refuses those that lead out of it."""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..core.feature import Section
from ..core.problem import Place, Problem, one_of

MARKDOWN = frozenset({".md", ".markdown", ".mkd", ".mdown"})
OTHER_MARKUP = frozenset({".rst", ".adoc", ".org", ".textile"})


@dataclass(frozen=True, slots=True)
class Found:
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
        suffix = Path(source).suffix.lower()
        if suffix in OTHER_MARKUP:
            problems.append(_not_markdown(folder, source))
        elif suffix not in MARKDOWN:
            others.append(source)
        elif section := next((s for s in sections if s.holds(source)), None):
            documents.append((source, section))
        else:
            problems.append(_homeless(folder, source, sections))
    return Found(tuple(documents), tuple(others))


def shown_path(folder: Path, source: str) -> str:
    """How problems name a file: from where the author works, if it is below there."""
    file = folder / source
    try:
        return file.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return file.as_posix()


def _walk(
    root: Path, folder: Path, ignored: tuple[str, ...], problems: list[Problem]
) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda e: e.name):
            path = Path(entry.path)
            source = path.relative_to(root).as_posix()
            if _is_ignored(entry.name, source, ignored):
                continue
            if entry.is_symlink() and (problem := _stray_link(root, path, source)):
                problems.append(problem)
            elif entry.is_dir():
                yield from _walk(root, path, ignored, problems)
            elif entry.is_file():
                yield source


def _is_ignored(name: str, source: str, ignored: tuple[str, ...]) -> bool:
    return name.startswith(".") or any(
        fnmatch.fnmatch(name, pattern) or fnmatch.fnmatch(source, pattern) for pattern in ignored
    )


def _stray_link(root: Path, path: Path, source: str) -> Problem | None:
    """The problem of a symbolic link that is dead, leads out of the folder, or into itself."""
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return _link_problem(root, source, "a symbolic link that leads nowhere")
    home = root.resolve()
    if not target.is_relative_to(home):
        return _link_problem(root, source, "a symbolic link that leads out of the content folder")
    if target.is_dir() and path.parent.resolve().is_relative_to(target):
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
    names = [f"a {section.name}" for section in sections]
    return Problem(
        Place(shown_path(folder, source)),
        found=f"a Markdown file that is neither {' nor '.join(names)}",
        expected=f"it below {one_of(dict.fromkeys(section.home for section in sections))}",
        hint="move it, or put a “.” before its name to leave it out",
    )
