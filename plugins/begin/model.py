"""What a new site and a new text are made from."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Purpose = Literal["blog", "conference", "both"]


class Answers(Struct, frozen=True, kw_only=True):
    """Everything that a new site is made from; each value is checked."""

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
    """A file that is to be written."""

    path: str
    """Below the folder of the site, with `/`."""
    data: bytes
