"""Writes all commands of a document as one commented script, to read before running it.

Headings, titles and remarks become comments; placeholders get their defaults. Whatever does not
belong in a local shell becomes a comment too: steps on other machines; what is typed into Python or
a database, with the command that opened it; and the second and later tabs of a widget, which say
the same for other systems.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..markdown.document import Document
from ..site.feature import Download
from ..site.site import Site
from ..source.placeholder import Placeholder
from .holes import filled
from .model import CommandBlock, Dialect, PromptKind, Step
from .unfinished import scan

KIND = "page"
"""The name of a document without a kind."""


def downloads(document: Document, site: Site) -> Iterable[Download]:
    """Yield the script of a document with commands that a shell, or else PowerShell, can run."""
    blocks = document.parts_of(CommandBlock)
    for dialect, name in ((Dialect.SHELL, "commands.sh"), (Dialect.POWERSHELL, "commands.ps1")):
        if any(_runs_in(step, dialect) for block in blocks for step in block.session.commands):
            placeholders = document.front_matter.placeholders
            text = write_script(document.title, blocks, placeholders, dialect=dialect)
            kind = getattr(document.front_matter, "kind", KIND)
            yield Download(name, f"All commands of this {kind}", text.encode())
            return


def write_script(
    title: str,
    blocks: Sequence[CommandBlock],
    placeholders: Mapping[str, Placeholder],
    *,
    dialect: Dialect,
) -> str:
    """Return the script, ending with a newline."""
    lines = ["#!/usr/bin/env bash"] if dialect is Dialect.SHELL else []
    lines += [f"# {title}", "#", "# Read each command before you run it."]
    lines += _values(blocks, placeholders)
    heading, first_tab = "", ""
    for before, block in zip([None, *blocks], blocks, strict=False):
        if block.heading != heading:
            heading = block.heading
            lines += ["", "", f"# == {heading} =="]
        first_tab = _first_tab(before, block, first_tab)
        lines += _block(block, placeholders, dialect, is_live=block.tab == first_tab)
    return "\n".join(lines) + "\n"


def _values(
    blocks: Sequence[CommandBlock], placeholders: Mapping[str, Placeholder]
) -> Iterator[str]:
    names = dict.fromkeys(
        hole.name for block in blocks for step in block.session.steps for hole in step.holes
    )
    used = [placeholders[name] for name in names if name in placeholders]
    if used:
        yield from ("#", "# Values that you may want to change:")
    yield from (f"#   {each.label or each.name}: {each.default}" for each in used)


def _first_tab(before: CommandBlock | None, block: CommandBlock, first: str) -> str:
    """Return the label of the tab whose commands are live, among tabs in one widget."""
    is_new = before is None or not before.tab or before.heading != block.heading
    return block.tab if is_new or not block.tab else first


def _block(
    block: CommandBlock,
    placeholders: Mapping[str, Placeholder],
    dialect: Dialect,
    *,
    is_live: bool,
) -> Iterator[str]:
    name = f"{block.title} ({block.tab})" if block.title and block.tab else block.title or block.tab
    yield ""
    if name:
        yield f"# {name}"
    steps = block.session.steps
    for step, after in zip(steps, (*steps[1:], None), strict=False):
        yield from (f"# {comment}".rstrip() for comment in step.comments)
        runs = is_live and _runs_in(step, dialect) and not _opens(step, after)
        if step.lines:
            yield from _step(step, placeholders, is_live=runs)


def _step(step: Step, placeholders: Mapping[str, Placeholder], *, is_live: bool) -> Iterator[str]:
    scanned = scan(step.typed, step.prompt.kind.dialect)
    text = filled(step.typed, step.holes, placeholders).rstrip("\n")
    if is_live and not scanned.open:
        if step.prompt.kind is PromptKind.ROOT:
            yield "# as root:"
        yield from text.split("\n")
    else:
        prompts = [line.prompt for line in step.lines]
        for prompt, line in zip(prompts, text.split("\n"), strict=False):
            yield f"# {prompt}{line}".rstrip()


def _opens(step: Step, after: Step | None) -> bool:
    """Return whether the command starts the program that reads the next one, as `psql` does."""
    return after is not None and after.prompt.kind.dialect is not step.prompt.kind.dialect


def _runs_in(step: Step, dialect: Dialect) -> bool:
    """Return whether a script on the reader's machine can run the step."""
    is_here = not step.prompt.host or step.prompt.kind is PromptKind.USER
    return step.prompt.kind.dialect is dialect and is_here
