"""What commands cannot reach in the sandbox; only where bubblewrap works (conftest.py)."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from plugins.command.verify.sandbox import Sandbox
from tests.command.test_sandbox import await_none, block, guide, started
from tests.command.test_verify import FOUND, HEAD, verified
from tests.site_folder import SiteFolder

__all__ = ["guide"]


@pytest.fixture
def sandbox() -> Sandbox:
    """The one of this machine."""
    assert isinstance(FOUND, Sandbox)
    return FOUND


ABOVE = Path(__file__).parts[2] if Path(__file__).is_relative_to("/tmp") else "-"
LIST_TMP = f"$ ls -I {ABOVE} /tmp"
"""Lists the temporary folder, but for the folder above a checkout that lies there itself."""


@pytest.mark.parametrize(
    "lines",
    [
        ("$ cat /proc/[0-9]*/environ | tr '\\0' '\\n' | grep -c SECRET", "0"),
        ("$ touch /usr/x", "touch: cannot touch '/usr/x': Read-only file system"),
        ("$ touch /etc/x", "touch: cannot touch '/etc/x': Read-only file system"),
        ("$ touch /x", "touch: cannot touch '/x': Read-only file system"),
        ("$ touch /source/x", "touch: cannot touch '/source/x': Read-only file system"),
        ("$ touch /dev/x", "touch: cannot touch '/dev/x': Read-only file system"),
        ("$ touch ~/x $TMPDIR/x new /tmp/x", LIST_TMP, "reader", "x"),
        ("$ whoami; pwd; hostname", "reader", "/tmp/reader/copy/project", "hallway"),
        ("$ ls /home /run /mnt 2>&1 | grep -c 'No such file'", "3"),
        ("$ ls /etc/shadow /etc/ssl/private 2>&1 | grep -c 'No such file'", "2"),
        ("$ grep CapEff /proc/self/status", "CapEff:\t0000000000000000"),
        ("$ unshare -Ur true 2>&1 | grep -c unshare", "1"),
        ("$ ls /sys", "ls: cannot access '/sys': No such file or directory"),
    ],
    ids=lambda lines: lines[0],
)
def test_commands_reach_nothing_but_their_own(
    lines: tuple[str, ...], sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET", "SECRET")

    assert [str(problem) for problem in verified(block(*lines), tmp_path, sandbox)] == []


@pytest.fixture
def listener() -> Iterator[int]:
    """A port of this machine that takes connections."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


CONNECT = (
    "$ python -c 'import socket; socket.create_connection((\"127.0.0.1\", {}), 2)' 2>&1 | tail -1"
)


def test_commands_have_no_network_unless_the_page_says_so(
    sandbox: Sandbox, listener: int, tmp_path: Path
) -> None:
    command = CONNECT.format(listener)
    refused = block(command, "ConnectionRefusedError: [Errno 111] Connection refused")
    asked = HEAD.replace("timeout: 1", "timeout: 3, network: true")

    assert verified(refused, tmp_path, sandbox) == []
    assert verified(block(command), tmp_path, sandbox, head=asked) == []


def test_nothing_is_left_of_what_commands_start(sandbox: Sandbox, tmp_path: Path) -> None:
    lines = "$ (setsid nohup sleep 31415.1 >/dev/null 2>&1 &)"

    assert verified(block(lines), tmp_path, sandbox) == []
    assert await_none("sleep 31415.1") == []


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (
            "$ for n in {1..200}; do sleep 9 & done 2>/dev/null; sleep 9",
            "a step that had more than 50 processes at once",
        ),
        (
            "$ eat() { python -c 'b = b\"x\" * 9**8; input()' < <(sleep 9); }\n"
            "$ eat & eat & eat & eat & wait",
            "a step that used more than 100 MB of memory",
        ),
        (
            "$ python -c 'bytearray(10**9)' 2>&1 | tail -1",
            "“MemoryError”",
        ),
        (
            "$ head -c 9000000 /dev/zero > big; head -c 9000000 /dev/zero > more",
            "“head: error writing 'standard output': No space left on device”",
        ),
    ],
)
def test_limits_hold(lines: str, found: str, sandbox: Sandbox, tmp_path: Path) -> None:
    small = replace(sandbox, memory=100 * 1024**2, processes=50, disk=16 * 1024**2)
    head = HEAD.replace("timeout: 1", "timeout: 8")

    (problem,) = verified(block(lines), tmp_path, small, head=head)

    assert problem.found == found


def test_nothing_is_left_in_a_sandbox_when_it_is_killed(
    sandbox: Sandbox, guide: SiteFolder, tmp_path: Path
) -> None:
    process = started(guide, tmp_path, with_all=True)

    process.kill()

    process.wait(20)
    assert await_none("sleep 27182.8") == []
    assert list((tmp_path / "temporary").iterdir()) == []
