"""Programmes and itineraries in posts: ```schedule and ```itinerary fences."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from ..markdown.reading import Fence, FenceReader, Reading
from .parsing.itinerary import parse_itinerary
from .parsing.parse import parse_schedule
from .render import render_itinerary, render_programme


def read_schedule(fence: Fence, reading: Reading) -> Element:
    """The programme as a list; it is left as a part, with its problems."""
    programme, problems = parse_schedule(fence.body)
    reading.problems += problems
    reading.parts.append(programme)
    return render_programme(
        programme, title=fence.options.get("title", ""), unique_id=reading.unique_id
    )


def read_itinerary(fence: Fence, reading: Reading) -> Element:
    """The traveller's plan as a list; it is left as a part, with its problems."""
    itinerary, problems = parse_itinerary(fence.body)
    reading.problems += problems
    reading.parts.append(itinerary)
    return render_itinerary(
        itinerary, title=fence.options.get("title", ""), unique_id=reading.unique_id
    )


FENCES: Mapping[str, FenceReader] = {"schedule": read_schedule, "itinerary": read_itinerary}
"""By language of the fence."""
