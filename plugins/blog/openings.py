"""The opening of a post, by its kind: the first thing that a reader of that kind looks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..checklist.model import Checklist
from ..command.holes import filled
from ..command.model import CommandBlock
from ..markdown.document import Document
from ..source.placeholder import Placeholder
from ..source.schema import PostFrontMatter
from ..source.text import counted
from ..source.times import MONTHS
from .kinds import CallFrontMatter, ReleaseFrontMatter
from .view import OpeningView


def opening_of(document: Document, *, last: tuple[int, int, int] | None = None) -> OpeningView:
    """Return the opening of a post; `last` is the last day of a call, as year, month and day."""
    front_matter = document.front_matter
    assert isinstance(front_matter, PostFrontMatter)
    if isinstance(front_matter, ReleaseFrontMatter):
        return _release(front_matter)
    if isinstance(front_matter, CallFrontMatter) and last:
        year, month, day = last
        return OpeningView(numeral=str(day), month=f"{MONTHS[month - 1]} {year}")
    if front_matter.kind == "guide":
        return _guide(document)
    if front_matter.kind == "checklist":
        return OpeningView(numbers=tuple(_checklist_numbers(document)))
    return OpeningView()


def _release(release: ReleaseFrontMatter) -> OpeningView:
    """Return the versions, but not those of a product, which open the post's own text."""
    return OpeningView(versions=() if release.product else release.versions)


def _guide(document: Document) -> OpeningView:
    steps = [(block, step) for block in _blocks(document) for step in block.session.commands]
    if not steps:
        return OpeningView()
    block, step = steps[0]
    placeholders: Mapping[str, Placeholder] = getattr(document.front_matter, "placeholders", {})
    numbers = [counted(len(steps), "command"), counted(len(document.headings), "section")]
    return OpeningView(
        command=filled(step.typed, step.holes, placeholders).partition("\n")[0],
        prompt=step.prompt.text,
        command_id=block.id,
        numbers=tuple(number for number in numbers if not number.startswith("0 ")),
    )


def _blocks(document: Document) -> tuple[CommandBlock, ...]:
    return document.parts_of(CommandBlock)


def _checklist_numbers(document: Document) -> Iterator[str]:
    lists = document.parts_of(Checklist)
    items = [item for one in lists for part in one.sections for item in part.walk() if item.state]
    sections = sum(len(one.sections) for one in lists)
    if items:
        yield counted(len(items), "thing to do", "things to do")
    if sections > 1:
        yield counted(sections, "part")
