"""Servers that are stopped when a test ends."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from plugins.serve.reload import Bulletin
from plugins.serve.server import Server
from tests.serve.running import Browser, Running, start

HOME = '<link rel="canonical" href="https://tiny.example/"><body><p>Home</p></body>'


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """An output folder as a build leaves it, small."""
    files = {
        "index.html": HOME,
        "404.html": "<body>Not here</body>",
        "posts/first/index.html": "<body>First</body>",
        "posts/empty/notes.txt": "Notes",
    }
    for path, text in files.items():
        write(tmp_path / "output" / path, text)
    return tmp_path / "output"


@pytest.fixture
def serve(output: Path) -> Iterator[Callable[..., Browser]]:
    """Starts a server for `output` in this process; gives a browser for it."""
    servers: list[Server] = []

    def started(bulletin: Bulletin | None = None) -> Browser:
        server = Server(output, bind="127.0.0.1", port=0, bulletin=bulletin)
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        return Browser(server.address)

    yield started
    for server in servers:
        if server.bulletin:
            server.bulletin.close()
        server.shutdown()
        server.server_close()


@pytest.fixture
def browser(serve: Callable[..., Browser]) -> Browser:
    """A browser for `output`, served as it is."""
    return serve()


@pytest.fixture
def run() -> Iterator[Callable[..., Running]]:
    """Runs the command in a folder."""
    runs: list[Running] = []

    def started(folder: Path, *arguments: str) -> Running:
        runs.append(start(folder, *arguments))
        return runs[-1]

    yield started
    for running in runs:
        running.process.kill()
        running.process.wait()


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
