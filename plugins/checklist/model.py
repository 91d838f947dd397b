"""A checklist: its sections, its items and what their author says of them."""

from __future__ import annotations

import enum
from collections.abc import Iterator

from msgspec import Struct


class State(enum.Enum):
    """How far an item is; the value is what the page calls it."""

    OPEN = "open"
    DOING = "doing"
    DONE = "done"
    SKIPPED = "skipped"


class Item(Struct, frozen=True):
    """One line of a checklist."""

    id: str
    """Written by the author, or `~` and a hash of the text; it is what a tick is kept under."""
    text: str
    """The line as plain text, without its notes."""
    state: State | None
    """The author's own, never a reader's; None for a line without a box."""
    due: int | None = None
    """Days from the day that the reader picks: -14 is two weeks before it."""
    children: tuple[Item, ...] = ()

    @property
    def is_named(self) -> bool:
        """Whether the author gave it its id."""
        return not self.id.startswith("~")

    def walk(self) -> Iterator[Item]:
        """This item and everything below it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()


class Section(Struct, frozen=True):
    """The items of one list of the document."""

    id: str
    """Distinct within the document."""
    title: str
    items: tuple[Item, ...]

    def walk(self) -> Iterator[Item]:
        """Every item, nested ones too, in document order."""
        for item in self.items:
            yield from item.walk()


class Checklist(Struct, frozen=True, tag=True):
    """What is ticked, counted and shared as one."""

    id: str
    """Distinct within the document."""
    title: str
    sections: tuple[Section, ...]
    is_named: bool = False
    """Whether the author gave it its id."""

    def __post_init__(self) -> None:
        if not self.sections:
            raise ValueError("a checklist has a section")
