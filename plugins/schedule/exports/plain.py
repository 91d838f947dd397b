"""Texts as other programs take them: without markup, and without what no file may hold."""

from __future__ import annotations

import re

from ...markdown.html import plain_text
from ...source.text import xml_text

# Matches where a block of markup ends, so that what follows is a paragraph of its own.
BLOCK_END = re.compile(
    r"</(?:p|li|h[1-6]|tr|pre|dt|dd|div|blockquote)\s*>|<br\s*/?>", re.IGNORECASE
)


def clean(text: str) -> str:
    """The text with a line feed for every line end, without characters that no file may hold."""
    return xml_text(text.replace("\r\n", "\n").replace("\r", "\n"))


def paragraphs(html: str) -> str:
    """The text of markup, with an empty line between its blocks."""
    texts = (plain_text(piece) for piece in BLOCK_END.split(html))
    return clean("\n\n".join(text for text in texts if text))
