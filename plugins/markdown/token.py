"""A token of markdown-it-py that holds only what is set: a third of the time to make."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

NOTHING: Mapping[str, Any] = MappingProxyType({})


class Token:
    """One step of a text: the start or end of an element, or what stands by itself."""

    attrs: Any = NOTHING
    map: Any = None
    """The first line of a block and the line after its last, counted from 0."""
    level = 0
    children: Any = None
    content = ""
    markup = ""
    info = ""
    block = False
    hidden = False

    def __init__(self, type: str, tag: str, nesting: int) -> None:
        self.type, self.tag, self.nesting = type, tag, nesting

    def __getattr__(self, name: str) -> Any:
        if name != "meta":
            raise AttributeError(name)
        self.meta: dict[str, Any] = {}
        return self.meta

    def attrSet(self, name: str, value: str) -> None:  # noqa: N802
        """Set an attribute, as markdown-it's rules do."""
        self.attrs = {**self.attrs, name: value}
