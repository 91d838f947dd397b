"""Plain data as bytes: numbers, texts, times, and records, lists and mappings of them."""

from __future__ import annotations

import hashlib
from pathlib import Path
from types import FunctionType
from zoneinfo import ZoneInfo

from msgspec.json import Encoder

DIGEST = 16
"""Bytes of a digest."""


class NotPlainError(TypeError):
    """A value that is no plain data: an open file, a lambda."""


def encoded(value: object) -> bytes:
    """Return the value as JSON: equal for equal values, but for sets; raises NotPlainError."""
    try:
        return ENCODER.encode(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise NotPlainError(str(error)) from error


def digest(data: bytes) -> str:
    """Return a digest of bytes, as text."""
    return digest_bytes(data).hex()


def digest_bytes(data: bytes) -> bytes:
    """Return the same as bytes."""
    return hashlib.blake2b(data, digest_size=DIGEST).digest()


def _plain(value: object) -> object:
    """A path, a zone, a function or a class as text; msgspec asks for what it does not know."""
    if isinstance(value, Path | ZoneInfo):
        return str(value)
    if isinstance(value, FunctionType | type) and "<" not in value.__qualname__:
        return f"{value.__module__}:{value.__qualname__}"
    raise NotPlainError(f"{type(value).__name__} is no plain data")


ENCODER = Encoder(enc_hook=_plain)
