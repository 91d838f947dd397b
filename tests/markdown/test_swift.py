"""The faster ways write what Python-Markdown and Pygments write, byte for byte."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Comment, Element, SubElement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.serializers import to_html_string
from pygments import lex
from pygments.formatters.html import HtmlFormatter
from pygments.lexers import get_lexer_by_name

from plugins.markdown.converter import (
    EXTENSION_SETTINGS,
    EXTENSIONS,
    HIGHLIGHT_SETTINGS,
    github_slug,
)
from plugins.markdown.highlight import SwiftHighlightExtension, coloured
from plugins.markdown.swift import (
    SwiftInline,
    SwiftMarkdown,
    SwiftTocExtension,
    SwiftUnescape,
    to_html,
)

ROOT = Path(__file__).parents[2]

# What Markdown takes for a sign, and words between them.
PIECES = r"""
word _ _ \n \n\n \n____ __\n * ** - ` ```python\n ```\n ~~~_sh_{title="a"}\n [ ](x) ![ ](y.png)
[^1] [^1]:_note\n <b> </b> <div_markdown>\n </div>\n <!--_c_--> &amp; & \* \\ #_ ##_ |_a_|_b_|\n
|---|---|\n -_ 1._ >_ >_[!NOTE]\n :_ *[HTML]:_x\n HTML ++ctrl+c++ ==mark== ~~gone~~
www.example.org WwW.a.b https://example.org/ a@example.org <a@b.example> ???_note_"T"\n
===_"Tab"\n ---\n ===\n {#id_.c} [TOC]\n [a]:_/b\n [a] é 日本 def_f():\n 'q' a__b _c_
""".split()
PIECES = [piece.replace("\\n", "\n").replace("_", " ") for piece in PIECES] + ["_", "__"]

texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


def usual() -> Markdown:
    toc = {"slugify": github_slug, "permalink": False}
    return Markdown(
        extensions=[*EXTENSIONS, "pymdownx.highlight", "markdown.extensions.toc"],
        extension_configs={
            **EXTENSION_SETTINGS,
            "pymdownx.highlight": HIGHLIGHT_SETTINGS,
            "markdown.extensions.toc": toc,
        },
        output_format="html",
    )


def swift() -> Markdown:
    md = SwiftMarkdown(
        extensions=[
            *EXTENSIONS,
            SwiftHighlightExtension(**HIGHLIGHT_SETTINGS),
            SwiftTocExtension(slugify=github_slug, permalink=False),
        ],
        extension_configs=EXTENSION_SETTINGS,
        output_format="html",
    )
    md.treeprocessors.register(SwiftInline(md, {}), "inline", 20)
    md.treeprocessors.register(SwiftUnescape(md), "unescape", 0)
    md.serializer = to_html
    return md


USUAL, SWIFT = usual(), swift()


@settings(max_examples=150)
@given(texts)
def test_markdown_is_the_same(text: str) -> None:
    assert SWIFT.reset().convert(text) == USUAL.reset().convert(text)
    assert SWIFT.toc_tokens == USUAL.toc_tokens


@pytest.mark.parametrize("file", sorted(ROOT.glob("content/**/*.md")), ids=lambda f: f.name)
def test_markdown_of_the_site_is_the_same(file: Path) -> None:
    text = file.read_text("utf-8").partition("\n---\n")[2]

    assert SWIFT.reset().convert(text) == USUAL.reset().convert(text)


@settings(max_examples=200)
@given(
    st.sampled_from(["python", "sql", "sh", "html", "text", "console"]),
    st.text("ab1 '\"<&\n#=", max_size=60),
)
def test_code_is_coloured_the_same(language: str, code: str) -> None:
    tokens = list(lex(code, get_lexer_by_name(language)))
    expected = "".join(line for _, line in HtmlFormatter()._format_lines(iter(tokens)))

    assert "".join(coloured(tokens)) == expected


def test_elements_are_written_the_same() -> None:
    root = Element(
        "div", {"hidden": "hidden", "title": 'a "b" & <c> &amp;', "download": "download"}
    )
    root.text = "a < b & c &lt;"
    SubElement(root, "br").tail = "after > it"
    SubElement(root, "script").text = "1 < 2"
    root.append(Comment("x < y"))
    root[-1].tail = "tail"
    root.tail = "end"

    assert to_html(root) == to_html_string(root)
