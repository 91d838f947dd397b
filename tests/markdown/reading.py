"""Reads texts as the build reads files, for the tests of Markdown and front matter."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from plugins.blog.kinds import KINDS
from plugins.markdown.converter import Converter
from plugins.markdown.document import Document
from plugins.site.feature import Section
from plugins.site.read import DocumentReader
from plugins.source.front_matter import read_page, read_post
from plugins.source.kinds import in_order
from plugins.source.problem import Problem, Severity, sorted_problems

ZONE = ZoneInfo("Europe/Amsterdam")
"""Of dates without a zone."""

HEAD = "---\ntitle: A post\nkind: essay\ndate: 2012-03-01\n---\n"


POSTS = Section("post", "posts/", lambda source: True, read_post, in_order(KINDS))
PAGES = Section("page", "pages/", lambda source: True, read_page, in_order(KINDS))


def read_bytes(data: bytes, *, section: Section = POSTS) -> tuple[Document | None, list[Problem]]:
    """The document in a file's bytes, and its problems."""
    reader = DocumentReader(Converter(()), ZONE)
    return reader.read("posts/post.md", "post.md", data, section=section)


def read_body(body: str) -> tuple[Document, list[Problem]]:
    """The document with a body, and its problems."""
    document, problems = read_bytes((HEAD + body).encode())
    assert document is not None, told(problems)
    return document, problems


def told(problems: list[Problem]) -> str:
    """The problems as the author sees them."""
    shown = [problem for problem in problems if problem.severity is not Severity.UNCHECKED]
    return "\n".join(str(problem) for problem in sorted_problems(shown))
