r"""Is what stands in a hole evaluated once more, and which values may then stand there?

A value is always quoted for the shell that it is typed into. That is not enough where another
program reads the text again (`bash -c '…{{v}}…'`, `ssh host '…'`, backticks, a here-document): to
that program the quotes of the first are gone. So this module does not look for the places that are
dangerous, whose list has no end. It knows those that are not:

    free     = assignments command { ("&&" | "||" | ";" | "|" | newline) assignments command }
    command  = a program that takes its arguments as data (`DATA_COMMANDS`), then words
    word     = plain characters, "$NAME", '…', "…" without substitutions

and no other sign of the shell: no `$(`, no backtick, no `>`, no bracket, no comment. In a command
of that shape a value may be any text (`Accepts.ANY`), and where it begins a word, one that is no
option (`Accepts.ARGUMENT`). Everywhere else it may have safe signs only (`Accepts.SAFE`, or
`Accepts.NAME` inside a program of sed, awk, Perl, SQL and the like), and where it would choose the
command that runs, it may only be what the page itself offers (`Accepts.OFFERED`).
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

# Matches a piece of a free command: a blank, a separator, or a part of a word. Nothing matches at
# `$(`, a backtick, `<`, `>`, `(`, `{`, `!`, `#` or a quote without its end.
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

# Matches where a value would be the rest of a variable's name or its subscript: `$x{{v}}`.
AFTER_VARIABLE = re.compile(r"\$(?:\w+|\{\w*)\Z")

# Matches an option whose name the value would end: `--{{v}}`, `--with-{{v}}`, `-{{v}}`; not
# `--port={{v}}` or `-p{{v}}`.
IN_OPTION = re.compile(r"(?:^|(?<=[\s'\"]))(?:-|--[^\s=]*)\Z")

# Programs in whose quoted arguments stands a program of a language that is no shell.
LANGUAGES = re.compile(
    r"(?<![\w-])(?:[gmn]?awk|sed|perl|python|ruby|node|php|lua|psql|mysql|mariadb|sqlite|jq|yq"
    r"|printf|osascript|julia|Rscript|tclsh|gdb|mongo(?:sh)?|redis-cli)[\d.]*(?![\w-])"
)
SHELLS = re.compile(
    r"(?<![\w-])(?:(?:ba|da|z|k|a|fi|c|tc)?sh|ssh|su|eval|xargs|parallel|watch|find|flock|script|at"
    r"|batch|trap|cmd|pwsh|powershell|iex|invoke-expression)(?![\w-])",
    re.IGNORECASE,
)

# Match a text, its last quotes and blanks taken off, after which comes the name of a command.
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

# Matches the rest of a pattern or replacement of sed: what stands outside of these is a command.
IN_PATTERN = re.compile(r"[\w.-]*[/|#@,:~]")

# Variables whose value is, or leads to, a command that another program runs.
RUNNING_VARIABLE = re.compile(
    r"(?<!\w)(?:PATH|\w*(?:PAGER|EDITOR|COMMAND|ASKPASS|OPTS?|OPTIONS)|VISUAL|BROWSER|SHELL|ENV"
    r"|BASH_ENV|PS[0-9]|IFS|LD_\w+|DYLD_\w+|GIT_\w+|LESSOPEN|PYTHON\w+|PERL\w+|RUBY\w+|MAKEFLAGS)"
    r"=['\"]*\Z"
)


WINDOW = 500
"""How many characters before a hole are looked at."""


class _Command(Struct, frozen=True):
    """What is asked of a command once, for all its holes."""

    text: str
    dialect: Dialect
    has_language: bool
    has_shell: bool
    delimiters: frozenset[str]
    """Of its here-documents."""


def with_accepts(
    text: str, holes: Sequence[Hole], dialect: Dialect, data_commands: Collection[str]
) -> tuple[Hole, ...]:
    """The holes of a command, each with the values that may stand in it."""
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
    """Return whether the text has the shape that this module begins with."""
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
    # A line of a quoted text that begins with `^` is a substitution to an interactive bash.
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

    That is the text in quotes, as in `'{{v}} x'`, or what `echo` prints, as in `echo {{v}} | sh`.
    """
    before, after = _before(command, hole)[-1:], command.text[hole.end : hole.end + 1]
    if _is_quoted(hole) and before in ("'", '"') and after not in ("'", '"', "\\"):
        return command.has_language or command.has_shell
    return command.has_shell and ECHO.search(_head(_before(command, hole))) is not None


def _in_language(command: _Command, hole: Hole) -> Accepts:
    """What a hole in quotes accepts in a command that runs a program of another language."""
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
    """Return whether a value after this text is, or begins, or ends the name of a command.

    The value of a variable may be one too, where the same text evaluates something.
    """
    if RUNNING_VARIABLE.search(before):
        return True
    head = _head(before)
    word = before[len(head) :].strip(" \t'\"\\")
    if "=" in word:
        return word.endswith("=") and command.has_shell
    return bool(SEPARATED.search(head) or PREFIXED.search(head))


def _head(before: str) -> str:
    """The text before the word that a value stands in, which may be quoted in several layers."""
    head = re.sub(r"[^\s;|&(){}`!'\"\\]*['\"\\]*\Z", "", before)
    return re.sub(r"(?:[ \t'\"]|\\\n|\\(?=['\"]))+\Z", "", head)


def _is_delimiter(command: _Command, hole: Hole) -> bool:
    """Return whether a value could make its line the one that ends a here-document."""
    if not command.delimiters:
        return False
    text = command.text
    start = text.rfind("\n", 0, hole.start) + 1
    end = text.find("\n", hole.end)
    line = text[start : end if end >= 0 else len(text)].lstrip("\t")
    first, *_, last = re.split(r"\{\{[ \t]*\w+[ \t]*\}\}", line)
    return any(word.startswith(first) and word.endswith(last) for word in command.delimiters)
