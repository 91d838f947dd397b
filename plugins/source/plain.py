"""Plain data as bytes: numbers, texts, times, and records, lists and mappings of them."""

from __future__ import annotations

import hashlib
from pathlib import Path
from types import FunctionType
from zoneinfo import ZoneInfo

from msgspec.json import Encoder

DIGEST = 16
"""The size of a digest, in bytes."""


class NotPlainError(TypeError):
    """A value that is not plain data: an open file, a lambda."""


def encoded(value: object) -> bytes:
    """Return the value as JSON; raise NotPlainError if it is not plain data.

    Equal values give equal bytes, except for sets.
    """
    try:
        return ENCODER.encode(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise NotPlainError(str(error)) from error


def digest(data: bytes) -> str:
    """Return the digest of bytes in hexadecimal."""
    return digest_bytes(data).hex()


def digest_bytes(data: bytes) -> bytes:
    """Return the digest of bytes as bytes."""
    return hashlib.blake2b(data, digest_size=DIGEST).digest()


def _plain(value: object) -> object:
    """Return a path, a zone, a function or a class as text; msgspec calls it for other types."""
    if isinstance(value, Path | ZoneInfo):
        return str(value)
    if isinstance(value, FunctionType | type) and "<" not in value.__qualname__:
        return f"{value.__module__}:{value.__qualname__}"
    raise NotPlainError(f"{type(value).__name__} is no plain data")


ENCODER = Encoder(enc_hook=_plain)
