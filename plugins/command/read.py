"""Reads a document: makes fences into blocks, `{{name}}` into fields and neighbours into tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from xml.etree.ElementTree import Element

from msgspec.structs import replace

from ..markdown.reading import Fence, FenceReader, InlineReader, Reading, TreeReader, Where
from ..markdown.tree import text_of
from ..source.problem import Problem, Severity
from ..source.slug import slugify
from .holes import ALMOST, HOLE
from .lint import almost_holes, lint_options, lint_session, undeclared
from .model import CommandBlock, Hole
from .parse import LANGUAGES, parse_session
from .render import render_block, render_hole, render_hole_tools, render_tabs
from .settings import Settings
from .view import view_block, view_hole


def fence_readers(settings: Settings) -> Mapping[str, FenceReader]:
    """Return a fence reader for every language of sessions."""
    return dict.fromkeys(LANGUAGES, partial(read_fence, settings=settings))


def read_fence(fence: Fence, reading: Reading, *, settings: Settings) -> Element:
    """Return the block's element; add the block to the parts and its problems to the problems."""
    session, problems = parse_session(
        fence.body,
        language=fence.language,
        local_hosts=settings.local_hosts,
        data_commands=settings.all_data_commands,
    )
    placeholders = reading.front_matter.placeholders
    reading.problems += problems
    if not session.steps and not problems:
        reading.problems.append(_empty(fence, reading))
    reading.problems += lint_options(fence.options, reading.source, fence.line)
    reading.problems += lint_session(session, fence.body, placeholders=placeholders)
    title = fence.options.get("title", "").strip()
    block = CommandBlock(
        id=reading.unique_id(f"command-{slugify(title)}" if slugify(title) else "command"),
        session=session,
        language=fence.language,
        line=fence.line,
        title=title,
        tab=fence.options.get("tab", "").strip(),
        is_run="run" in fence.options,
    )
    reading.parts.append(block)
    view = view_block(block, placeholders=placeholders, fold_after=settings.fold_after)
    return render_block(view)


def _empty(fence: Fence, reading: Reading) -> Problem:
    return reading.source.problem(
        fence.line,
        fence.column,
        found="a block of commands with nothing in it",
        expected="a prompt and a command, like “$ ls”",
    )


# Running text -------------------------------------------------------------------------------


def read_inline(match: re.Match[str], reading: Reading, where: Where) -> Element | None:
    """Return the field for a placeholder in running text; report one that is not declared."""
    placeholders = reading.front_matter.placeholders
    view = view_hole(Hole(match[1], *match.span()), placeholders)
    if view:
        return render_hole(view)
    found, expected, hint = undeclared(match[1], placeholders)
    reading.problems.append(
        reading.source.problem(*where(), found=found, expected=expected, hint=hint)
    )
    return None


def read_almost(match: re.Match[str], reading: Reading, where: Where) -> None:
    """Warn about braces in running text that were probably meant as a placeholder."""
    placeholders = reading.front_matter.placeholders
    for _, (found, expected, hint) in almost_holes(match[0], placeholders):
        problem = reading.source.problem(
            *where(), found=found, expected=expected, hint=hint, severity=Severity.WARNING
        )
        reading.problems.append(problem)


INLINES = (
    InlineReader(pattern=HOLE.pattern, first="{{", read=read_inline),
    InlineReader(pattern=ALMOST.pattern, first="{{", read=read_almost),
)


# The tree -----------------------------------------------------------------------------------


def read_tree(root: Element, reading: Reading) -> None:
    """Give every block its heading, join neighbouring tabs and add the row of tools for fields."""
    if reading.parts_of(CommandBlock):
        _set_headings(root, reading)
        for parent in list(root.iter()):
            _join_tabs(parent, reading)
    if root.find(".//place-holder") is not None:
        _announce_fields(root)


TREES: tuple[TreeReader, ...] = (read_tree,)


def _set_headings(root: Element, reading: Reading) -> None:
    headings: dict[str, str] = {}
    heading = ""
    for found in root.iter():
        if re.fullmatch("h[1-6]", found.tag):
            heading = text_of(found)
        elif found.tag == "command-block":
            headings[found.get("id", "")] = heading
    reading.parts[:] = [
        replace(part, heading=headings.get(part.id, "")) if isinstance(part, CommandBlock) else part
        for part in reading.parts
    ]


def _join_tabs(parent: Element, reading: Reading) -> None:
    for run in list(_runs(parent)):
        index = list(parent).index(run[0])
        panels: list[tuple[str, str, list[Element]]] = []
        for block in run:
            label = block.attrib.pop("data-tab")
            if not panels or panels[-1][1] != label:
                panels.append((reading.unique_id(f"tab-{slugify(label)}"), label, []))
            panels[-1][2].append(block)
            parent.remove(block)
        tabs = render_tabs(panels)
        tabs.tail, run[-1].tail = run[-1].tail, None
        parent.insert(index, tabs)


def _runs(parent: Element) -> Iterator[list[Element]]:
    """Yield runs of neighbouring blocks with tabs; a repeated label begins the next run."""
    run: list[Element] = []
    for child in parent:
        is_tab = child.tag == "command-block" and "data-tab" in child.attrib
        label = child.get("data-tab")
        labels = [block.get("data-tab") for block in run]
        goes_on = not run or (
            not (run[-1].tail or "").strip() and (label not in labels or label == labels[-1])
        )
        if run and not (is_tab and goes_on):
            yield run
            run = []
        if is_tab:
            run.append(child)
    if run:
        yield run


def _announce_fields(root: Element) -> None:
    for index, child in enumerate(root):
        if child.tag == "place-holder" or child.find(".//place-holder") is not None:
            root.insert(index, render_hole_tools())
            return
