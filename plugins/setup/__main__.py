"""`python3 -m plugins.setup LOCK_FILE`: install its packages into `.venv` next to it.

Exit codes: 0 done, 2 failed (the message says why), 130 stopped by Ctrl+C. The syntax is that of
Python 3.6, with annotations in quotes, so that an old Python can report that it is too old.
"""

import sys
from pathlib import Path

from .refusal import missing_modules, refusal


def main(*arguments: str) -> int:
    """Install, unless this Python is refused; return the exit code."""
    if len(arguments) != 1:
        return complain("usage: python3 -m plugins.setup LOCK_FILE")
    trouble = refusal(sys.version_info[:3], missing=missing_modules())
    if trouble:
        return complain(trouble)
    return install_from(Path(arguments[0]))


def install_from(lock_file: Path) -> int:
    """Install; report a failure on stderr, without a traceback, and return the exit code."""
    from . import environment, install  # noqa: PLC0415 (needs the Python that was just checked for)

    try:
        install.install(lock_file)
    except environment.SetupError as error:
        return complain(str(error))
    except OSError as error:
        return complain(f"Could not set up .venv: {error}")
    except KeyboardInterrupt:
        return complain("\nStopped; the next run begins the installation again.", code=130)
    return 0


def complain(message: str, *, code: int = 2) -> int:
    """Print the message on stderr and return the exit code."""
    print(message, file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
