"""Build one event alone in a temporary folder, to see whether its files build.

The trial has the site's settings, theme and features, the event's folder and its records in the
ledger, and nothing else of the site: links from the event to other texts are left to the build.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace

from ..ledger.render import render_ledger
from ..site.ledger import LEDGER, Ledger
from ..source.errors import ConfigurationError, ContentError
from ..source.problem import Problem, Problems, Severity, shown_path
from .build import Job, build
from .memo import Memo
from .read import read_ledger
from .report import Reporter

Files = Mapping[str, bytes]
"""The files by path below the event's folder."""


def faults_of(job: Job, folder: Path, files: Files, *, before: Files) -> list[Problem]:
    """Return the errors of an event's files that it did not have with the files of `before`.

    `folder` is the event's, below the content folder of the job.
    """
    found = _errors(job, folder, files)
    known = {_mark(problem) for problem in _errors(job, folder, before)} if found and before else ()
    return [problem for problem in found if _mark(problem) not in known]


def _mark(problem: Problem) -> tuple[str, str]:
    """Return the parts of a problem that do not change when lines move."""
    return problem.place.path, problem.found


def _errors(job: Job, folder: Path, files: Files) -> list[Problem]:
    with tempfile.TemporaryDirectory(prefix="hallway-") as place:
        content, below = Path(place).resolve() / "content", folder.relative_to(job.content)
        for path, data in files.items():
            file = content / below / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        (content / LEDGER).write_bytes(render_ledger(_ledger(job, below.name)))
        try:
            build(_trial(job, content), Reporter(stream=io.StringIO()))
        except ContentError as error:
            start = shown_path(content / below)
            own = (p for p in error.problems if p.place.path.startswith(f"{start}/"))
            errors = [problem for problem in own if problem.severity is Severity.ERROR]
            return [_moved(problem, start, shown_path(folder)) for problem in errors]
        except ConfigurationError as error:
            if isinstance(error.__cause__, OSError):  # of the disk with the temporary files
                raise error.__cause__ from None
            raise
    return []


def _trial(job: Job, content: Path) -> Job:
    settings = replace(job.settings, publish=False, redirects={}, menu=(), extra_paths={})
    output = content.with_name("output")
    return replace(
        job,
        content=content,
        output=output,
        settings=settings,
        memo=Memo(),
        reader=None,
        check_only=True,
    )


def _ledger(job: Job, event: str) -> Ledger:
    """Return a ledger of only the event's published sessions."""
    known = read_ledger(job.content, Problems())
    mine = {key: each for key, each in known.sessions.items() if key.startswith(f"{event}/")}
    return Ledger(site=known.site, sessions=mine)


def _moved(problem: Problem, start: str, folder: str) -> Problem:
    """Return the problem with its paths in the event's real folder."""
    texts = {n: getattr(problem, n).replace(start, folder) for n in ("found", "expected", "hint")}
    path = problem.place.path.replace(start, folder)
    return replace(problem, place=replace(problem.place, path=path), **texts)
