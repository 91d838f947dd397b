"""The kinds of post: what each is called, one and many, and where its list stands."""

from __future__ import annotations

from msgspec import Struct


class Kind(Struct, frozen=True):
    """One kind of post."""

    name: str
    """What front matter calls it."""
    label: str
    plural: str
    introduction: str
    """The sentence at the head of its list."""

    @property
    def slug(self) -> str:
        """The path segment of its list."""
        return self.plural.lower()


KINDS = {
    kind.name: kind
    for kind in (
        Kind("guide", "Guide", "Guides", "How to do a thing, step by step, with the commands."),
        Kind("essay", "Essay", "Essays", "One thought, argued through."),
        Kind("release", "Release", "Releases", "What a new version changes, and who should care."),
        Kind("itinerary", "Itinerary", "Itineraries", "Where to be found, and when."),
        Kind("recap", "Recap", "Recaps", "What happened at an event."),
        Kind("checklist", "Checklist", "Checklists", "Things to go through, one by one."),
        Kind("call", "Call", "Calls", "Questions to the readers, open until a date."),
        Kind("talk", "Talk", "Talks", "Talks given or to be given."),
        Kind("news", "News", "News", "Short notices."),
    )
}
