"""Imports a foreign schedule into an event's folder: computes each file's text and the report.

This module writes nothing. A change by hand since the last import stays; where the file has changed
the same thing, the clash is reported with its line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct, field

from ...source.marked import Plain
from ...source.problem import Place, Problem, Problems, Severity, Source, quoted
from ..foreign.model import Foreign, SettledProgramme
from ..foreign.settle import settle
from .edit import Page, Sheet, by_name
from .lines import BODY, Fields, block, whole_file
from .merge import Clash, applied, is_untouched, merge
from .record import FILE, Record, group, known_ids, record_of, record_text
from .summary import Change, changes_of
from .texts import Texts, texts_of, whole_schedule

LineOf = Callable[[str], int]

INDEX, SCHEDULE = "index.md", "schedule.yaml"

WHOLE = "whole"
"""The record's entry for schedule.yaml as an import would write it without changes by hand."""


class Folder(Struct, frozen=True):
    """An event's folder as it is: the texts of its files by path below it."""

    shown: str
    """The prefix of paths in problems."""
    files: Mapping[str, str]
    record: Record = field(default_factory=dict)

    def source(self, path: str) -> Source:
        """Return a file's text; an empty one when there is no such file."""
        return Source(f"{self.shown}{path}", self.files.get(path, ""))


class Outcome(Struct):
    """The result of an import into a folder."""

    programme: SettledProgramme
    files: dict[str, str | None] = field(default_factory=dict)
    """The texts to write, by path below the folder; None for a file to delete."""
    changes: list[Change] = field(default_factory=list)
    clashes: list[Problem] = field(default_factory=list)
    problems: Problems = field(default_factory=Problems)
    """The problems that prevent the import: files that cannot be read as they are."""
    record: Record = field(default_factory=dict)
    """The record that the next import will compare with."""


def import_into(folder: Folder, foreign: Foreign, *, zone: str, title: str) -> Outcome:
    """Compute the import of a schedule into a folder.

    `zone` overrides the zone of the event's index.md, and that overrides the file's; `title` is for
    a file without one.
    """
    here = Page(folder.source(INDEX)) if INDEX in folder.files else None
    own_zone = str(here.fields.get("zone") or "") if here else ""
    settled = settle(foreign, zone=zone or own_zone, ids=known_ids(folder.record))
    texts = texts_of(settled, title=title)
    outcome = Outcome(settled)
    run = _Import(folder, texts, outcome)
    run.run(here)
    whole: Fields = {SCHEDULE: _digest(run.whole)}
    outcome.record = record_of(texts) | {WHOLE: whole}
    outcome.files[FILE] = record_text(outcome.record)
    return outcome


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


class _Import:
    """One import into one folder."""

    def __init__(self, folder: Folder, texts: Texts, outcome: Outcome) -> None:
        self.folder, self.texts, self.outcome = folder, texts, outcome
        self.whole = whole_schedule(texts)
        """The text of schedule.yaml without changes by hand."""

    def run(self, index: Page | None) -> None:
        record = self.folder.record
        self._page(INDEX, index, record.get("index", {}), self.texts.index)
        self._schedule()
        self._pages("talks", self.texts.talks)
        self._pages("speakers", self.texts.speakers)

    def _pages(self, name: str, there: Mapping[str, Fields]) -> None:
        last = group(self.folder.record, name)
        for id in sorted({*there, *last}):
            path = f"{name}/{id}.md"
            if id in there and self.folder.files.get(path) == whole_file(there[id]):
                continue
            page = Page(self.folder.source(path)) if path in self.folder.files else None
            self._page(path, page, last.get(id, {}), there.get(id))

    def _page(
        self, path: str, page: Page | None, last: Mapping[str, Plain], there: Fields | None
    ) -> None:
        """Import one Markdown file: new, merged, deleted, or left as it is."""
        if page is None:
            if there is not None and not last:
                self.outcome.files[path] = whole_file(there)
            elif there is not None and not is_untouched(last, there):
                self._tell_gone(path, "it was taken away by hand, and the file has changed")
            return
        if page.problems:
            self.outcome.problems += page.problems
        elif there is None:
            self._drop(path, page, last)
        else:
            merged = merge(last, page.fields, there)
            self._tell(path, merged.clashes, page.line_of)
            if merged.taken:
                self.outcome.files[path] = page.with_fields(merged.taken)
            if BODY in merged.taken:
                title = quoted(str(page.fields.get("title") or path))
                self.outcome.changes.append(Change("text", f"{title} in {path}"))

    def _drop(self, path: str, page: Page, last: Mapping[str, Plain]) -> None:
        if is_untouched(last, page.fields):
            self.outcome.files[path] = None
        else:
            self._tell_gone(path, "kept, since it was changed by hand")

    def _schedule(self) -> None:
        text = self.folder.files.get(SCHEDULE)
        if text == self.whole:
            self.outcome.files[SCHEDULE] = text
            return
        sheet = Sheet(self.folder.source(SCHEDULE))
        last = group(self.folder.record, "sessions")
        here = {id: item.fields for id, item in sheet.items.items()}
        self.outcome.problems += sheet.problems
        if sheet.problems:
            return
        if text is None or self.folder.record.get(WHOLE) == {SCHEDULE: _digest(text)}:
            taken = self.texts.sessions
            self.outcome.files[SCHEDULE] = self.whole
        else:
            self._declare(sheet, "rooms", self.texts.rooms)
            self._declare(sheet, "tracks", self.texts.tracks)
            taken = self._items(sheet, last)
            self.outcome.files[SCHEDULE] = sheet.text()
        self.outcome.changes += changes_of(here, taken) if text is not None else []

    def _declare(self, sheet: Sheet, name: str, there: Mapping[str, Fields]) -> None:
        """Merge rooms or tracks, each as a whole."""
        last = by_name(group(self.folder.record, name).values())
        wanted = by_name(there.values())
        here = sheet.declared(name)
        merged = merge(dict(last), dict(here), dict(wanted))
        node = sheet.heads.get(name)
        line = node.key_line if node else 0
        self._tell(SCHEDULE, merged.clashes, lambda _: line)
        if merged.taken:
            things = applied(dict(here), merged.taken).items()
            kept = {id: dict(fields) for id, fields in things if isinstance(fields, dict)}
            sheet.put_block(name, block(name, kept))

    def _items(self, sheet: Sheet, last: Mapping[str, Fields]) -> dict[str, Fields]:
        """Merge every session; return the fields of all sessions afterwards."""
        there = self.texts.sessions
        result: dict[str, Fields] = {id: dict(item.fields) for id, item in sheet.items.items()}
        for id in dict.fromkeys([*there, *last]):
            item, wanted, before = sheet.items.get(id), there.get(id), last.get(id, {})
            if item is None and wanted is None:
                continue
            if item is None:
                self._absent(sheet, id, before, wanted or {}, result)
            elif wanted is None:
                self._vanished(sheet, id, before, result)
            else:
                merged = merge(before, item.fields, wanted)
                clashes = list(merged.clashes)
                if merged.taken and item.is_plain:
                    sheet.change(id, merged.taken)
                    result[id] = applied(item.fields, merged.taken)
                elif merged.taken:
                    taken = merged.taken.items()
                    clashes += [Clash(key, item.fields.get(key), value) for key, value in taken]
                self._tell(SCHEDULE, clashes, item.line_of, id)
        return result

    def _absent(
        self,
        sheet: Sheet,
        id: str,
        before: Mapping[str, Plain],
        wanted: Fields,
        result: dict[str, Fields],
    ) -> None:
        """Import a session that the schedule does not have: it is new, or was deleted by hand."""
        if not before:
            sheet.add(wanted)
            result[id] = wanted
        elif not is_untouched(before, wanted):
            title = quoted(str(wanted.get("title")))
            self._tell_gone(SCHEDULE, f"{title} was taken away by hand, and the file has changed")

    def _vanished(
        self, sheet: Sheet, id: str, before: Mapping[str, Plain], result: dict[str, Fields]
    ) -> None:
        """Remove a session that the file no longer has; report one that was changed by hand."""
        if is_untouched(before, sheet.items[id].fields):
            sheet.remove(id)
            del result[id]
        else:
            title = quoted(str(sheet.items[id].fields.get("title") or id))
            found = f"{title}, changed by hand, which the file has no more"
            line = sheet.items[id].first + 1
            self._tell_kept(SCHEDULE, line, found, "it gone, or cancelled", hint="it is kept")

    def _tell_gone(self, path: str, why: str) -> None:
        self._tell_kept(path, 0, why, "one of the two")

    def _tell(self, path: str, clashes: Iterable[Clash], line_of: LineOf, of: str = "") -> None:
        owner = f" of {quoted(of)}" if of else ""
        for clash in clashes:
            found = f"{shown(clash.here)} as {quoted(clash.field)}{owner}, changed by hand"
            expected = f"{shown(clash.there)}, as the file now says"
            self._tell_kept(path, line_of(clash.field), found, expected)

    def _tell_kept(
        self,
        path: str,
        line: int,
        found: str,
        expected: str,
        *,
        hint: str = "what stands here is kept",
    ) -> None:
        """Report a clash: both sides changed something, and the version here stays."""
        place = Place(f"{self.folder.shown}{path}", line)
        problem = Problem(place, found, expected, hint, severity=Severity.WARNING)
        self.outcome.clashes.append(problem)


def shown(value: Plain) -> str:
    """Return a value in a few words."""
    if isinstance(value, dict):
        value = ", ".join(f"{key}: {inner}" for key, inner in value.items())
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    return quoted(value) if value else "nothing"
