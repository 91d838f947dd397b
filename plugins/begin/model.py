"""The input of a new site, and a new file."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Purpose = Literal["blog", "conference", "both"]


class Answers(Struct, frozen=True, kw_only=True):
    """The answers for a new site; each value is checked."""

    purpose: Purpose
    name: str
    author: str
    url: str
    """The public address, without a slash at its end."""
    language: str
    """A language tag, like `en` or `pt-BR`."""
    zone: str
    """A name of the IANA database, like `Europe/Amsterdam`."""


class NewFile(Struct, frozen=True):
    """A file to write."""

    path: str
    """The path below the folder of the site, with `/`."""
    data: bytes
