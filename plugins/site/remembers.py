"""What features may ask of a build's memo: texts, and the answers of pure functions."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol, TypeVar

from msgspec import Struct
from msgspec.json import Decoder

from ..source.plain import digest, encoded

T = TypeVar("T")


class Call(Struct, frozen=True, dict=True):
    """A pure function and plain data for it; what it answers is plain data too.

    The function is given what remembers as its first argument, for the texts that the data names.
    """

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    kind: Any
    """The type of the answer."""

    @functools.cached_property
    def digest(self) -> str:
        """What tells this call from all others."""
        return digest(encoded([self.function, self.arguments]))


class Remembers(Protocol):
    """What a build remembers (engine/memo.py)."""

    def text(self, key: str) -> bytes:
        """Return a large text by its digest."""

    def call(self, function: Callable[..., T], *arguments: object, kind: Any) -> T:
        """Return what a pure function answers to plain data; `kind` is the type of that."""

    def answer(self, call: Call) -> Any:
        """Return what a call answers."""

    def digests_below(self, folder: Path, *, ending: str = "") -> Mapping[str, str]:
        """Return the digests of all files below a folder whose names end so, by path below it."""


class Unremembered:
    """Makes everything anew, and has no texts."""

    def text(self, key: str) -> bytes:
        """There are none."""
        raise KeyError(key)

    def call(self, function: Callable[..., T], *arguments: object, kind: Any) -> T:
        """Return what the function answers."""
        return function(*arguments)

    def answer(self, call: Call) -> Any:
        """Return what the call answers."""
        return call.function(self, *call.arguments)

    def digests_below(self, folder: Path, *, ending: str = "") -> Mapping[str, str]:
        """Nobody asks what they were."""
        return {}


def segments_of(memo: Remembers, digest: str) -> tuple[str, ...]:
    """Return the text of a document's markup, in the pieces around its links."""
    return _segments().decode(memo.text(digest))


@functools.cache
def _segments() -> Decoder[tuple[str, ...]]:
    return Decoder(tuple[str, ...])
