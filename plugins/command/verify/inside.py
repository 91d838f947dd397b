"""Starts a page's interpreters and watches them: `python -I -c TEXT_OF_THIS_FILE PLAN`.

It runs in the sandbox, if there is one, with the Python of the page, and so imports nothing of
Hallway. The plan is JSON: see `Plan` in interpreters.py. When a limit is passed, it prints the
limit's name and ends; the sandbox ends with this process.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

TURN = 0.05
"""Seconds between two checks of what the commands use."""


def main(plan: dict[str, Any]) -> None:
    """Copy the folder, start the programs, and wait for their end."""
    try:
        prepare(plan)
    except OSError as error:
        print(f"the folder cannot be copied: {error}", flush=True)
        return
    limits = plan["limits"]
    if limits:
        restrict(limits)
    running = [start(program, plan) for program in plan["programs"]]
    while any(process.poll() is None for process in running):
        passed = limits and passed_limit(limits)
        if passed:
            print(passed, flush=True)
            return
        time.sleep(TURN)


def prepare(plan: dict[str, Any]) -> None:
    """Make the copies and the folders."""
    for source, target, left_over in plan["copies"]:
        shutil.copytree(source, target, symlinks=True, ignore=shutil.ignore_patterns(*left_over))
    for folder in plan["folders"]:
        Path(folder).mkdir(parents=True)


def start(program: dict[str, Any], plan: dict[str, Any]) -> subprocess.Popen[bytes]:
    """Start a program with its ends of the pipes, and close them in this process."""
    ends = [program["input"], program["output"], program["control"]]
    process = subprocess.Popen(
        program["command"],
        cwd=plan["place"],
        env=plan["variables"],
        stdin=ends[0],
        stdout=ends[1],
        stderr=ends[1],
        pass_fds=ends[2:],
    )
    for end in ends:
        os.close(end)
    return process


def restrict(limits: dict[str, Any]) -> None:
    """Set the limits that the system enforces: memory and core size a process, processes a user."""
    resource.setrlimit(resource.RLIMIT_DATA, (limits["memory"], limits["memory"]))
    resource.setrlimit(resource.RLIMIT_NPROC, (limits["processes"], limits["processes"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def passed_limit(limits: dict[str, Any]) -> str:
    """Return the name of the limit that all processes together have passed, or an empty text."""
    processes = [folder for folder in Path("/proc").iterdir() if folder.name.isdecimal()]
    if len(processes) > limits["processes"]:
        return "processes"
    return "memory" if sum(map(memory_of, processes)) > limits["memory"] else ""


def memory_of(process: Path) -> int:
    """Return the bytes of memory that a process uses; 0 when it is gone."""
    try:
        _, resident, shared, *_ = map(int, (process / "statm").read_text().split())
    except (OSError, ValueError):
        return 0
    return (resident - shared) * resource.getpagesize()


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
