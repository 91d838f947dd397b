"""Decides which values a hole accepts, since some text is evaluated a second time.

A value is always quoted for the shell that it is typed into. That is not enough where another
program reads the text again (`bash -c '…{{v}}…'`, `ssh host '…'`, backticks, a here-document): for
that program the first quotes are gone. No list of dangerous places would ever be complete, so this
module recognises the safe ones instead:

    free     = assignments command { ("&&" | "||" | ";" | "|" | newline) assignments command }
    command  = a program that takes its arguments as data (`DATA_COMMANDS`), then words
    word     = plain characters, "$NAME", '…', "…" without substitutions

A free command has no other sign of the shell: no `$(`, no backtick, no `>`, no bracket, no comment.
In it a value may be any text (`Accepts.ANY`); where the value begins a word, it must not be an
option (`Accepts.ARGUMENT`). Everywhere else it may have safe signs only (`Accepts.SAFE`, or
`Accepts.NAME` inside a program of sed, awk, Perl, SQL and the like). Where it would choose the
command that runs, only a number or what the page itself offers is accepted (`Accepts.OFFERED`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from msgspec import Struct
from msgspec.structs import replace

from .model import Accepts, Dialect, Hole, Quoting

DATA_COMMANDS = (
    "alembic",
    "basename",
    "cat",
    "cd",
    "cp",
    "createdb",
    "dirname",
    "dropdb",
    "echo",
    "git add",
    "git commit",
    "git mv",
    "git rm",
    "git tag",
    "grep",
    "head",
    "ln",
    "ls",
    "mkdir",
    "mv",
    "rmdir",
    "tail",
    "touch",
    "wc",
)
"""Programs, some with their first word, that evaluate none of their arguments."""

# Matches a token of a free command: a blank, a separator, or a part of a word. Nothing matches at
# `$(`, a backtick, `<`, `>`, `(`, `{`, `!`, `#` or an unclosed quote.
PIECE = re.compile(
    r"""
      (?P<blank>(?:[ \t]|\\\n)+)
    | (?P<separator>&&|\|\||\||;|\n)
    | (?P<word>(?:
          \{\{[ \t]*[a-z][a-z0-9_]*[ \t]*\}\}
        | [\w@%+=:,./~*?^-]
        | \$[A-Za-z_]\w*(?![\w\[:{])
        | '[^']*'
        | "(?:\$[A-Za-z_]\w*(?![\w\[:{])|\\[^\n]|[^"\\$`])*"
        | \\[^\n]
      )+)
    """,
    re.VERBOSE,
)
ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=(?!.*\{\{)", re.DOTALL)

# Matches where a value would continue a variable's name or its subscript: `$x{{v}}`.
AFTER_VARIABLE = re.compile(r"\$(?:\w+|\{\w*)\Z")

# Matches an option whose name the value would complete: `--{{v}}`, `--with-{{v}}`, `-{{v}}`; not
# `--port={{v}}` or `-p{{v}}`.
IN_OPTION = re.compile(r"(?:^|(?<=[\s'\"]))(?:-|--[^\s=]*)\Z")

# Programs whose quoted arguments hold a program in a language other than the shell's.
LANGUAGES = re.compile(
    r"(?<![\w-])(?:[gmn]?awk|sed|perl|python|ruby|node|php|lua|psql|mysql|mariadb|sqlite|jq|yq"
    r"|printf|osascript|julia|Rscript|tclsh|gdb|mongo(?:sh)?|redis-cli)[\d.]*(?![\w-])"
)
SHELLS = re.compile(
    r"(?<![\w-])(?:(?:ba|da|z|k|a|fi|c|tc)?sh|ssh|su|eval|xargs|parallel|watch|find|flock|script|at"
    r"|batch|trap|cmd|pwsh|powershell|iex|invoke-expression)(?![\w-])",
    re.IGNORECASE,
)

# These match a text, without its last quotes and blanks, that the name of a command follows.
SEPARATED = re.compile(
    r"""
    (?:\A|[;|&({`!\n]|\\n)
    (?:\s*(?:if|then|elif|else|while|until|do|time|\w+=\S*))*
    (?:\s*\.)?\Z
    """,
    re.VERBOSE,
)
PREFIXED = re.compile(
    r"""
    (?:
      (?:^|(?<=[\s;|&({`'"]))
      (?:sudo|doas|env|exec|command|builtin|eval|nohup|nice|setsid|stdbuf|time|timeout|watch|xargs
        |strace|source|trap|parallel|chroot|flock|sed|[gmn]?awk|jq|perl|python[\d.]*|ruby|node|iex
        |invoke-expression|start-process|if|then|elif|else|while|until|do)
      (?:\s+(?:-\S+|\w+=\S*|[\d.]+[smhd]?))*
      (?:\s+-\S+\s+[^\s'"-]\S*)?(?<!\s-u)(?<!\s-g)
    | \bssh(?:\s+-\S+)*\s+[^\s-]\S*
    | \b(?:docker|podman|kubectl|lxc)\s+exec(?:\s+-\S+)*\s+[^\s-]\S*(?:\s+--)?
    | \s-(?:exec|execdir|ok|okdir)
    )\Z
    """,
    re.VERBOSE | re.IGNORECASE,
)
CODE_OPTION = re.compile(
    r"\s(?:-[a-z]{0,2}[cer]|-ex|--?(?:eval|exec|command|execute|commands))(?:[ \t]+|=)['\"]*\Z",
    re.IGNORECASE,
)

ECHO = re.compile(r"(?<![\w-])(?:echo|printf)(?:\s+-\w+)*\Z")
HERE = re.compile(r"<<-?[ \t]*['\"\\]?([^\s'\";|&<>()\\]+)")
SED = re.compile(r"(?<![\w-])sed(?![\w-])")

# Matches the rest of a pattern or replacement of sed: text outside of these is a command.
IN_PATTERN = re.compile(r"[\w.-]*[/|#@,:~]")

# Variables whose value is, or leads to, a command that another program runs.
RUNNING_VARIABLE = re.compile(
    r"(?<!\w)(?:PATH|\w*(?:PAGER|EDITOR|COMMAND|ASKPASS|OPTS?|OPTIONS)|VISUAL|BROWSER|SHELL|ENV"
    r"|BASH_ENV|PS[0-9]|IFS|LD_\w+|DYLD_\w+|GIT_\w+|LESSOPEN|PYTHON\w+|PERL\w+|RUBY\w+|MAKEFLAGS)"
    r"=['\"]*\Z"
)


WINDOW = 500
"""The number of characters before a hole that are examined."""


class _Command(Struct, frozen=True):
    """A command with the facts that its holes share."""

    text: str
    dialect: Dialect
    has_language: bool
    has_shell: bool
    delimiters: frozenset[str]
    """The delimiters of its here-documents."""


def with_accepts(
    text: str, holes: Sequence[Hole], dialect: Dialect, data_commands: Collection[str]
) -> tuple[Hole, ...]:
    """Return the holes of a command, each with the values that it accepts."""
    if not holes:
        return ()
    accepts = _in_other
    if dialect is Dialect.SHELL and _is_free(text, data_commands):
        accepts = _in_free
    delimiters = frozenset(HERE.findall(text))
    found = (LANGUAGES.search(text) is not None, SHELLS.search(text) is not None)
    command = _Command(text, dialect, *found, delimiters)
    return tuple(replace(hole, accepts=accepts(command, hole)) for hole in holes)


def _is_free(text: str, data_commands: Collection[str]) -> bool:
    """Return whether the text is a free command as the module's docstring defines it."""
    commands: list[list[str]] = [[]]
    at = 0
    while at < len(text):
        piece = PIECE.match(text, at)
        if not piece:
            return False
        if piece["separator"]:
            commands.append([])
        elif piece["word"] and (commands[-1] or not ASSIGNMENT.match(piece[0])):
            commands[-1].append(piece[0])
        at = piece.end()
    return all(_takes_data(words, data_commands) for words in commands if words)


def _takes_data(words: Sequence[str], data_commands: Collection[str]) -> bool:
    return words[0] in data_commands or " ".join(words[:2]) in data_commands


def _in_free(command: _Command, hole: Hole) -> Accepts:
    before = _before(command, hole)
    if AFTER_VARIABLE.search(before) or IN_OPTION.search(before):
        return Accepts.OFFERED
    # An interactive bash reads a line that begins with `^` as a substitution, in quoted text too.
    if before.endswith("\n"):
        return Accepts.SAFE
    word = re.split(r"[ \t\n]", before)[-1]
    return Accepts.ANY if word.strip("'\"") else Accepts.ARGUMENT


def _before(command: _Command, hole: Hole) -> str:
    return command.text[max(0, hole.start - WINDOW) : hole.start]


def _in_other(command: _Command, hole: Hole) -> Accepts:
    before = _before(command, hole)
    if AFTER_VARIABLE.search(before) or IN_OPTION.search(before) or _is_delimiter(command, hole):
        return Accepts.OFFERED
    if command.dialect in (Dialect.SQL, Dialect.PYTHON):
        is_first = not before.strip() or before.rstrip().endswith("\\!")
        return Accepts.OFFERED if is_first else Accepts.SAFE
    if _leads(command, hole):
        return Accepts.OFFERED
    if _is_quoted(hole) and command.has_language:
        return _in_language(command, hole)
    if _is_code(command, before) or _chooses_command(command, before):
        return Accepts.OFFERED
    return Accepts.SAFE


def _is_quoted(hole: Hole) -> bool:
    return hole.quoting not in (Quoting.WORD, Quoting.WINDOWS)


def _leads(command: _Command, hole: Hole) -> bool:
    """Return whether a value begins a text of several words that a program may run.

    That is a quoted text, as in `'{{v}} x'`, or what `echo` prints, as in `echo {{v}} | sh`.
    """
    before, after = _before(command, hole)[-1:], command.text[hole.end : hole.end + 1]
    if _is_quoted(hole) and before in ("'", '"') and after not in ("'", '"', "\\"):
        return command.has_language or command.has_shell
    return command.has_shell and ECHO.search(_head(_before(command, hole))) is not None


def _in_language(command: _Command, hole: Hole) -> Accepts:
    """Return what a quoted hole accepts in a command that runs a program of another language."""
    before = _before(command, hole)
    head = _head(before)
    is_first = not before[len(head) :].strip(" \t'\"\\")
    if _is_code(command, before) or (is_first and PREFIXED.search(head)):
        return Accepts.OFFERED
    if SED.search(before) and not IN_PATTERN.match(command.text, hole.end):
        return Accepts.OFFERED
    if command.has_shell and _chooses_command(command, before):
        return Accepts.OFFERED
    return Accepts.NAME


def _is_code(command: _Command, before: str) -> bool:
    """Return whether a value would be the beginning of a program, as in `sh -c {{v}}`."""
    is_read = command.has_language or command.has_shell
    return is_read and CODE_OPTION.search(before) is not None


def _chooses_command(command: _Command, before: str) -> bool:
    """Return whether a value after this text is, begins or ends the name of a command.

    The value of a variable may be such a name too, if the same text evaluates something.
    """
    if RUNNING_VARIABLE.search(before):
        return True
    head = _head(before)
    word = before[len(head) :].strip(" \t'\"\\")
    if "=" in word:
        return word.endswith("=") and command.has_shell
    return bool(SEPARATED.search(head) or PREFIXED.search(head))


def _head(before: str) -> str:
    """Return the text before the word that holds the value, without its layers of quotes."""
    head = re.sub(r"[^\s;|&(){}`!'\"\\]*['\"\\]*\Z", "", before)
    return re.sub(r"(?:[ \t'\"]|\\\n|\\(?=['\"]))+\Z", "", head)


def _is_delimiter(command: _Command, hole: Hole) -> bool:
    """Return whether a value could turn its line into the end of a here-document."""
    if not command.delimiters:
        return False
    text = command.text
    start = text.rfind("\n", 0, hole.start) + 1
    end = text.find("\n", hole.end)
    line = text[start : end if end >= 0 else len(text)].lstrip("\t")
    first, *_, last = re.split(r"\{\{[ \t]*\w+[ \t]*\}\}", line)
    return any(word.startswith(first) and word.endswith(last) for word in command.delimiters)
