"""`python -m tests.trials.many [THING …]`: sites with ten thousand of one thing each build in time.

Prints the seconds of processor time that each build takes; 1 is the exit code when one takes over
15, or fails.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]

MANY = 10_000
MOST_SECONDS = 15
A_POST = 100
"""Tags or authors of one post: a site has many of them in many posts."""

SETTINGS = f"""\
import sys

sys.path.insert(0, {str(ROOT)!r})
from pelicanconf import *

THEME = {str(ROOT / "theme")!r}
"""


def post(name: str, *lines: str, text: str = "A text.") -> tuple[str, str]:
    """A post of the content folder: its path and its text."""
    head = "\n".join(["title: " + name, "kind: essay", "date: 2012-03-01", *lines])
    return f"posts/{name}.md", f"---\n{head}\n---\n\n{text}\n"


def with_terms(key: str) -> dict[str, str]:
    return dict(
        post(f"p{n}", f"{key}: [{', '.join(f'{key}-{n + k}' for k in range(A_POST))}]")
        for n in range(0, MANY, A_POST)
    )


def sessions() -> dict[str, str]:
    head = "title: Fair\ndates: 2012-06-01 to 2012-09-10\nzone: UTC\n"
    lines = ["rooms: [Hall]"]
    for n in range(MANY):
        day, hour = divmod(n, 100)
        if not hour:
            month, date = 6 + day // 30, day % 30 + 1
            lines.append(f"2012-{month:02}-{date:02}:")
        lines.append(f"  - {8 + hour // 10:02}:{hour % 10 * 6:02} 6m Talk {n} | | Hall")
    return {
        "events/fair/index.md": f"---\n{head}---\n",
        "events/fair/schedule.yaml": "\n".join(lines),
    }


def headings() -> dict[str, str]:
    return dict([post("long", text="\n\n".join(f"## Part {n}\n\nText." for n in range(MANY)))])


def aliases() -> dict[str, str]:
    return dict([post("old", f"aliases: [{', '.join(f'/old/{n}/' for n in range(MANY))}]")])


def footnotes() -> dict[str, str]:
    marks = "\n".join(f"Word[^{n}] and more." for n in range(MANY))
    notes = "\n".join(f"[^{n}]: Note {n}." for n in range(MANY))
    return dict([post("notes", text=f"{marks}\n\n{notes}")])


THINGS: Mapping[str, Callable[[], dict[str, str]]] = {
    "tags": lambda: with_terms("tags"),
    "authors": lambda: with_terms("authors"),
    "headings": headings,
    "sessions": sessions,
    "aliases": aliases,
    "footnotes": footnotes,
}


def main(names: list[str]) -> int:
    """Build each site; the answer is the exit code."""
    return max(tried(name) for name in names or THINGS)


def tried(name: str) -> int:
    """Print how long one site takes; the answer is 1 for too long, or a failure."""
    with tempfile.TemporaryDirectory() as folder:
        for path, text in THINGS[name]().items():
            file = Path(folder, "content", path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
        Path(folder, "settings.py").write_text(SETTINGS, "utf-8")
        before = spent()
        command = [sys.executable, "-m", "plugins.engine", "content", "-o", "output"]
        done = subprocess.run(
            [*command, "-s", "settings.py"],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        seconds = spent() - before
    said = "built" if done.returncode == 0 else done.stderr[-300:]
    print(f"{name}: {MANY} in {seconds:.1f} s, {said}", flush=True)
    return int(done.returncode != 0 or seconds > MOST_SECONDS)


def spent() -> float:
    """Seconds of processor time of all processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
