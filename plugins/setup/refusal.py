"""Will this Python do? Answered in one line that says what to do instead.

Like `__main__`, kept to what Python 3.6 can read.
"""

from importlib.util import find_spec

OLDEST = (3, 11)


def refusal(version: "tuple[int, ...]", *, missing: "tuple[str, ...]") -> "str | None":
    """Why Hallway cannot be set up with this Python, or None if it can."""
    if version < OLDEST:
        return (
            f"Hallway needs Python {dotted(OLDEST)} or newer and this is {dotted(version)}: install"
            f" a newer one and name it, for example `make PYTHON=python{dotted(OLDEST)} html`."
        )
    if missing:
        return (
            f"This Python lacks {' and '.join(missing)}, without which .venv cannot be made:"
            f" on Debian and Ubuntu, `apt install python{dotted(version[:2])}-venv` brings it."
        )
    return None


def missing_modules() -> "tuple[str, ...]":
    """Those of the modules behind a virtual environment that this Python lacks."""
    return tuple(name for name in ("ensurepip", "venv") if find_spec(name) is None)


def dotted(version: "tuple[int, ...]") -> str:
    """`(3, 11)` as `3.11`."""
    return ".".join(str(number) for number in version)
