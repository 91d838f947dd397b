"""`hallway new KIND TITLE [--event FOLDER]`: see `make new`.

A site's own skeletons, `content/.skeletons/KIND.md`, are preferred to ours. On a terminal, the
editor in the environment variable EDITOR is opened. Exit codes: 0 the text is there, 2 nothing was
written; otherwise that of the editor.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType

from ..engine.command import settings_from
from ..source.errors import ConfigurationError
from ..source.problem import did_you_mean
from ..source.settings import SiteSettings, read_site_settings
from ..source.slug import slugify
from .new_site import complain, given
from .skeleton import quoted, skeleton_names, text_of
from .write import TakenError, write_text

SETTINGS = "pelicanconf.py"
OPEN = timedelta(days=30)
"""The time for which a new call is open, until its author changes it."""

HOMES: Mapping[str, str] = MappingProxyType(
    {
        "page": "pages/{slug}.md",
        "event": "events/{slug}/index.md",
        "speaker": "events/{event}/speakers/{slug}.md",
        "session": "events/{event}/talks/{slug}.md",
    }
)
"""The path of a text by its kind, below the content folder; all other kinds are posts."""

POST = "posts/{slug}.md"


def main(arguments: Sequence[str]) -> int:
    """Write a new text and open it; return the exit code."""
    options = read_options(arguments)
    try:
        settings = read_site_settings(settings_from(["-s", SETTINGS]))
    except ConfigurationError as error:
        return complain(str(error))
    content = Path("content")
    known = skeleton_names(content / ".skeletons")
    if found := fault(options, known, content):
        return complain(found)
    target = content / HOMES.get(options.kind, POST).format(
        slug=slugify(options.title), event=options.event
    )
    try:
        values = text_values(options.title, settings)
        write_text(target, text_of(options.kind, values, own=content / ".skeletons"))
    except (TakenError, OSError) as error:
        return complain(str(error))
    print(f"Wrote {target}. `make devserver` shows it.")
    return open_editor(target)


def read_options(arguments: Sequence[str]) -> Namespace:
    """Return the options of the command line."""
    parser = ArgumentParser(prog="hallway new", description="Begin a text.")
    kinds, title = "guide, page, event, speaker, …", "the title, or a speaker's name"
    parser.add_argument("kind", nargs="?", default=given("KIND"), help=kinds)
    parser.add_argument("title", nargs="?", default=given("TITLE"), help=title)
    event = "the event's folder below content/events"
    parser.add_argument("--event", default=given("EVENT"), help=event)
    return parser.parse_args(arguments)


def fault(options: Namespace, known: Sequence[str], content: Path) -> str:
    """Return the fault of the command; empty if there is none."""
    if options.kind not in known:
        hint = did_you_mean(options.kind, list(known))
        expected = f"one of {', '.join(known)}{hint and f'; {hint}'}"
        return f"KIND: found “{options.kind}”; expected {expected}"
    if not slugify(options.title):
        return 'TITLE: found no letters; expected a title, as in TITLE="Moving to Alembic"'
    if "{event}" in HOMES.get(options.kind, ""):
        return _event_fault(options.event, content)
    return ""


def _event_fault(event: str, content: Path) -> str:
    """Return the fault of the event that a talk or speaker belongs to; empty if there is none."""
    folders = sorted(file.parent.name for file in (content / "events").glob("*/index.md"))
    if event in folders:
        return ""
    return (
        f"EVENT: found “{event}”; expected one of {', '.join(folders) or 'the events (none yet)'}"
    )


def text_values(title: str, settings: SiteSettings) -> dict[str, str]:
    """Return the value of each name in a skeleton."""
    now = datetime.now(settings.zone)
    return {
        "title": quoted(title),
        "now": now.strftime("%Y-%m-%d %H:%M"),
        "day": now.date().isoformat(),
        "closes": (now + OPEN).date().isoformat(),
        "zone": settings.zone.key,
        "language": settings.language,
        "author": quoted(settings.author),
    }


def open_editor(target: Path) -> int:
    """Open the file in the author's editor, if a person is there; return its exit code."""
    editor = shlex.split(os.environ.get("EDITOR", ""))
    if not editor or not sys.stdout.isatty():
        return 0
    return subprocess.run([*editor, str(target)], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
