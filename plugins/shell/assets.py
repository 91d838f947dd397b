"""The theme's files, in one folder whose name changes with their content.

So a browser may keep them for ever, and the modules' relative imports still work.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from lightningcss import process_stylesheet
from rjsmin import jsmin

from ..core.problem import Place, Problem

STYLE_ORDER = (
    "layers",
    "tokens",
    "reset",
    "elements",
    "layouts/",
    "components/",
    "utilities",
    "print",
)
"""The order of the style sheets, which is that of the cascade layers; names sort the rest."""

STYLE = "css/site.css"
"""All style sheets in one: together they compress to about half."""


@dataclass(frozen=True, slots=True)
class Assets:
    """The files of a theme's `static` folder."""

    folder: str
    """Where they go below the output, like `theme/3f2a91c0/`."""
    files: tuple[tuple[str, Path], ...]
    """Each with its path below that folder, all but the style sheets."""
    style: bytes
    """All style sheets, in layer order, without comments."""
    scheme_script: str
    """The script that runs before the first paint, on one page a few lines."""


def find_assets(static: Path, problems: list[Problem]) -> Assets:
    """The theme's files, sorted; a style sheet that is no CSS is a problem."""
    files = sorted(
        (file.relative_to(static).as_posix(), file)
        for file in static.rglob("*")
        if file.is_file() and not file.name.startswith(".")
    )
    styles = [(path, file) for path, file in files if path.startswith("css/")]
    scheme = static / "js" / "scheme.js"
    return Assets(
        folder=f"theme/{_digest(files)}/",
        files=tuple(file for file in files if file not in styles),
        style=_joined(styles, problems),
        scheme_script=read_script(scheme).decode() if scheme.is_file() else "",
    )


def _digest(files: list[tuple[str, Path]]) -> str:
    digest = hashlib.sha256()
    for path, file in files:
        digest.update(f"{path}\0".encode() + file.read_bytes() + b"\0")
    return digest.hexdigest()[:8]


def read_script(file: Path) -> bytes:
    """A script without comments and indentation."""
    return str(jsmin(file.read_text("utf-8"))).encode()


def _joined(styles: list[tuple[str, Path]], problems: list[Problem]) -> bytes:
    in_order = sorted(styles, key=lambda style: _layer(style[0]))
    return "\n".join(_minified(path, file, problems) for path, file in in_order).encode()


def _minified(path: str, file: Path, problems: list[Problem]) -> str:
    try:
        return str(process_stylesheet(file.read_text("utf-8"), filename=path, minify=True))
    except ValueError as error:
        problems.append(Problem(Place(f"theme/static/{path}"), str(error), "CSS"))
        return ""


def _layer(path: str) -> tuple[int, str]:
    name = path.removeprefix("css/")
    places = [n for n, prefix in enumerate(STYLE_ORDER) if name.startswith(prefix)]
    return (places[0] if places else STYLE_ORDER.index("components/"), path)
