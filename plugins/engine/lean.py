"""Leaves out of the start what the host imports and no build of ours uses.

Pelican 4.12 imports docutils, and with it an imaging library, for reStructuredText, of which we
read none (`scan.py` refuses it); and feedgenerator, and with it all of TLS, for feeds that we
write ourselves. That is half of the host's import time.
"""

from __future__ import annotations

import contextlib
import importlib.abc
import importlib.machinery
import sys
from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import Any


@contextlib.contextmanager
def left_out(package: str) -> Iterator[None]:
    """Imports of a package inside get a stand-in, unless it is there already; later ones get it."""
    finder = _Finder(package)
    if package not in sys.modules:
        sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        if finder in sys.meta_path:
            sys.meta_path.remove(finder)
        for name, module in list(sys.modules.items()):
            if isinstance(module, _StandIn) and name.partition(".")[0] == package:
                del sys.modules[name]


class _Anything(type):
    """The type of a class that has every attribute, and may be a base class or be called."""

    def __getattr__(cls, name: str) -> Any:
        return _Anything(name, (Nothing,), {})  # one of its own: bases have to differ

    def __call__(cls, *arguments: object, **named: object) -> None:
        """Make nothing."""


class Nothing(metaclass=_Anything):
    """What stands for everything in a package that is left out."""


class _StandIn(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Anything(name, (Nothing,), {})


class _Finder(importlib.abc.Loader, importlib.abc.MetaPathFinder):
    """Finds stand-ins for the modules of one package."""

    def __init__(self, package: str) -> None:
        self.package = package

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """How the module is made, if it is of the package."""
        if name.partition(".")[0] != self.package:
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        """A stand-in."""
        return _StandIn(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing is to be run."""
