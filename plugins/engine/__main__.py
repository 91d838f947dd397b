"""`python -m plugins.engine content -s pelicanconf.py`: Pelican's own command line, by our rules.

The same arguments as `pelican`, with `--check` to stop before anything changes. Faults of the
settings file end with exit code 2 and a line, where Pelican 4.12 prints a traceback.
"""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pelican import get_config, parse_arguments
from pelican.log import init as init_logging
from pelican.settings import read_settings

from ..core.errors import ConfigurationError
from .engine import Engine, ExitCodes, Failure
from .report import Reporter

CHECK = "--check"


def main(arguments: Sequence[str]) -> None:
    """Build, or check, with the settings that the arguments name."""
    gc.disable()  # a build is short and makes next to no circles; its workers inherit this
    with ExitCodes(Reporter()):
        settings = settings_from([a for a in arguments if a != CHECK])
    settings["CHECK_ONLY"] = CHECK in arguments
    Engine(settings).run()


def settings_from(arguments: Sequence[str]) -> dict[str, Any]:
    """The settings of the file that the arguments name; raises ConfigurationError."""
    options = parse_arguments(list(arguments))
    init_logging(level=options.verbosity or logging.WARNING, name="pelican")
    file = options.settings or "pelicanconf.py"
    if not Path(file).is_file():
        raise ConfigurationError(f"{file}: there is no such settings file")
    failure = Failure()
    with failure:
        settings: dict[str, Any] = read_settings(file, override=get_config(options))
        return settings
    raise ConfigurationError(_explained(file, failure.error))


def _explained(file: str, error: Exception | None) -> str:
    """What is wrong with the settings file, with the line of it where that is known."""
    lines = []
    trace = error.__traceback__ if error else None
    while trace:
        if Path(trace.tb_frame.f_code.co_filename).resolve() == Path(file).resolve():
            lines.append(trace.tb_lineno)
        trace = trace.tb_next
    line = error.lineno if isinstance(error, SyntaxError) else next(reversed(lines), 0)
    place = f"{file}:{line}" if line else file
    return f"{place}: {type(error).__name__}: {getattr(error, 'msg', error)}"


if __name__ == "__main__":
    main(sys.argv[1:])
