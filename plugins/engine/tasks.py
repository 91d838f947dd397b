"""Tasks other than a build: `python -m plugins.engine … --plan` and the like.

Each takes the site's `Job`, and prints a few lines about what it did.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from msgspec import to_builtins

from ..ledger.adopt import adopted, parse_feed
from ..ledger.changes import Changes, lines
from ..ledger.render import render_ledger
from ..site.ledger import LEDGER
from ..source.errors import ConfigurationError, ContentError
from ..source.problem import Place, Problem, Problems, quoted, shown_path
from ..source.text import counted
from ..source.writer import replace_file
from .build import Job, fill, opened, stop_at, writing_output
from .lock import locked
from .publish import broken_promises, planned
from .publishes import Publishes, differences, roll_back
from .report import Reporter
from .stage import Stage, writing


def plan_publish(job: Job, reporter: Reporter, *, as_json: bool = False) -> None:
    """Print the changes that readers will notice in a publish.

    Raises ContentError if readers would see a post twice, or lose what was published.
    """
    if not job.settings.publish:
        raise ConfigurationError("PUBLISH: found False; expected the settings of a publish")
    with opened(job) as stage:
        site, rows, _ = fill(job, stage, reporter)
        changes = planned(stage, site, rows, job.features)
        problems = list(broken_promises(job.content, job.output, site, rows))
    text = [json.dumps(to_builtins(changes), indent=2, ensure_ascii=False)] if as_json else None
    _tell(text or lines(changes))
    stop_at([*problems, *_shown_again(job.content, changes)])


def adopt_feed(job: Job, reporter: Reporter, *, feed: Path) -> None:
    """Write the ids and first dates of an old feed's entries into the ledger.

    Raises ContentError if the file holds no feed, ConfigurationError if it cannot be read.
    """
    if feed == Path():  # `make` passes on an empty value
        example = "`make adopt-feed FROM=old.xml`"
        raise ConfigurationError(f"FROM: found nothing; expected a feed's file, as in {example}")
    problems = Problems()
    old = parse_feed(str(feed), _bytes_of(feed), problems)
    if not old:
        raise ContentError(problems)
    with opened(job) as stage:
        site, _, _ = fill(job, stage, reporter)
        ledger = adopted(site, old, problems)
        with writing():
            replace_file(job.content / LEDGER, render_ledger(ledger))
    reporter.warnings(problems)
    ids = {record.id for record in ledger.documents.values()}
    known = sum(entry.id in ids for entry in old.entries)
    entries, file = counted(len(old.entries), "entry", "entries"), shown_path(job.content, LEDGER)
    print(f"{known} of {entries} of {feed} are known in {file}: they will not be shown again")


def roll_back_output(job: Job, reporter: Reporter) -> None:
    """Bring back the publish before the live one."""
    with writing_output(job.output), locked(Stage(job.output).lock):
        publish = roll_back(job.output)
    print(f"The output holds publish {publish.number} again; the ledger stays as it is.")


def verify_output(job: Job, reporter: Reporter) -> None:
    """Compare the output with what was published; raise ContentError with each difference."""
    live = Publishes(job.output).live()
    if not live:
        raise ConfigurationError(
            f"OUTPUT_PATH: found {job.output.name!r}, which holds no publish; make publish first"
        )
    sums = live.sums()
    stop_at(differences(job.output, sums, shown=job.output.name))
    print(f"{counted(len(sums), 'file')} of publish {live.number}: all as they were published")


def _tell(text: Iterable[str]) -> None:
    """Print lines until the reader closes the pipe: `make plan | head -3` is no error."""
    try:
        print(*text, sep="\n", flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _bytes_of(feed: Path) -> bytes:
    try:
        return feed.read_bytes()
    except OSError as error:
        reason = f"found {str(feed)!r}, which cannot be read ({error.strerror})"
        raise ConfigurationError(f"FROM: {reason}; expected a feed's file") from None


def _shown_again(content: Path, changes: Changes) -> list[Problem]:
    return [
        Problem(
            Place(shown_path(content, LEDGER)),
            found=f"the post {quoted(title)} under a new id: subscribers would be shown it again",
            expected="the id that they know it by",
            hint="if its file was moved, write the new path into its line of the ledger",
        )
        for title in changes.subscribers.again
    ]
