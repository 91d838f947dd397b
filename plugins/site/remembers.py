"""The memo as features see it: texts, and results of pure functions."""

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
    """A pure function and its arguments, which are plain data; so is its result.

    The function gets the memo as its first argument, for the texts that the data names.
    """

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    kind: Any
    """The type of the result."""

    @functools.cached_property
    def digest(self) -> str:
        """A digest that differs from that of every other call."""
        return digest(encoded([self.function, self.arguments]))


class Remembers(Protocol):
    """The memo of a build (engine/memo.py)."""

    def text(self, key: str) -> bytes:
        """Return a large text by its digest."""

    def call(self, function: Callable[..., T], *arguments: object, kind: Any) -> T:
        """Return the result of a pure function for plain data; `kind` is the result's type."""

    def answer(self, call: Call) -> Any:
        """Return the result of a call."""

    def digests_below(self, folder: Path, *, ending: str = "") -> Mapping[str, str]:
        """Return the digest of each file below a folder, by its path below it.

        With `ending`, only files whose names end so are included.
        """


class Unremembered:
    """A memo that remembers nothing: it runs each function anew and holds no texts."""

    def text(self, key: str) -> bytes:
        """Raise KeyError: there are no texts."""
        raise KeyError(key)

    def call(self, function: Callable[..., T], *arguments: object, kind: Any) -> T:
        """Call the function and return its result."""
        return function(*arguments)

    def answer(self, call: Call) -> Any:
        """Make the call and return its result."""
        return call.function(self, *call.arguments)

    def digests_below(self, folder: Path, *, ending: str = "") -> Mapping[str, str]:
        """Return no digests."""
        return {}


def segments_of(memo: Remembers, digest: str) -> tuple[str, ...]:
    """Return the text of a document's markup, as the segments between its links."""
    return _segments().decode(memo.text(digest))


@functools.cache
def _segments() -> Decoder[tuple[str, ...]]:
    return Decoder(tuple[str, ...])
