"""Pelican's command line, with our options and rules.

It takes the arguments of `pelican` and a few more. Faults of the settings file end with exit code 2
and one line, where Pelican 4.12 prints a traceback.
"""

from __future__ import annotations

import argparse
import gc
import logging
import os
import re
import signal
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from pelican import get_config, parse_arguments
from pelican.log import init as init_logging
from pelican.settings import read_settings

from ..source.errors import REPORT_END, ConfigurationError, Failure
from .engine import Engine, ExitCodes
from .report import Reporter
from .tasks import adopt_feed, plan_publish, roll_back_output, verify_output

USUAL_FILE = "pelicanconf.py"

# Matches Pelican 4.12's message about a theme that does not exist.
NO_THEME = re.compile(r"Could not find the theme (?P<theme>.*)")

NO_CONTENT = "You need to specify a path containing the content"
"""Pelican 4.12's message about a content folder that does not exist."""


def main(arguments: Sequence[str]) -> None:
    """Build the site, or run the task that the arguments name."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # see __init__.py
    gc.disable()  # a build is short and makes few cycles; its workers inherit this
    ours, others = _own_arguments().parse_known_args(arguments)
    file = _settings_file(others)
    with ExitCodes(Reporter(settings=file)):
        settings = settings_from(others)
    settings["SETTINGS_FILE"] = file
    settings["CHECK_ONLY"] = ours.check
    engine = Engine(settings)
    if ours.plan:
        engine.perform(partial(plan_publish, as_json=ours.json))
    elif ours.adopt_feed:
        engine.perform(partial(adopt_feed, feed=ours.adopt_feed))
    elif ours.rollback or ours.verify_output:
        engine.perform(roll_back_output if ours.rollback else verify_output)
    elif ours.resident:
        stay(engine)
    else:
        engine.arguments = None if ours.check else tuple(arguments)
        engine.run()


def stay(engine: Engine) -> None:
    """Build once for every line of standard input, until it is closed.

    What was read stays in memory. Code and settings stay as they were at the start;
    plugins/serve/watch.py starts another process when they change.
    """
    for _ in sys.stdin:
        code = engine.run_again()
        print(f"{REPORT_END}{code}", file=sys.stderr, flush=True)
        gc.collect()  # now that nobody waits for it
        engine.get_ready()


def _own_arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    task = parser.add_mutually_exclusive_group()
    task.add_argument("--check", action="store_true", help="stop before anything changes")
    task.add_argument("--resident", action="store_true", help="build once for every line of input")
    task.add_argument("--plan", action="store_true", help="tell what readers would notice")
    task.add_argument("--rollback", action="store_true", help="bring the last publish but one back")
    task.add_argument("--verify-output", action="store_true", help="compare it with its publish")
    task.add_argument(
        "--adopt-feed",
        type=Path,
        metavar="FILE",
        nargs="?",
        const=Path(os.environ.get("HALLWAY_FROM", "")),
        help="take over an old feed's ids; without a name, the file that HALLWAY_FROM names",
    )
    parser.add_argument("--json", action="store_true", help="tell the plan as JSON")
    return parser


def settings_from(arguments: Sequence[str]) -> dict[str, Any]:
    """Return the settings of the file that the arguments name; raise ConfigurationError."""
    options = parse_arguments(list(arguments))
    level, lines = options.verbosity or logging.WARNING, logging.StreamHandler()
    init_logging(level=level, handler=lines, name="pelican")
    file = options.settings or USUAL_FILE
    if not Path(file).is_file():
        raise ConfigurationError(f"{file}: there is no such settings file")
    failure = Failure()
    with failure:
        settings: dict[str, Any] = read_settings(file, override=get_config(options))
        return settings
    if match := NO_THEME.match(str(failure.error)):
        found = f"THEME: found {match['theme']!r}, which is no folder"
        raise ConfigurationError(f"{found}; expected that of a theme, like theme")
    if str(failure.error).startswith(NO_CONTENT):
        name, expected = options.path or "PATH", "that of the texts, which may be empty"
        raise ConfigurationError(f"{name}: found no such folder; expected {expected}")
    raise ConfigurationError(_explained(file, failure.error))


def _settings_file(arguments: Sequence[str]) -> str:
    return parse_arguments(list(arguments)).settings or USUAL_FILE


def _explained(file: str, error: Exception | None) -> str:
    """Return the error of the settings file, with the line where it is known."""
    lines = []
    trace = error.__traceback__ if error else None
    while trace:
        if Path(trace.tb_frame.f_code.co_filename).resolve() == Path(file).resolve():
            lines.append(trace.tb_lineno)
        trace = trace.tb_next
    line = error.lineno if isinstance(error, SyntaxError) else next(reversed(lines), 0)
    place = f"{file}:{line}" if line else file
    return f"{place}: {type(error).__name__}: {getattr(error, 'msg', error)}"
