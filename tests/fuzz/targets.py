"""What hostile text is given to; each either reads it or says what is wrong with it."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from plugins.blog.kinds import KINDS
from plugins.checklist.plugin import feature as checklist
from plugins.command.plugin import feature as command
from plugins.markdown.converter import Converter
from plugins.schedule.foreign.model import RefusedError
from plugins.schedule.model import EventFacts
from plugins.schedule.parsing.itinerary import parse_itinerary
from plugins.schedule.parsing.parse import parse_schedule
from plugins.schedule.plugin import feature as schedule
from plugins.site.feature import Section, plain_makers
from plugins.site.read import DocumentReader
from plugins.source.errors import ConfigurationError
from plugins.source.front_matter import read_post
from plugins.source.kinds import in_order
from plugins.source.problem import Problem, Severity, Source
from plugins.source.settings import read_site_settings
from plugins.source.text import decode_source
from tests.schedule.folders import read_event
from tests.schedule.imports.reading import again, outcome_of

Target = Callable[[str], object]

HEAD = "---\ntitle: A post\nkind: guide\ndate: 2012-03-01\n---\n"
POST = Section("post", "posts/", lambda source: True, read_post, in_order(KINDS))


def targets() -> dict[str, Target]:
    """By kind of text, what reads it; each raises only for a fault of ours."""
    read = _document_reader()
    return {
        "document": read,
        "body": lambda text: read(HEAD + text),
        "schedule": lambda text: _read_decoded(parse_schedule, text),
        "itinerary": lambda text: _read_decoded(parse_itinerary, text),
        "settings": _read_settings,
        "import": _import_twice,
    }


def _document_reader() -> Target:
    engine = SimpleNamespace(settings={"PATH": "content"}, theme=Path("theme"))
    features = [make(engine) for make in (command, checklist, schedule)]
    reader = DocumentReader(Converter(features), ZoneInfo("UTC"), plain_makers(features))

    def read(text: str) -> None:
        data = text.encode("utf-8", "surrogatepass")
        try:
            document, problems = reader.read("posts/post.md", "post.md", data, section=POST)
        except RecursionError:  # which the build tells as a problem
            return
        assert document or problems
        told = [str(problem) for problem in problems]
        assert all("\x1b" not in line for line in told)
        if document:
            document.body.html(lambda link: link.target)

    return read


def _read_decoded(parse: Callable[[Source], object], text: str) -> None:
    """Read what the bytes of a file are decoded to."""
    problems: list[Problem] = []
    source = decode_source("file", text.encode("utf-8", "surrogatepass"), problems)
    if source:
        parse(source)
    assert source or problems


def _import_twice(text: str) -> None:
    """Take in a file of another system: what is written reads back, and again changes nothing."""
    data = text.encode("utf-8", "surrogatepass")
    try:
        first = outcome_of(data)
    except RefusedError:
        return
    assert all(re.fullmatch(r"(?:\.?[^./]+/)?[^/]+", name) for name in first.files)
    index, schedule = (str(first.files[name]) for name in ("index.md", "schedule.yaml"))
    facts = EventFacts(event=read_event(index))
    programme, problems = parse_schedule(Source("file", schedule), event=facts)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    assert programme.strict or errors == []
    assert [s.id for s in programme.sessions] == [s.id for s in first.programme.sessions]
    second = again(first, data)
    assert (second.changes, second.clashes, second.problems) == ([], [], [])
    assert {name: first.files[name] for name in second.files} == second.files


def _read_settings(text: str) -> None:
    """Settings of names and values that the text holds."""
    try:
        read_site_settings(_assignments(text))
    except ConfigurationError:
        return


def _assignments(text: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for line in text.split("\n"):
        name, _, value = line.partition(" = ")
        try:
            values[name] = ast.literal_eval(value)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            values[name] = value
    return values
