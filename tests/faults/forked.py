"""A build in a fork of this very process, so that a test can change what the build will meet."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from plugins.engine.__main__ import main
from tests.fork_server import become
from tests.site_folder import Finished, SiteFolder, surroundings

KILLED = -9


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
        arguments = site.command()[3:]
        wanted = {"module": "plugins.engine", "arguments": arguments, "folder": str(site.folder)}
        become({**wanted, "environment": surroundings()})
        speak_into(report)
        prepare()
        main(arguments)
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    except BaseException:  # noqa: BLE001  the process ends here, whatever it was
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def speak_into(report: Path) -> None:
    """Make a file what this process says into."""
    descriptor = os.open(report, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for number, name in ((1, "stdout"), (2, "stderr")):
        os.dup2(descriptor, number)
        setattr(sys, name, os.fdopen(number, "w", encoding="utf-8", buffering=1, closefd=False))
