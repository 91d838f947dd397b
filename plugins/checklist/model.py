"""The model of a checklist: sections and items, with their author's states and due days."""

from __future__ import annotations

import enum
from collections.abc import Iterator

from msgspec import Struct


class State(enum.Enum):
    """The state of an item; the value is the page's word for it."""

    OPEN = "open"
    DOING = "doing"
    DONE = "done"
    SKIPPED = "skipped"


class Item(Struct, frozen=True):
    """One line of a checklist."""

    id: str
    """Written by the author, or `~` and a digest of the text; the key of the reader's tick."""
    text: str
    """The line as plain text, without its notes."""
    state: State | None
    """The author's state, never a reader's; None for a line without a box."""
    due: int | None = None
    """Days from the day that the reader picks: -14 is two weeks before it."""
    children: tuple[Item, ...] = ()

    @property
    def is_named(self) -> bool:
        """Return whether the author wrote the id."""
        return not self.id.startswith("~")

    def walk(self) -> Iterator[Item]:
        """Yield this item and everything below it, in document order."""
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
        """Yield every item, nested ones too, in document order."""
        for item in self.items:
            yield from item.walk()


class Checklist(Struct, frozen=True, tag=True):
    """A checklist; its items are ticked, counted and shared together."""

    id: str
    """Distinct within the document."""
    title: str
    sections: tuple[Section, ...]
    is_named: bool = False
    """True if the author wrote the id."""

    def __post_init__(self) -> None:
        if not self.sections:
            raise ValueError("a checklist has a section")
