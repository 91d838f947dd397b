"""Hallway's own package for a new site: built from the repository, or packed again."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
import zipfile
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from msgspec import Struct

from .model import NewFile

HOUSE = Path(__file__).parents[1]
"""The folder of all rooms: `plugins` in the repository, `hallway` when installed."""

FOLDER = ".hallway"
"""The folder in which a site has the package that it is built with."""

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every file of an archive, so that the same package has the same bytes."""


class PackageError(Exception):
    """There is no package of Hallway; the text says where one was looked for."""


class Package(Struct, frozen=True):
    """A wheel of Hallway, which contains the lock of everything that it needs."""

    wheel: NewFile

    def text(self, name: str) -> str:
        """Return a text in the wheel, by its path below `hallway/`."""
        with zipfile.ZipFile(io.BytesIO(self.wheel.data)) as archive:
            return archive.read(f"hallway/{name}").decode()

    @property
    def requirements(self) -> str:
        """The lock of a site: this package from its own folder, and everything that it needs."""
        digest = hashlib.sha256(self.wheel.data).hexdigest()
        lock = self.text("requirements.txt")
        return f"./{self.wheel.path} \\\n    --hash=sha256:{digest}\n{lock}"


def own_package() -> Package:
    """Return this very Hallway as a package."""
    is_repository = HOUSE.name == "plugins" and (HOUSE.parent / "pyproject.toml").is_file()
    return package_of(HOUSE.parent) if is_repository else _package(*_packed_again())


def package_of(path: Path) -> Package:
    """Return the package of a clone of Hallway, or of a wheel; raise PackageError for others."""
    if (path / "pyproject.toml").is_file() and (path / "plugins").is_dir():
        return _package(*_built(path))
    if path.suffix == ".whl" and path.name.startswith("hallway-") and path.is_file():
        return _package(path.name, path.read_bytes())
    raise PackageError(f"FROM: found “{path}”; expected a clone of Hallway, or its wheel")


def _package(name: str, data: bytes) -> Package:
    return Package(NewFile(f"{FOLDER}/{name}", data))


def _built(repository: Path) -> tuple[str, bytes]:
    """Build a wheel from the files of the repository; return its name and bytes."""
    from hatchling.build import build_wheel  # noqa: PLC0415  a build of a site needs none

    before = Path.cwd()  # hatchling builds the folder that it is called in
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(repository)
        try:
            name = build_wheel(folder)
        finally:
            os.chdir(before)
        return name, (Path(folder) / name).read_bytes()


def _packed_again() -> tuple[str, bytes]:
    """Pack the installed files, as their record lists them; return the wheel's name and bytes."""
    try:
        installed = distribution("hallway")
    except PackageNotFoundError as error:
        raise PackageError("Hallway is neither installed nor a repository") from error
    with tempfile.NamedTemporaryFile(suffix=".whl") as file:
        with zipfile.ZipFile(file.name, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(installed.files or [], key=str):
                if path.parts[0] in {"hallway", f"hallway-{installed.version}.dist-info"}:
                    _add(archive, str(path), Path(str(path.locate())).read_bytes())
        return f"hallway-{installed.version}-py3-none-any.whl", Path(file.name).read_bytes()


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    """Add a file to the archive; skip files that only an installation writes."""
    if not name.endswith((".pyc", "/INSTALLER", "/REQUESTED", "/direct_url.json")):
        archive.writestr(zipfile.ZipInfo(name, EPOCH), data, zipfile.ZIP_DEFLATED)
