"""The support of a branch in words. The page's script corrects them by the reader's day."""

from __future__ import annotations

from datetime import date

from ..source.times import day_in_words
from .model import Branch


def support_state(branch: Branch, today: date) -> str:
    """Return `supported`, `security`, `ended` or `unknown`, on a day."""
    if branch.ends is None:
        return "unknown"
    if branch.ends < today:
        return "ended"
    is_security_only = branch.maintained is not None and branch.maintained < today
    return "security" if is_security_only else "supported"


def support_words(branch: Branch, state: str) -> str:
    """Return the state in words: `Support ended on 5 December 2011`."""
    ends = day_in_words(branch.ends) if branch.ends else ""
    return {
        "unknown": "End of support not known",
        "ended": f"Support ended on {ends}",
        "security": f"Security fixes only, until {ends}",
        "supported": f"Supported until {ends}",
    }[state]
