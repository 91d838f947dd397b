"""The model of a command session: steps with prompt, typed lines, output and remarks."""

from __future__ import annotations

import bisect
import enum

from msgspec import Struct, field


class Dialect(enum.Enum):
    """The language of a typed line."""

    SHELL = "shell"
    PYTHON = "python"
    POWERSHELL = "powershell"
    SQL = "sql"


class PromptKind(enum.Enum):
    """The user, machine or program that a prompt belongs to."""

    USER = "user"
    ROOT = "root"
    REMOTE = "remote"
    PYTHON = "python"
    POWERSHELL = "powershell"
    DATABASE = "database"

    @property
    def dialect(self) -> Dialect:
        """Return the language that is typed at this prompt."""
        return _DIALECTS.get(self, Dialect.SHELL)


_DIALECTS = {
    PromptKind.PYTHON: Dialect.PYTHON,
    PromptKind.POWERSHELL: Dialect.POWERSHELL,
    PromptKind.DATABASE: Dialect.SQL,
}


class Prompt(Struct, frozen=True):
    """The text that the machine shows before a command."""

    kind: PromptKind
    text: str
    """The text as written, with the blank after it; empty in PowerShell without prompts."""
    user: str = ""
    host: str = ""
    directory: str = ""
    environment: str = ""
    """The name of a Python environment, which the prompt shows in round brackets."""
    database: str = ""


class Quoting(enum.Enum):
    """The quoting that a value needs at its place in a command, so that it stays one value."""

    NONE = "none"
    """Unchanged: the value can do no harm here (a comment, a quoted here-document)."""
    PLAIN = "plain"
    """Unchanged, and only letters, digits and a few signs: no quoting would protect it here."""
    WORD = "word"
    """In single quotes of the shell if the value needs them."""
    SINGLE = "single"
    """Inside single quotes of the shell."""
    DOUBLE = "double"
    """Inside double quotes of the shell."""
    HERE = "here"
    """Inside a here-document that the shell expands."""
    DOUBLED = "doubled"
    """Inside single quotes, where a single quote is doubled, as in SQL and PowerShell."""
    WINDOWS = "windows"
    """In single quotes of PowerShell if the value needs them."""
    TICK = "tick"
    """Inside double quotes of PowerShell."""
    PYTHON = "python"
    """Inside a string of Python."""


class Accepts(enum.Enum):
    """A reader's values that a place accepts; it always accepts those that the page offers."""

    ANY = "any"
    """Any text on one line: it is quoted, and no program reads it again."""
    ARGUMENT = "argument"
    """Any text that does not begin with `-`: the value begins a word and must not be an option."""
    SAFE = "safe"
    """Letters, digits and a few signs: a program may read the text again."""
    NAME = "name"
    """Letters, digits, `_`, `.` and `-`: the value is part of a program in another language."""
    OFFERED = "offered"
    """The default, a choice or a number: any other value would choose the command that runs."""


class Open(Struct, frozen=True):
    """A construct that a text leaves open at its end."""

    what: str
    """`quote`, `here` (a here-document), `block` (a bracket or keyword) or `more` (a line)."""
    offset: int
    """The offset at which it begins."""
    closes: str = ""
    """The text that would close it."""


class Span(Struct, frozen=True):
    """A stretch of text other than plain code, with the quoting that a value needs in it."""

    start: int
    end: int
    quoting: Quoting


class Scan(Struct, frozen=True):
    """The result of reading a command's text once."""

    spans: tuple[Span, ...] = ()
    """The spans in order, without overlap."""
    open: Open | None = None
    bare: Quoting = Quoting.WORD
    """The quoting of a value outside all spans."""

    def span_at(self, offset: int) -> Span | None:
        """Return the span that holds the character at an offset, or None for plain code."""
        index = bisect.bisect_right(self.spans, offset, key=lambda span: span.start) - 1
        if index < 0 or self.spans[index].end <= offset:
            return None
        return self.spans[index]

    def quoting_at(self, offset: int) -> Quoting:
        """Return the quoting that a value needs at an offset."""
        span = self.span_at(offset)
        return span.quoting if span else self.bare


class Hole(Struct, frozen=True):
    """A placeholder's place in a text, from `start` to `end` (exclusive)."""

    name: str
    start: int
    end: int
    quoting: Quoting = Quoting.NONE
    accepts: Accepts = Accepts.ANY


class Line(Struct, frozen=True):
    """One typed line."""

    text: str
    """The typed text, with placeholders as `{{name}}`."""
    prompt: str = ""
    """The text that the machine shows before it; empty where the author wrote none."""
    number: int = 0
    """The line in the file."""
    column: int = 1
    """The column in the file at which the text begins."""


class Step(Struct, frozen=True):
    """One command with its output, or only remarks at the end of a session."""

    prompt: Prompt
    lines: tuple[Line, ...] = ()
    output: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    """The remarks before the command, without their `#`."""
    holes: tuple[Hole, ...] = ()
    """The placeholders in `typed`, in order."""
    output_line: int = 0
    """The line in the file at which the output begins; 0 without output."""

    @property
    def typed(self) -> str:
        """Return exactly what is typed: no prompt, no output, no newline at the end."""
        return "\n".join(line.text for line in self.lines)

    def place(self, offset: int) -> tuple[int, int]:
        """Return the line and column in the file of the character at an offset of `typed`."""
        for line in self.lines:
            if offset <= len(line.text):
                return line.number, line.column + offset
            offset -= len(line.text) + 1
        last = self.lines[-1]
        return last.number, last.column + len(last.text)


class Session(Struct, frozen=True):
    """The steps of one fence."""

    steps: tuple[Step, ...] = ()

    @property
    def commands(self) -> tuple[Step, ...]:
        """Return the steps in which something is typed."""
        return tuple(step for step in self.steps if step.lines)


class CommandBlock(Struct, frozen=True, tag=True):
    """A session with the options of its fence: the part that a document stores."""

    id: str
    """The id of its HTML element."""
    session: Session
    language: str
    line: int
    """The line of the opening fence."""
    title: str = ""
    tab: str = ""
    """The label of its tab next to neighbouring tabs; empty for a block alone."""
    is_run: bool = False
    """True if the author wants its commands verified."""
    heading: str = field(default="")
    """The text of the heading above the block."""
