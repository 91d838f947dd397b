"""Text becomes a tree and the tree a document.

`render_markdown` converts a text that belongs to no site.

blocks.py    CommonMark's blocks, tables and ours, each with its lines (markdown-it-py)
inline.py    the rules for running text
build.py     tokens become a tree whose blocks know their lines
passes.py    changes of the finished tree, in their order
fences.py    what a fence says; code with its colours (colour.py, fast/)
slips.py     what its author probably did not mean
write.py     the tree as markup with open links, and what was found in it
plain.py     the tree without style and script, and its words
excerpt.py   what lists show of it
reading.py   the contract with the features
"""

from __future__ import annotations


def render_markdown(text: str) -> str:
    """Return the markup of a text that belongs to no site."""
    # What it needs takes long to import, and most who import this room only want its records.
    from .converter import render_markdown as render  # noqa: PLC0415

    return render(text)
