"""What it takes to make markup of a post: ours, against Python-Markdown as most sites have it."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from markdown import Markdown

from plugins.markdown.converter import Converter
from plugins.markdown.reading import Reading
from plugins.source.problem import Source
from plugins.source.schema import FrontMatter

from .corpora import write_posts

EXTENSIONS = ("extra", "codehilite", "toc")

Convert = Callable[[str], object]


def conversion_ratio(folder: Path, *, posts: int, runs: int) -> float:
    """Our processor time by theirs, for posts of about 5 kB with coloured code, in turn."""
    write_posts(folder, count=posts, seed=1)
    files = sorted((folder / "posts").iterdir())
    texts = [file.read_text("utf-8").split("---\n", 2)[2] for file in files]
    ours, theirs = our_converter(), python_markdown()
    for convert in (ours, theirs):  # what is made once
        _seconds(convert, texts[:2])
    pairs = [(_seconds(ours, texts), _seconds(theirs, texts)) for _ in range(runs)]
    return statistics.median(one / other for one, other in pairs)


def our_converter() -> Convert:
    """The converter of a site without features."""
    converter, head = Converter(()), FrontMatter(title="A post")

    def convert(text: str) -> object:
        source = Source("post.md", text)
        return converter.convert(source, Reading(source, head, "post"))

    return convert


def python_markdown() -> Convert:
    """Python-Markdown as most sites have it, used again and again."""
    markdown = Markdown(extensions=[*EXTENSIONS])
    return lambda text: markdown.reset().convert(text)


def _seconds(convert: Convert, texts: Sequence[str]) -> float:
    start = time.process_time()
    for text in texts:
        convert(text)
    return time.process_time() - start
