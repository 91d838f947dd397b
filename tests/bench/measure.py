"""Measures of one build or page: seconds of all processes, bytes as a server sends them."""

from __future__ import annotations

import gzip
import os
import re
import resource
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from plugins.schedule.formats.plan import Exports
from tests.schedule.formats.exporting import presenter_of

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Cost:
    """What a build took."""

    wall: float
    """Seconds by the clock."""
    cpu: float
    """Seconds of processor time, of all its processes."""
    files: int
    """Files in its output."""
    memory: float = 0.0
    """The most that all its processes took at once, in megabytes."""


def build(content: Path, output: Path) -> Cost:
    """The cost of one build in a process of its own; the build has to succeed."""
    return run(ours(content, output), output=output, folder=ROOT)


def ours(content: Path, output: Path, *more: str) -> list[str]:
    """The command that builds with this product's whole theme and plugins."""
    return [sys.executable, "-m", "plugins.engine", str(content), "-o", str(output), *more]


def run(command: list[str], *, output: Path, folder: Path) -> Cost:
    """The cost of a command that builds; it has to succeed."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1900000000"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        process_group=0,
    )
    memory = 0.0
    while process.poll() is None:
        memory = max(memory, group_memory(process.pid))
        time.sleep(0.05)
    assert process.returncode == 0, command
    wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, sum(1 for file in output.rglob("*") if file.is_file()), memory)


def group_memory(group: int) -> float:
    """Megabytes that the processes of a group take together; what they share counts once."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(status.read_text().rpartition(")")[2].split()[2]) == group:
                rollup = (status.parent / "smaps_rollup").read_text()
                total += int(rollup.partition("\nPss:")[2].split()[0])
        except (OSError, ValueError, IndexError):  # it has ended meanwhile
            continue
    return total / 1000


def export_seconds(event: Path) -> float:
    """Seconds of processor time for every file that other programs read of an event."""
    index = (event / "index.md").read_text("utf-8").split("---\n")[1]
    presenter = presenter_of((event / "schedule.yaml").read_text("utf-8"), index=index)
    start = time.process_time()
    for row in Exports(presenter).rows():
        row.write()
    return time.process_time() - start


def import_seconds(schedule: Path, content: Path) -> float:
    """Seconds of processor time for taking another system's file into a folder of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    shutil.rmtree(content, ignore_errors=True)
    content.mkdir(parents=True)
    subprocess.run(
        [sys.executable, "-m", "plugins.schedule.imports", str(content), str(schedule), "taken"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def page_bytes(output: Path, path: str) -> int:
    """A page with its style sheets and the scripts that it names, each compressed."""
    html = (output / path).read_text("utf-8")
    named = re.findall(r'(?:href|src)="/([^"]+\.(?:css|js))"', html)
    parts = [html.encode(), *((output / name).read_bytes() for name in named)]
    return sum(len(gzip.compress(part, 9, mtime=0)) for part in parts)
