"""What the last build of this site into this folder made, so that the next one need not.

One SQLite file in `.cache/`, with plain data (source/codec.py) in two tables:

    documents   what reading a file gave: the document and its problems
    rows        what a row of the plan wrote: the size and time stamp of the file, the links on it

An entry is used only when its key is the one that this build asks for:

| key of      | is a fingerprint of                                                                |
|-------------|------------------------------------------------------------------------------------|
| anything    | our sources, the plugins' sources, the installed libraries by version, the Python, |
|             | the settings and the files beside the settings file                                |
| a document  | + its path, its section, its bytes and those of the files that it includes, what   |
|             | features know (`Feature.knows`)                                                    |
| a page      | + the theme's templates, the view of the site, what its own view is made from      |
| its view    | + the same, but the view itself                                                    |
| another row | + the function that writes it and that function's arguments, or the bytes to copy  |

A page's view is made only when what it is made from has changed, and rendered only when it is then
another one. A page's file is used only while it has the size and time stamp with which it was
written. Whatever is broken, cut short or foreign is passed over and written anew; what this build
did not ask for is removed, so that the file stays as large as the site. Removing it costs time and
nothing else.
"""

from __future__ import annotations

import functools
import marshal
import sqlite3
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import astuple, replace

from ..links.check import PageLinks
from ..site.site import CopyRow, PelicanRow, Row, TemplateRow
from ..site.view import SiteView
from ..source.codec import Digests, NotPlainError, digest, encode
from ..source.kept import Kept, Latest
from ..source.sums import Sums, status_of, sum_of
from .answers import Answer, read_answer, sealed, unsealed
from .collect import Collected

if TYPE_CHECKING:
    from .read import FileReader

FOLDER = Path(".cache")
"""Below the folder that the author works in."""


class Entry(Struct, frozen=True):
    """One row as it was written."""

    path: str
    key: str
    view: str
    """The key of its view; empty for what is no page."""
    size: int
    time: int
    """The time stamp of its file, in nanoseconds."""
    links: str = ""
    """The page's links, encoded; empty for what is no page."""


Entries = tuple[Mapping[str, tuple[str, str]], Mapping[str, Entry]]
"""Of documents, by source: a key and the encoded answer. Of rows, by path."""


class Memory(Struct, frozen=True):
    """What a process that builds again and again keeps of its builds."""

    documents: dict[str, tuple[str, Answer]] = field(default_factory=dict)
    """By source: the key and the answer, as they were."""
    digests: Digests = field(default_factory=Digests)
    sums: Sums = field(default_factory=Sums)
    entries: Latest[Entries] = field(default_factory=Latest)
    """What the file of the cache held when it was closed."""
    reader: Latest[FileReader] = field(default_factory=Latest)
    collected: Collected = field(default_factory=Collected)
    keys: dict[str, tuple[Row, str, str]] = field(default_factory=dict)
    """By path: a row, what all keys depend on, and the row's key."""
    links: Kept[PageLinks] = field(default_factory=Kept)
    """By path."""


TABLES = """
    CREATE TABLE IF NOT EXISTS documents (source TEXT PRIMARY KEY, key TEXT, data TEXT);
    CREATE TABLE IF NOT EXISTS rows (
        path TEXT PRIMARY KEY, key TEXT, view TEXT, size INTEGER, time INTEGER, links TEXT
    );
"""


class Cache:
    """The entries of the last build, and those of this one."""

    def __init__(self, file: Path | None, fingerprint: str, memory: Memory | None = None) -> None:
        """Open the file, or go without one where that cannot be."""
        self.file, self.fingerprint = file, fingerprint
        self.memory = memory or Memory()
        self.database = _opened(file) if file else None
        self.documents, self.pages = self.memory.entries.of(self._status(), self._entries)
        self.fresh_pages: dict[str, Entry] = {}
        """What this build wrote or left as it was; kept when it is live."""

    def has_document(self, source: str, key: str) -> bool:
        """Whether there is an entry of that file and key, which may be damaged."""
        entry = self.documents.get(source)
        return entry is not None and entry[0] == key

    def has_row(self, path: str, key: str) -> bool:
        """Whether the last build wrote a row under this key, if that is one."""
        entry = self.pages.get(path)
        return entry is not None and key != "" and entry.key == key

    def document(self, source: str, key: str) -> Answer | None:
        """What reading a file gave when its key was the same."""
        if not self.has_document(source, key):
            return None
        known = self.memory.documents.get(source)
        is_known = known and known[0] == key
        answer = known[1] if known and is_known else read_answer(self.documents[source][1])
        if answer:
            self.memory.documents[source] = key, answer
        return answer

    def keep_documents(self, answers: Mapping[str, tuple[str, str]]) -> None:
        """Keep what was read now, by source: a key and the encoded answer; forget all other."""
        old, new = self.documents, answers
        changed = [(s, *new[s]) for s in new if s not in old or old[s][0] != new[s][0]]
        self._replace("documents", "source", set(old) - set(new), changed)
        self.documents = new

    def keep_pages(self, pages: Mapping[str, Entry]) -> None:
        """Keep what this build wrote or left as it was; forget all other."""
        old = self.pages
        changed = (page for page in pages.values() if old.get(page.path) != page)
        rows = [astuple(replace(page, links=sealed(page.links))) for page in changed]
        self._replace("rows", "path", set(old) - set(pages), rows)
        self.pages = pages

    def close(self) -> None:
        """Let go of the file."""
        if self.database:
            self.database.close()
            self.memory.entries.keep(self._status(), (self.documents, self.pages))

    def _status(self) -> tuple[int, ...] | None:
        """What tells whether the file is as this process left it."""
        try:
            return status_of(self.file.stat()) if self.file and self.database else None
        except OSError:  # somebody has removed it meanwhile
            return None

    def _entries(self) -> Entries:
        rows = ((*row, unsealed(links)) for *row, links in self._all("rows"))
        pages = {row[0]: Entry(*row) for row in rows if row[-1] is not None}
        return {source: rest for source, *rest in self._all("documents")}, pages

    def _all(self, table: str) -> list[Any]:
        if not self.database:
            return []
        try:
            return self.database.execute(f"SELECT * FROM {table}").fetchall()
        except sqlite3.Error:
            return []

    def _replace(self, table: str, name: str, gone: Iterable[str], rows: list[Any]) -> None:
        """Remove entries and put others in, all or none of them."""
        if not self.database:
            return
        places = ", ".join("?" * len(rows[0])) if rows else ""
        try:
            with self.database:
                remove = f"DELETE FROM {table} WHERE {name} = ?"
                self.database.executemany(remove, [(key,) for key in gone])
                if rows:
                    put = f"INSERT OR REPLACE INTO {table} VALUES ({places})"
                    self.database.executemany(put, rows)
        except sqlite3.Error:  # a full disk: the next build is slower, and this one is right
            self.database = None


def _opened(file: Path) -> sqlite3.Connection | None:
    """The database; a file that is none gives way to an empty one."""
    for _ in range(2):
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            database = sqlite3.connect(file)
            # No build waits for the disk: after a power cut a damaged cache is made anew.
            database.executescript("PRAGMA synchronous = OFF; PRAGMA journal_mode = TRUNCATE;")
            database.executescript(TABLES)
            database.execute("SELECT * FROM documents, rows LIMIT 1").fetchall()
        except (sqlite3.Error, OSError):
            if not _is_removed(file):
                return None  # somebody else's: this build goes without
        else:
            return database
    return None


def _is_removed(file: Path) -> bool:
    try:
        file.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def cache_file(output: Path) -> Path:
    """Where the cache of what is built into a folder lies."""
    return FOLDER.absolute() / f"{output.name}-{digest(str(output))[:8]}.sqlite"


def document_key(
    fingerprint: str, path: str, section: str, sum: str, included: Mapping[str, str]
) -> str:
    """The key of what a file reads as: a fingerprint, and the names of the files that it includes.

    `sum` is a fingerprint of its bytes, and `included` has those of the files that it includes.
    """
    parts = [fingerprint, path, section, sum, *(f"{name}\n{included[name]}" for name in included)]
    return "\n".join([sum_of("\0".join(parts).encode()), *included])


def included_in(key: str) -> list[str]:
    """The names of the files that a document's text included when it was read under a key."""
    return key.split("\n")[1:]


def row_keys(rows: Iterable[Row], fingerprint: str, memory: Memory) -> dict[str, str]:
    """The key of each row, by its path: that of the last build, if it had the very same row.

    A file to be copied is asked for its bytes.
    """
    memory.digests.turn()
    before = memory.keys.copy()
    memory.keys.clear()
    for row in rows:
        known = before.get(row.path)
        is_same = known and known[0] is row and known[1] == fingerprint
        if not known or not is_same or isinstance(row, CopyRow):
            known = row, fingerprint, row_key(row, fingerprint, memory.digests, memory.sums)
        memory.keys[row.path] = known
    return {path: key for path, (_, _, key) in memory.keys.items()}


def row_key(row: Row, fingerprint: str, digests: Digests, sums: Sums) -> str:
    """The key of what a row writes; empty for one that is always written.

    That is a row whose function or arguments are no data, and a file that cannot be read.
    """
    if isinstance(row, PelicanRow):
        return ""
    try:
        if isinstance(row, CopyRow):
            return copy_key(fingerprint, sums.of(str(row.file)))
        if isinstance(row, TemplateRow):
            return digests.of(fingerprint, row.template, row.view)
        if isinstance(row.write, functools.partial):
            write: Any = row.write
            name = f"{write.func.__module__}:{write.func.__qualname__}"
            if "<" not in name:
                named = tuple(sorted(write.keywords.items()))
                return digests.of(fingerprint, name, tuple(write.args), named)
    except (NotPlainError, AttributeError, OSError):
        pass
    return ""


def copy_key(fingerprint: str, sum: str) -> str:
    """The key of a file that is published as it is."""
    return sum_of(f"{fingerprint}\0{sum}".encode())


def view_key(row: TemplateRow, fingerprint: str, digests: Digests) -> str:
    """The key of what the row's template sees, which is made for that; empty if it is no data."""
    try:
        return digests.of(fingerprint, row.template, row.page)
    except NotPlainError:
        return ""


def page_fingerprint(fingerprint: str, theme: Path, site: SiteView, sums: Sums) -> str:
    """What all pages depend on: the theme's files and the view that they share."""
    return digest(fingerprint, sums.below(theme), site)


def build_fingerprint(
    settings: Mapping[str, Any], plugins: Iterable[Path], known: Iterable[object]
) -> str:
    """What everything depends on, but for the files of the site and its theme.

    `plugins` are the folders of the plugins that are loaded; `known` is what features know.
    """
    folders = [Path(__file__).parents[1], *plugins]
    sums = Sums()
    sources = [sums.below(folder, ending=".py") for folder in sorted(set(folders))]
    sources += [{path: sums.of(path) for path in sorted(map(str, Path().glob("*.py")))}]
    libraries = sorted({f.name for path in sys.path for f in Path(path).glob("*.dist-info")})
    values = {name: _plain(value) for name, value in sorted(settings.items())}
    for name in ("CHECK_ONLY", "SETTINGS_FILE"):
        values.pop(name, None)
    return digest(sys.version, libraries, sources, values, list(known))


def _plain(value: object) -> object:
    """A setting as data: of what is none its name, and of a function its code as well."""
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    try:
        return encode(value)
    except NotPlainError:
        kind: Any = value if isinstance(value, type) else type(value)
        name = getattr(value, "__qualname__", kind.__qualname__)
        code = getattr(value, "__code__", None)
        return [kind.__module__, name, marshal.dumps(code) if code else b""]
