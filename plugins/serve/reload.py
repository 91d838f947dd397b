"""The news of builds, and the script that brings them into the pages of `make devserver`.

Pages get the script when they are served; no file contains it. It listens to server-sent events:
one after every build, and one at once for each new listener, so that nobody misses any.
"""

from __future__ import annotations

import json
import secrets
import threading
from pathlib import Path

from msgspec import Struct

EVENTS = "/.hallway/events"
"""The path of the events; it is outside of any site, since the engine plans no such path."""

SCRIPT = Path(__file__).with_name("reload.js")

GREETING = b"retry: 1000\n\n"
KEEP_ALIVE = b": still here\n\n"


class State(Struct, frozen=True):
    """The result of the last build."""

    id: str
    """An id that differs after every build, and between two runs of the server."""
    build: str
    """The `id` of the last build that succeeded, which made the present pages."""
    report: str = ""
    """The report of the last build if it failed."""


class Bulletin:
    """The state of the builds, for every thread that waits for a change."""

    def __init__(self) -> None:
        self._run = secrets.token_hex(4)
        self._builds = 0
        self._news = threading.Condition()
        self.is_closed = False
        first = f"{self._run}-0"
        self.state = State(first, build=first)

    def succeeded(self) -> None:
        """Announce a new site."""
        self._tell(report="")

    def failed(self, report: str) -> None:
        """Announce a failed build with its report; the site has not changed."""
        self._tell(report=report)

    def close(self) -> None:
        """End all waiting; there will be no more news."""
        with self._news:
            self.is_closed = True
            self._news.notify_all()

    def after(self, known: State, *, timeout: float) -> State | None:
        """Wait for a state other than the known one and return it; None after `timeout` seconds."""
        with self._news:
            self._news.wait_for(lambda: self.is_closed or self.state != known, timeout)
            return self.state if self.state != known else None

    def _tell(self, *, report: str) -> None:
        with self._news:
            self._builds += 1
            number = f"{self._run}-{self._builds}"
            self.state = State(number, build=self.state.build if report else number, report=report)
            self._news.notify_all()


def event(state: State) -> bytes:
    """Return the state as a server-sent event."""
    data = json.dumps({"build": state.build, "report": state.report})
    return f"id: {state.id}\ndata: {data}\n\n".encode()


def with_script(page: bytes, state: State) -> bytes:
    """Return the page with the script at its end; the script knows the build of the page."""
    code = SCRIPT.read_text("utf-8")
    script = f'<script data-build="{state.build}" data-events="{EVENTS}">\n{code}</script>\n'
    end = page.lower().rfind(b"</body>")
    at = end if end >= 0 else len(page)
    return page[:at] + script.encode() + page[at:]
