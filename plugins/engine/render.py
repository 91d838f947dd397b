"""Stage 5, render: rows become files of the stage, in parallel: pages, files, then feeds.

A row that the last build wrote under the same key is not written again.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemLoader,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.bccache import Bucket
from msgspec import Raw, Struct
from msgspec.json import Decoder, encode
from msgspec.structs import replace

from ..links.check import PageLinks, find_page_links
from ..markdown.document import Document, Markup
from ..markdown.tree import refuse_marks
from ..site.remembers import Call, segments_of
from ..site.site import CopyRow, PageRow, PelicanRow, Row, TemplateRow, WriterRow
from ..site.view import SiteView
from ..source.plain import NotPlainError, encoded
from ..source.problem import Problem, Problems
from .bounds import Bounds
from .memo import Memo
from .page_faults import dead_link_problems, told_once
from .read import Progress
from .stage import OnDisk, Stage
from .template_faults import FAULTS, MissingName, missing_template, template_problem
from .workers import available_processes, run_tasks

ROWS_A_TASK = 30
"""The number of rows that a worker writes before it answers: one list's feeds are in one task."""


class Done(Struct, frozen=True, array_like=True):
    """The result of a row that had to be written."""

    written: OnDisk | None
    links: PageLinks | None = None
    """The links of a page; None for other files."""
    problems: tuple[Problem, ...] = ()


class Bytecode(BytecodeCache):
    """The compiled templates of one theme."""

    def __init__(self, known: dict[str, bytes]) -> None:
        self.known = known

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load the compiled template if its source is the same."""
        if data := self.known.get(bucket.key + bucket.checksum):
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Store the compiled template."""
        self.known[bucket.key + bucket.checksum] = bucket.bytecode_to_string()


@functools.lru_cache(maxsize=1)
def template_environment(theme: Path, state: str, assets: str) -> Environment:
    """Return the Jinja environment of our templates: it escapes, and is strict about names.

    All builds of a process share it while the theme's files have the same `state`. Macros do not
    see `site`, so `assets`, the address of the theme's files, is a global name.
    """
    environment = Environment(
        auto_reload=False,
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
    renderer: Renderer,
    *,
    documents: Sequence[Document],
    problems: Problems,
) -> None:
    """Report rows whose template is missing, and templates that do not compile.

    If all of our templates compile, the compiled ones are cached.
    """
    pages = [row for row in rows if isinstance(row, TemplateRow)]
    names, memo = sorted({page.template for page in pages}), renderer.memo
    key = memo.key("templates", memo.digests_below(renderer.theme, ending=".html"), names)
    known = memo.answers([key], dict[str, bytes])
    bytecode = renderer.environment.bytecode_cache = Bytecode(known.get(key, {}))
    others = [row for row in rows if isinstance(row, PelicanRow)]
    found = list(_faulty(others if known else [*pages, *others], renderer, documents))
    problems += found
    if not known and not found:
        for name in renderer.environment.list_templates():
            with contextlib.suppress(TemplateSyntaxError):  # a template that nothing uses
                renderer.environment.get_template(name)
        memo.add("answers", key, encoded(bytecode.known))
        memo.commit()


def _faulty(
    rows: Sequence[PageRow], renderer: Renderer, documents: Sequence[Document]
) -> Iterator[Problem]:
    first_users: dict[tuple[str, Environment], PageRow] = {}
    for row in rows:
        first_users.setdefault((row.template, renderer.environment_of(row)), row)
    for (name, used), row in sorted(first_users.items(), key=lambda user: user[0][0]):
        try:
            used.get_template(name)
        except TemplateNotFound:
            yield from missing_template(row, used.list_templates(), documents)
        except TemplateSyntaxError as error:
            yield template_problem(renderer.theme, error, row)


class Renderer(Struct, frozen=True):
    """A writer of the rows of one site into its stage."""

    stage: Stage
    site: SiteView
    environment: Environment
    theme: Path
    templates: str
    """A digest of the inputs of every page: the theme's files, the view of the site, bounds."""
    memo: Memo
    bounds: Bounds = Bounds()

    def environment_of(self, row: PageRow) -> Environment:
        """Return the Jinja environment that the row's template expects."""
        return row.environment if isinstance(row, PelicanRow) else self.environment

    def known(self, path: str, key: str) -> bool:
        """Return True if the last build wrote this row and nobody has changed its file."""
        row = self.memo.rows.get(path)
        return bool(key) and row is not None and row.key == key and self.stage.keeps(path)

    def done(self, row: Row) -> Done | None:
        """Write one row if it has changed; return None if it has not."""
        if isinstance(row, PelicanRow):
            return self._page(row, "", row.names, absolute=str(row.names["SITEURL"]))
        if isinstance(row, TemplateRow):
            page = row.page
            key = self.memo.key("page", self.templates, row.template, page)
            if self.known(row.path, key):
                return None
            return self._page(row, key, {"site": self.site, "page": page})
        return self._file(row)

    def _page(
        self, row: PageRow, key: str, names: Mapping[str, Any], *, absolute: str = ""
    ) -> Done:
        page, markup, body = names.get("page"), None, ""
        if page and isinstance(markup := getattr(page, "html", None), Markup):
            body = markup.html(segments_of(self.memo, markup.digest))
            names = {**names, "page": replace(page, html=body)}
        try:
            template = self.environment_of(row).get_template(row.template)
            text = self.bounds.rendered(template, dict(names))
        except FAULTS as error:
            return Done(None, None, (template_problem(self.theme, error, row),))
        refuse_marks(row.path, text)
        links = self._links(row.path, text, body, markup, absolute)
        return Done(OnDisk(row.path, key, *self.stage.write(row.path, text.encode())), links)

    def _links(
        self, path: str, text: str, body: str, markup: Markup | None, absolute: str
    ) -> PageLinks:
        """Return the links of a page; only the text around its document is searched.

        Those of the document are known.
        """
        before, found, after = text.partition(body) if body and markup else (text, "", "")
        known = markup if found else None
        return find_page_links(
            path,
            before + after,
            base=self.site.base,
            absolute=absolute,
            ids=known.ids if known else (),
            addresses=known.addresses if known else (),
        )

    def _file(self, row: WriterRow | CopyRow) -> Done | None:
        key = self.file_key(row)
        if self.known(row.path, key):
            return None
        if isinstance(row, WriterRow):
            data = row.data(self.memo)
            told = tuple(row.check(data)) if row.check else ()
            key = "" if told else key  # to be written, and reported, again
            return Done(OnDisk(row.path, key, *self.stage.write(row.path, data)), None, told)
        try:
            data = row.file.read_bytes()
        except OSError as error:
            found = f"a file that cannot be read ({error.strerror})"
            return Done(None, None, (Problem(row.origin, found, "it readable"),))
        return Done(OnDisk(row.path, key, *self.stage.write(row.path, data)))

    def file_key(self, row: WriterRow | CopyRow) -> str:
        """Return the key of a row that is no page; empty for a row that is always written."""
        try:
            if isinstance(row, CopyRow):
                return self.memo.key("copy", self.memo.digest_of(str(row.file)))
            if isinstance(row.write, functools.partial):
                made = row.write.func, row.write.args, row.write.keywords
                return self.memo.key("write", made, [call.digest for call in row.parts or ()])
        except (NotPlainError, OSError):
            pass
        return ""


def renderer_of(
    stage: Stage, site: SiteView, theme: Path, memo: Memo, *, bounds: Bounds
) -> Renderer:
    """Return the renderer of a site's rows into the stage."""
    state = memo.key("theme", memo.digests_below(theme))
    environment = template_environment(theme, state, site.assets)
    templates = memo.key(state, site, bounds)
    return Renderer(stage, site, environment, theme, templates, memo, bounds)


def render_rows(
    rows: Sequence[Row], renderer: Renderer, *, progress: Progress
) -> tuple[list[Problem], Kept]:
    """Write every row into the stage that has changed since the last build.

    Returns the problems of templates or, if there are none, those of files and dead links, and what
    to cache once the site is live.
    """
    memo, stage = renderer.memo, renderer.stage
    stage.begin_with({row.path for row in rows}, memo.rows)
    pages = [row for row in rows if isinstance(row, PageRow)]
    others = [row for row in rows if not isinstance(row, PageRow)]
    keys = {row.path: renderer.file_key(row) for row in others}
    stale = [row for row in others if not renderer.known(row.path, keys[row.path])]
    done = list(_done(pages, renderer, progress))
    told = [problem for each in done for problem in each.problems]
    if told:
        return told_once(told), Kept({}, {})
    answer_calls(others, memo, stale)
    done += _done(stale, renderer, progress)
    return _outcome(rows, keys, done, renderer)


class Kept(Struct, frozen=True):
    """The rows and encoded links to cache once the site is live."""

    rows: Mapping[str, OnDisk]
    links: Mapping[str, bytes]


def _outcome(
    rows: Sequence[Row], keys: Mapping[str, str], done: Sequence[Done], renderer: Renderer
) -> tuple[list[Problem], Kept]:
    memo, stage = renderer.memo, renderer.stage
    fresh = {each.written.path: each.written for each in done if each.written}
    same = {
        row.path: memo.rows[row.path]
        for row in rows
        if row.path not in fresh and row.path in memo.rows
    }
    links = {each.written.path: each.links for each in done if each.written and each.links}
    told = [problem for each in done for problem in each.problems]
    told += dead_link_problems(rows, links, memo)
    stage.complete(same.keys(), fresh, memo.rows)
    return told_once(told), Kept({**same, **fresh}, {path: encode(p) for path, p in links.items()})


def _done(rows: Sequence[Row], renderer: Renderer, progress: Progress) -> Iterator[Done]:
    """Yield the results of the rows that had to be written."""
    tasks = [rows[n : n + ROWS_A_TASK] for n in range(0, len(rows), ROWS_A_TASK)]
    decode = Decoder(list[Done]).decode

    def work(number: int) -> bytes:
        return encode([done for row in tasks[number] if (done := renderer.done(row))])

    for number, answer in enumerate(_run(work, len(tasks)), 1):
        progress("writing", min(number * ROWS_A_TASK, len(rows)), len(rows))
        yield from decode(answer)


def answer_calls(rows: Iterable[Row], memo: Memo, stale: Iterable[Row] | None = None) -> None:
    """Run the calls that `stale` rows need (all rows by default), and cache their answers.

    The answers of calls that only other rows need stay in the cache.
    """
    calls = _calls(rows, memo)
    lacking = memo.lacking(calls) & (calls if stale is None else _calls(stale, memo)).keys()
    missing = [(key, calls[key]) for key in sorted(lacking)]
    tasks = [missing[n : n + ROWS_A_TASK] for n in range(0, len(missing), ROWS_A_TASK)]
    decode = Decoder(list[tuple[str, Raw]]).decode

    def work(number: int) -> bytes:
        return encode([(key, call.function(memo, *call.arguments)) for key, call in tasks[number]])

    for answer in _run(work, len(tasks)):
        for key, data in decode(answer):
            memo.add("texts", key, bytes(data))
    memo.commit()


def _calls(rows: Iterable[Row], memo: Memo) -> dict[str, Call]:
    writers = (row for row in rows if isinstance(row, WriterRow) and row.parts)
    return {memo.call_key(call): call for row in writers for call in row.parts or ()}


def _run(work: Callable[[int], bytes], count: int) -> Iterator[bytes]:
    for _, answer in run_tasks(work, count, processes=available_processes()):
        assert isinstance(answer, bytes)  # there is no time limit
        yield answer
