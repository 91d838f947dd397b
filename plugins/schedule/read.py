"""Read the ```schedule and ```itinerary fences of posts."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from ..markdown.options import ANYTHING, wrong_options
from ..markdown.reading import Fence, FenceReader, Reading
from .parsing.itinerary import parse_itinerary
from .parsing.parse import parse_schedule
from .render import render_itinerary, render_programme

OPTIONS = {"title": ANYTHING}


def read_schedule(fence: Fence, reading: Reading) -> Element:
    """Return the schedule of a fence as a list in HTML, and add it to the parts of the document.

    Add the fence's problems to `reading.problems`.
    """
    reading.problems += [*wrong_options(fence, reading.source, OPTIONS)]
    programme = parse_schedule(fence.body, reading.problems)
    reading.parts.append(programme)
    return render_programme(
        programme, title=fence.options.get("title", ""), unique_id=reading.unique_id
    )


def read_itinerary(fence: Fence, reading: Reading) -> Element:
    """Return the itinerary of a fence as a list in HTML, and add it to the parts of the document.

    Add the fence's problems to `reading.problems`.
    """
    reading.problems += [*wrong_options(fence, reading.source, OPTIONS)]
    itinerary = parse_itinerary(fence.body, reading.problems)
    reading.parts.append(itinerary)
    return render_itinerary(
        itinerary, title=fence.options.get("title", ""), unique_id=reading.unique_id
    )


FENCES: Mapping[str, FenceReader] = {"schedule": read_schedule, "itinerary": read_itinerary}
"""The reader of each fence, by the fence's language."""
