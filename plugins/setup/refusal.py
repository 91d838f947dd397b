"""The check of this Python, with one line that says what to do if it is not good enough.

The syntax is that of Python 3.6, as in `__main__`.
"""

from importlib.util import find_spec

OLDEST = (3, 11)


def refusal(version: "tuple[int, ...]", *, missing: "tuple[str, ...]") -> "str | None":
    """Return the reason why this Python cannot set up Hallway; None if it can."""
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
    """Return the modules for virtual environments that this Python lacks."""
    return tuple(name for name in ("ensurepip", "venv") if find_spec(name) is None)


def dotted(version: "tuple[int, ...]") -> str:
    """Return `(3, 11)` as `3.11`."""
    return ".".join(str(number) for number in version)
