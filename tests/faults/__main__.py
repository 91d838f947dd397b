"""`make crash`: every step of a build with every kind of fault, and a reader of a hundred builds.

Prints how many faults were tried and how many survived, and each that was not.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.faults.matrix import Trial
from tests.faults.polled import polled_builds

BUILDS = 100


def main() -> int:
    """Try all; the exit code is 1 if one was not survived."""
    ways = [(has, is_publish) for has in (True, False) for is_publish in (False, True)]
    return sum([*(_try_faults(has_exchange=h, is_publish=p) for h, p in ways), _poll()]) > 0


def _try_faults(*, has_exchange: bool, is_publish: bool) -> int:
    """How many faults were not survived."""
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(Path(folder).resolve(), has_exchange=has_exchange, is_publish=is_publish)
        cases = list(trial.cases())
        failures = [failure for case in cases if (failure := trial.failure(case))]
    way = f"{'publish' if is_publish else 'build'}, {'exchange' if has_exchange else 'link'}"
    print(*failures, sep="\n", end="\n" if failures else "")
    print(f"{way}: {trial.steps} steps, {len(cases)} faults, {len(cases) - len(failures)} survived")
    return len(failures)


def _poll() -> int:
    """How many files a reader found missing or broken."""
    with tempfile.TemporaryDirectory() as folder:
        seen = polled_builds(Path(folder).resolve(), BUILDS)
    print(*seen.faults, sep="\n", end="\n" if seen.faults else "")
    print(f"reader: {seen.reads} reads during {BUILDS} builds, {len(seen.faults)} faults")
    return len(seen.faults)


if __name__ == "__main__":
    sys.exit(main())
