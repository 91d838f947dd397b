"""The check of the clock: a publish stops if the clock is before a moment that was published.

A clock that is years back would withdraw posts as future ones, and nothing else would report it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime

from ..site.ledger import Ledger
from ..site.site import Site
from ..source.problem import Problem, Source


def clock_went_back(site: Site, ledger: Callable[[], Source]) -> Iterator[Problem]:
    """Report a clock that is before the newest moment of the ledger, at the line of that entry.

    `ledger` reads the text of the ledger's file.
    """
    key, newest = newest_moment(site.ledger)
    if newest is None or newest <= site.now or site.settings.clock_may_go_back:
        return
    source, wanted = ledger(), json.dumps(key, ensure_ascii=False)
    lines = (number for number, line in enumerate(source.lines, 1) if line.startswith(wanted))
    yield source.problem(
        next(lines, 1),
        1,
        found=f"a publish of {newest:%Y-%m-%d %H:%M}, which is after this machine's clock,"
        f" {site.now.astimezone(newest.tzinfo):%Y-%m-%d %H:%M}",
        expected="a clock that goes on: posts after it would be withdrawn as future ones",
        hint="set the clock or SOURCE_DATE_EPOCH; if you mean it, `make publish CLOCK=back`",
    )


def newest_moment(ledger: Ledger) -> tuple[str, datetime | None]:
    """Return the key of the entry with the newest published moment, and the moment.

    The key is empty and the moment None for a ledger without moments.
    """
    documents = ledger.documents.items()
    moments = [(f"document {key}", each.published) for key, each in documents if each.published]
    moments += [(f"session {key}", each.stamp) for key, each in ledger.sessions.items()]
    read = [(datetime.fromisoformat(moment), key) for key, moment in moments]
    newest = max(read, default=None)
    return (newest[1], newest[0]) if newest else ("", None)
