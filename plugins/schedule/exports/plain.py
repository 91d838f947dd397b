"""Clean texts for other programs: without markup, and without characters no file may contain."""

from __future__ import annotations

import re

from ...markdown.html import plain_text
from ...source.text import xml_text

# Matches the end of a block of markup; the text after it is a paragraph of its own.
BLOCK_END = re.compile(
    r"</(?:p|li|h[1-6]|tr|pre|dt|dd|div|blockquote)\s*>|<br\s*/?>", re.IGNORECASE
)


def clean(text: str) -> str:
    """Return the text without the characters that XML forbids.

    Every line end becomes a line feed.
    """
    return xml_text(text.replace("\r\n", "\n").replace("\r", "\n"))


def paragraphs(html: str) -> str:
    """Return the text of markup, with an empty line between its blocks."""
    texts = (plain_text(piece) for piece in BLOCK_END.split(html))
    return clean("\n\n".join(text for text in texts if text))
