"""The committed file of checked blocks: which ones, when, and with what.

`make verify` writes `content/.verified.json`; a build reads it. A block's key is a digest of
everything that decides its output: all commands before it on its page, its own commands and the
output that is written there. `inputs` is a digest of the folder that the commands run in, with the
locked requirements in it. When either changes, the check no longer holds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path, PurePosixPath

import msgspec
from msgspec import DecodeError, Struct
from msgspec.json import decode

from ...source.errors import ConfigurationError
from ...source.placeholder import Placeholder
from ...source.schema import FrontMatter, Verify
from ...source.writer import read_regular, replace_file
from ..holes import filled, find_holes
from ..model import CommandBlock, Step
from .sandbox import NO_SANDBOX

FILE = ".verified.json"

LEFT_OVER = ("__pycache__", "*.pyc", ".DS_Store")
"""Names that tools leave in a folder: neither copied nor part of the digest."""

KEY_LENGTH = 32


class Check(Struct, frozen=True):
    """One block that did what its page says."""

    key: str
    """The digest of what was run and compared; see this module."""
    checked: date
    platform: str
    sandbox: str = NO_SANDBOX
    """The sandbox that it ran in, like `bubblewrap 0.8.0`."""


class PageRecord(Struct, frozen=True):
    """The checked blocks of one page."""

    folder: str
    """The folder next to the page; the commands ran in a copy of it."""
    inputs: str
    """The digest of its files."""
    packages: Mapping[str, str]
    """The versions of the packages that the page is about, by the names that it gives them."""
    blocks: Mapping[str, Check]
    """The checks by the ids of their blocks' elements."""

    def check_of(self, key: str) -> Check | None:
        """Return the check with that key, even if its block has another id by now, or None."""
        return next((check for check in self.blocks.values() if check.key == key), None)


Record = Mapping[str, PageRecord]
"""The pages' records by the path of the page's file below the content folder."""


def read_record(content: Path) -> Record:
    """Return the record of a content folder, empty if it has no file; raise ConfigurationError."""
    file = content / FILE
    try:
        return decode(read_regular(file), type=dict[str, PageRecord])
    except FileNotFoundError:
        return {}
    except DecodeError as error:
        raise ConfigurationError(
            f"{file}: found a record that cannot be read ({error}); expected what "
            "`make verify` writes: delete the file and run it again"
        ) from None


def write_record(record: Record, content: Path) -> None:
    """Write the record to its file, in one step."""
    replace_file(content / FILE, record_text(record).encode())


def record_text(record: Record) -> str:
    """Return the record as sorted JSON, with one block a line so that diffs read well."""
    pages = [
        f'  {json.dumps(source)}: {{\n    "blocks": {{\n{_entries(page.blocks)}\n    }},\n'
        f'    "folder": {json.dumps(page.folder)},\n    "inputs": {json.dumps(page.inputs)},\n'
        f'    "packages": {json.dumps(dict(page.packages), sort_keys=True)}\n  }}'
        for source, page in sorted(record.items())
    ]
    return "{\n" + ",\n".join(pages) + "\n}\n"


def _entries(blocks: Mapping[str, Check]) -> str:
    return ",\n".join(f"      {json.dumps(id)}: {_entry(c)}" for id, c in sorted(blocks.items()))


def _entry(check: Check) -> str:
    values = msgspec.to_builtins(check)
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


# What a check depends on --------------------------------------------------------------------


def block_keys(blocks: Iterable[CommandBlock], head: FrontMatter) -> dict[str, str]:
    """Return the key of each block that is to be run, by its id, in the order of the page."""
    chain = hashlib.sha256(_head_text(head.verify).encode())
    keys = {}
    for block in runnable(blocks):
        own = chain.copy()
        for step in block.session.commands:
            typed = typed_text(step, head.placeholders)
            chain.update(json.dumps([step.prompt.kind.value, typed]).encode())
            own.update(json.dumps([typed, expected_lines(step, head.placeholders)]).encode())
        keys[block.id] = own.hexdigest()[:KEY_LENGTH]
    return keys


def _head_text(verify: Verify | None) -> str:
    if not verify:
        return "[]"
    network = ["network"] if verify.network else []
    return json.dumps([verify.folder, verify.requires, *network])


def runnable(blocks: Iterable[CommandBlock]) -> list[CommandBlock]:
    """Return the blocks marked `run`, in the order of the file."""
    return sorted((block for block in blocks if block.is_run), key=lambda block: block.line)


def typed_text(step: Step, placeholders: Mapping[str, Placeholder]) -> str:
    """Return what is typed, with the placeholders' defaults."""
    return filled(step.typed, step.holes, placeholders)


def expected_lines(step: Step, placeholders: Mapping[str, Placeholder]) -> list[str]:
    """Return the output that is written below a command, with the placeholders' defaults."""
    return [filled(*find_holes(line), placeholders) for line in step.output]


def inputs_of(folder: Path) -> str:
    """Return a digest of the files below a folder: their paths and contents.

    It leaves out the files' modes: not every copy of a site keeps them.
    """
    digest = hashlib.sha256()
    for path, file in sorted(_files(folder)):
        is_link = file.is_symlink()
        content = str(file.readlink()).encode() if is_link else file.read_bytes()
        digest.update(json.dumps([path, is_link, len(content)]).encode())
        digest.update(content)
    return digest.hexdigest()[:KEY_LENGTH]


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for file in folder.rglob("*"):
        path = PurePosixPath(file.relative_to(folder).as_posix())
        if any(PurePosixPath(part).match(p) for part in path.parts for p in LEFT_OVER):
            continue
        if file.is_symlink() or file.is_file():
            yield str(path), file


def folder_of(source: str, folder: str, content: Path) -> Path:
    """Return the folder that a page names; it is next to the page's file."""
    return content / PurePosixPath(source).parent / folder


def holding(record: Record, content: Path) -> Record:
    """Return the record's pages whose folder is unchanged since their commands ran."""
    return {
        source: page
        for source, page in record.items()
        if (folder := folder_of(source, page.folder, content)).is_dir()
        and inputs_of(folder) == page.inputs
    }
