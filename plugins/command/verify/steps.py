"""Runs steps as Python's own prompt does: `python -u -c TEXT_OF_THIS_FILE DESCRIPTOR`.

Each line of its input is a step as JSON; after each step it writes a line to the descriptor. It
runs in the environment of a page, with any Python 3, and so imports nothing of Hallway.
"""

import code
import json
import os
import sys


def main(control: int) -> None:
    """Run every step; a step that ends Python ends this process."""
    steps = os.fdopen(os.dup(0), encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.set_inheritable(control, False)
    sys.argv[:] = [""]
    prompt = code.InteractiveInterpreter({"__name__": "__main__", "__doc__": None})
    for line in steps:
        if prompt.runsource(json.loads(line) + "\n", "<stdin>", "single"):
            sys.stderr.write("SyntaxError: the step is not complete\n")
        sys.stdout.flush()
        sys.stderr.flush()
        os.write(control, b"0\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
