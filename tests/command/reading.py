"""Reads Markdown texts as posts with two placeholders."""

from __future__ import annotations

from datetime import UTC, datetime

from plugins.command.model import CommandBlock
from plugins.command.read import INLINES, TREES, fence_readers
from plugins.command.settings import Settings
from plugins.markdown.converter import Converter
from plugins.markdown.reading import Reading
from plugins.markdown.write import Written
from plugins.site.feature import Feature
from plugins.source.checked import checked
from plugins.source.problem import Source
from plugins.source.schema import PostFrontMatter

PLACEHOLDERS = {
    "database": {"default": "breakpad", "label": "Database", "pattern": "[a-z_]+"},
    "message": {"default": "add os name"},
    "system": {"default": "debian", "choices": ["debian", "ubuntu"]},
}
FEATURE = Feature(
    name="command", fences=fence_readers(Settings(fold_after=3)), inlines=INLINES, trees=TREES
)
CONVERTER = Converter([FEATURE])


def head() -> PostFrontMatter:
    """Front matter with placeholders."""
    moment = datetime(2027, 3, 1, tzinfo=UTC)
    given = {"title": "Alembic", "kind": "guide", "date": moment, "placeholders": PLACEHOLDERS}
    return checked(PostFrontMatter, given)


def read(text: str) -> tuple[str, Reading]:
    """The markup of a post with this body, and what reading left."""
    source = Source("content/posts/alembic.md", text)
    reading = Reading(source, head(), "alembic")
    root = CONVERTER.convert(source, reading).root
    return Written(reading).write(root).body.html(lambda link: link.target), reading


def blocks(text: str) -> list[CommandBlock]:
    """The blocks of a post with this body."""
    return read(text)[1].parts_of(CommandBlock)


def problems(text: str) -> list[str]:
    """The problems of a post with this body, whole."""
    return [str(problem) for problem in read(text)[1].problems]
