"""`python -m tests.fuzz.imports [COUNT] [SEED]`: whatever an import accepts has to build.

Files of other systems get hostile names and texts, or are cut, joined and strewn with odd signs.
Those that an import accepts are put into one site, many at a time, and that site is built. Prints
how many were tried, accepted, refused and why, and keeps each file that was accepted in vain.
"""

from __future__ import annotations

import io
import json
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

from msgspec.structs import replace
from pelican.settings import read_settings

from plugins.engine import Engine
from plugins.engine.build import Job, build
from plugins.engine.memo import Memo
from plugins.engine.report import Reporter
from plugins.engine.trial import faults_of
from plugins.schedule.foreign.model import RefusedError
from plugins.schedule.formats.detect import read_foreign
from plugins.schedule.imports.files import EventFiles, read_files, writer_of
from plugins.schedule.imports.importer import import_into
from plugins.source.errors import ContentError
from plugins.source.problem import Problem, Severity
from tests.fuzz.texts import ROOT, TOKENS, originals, writer

TOGETHER = 25
"""As many events are built in one site."""

SLOW = 8.0
"""Seconds after which reading one file ends."""

NAMES = [
    *("Con", "Aux", "nul", "COM1", "lpt9", "prn.txt", ".", "..", "...", "/", "\\", "-", "_", "~"),
    *("\u200b", "\u200d", "\u00ad", "\u2800", "\u3164", "\u115f", "\ufe0f", "\u0301", "\ue000"),
    *(
        "null",
        "true",
        "~",
        "yes",
        "2026-10-20",
        "10:00",
        "10:00-11:00 x",
        "- a",
        "a: b",
        "#",
        "a #",
    ),
    *("index", "schedule", "talks", "speakers", "rooms", "feeds", "all", "all rooms", "everywhere"),
    *("İ", "ß", "ﬁ", "Å", "A\u030a", "K", "ſ", "🎪", "a" * 300, "ä" * 130, "%2e%2e", "a/b", "a|b"),
    *(
        "@",
        "a, b",
        "[a]",
        "{a}",
        "'",
        '"',
        "`",
        "*",
        "&",
        "!",
        "<b>",
        "｢",
        "＝1+1",
        "=1+1",
        "+1",
        "\t",
    ),
    *(
        "first",
        "second",
        "(first)",
        "Lunch",
        "cancelled",
        "strict",
        "id",
        "title",
        "own line\nmore",
    ),
]  # fmt: skip
TEXTS = [
    *("Wow![here](https://x.example)", "![](https://x.example/a.png)", "![a](b.png)"),
    "!<a href=x>y</a>",
    *('See!<a href="https://x.example/a">b</a>', "[" * 3000, "]" * 3000, "[](" * 500, "*" * 2000),
    *("> " * 300, "- " * 300, "`" * 500, "\n" * 50 + "x", "&" * 500, "<" * 500),
    *("![" * 400, "_" * 999),
    *("# a\n# a\n# a", "## a {#b}\n## c {#b}", "[^1]\n\n[^1]: x", "{{a}}"),
    *("=== \"a\"\n    b", "??? x"),
    *("```schedule\n2026-10-20:\n```", "~~~console run\n$ x", "<h2>a</h2><h2>a</h2>"),
    "---\na: b\n---",
    *("[a](#nope)", "[a](../x.md)", "[a](/nope/)", "{filename}x.md", "<!-- more -->"),
    "| a |\n|--|",
    *("1. a\n\n   b\n\n2. c", "    code", "$$x$$", "\\(x\\)", ":::x", "*[HTML]: x"),
    "[x]: https://x.example",
    *("<pre>" + "x\n" * 40 + "</pre>", "<ul>" * 60, "<a href='https://x.example'>" * 30),
    "&#0;&#x110000;",
    *("- [ ] task\n- [x] done {#x}", "a<br>" * 300, "<table><tr><td>a</table>"),
    *("http://[::1", "www.x.example"),
]  # fmt: skip

# Matches the values of XML, JSON, calendars and tables, each by what stands around it.
VALUES = (
    re.compile(r"(?<=>)[^<>]+(?=<)"),
    re.compile(r'(?<=: ")[^"]*(?=")'),
    re.compile(r"(?<=[A-Z]:)[^\r\n]+"),
    re.compile(r"(?<=,)[^,\r\n]*"),
)


def hostile(chance: random.Random, text: str) -> str:
    """The text with one to four of its values replaced by ones that nobody expects."""
    pattern = next((each for each in VALUES if each.search(text)), VALUES[-1])
    for _ in range(chance.randint(1, 4)):
        found = list(pattern.finditer(text))
        if not found:
            return text
        old, new = chance.choice(found), _value(chance)
        is_same = chance.random() < 0.3  # a name wherever it is used
        new = escape(new) if text.lstrip().startswith("<") else new
        new = json.dumps(new)[1:-1] if text.lstrip()[:1] in "{[" else new
        if is_same and old[0].strip():
            text = text.replace(old[0], new)
        else:
            text = text[: old.start()] + new + text[old.end() :]
    return text


def _value(chance: random.Random) -> str:
    value = chance.choice(NAMES) if chance.random() < 0.5 else chance.choice(TEXTS)
    if chance.random() < 0.3:
        value = f"{value}{chance.choice(TOKENS)}{chance.choice(NAMES)}"
    return value


def files(seed: str) -> Iterable[bytes]:
    """Hostile files without end, the same for the same seed."""
    chance, writes, texts = random.Random(seed), writer("import", seed=seed), originals("import")
    while True:
        text = writes.text() if chance.random() < 0.25 else hostile(chance, chance.choice(texts))
        yield text.encode("utf-8", "surrogatepass")


class Fair:
    """A site into which events are imported, to be built together."""

    def __init__(self, folder: Path, kept: Path) -> None:
        self.folder, self.kept = folder, kept
        self.content = folder / "content"
        self.content.mkdir()
        self.tried = Counter[str]()
        self.given: dict[str, bytes] = {}

    def job(self) -> Job:
        """The job that builds the site."""
        places = {"PATH": str(self.content), "OUTPUT_PATH": str(self.folder / "output")}
        own = {**places, "THEME": str(ROOT / "theme"), "READ_TIME_LIMIT": SLOW}
        settings = read_settings(str(ROOT / "pelicanconf.py"), override=own)
        return replace(Engine(settings).job(), memo=Memo(), reader=None, check_only=True)

    def take(self, data: bytes, job: Job) -> None:
        """Import a file, as the command does."""
        slug = f"event-{self.tried.total()}"
        path = self.content / "events" / slug
        try:
            files = EventFiles(path, {})
            outcome = import_into(files.folder, read_foreign(data), zone="", title=slug)
        except RefusedError:
            self.tried["refused at reading"] += 1
            return
        faults = faults_of(job, path, files.after(outcome.files), before={})
        if told := [*outcome.problems, *faults]:
            self.tried["refused as it would not build"] += 1
            self.keep(f"refused-{slug}", "\n".join(map(str, told)).encode() + b"\n\n" + data)
            return
        path.mkdir(parents=True)
        writer_of(path).write(read_files(path).changes(outcome.files))
        self.given[slug] = data
        self.tried["accepted"] += 1

    def keep(self, name: str, data: bytes) -> None:
        """Keep a file for a look at it."""
        (self.kept / name).write_bytes(data)

    def errors(self, job: Job) -> list[Problem]:
        """Build what was accepted; the errors of that."""
        try:
            build(job, Reporter(stream=io.StringIO()))
        except ContentError as error:
            return [each for each in error.problems if each.severity is Severity.ERROR]
        return []


def tried(count: int, seed: str, kept: Path) -> tuple[Counter[str], list[str]]:
    """Import so many files; how many of each sort there were, and what did not build."""
    source, totals, wrong = iter(files(seed)), Counter[str](), list[str]()
    for start in range(0, count, TOGETHER):
        with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
            fair = Fair(Path(folder), kept)
            job = fair.job()
            for _ in range(min(TOGETHER, count - start)):
                fair.take(next(source), job)
            problems = fair.errors(job)
            for problem in problems:
                slug = problem.place.path.partition("/events/")[2].partition("/")[0]
                fair.keep(f"wrong-{start}-{slug}", fair.given.get(slug, b""))
            wrong += [str(problem) for problem in problems]
            totals += fair.tried
    return totals, wrong


def main(count: int, seed: int) -> int:
    """Try the files; the exit code is 1 if one was accepted and does not build."""
    kept, started = Path(tempfile.mkdtemp(prefix="fuzz-kept-")), time.monotonic()
    totals, wrong = tried(count, str(seed), kept)
    print(*wrong, sep="\n")
    seconds = time.monotonic() - started
    told = f"{count} files in {seconds:.0f} s: {dict(totals)}; {len(wrong)} accepted in vain"
    print(f"{told}; see {kept}")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in (*sys.argv[1:], *["5000", "0"][len(sys.argv) - 1 :]))))
