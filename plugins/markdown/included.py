"""Other files of the content folder, put into a text where it names them.

    inclusion = prefix "--8<--" blanks DQUOTE path DQUOTE EOL   ; on a line of its own
    prefix = *( blank / ">" )                                   ; before each line of the file, too
    shown = prefix ";--8<--" ...                                ; the line itself, without ";"

The path is relative to the file that it stands in, or begins with `/` at the content folder. A file
may include others. Lines are put in before Markdown is read, so that they may stand in a fence.
"""

from __future__ import annotations

import errno
import os
import posixpath
import re
from bisect import bisect_right
from collections.abc import Callable
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from ..source.problem import Place, Problem, Problems, Source, quoted
from ..source.text import decode_source

MARK = "--8<--"

# Matches `--8<-- "a.txt"`, `> ;--8<-- "a.txt"` and `--8<-- a.txt`; not `see --8<--`.
LINE = re.compile(r'(?P<prefix>[ \t>]*)(?P<shown>;?)--8<--(?:[ \t]+"(?P<path>[^"]+)")?(?P<rest>.*)')

LONGEST = 500_000
"""Characters of a text with all that it includes."""

DEEPEST = 10
"""Files that include each other in a row."""

RELATIVE = "the path is relative to this file; one that begins with “/”, to the content folder"

FileReader = Callable[[str], bytes]
"""The bytes of a file, by its path below the content folder; raises OSError."""


def no_file(name: str) -> bytes:
    """Refuse to read: for texts that are in no content folder."""
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name)


class Origin(Struct, frozen=True):
    """Lines of a whole text that come from one file, one after the other."""

    first: int
    """The number of the first of them in the whole text."""
    path: str
    """The file, as problems name it."""
    line: int
    """The number of that line in the file."""
    indent: int
    """The characters that were put before each line."""


class Whole(Struct, frozen=True):
    """A text with all that it includes."""

    source: Source
    origins: tuple[Origin, ...] = ()
    """In the order of the lines; none where nothing is included."""

    def problem(self, problem: Problem) -> Problem:
        """Return a problem of the whole text at the file and line that it comes from."""
        place, indent = self._origin(problem.place)
        return replace(problem, place=place, excerpt=problem.excerpt[max(0, indent) :])

    def place(self, place: Place) -> Place:
        """Return a place in the whole text as one in the file that it comes from."""
        return self._origin(place)[0]

    def _origin(self, place: Place) -> tuple[Place, int]:
        index = bisect_right(self.origins, place.line, key=attrgetter("first")) - 1
        if place.path != self.source.path or index < 0:
            return place, 0
        origin = self.origins[index]
        line = origin.line + place.line - origin.first
        column = max(1, place.column - origin.indent) if place.column else 0
        return Place(origin.path, line, column), origin.indent


def with_included(
    source: Source, name: str, read: FileReader, problems: Problems, *, first_line: int = 1
) -> Whole:
    """Return the text with its inclusions from a line on; `name` is its path in the content folder.

    An inclusion that cannot be is left out, and its problem added.
    """
    if MARK not in source.text:
        return Whole(source)
    start = source.path.removesuffix(name)
    joined = _Joined(read, problems, start)
    lines = source.lines
    joined.lines += lines[: first_line - 1]
    joined.add(source, (name,), "", skip=first_line - 1)
    return Whole(Source(source.path, "\n".join(joined.lines)), tuple(joined.origins))


class _Joined:
    """The lines of a whole text so far, and where they come from."""

    def __init__(self, read: FileReader, problems: Problems, start: str) -> None:
        self.read, self.problems = read, problems
        self.start = start
        """The beginning that the displayed paths of all files in the content folder share."""
        self.lines: list[str] = []
        self.origins: list[Origin] = []
        self.length = 0

    def add(self, source: Source, names: tuple[str, ...], prefix: str, *, skip: int = 0) -> None:
        """Add the lines of a file, which stands in those before it in `names`."""
        is_new = True
        for number, line in enumerate(source.lines[skip:], skip + 1):
            match = LINE.fullmatch(line) if MARK in line else None
            if match and not match["shown"]:
                self._include(source, number, match, names, prefix)
                is_new = True
                continue
            if is_new or match:
                indent = len(prefix) - bool(match)
                self.origins.append(Origin(len(self.lines) + 1, source.path, number, indent))
            is_new = match is not None
            self._append(prefix, line.replace(";", "", 1) if match else line)

    def _append(self, prefix: str, line: str) -> None:
        self.lines.append(prefix + line if line else prefix.rstrip())
        self.length += len(prefix) + len(line) + 1

    def _include(
        self,
        source: Source,
        number: int,
        match: re.Match[str],
        names: tuple[str, ...],
        prefix: str,
    ) -> None:
        path = match["path"] or ""
        name = posixpath.normpath(posixpath.join("/", posixpath.dirname(names[-1]), path))[1:]
        at = _Inclusion(source, number, match)
        if not path or match["rest"].strip():
            self.problems.append(at.unreadable())
        elif problem := at.impossible(name, names, climbs=_climbs(names[-1], path)):
            self.problems.append(problem)
        elif text := self._read(name, at):
            if self.length + len(text.text) > LONGEST:
                self.problems.append(at.problem(f"more than {LONGEST} characters in all", "fewer"))
            else:
                body = replace(text, text=text.text.rstrip("\n"))
                self.add(body, (*names, name), prefix + match["prefix"])

    def _read(self, name: str, at: _Inclusion) -> Source | None:
        try:
            data = self.read(name)
        except OSError as error:
            found = f"{quoted(at.path)}, which cannot be read ({error.strerror})"
            expected = "a text file in the content folder"
            self.problems.append(at.problem(found, expected, hint=RELATIVE))
            return None
        if len(data) > 4 * LONGEST:
            self.problems.append(at.problem(f"a file of {len(data)} bytes", "a smaller one"))
            return None
        return decode_source(f"{self.start}{name}", data, self.problems)


class _Inclusion(Struct, frozen=True):
    """A line that includes a file."""

    source: Source
    number: int
    match: re.Match[str]

    @property
    def path(self) -> str:
        """The path as it was written."""
        return self.match["path"] or ""

    def unreadable(self) -> Problem:
        """Return the problem of a line that names no file."""
        found = quoted(self.match[0].strip())
        return self._problem(
            self.match.end("prefix"), found, '“--8<-- "path"” on a line of its own'
        )

    def impossible(self, name: str, names: tuple[str, ...], *, climbs: bool) -> Problem | None:
        """Return the problem of a file that cannot stand here, if it cannot."""
        if climbs:
            found = f"{quoted(self.path)}, which is outside the content folder"
            return self.problem(found, "a file inside it")
        if name in names:
            return self.problem(f"{quoted(self.path)}, which includes itself", "another file")
        if len(names) > DEEPEST:
            return self.problem(f"more than {DEEPEST} files in each other", "fewer")
        return None

    def problem(self, found: str, expected: str, *, hint: str = "") -> Problem:
        """Return a problem with the path."""
        return self._problem(self.match.start("path"), found, expected, hint=hint)

    def _problem(self, offset: int, found: str, expected: str, *, hint: str = "") -> Problem:
        return self.source.problem(
            self.number, offset + 1, found=found, expected=expected, hint=hint
        )


def _climbs(name: str, path: str) -> bool:
    """Return True if a path leads out of the content folder from a file in it."""
    if path.startswith("/"):
        return posixpath.normpath(path.lstrip("/")).startswith("..")
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), path)).startswith("..")
