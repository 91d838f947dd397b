"""Print the folders that a build reads, as JSON: `python -m plugins.serve.places SETTINGS`.

It runs in a process of its own, because settings are Python: only a new process reads them, and the
modules they import, as they are now.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from watchfiles import Change, DefaultFilter

PLUGINS = Path(__file__).parents[1]


class Places(Struct, frozen=True):
    """The folders to watch."""

    trees: tuple[Path, ...]
    """Folders that are watched with all that is below them: content, theme, plugins."""
    settings: Path
    """The folder of the settings files, which import each other."""


def usual_places(content: Path, settings: Path, *, output: Path) -> Places:
    """Return the folders that nearly every build reads, without reading the settings."""
    return _places(_usual(content, settings), settings, output)


def named_places(content: Path, settings: Path, *, output: Path) -> Places:
    """Return the usual folders and those that the settings name; this takes a moment.

    Settings that cannot be read name none; the build reports them.
    """
    command = [sys.executable, "-m", str(__spec__.name), str(settings)]
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
    named = [] if done.returncode else [Path(folder) for folder in json.loads(done.stdout)]
    return _places([*_usual(content, settings), *named], settings, output)


def _usual(content: Path, settings: Path) -> list[Path]:
    return [content, PLUGINS, settings.parent / "theme"]


def _places(folders: list[Path], settings: Path, output: Path) -> Places:
    trees = {folder.resolve() for folder in folders if folder.is_dir()}
    # A repository's root may be in PLUGIN_PATHS; builds themselves change files there.
    outside = {tree for tree in trees if not output.resolve().is_relative_to(tree)}
    return Places(tuple(sorted(outside)), settings.resolve().parent)


class Relevant(DefaultFilter):
    """A filter for changes by an author: no hidden or temporary files, none of the output."""

    def __init__(self, output: Path) -> None:
        patterns = (*DefaultFilter.ignore_entity_patterns, r"^\.", r"^4913$")  # Vim tries that name
        folders = (*DefaultFilter.ignore_dirs, ".cache")  # which every build writes to
        super().__init__(ignore_dirs=folders, ignore_entity_patterns=patterns)
        self.output = output.resolve()

    def __call__(self, change: Change, path: str) -> bool:
        """Return True if a change of this path needs a build."""
        return super().__call__(change, path) and not self._is_made(Path(path))

    def _is_made(self, path: Path) -> bool:
        """Return True for the output, its stage and other folders that builds make next to it."""
        if not path.is_relative_to(self.output.parent):
            return False
        name = next(iter(path.relative_to(self.output.parent).parts), "")
        return name == self.output.name or name.startswith(f".{self.output.name}.")


class RelevantSettings(Relevant):
    """A filter for changes of settings files only."""

    def __call__(self, change: Change, path: str) -> bool:
        """Return True if a change of this path may change settings."""
        return path.endswith(".py") and super().__call__(change, path)


def _folders(settings: str) -> Iterator[str]:
    # Imported here, since it imports Pelican, which the watching process does not need.
    from ..engine.command import settings_from  # noqa: PLC0415

    read = settings_from(["-s", settings])
    yield str(read["THEME"])
    yield from (str(folder) for folder in read["PLUGIN_PATHS"])


if __name__ == "__main__":
    print(json.dumps(list(_folders(sys.argv[1]))))
