"""Extensions of Python-Markdown run where they have a place, and are refused otherwise."""

from __future__ import annotations

import pytest

from plugins.markdown.converter import Converter
from plugins.markdown.extensions import extension_reader
from plugins.markdown.reading import Readers, Reading
from plugins.markdown.write import Written
from plugins.source.errors import ConfigurationError
from plugins.source.problem import Source
from plugins.source.schema import FrontMatter

# What Pelican 4.12 has where a site says nothing.
PELICAN = {
    "extension_configs": {
        "markdown.extensions.codehilite": {"css_class": "highlight"},
        "markdown.extensions.extra": {},
        "markdown.extensions.meta": {},
    },
    "output_format": "html5",
}


def markup(text: str, *extensions: str) -> str:
    """The markup of a text on a site that names extensions."""
    reader = extension_reader({"extensions": list(extensions)})
    assert reader
    reading = Reading(Source("post.md", text), FrontMatter(title=""), "post")
    root = Converter([Readers(trees=(reader,))]).convert(reading.source, reading).root
    return Written(reading).write(root).body.html(lambda link: link.target)


def test_what_pelican_names_by_itself_is_read_without() -> None:
    assert extension_reader(PELICAN) is None
    assert extension_reader({}) is None


def test_inline_patterns_run_on_text_and_not_in_code() -> None:
    html = markup("A [=50%] and `[=50%]` and <b>*[=5%]*</b>\n", "pymdownx.progressbar")

    assert html == (
        '<p>A <div class="progress progress-40plus">'
        '<div class="progress-bar" style="width:50.00%"><p class="progress-label"></p></div></div>'
        " and <code>[=50%]</code> and <b><em>"
        '<div class="progress progress-0plus">'
        '<div class="progress-bar" style="width:5.00%"><p class="progress-label"></p></div></div>'
        "</em></b></p>"
    )


def test_tree_processors_run_and_what_they_stash_is_put_back() -> None:
    html = markup("A (tm) and `(tm)` and [a (c)](b.md)\n", "pymdownx.smartsymbols")

    assert html == '<p>A &trade; and <code>(tm)</code> and <a href="b.md">a &copy;</a></p>'


def test_extensions_that_cannot_run_are_told_all_at_once() -> None:
    names = ["pymdownx.snippets", "no.such", "markdown.extensions.nl2br"]

    with pytest.raises(ConfigurationError) as error:
        extension_reader({"extensions": names})

    assert str(error.value) == (
        "MARKDOWN: found the extension “pymdownx.snippets”, which brings a preprocessor (snippet);"
        " expected one with inline patterns and tree processors only\n"
        "MARKDOWN: found the extension “no.such”, which cannot be loaded (No module named 'no');"
        " expected one with inline patterns and tree processors only"
    )
