"""Numbers of the tints that tell kinds and events apart; the style sheet has their colours."""

from __future__ import annotations

from hashlib import sha256

from ..source.kinds import Kind

TINTS = 9

NEUTRAL_GLYPH = "post"


def kind_tint(kind: Kind) -> int:
    """Return the number of a kind's tint, from 1: its feature's choice, or else its name's."""
    return kind.tint or name_tint(kind.name)


def kind_glyph(kind: Kind) -> str:
    """Return the name of a kind's drawing in `glyphs.svg`."""
    return kind.glyph or NEUTRAL_GLYPH


def name_tint(name: str) -> int:
    """Return a tint that depends on the name alone, so that it stays the same."""
    return sha256(name.encode()).digest()[0] % TINTS + 1
