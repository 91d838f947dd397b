"""Hallway's own package, for a new site: made from the repository, or packed again as installed."""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from msgspec import Struct

from .model import NewFile

HOUSE = Path(__file__).parents[1]
"""The folder of all rooms: `plugins` in the repository, `hallway` as installed."""

FOLDER = ".hallway"
"""Where a site keeps the package that it is built with."""

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every file of an archive: the same package has the same bytes."""


class Package(Struct, frozen=True):
    """A wheel, and the lock of all that it needs."""

    wheel: NewFile
    lock: str
    """Every package that it needs, with hashes, as pip reads it."""

    @property
    def requirements(self) -> str:
        """The lock of a site: this package from its own folder, and all that it needs."""
        digest = hashlib.sha256(self.wheel.data).hexdigest()
        return f"./{self.wheel.path} \\\n    --hash=sha256:{digest}\n{self.lock}"


def own_package() -> Package:
    """Return this very Hallway as a package."""
    if (HOUSE.parent / "pyproject.toml").is_file() and HOUSE.name == "plugins":
        name, data = _built(HOUSE.parent)
        lock = (HOUSE.parent / "requirements.txt").read_text("utf-8")
    else:
        name, data = _packed_again()
        lock = (HOUSE / "requirements.txt").read_text("utf-8")
    return Package(NewFile(f"{FOLDER}/{name}", data), lock)


def _built(repository: Path) -> tuple[str, bytes]:
    """Return a wheel's name and bytes, made from the files of the repository."""
    import os  # noqa: PLC0415  hatchling looks at the folder that it is called in

    from hatchling.build import build_wheel  # noqa: PLC0415  a build of a site needs none

    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(repository)
        try:
            name = build_wheel(folder)
        finally:
            os.chdir(before)
        return name, (Path(folder) / name).read_bytes()


def _packed_again() -> tuple[str, bytes]:
    """Return a wheel of the installed files, as their record lists them."""
    try:
        installed = distribution("hallway")
    except PackageNotFoundError as error:
        raise FileNotFoundError("Hallway is neither installed nor a repository") from error
    with tempfile.NamedTemporaryFile(suffix=".whl") as file:
        with zipfile.ZipFile(file.name, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(installed.files or [], key=str):
                if path.parts[0] in {"hallway", f"hallway-{installed.version}.dist-info"}:
                    _add(archive, str(path), Path(str(path.locate())).read_bytes())
        return f"hallway-{installed.version}-py3-none-any.whl", Path(file.name).read_bytes()


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    """Add a file; what an installation writes of its own is left out."""
    if not name.endswith((".pyc", "/INSTALLER", "/REQUESTED", "/direct_url.json")):
        archive.writestr(zipfile.ZipInfo(name, EPOCH), data, zipfile.ZIP_DEFLATED)
