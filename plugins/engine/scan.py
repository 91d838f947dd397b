"""Find the files of the content folder, and refuse links that lead out of it."""

from __future__ import annotations

import fnmatch
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from ..site.feature import Section
from ..site.ledger import LEDGER
from ..source.problem import Place, Problem, Problems, one_of, printable, shown_path
from ..source.text import FORBIDDEN
from ..source.writer import JOURNAL, STAGE

MARKDOWN = frozenset({".md", ".markdown", ".mkd", ".mdown"})
OTHER_MARKUP = frozenset({".rst", ".adoc", ".org", ".textile"})

# Matches a line break or a tab: lists of files, like SHA256SUMS, cannot hold one in a name.
BREAK = re.compile(r"[\t\n\r]")

MOST_LINKED = 10_000
"""The most folders that are read through symbolic links; 20 folders of two links make a million."""


class Found(Struct, frozen=True):
    """The files of a content folder, by their path below it, sorted."""

    documents: tuple[tuple[str, Section], ...]
    others: tuple[str, ...]


def find_content(
    folder: Path, sections: Sequence[Section], ignored: Iterable[str], problems: Problems
) -> Found:
    """Return every file below the folder: documents with their section, and the others.

    A document of no section is reported, as is one in another markup language.
    """
    files = sorted(_Walk(folder, tuple(ignored), problems).files(folder))
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


class _Walk(Struct):
    """A walk through the content folder."""

    root: Path
    ignored: tuple[str, ...]
    problems: Problems
    linked: int = 0
    """The number of folders that were entered through a symbolic link, or below one."""

    def files(
        self, folder: Path, above: frozenset[Path] = frozenset(), *, is_linked: bool = False
    ) -> Iterator[str]:
        """Yield the files of a folder and those below it.

        `above` are the folders that contain it; `is_linked` is True if a link led to it.
        """
        inside = above | {folder.resolve()}
        below = "" if folder == self.root else f"{folder.relative_to(self.root).as_posix()}/"
        for entry in _entries(self.root, folder, self.problems):
            source = below + entry.name
            if _is_ignored(entry.name, source, self.ignored):
                self._report_unfinished(entry, source)
            elif problem := _unusable(self.root, entry, source, inside):
                self.problems.append(problem)
            elif entry.is_dir():
                linked = is_linked or entry.is_symlink()
                if not linked or self._may_enter(source):
                    yield from self.files(folder / entry.name, inside, is_linked=linked)
            elif entry.is_file():
                yield source
            elif source != LEDGER:  # the ledger is reported when it is read
                self.problems.append(_no_file(self.root, entry, source))

    def _may_enter(self, source: str) -> bool:
        """Return True if one more folder behind links may be read; report it once if not."""
        self.linked += 1
        if self.linked == MOST_LINKED + 1:
            found = f"more than {MOST_LINKED:,} folders below symbolic links"
            self.problems.append(_link_problem(self.root, source, found))
        return self.linked <= MOST_LINKED

    def _report_unfinished(self, entry: os.DirEntry[str], source: str) -> None:
        """Report an interrupted import that had begun to change files."""
        if entry.name == STAGE and Path(entry.path, JOURNAL).is_file():
            self.problems.append(
                Problem(
                    Place(shown_path(self.root, source)),
                    found="an import that was interrupted",
                    expected="all of its files",
                    hint="run the same `make import` again: it finishes what was begun",
                )
            )


def _no_file(root: Path, entry: os.DirEntry[str], source: str) -> Problem:
    """Return the problem of a FIFO, socket or device; opening it could block the build for ever."""
    mode = entry.stat().st_mode
    kinds = ((stat.S_ISFIFO, "a FIFO"), (stat.S_ISSOCK, "a socket"))
    kind = next((name for is_kind, name in kinds if is_kind(mode)), "a device")
    return Problem(
        Place(shown_path(root, source)),
        found=kind,
        expected="a file or a folder",
        hint="remove it, or put a “.” before its name to leave it out",
    )


def _entries(root: Path, folder: Path, problems: Problems) -> list[os.DirEntry[str]]:
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
    """Return the problem of a name that is no text, or of a link that is dead or leads astray."""
    if match := FORBIDDEN.search(entry.name) or BREAK.search(entry.name):
        place = Place(shown_path(root, printable(source)))
        is_break = match.re is BREAK
        sign = f"with the control character U+{ord(match[0]):04X}"
        found = f"a file name {sign if is_break else 'that is not UTF-8 text'}"
        return Problem(place, found, "letters, digits and signs")
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
