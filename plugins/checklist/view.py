"""Turns a checklist into the strings that its page shows."""

from __future__ import annotations

from msgspec import Struct

from ..source.text import counted
from .model import Checklist, Item, Section, State

STATE_WORDS = {
    State.OPEN: "to do",
    State.DOING: "in progress",
    State.DONE: "done",
    State.SKIPPED: "not applicable",
}


class ItemView(Struct, frozen=True):
    """One line with a box."""

    key: str
    """The key of the reader's state, distinct within the checklist."""
    anchor: str
    """The author's id, for links; empty when the id was made from the text."""
    words: str
    """The normalised text; with it the script recognises an edited item."""
    state: str
    is_ticked: bool
    state_words: str
    """Empty where the box alone shows the state."""
    due: str
    """Days from the reader's day, or empty."""
    due_words: str


class ChecklistView(Struct, frozen=True):
    """The list as a whole."""

    key: str
    """The key of the reader's states, distinct within the site."""
    anchor: str
    title: str
    has_due: bool


def view_checklist(checklist: Checklist, *, slug: str) -> ChecklistView:
    """Return the strings of a checklist of the document with this slug."""
    return ChecklistView(
        key=f"{slug}/{checklist.id}",
        anchor=checklist.id if checklist.is_named else "",
        title=checklist.title,
        has_due=any(item.due is not None for s in checklist.sections for item in s.walk()),
    )


def view_item(item: Item, section: Section, *, words: str, is_joined: bool) -> ItemView:
    """Return the strings of an item with a box; `words` is its normalised text."""
    state = item.state or State.OPEN
    return ItemView(
        key=item.id if item.is_named or not is_joined else f"{section.id}/{item.id}",
        anchor=item.id if item.is_named else "",
        words=words,
        state=state.value,
        is_ticked=state is State.DONE,
        state_words="" if state in (State.OPEN, State.DONE) else STATE_WORDS[state],
        due="" if item.due is None else str(item.due),
        due_words="" if item.due is None else due_words(item.due),
    )


def due_words(days: int) -> str:
    """Return a due day in words: `14 days before`, `on the day`, `1 day after`."""
    if days == 0:
        return "on the day"
    return f"{counted(abs(days), 'day')} {'before' if days < 0 else 'after'}"
