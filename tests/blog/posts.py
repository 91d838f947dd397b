"""Posts of a site that is not built, for the tests of lists."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from msgspec.structs import replace

from plugins.blog.kinds import KINDS
from plugins.blog.model import Post
from plugins.source.kinds import in_order
from plugins.source.schema import PostFrontMatter
from tests.markdown.reading import read_bytes


def make_post(name: str, day: str = "2012-01-01", *, head: str = "") -> Post:
    """A post with a file's name, a date, and more lines for its head."""
    text = f"---\ntitle: {name}\nkind: essay\ndate: {day}\n{head}\n---\n\nText.\n"
    document, problems = read_bytes(text.encode())
    assert document is not None, problems
    front_matter = document.front_matter
    assert isinstance(front_matter, PostFrontMatter)
    return Post(
        document=replace(document, source=f"posts/{name}.md"),
        front_matter=front_matter,
        path=f"posts/{name}/index.html",
        language="en",
        authors=front_matter.authors,
        mark="",
        is_listed=front_matter.status != "hidden",
        zone=ZoneInfo("UTC"),
        kind=in_order(KINDS).of(front_matter),
    )
