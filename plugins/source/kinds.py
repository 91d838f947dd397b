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
    """Texts, each with the address that it links to; the address of plain text is empty."""

    @classmethod
    def of_texts(cls, label: str, texts: Iterable[str]) -> Fact:
        """Return a fact whose values are plain text."""
        return cls(label, tuple((text, "") for text in texts))


class Channel(Struct, frozen=True):
    """A feed of some posts of a kind, next to the feed of all of them."""

    sort: str
    """Its name in the address of the feed."""
    title: str
    """Its subject in words: `security releases`."""
    label: str
    introduction: str
    """A sentence on the readers whom it is for, shown on the page of all feeds."""
    holds: Callable[[Any], bool]
    """Returns True if a post with this front matter is in the feed."""


def no_facts(_: Any) -> Iterable[Fact]:
    """Return no facts."""
    return ()


class Kind(Struct, frozen=True):
    """One kind of post."""

    name: str
    """Its name in front matter."""
    label: str
    plural: str
    introduction: str
    """The sentence at the top of its list."""
    place: int = 100
    """Its position among the kinds; those with the same number are sorted by name."""
    front_matter: type[PostFrontMatter] = PostFrontMatter
    """The class of its posts' front matter."""
    facts: Callable[[Any], Iterable[Fact]] = no_facts
    """Returns the facts that its posts show, from their front matter."""
    channels: tuple[Channel, ...] = ()
    glyph: str = ""
    """The name of its drawing in the theme's `glyphs.svg`; empty for the shared one."""
    tint: int = 0
    """The number of its colour in the theme; 0 to derive it from the name."""

    @property
    def slug(self) -> str:
        """The path segment of its list."""
        return self.plural.lower()


class Kinds(Struct, frozen=True):
    """The kinds of one site, in the order of lists."""

    all: tuple[Kind, ...] = ()

    def __iter__(self) -> Iterator[Kind]:
        return iter(self.all)

    @property
    def names(self) -> list[str]:
        """The names of the kinds, as front matter has them."""
        return [kind.name for kind in self.all]

    def find(self, name: str) -> Kind | None:
        """Return the kind with that name, or None."""
        return next((kind for kind in self.all if kind.name == name), None)

    def of(self, head: PostFrontMatter) -> Kind:
        """Return the kind of a post; raise KeyError if it is not declared."""
        if kind := self.find(head.kind):
            return kind
        raise KeyError(head.kind)

    def schema(self, name: str) -> type[PostFrontMatter]:
        """Return the class of a kind's front matter; for an unknown kind, that of all posts."""
        kind = self.find(name)
        return kind.front_matter if kind else PostFrontMatter

    def with_key(self, key: str) -> list[str]:
        """Return the names of the kinds whose posts may have a key."""
        return [kind.name for kind in self.all if key in keys_of(kind.front_matter)]


def in_order(kinds: Iterable[Kind]) -> Kinds:
    """Return the kinds in the order of lists: by place, then by name."""
    return Kinds(tuple(sorted(kinds, key=lambda kind: (kind.place, kind.name))))
