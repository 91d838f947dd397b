"""The theme's files, in one folder whose name changes with their content.

So browsers may cache them for ever, and the modules' relative imports still work.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from ..source.problem import Place, Problem, Problems

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
"""The order of the style sheets, which is that of the cascade layers; the rest is by name."""

STYLE = "css/site.css"
"""The style sheet of every page: many small files compress better as one."""

SHEETS = "css/sheets/"
"""Each folder below this one becomes a style sheet of its own, which only some pages link to."""

SCHEME = "js/scheme.js"


class Assets(Struct, frozen=True):
    """The files of a theme's `static` folder."""

    folder: str
    """Their folder below the output, like `theme/3f2a91c0/`, named by a digest of all files."""
    texts: tuple[tuple[str, bytes], ...]
    """The style sheets and scripts, minified, each with its path below that folder."""
    files: tuple[tuple[str, str], ...]
    """All other files, as paths below that folder and files to copy."""
    scheme_script: str
    """The text of the script that runs before the first paint: a few lines within each page."""


def find_assets(static: Path, digests: Mapping[str, str]) -> tuple[Assets, list[Problem]]:
    """Return the theme's files, sorted, and a problem for each style sheet that is not valid CSS.

    `digests` has the digests of the files, by path below the folder. Hidden files are left out.
    """
    problems = Problems()
    shown = (path for path in sorted(digests) if not path.rpartition("/")[2].startswith("."))
    found = [(path, static / path) for path in shown]
    styles = [(path, file) for path, file in found if path.startswith("css/")]
    scripts = [(path, read_script(file)) for path, file in found if path.endswith(".js")]
    texts = (*_sheets(styles, problems), *scripts)
    files = [(p, f) for p, f in found if not p.startswith("css/") and not p.endswith(".js")]
    assets = Assets(
        folder=f"theme/{_digest([*texts, *((path, file.read_bytes()) for path, file in files)])}/",
        texts=texts,
        files=tuple((path, str(file)) for path, file in files),
        scheme_script=dict(texts).get(SCHEME, b"").decode(),
    )
    return assets, problems


def _digest(contents: Iterable[tuple[str, bytes]]) -> str:
    digest = hashlib.sha256()
    for path, data in contents:
        digest.update(f"{path}\0".encode() + data + b"\0")
    return digest.hexdigest()[:8]


def read_script(file: Path) -> bytes:
    """Return a script without comments and indentation."""
    from rjsmin import jsmin  # noqa: PLC0415  only where a script has changed

    return str(jsmin(file.read_text("utf-8"))).encode()


def _sheets(styles: list[tuple[str, Path]], problems: Problems) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the content of each style sheet, joined from its files."""
    files: dict[str, list[tuple[str, Path]]] = defaultdict(list)
    for style in styles:
        files[_sheet(style[0])].append(style)
    for sheet, parts in files.items():
        yield sheet, _joined(parts, problems)


def _sheet(path: str) -> str:
    """Return the style sheet of a file: `css/event.css` for `css/sheets/event/talk.css`."""
    if not path.startswith(SHEETS):
        return STYLE
    return f"css/{path.removeprefix(SHEETS).partition('/')[0]}.css"


def _joined(styles: list[tuple[str, Path]], problems: Problems) -> bytes:
    in_order = sorted(styles, key=lambda style: _layer(style[0]))
    return "\n".join(_minified(path, file, problems) for path, file in in_order).encode()


def _minified(path: str, file: Path, problems: Problems) -> str:
    from lightningcss import process_stylesheet  # noqa: PLC0415  only where a style has changed

    try:
        return str(process_stylesheet(file.read_text("utf-8"), filename=path, minify=True))
    except ValueError as error:
        problems.append(Problem(Place(f"theme/static/{path}"), str(error), "CSS"))
        return ""


def _layer(path: str) -> tuple[int, str]:
    name = path.removeprefix("css/")
    places = [n for n, prefix in enumerate(STYLE_ORDER) if name.startswith(prefix)]
    return (places[0] if places else STYLE_ORDER.index("components/"), path)
