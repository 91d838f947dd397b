"""Numbers of the tints that tell kinds and events apart; the style sheet has their colours."""

from __future__ import annotations

from hashlib import sha256

from ..source.kinds import KINDS, Kind

TINTS = 9

NEUTRAL_GLYPH = "post"


def kind_tint(kind: Kind) -> int:
    """The number of a kind's tint, from 1: its place among our kinds, else one from its name."""
    names = list(KINDS)
    return names.index(kind.name) + 1 if kind.name in names else name_tint(kind.name)


def kind_glyph(kind: Kind) -> str:
    """The name of a kind's drawing in `glyphs.svg`; one for all kinds that are not ours."""
    return kind.name if kind.name in KINDS else NEUTRAL_GLYPH


def name_tint(name: str) -> int:
    """A tint that the name alone decides, so that it stays the same."""
    return sha256(name.encode()).digest()[0] % TINTS + 1
