"""Reads a whole event folder, as the engine does, with its problems."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from plugins.schedule.event import event_of, event_zone, speaker_of, talk_file_of
from plugins.schedule.model import Event, EventFacts, Programme
from plugins.schedule.schema import (
    EventFrontMatter,
    SpeakerFileFrontMatter,
    TalkFileFrontMatter,
)
from plugins.source.checked import checked
from plugins.source.front_matter import split_head
from plugins.source.problem import Problem, Source
from plugins.source.schema import FrontMatter
from tests.schedule.parsing.parsed import schedule_in

F = TypeVar("F", bound=FrontMatter)
UTC = ZoneInfo("UTC")


def read_event(text: str, *, slug: str = "fair") -> Event:
    """The event of an `index.md` that is right."""
    source = Source("index.md", text)
    head = split_head(source, [])
    assert head
    zone = event_zone(head.values, default=UTC)
    front_matter = checked(EventFrontMatter, head.values.plain(), zone=zone)
    return event_of(front_matter, slug=slug)


def read_folder(folder: Path) -> tuple[EventFacts, Programme, list[Problem]]:
    """An event's facts and its programme, and the problems of the latter."""
    facts = EventFacts(
        event=read_event((folder / "index.md").read_text(), slug=folder.name),
        speakers=tuple(
            speaker_of(_head(file, SpeakerFileFrontMatter), path=_path(file))
            for file in sorted(folder.glob("speakers/*.md"))
        ),
        talks=tuple(
            talk_file_of(_head(file, TalkFileFrontMatter), path=_path(file))
            for file in sorted(folder.glob("talks/*.md"))
        ),
    )
    source = Source("schedule.yaml", (folder / "schedule.yaml").read_text())
    programme, problems = schedule_in(source, event=facts)
    return facts, programme, problems


def _head(file: Path, schema: type[F]) -> F:
    head = split_head(Source(file.name, file.read_text()), [])
    assert head
    return checked(schema, head.values.plain(), zone=UTC)


def _path(file: Path) -> str:
    return file.relative_to(file.parents[3]).as_posix()
