"""The theme's files, in one folder whose name changes with their content.

So a browser may keep them for ever, and the modules' relative imports still work.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from lightningcss import process_stylesheet
from msgspec import Struct
from rjsmin import jsmin

from ..source.kept import Latest
from ..source.problem import Place, Problem
from ..source.sums import Sums

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
"""The style sheet of every page: many small files compress better as one."""

SHEETS = "css/sheets/"
"""Each folder below this one becomes a style sheet of its own, which only some pages link to."""

SCHEME = "js/scheme.js"


class Assets(Struct, frozen=True):
    """The files of a theme's `static` folder."""

    folder: str
    """Where they go below the output, like `theme/3f2a91c0/`."""
    texts: tuple[tuple[str, bytes], ...]
    """The style sheets and the scripts, each with its path below that folder, made short."""
    files: tuple[tuple[str, Path], ...]
    """All others, to be copied as they are."""
    scheme_script: str
    """The script that runs before the first paint, on one page a few lines."""


class AssetFinder:
    """Finds the files of one `static` folder; makes them short again only when one changed."""

    def __init__(self, static: Path) -> None:
        self.static = static
        self._sums = Sums()
        self._found: Latest[tuple[Assets, list[Problem]]] = Latest()

    def find(self, problems: list[Problem]) -> Assets:
        """The files as they are now; what is wrong with them is in the problems."""
        assets, told = self._found.of(self._sums.below(self.static), self._find)
        problems += told
        return assets

    def _find(self) -> tuple[Assets, list[Problem]]:
        problems: list[Problem] = []
        return find_assets(self.static, problems), problems


def find_assets(static: Path, problems: list[Problem]) -> Assets:
    """The theme's files, sorted; a style sheet that is no CSS is a problem."""
    found = sorted(
        (file.relative_to(static).as_posix(), file)
        for file in static.rglob("*")
        if file.is_file() and not file.name.startswith(".")
    )
    styles = [(path, file) for path, file in found if path.startswith("css/")]
    scripts = [(path, read_script(file)) for path, file in found if path.endswith(".js")]
    texts = (*_sheets(styles, problems), *scripts)
    files = tuple((p, f) for p, f in found if not p.startswith("css/") and not p.endswith(".js"))
    return Assets(
        folder=f"theme/{_digest([*texts, *((path, file.read_bytes()) for path, file in files)])}/",
        texts=texts,
        files=files,
        scheme_script=dict(texts).get(SCHEME, b"").decode(),
    )


def _digest(contents: Iterable[tuple[str, bytes]]) -> str:
    digest = hashlib.sha256()
    for path, data in contents:
        digest.update(f"{path}\0".encode() + data + b"\0")
    return digest.hexdigest()[:8]


def read_script(file: Path) -> bytes:
    """A script without comments and indentation."""
    return str(jsmin(file.read_text("utf-8"))).encode()


def _sheets(styles: list[tuple[str, Path]], problems: list[Problem]) -> Iterator[tuple[str, bytes]]:
    """Join the files of each style sheet."""
    files: dict[str, list[tuple[str, Path]]] = defaultdict(list)
    for style in styles:
        files[_sheet(style[0])].append(style)
    for sheet, parts in files.items():
        yield sheet, _joined(parts, problems)


def _sheet(path: str) -> str:
    """The style sheet that a file is part of: `css/sheets/event/talk.css` is in `css/event.css`."""
    if not path.startswith(SHEETS):
        return STYLE
    return f"css/{path.removeprefix(SHEETS).partition('/')[0]}.css"


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
