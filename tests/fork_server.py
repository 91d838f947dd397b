"""Commands without the second that an interpreter needs to start and to import everything.

One helper a test process has imported the engine and all plugins. `python -m plugins.engine …` is a
fork of it, with the folder, the environment, the arguments, the output and the exit code of that
command, which it then runs as an interpreter does. What it leaves in memory ends with it.

What an interpreter reads only when it starts (`PYTHON…`, the locale) a fork cannot change; see
`can_run`. Request and answer are messages on a socket:

    request = JSON {module, arguments, folder, environment}, with two files for stdout and stderr
    answer  = exit code
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import runpy
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any
from zoneinfo import ZoneInfo

from plugins.blog.kinds import KINDS
from plugins.markdown.converter import Converter
from plugins.site.feature import Section
from plugins.site.read import DocumentReader
from plugins.source.front_matter import read_page, read_post
from plugins.source.kinds import in_order

ROOT = Path(__file__).parents[1]
LONGEST_REQUEST = 65_536
READ_AT_START = ("PYTHON", "LC_", "LANG", "HALLWAY_PLAIN")


@dataclass(frozen=True, slots=True)
class ForkServer:
    """The helper, as the tests see it."""

    connection: socket.socket
    process: subprocess.Popen[bytes]

    def run(
        self,
        command: Sequence[str],
        *,
        folder: Path,
        environment: Mapping[str, str],
        stdout: IO[bytes],
        stderr: IO[bytes],
    ) -> int:
        """The exit code of a command that `can_run`; it has ended then."""
        _, _, module, *arguments = command
        request = {
            "module": module,
            "arguments": arguments,
            "folder": str(folder),
            "environment": dict(environment),
        }
        files = [stdout.fileno(), stderr.fileno()]
        socket.send_fds(self.connection, [json.dumps(request).encode()], files)
        answer = self.connection.recv(16)
        assert answer, "the fork server has died"
        return int(answer)


def can_run(command: Sequence[str], changed: Iterable[str]) -> bool:
    """Whether a fork does what the command would, with these variables unlike the usual ones."""
    is_ours = list(command[:2]) == [sys.executable, "-m"] and command[2].startswith("plugins.")
    return is_ours and not any(name.startswith(READ_AT_START) for name in changed)


@cache
def fork_server() -> ForkServer:
    """The helper of this process; it ends when this process has ended."""
    ours, theirs = socket.socketpair()
    command = [sys.executable, "-m", "tests.fork_server", str(theirs.fileno())]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        pass_fds=[theirs.fileno()],
        start_new_session=True,  # Ctrl-C is for the tests; the helper ends with them.
    )
    theirs.close()
    return ForkServer(ours, process)


def serve(connection: socket.socket) -> dict[str, Any] | None:
    """Fork at every request, and give it to the fork; None when the tests have ended."""
    while True:
        message, files, _, _ = socket.recv_fds(connection, LONGEST_REQUEST, 2)
        if not message:
            return None
        child = os.fork()
        if not child:
            connection.close()
            for file, descriptor in zip(files, (1, 2), strict=True):
                os.dup2(file, descriptor)
                os.close(file)
            request: dict[str, Any] = json.loads(message)
            return request
        for file in files:
            os.close(file)
        _, status = os.waitpid(child, 0)
        connection.send(str(os.waitstatus_to_exitcode(status)).encode())


def become(request: dict[str, Any]) -> None:
    """Make this process what `python -m module` is when it begins."""
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environment"])
    time.tzset()
    sys.path[0] = request["folder"]
    sys.argv = [request["module"], *request["arguments"]]


WARM_UP = (
    (read_post, "kind: essay\ndate: 2012-03-01\n"),
    (read_page, "menu: 1\n"),
)
"""Documents of each kind; reading one makes ready what every build would else make for itself."""


def preload() -> None:
    """Import what builds import, and make the schemas and expressions that files are read with."""
    importlib.import_module("plugins.engine.engine")
    for plugin in sorted((ROOT / "plugins").glob("*/plugin.py")):
        importlib.import_module(f"plugins.{plugin.parent.name}.plugin")
    reader = DocumentReader(Converter(()), ZoneInfo("UTC"))
    for read, head in WARM_UP:
        section = Section("warm", "warm/", lambda source: True, read, in_order(KINDS))
        text = f"---\ntitle: Warm\n{head}---\n\nA [link](x.md) and `code`.\n\n```python\n1\n```\n"
        reader.read("warm/up.md", "up.md", text.encode(), section=section)
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    preload()
    wanted = serve(socket.socket(fileno=int(sys.argv[1])))
    if wanted:
        become(wanted)
        runpy.run_module(wanted["module"], run_name="__main__", alter_sys=True)
