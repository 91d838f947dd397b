"""`hallway new-site FOLDER [--for conference] [--name …]`: see `make new-site`.

Exit codes: 0 the site is there, 2 nothing was written (the message says why).
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from .answers import QUESTIONS, answers_from, faults
from .ask import asked
from .model import NewFile
from .package import PackageError, own_package
from .skeleton import site_files
from .write import TakenError, write_site

LOCK = "requirements.txt"
WRONG = 2


def main(arguments: Sequence[str]) -> int:
    """Write a new site; return the exit code."""
    options = read_options(arguments)
    said = {name: value for name in QUESTIONS if (value := getattr(options, name))}
    if not options.folder:
        return complain("TO: found nothing; expected a folder, as in `make new-site TO=../my-site`")
    if found := list(faults(said)):
        return complain(*found)
    try:
        begin_site(Path(options.folder), asked(said))
    except (TakenError, PackageError, OSError) as error:
        return complain(str(error))
    except (KeyboardInterrupt, EOFError):
        return complain("\nStopped: nothing was written.")
    return 0


def begin_site(folder: Path, answers: dict[str, str]) -> None:
    """Write a new site into the folder, and print what to do next."""
    package = own_package()
    lock = NewFile(LOCK, package.requirements.encode())
    # The date of the sample texts is today's, by the clock.
    files = site_files(answers_from(answers), today=datetime.now(UTC).date())
    write_site(folder, [*files, package.wheel, lock])
    print(f"The site is in {folder}. Next: cd {folder}, then make devserver.")


def read_options(arguments: Sequence[str]) -> Namespace:
    """Return the options of the command line."""
    parser = ArgumentParser(prog="hallway new-site", description="Begin a site of one's own.")
    folder = given("TO")
    parser.add_argument("folder", nargs="?", default=folder, help="where: a new or empty folder")
    for name, question in QUESTIONS.items():
        option, default = f"--{question.name.lower()}", given(question.name)
        parser.add_argument(option, dest=name, default=default, help=question.text)
    return parser.parse_args(arguments)


def given(name: str) -> str:
    """Return the value of a variable of make, from the environment; empty if there is none."""
    return os.environ.get(f"HALLWAY_{name}", "")


def complain(*lines: str) -> int:
    """Print the lines on stderr; return the exit code."""
    print("\n".join(lines), file=sys.stderr)
    return WRONG


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
