"""A product of many releases: what it costs beyond as many posts, and the size of its JSON."""

from __future__ import annotations

import gzip
import random
from datetime import timedelta
from pathlib import Path

from plugins.release.imports.__main__ import main

from .corpora import FIRST_DAY, WORDS

TYPES = ("Added", "Changed", "Fixed", "Security", "Deprecated", "Removed")

BRANCHES = 6


def write_releases(folder: Path, *, count: int, seed: int) -> None:
    """A changelog of so many releases, imported, and the same texts as posts of no product."""
    folder.mkdir(parents=True)
    changelog = folder / "CHANGELOG.md"
    changelog.write_text(_changelog(random.Random(seed), count), "utf-8")
    assert main([str(folder / "releases"), str(changelog), "big", "--name", "Big"]) == 0
    plain = folder / "plain" / "posts"
    plain.mkdir(parents=True)
    for file in (folder / "releases" / "posts").iterdir():
        lines = file.read_text("utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith(("product:", "versions:", "type:"))]
        (plain / file.name).write_text("".join(kept), "utf-8")


def _changelog(chance: random.Random, count: int) -> str:
    each = -(-count // BRANCHES)
    versions = [f"{1 + n // each}.{n % each}.0" for n in range(count)]
    day = FIRST_DAY - timedelta(days=count)
    parts = [
        _release(chance, version, f"{day + timedelta(days=number)}")
        for number, version in enumerate(versions)
    ]
    return "# Changelog\n\n" + "\n".join(reversed(parts))


def _release(chance: random.Random, version: str, day: str) -> str:
    lines = [f"## [{version}] - {day}", ""]
    for type in chance.sample(TYPES, 3):
        lines += [f"### {type}", ""]
        lines += [_entry(chance, type) for _ in range(chance.randint(1, 3))]
        lines.append("")
    return "\n".join(lines)


def _entry(chance: random.Random, type: str) -> str:
    words = " ".join(chance.choices(WORDS, k=chance.randint(6, 16)))
    if type != "Security":
        return f"- {words.capitalize()}."
    return (
        f"- CVE-2026-{chance.randint(1000, 99999)}: {words}.\n"
        f"    - Affects: all\n    - If: you use the {chance.choice(WORDS)}"
    )


def json_bytes(output: Path) -> int:
    """The compressed size of the product's JSON."""
    return len(gzip.compress((output / "products/big/product.json").read_bytes(), mtime=0))
