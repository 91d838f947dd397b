"""Commands with a reader's value, pasted into real shells: what arrives, and what else runs.

`python -m tests.command.pasted 20000` tries that many pairs by hand.
"""

from __future__ import annotations

import os
import random
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from plugins.command.evaluated import DATA_COMMANDS
from plugins.command.holes import quote
from plugins.command.model import Step
from plugins.command.parse import parse_session
from plugins.command.values import takes
from plugins.source.problem import Source

DEFAULT = "breakpad"

CASES = Path(__file__).parent / "cases"

# `got` writes down its arguments. It is named as a command that takes its arguments as data.
KNOWN = (*DATA_COMMANDS, "got", "false")
CONTEXTS = [
    (line[4:21].strip(), line[21:].replace("⏎", "\n"))
    for line in (CASES / "accepts.md").read_text("utf-8").splitlines()
    if line.startswith("    ")
]
"""Commands, each with which values it accepts."""

# Ways to have a text read once more, by which contexts are put into each other.
INNER = [
    "got {{v}}",
    "got '{{v}}'",
    'got "{{v}}"',
    "{{v}} x",
    "got x; got a{{v}}",
    "got `echo {{v}}`",
]
WRAPPERS = [
    *["bash -c @", "sh -ec @", "eval @", "ssh host @", "sudo sh -c @", "docker exec db sh -c @"],
    *["find . -maxdepth 0 -exec sh -c @ ';'", "echo @ | sh", "xargs -I[] sh -c @ <data"],
    *["(%)", "$(echo got) $(%)", '"$(%)"', "if true; then %; fi", "% && got x", 'x=@; eval "$x"'],
    *["perl -e 'system(@ARGV)' sh -c @", "python3 -c 'import os,sys; os.system(sys.argv[1])' @"],
    *[
        "awk 'BEGIN { system(ARGV[1]) }' @",
        "env sh -c @",
        "trap @ EXIT",
        "f() { %; }; f",
        "! %",
        "time sh -c @",
    ],
]


# Where a value that is no number is an error, or names a file: nothing but it may run.
NO_WORD = re.compile(
    r"let|got \$\(\(|\(\(|\[\[|test|printf|awk 'BEGIN \{ x|got [<>] |sed '/\{|perl -ne|find . -name"
)
LOOSE = frozenset(command for _, command in CONTEXTS if NO_WORD.match(command))

# `canary` notes that it ran.
WORDS = (CASES / "hostile-values.txt").read_text("utf-8").splitlines()
SIGNS = "'\"`$\\;&|<>(){}[]!#*?~^=% \t-_+,./:@abcx019Eé"

SHELLS = {
    "bash": ["bash", "--norc", "--noprofile"],
    "interactive bash": [
        "bash",
        "--norc",
        "--noprofile",
        "--noediting",
        "-i",
        "-o",
        "history",
        "-H",
    ],
    "dash": ["dash"],
    "zsh": ["zsh", "-f"],
    "interactive zsh": ["zsh", "-f", "-i"],
    "busybox": ["busybox", "sh"],
    "ksh": ["ksh"],
}

PROGRAMS = {
    "got": 'for a in "$@"; do printf "%s\\n" "$a" >> "$GOT.$NUMBER"; done',
    "canary": 'printf "%s\\n" "$*" >> "$GOT.$NUMBER.canary"',
    # The far end of a connection: it joins the words and gives them to its shell.
    "ssh": 'shift; exec sh -c "$*"',
    "sudo": 'exec "$@"',
    "docker": 'shift 2; exec "$@"',
    "psql": 'exec got "$@"',
    "make": "exit 0",
    "git": "exit 0",
}


HARMLESS = "4711"


class Pair(NamedTuple):
    """A command and a value for its holes."""

    context: str
    value: str
    text: str
    """What is copied; empty where nothing is."""


class Arrived(NamedTuple):
    """What came of a command."""

    arguments: str
    """Those of `got`, each with a line break."""
    printed: str


def step_of(context: str) -> Step:
    prompts = "\n> ".join(context.split("\n"))
    session, problems = parse_session(
        Source("a.md", f"$ {prompts}"),
        language="console",
        data_commands=KNOWN,
    )
    assert problems == [], (context, problems)
    return session.commands[0]


def values(chance: random.Random) -> str:
    """One value, as the browser cleans it."""
    match chance.randrange(4):
        case 0:
            return chance.choice(WORDS)
        case 1:
            return chance.choice(["", " ", "a", "-"]).join(chance.choices(WORDS, k=2))
        case 2:
            return "".join(chance.choices(SIGNS, k=chance.randint(1, 12)))
        case _:
            return "".join(chance.choices("abcx019E_-./:@%+=,", k=chance.randint(1, 8)))


def pairs(count: int, chance: random.Random) -> Iterator[Pair]:
    """Pairs of a context and a value that is not blank, with what would be copied."""
    free = [command for words, command in CONTEXTS if words in ("any", "argument", "argument, any")]
    texts = [*free, *(command for _, command in CONTEXTS)]
    texts += (nested(chance) for _ in range(count // 100))
    steps = {text: step_of(text) for text in texts}
    for _ in range(count):
        context = chance.choice(texts)
        value = values(chance).strip() or "x"
        yield Pair(context, value, copied_text(steps[context], value))


def nested(chance: random.Random) -> str:
    """A command within up to three others."""
    text = chance.choice(INNER)
    for _ in range(chance.randint(1, 3)):
        wrapper = chance.choice(WRAPPERS)
        text = (
            wrapper.replace("%", text)
            if "%" in wrapper
            else wrapper.replace("@", shlex.quote(text))
        )
    opens, ends = chance.choice(
        [("sh <<'EOF'", "EOF"), ("sh <<EOF", "EOF"), ("sh -s <<-E", "E"), ("", "")]
    )
    return f"{opens}\n{text}\n{ends}" if opens else text


def copied_text(step: Step, value: str) -> str:
    is_taken = all(takes(value, hole.accepts, offered=(DEFAULT,)) for hole in step.holes)
    return with_value(step, value) if is_taken else ""


def shells() -> list[str]:
    """The shells of this machine."""
    return [name for name, command in SHELLS.items() if shutil.which(command[0])]


def with_value(step: Step, value: str) -> str:
    pieces, last = [], 0
    for hole in step.holes:
        pieces += (step.typed[last : hole.start], quote(value, hole.quoting))
        last = hole.end
    return "".join([*pieces, step.typed[last:]])


@dataclass
class Place:
    """A folder with the programs that commands find, and what they wrote down."""

    folder: Path

    def __post_init__(self) -> None:
        (self.folder / "bin").mkdir()
        (self.folder / "work").mkdir()
        for name, code in PROGRAMS.items():
            program = self.folder / "bin" / name
            program.write_text(f"#!/bin/sh\n{code}\n")
            program.chmod(0o755)
        (self.folder / "work" / "data").write_text("x\n")

    def run(self, shell: Sequence[str], pasted: Sequence[Pair]) -> None:
        """Paste all into one shell, each into a subshell of its own."""
        work = self.folder / "work"
        lines = ["PS1= PS2=; N=n; cd '" + str(work) + "'"]
        for number, pair in enumerate(pasted):
            end = ') </dev/null >"$GOT.$NUMBER.printed"'
            lines += [f"export NUMBER={number}", "(", pair.text, end]
        environment = {
            "PATH": f"{self.folder / 'bin'}:/usr/local/bin:/usr/bin:/bin",
            "GOT": str(self.folder / "got"),
            "HOME": str(work),
            "LANG": "C.UTF-8",
            "NUMBER": "start",
        }
        subprocess.run(
            shell,
            input=("\n".join(lines) + "\nexport NUMBER=end\ngot end\n").encode(),
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL if not os.environ.get("LOUD") else None,
            start_new_session=True,
            check=False,
            timeout=300,
        )

    @property
    def is_whole(self) -> bool:
        """Whether the shell came to the end."""
        return self.noted("end") == "end\n"

    def arrived(self, number: int) -> Arrived:
        return Arrived(self.noted(number), self.noted(number, ".printed"))

    def noted(self, number: int | str, what: str = "") -> str:
        file = self.folder / f"got.{number}{what}"
        return file.read_bytes().decode() if file.exists() else ""


def faults(name: str, pasted: Sequence[Pair]) -> list[str]:
    """What is wrong when these are pasted into a shell: nothing, or each fault in a line."""
    known = {
        text: reference
        for text in {p.context for p in pasted}
        if (reference := harmless(name, text))
    }
    return _faults(name, [pair for pair in pasted if pair.context in known], known)


def harmless(name: str, context: str) -> Arrived | None:
    """What arrives of a value that nothing reads as anything else; None if the shell cannot."""
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(folder))
        place.run(SHELLS[name], [Pair(context, HARMLESS, with_value(step_of(context), HARMLESS))])
        return place.arrived(0) if place.is_whole else None


def _faults(name: str, pasted: Sequence[Pair], known: Mapping[str, Arrived]) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(folder))
        place.run(SHELLS[name], pasted)
        if place.is_whole:
            lines = (_fault(p, place, n, known[p.context]) for n, p in enumerate(pasted))
            return [f"{name}: {line}" for line in lines if line]
    if len(pasted) == 1:
        return [f"{name}: {pasted[0].text!r} breaks what comes after it"]
    half = len(pasted) // 2
    return _faults(name, pasted[:half], known) + _faults(name, pasted[half:], known)


def _fault(pair: Pair, place: Place, number: int, reference: Arrived) -> str:
    if canary := place.noted(number, ".canary"):
        return f"{pair.text!r} ran {canary} by the value {pair.value!r}"
    wanted = Arrived(*(text.replace(HARMLESS, pair.value) for text in reference))
    if pair.context in LOOSE or place.arrived(number) == wanted:
        return ""
    return f"{pair.text!r} gave {place.arrived(number)}, not {wanted}"


def main(count: int, seed: int) -> int:
    """Try that many pairs in every shell that is here; the answer is 1 when one is wrong."""
    tried = list(pairs(count, random.Random(seed)))
    copied = [pair for pair in tried if pair.text]
    print(f"{count} pairs of seed {seed}: {len(copied)} copied, {count - len(copied)} refused")
    wrong = 0
    for name in shells():
        found = [
            fault
            for at in range(0, len(copied), 500)
            for fault in faults(name, copied[at : at + 500])
        ]
        print(f"{name}: {len(found)} faults", *found[:40], sep="\n  ")
        wrong += len(found)
    return 1 if wrong else 0


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:]]
    sys.exit(main(*arguments, *(20_000, 1)[len(arguments) :]))
