"""Reads the files of an event's folder for an import, and prepares their changes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from ...source.plain import digest
from ...source.problem import Problems
from ...source.text import decode_source
from ...source.writer import Change, Writer, read_regular
from ..foreign.model import RefusedError
from .importer import SCHEDULE, Folder
from .record import FILE, parse_record, record_text

IN_SCHEDULE = ("rooms/", "tracks/", "sessions/", "whole")
"""The beginnings of the record's keys that belong to schedule.yaml."""


class EventFiles(Struct, frozen=True):
    """An event's folder with the bytes of its files, by path below it."""

    path: Path
    data: Mapping[str, bytes]

    @property
    def folder(self) -> Folder:
        """Return the files as texts; raise RefusedError for one that cannot be read."""
        shown = f"{os.path.relpath(self.path)}/"
        texts: dict[str, str] = {}
        for name in sorted(self.data.keys() - {FILE}):
            problems = Problems()
            source = decode_source(f"{shown}{name}", self.data[name], problems)
            if not source:
                raise RefusedError(f"an event with a file that cannot be read: {problems[0]}")
            texts[name] = source.text
        return Folder(shown, texts, parse_record(self.data.get(FILE, b"{}")))

    def after(self, files: Mapping[str, str | None]) -> dict[str, bytes]:
        """Return the bytes of all files after writing and deleting these."""
        new = {name: text.encode() for name, text in files.items() if text is not None}
        return {
            name: data
            for name, data in {**self.data, **new}.items()
            if files.get(name, "") is not None
        }

    def changes(self, files: Mapping[str, str | None]) -> list[Change]:
        """Return the changes that give the folder these texts."""
        wanted = {name: None if text is None else text.encode() for name, text in files.items()}
        return [
            Change(name, data, digest(self.data[name]) if name in self.data else "")
            for name, data in wanted.items()
            if data != self.data.get(name) and not self._says(name, data)
        ]

    def _says(self, name: str, data: bytes | None) -> bool:
        """Return whether a file has the same text, perhaps with other line ends."""
        here = self.data.get(name)
        if here is None or data is None:
            return here is data
        source = decode_source(name, here, Problems())
        return source is not None and source.text.encode() == data


def read_files(path: Path) -> EventFiles:
    """Read the files of an event's folder that an import needs."""
    texts = [*path.glob("talks/*.md"), *path.glob("speakers/*.md")]
    names = [path / "index.md", path / SCHEDULE, path / FILE, *texts]
    there = sorted(name for name in names if name.exists())
    return EventFiles(path, {n.relative_to(path).as_posix(): read_regular(n) for n in there})


def writer_of(path: Path) -> Writer:
    """Return the writer of an event's folder."""
    return Writer(path, record=FILE, mend=mended)


def mended(old: bytes, new: bytes, kept: frozenset[str]) -> bytes:
    """Return the new record, but with the old entries of the files that were not written."""
    before, after = parse_record(old or b"{}"), parse_record(new)
    from_old = {key: each for key, each in before.items() if _file_of(key) in kept}
    from_new = {key: each for key, each in after.items() if _file_of(key) not in kept}
    return record_text({**from_new, **from_old}).encode()


def _file_of(key: str) -> str:
    """Return the file that an entry of the record belongs to."""
    if key == "index":
        return "index.md"
    return SCHEDULE if key.startswith(IN_SCHEDULE) else f"{key}.md"
