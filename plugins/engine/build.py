"""The six stages of a build, one after the other."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct, field

from ..shell.view import Shell
from ..site.feature import Feature, sections_of
from ..site.site import PelicanRow, Row, Site, TemplateRow
from ..source.errors import ConfigurationError, ContentError, full_disk
from ..source.problem import Problem, Problems, Severity, shown_path
from ..source.settings import SiteSettings
from ..source.status import is_public
from ..source.text import counted
from .bounds import Bounds
from .collect import collect_site
from .lock import locked
from .memo import DamagedMemoError, Memo
from .plan import plan_output
from .publish import broken_promises, go_live, refuse_without_address
from .read import FileReader, read_data, read_documents, read_ledger, read_raw
from .render import Kept, check_templates, render_rows, renderer_of
from .report import Built, Reporter
from .scan import find_content
from .stage import Stage, StageError, is_ours


class Job(Struct, frozen=True):
    """The content, the theme, the features and the output folder of one build."""

    content: Path
    theme: Path
    """The folder of the theme with Hallway's own templates."""
    output: Path
    settings: SiteSettings
    features: tuple[Feature, ...]
    pelican_theme: Path | None = None
    """A theme for plain Pelican; it renders the pages that it has templates for."""
    ignored: tuple[str, ...] = ()
    """Patterns of file names in the content folder that are ignored."""
    memo: Memo = field(default_factory=Memo)
    reader: FileReader | None = None
    """The reader of a process that builds more than once."""
    check_only: bool = False
    """Stop before the exchange: the live site does not change."""


def build(job: Job, reporter: Reporter) -> Built:
    """Build the site and replace the live one in one step.

    Raises ContentError with all problems, ConfigurationError or LockedError; the live site is then
    unchanged.
    """
    with opened(job) as stage:
        site, rows, kept = fill(job, stage, reporter)
        if job.settings.publish:
            stop_at(list(broken_promises(job.content, job.output, site, rows)))
        if not job.check_only:
            go_live(job.content, stage, site, rows, job.features)
            with contextlib.suppress(DamagedMemoError):  # the next build is slower, no more
                job.memo.keep(kept.rows, kept.links)
    return _result(job, site, rows, reporter)


@contextlib.contextmanager
def opened(job: Job) -> Iterator[Stage]:
    """Open a stage and the memo; no other build can use them during the block."""
    _refuse_shared_output(job)
    refuse_without_address(job.settings)
    stage = Stage(job.output, stays=not job.settings.publish)
    with writing_output(job.output):
        stage.prepare()
        with locked(stage.lock), stage.opened(), job.memo.opened():
            yield stage


@contextlib.contextmanager
def writing_output(output: Path) -> Iterator[None]:
    """Turn failures to write inside the block into ConfigurationErrors that name the file."""
    try:
        yield
    except StageError as error:
        raise ConfigurationError(_unwritable(output, error)) from error


def stop_at(problems: Sequence[Problem]) -> None:
    """Raise ContentError with the problems if one of them is an error."""
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise ContentError(problems)


def _refuse_shared_output(job: Job) -> None:
    """Refuse an output folder whose replacement would remove files that no build has made."""
    output, name = job.output, f"OUTPUT_PATH: found {shown_path(job.output)!r}"
    if output.exists() and not output.is_dir():
        raise ConfigurationError(f"{name}, a file; expected a folder, or a name that is free")
    if Path.cwd().is_relative_to(output):
        raise ConfigurationError(f"{name}, the folder of the site; expected one inside it")
    sources = (job.content, job.theme, job.pelican_theme or job.theme)
    for folder in (source.resolve() for source in sources):
        if folder.is_relative_to(output) or output.is_relative_to(folder):
            shared = f"{name}, which shares files with {shown_path(folder)!r}"
            raise ConfigurationError(f"{shared}; expected a folder of its own")
    if output.exists() and not _is_ours(output, name):
        raise ConfigurationError(
            f"{name}, a folder with files that no build has made; expected one that is free or"
            " empty, since a build replaces it whole"
        )


def _is_ours(output: Path, name: str) -> bool:
    try:
        return is_ours(output)
    except OSError as error:
        found = f"{name}, a folder that cannot be read ({error.strerror})"
        raise ConfigurationError(f"{found}; expected one that you may read and write") from None


def fill(job: Job, stage: Stage, reporter: Reporter) -> tuple[Site, tuple[Row, ...], Kept]:
    """Read, collect, check, plan and render into the stage; start again if the memo was damaged."""
    while True:
        try:
            return _fill(job, stage, reporter)
        except DamagedMemoError:
            job.memo.forget()


def _fill(job: Job, stage: Stage, reporter: Reporter) -> tuple[Site, tuple[Row, ...], Kept]:
    problems = Problems()
    site = _site(job, reporter, problems)
    rows = plan_output(site, job.features, problems)
    bounds = Bounds(job.settings.template_time_limit, job.settings.page_size_limit)
    shell = site.part("shell", Shell).view
    renderer = renderer_of(stage, shell, job.theme, job.memo, bounds=bounds)
    check_templates(rows, renderer, documents=site.documents, problems=problems)
    stop_at(problems)
    found, kept = render_rows(rows, renderer, progress=reporter.progress)
    problems += found
    stop_at(problems)
    reporter.warnings(problems)
    return site, rows, kept


def _site(job: Job, reporter: Reporter, problems: Problems) -> Site:
    """Read the content and collect the site."""
    found = find_content(job.content, sections_of(job.features), job.ignored, problems)
    reader = job.reader or FileReader(job.content, job.settings, job.features, job.memo)
    documents = read_documents(
        job.content,
        found,
        reader=reader,
        memo=job.memo,
        problems=problems,
        progress=reporter.progress,
    )
    return collect_site(
        documents,
        found,
        read_data(job.content, found, job.features, problems),
        read_raw(job.content, found, job.features, problems),
        read_ledger(job.content, problems),
        folder=job.content,
        settings=job.settings,
        features=job.features,
        now=build_moment(job.settings),
        problems=problems,
        memo=job.memo,
    )


def build_moment(settings: SiteSettings) -> datetime:
    """Return the build's time: `SOURCE_DATE_EPOCH` or else the clock, in whole seconds.

    Raises ConfigurationError if the variable is no such number. See reproducible-builds.org for its
    specification; its unit is seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch and not epoch.isdecimal():
        raise ConfigurationError(f"SOURCE_DATE_EPOCH: found {epoch!r}; expected whole seconds")
    try:
        return datetime.fromtimestamp(int(epoch or time.time()), UTC).astimezone(settings.zone)
    except (OverflowError, OSError, ValueError):
        found = f"SOURCE_DATE_EPOCH: found {epoch!r}, which is in no year before 10000"
        raise ConfigurationError(f"{found}; expected whole seconds since 1970") from None


def _unwritable(output: Path, error: StageError) -> str:
    reason = error.strerror or str(error)
    file = os.fsdecode(error.filename2 or error.filename or output)
    full = full_disk(error, Path(file))
    return f"{file}: cannot be written ({reason}){full}; the site in {output} is as it was"


def _result(job: Job, site: Site, rows: Sequence[Row], reporter: Reporter) -> Built:
    made = [c for f in job.features if f.counts for c in f.counts(site, rows)]
    own = [d for d in site.documents if not is_public(site.marks.get(d.source, ""))]
    moments = (m for f in job.features if f.moments for m in f.moments(site) if m > site.now)
    return Built(
        since=site.now.timestamp(),
        until=min(map(datetime.timestamp, moments), default=float("inf")),
        made=(*made, counted(len(rows), "file")),
        seconds=reporter.seconds,
        output=shown_path(job.output),
        is_check=job.check_only,
        withheld=(f"{counted(len(own), 'text')} that only you see",) if own else (),
        next_step=_next_step(job),
        theme=_theme(job.pelican_theme, rows) if job.pelican_theme else "",
    )


def _theme(theme: Path, rows: Sequence[Row]) -> str:
    """Return how many pages a theme for plain Pelican rendered, and how many it could not."""
    pages = [row for row in rows if isinstance(row, PelicanRow)]
    others = [r for r in rows if isinstance(r, TemplateRow) and r.template != "redirect.html"]
    reason = f"Theme {theme.name} is written for plain Pelican: all"
    rest = "that it has no template for: Hallway's own theme shows them"
    return f"{reason} {counted(len(pages), 'page')} were rendered; {len(others)} more {rest}"


def _next_step(job: Job) -> str:
    if job.check_only:
        return "The output is as it was. Next: make html"
    if job.settings.publish:
        return f"Ready for {job.settings.url}: copy {shown_path(job.output)}/ there."
    return "Next: make serve to look at it, make devserver to write, make publish for the public."
