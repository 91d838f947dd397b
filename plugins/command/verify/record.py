"""The committed file that says which blocks were checked, when, and with what.

`make verify` writes `content/.verified.json`; a build reads it. A block's key is made of all that
decides what it prints: every command run before it on its page, its own commands and the output
that is written there. `inputs` is made of the folder that the commands run in, with the locked
requirements in it. When either is not what it was, the check does not hold any more.
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
"""What tools leave in a folder: neither copied nor counted."""

KEY_LENGTH = 32


class Check(Struct, frozen=True):
    """One block that did what its page says."""

    key: str
    """What was run and compared; see this module."""
    checked: date
    platform: str
    sandbox: str = NO_SANDBOX
    """What it ran in, like `bubblewrap 0.8.0`."""


class PageRecord(Struct, frozen=True):
    """The checked blocks of one page."""

    folder: str
    """The folder beside the page in whose copy they ran."""
    inputs: str
    """What was in it."""
    packages: Mapping[str, str]
    """The versions of the packages that the page is about, by the names that it gives them."""
    blocks: Mapping[str, Check]
    """By the ids of their elements."""

    def check_of(self, key: str) -> Check | None:
        """The check with that key, whatever its block is called by now."""
        return next((check for check in self.blocks.values() if check.key == key), None)


Record = Mapping[str, PageRecord]
"""By the path of the page's file below the content folder."""


def read_record(content: Path) -> Record:
    """The record of a content folder, empty without its file; raises ConfigurationError."""
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
    """Give the file the record, in one step."""
    replace_file(content / FILE, record_text(record).encode())


def record_text(record: Record) -> str:
    """The record as JSON: sorted, with one block a line so that differences read well."""
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
    """The key of each block that is to be run, by its id, in the order of the page."""
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
    """The blocks marked `run`, in the order of the file."""
    return sorted((block for block in blocks if block.is_run), key=lambda block: block.line)


def typed_text(step: Step, placeholders: Mapping[str, Placeholder]) -> str:
    """What is typed, with the placeholders' defaults."""
    return filled(step.typed, step.holes, placeholders)


def expected_lines(step: Step, placeholders: Mapping[str, Placeholder]) -> list[str]:
    """The output that is written below a command, with the placeholders' defaults."""
    return [filled(*find_holes(line), placeholders) for line in step.output]


def inputs_of(folder: Path) -> str:
    """Return a hash of the files below a folder: their paths and contents.

    A file's mode is no part of it: not every copy of a site keeps modes.
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
    """The folder that a page names, beside the page's file."""
    return content / PurePosixPath(source).parent / folder


def holding(record: Record, content: Path) -> Record:
    """The pages of the record whose folder is as it was when their commands ran."""
    return {
        source: page
        for source, page in record.items()
        if (folder := folder_of(source, page.folder, content)).is_dir()
        and inputs_of(folder) == page.inputs
    }
