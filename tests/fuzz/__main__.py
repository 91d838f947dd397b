"""`python -m tests.fuzz [COUNT] [SEED]`: hostile texts by hand; each failure is kept in a file.

Prints how many texts each reader was given, and what it did not stand. A text that takes longer
than `LIMIT` seconds counts as one; the build would end its reading and name the file.
"""

from __future__ import annotations

import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from tests.fuzz.targets import Target, targets
from tests.fuzz.texts import writer

LIMIT = 10


class TooSlowError(Exception):
    """A text took longer than the limit."""


def main(count: int, seed: int) -> int:
    """Try the texts; the exit code is 1 if one was not stood."""
    signal.signal(signal.SIGALRM, _too_slow)
    kept = Path(tempfile.mkdtemp(prefix="fuzz-"))
    tried, faults = Counter[str](), Counter[str]()
    started = time.monotonic()
    readers = targets()
    names = sorted(readers)
    writers = {name: writer(name, seed=f"{seed} {name}") for name in names}
    for number in range(count):
        name = names[number % len(names)]
        text = writers[name].text()
        tried[name] += 1
        if fault := _fault(readers[name], text):
            faults[fault] += 1
            if faults[fault] == 1:
                _keep(kept / f"{len(faults)}-{name}.txt", text, fault)
    seconds = time.monotonic() - started
    print(f"{count} texts in {seconds:.0f} s: {dict(tried)}; {faults.total()} faults")
    return bool(faults)


def _fault(read: Target, text: str) -> str:
    """What a reader did not stand, in a line; empty when all is well."""
    signal.alarm(LIMIT)
    try:
        read(text)
    except Exception as error:  # noqa: BLE001  whatever it is, it is what is looked for
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} ({frame.filename}:{frame.lineno})"
    finally:
        signal.alarm(0)
    return ""


def _keep(file: Path, text: str, fault: str) -> None:
    file.write_text(text, "utf-8", errors="surrogatepass")
    print(f"{file}: {fault}", flush=True)


def _too_slow(number: int, frame: object) -> None:
    raise TooSlowError


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in (*sys.argv[1:], *["5000", "0"][len(sys.argv) - 1 :]))))
