"""The digest of everything that all cached answers depend on.

The files of the site and its theme are not part of it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ..source.plain import digest, encoded
from .unchanged import plain


def build_fingerprint(
    settings: Mapping[str, Any], plugins: Iterable[Path], known: Iterable[object]
) -> str:
    """Return a digest of the code, the libraries' versions, the version of Python and the settings.

    `plugins` are the folders of the loaded plugins; `known` are the features' own inputs (`knows`).
    """
    folders = {Path(__file__).parents[1], *plugins}
    sources = [_digests(sorted(folder.rglob("*.py"))) for folder in sorted(folders)]
    sources.append(_digests(sorted(Path().glob("*.py"))))
    libraries = sorted({f.name for path in sys.path for f in Path(path).glob("*.dist-info")})
    values = {name: plain(value) for name, value in settings.items()}
    for name in ("CHECK_ONLY", "SETTINGS_FILE"):
        values.pop(name, None)
    return digest(encoded([sys.version, libraries, sources, repr(values), list(known)]))


def _digests(files: Iterable[Path]) -> dict[str, str]:
    return {str(file): digest(file.read_bytes()) for file in files}
