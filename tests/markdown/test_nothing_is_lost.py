"""What holds for any text: no mark of ours is in its markup, and code arrives as it was typed."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.markdown import render_markdown
from plugins.markdown.blocks import find_blocks
from plugins.markdown.converter import Converter
from plugins.markdown.tree import parse_fragment
from tests.markdown.reading import HEAD, read_bytes
from tests.markdown.test_properties import TEXTS

# Matches what stands for something else on the way: stand-ins, and the tree's own elements.
MARKS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffc]|raw-html|raw-block|data-plain|hallway|wzxhzdk"
)

LINES = st.lists(
    st.sampled_from(
        [
            *("", " ", "a", "  b", "\tc", "- d", "> e", "# f", "    g", "1. h", "| i |", "<b>"),
            *(
                "&amp;",
                "\\*",
                "{: .j }",
                "``",
                "~~",
                "[k]: /l",
                "$m$",
                '"n"',
                "{{o}}",
                "p  ",
                "=== q",
            ),
        ]
    )
    | st.text(alphabet="ab <>&*_[](){}|#-+=~^:.!?'\"\\$é漢", max_size=12),
    max_size=8,
)

HOLDERS = {
    "nothing": ("", ""),
    "item": ("- text\n\n", "  "),
    "number": ("1. text\n\n", "   "),
    "quotation": ("> text\n>\n", "> "),
    "quoted item": ("> - text\n>\n", ">   "),
    "tab": ('=== "A"\n\n', "    "),
    "note": ("Text[^1].\n\n[^1]: Note.\n\n", "    "),
    "definition": ("Term\n:   Text\n\n", "    "),
    "details": ("??? note\n", "    "),
}


@given(TEXTS)
@settings(max_examples=300)
def test_no_mark_of_ours_is_in_any_markup(text: str) -> None:
    document, _ = read_bytes((HEAD + text).encode("utf-8", "surrogatepass"))

    if document and not MARKS.search(text):
        html = document.body.html(lambda link: link.target)
        lead = document.lead.html(lambda link: link.target)
        headings = repr(document.headings)
        assert MARKS.findall("\n".join([html, lead, headings, document.text])) == []


@given(LINES, st.sampled_from(sorted(HOLDERS)), st.sampled_from(["", "text", "unheard-of"]))
@settings(max_examples=300)
def test_what_is_typed_in_a_fence_is_what_arrives(
    lines: list[str], holder: str, language: str
) -> None:
    first, prefix = HOLDERS[holder]
    typed = ["`````" + language, *lines, "`````"]
    text = first + "\n".join((prefix + line) for line in typed) + "\n\nAfter.\n"

    (code,) = parse_fragment(render_markdown(text)).iter("pre")

    assert "".join(code.itertext()) == "".join(f"{line}\n" for line in lines)


@given(LINES)
@settings(max_examples=200)
def test_what_is_typed_indented_is_what_arrives(lines: list[str]) -> None:
    typed = ["begin", *lines, "end"]

    (code,) = parse_fragment(
        render_markdown("Text.\n\n" + "\n".join(f"    {line}" for line in typed))
    ).iter("pre")

    assert "".join(code.itertext()) == "".join(f"{line}\n" for line in typed)


# Matches a definition, which becomes no block of its own.
DEFINED = re.compile(r"[ >\t]*(?:[-*+]|\d+[.)])?[ >\t]*(?:\*\[|\[)[^\]]+\]:")


@given(TEXTS)
@settings(max_examples=300)
def test_every_line_belongs_to_a_block(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    converter = Converter(())
    env: dict[str, Any] = {"page": None}

    tokens = find_blocks("\n".join(lines), converter.md, env)

    held = {line for token in tokens if token.map for line in range(*token.map)}
    for definition in env.get("references", {}).values():
        held |= set(range(*definition["map"]))
    lost = [n for n, line in enumerate(lines) if line.strip(" \t") and n not in held]
    assert [lines[n] for n in lost if not DEFINED.match(lines[n])] == []
