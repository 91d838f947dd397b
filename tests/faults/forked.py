"""A build in a process forked from this one, which has everything loaded already."""

from __future__ import annotations

import importlib
import os
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from plugins.engine.__main__ import main
from tests.site_folder import Finished, SiteFolder, surroundings

PLUGINS = Path(__file__).parents[2] / "plugins"

KILLED = -9


def preload() -> None:
    """Load what builds load, so that none of the forked ones has to."""
    for plugin in sorted(PLUGINS.glob("*/plugin.py")):
        importlib.import_module(f"plugins.{plugin.parent.name}.plugin")


def build_forked(site: SiteFolder, *, prepare: Callable[[], None] = lambda: None) -> Finished:
    """Build the site, after `prepare` in its process; the code is -9 when that was killed."""
    report = site.folder.with_name(f"{site.folder.name}-report.txt")
    process = os.fork()
    if not process:
        _become_build(site, report, prepare)
    _, status = os.waitpid(process, 0)
    told = report.read_text("utf-8").replace(f"{site.folder.resolve()}/", "")
    return Finished(os.waitstatus_to_exitcode(status), told)


def _become_build(site: SiteFolder, report: Path, prepare: Callable[[], None]) -> None:
    """Run the command line to its end; this process ends with it."""
    code = 70
    try:
        _enter(site.folder, report)
        prepare()
        main(site.command()[3:])
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    except BaseException:  # noqa: BLE001  the process ends here, whatever it was
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _enter(folder: Path, report: Path) -> None:
    os.chdir(folder)
    sys.path.insert(0, str(folder))  # as `python -m` does
    around = surroundings()
    os.environ.clear()
    os.environ.update(around)
    time.tzset()
    descriptor = os.open(report, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for number, name in ((1, "stdout"), (2, "stderr")):
        os.dup2(descriptor, number)
        setattr(sys, name, os.fdopen(number, "w", encoding="utf-8", buffering=1, closefd=False))
