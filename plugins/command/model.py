"""A command session: steps with their prompt, what is typed, what is printed, what is said."""

from __future__ import annotations

import bisect
import enum

from msgspec import Struct, field


class Dialect(enum.Enum):
    """Which language a typed line is in."""

    SHELL = "shell"
    PYTHON = "python"
    POWERSHELL = "powershell"
    SQL = "sql"


class PromptKind(enum.Enum):
    """Whom or what a prompt belongs to."""

    USER = "user"
    ROOT = "root"
    REMOTE = "remote"
    PYTHON = "python"
    POWERSHELL = "powershell"
    DATABASE = "database"

    @property
    def dialect(self) -> Dialect:
        """The language that is typed at this prompt."""
        return _DIALECTS.get(self, Dialect.SHELL)


_DIALECTS = {
    PromptKind.PYTHON: Dialect.PYTHON,
    PromptKind.POWERSHELL: Dialect.POWERSHELL,
    PromptKind.DATABASE: Dialect.SQL,
}


class Prompt(Struct, frozen=True):
    """What the machine shows before a command."""

    kind: PromptKind
    text: str
    """As written, with the blank after it; empty in PowerShell without prompts."""
    user: str = ""
    host: str = ""
    directory: str = ""
    environment: str = ""
    """The name in round brackets, of a Python environment."""
    database: str = ""


class Quoting(enum.Enum):
    """How a value is written where it is put into a command, so that it stays one value."""

    NONE = "none"
    """As it is: it cannot do harm here (a comment, a quoted here-document)."""
    PLAIN = "plain"
    """As it is, and only of letters, digits and a few signs: nothing could quote it here."""
    WORD = "word"
    """In single quotes of the shell, if it needs them."""
    SINGLE = "single"
    """Inside single quotes of the shell."""
    DOUBLE = "double"
    """Inside double quotes of the shell."""
    HERE = "here"
    """Inside a here-document that the shell expands."""
    DOUBLED = "doubled"
    """Inside single quotes that are doubled, as in SQL and PowerShell."""
    WINDOWS = "windows"
    """In single quotes of PowerShell, if it needs them."""
    TICK = "tick"
    """Inside double quotes of PowerShell."""
    PYTHON = "python"
    """Inside a string of Python."""


class Accepts(enum.Enum):
    """Which values of a reader may stand at a place; those that the page offers always may."""

    ANY = "any"
    """Any text on one line: it is quoted, and nothing reads it again."""
    ARGUMENT = "argument"
    """Any text that is no option: it begins a word."""
    SAFE = "safe"
    """Letters, digits and a few signs: the text may be read again."""
    NAME = "name"
    """Letters, digits, `_`, `.` and `-`: it stands within a program of another language."""
    OFFERED = "offered"
    """The default, a choice or a number: any other value would choose what is run."""


class Open(Struct, frozen=True):
    """What a text leaves open at its end."""

    what: str
    """`quote`, `here` (a here-document), `block` (a bracket or keyword) or `more` (a line)."""
    offset: int
    """Where it begins."""
    closes: str = ""
    """What would close it."""


class Span(Struct, frozen=True):
    """A stretch of text that is not plain code, and how a value is written into it."""

    start: int
    end: int
    quoting: Quoting


class Scan(Struct, frozen=True):
    """What is known of a command's text after reading it once."""

    spans: tuple[Span, ...] = ()
    """In order, without overlap."""
    open: Open | None = None
    bare: Quoting = Quoting.WORD
    """How a value is written outside all spans."""

    def span_at(self, offset: int) -> Span | None:
        """The span that holds a character, or None for plain code."""
        index = bisect.bisect_right(self.spans, offset, key=lambda span: span.start) - 1
        if index < 0 or self.spans[index].end <= offset:
            return None
        return self.spans[index]

    def quoting_at(self, offset: int) -> Quoting:
        """How a value is written at a character."""
        span = self.span_at(offset)
        return span.quoting if span else self.bare


class Hole(Struct, frozen=True):
    """A place in a text that holds a placeholder, from `start` to `end` (exclusive)."""

    name: str
    start: int
    end: int
    quoting: Quoting = Quoting.NONE
    accepts: Accepts = Accepts.ANY


class Line(Struct, frozen=True):
    """One line that is typed."""

    text: str
    """What is typed, with placeholders as `{{name}}`."""
    prompt: str = ""
    """What the machine shows before it; empty where the author wrote none."""
    number: int = 0
    """Its line in the file."""
    column: int = 1
    """The column in the file that the text begins at."""


class Step(Struct, frozen=True):
    """One command with what it prints, or remarks that stand alone at a session's end."""

    prompt: Prompt
    lines: tuple[Line, ...] = ()
    output: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    """Remarks that stand before the command, without their `#`."""
    holes: tuple[Hole, ...] = ()
    """The placeholders in `typed`, in order."""
    output_line: int = 0
    """The line in the file that the output begins at; 0 without output."""

    @property
    def typed(self) -> str:
        """Exactly what is typed: no prompt, no output, no newline at its end."""
        return "\n".join(line.text for line in self.lines)

    def place(self, offset: int) -> tuple[int, int]:
        """The line and column in the file of a character of `typed`."""
        for line in self.lines:
            if offset <= len(line.text):
                return line.number, line.column + offset
            offset -= len(line.text) + 1
        last = self.lines[-1]
        return last.number, last.column + len(last.text)


class Session(Struct, frozen=True):
    """What one fence holds."""

    steps: tuple[Step, ...] = ()

    @property
    def commands(self) -> tuple[Step, ...]:
        """The steps in which something is typed."""
        return tuple(step for step in self.steps if step.lines)


class CommandBlock(Struct, frozen=True, tag=True):
    """A session with what its fence says of it: the part that a document keeps."""

    id: str
    """The id of its element."""
    session: Session
    language: str
    line: int
    """The line of the opening fence."""
    title: str = ""
    tab: str = ""
    """The label that it shows under beside its neighbours; empty for a block alone."""
    is_run: bool = False
    """Whether its author wants its commands verified."""
    heading: str = field(default="")
    """The text of the heading that it stands under."""
