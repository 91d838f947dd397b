"""Stage 5, render: rows become files of the stage, pages in parallel, formats and feeds last."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, TemplateNotFound, TemplateSyntaxError
from msgspec import Struct
from msgspec.structs import replace

from ..links.check import find_page_links
from ..markdown.document import Document
from ..markdown.tree import refuse_marks
from ..site.site import CopyRow, PageRow, PelicanRow, Row, WriterRow
from ..site.view import SiteView
from ..source.problem import Problem
from ..source.sums import sum_of
from .bounds import Bounds
from .cache import Cache, Entry, copy_key, page_fingerprint, view_key
from .page_faults import dead_link_problems, told_once
from .read import Progress
from .stage import Stage
from .template_faults import FAULTS, MissingName, missing_template, template_problem
from .workers import available_processes, run_tasks

FILES_A_TASK = 30
"""Files in other formats that it writes: the feeds of one list are in one task."""

PAGES_A_TASK = 25
"""Pages that a worker renders before it reports."""


@functools.lru_cache(maxsize=1)
def template_environment(theme: Path, assets: str) -> Environment:
    """Return Jinja as all templates are rendered: escaped by default, and strict about names.

    Builds of a process share it while the theme's files stay the same, and it compiles a template
    again when its file changed. Macros see no `site`, so `assets`, the address of those files, is
    a global name.
    """
    environment = Environment(
        loader=FileSystemLoader(theme / "templates"),
        autoescape=True,
        undefined=MissingName,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["assets"] = assets
    return environment


def check_templates(
    rows: Sequence[Row],
    renderer: PageRenderer,
    *,
    documents: Sequence[Document],
    problems: list[Problem],
) -> None:
    """Find rows whose template is not there, and templates that do not compile."""
    first_users: dict[tuple[str, Environment], PageRow] = {}
    for row in rows:
        if isinstance(row, PageRow):
            first_users.setdefault((row.template, renderer.environment_of(row)), row)
    for (name, used), row in sorted(first_users.items(), key=lambda user: user[0][0]):
        try:
            used.get_template(name)
        except TemplateNotFound:
            problems += missing_template(row, used.list_templates(), documents)
        except TemplateSyntaxError as error:
            problems.append(template_problem(renderer.theme, error, row))


def render_rows(
    rows: Sequence[Row],
    keys: Mapping[str, str],
    renderer: PageRenderer,
    *,
    progress: Progress,
) -> list[Problem]:
    """Write every row into the stage: pages first, then files, then feeds and other formats.

    Rows that the last build wrote just so, under the same key, are left as they are. The problems
    are those of templates, or when there are none, of links that lead nowhere.
    """
    stage, cache = renderer.stage, renderer.cache
    kept = _kept(keys, cache.pages, stage)
    fresh = [row for row in rows if row.path not in kept]
    pages = [row for row in fresh if isinstance(row, PageRow)]
    rendered = _render_pages(pages, renderer, progress)
    problems = [answer for answer in rendered if isinstance(answer, Problem)]
    if problems:
        return told_once(problems)
    copies = [row for row in fresh if isinstance(row, CopyRow)]
    copied = [_copy(row, stage, renderer.fingerprint) for row in copies]
    if problems := [answer for answer in copied if isinstance(answer, Problem)]:
        return problems
    others = [row for row in fresh if isinstance(row, WriterRow)]
    told: dict[str, list[Problem]] = {}
    written = [answer for answer in (*rendered, *copied) if isinstance(answer, Entry)]
    for file, found in _write_all(others, stage):
        written.append(file)
        told[file.path] = found
    entries = {**kept, **{w.path: replace(w, key=w.key or keys[w.path]) for w in written}}
    # What is told of a file has to be told again at the next build, which so writes it anew.
    cache.fresh_pages = {path: entry for path, entry in entries.items() if not told.get(path)}
    dead = dead_link_problems(rows, entries, cache)
    return told_once([*chain.from_iterable(told.values()), *dead])


def _write_all(rows: Sequence[WriterRow], stage: Stage) -> Iterator[tuple[Entry, list[Problem]]]:
    """Write the rows in parallel; each file, and what is wrong with it."""
    tasks = [rows[n : n + FILES_A_TASK] for n in range(0, len(rows), FILES_A_TASK)]

    def write(number: int) -> list[tuple[Entry, list[Problem]]]:
        return [_write(row, stage) for row in tasks[number]]

    for _, found in run_tasks(write, len(tasks), processes=available_processes()):
        if isinstance(found, list):
            yield from found


def _write(row: WriterRow, stage: Stage) -> tuple[Entry, list[Problem]]:
    data = row.write()
    size, time = stage.write(row.path, data)
    return Entry(row.path, "", "", size, time), row.check(data) if row.check else []


def _kept(keys: Mapping[str, str], known: Mapping[str, Entry], stage: Stage) -> dict[str, Entry]:
    """The entries of rows that the last build wrote just so, whose files the stage now has.

    It has none when they are all that there is to the live site.
    """
    pairs = ((known.get(path), key) for path, key in keys.items())
    same = {entry.path: entry for entry, key in pairs if entry and key and entry.key == key}
    files = {entry.path: (entry.size, entry.time) for entry in same.values()}
    stage.is_needed = not (stage.stays and len(same) == len(keys) and stage.is_live(files))
    if not stage.is_needed:
        return same
    stage.begin_with(keys)
    return {path: entry for path, entry in same.items() if stage.keep(path, *files[path])}


def _copy(row: CopyRow, stage: Stage, fingerprint: str) -> Entry | Problem:
    try:
        data = row.file.read_bytes()
    except OSError as error:
        return Problem(row.origin, f"a file that cannot be read ({error.strerror})", "it readable")
    key = copy_key(fingerprint, sum_of(data))  # of these bytes: it may have changed since the plan
    return Entry(row.path, key, "", *stage.write(row.path, data))


def _render_pages(
    pages: Sequence[PageRow], renderer: PageRenderer, progress: Progress
) -> list[Entry | Problem]:
    tasks = [pages[n : n + PAGES_A_TASK] for n in range(0, len(pages), PAGES_A_TASK)]

    def render(number: int) -> list[Entry | Problem]:
        return [renderer.render(row) for row in tasks[number]]

    answers: list[Entry | Problem] = []
    running = run_tasks(render, len(tasks), processes=available_processes())
    for done, (_, found) in enumerate(running, 1):
        progress("writing", min(done * PAGES_A_TASK, len(pages)), len(pages))
        if isinstance(found, list):
            answers += found
    return answers


class PageRenderer(Struct, frozen=True):
    """Renders pages of one site into its stage."""

    stage: Stage
    site: SiteView
    environment: Environment
    theme: Path
    fingerprint: str
    """Of all that every page depends on."""
    cache: Cache
    bounds: Bounds = Bounds()

    def environment_of(self, row: PageRow) -> Environment:
        """Jinja as the row's template expects it."""
        return row.environment if isinstance(row, PelicanRow) else self.environment

    def render(self, row: PageRow) -> Entry | Problem:
        """Write one page, unless the last build did just so; or the problem of its template."""
        if isinstance(row, PelicanRow):
            return self._written(row, "", row.names, absolute=str(row.names["SITEURL"]))
        key = view_key(row, self.fingerprint, self.cache.memory.digests)
        entry = self.cache.pages.get(row.path)
        is_same = entry and key and key == entry.view
        if entry and is_same and self.stage.keep(entry.path, entry.size, entry.time):
            return replace(entry, key="")
        return self._written(row, key, {"site": self.site, "page": row.page})

    def _written(
        self, row: PageRow, key: str, names: Mapping[str, object], *, absolute: str = ""
    ) -> Entry | Problem:
        try:
            template = self.environment_of(row).get_template(row.template)
            text = self.bounds.rendered(template, dict(names))
        except FAULTS as error:
            return template_problem(self.theme, error, row)
        refuse_marks(row.path, text)
        size, time = self.stage.write(row.path, text.encode())
        links = find_page_links(row.path, text, base=self.site.base, absolute=absolute)
        return Entry(row.path, "", key, size, time, links.encoded())


def page_renderer(
    stage: Stage, site: SiteView, theme: Path, cache: Cache, *, bounds: Bounds
) -> PageRenderer:
    """What renders the pages of a site, whose view is given, by a theme."""
    fingerprint = page_fingerprint(cache.fingerprint, theme, site, cache.memory.sums)
    environment = template_environment(theme, site.assets)
    return PageRenderer(stage, site, environment, theme, fingerprint, cache, bounds)
