"""Reads a programme or an itinerary with a collector of its own."""

from __future__ import annotations

from plugins.schedule.model import EventFacts, Itinerary, Programme
from plugins.schedule.parsing.itinerary import parse_itinerary
from plugins.schedule.parsing.parse import parse_schedule
from plugins.source.problem import Problem, Problems, Source, sorted_problems


def schedule_in(
    source: Source, *, event: EventFacts | None = None
) -> tuple[Programme, list[Problem]]:
    """The programme in a text, and what is wrong with it."""
    problems = Problems()
    programme = parse_schedule(source, problems, event=event)
    return programme, sorted_problems(problems)


def itinerary_in(source: Source) -> tuple[Itinerary, list[Problem]]:
    """The itinerary in a text, and what is wrong with it."""
    problems = Problems()
    itinerary = parse_itinerary(source, problems)
    return itinerary, sorted_problems(problems)
