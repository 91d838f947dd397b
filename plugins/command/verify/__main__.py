"""`python -m plugins.command.verify content -s pelicanconf.py [post ...]`: see `make verify`.

Exit codes: 0 every block does what its page says and the record is up to date; 1 some do not (all
are reported); 2 the settings or the machine do not allow the check; 130 stopped by Ctrl+C.
"""

from __future__ import annotations

import os
import signal
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Sequence
from pathlib import Path

from ...engine.build import build_moment
from ...engine.command import settings_from
from ...engine.engine import Engine, ExitCodes
from ...engine.memo import Memo
from ...engine.read import FileReader, read_documents
from ...engine.report import Reporter
from ...engine.scan import find_content
from ...markdown.document import Document
from ...site.feature import sections_of
from ...source.problem import Problem, Problems, Severity, shown_path, sorted_problems
from ...source.text import counted
from .collect import Page, collect_pages, named_documents
from .environment import Environment, environment_for, platform_name
from .record import FILE, Record, read_record, write_record
from .run import run_page
from .sandbox import NO_SANDBOX, Sandbox, find_sandbox
from .update import Occasion, Verified, outdated, updated

CACHE = Path(".cache/verify")
"""The cache of the pages' environments, below the folder of the settings file."""


def main(arguments: Sequence[str]) -> int:
    """Verify what the arguments name and return the exit code."""
    options = read_options(arguments)
    for number in (
        signal.SIGTERM,
        signal.SIGHUP,
    ):  # What ends this process ends its commands, as Ctrl+C does.
        if signal.getsignal(number) is not signal.SIG_IGN:  # Ignored, as `nohup` sets it.
            signal.signal(number, signal.default_int_handler)
    reporter = Reporter()
    with ExitCodes(reporter):
        settings = settings_from([options.content, "-s", options.settings])
        problems, lines = verify(Engine(settings), options, reporter)
        reporter.clear()
        errors = [problem for problem in problems if problem.severity is Severity.ERROR]
        _tell(str(problem) for problem in sorted_problems(problems))
        if errors:
            lines = [f"{counted(len(set(errors)), 'problem')}: {FILE} is as it was"]
        _tell(lines)
        return 1 if errors else 0


def read_options(arguments: Sequence[str]) -> Namespace:
    """Parse the command line; on a machine that sets CI, nothing is written."""
    parser = ArgumentParser(
        prog="python -m plugins.command.verify", description="Run the blocks marked “run”."
    )
    parser.add_argument("content", help="the content folder")
    parser.add_argument("posts", nargs="*", metavar="post", help="files or slugs; all when absent")
    parser.add_argument("-s", "--settings", default="pelicanconf.py", metavar="FILE")
    parser.add_argument(
        "--check",
        action="store_true",
        default=os.environ.get("CI", "").lower() in ("1", "true"),
        help=f"write nothing; fail when {FILE} would change (the default where CI=true)",
    )
    parser.add_argument("--refresh", action="store_true", help="give every check today's date")
    return parser.parse_intermixed_args(arguments)


def verify(
    engine: Engine, options: Namespace, reporter: Reporter
) -> tuple[list[Problem], list[str]]:
    """Return all problems and the closing message; write the record if there are no problems.

    With `--check` a record that would change is a problem, and nothing is written.
    """
    content, problems = Path(engine.settings["PATH"]), Problems()
    before = read_record(content)
    documents = _documents(engine, content, options.posts, problems, reporter)
    pages = collect_pages(documents, content, problems)
    if any(problem.severity is Severity.ERROR for problem in problems):
        return problems, []
    sandbox = _sandbox(pages)
    verified = _run(pages, _cache(options), sandbox, problems, reporter)
    if problems:
        return problems, []
    occasion = Occasion(
        build_moment(engine.site_settings).date(),
        platform_name(),
        sandbox.version if sandbox else NO_SANDBOX,
        refresh=options.refresh and not options.check,
    )
    asked = {document.source for document in documents} if options.posts else None
    after = updated(before, verified, occasion, asked=asked)
    if options.check:
        stale = outdated(before, after, pages, shown_path(content, FILE))
        return stale, [_summary(pages, reporter, "up to date")]
    return [], [_summary(pages, reporter, _written(before, after, content))]


def _documents(
    engine: Engine,
    content: Path,
    names: Sequence[str],
    problems: Problems,
    reporter: Reporter,
) -> tuple[Document, ...]:
    """Return the named documents, or all without names, and collect only their problems."""
    found_problems = Problems()
    sections = sections_of(engine.features)
    found = find_content(content, sections, engine.settings["IGNORE_FILES"], found_problems)
    with Memo().opened() as memo:
        readable = read_documents(
            content,
            found,
            reader=FileReader(content, engine.site_settings, engine.features, memo),
            memo=memo,
            problems=found_problems,
            progress=reporter.progress,
        )
    documents = tuple(document for document in readable if document.is_sound)
    errors = [problem for problem in found_problems if problem.severity is Severity.ERROR]
    unread = {problem.place.path for problem in errors} - {d.path for d in documents}
    # Only the front matter, which cannot be read, could show if such a file is a named one.
    chosen = named_documents(documents, names, content) if names and not unread else documents
    paths = {document.path for document in chosen} | unread
    problems += (problem for problem in errors if not names or problem.place.path in paths)
    return chosen


def _cache(options: Namespace) -> Path:
    return Path(options.settings).resolve().parent / CACHE


def _sandbox(pages: Sequence[Page]) -> Sandbox | None:
    """Return this machine's sandbox; if there is none but pages will run, print why."""
    found = find_sandbox()
    if isinstance(found, Sandbox):
        return found
    if pages:
        _tell([f"Running without a sandbox: {found}. The commands can do whatever you can."])
    return None


def _run(
    pages: Iterable[Page],
    cache: Path,
    sandbox: Sandbox | None,
    problems: Problems,
    reporter: Reporter,
) -> tuple[Verified, ...]:
    """Return the pages without problems; add the problems of the others to `problems`."""
    verified = []
    for page in pages:
        environment = environment_for(page.lock, cache)
        packages = _packages(page, environment, problems)
        faults = run_page(page, environment, reporter.progress, sandbox)
        problems += faults
        if not faults:
            verified.append(Verified(page, packages))
    return tuple(verified)


def _packages(page: Page, environment: Environment, problems: Problems) -> dict[str, str]:
    names = page.verify.about
    packages = environment.versions(names) if names else {}
    problems += (
        page.document.problem(
            "verify",
            found=f"“{name}” under “about”, which is not installed",
            expected=f"a package that {page.verify.requires or 'the environment'} names",
        )
        for name in names
        if name not in packages
    )
    return packages


def _written(before: Record, after: Record, content: Path) -> str:
    if after == before:
        return "unchanged"
    write_record(after, content)
    return "written: commit it"


def _summary(pages: Sequence[Page], reporter: Reporter, state: str) -> str:
    blocks = counted(sum(len(page.blocks) for page in pages), "block")
    on = counted(len(pages), "page")
    return f"Checked {blocks} of {on} in {reporter.seconds:.1f} s; {FILE} is {state}."


def _tell(lines: Iterable[str]) -> None:
    for line in lines:
        print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
