"""The additions of a publish to a build: promises to readers are checked and recorded."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from ..ledger.changes import Before, Changes, find_changes, forgotten
from ..ledger.clock import clock_went_back
from ..ledger.parse import parse_ledger
from ..ledger.records import next_ledger
from ..ledger.render import render_ledger
from ..ledger.vanished import vanished
from ..site.feature import Feature
from ..site.ledger import LEDGER, Ledger
from ..site.site import Row, Site
from ..source.errors import ConfigurationError, full_disk
from ..source.problem import Place, Problem, Problems, Source, quoted, shown_path
from ..source.settings import SiteSettings
from ..source.text import decode_source
from ..source.writer import replacement
from .publishes import Publish, Publishes, sums_of
from .stage import Stage, writing


def refuse_without_address(settings: SiteSettings) -> None:
    """Raise ConfigurationError for a publish without the site's address: feeds need it."""
    if settings.publish and not settings.url:
        raise ConfigurationError(
            "SITEURL: found none; expected the site's address, like https://example.org: a publish"
            " writes it into feeds, calendars and redirects"
        )


def broken_promises(
    content: Path, output: Path, site: Site, rows: Sequence[Row]
) -> Iterator[Problem]:
    """Yield the promises to readers that a publish would break.

    They are lost addresses, lost ids of entries, and a clock that went back.
    """
    shown, ledger = partial(shown_path, content), partial(_ledger_text, content)
    yield from clock_went_back(site, ledger)
    yield from vanished(site, rows, shown=shown, ledger=ledger)
    yield from _forgotten(content, output, site.ledger)


def go_live(
    content: Path, stage: Stage, site: Site, rows: Sequence[Row], features: Sequence[Feature]
) -> None:
    """Put the stage in the place of the live site; copy and record a publish.

    The ledger is written after the exchange, and only if it has changed.
    """
    publishes = Publishes(stage.output)
    if not site.settings.publish:
        publishes.note_live(None)
        stage.publish()
        return
    text = render_ledger(next_ledger(site, rows, features))
    publishes.prepare(stage.folder, text)
    with writing(), replacement(content / LEDGER, text) as put_ledger:
        publishes.note_live(None)
        stage.publish()
        with _after_the_exchange(stage.output):
            put_ledger()
            publishes.keep()


@contextlib.contextmanager
def _after_the_exchange(output: Path) -> Iterator[None]:
    """Report failures inside the block as those of the record: the publish itself succeeded."""
    try:
        yield
    except OSError as error:
        file = Path(os.fsdecode(error.filename or output))
        raise ConfigurationError(
            f"{file}: cannot be written ({error.strerror}){full_disk(error, file)}; the"
            " new site is in the output, but not all of it is remembered: make publish again"
        ) from error


def planned(stage: Stage, site: Site, rows: Sequence[Row], features: Sequence[Feature]) -> Changes:
    """Return the changes that readers will notice when the stage is published."""
    after = next_ledger(site, rows, features)
    before = _before(stage.output, site.ledger)
    return find_changes(site, rows, after=after, sums=sums_of(stage.folder), before=before)


def _before(output: Path, known: Ledger) -> Before:
    """Return the ledger and digests that publishes left next to the output.

    The ledger is that of the newest publish, the digests are those of the live one or else the
    newest. They are None if something was published but no copy is here.
    """
    publishes = Publishes(output)
    newest = publishes.newest()
    shown = publishes.live() or newest
    ledger = _ledger_of(newest) if newest else Ledger()
    unkept: dict[str, str] | None = None if known.feeds else {}
    return Before(ledger, shown.sums() if shown else unkept)


def _forgotten(content: Path, output: Path, ledger: Ledger) -> Iterator[Problem]:
    """Report ids of the last publish that the ledger has lost; a ledger of `{}` is accepted."""
    newest = Publishes(output).newest()
    is_there, place = (content / LEDGER).exists(), Place(shown_path(content, LEDGER))
    if newest and not is_there:
        yield Problem(
            place,
            found="no ledger, although the last publish wrote one",
            expected="it: without it, subscribers may be shown every post again",
            hint=f"bring it back, as in `git checkout {place}`, or from"
            f" {shown_path(newest.ledger)}; to begin anew on purpose, write {{}} into it",
        )
    elif newest and ledger != Ledger():
        for key in forgotten(ledger, _ledger_of(newest)):
            yield Problem(
                place,
                found=f"no id of {quoted(key)} any more, which the last publish wrote",
                expected="every id that readers know",
                hint=f"take its line from {shown_path(newest.ledger)}",
            )


def _ledger_text(content: Path) -> Source:
    """Return the text of the ledger, which this build has read without a problem."""
    text = (content / LEDGER).read_text("utf-8-sig")
    return Source(shown_path(content, LEDGER), text)


def _ledger_of(publish: Publish) -> Ledger:
    """Return the ledger that a publish wrote; an empty one if its copy is damaged."""
    problems = Problems()
    source = decode_source(str(publish.ledger), publish.ledger.read_bytes(), problems)
    return parse_ledger(source, problems) if source else Ledger()
