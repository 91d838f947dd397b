"""Stage 5, render: rows become files of the stage, pages in parallel, formats and feeds last."""

from __future__ import annotations

import functools
import json
import re
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)

from ..core.document import Document
from ..core.problem import (
    Place,
    Problem,
    Severity,
    did_you_mean,
    quoted,
    shown_path,
    sorted_problems,
)
from ..core.site import CopyRow, PageRow, PelicanRow, Row, WriterRow
from ..core.view import SiteView
from ..links.check import PageLinks, dead_links, find_page_links
from .cache import Cache, Entry, page_fingerprint, row_key
from .read import Progress
from .stage import Stage
from .workers import available_processes, run_tasks

FILES_A_TASK = 30
"""Files in other formats that it writes: the feeds of one list are in one task."""

PAGES_A_TASK = 25
"""Pages that a worker renders before it reports."""

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
"""What a template may raise, or a filter that the author has written."""


class MissingName(StrictUndefined):
    """A name that a view does not have: using it in any way raises, in a designer's words."""

    @property
    def _undefined_message(self) -> str:  # as Jinja 3.1 calls it
        name, view = str(self._undefined_name), self._undefined_obj
        if not is_dataclass(view):
            return super()._undefined_message
        near = did_you_mean(name, [field.name for field in fields(view)])
        hint = f" ({near})" if near else ""
        return f"{quoted(name)}, which {type(view).__name__} does not have{hint}"


@functools.lru_cache(maxsize=1)
def template_environment(theme: Path) -> Environment:
    """Jinja as all templates are rendered: escaped by default, and strict about names.

    It is one for all builds of a process, and compiles a template again when its file changed.
    """
    return Environment(
        loader=FileSystemLoader(theme / "templates"),
        autoescape=True,
        undefined=MissingName,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def check_templates(
    rows: Sequence[Row],
    environment: Environment,
    theme: Path,
    *,
    documents: Sequence[Document],
    problems: list[Problem],
) -> None:
    """Find rows whose template is not there, and templates that do not compile."""
    first_users: dict[tuple[str, Environment], PageRow] = {}
    for row in rows:
        if isinstance(row, PageRow):
            used = row.environment if isinstance(row, PelicanRow) else environment
            first_users.setdefault((row.template, used), row)
    for (name, used), row in sorted(first_users.items(), key=lambda user: user[0][0]):
        try:
            used.get_template(name)
        except TemplateNotFound:
            problems += _missing_template(row, name, used.list_templates(), documents)
        except TemplateSyntaxError as error:
            problems.append(_template_problem(theme, error, error.lineno, row))


def render_rows(
    rows: Sequence[Row],
    stage: Stage,
    *,
    site: SiteView,
    environment: Environment,
    theme: Path,
    cache: Cache,
    progress: Progress,
) -> list[Problem]:
    """Write every row into the stage: pages first, then files, then feeds and other formats.

    Rows that the last build wrote just so are left as they are. The problems are those of
    templates, or when there are none, of links that lead nowhere.
    """
    stage.begin_with(row.path for row in rows)
    fingerprint = page_fingerprint(cache.fingerprint, theme, site)
    digests = cache.memory.digests
    digests.turn()
    keys = {row.path: row_key(row, fingerprint, digests) for row in rows}
    kept = {
        path: page for path, key in keys.items() if (page := _unchanged(path, key, cache, stage))
    }
    fresh = [row for row in rows if row.path not in kept]
    pages = [row for row in fresh if isinstance(row, PageRow)]
    rendered = _render_pages(pages, PageRenderer(stage, site, environment, theme), progress)
    problems = [answer for answer in rendered if isinstance(answer, Problem)]
    if problems:
        return _once(problems)
    copies = [row for row in fresh if isinstance(row, CopyRow)]
    if problems := [problem for row in copies if (problem := _copy(row, stage))]:
        return problems
    others = [row for row in fresh if isinstance(row, WriterRow)]
    told: dict[str, list[Problem]] = {}
    written = [answer for answer in rendered if isinstance(answer, Written)]
    for file, found in _write_all(others, stage):
        written.append(file)
        told[file.path] = found
    entries = {w.path: Entry(w.path, keys[w.path], w.size, w.time, _encoded(w)) for w in written}
    links = [*_links_of(rows, kept), *(w.links for w in written if w.links)]
    # What is told of a file has to be told again at the next build, which so writes it anew.
    cache.fresh_pages = {p: e for p, e in {**kept, **entries}.items() if not told.get(p)}
    return _once([*chain.from_iterable(told.values()), *dead_links(links, frozenset(keys))])


def _write_all(rows: Sequence[WriterRow], stage: Stage) -> Iterator[tuple[Written, list[Problem]]]:
    """Write the rows in parallel; each file, and what is wrong with it."""
    tasks = [rows[n : n + FILES_A_TASK] for n in range(0, len(rows), FILES_A_TASK)]

    def write(number: int) -> list[tuple[Written, list[Problem]]]:
        return [_write(row, stage) for row in tasks[number]]

    for _, found in run_tasks(write, len(tasks), processes=available_processes()):
        if isinstance(found, list):
            yield from found


def _write(row: WriterRow, stage: Stage) -> tuple[Written, list[Problem]]:
    data = row.write()
    return Written(row.path, *stage.write(row.path, data)), row.check(data) if row.check else []


def _unchanged(path: str, key: str, cache: Cache, stage: Stage) -> Entry | None:
    """The entry of a row that the last build wrote just so, whose file is in the stage now."""
    page = cache.pages.get(path)
    if not key or not page or page.key != key or not stage.keep(path, page.size, page.time):
        return None
    return page


def _links_of(rows: Iterable[Row], kept: Mapping[str, Entry]) -> Iterator[PageLinks]:
    """The links of the pages that were left as they are."""
    for row in rows:
        page = kept.get(row.path)
        if page and page.links:
            ids, targets = json.loads(page.links)
            yield PageLinks(row.path, row.origin, frozenset(ids), frozenset(map(tuple, targets)))


def _encoded(written: Written) -> str:
    if not written.links:
        return ""
    return json.dumps([sorted(written.links.ids), sorted(written.links.targets)])


def _once(problems: Iterable[Problem]) -> list[Problem]:
    """One of the problems that many pages have from one template or view, and how many they are."""
    groups: dict[tuple[Place | str, str, Severity], list[Problem]] = {}
    for problem in problems:
        found = problem.found.partition(" (on ")[0]
        place = problem.place if problem.place.line else found
        groups.setdefault((place, found, problem.severity), []).append(problem)
    return [_counted(group) for group in groups.values()]


def _counted(group: list[Problem]) -> Problem:
    first = sorted_problems(group)[0]
    if len(group) == 1:
        return first
    others = f"{len(group) - 1} other page{'s' if len(group) > 2 else ''} have it too"
    return replace(first, hint=f"{first.hint}; {others}" if first.hint else others)


def _copy(row: CopyRow, stage: Stage) -> Problem | None:
    try:
        data = row.file.read_bytes()
    except OSError as error:
        return Problem(row.origin, f"a file that cannot be read ({error.strerror})", "it readable")
    stage.write(row.path, data)
    return None


@dataclass(frozen=True, slots=True)
class Written:
    """A file of the stage, and the links on it if it is a page."""

    path: str
    size: int
    time: int
    links: PageLinks | None = None


def _render_pages(
    pages: Sequence[PageRow], renderer: PageRenderer, progress: Progress
) -> list[Written | Problem]:
    tasks = [pages[n : n + PAGES_A_TASK] for n in range(0, len(pages), PAGES_A_TASK)]

    def render(number: int) -> list[Written | Problem]:
        return [renderer.render(row) for row in tasks[number]]

    answers: list[Written | Problem] = []
    running = run_tasks(render, len(tasks), processes=available_processes())
    for done, (_, found) in enumerate(running, 1):
        progress("writing", min(done * PAGES_A_TASK, len(pages)), len(pages))
        if isinstance(found, list):
            answers += found
    return answers


@dataclass(frozen=True, slots=True)
class PageRenderer:
    """Renders pages of one site into its stage."""

    stage: Stage
    site: SiteView
    environment: Environment
    theme: Path

    def render(self, row: PageRow) -> Written | Problem:
        """Write one page; what it is then, or the problem that its template has."""
        try:
            text = self._text(row)
        except FAULTS as error:
            line = _template_line(error)
            return _template_problem(self.theme, error, line, row)
        size, time = self.stage.write(row.path, text.encode())
        return Written(row.path, size, time, self._links(row, text))

    def _links(self, row: PageRow, text: str) -> PageLinks:
        """The links of a page; dead ones of a theme that is not the author's stop no build."""
        if not isinstance(row, PelicanRow):
            return find_page_links(row.path, row.origin, text, base=self.site.base)
        url, theme = str(row.names["SITEURL"]), Place(shown_path(Path(str(row.names["THEME"]))))
        links = find_page_links(row.path, theme, text, base=self.site.base, absolute=url)
        return replace(links, severity=Severity.WARNING)

    def _text(self, row: PageRow) -> str:
        if isinstance(row, PelicanRow):
            return row.environment.get_template(row.template).render(row.names)
        template = self.environment.get_template(row.template)
        return template.render(site=self.site, page=row.view)


def _missing_template(
    row: Row, name: str, known: list[str], documents: Sequence[Document]
) -> list[Problem]:
    """A problem for each document that asks for the template, or for the row if none does."""
    found = f"the template {quoted(name)}, which the theme does not have"
    expected, hint = "a template of the theme", did_you_mean(name, known)
    askers = [d for d in documents if f"{d.front_matter.template}.html" == name]
    return [d.problem("template", found=found, expected=expected, hint=hint) for d in askers] or [
        Problem(row.origin, found, expected, hint)
    ]


def _template_line(error: Exception) -> tuple[str, int] | int:
    """The template and line that an error rose in, from its traceback, where all else is Python."""
    frames = traceback.extract_tb(error.__traceback__)
    inside = [f for f in frames if not f.filename.endswith(".py") and Path(f.filename).is_file()]
    return (inside[-1].filename, inside[-1].lineno or 0) if inside else 0


def _template_problem(
    theme: Path, error: Exception, line: tuple[str, int] | int, row: Row
) -> Problem:
    file, number = line if isinstance(line, tuple) else (_file_of(error, theme, row), line)
    path = Path(file)
    lines = path.read_text("utf-8").split("\n") if path.is_file() else []
    excerpt = lines[number - 1] if 0 < number <= len(lines) else ""
    column = _column(excerpt, error)
    return Problem(
        Place(shown_path(path), number, column if excerpt else 0),
        found=_what(error),
        expected=_expected(error, row),
        hint=f"it was rendered for {row.origin}",
        excerpt=excerpt,
    )


def _expected(error: Exception, row: Row) -> str:
    if not isinstance(error, UndefinedError):
        return "a template that can be rendered"
    return (
        "a name that Pelican or a setting has"
        if isinstance(row, PelicanRow)
        else "a name that the page's view has"
    )


def _file_of(error: Exception, theme: Path, row: Row) -> str:
    named: Any = getattr(error, "filename", None) or getattr(row, "template", "")
    return str(theme / "templates" / named)


def _column(line: str, error: Exception) -> int:
    """Where the name that the error quotes stands in its line, else where the line begins."""
    for name in re.findall("[“']([^”']+)[”']", str(error)):
        if name in line:
            return line.index(name) + 1
    return len(line) - len(line.lstrip()) + 1


def _what(error: Exception) -> str:
    text = str(error).rstrip(".")
    if isinstance(error, UndefinedError):
        return text
    if isinstance(error, TemplateNotFound):
        return f"the template {quoted(str(error.name or text))}, which the theme does not have"
    kind = "" if isinstance(error, TemplateError) else f"{type(error).__name__}: "
    return f"a fault in the template ({kind}{text[:1].lower()}{text[1:]})"
