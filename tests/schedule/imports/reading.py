"""Imports a text into a folder that is only in memory, and says what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from plugins.schedule.formats.detect import read_foreign
from plugins.schedule.imports import __main__ as command
from plugins.schedule.imports.importer import Folder, Outcome, import_into
from plugins.schedule.imports.record import FILE

ROOT = Path(__file__).parents[3]


def main(arguments: Sequence[str]) -> int:
    """Run the command with the settings of the sample; return its exit code."""
    return command.main([*arguments, "-s", str(ROOT / "pelicanconf.py")])


def outcome_of(data: str | bytes, *, zone: str = "") -> Outcome:
    """What the first import of a file makes."""
    return import_into(Folder("", {}), read_foreign(as_bytes(data)), zone=zone, title="Fair")


def again(before: Outcome, data: str | bytes, **by_hand: str) -> Outcome:
    """What an import makes of the files of another, some of them changed by hand."""
    return import_into(
        folder_of(before, **by_hand), read_foreign(as_bytes(data)), zone="", title="Fair"
    )


def folder_of(before: Outcome, **by_hand: str) -> Folder:
    """The folder that an import leaves; `schedule` and `index` are texts that replace its own."""
    files = {name: text for name, text in before.files.items() if text is not None and name != FILE}
    names = {"schedule": "schedule.yaml", "index": "index.md"}
    files |= {names.get(name, name): text for name, text in by_hand.items()}
    return Folder("", files, before.record)


def written(data: str | bytes, *, zone: str = "") -> str:
    """All files of an import one below the other, and its doubts."""
    outcome = outcome_of(data, zone=zone)
    files = [f"=== {n}\n{t}" for n, t in outcome.files.items() if n != FILE and t is not None]
    doubts = [f"{d.line}: {d.found}; {d.done}\n" for d in outcome.programme.doubts]
    return "".join(files) + ("=== doubts\n" + "".join(doubts) if doubts else "")


def as_bytes(data: str | bytes) -> bytes:
    """The bytes of a file."""
    return data.encode() if isinstance(data, str) else data
