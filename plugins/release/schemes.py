"""The order of versions, by `packaging` and `univers`: no version is compared as text.

A product's file names its scheme: `pep440`, `semver` and so on, the keys of `SCHEMES`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

from packaging.version import InvalidVersion, Version

Parser = Callable[[str], Any]
"""A parser of versions.

It returns a value that compares with others of its scheme, and raises ValueError for no version.
"""

# Matches `1.2`, `1.2.0-rc.1`; not `latest`: univers would read that as 0.0.0.
DIGIT = re.compile(r"[vV]?\d")


def _pep440(text: str) -> Version:
    try:
        return Version(text)
    except InvalidVersion as error:
        raise ValueError(str(error)) from None


def _univers(name: str, text: str) -> Any:
    """Return the version by a class of univers, whose import is delayed because it is slow."""
    if not DIGIT.match(text):
        raise ValueError(text)
    return getattr(import_module("univers.versions"), name)(text)


SCHEMES: dict[str, Parser] = {
    "pep440": _pep440,
    "semver": partial(_univers, "SemverVersion"),
    "debian": partial(_univers, "DebianVersion"),
    "rpm": partial(_univers, "RpmVersion"),
    "alpine": partial(_univers, "AlpineLinuxVersion"),
    "arch": partial(_univers, "ArchLinuxVersion"),
    "gentoo": partial(_univers, "GentooVersion"),
    "maven": partial(_univers, "MavenVersion"),
    "gem": partial(_univers, "RubygemsVersion"),
    "nuget": partial(_univers, "NugetVersion"),
    "composer": partial(_univers, "ComposerVersion"),
    "golang": partial(_univers, "GolangVersion"),
    "openssl": partial(_univers, "OpensslVersion"),
    "conan": partial(_univers, "ConanVersion"),
}


def parse_version(scheme: str, text: str) -> Any | None:
    """Return the version as a value that compares with others; None if the text is no version."""
    try:
        return SCHEMES[scheme](text.strip())
    except ValueError:
        return None


def branch_of(version: str, branches: list[str]) -> str:
    """Return the branch of a version: the longest one that it begins with, up to a whole number.

    9.1.3 is of 9.1, 18rc1 and 18.0 of 18, 10.1 not of 1. The name is empty if there is none.
    """
    bare = version.lstrip("vV")
    found = [name for name in branches if _begins_with(bare, name.lstrip("vV"))]
    return max(found, key=len, default="")


def _begins_with(version: str, branch: str) -> bool:
    rest = version[len(branch) :]
    return version.startswith(branch) and not rest[:1].isdigit()
