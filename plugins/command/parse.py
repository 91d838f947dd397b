"""Parses the text of a fence into a session.

    session   = { remark | step | blank }
    step      = prompt command newline { more newline } { output newline }
    remark    = "# " text                 where a prompt follows and no output comes before;
                                          "-- " in SQL; also what is typed after a prompt
    prompt    = [ "(" environment ") " ] [ place ] sign " "        a shell's
              | name ( "=" | "^" | "!" ) ( ">" | "#" ) " "         psql's
              | "mysql> " | "MariaDB [" name "]> " | "sqlite> "
              | [ "[" host "]: " ] "PS " directory "> "            PowerShell's
              | ">>> "                                             Python's
    place     = user "@" host [ (":" | " ") directory ]
              | "[" user "@" host " " directory "]" | directory | "bash-5.2"
    sign      = "$" | "#" | "%" | ">" | "❯"
    more      = secondary text            each line of the command has one: "> ", "for> ", "... ",
                                          ">> ", "name-# ", "name(# ", "    -> ", "   ...> "
              | text                      none has one; up to where the command ends
    output    = any line up to the next prompt

A prompt begins at the left edge; a line of output that looks like one needs a blank before it.
unfinished.py finds the end of a command: an open here-document takes every line up to its
delimiter, whatever the line looks like; any other open command ends with an error at the next
prompt.

`#` alone is the prompt of root in a block whose other prompts are all `#` too, and after a step
that becomes root (`sudo -i`, `su`). In any other block it begins a remark, or the line is output.
`root@host:~# ` is root everywhere. `%` and `>` alone are prompts where the first prompt of the
block is the same sign; elsewhere the line is output.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from msgspec import Struct, field
from msgspec.structs import replace

from ..source.problem import Place, Problem, Problems, Severity, Source, quoted
from .evaluated import DATA_COMMANDS, with_accepts
from .holes import find_holes
from .model import Dialect, Line, Open, Prompt, PromptKind, Scan, Session, Step
from .prompts import (
    REMARK,
    SECONDARY,
    Found,
    database_prompt,
    powershell_prompt,
    python_prompt,
    shell_prompt,
)
from .unfinished import scanner

LANGUAGES = {
    "console": (Dialect.SHELL, Dialect.PYTHON, Dialect.SQL, Dialect.POWERSHELL),
    "shell-session": (Dialect.SHELL, Dialect.PYTHON, Dialect.SQL, Dialect.POWERSHELL),
    "powershell": (Dialect.POWERSHELL,),
    "pycon": (Dialect.PYTHON,),
    "psql": (Dialect.SQL, Dialect.SHELL),
    "sql-session": (Dialect.SQL, Dialect.SHELL),
}
"""The fences that hold sessions, with the dialects of their prompts; the first is the main one."""

LOCAL_HOSTS = ("localhost",)

# Matches `sudo -i`, `sudo -s`, `sudo su -`, `su`, `su - root`; not `sudo apt install su`.
BECOMES_ROOT = re.compile(r"\s*(?:sudo (?:-[is]|su|bash|sh)|su)(?:\s+-l?)?(?:\s+root)?\s*$")
LEAVES = re.compile(r"\s*(?:exit|logout)\b")

More = Callable[[int, Prompt, Open | None], Line | None]
"""A function that returns the line at an index as one more of a command, or None at its end."""

EXAMPLES = {
    Dialect.SHELL: "$ ",
    Dialect.PYTHON: ">>> ",
    Dialect.POWERSHELL: "PS> ",
    Dialect.SQL: "name=> ",
}


def parse_session(
    body: Source,
    *,
    language: str,
    local_hosts: Collection[str] = LOCAL_HOSTS,
    data_commands: Collection[str] = DATA_COMMANDS,
) -> tuple[Session, list[Problem]]:
    """Return the session that the lines of a fence hold, and the problems found in them.

    Lines and columns of the session count in the file.
    """
    known = (frozenset(local_hosts), frozenset(data_commands))
    block = Block(body, LANGUAGES[language], *known)
    reader = _Reader(block, hash_is_root=True)
    session = reader.read()
    if reader.signs > {"#"}:
        reader = _Reader(block, hash_is_root=False)
        session = reader.read()
    return session, reader.problems


class Block(Struct, frozen=True):
    """The lines of a fence with the settings for reading them."""

    body: Source
    dialects: tuple[Dialect, ...]
    local_hosts: frozenset[str]
    data_commands: frozenset[str]

    def lines(self) -> list[str]:
        """Return the lines without their line ends, LF or CRLF."""
        return [line.removesuffix("\r") for line in self.body.lines]

    def problem(self, line: int, column: int, words: tuple[str, str, str]) -> Problem:
        """Return a problem (found, expected, hint) at a line and column of the file."""
        return problem_at(self.body, (line, column), words)


def problem_at(
    body: Source,
    place: tuple[int, int],
    words: tuple[str, str, str],
    *,
    severity: Severity = Severity.ERROR,
) -> Problem:
    """Return a problem (found, expected, hint) in a fence's body; its columns count in the file."""
    return Problem(Place(body.path, *place), *words, body.excerpt(place[0]), severity)


class _Draft(Struct):
    """A step under construction; its output is a list of line indexes."""

    prompt: Prompt
    lines: tuple[Line, ...]
    comments: tuple[str, ...]
    scan: Scan
    output: list[int] = field(default_factory=list)


class _Reader(Struct):
    """A reader of a block, line by line; call `read` once."""

    block: Block
    hash_is_root: bool
    lines: list[str] = field(default_factory=list)
    drafts: list[_Draft] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    problems: Problems = field(default_factory=Problems)
    signs: set[str] = field(default_factory=set)
    """`#` for a bare root prompt, `other` for any other prompt."""
    sign: str = ""
    """The first bare sign of the block, or `$` when its first prompt is not bare."""
    is_root: bool = False
    """True after a step that became root."""
    is_promptless: bool = False
    """True if the block is PowerShell without prompts, where every line is typed."""
    is_after_output: bool = False
    seen: int = 0
    """The line up to which `is_before_prompt` holds for remarks."""
    is_before_prompt: bool = False

    def __post_init__(self) -> None:
        self.lines = self.block.lines()
        only_windows = self.block.dialects == (Dialect.POWERSHELL,)
        self.is_promptless = only_windows and not any(map(powershell_prompt, self.lines))

    def read(self) -> Session:
        at = 0
        while at < len(self.lines):
            found = self._prompt(self.lines[at])
            if found:
                at = self._read_command(at, found)
            else:
                self._read_other(at)
                at += 1
        return Session(tuple(self._steps()))

    # Lines

    def _prompt(self, line: str) -> Found | None:
        if self.is_promptless:
            typed = line.strip() and not self._remark(line)
            return Found(Prompt(PromptKind.POWERSHELL, ""), 0) if typed else None
        for dialect in self.block.dialects:
            found = self._finder(dialect)(line)
            if found and self._counts(found):
                return found
        return None

    def _finder(self, dialect: Dialect) -> Callable[[str], Found | None]:
        finders: dict[Dialect, Callable[[str], Found | None]] = {
            Dialect.PYTHON: python_prompt,
            Dialect.SQL: database_prompt,
            Dialect.POWERSHELL: powershell_prompt,
        }
        return finders.get(
            dialect, lambda line: shell_prompt(line, local_hosts=self.block.local_hosts)
        )

    def _counts(self, found: Found) -> bool:
        """Return whether a sign alone is a prompt here; the module's docstring has the rule."""
        if not found.bare or found.bare in "$❯":
            return True
        if found.bare == "#":
            return self.hash_is_root or self.is_root
        return self.sign in ("", found.bare)

    def _remark(self, line: str) -> str | None:
        """Return the text of a line that is written like a remark, or None."""
        match = REMARK[self.block.dialects[0]].match(line)
        return line[match.end() :] if match else None

    def _is_remark(self, at: int) -> bool:
        """Return whether a line is a remark before a prompt; after output, no line is one."""
        if self._remark(self.lines[at]) is None or self.is_after_output:
            return False
        if at >= self.seen:
            self.seen, self.is_before_prompt = self._look_ahead(at + 1)
        return self.is_before_prompt

    def _look_ahead(self, at: int) -> tuple[int, bool]:
        """Return the next line that is neither remark nor blank, and whether it is a prompt."""
        for index in range(at, len(self.lines)):
            line = self.lines[index]
            if self._prompt(line):
                return index, True
            if line.strip() and self._remark(line) is None:
                return index, False
        return len(self.lines), False

    def _read_other(self, at: int) -> None:
        line = self.lines[at]
        if self._is_remark(at):
            self.remarks.append(self._remark(line) or "")
        elif self.drafts:
            self.is_after_output = bool(line.strip())
            self.drafts[-1].output.append(at)
        elif line.strip() and not self.problems:
            self.problems.append(self._orphan(at))

    def _orphan(self, at: int) -> Problem:
        example = EXAMPLES[self.block.dialects[0]]
        number = self.block.body.first_line + at
        return self.block.problem(
            number,
            self.block.body.shift(number) + 1,
            (
                f"{quoted(self.lines[at].strip())}, which is output with no command before it",
                f"a prompt like {quoted(example)} before the first command",
                "write the prompt before what is typed, or make this a ```text block",
            ),
        )

    # Commands

    def _read_command(self, at: int, found: Found) -> int:
        """Read the command that begins at a line and return the index of the line after it."""
        self.is_after_output = False
        self._note(found)
        first = self._line(at, found.width, found.prompt.text)
        if not first.text.strip():
            return at + 1
        remark = REMARK[found.prompt.kind.dialect].match(first.text)
        if remark:
            self.remarks.append(first.text[remark.end() :])
            return at + 1
        draft = self._command(at, found.prompt, first)
        self.drafts.append(draft)
        self.remarks = []
        if draft.scan.open:
            self._check_end(draft)
        if found.prompt.kind.dialect is Dialect.SHELL:
            self.is_root = self._stays_root(first.text)
        return at + len(draft.lines)

    def _note(self, found: Found) -> None:
        self.sign = self.sign or found.bare or "$"
        if not self.is_root:
            self.signs.add("#" if found.bare == "#" else "other")
        if found.bare != "#":
            self.is_root = False

    def _stays_root(self, command: str) -> bool:
        return bool(BECOMES_ROOT.match(command)) or (self.is_root and not LEAVES.match(command))

    def _line(self, at: int, width: int, prompt: str) -> Line:
        number = self.block.body.first_line + at
        column = self.block.body.shift(number) + width + 1
        return Line(self.lines[at][width:], prompt, number, column)

    def _command(self, at: int, prompt: Prompt, first: Line) -> _Draft:
        lines, scanned = self._take(at, prompt, first, self._prompted)
        if scanned.open and prompt.kind.dialect is not Dialect.PYTHON:
            others, rescanned = self._take(at, prompt, first, self._unprompted)
            if not rescanned.open:
                lines, scanned = others, rescanned
        return _Draft(prompt, tuple(lines), tuple(self.remarks), scanned)

    def _take(self, at: int, prompt: Prompt, first: Line, more: More) -> tuple[list[Line], Scan]:
        """Return the lines of a command as far as `more` gives any, and their scan."""
        lines, reader = [first], scanner(prompt.kind.dialect)
        reader.feed(first.text)
        left = reader.left()
        for index in range(at + 1, len(self.lines)):
            line = more(index, prompt, left)
            if line is None:
                break
            lines.append(line)
            reader.feed(line.text)
            left = reader.left() if _may_close(left, line.text, prompt.kind.dialect) else left
        return lines, reader.scan()

    def _prompted(self, at: int, prompt: Prompt, left: Open | None) -> Line | None:
        dialect = prompt.kind.dialect
        match = SECONDARY[dialect].match(self.lines[at])
        if not match or (left is None and dialect is Dialect.SHELL):
            return None
        return self._line(at, match.end(), match[0])

    def _unprompted(self, at: int, prompt: Prompt, left: Open | None) -> Line | None:
        return None if left is None or self._ends(at, left) else self._line(at, 0, "")

    def _ends(self, at: int, left: Open) -> bool:
        """Return whether a prompt ends an open command; none does in a here-document."""
        if left.what == "here" or self.is_promptless:
            return False
        found = self._prompt(self.lines[at])
        # In a loop, `# text` is a comment of the shell.
        return bool(found) and not (found and found.bare == "#" and left.what == "block")

    def _check_end(self, draft: _Draft) -> None:
        left = draft.scan.open
        if left is None or (left.what == "more" and draft.prompt.kind is PromptKind.DATABASE):
            return
        step = Step(draft.prompt, draft.lines)
        line, column = step.place(left.offset)
        self.problems.append(self.block.problem(line, column, _words(left, step.typed)))

    # Steps

    def _steps(self) -> list[Step]:
        steps = [self._step(draft) for draft in self.drafts]
        if self.remarks and steps:
            steps.append(Step(steps[-1].prompt, comments=tuple(self.remarks)))
        return steps

    def _step(self, draft: _Draft) -> Step:
        indexes = _trimmed(draft.output, self.lines)
        step = Step(
            draft.prompt,
            draft.lines,
            output=tuple(self.lines[index] for index in indexes),
            comments=draft.comments,
            output_line=self.block.body.first_line + indexes[0] if indexes else 0,
        )
        return _with_holes(step, draft.scan, self.block.data_commands)


def _may_close(left: Open | None, line: str, dialect: Dialect) -> bool:
    """Return whether a line can close what is open.

    Only the shell's reader reads on line by line; the others read all lines again each time. Most
    lines of a long text cannot close anything, so this test saves the repeated reading. Python
    needs no test: its own prompts show which lines continue a command.
    """
    if left is None or dialect is Dialect.PYTHON:
        return False
    closes = left.closes if left.closes else ";" if dialect is Dialect.SQL else ""
    return dialect is Dialect.SHELL or closes in line or "\\" in line


def _words(left: Open, text: str) -> tuple[str, str, str]:
    """Return found, expected and hint for a command that does not end."""
    mark = quoted(text[left.offset : left.offset + 24].partition("\n")[0])
    match left.what:
        case "quote":
            closes = quoted(left.closes)
            hint = (
                "close it; a quote that is meant as a character needs a backslash or other quotes"
            )
            return f"an unbalanced quote at {mark}", f"{closes} before the next prompt", hint
        case "here":
            hint = "the delimiter stands alone on its line, without blanks before or after it"
            delimiter = quoted(left.closes)
            return f"the here-document {mark} without its end", f"a line {delimiter}", hint
        case "block":
            hint = "the command goes on until this is closed"
            return f"{mark} without its end", f"{quoted(left.closes)} before the next prompt", hint
        case _:
            hint = "take the sign away, or write the rest of the command"
            return f"{mark} at the end of a command", "another line of the command", hint


def _trimmed(indexes: list[int], lines: list[str]) -> list[int]:
    """Return the indexes of output lines without the blank lines at both ends."""
    filled = [index for index in indexes if lines[index].strip()]
    return [index for index in indexes if filled[0] <= index <= filled[-1]] if filled else []


def _with_holes(step: Step, scanned: Scan, data_commands: Collection[str]) -> Step:
    """Return the step with its placeholders found and its escaped braces made plain."""
    text, holes = find_holes(step.typed)
    if text == step.typed and not holes:
        return step
    shift = _shifts(step.typed, text)
    known = tuple(
        replace(hole, quoting=scanned.quoting_at(hole.start + shift(hole.start))) for hole in holes
    )
    known = with_accepts(text, known, step.prompt.kind.dialect, data_commands)
    texts = text.split("\n")
    lines = tuple(replace(line, text=new) for line, new in zip(step.lines, texts, strict=True))
    return replace(step, lines=lines, holes=known)


def _shifts(before: str, after: str) -> Callable[[int], int]:
    """Return a function from an offset in `after` to the number of backslashes removed before."""
    places: list[int] = []
    at = 0
    for character in before:
        if at < len(after) and after[at] == character:
            at += 1
        else:
            places.append(at)
    return lambda offset: sum(place <= offset for place in places)
