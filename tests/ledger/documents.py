"""Posts and pages without a file, and their addresses."""

from __future__ import annotations

from plugins.markdown.document import Document
from plugins.source.checked import checked
from plugins.source.schema import PageFrontMatter, PostFrontMatter
from tests.documents import made_document


def post(source: str, *, date: str = "2012-05-14", title: str = "", **more: object) -> Document:
    head = {"title": title or source, "kind": "news", "date": date, **more}
    return made_document(source, checked(PostFrontMatter, head), section="post")


def page(source: str, *, title: str = "", **more: object) -> Document:
    head = checked(PageFrontMatter, {"title": title or source, **more})
    return made_document(source, head, section="page")


def paths_of(documents: list[Document]) -> dict[str, str]:
    """Posts at `posts/<slug>/`, pages at `<slug>/`."""
    folders = {"post": "posts/", "page": ""}
    return {d.source: f"{folders[d.section]}{d.slug}/index.html" for d in documents}
