"""Kinds of post, as features declare them: names, front matter, facts and feeds of their own.

A feature adds a kind by naming it in its `Feature`. Nothing else lists kinds: messages, lists,
feeds and the JSON Schema for editors all ask `Kinds`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from msgspec import Struct

from .schema import PostFrontMatter, keys_of


class Fact(Struct, frozen=True):
    """A line that a kind adds to the pages of its posts, like “Place: Ghent”."""

    label: str
    values: tuple[tuple[str, str], ...]
    """Each text with the address that it leads to; an empty address for plain text."""

    @classmethod
    def of_texts(cls, label: str, texts: Iterable[str]) -> Fact:
        """Return a fact whose values lead nowhere."""
        return cls(label, tuple((text, "") for text in texts))


class Channel(Struct, frozen=True):
    """A feed of some posts of a kind, next to the feed of all of them."""

    sort: str
    """Its name in the address of the feed."""
    title: str
    """What it is about, in words: `security releases`."""
    label: str
    introduction: str
    """A sentence on who wants it, for the page of all feeds."""
    holds: Callable[[Any], bool]
    """Tells from the front matter whether a post is in it."""


def no_facts(_: Any) -> Iterable[Fact]:
    """Return the facts of a kind that adds none."""
    return ()


class Kind(Struct, frozen=True):
    """One kind of post."""

    name: str
    """What front matter calls it."""
    label: str
    plural: str
    introduction: str
    """The sentence at the head of its list."""
    place: int = 100
    """Where it comes when kinds are listed; those with the same number are sorted by name."""
    front_matter: type[PostFrontMatter] = PostFrontMatter
    """What the front matter of its posts may hold."""
    facts: Callable[[Any], Iterable[Fact]] = no_facts
    """Reads from the front matter what its posts show in lines of their own."""
    channels: tuple[Channel, ...] = ()
    glyph: str = ""
    """Its drawing in the theme's `glyphs.svg`; empty for the one that all others share."""
    tint: int = 0
    """The number of its colour in the theme; 0 lets its name decide."""

    @property
    def slug(self) -> str:
        """The path segment of its list."""
        return self.plural.lower()


class Kinds(Struct, frozen=True):
    """The kinds of one site, in the order in which they are listed."""

    all: tuple[Kind, ...] = ()

    def __iter__(self) -> Iterator[Kind]:
        return iter(self.all)

    @property
    def names(self) -> list[str]:
        """What front matter may call a post."""
        return [kind.name for kind in self.all]

    def find(self, name: str) -> Kind | None:
        """Return the kind of that name."""
        return next((kind for kind in self.all if kind.name == name), None)

    def of(self, head: PostFrontMatter) -> Kind:
        """Return the kind of a post; raise KeyError for one that is not declared."""
        if kind := self.find(head.kind):
            return kind
        raise KeyError(head.kind)

    def schema(self, name: str) -> type[PostFrontMatter]:
        """Return what the front matter of a kind may hold; of an unknown kind, what any may."""
        kind = self.find(name)
        return kind.front_matter if kind else PostFrontMatter

    def with_key(self, key: str) -> list[str]:
        """Return the kinds whose posts may hold a key."""
        return [kind.name for kind in self.all if key in keys_of(kind.front_matter)]


def in_order(kinds: Iterable[Kind]) -> Kinds:
    """Return the kinds, sorted as lists show them."""
    return Kinds(tuple(sorted(kinds, key=lambda kind: (kind.place, kind.name))))
