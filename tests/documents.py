"""Documents for tests that need no file: a head, and nothing below it."""

from __future__ import annotations

from plugins.markdown.document import Body, Document
from plugins.source.schema import FrontMatter

NOTHING = Body(("",))


def made_document(source: str, head: FrontMatter, *, section: str, slug: str = "") -> Document:
    """The document of a file below the content folder."""
    return Document(
        source=source,
        path=f"content/{source}",
        section=section,
        front_matter=head,
        slug=slug or head.slug or source.rpartition("/")[2].removesuffix(".md"),
        body=NOTHING,
        plain=NOTHING,
        lead=NOTHING,
        is_cut=False,
        headings=(),
        ids=frozenset(),
        text="",
        minutes=1,
        places={},
    )
