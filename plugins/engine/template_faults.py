"""The problems of a template: in its name, its text, or its use of a page's view."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable
from pathlib import Path

from jinja2 import (
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from msgspec import Struct

from ..markdown.document import Document
from ..site.site import PageRow, PelicanRow
from ..source.problem import Place, Problem, did_you_mean, quoted, shown_path
from .bounds import BoundsError

FAULTS = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    NameError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""The exceptions that a template, or a filter that the author has written, may raise."""


class MissingName(StrictUndefined):
    """A name that a view does not have: any use raises an error in a designer's words."""

    @property
    def _undefined_message(self) -> str:  # as Jinja 3.1 calls it
        name, view = str(self._undefined_name), self._undefined_obj
        if not isinstance(view, Struct):
            return super()._undefined_message
        near = did_you_mean(name, view.__struct_fields__)
        hint = f" ({near})" if near else ""
        return f"{quoted(name)}, which {type(view).__name__} does not have{hint}"


def missing_template(
    row: PageRow, known: Iterable[str], documents: Iterable[Document]
) -> list[Problem]:
    """Return a problem for each document that names the template, or else one for the row."""
    found = f"the template {quoted(row.template)}, which the theme does not have"
    expected, hint = "a template of the theme", did_you_mean(row.template, list(known))
    askers = [d for d in documents if f"{d.front_matter.template}.html" == row.template]
    return [d.problem("template", found=found, expected=expected, hint=hint) for d in askers] or [
        Problem(row.origin, found, expected, hint)
    ]


def template_problem(theme: Path, error: Exception, row: PageRow) -> Problem:
    """Return the problem of the error, at the line of the template that raised it."""
    path, number = _place(theme, error, row)
    lines = path.read_text("utf-8").split("\n") if path.is_file() else []
    excerpt = lines[number - 1] if 0 < number <= len(lines) else ""
    return Problem(
        Place(shown_path(path), number, _column(excerpt, error) if excerpt else 0),
        found=_what(error),
        expected=_expected(error, row),
        hint=f"it was rendered for {row.origin}",
        excerpt=excerpt,
    )


def _place(theme: Path, error: Exception, row: PageRow) -> tuple[Path, int]:
    """Return the template's file and line, from the last traceback frame that is no Python."""
    folder = theme / "templates"
    if isinstance(error, TemplateSyntaxError):
        return folder / (error.filename or row.template), error.lineno
    if isinstance(error, BoundsError):  # the line at which the time ran out is chance
        return folder / row.template, 0
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if not frame.filename.endswith(".py") and Path(frame.filename).is_file():
            return Path(frame.filename), frame.lineno or 0
    return folder / row.template, 0


def _column(line: str, error: Exception) -> int:
    """Return the column of the name that the error quotes, or of the line's first character."""
    for name in re.findall("[“']([^”']+)[”']", str(error)):
        # Not within a longer word: “car” is not in "card", though “}” may touch what it likes.
        if match := re.search(rf"(?!\B\w){re.escape(name)}(?<!\w\B)", line):
            return match.start() + 1
    return len(line) - len(line.lstrip()) + 1


def _what(error: Exception) -> str:
    text = str(error).rstrip(".")
    if isinstance(error, UndefinedError):
        return text
    if isinstance(error, BoundsError):
        return f"a template that {text}"
    if isinstance(error, TemplateNotFound):
        return f"the template {quoted(str(error.name or text))}, which the theme does not have"
    kind = "" if isinstance(error, TemplateError) else f"{type(error).__name__}: "
    return f"a fault in the template ({kind}{text[:1].lower()}{text[1:]})"


def _expected(error: Exception, row: PageRow) -> str:
    if isinstance(error, BoundsError):
        return "one that ends, and makes a page that people can load"
    if not isinstance(error, UndefinedError):
        return "a template that can be rendered"
    return (
        "a name that Pelican or a setting has"
        if isinstance(row, PelicanRow)
        else "a name that the page's view has"
    )
