"""Documents for tests that need no file: a head, and nothing below it."""

from __future__ import annotations

from datetime import datetime

from plugins.core.document import Body, Document
from plugins.core.schema import PageFrontMatter, PostFrontMatter
from plugins.core.settings import SiteSettings
from plugins.core.site import Site

NOTHING = Body(("",))


def post(source: str, *, date: str = "2012-05-14", title: str = "", **more: object) -> Document:
    head = {"title": title or source, "kind": "news", "date": date, **more}
    return document(source, PostFrontMatter.model_validate(head))


def page(source: str, *, title: str = "", **more: object) -> Document:
    return document(source, PageFrontMatter.model_validate({"title": title or source, **more}))


def document(source: str, head: PostFrontMatter | PageFrontMatter) -> Document:
    slug = head.slug or source.rpartition("/")[2].removesuffix(".md")
    return Document(
        source=source,
        path=f"content/{source}",
        section="post" if isinstance(head, PostFrontMatter) else "page",
        front_matter=head,
        slug=slug,
        body=NOTHING,
        lead=NOTHING,
        is_cut=False,
        headings=(),
        ids=frozenset(),
        text="",
        minutes=1,
        places={},
    )


def paths_of(documents: list[Document]) -> dict[str, str]:
    """Posts at `posts/<slug>/`, pages at `<slug>/`."""
    folders = {"post": "posts/", "page": ""}
    return {d.source: f"{folders[d.section]}{d.slug}/index.html" for d in documents}


def site_of(settings: SiteSettings, now: datetime, documents: list[Document]) -> Site:
    return Site(
        settings=settings,
        now=now,
        documents=tuple(documents),
        marks={},
        paths=paths_of(documents),
        links={},
        files=(),
    )
