"""`python -m plugins.serve` in a process of its own, and a browser as plain as they come."""

from __future__ import annotations

import http.client
import json
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from tests.site_folder import surroundings

TIME_LIMIT = 120
"""Seconds: builds are slow on a machine that runs other tests."""

ADDRESS = re.compile(r"http://\S+/")


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def main(self) -> tuple[int, str | None, str | None]:
        """The status, the type and where to go instead."""
        return self.status, self.headers.get("Content-Type"), self.headers.get("Location")


@dataclass(frozen=True, slots=True)
class News:
    """One event."""

    id: str
    build: str
    report: str


@dataclass(slots=True)
class Browser:
    """Asks one server, byte for byte as told: nothing of a path is tidied up."""

    address: str

    def get(self, path: str, *, method: str = "GET", **headers: str) -> Reply:
        """The answer; `If_None_Match=…` sends a header."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = self._connection()
        connection.request(method, path, headers=named)
        response = connection.getresponse()
        reply = Reply(response.status, dict(response.getheaders()), response.read())
        connection.close()
        return reply

    def news(self) -> Iterator[News]:
        """Each event as it comes."""
        connection = self._connection()
        connection.request("GET", "/.hallway/events")
        response = connection.getresponse()
        assert response.headers["Content-Type"] == "text/event-stream"
        identity = ""
        try:
            end = time.monotonic() + TIME_LIMIT
            for line in iter(response.readline, b""):
                assert time.monotonic() < end, "no such event came"
                kind, _, value = line.decode().rstrip("\n").partition(": ")
                if kind == "id":
                    identity = value
                if kind == "data":
                    yield News(identity, **json.loads(value))
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        parts = urlsplit(self.address)
        assert parts.hostname
        return http.client.HTTPConnection("127.0.0.1", parts.port, timeout=TIME_LIMIT)


def await_news(news: Iterator[News], wanted: Callable[[News], bool]) -> News:
    """The next event of a kind; others, of builds that a test did not ask for, are passed over."""
    return next(item for item in news if wanted(item))


def await_text(browser: Browser, path: str, text: str) -> None:
    """Ask for a page until it holds a text."""
    end = time.monotonic() + TIME_LIMIT
    while text not in browser.get(path).text:
        assert time.monotonic() < end, f"{path} never held {text!r}"
        time.sleep(0.2)


@dataclass(slots=True)
class Running:
    """A run of the command, until `stop`."""

    process: subprocess.Popen[str]
    browser: Browser
    lines: list[str] = field(default_factory=list)

    @property
    def screen(self) -> str:
        """What the terminal shows by now."""
        return "".join(self.lines)

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        """End it; the exit code."""
        self.process.send_signal(number)
        return self.process.wait(TIME_LIMIT)


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "plugins.serve", *arguments]


def start(folder: Path, *arguments: str) -> Running:
    """The command, on a free port, once it listens."""
    process = subprocess.Popen(
        command(*arguments, "--port", "0"),
        cwd=folder,
        env=surroundings(),
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stderr
    first = process.stderr.readline()
    found = ADDRESS.search(first)
    assert found, first
    running = Running(process, Browser(found[0]), [first])
    threading.Thread(target=running.lines.extend, args=(process.stderr,), daemon=True).start()
    return running
