"""Turns a session into plain strings: prompts, coloured tokens and the clipboard's text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct

from ..source.placeholder import Placeholder
from ..source.times import day_in_words
from .colour import colours
from .holes import find_holes, quote, template
from .model import CommandBlock, Dialect, Hole, Prompt, PromptKind, Step
from .parse import LANGUAGES
from .prompts import CONTAINER

CAPTIONS = {
    Dialect.SHELL: "Commands",
    Dialect.PYTHON: "Python session",
    Dialect.POWERSHELL: "PowerShell commands",
    Dialect.SQL: "Database session",
}


class HoleView(Struct, frozen=True):
    """A field that a reader may fill in."""

    name: str
    label: str
    default: str
    shown: str
    """The default, quoted for this place."""
    quoting: str
    accepts: str
    """The values that this place accepts: a value of `Accepts`."""
    pattern: str = ""
    choices: tuple[str, ...] = ()
    is_mirror: bool = False
    """True if the field only shows a value that is filled in elsewhere."""


class Piece(Struct, frozen=True):
    """A token: a stretch of text in one colour, or a field with empty text."""

    text: str
    style: str = ""
    hole: HoleView | None = None


class LineView(Struct, frozen=True):
    """A line of a command or of output."""

    pieces: tuple[Piece, ...]
    prompt: str = ""


class CopyView(Struct, frozen=True):
    """A button's text to copy, with `{{name}}`, and the quoting of each value in it."""

    text: str
    quotings: tuple[str, ...] = ()


class StepView(Struct, frozen=True):
    """One step."""

    kind: str
    where: str
    """The words of its band, such as `root on db1`; empty for a step of the reader's own user."""
    comments: tuple[str, ...]
    lines: tuple[LineView, ...]
    copy: CopyView | None
    output: tuple[LineView, ...]
    """The lines that are always shown."""
    folded: tuple[LineView, ...]
    """The lines after them."""


class BlockView(Struct, frozen=True):
    """One block."""

    id: str
    title: str
    caption: str
    """The name of a block without a title."""
    tab: str
    steps: tuple[StepView, ...]
    copy: CopyView | None
    """All commands in order; None where a step's own button copies the same."""


def view_block(
    block: CommandBlock, *, placeholders: Mapping[str, Placeholder], fold_after: int
) -> BlockView:
    """Return the block as its page shows it, with the placeholders' defaults."""
    commands = block.session.commands
    return BlockView(
        id=block.id,
        title=block.title,
        caption=CAPTIONS[LANGUAGES[block.language][0]],
        tab=block.tab,
        steps=tuple(_view_step(step, placeholders, fold_after) for step in block.session.steps),
        copy=copy_of(commands) if len(commands) > 1 else None,
    )


def view_check(day: date, packages: Mapping[str, str]) -> str:
    """Return a verified block's note: `checked on 22 November 2026 with Alembic 1.20.1`."""
    *most, last = [f"{name} {version}" for name, version in sorted(packages.items())] or [""]
    named = f"{', '.join(most)} and {last}" if most else last
    return f"checked on {day_in_words(day)}" + (f" with {named}" if named else "")


def copy_of(steps: Iterable[Step]) -> CopyView:
    """Return what is typed in the steps, in order: no prompt, no output, no newline at the end."""
    steps = tuple(steps)
    text = "\n".join(template(step.typed, step.holes) for step in steps).rstrip("\n")
    return CopyView(text, tuple(hole.quoting.value for step in steps for hole in step.holes))


def view_hole(
    hole: Hole, placeholders: Mapping[str, Placeholder], *, is_mirror: bool = False
) -> HoleView | None:
    """Return the field for a placeholder, or None when it is not declared."""
    declared = placeholders.get(hole.name)
    if declared is None:
        return None
    return HoleView(
        name=declared.name,
        label=declared.label or declared.name.replace("_", " "),
        default=declared.default,
        shown=quote(declared.default, hole.quoting),
        quoting=hole.quoting.value,
        accepts=hole.accepts.value,
        pattern=declared.pattern,
        choices=declared.choices,
        is_mirror=is_mirror,
    )


def _view_step(step: Step, placeholders: Mapping[str, Placeholder], fold_after: int) -> StepView:
    output = tuple(_output_line(line, placeholders) for line in step.output)
    return StepView(
        kind=step.prompt.kind.value,
        where=_where(step.prompt),
        comments=step.comments,
        lines=tuple(_typed_lines(step, placeholders)),
        copy=copy_of([step]) if step.lines else None,
        output=output[:fold_after],
        folded=output[fold_after:],
    )


def _where(prompt: Prompt) -> str:
    """Return the words of a step's band; none for the reader's own user on their own machine."""
    match prompt.kind:
        case PromptKind.ROOT:
            return f"root {_on(prompt.host)}".strip()
        case PromptKind.REMOTE:
            return f"remote: {prompt.user} {_on(prompt.host)}"
        case PromptKind.DATABASE:
            superuser = " as superuser" if prompt.text.rstrip().endswith("#") else ""
            return f"database {prompt.database}".strip() + superuser
        case PromptKind.POWERSHELL if prompt.host:
            return f"remote: {_on(prompt.host)}"
        case _:
            return ""


def _on(host: str) -> str:
    if CONTAINER.fullmatch(host):
        return f"in container {host}"
    return f"on {host}" if host else ""


def _typed_lines(step: Step, placeholders: Mapping[str, Placeholder]) -> Iterator[LineView]:
    """Yield the lines of a command, coloured as they read with their defaults filled in."""
    text, fields = _with_defaults(step.typed, step.holes, placeholders)
    start = 0
    bounds = sorted(_cuts(text, step.prompt.kind.dialect, fields))
    for line in step.lines:
        end = _line_end(text, start)
        yield LineView(tuple(_pieces(text, start, end, bounds)), line.prompt)
        start = end + 1


class _Cut(Struct, frozen=True, order=True):
    """A stretch of a filled text: a colour or a field; the field wins."""

    start: int
    end: int
    style: str = ""
    hole: HoleView | None = None


def _with_defaults(
    text: str, holes: Iterable[Hole], placeholders: Mapping[str, Placeholder]
) -> tuple[str, list[_Cut]]:
    """Return the text with its defaults filled in, and the stretches of the fields."""
    pieces: list[str] = []
    fields: list[_Cut] = []
    length = last = 0
    for hole in holes:
        view = view_hole(hole, placeholders)
        shown = view.shown if view else text[hole.start : hole.end]
        length += hole.start - last
        if view:
            fields.append(_Cut(length, length + len(shown), hole=view))
        pieces += (text[last : hole.start], shown)
        length, last = length + len(shown), hole.end
    return "".join([*pieces, text[last:]]), fields


def _cuts(text: str, dialect: Dialect, fields: list[_Cut]) -> Iterator[_Cut]:
    """Yield the fields, and the parts of coloured stretches on one line and outside fields."""
    yield from fields
    walls = [(field.start, field.end) for field in fields]
    walls += [(match.start(), match.end()) for match in re.finditer(r"\n", text)]
    walls.sort()
    for start, end, style in colours(text, dialect):
        at = start
        for left, right in walls:
            if left >= end:
                break
            if right > at:
                yield from [_Cut(at, left, style)] if left > at else []
                at = right
        if at < end:
            yield _Cut(at, end, style)


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end >= 0 else len(text)


def _pieces(text: str, start: int, end: int, cuts: list[_Cut]) -> Iterator[Piece]:
    for cut in cuts:
        if cut.start < start or cut.end > end:
            continue
        if cut.start > start:
            yield Piece(text[start : cut.start])
        yield Piece("" if cut.hole else text[cut.start : cut.end], cut.style, cut.hole)
        start = cut.end
    if start < end:
        yield Piece(text[start:end])


def _output_line(line: str, placeholders: Mapping[str, Placeholder]) -> LineView:
    """Return a line of output; undeclared braces stay, since the command printed them."""
    text, holes = find_holes(line)
    pieces, last = [], 0
    for hole in holes:
        view = view_hole(hole, placeholders, is_mirror=True)
        if view:
            pieces += [Piece(text[last : hole.start]), Piece("", hole=view)]
            last = hole.end
    return LineView((*(piece for piece in pieces if piece.text or piece.hole), Piece(text[last:])))
