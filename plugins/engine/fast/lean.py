"""Skip imports of Pelican's that no build of ours uses.

Pelican 4.12 imports docutils, and with it an imaging library, for reStructuredText, which we do not
read (`scan.py` refuses it); feedgenerator, and with it all of TLS, for feeds that we write
ourselves; rich, for columns of log messages, where we prefer one line each; its server, where we
have our own; and watchfiles, which only that server needs. That is most of Pelican's import time:
0.27 s of a start of 0.64 s (Pelican 4.12). With `HALLWAY_PLAIN_IMPORTS=1` in the environment
everything is imported.
"""

from __future__ import annotations

import contextlib
import importlib.abc
import importlib.machinery
import os
import sys
from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import Any


@contextlib.contextmanager
def left_out(*packages: str) -> Iterator[None]:
    """Import stand-ins for these packages inside the block, unless they are loaded already.

    Imports after the block get the real packages.
    """
    wanted = () if os.environ.get("HALLWAY_PLAIN_IMPORTS") else packages
    finder = _Finder(frozenset(wanted).difference(sys.modules))
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        for name, module in list(sys.modules.items()):
            if isinstance(module, _StandIn):
                del sys.modules[name]


class _Anything(type):
    """The type of a class that has every attribute, and may be a base class or be called."""

    def __getattr__(cls, name: str) -> Any:
        return _Anything(name, (Nothing,), {})  # one class each: base classes have to differ

    def __call__(cls, *arguments: object, **named: object) -> None:
        """Make nothing."""


class Nothing(metaclass=_Anything):
    """The stand-in for every name in a package that is left out."""


class _StandIn(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Anything(name, (Nothing,), {})


class _Finder(importlib.abc.Loader, importlib.abc.MetaPathFinder):
    """A finder that makes stand-ins for the modules of some packages."""

    def __init__(self, packages: frozenset[str]) -> None:
        self.packages = packages

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Return the spec of a stand-in if the module is in one of the packages, or else None."""
        if not any(name == package or name.startswith(f"{package}.") for package in self.packages):
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        """Return a stand-in."""
        return _StandIn(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Run nothing."""
