"""Reports what an author probably did not mean in a fence's options and commands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from ..source.placeholder import Placeholder
from ..source.problem import (
    Problem,
    Problems,
    Severity,
    Source,
    did_you_mean,
    nearest,
    one_of,
    quoted,
)
from .holes import ALMOST
from .model import Quoting, Scan, Session, Step
from .parse import problem_at
from .unfinished import scan

OPTIONS: Mapping[str, str] = {
    "title": "what the block does, for its title bar",
    "tab": "the label under which the block stands beside its neighbours",
    "run": "the commands are verified by `make verify`",
}
"""The options that the braces of a session's fence may hold."""

FLAGS = frozenset(["run"])
"""Options without a value."""

# Typographic characters, each with its name and its replacement. They are text inside straight
# quotes, comments and here-documents; outside, no shell understands them.
TYPOGRAPHIC = {
    **dict.fromkeys("“”„‟", ("the typographic quote", 'the straight quote "')),
    **dict.fromkeys("‘’‚‛", ("the typographic quote", "the straight quote '")),
    **dict.fromkeys("‐‑‒–—―−", ("the typographic dash", "the hyphen -, once or twice")),
}

# Characters that look like a blank, but not to a shell; nobody means them, even in quotes.
BLANKS = {
    "\u00a0": "a non-breaking space (U+00A0)",
    "\u2007": "a figure space (U+2007)",
    "\u202f": "a narrow non-breaking space (U+202F)",
    "\u200b": "a zero-width space (U+200B)",
    "\ufeff": "a zero-width no-break space (U+FEFF)",
}

# Matches `curl -sSL x | sh`, `wget -O- x | sudo bash`, `sh -c "$(curl x)"`, `bash <(curl x)`, `irm
# x | iex`; not `curl x | jq .` or `curl -O x`.
PIPED_TO_SHELL = re.compile(
    r"""
      \b(?:curl|wget)\b [^;\n]{0,500}? \|\s* (?:sudo\s+(?:-\S+\s+)*)? (?:/\S*/)?
        (?:(?:ba|da|z|k|a|fi)?sh|python[\d.]*|perl|ruby)(?![\w./-])
    | \b(?:ba|da|z|k)?sh\s+ (?:-\w*c\s+"?\$\(|<\() \s*(?:curl|wget)\b
    | \b(?:iwr|irm|invoke-webrequest|invoke-restmethod)\b [^;\n]{0,500}? \|\s*
        (?:iex|invoke-expression)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)

# Matches the arguments of `rm`; `_removal` tests whether they force, recurse and hold a variable.
REMOVE = re.compile(r"(?<![\w./-])rm\s+(?P<arguments>[^;&|\n]*)")

# Matches `$DIR` and `${DIR}`; not `${DIR:?}` or `${DIR?unset}`, which stop when it is empty.
VARIABLE = re.compile(r"\$(?:\w|\{\w+(?!\w|:?\?))")

# Matches `# sysctl -w vm.swappiness=0`, which root types; not `# managed by puppet` or `# ip
# addresses are kept elsewhere.`, which are text in a file.
LOST_ROOT = re.compile(
    r"""
    \#[ ](?:apt|apt-get|aptitude|blockdev|chmod|chown|cp|dnf|dpkg|echo|ethtool|exportfs|fdisk
    |ifconfig|ifdown|ifup|insmod|iptables|journalctl|ldconfig|mkdir|mkfs(?:\.\w+)?|modprobe|mount|mv|nft
    |pacman|passwd|reboot|rm|rpm|service|su|sudo|swapoff|swapon|sysctl|systemctl|tee|tune2fs|umount|useradd
    |usermod|visudo|yum|zypper)
    (?:[ ][^#]*[^.:#\s])?[ ]*$
    """,
    re.VERBOSE,
)

# Patterns of keys and tokens, by the name of the kind.
SECRETS = {
    "an AWS access key": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    "a GitHub token": re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{22,})"),
    "a GitLab token": re.compile(r"\bglpat-[\w-]{20,}"),
    "a Slack token": re.compile(r"\bxox[abeoprs]-[\w-]{10,}"),
    "a Stripe key": re.compile(r"\b[sr]k_live_[0-9A-Za-z]{16,}"),
    "a Google API key": re.compile(r"\bAIza[\w-]{35}"),
    "a package index token": re.compile(r"\bpypi-[\w-]{40,}|\bnpm_[A-Za-z0-9]{36}\b"),
    "a JSON Web Token": re.compile(r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]+"),
    "a private key": re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"),
    "a password in an address": re.compile(
        r"\b[a-z][a-z0-9+.-]{0,20}://[^\s:/@]{1,99}:(?P<value>[^\s/@]{1,99})@"
    ),
    "a password": re.compile(
        r"""(?:--password[= ]|\b\w*(?:PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY)=)["']?"""
        r"""(?P<value>[^\s"']+)""",
        re.IGNORECASE,
    ),
}

# Matches values that nobody keeps secret: `$PW`, `{{password}}`, `<token>`, `…`, `***`, `secret`.
HARMLESS = re.compile(
    r"[$<{\[*.…x-].*|(?:my|your|the|a)?[-_]?(?:secret|password|pass|token|key|changeme|example|"
    r"postgres|test|dummy|hunter2|true|false|none|null)\d*",
    re.IGNORECASE,
)


def lint_options(options: Mapping[str, str], source: Source, line: int) -> list[Problem]:
    """Return the problems in the braces of a fence that begins at a line of the file."""
    return [
        problem
        for name, value in options.items()
        for problem in _option_problems(name, value, source, line)
    ]


def _option_problems(name: str, value: str, source: Source, line: int) -> Iterator[Problem]:
    if name not in OPTIONS:
        hint = did_you_mean(name, list(OPTIONS)) or f"the options are {one_of(OPTIONS)}"
        yield _at_option(source, line, name, f"the option {quoted(name)}", one_of(OPTIONS), hint)
    elif name in FLAGS and value:
        found = f"the value {quoted(value)} for {quoted(name)}"
        yield _at_option(source, line, name, found, f"{quoted(name)} alone", "it is on or absent")
    elif name not in FLAGS and not value.strip():
        found = f"no text for {quoted(name)}"
        yield _at_option(source, line, name, found, f'{name}="…"', f"it is {OPTIONS[name]}")


def _at_option(
    source: Source, line: int, name: str, found: str, expected: str, hint: str
) -> Problem:
    index = line - source.first_line
    text = source.lines[index] if 0 <= index < len(source.lines) else ""
    braces = text.find("{")
    match = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])").search(text, max(braces, 0))
    column = match.start() + 1 if match else max(braces, 0) + 1
    return source.problem(line, column, found=found, expected=expected, hint=hint)


def lint_session(
    session: Session, body: Source, *, placeholders: Mapping[str, Placeholder]
) -> list[Problem]:
    """Return the problems of a session's commands that `parse_session` does not report."""
    problems = Problems()
    for step in session.commands:
        scanned = scan(step.typed, step.prompt.kind.dialect)
        at = _Step(step, scanned, body)
        problems += [
            *_typography(at),
            *_undeclared(at, placeholders),
            *_dangers(at),
            *_secrets(at),
            *_lost_roots(at),
        ]
    return problems


class _Step(Struct, frozen=True):
    step: Step
    scan: Scan
    body: Source

    def problem(self, offset: int, found: str, expected: str, hint: str) -> Problem:
        place = self.step.place(offset)
        return problem_at(self.body, place, (found, expected, hint))

    def warning(self, offset: int, found: str, expected: str, hint: str) -> Problem:
        place, words = self.step.place(offset), (found, expected, hint)
        return problem_at(self.body, place, words, severity=Severity.WARNING)

    def quoting(self, offset: int) -> Quoting | None:
        """Return the quoting of a character; None in plain code."""
        span = self.scan.span_at(offset)
        return span.quoting if span else None


def _typography(at: _Step) -> Iterator[Problem]:
    """Yield at most one problem a line: an author who fixes the first sees the others."""
    offset = 0
    for line in at.step.lines:
        found = (
            problem
            for index, character in enumerate(line.text, offset)
            for problem in _character(at, index, character)
        )
        yield from _first(found)
        offset += len(line.text) + 1


def _character(at: _Step, offset: int, character: str) -> Iterator[Problem]:
    if character in BLANKS:
        hint = "delete it and type a space; it often comes along from a web page"
        yield at.problem(offset, f"{BLANKS[character]} in a command", "a space", hint)
    elif character in TYPOGRAPHIC and at.quoting(offset) is None:
        name, expected = TYPOGRAPHIC[character]
        hint = "if it belongs to a text or a file's name, put straight quotes around that"
        found = f"{name} {character} (U+{ord(character):04X}) in a command"
        yield at.problem(offset, found, expected, hint)


def _first(problems: Iterator[Problem]) -> Iterator[Problem]:
    first = next(problems, None)
    if first:
        yield first


def _undeclared(at: _Step, placeholders: Mapping[str, Placeholder]) -> Iterator[Problem]:
    for hole in at.step.holes:
        if hole.name not in placeholders:
            yield at.problem(hole.start, *undeclared(hole.name, placeholders))
    for offset, words in almost_holes(at.step.typed, placeholders):
        yield at.warning(offset, *words)


def almost_holes(
    text: str, placeholders: Mapping[str, Placeholder]
) -> Iterator[tuple[int, tuple[str, str, str]]]:
    """Yield where braces hold nearly the name of a placeholder, with found, expected and hint."""
    for match in ALMOST.finditer(text) if placeholders else ():
        if near := nearest(match[1].replace("-", "_"), placeholders):
            found = f"{quoted(match[0])}, which is no placeholder and stays as it is"
            expected = "a name of small letters, digits and “_”"
            yield match.start(), (found, expected, f"did you mean {quoted(f'{{{{{near}}}}}')}?")


def undeclared(name: str, placeholders: Mapping[str, Placeholder]) -> tuple[str, str, str]:
    """Return found, expected and hint for a placeholder that the front matter does not declare."""
    near = did_you_mean(name, list(placeholders))
    literal = f"to show the braces themselves, write \\{{{{{name}}}}}"
    expected = "a placeholder that the front matter declares under “placeholders”"
    return (
        f"the undeclared placeholder {quoted(name)}",
        expected,
        f"{near.removesuffix('?')}? {literal}" if near else literal,
    )


def _dangers(at: _Step) -> Iterator[Problem]:
    text = at.step.typed.replace("\\\n", "  ")
    for match in PIPED_TO_SHELL.finditer(text):
        if at.quoting(match.start()) not in (Quoting.NONE, Quoting.SINGLE):
            yield at.warning(
                match.start(),
                "a download that is run unread",
                "a download, a look at it or its checksum, then the run",
                "write it to a file first",
            )
    for match in REMOVE.finditer(text):
        yield from _removal(at, match)


def _removal(at: _Step, match: re.Match[str]) -> Iterator[Problem]:
    arguments = match["arguments"]
    flags = "".join(re.findall(r"(?<!\S)-[a-zA-Z]+", arguments)) + (
        "r" * ("--recursive" in arguments) + "f" * ("--force" in arguments)
    )
    start = match.start("arguments")
    variables = [
        start + found.start()
        for found in VARIABLE.finditer(arguments)
        if at.quoting(start + found.start()) not in (Quoting.NONE, Quoting.SINGLE)
    ]
    if {"f"} <= set(flags) and {"r", "R"} & set(flags) and variables:
        yield at.warning(
            variables[0],
            "“rm -rf” on a variable",
            "a path, or a variable that may not be empty",
            'write "${NAME:?}", so that the shell stops when it is empty',
        )


def _lost_roots(at: _Step) -> Iterator[Problem]:
    """Warn about root's commands read as output: in their block `#` alone is not a prompt."""
    before = ""
    for number, text in enumerate(at.step.output, at.step.output_line):
        match = LOST_ROOT.match(text)
        if match and not before.startswith("#"):
            yield problem_at(
                at.body,
                (number, at.body.shift(number) + 1),
                (
                    f"{quoted(match[0])} among the output of the command above",
                    "a prompt that says who types it, like “root@host:~# ”",
                    "“# ” alone is root's prompt only where all prompts of the block are",
                ),
                severity=Severity.WARNING,
            )
        before = text


def _secrets(at: _Step) -> Iterator[Problem]:
    """Yield one warning a line of the command or its output, for the first kind that matches."""
    for line in at.step.lines:
        yield from _first(_secret(at, line.text, line.number, line.column))
    for number, text in enumerate(at.step.output, at.step.output_line):
        yield from _first(_secret(at, text, number, at.body.shift(number) + 1))


def _secret(at: _Step, text: str, number: int, column: int) -> Iterator[Problem]:
    for name, pattern in SECRETS.items():
        for match in pattern.finditer(text):
            value = match.groupdict().get("value")
            if value is None or not HARMLESS.fullmatch(value):
                yield problem_at(
                    at.body,
                    (number, column + match.start()),
                    (
                        f"what looks like {name}",
                        "a placeholder or an invented value",
                        "if it is real, it is public from now on: revoke it",
                    ),
                    severity=Severity.WARNING,
                )
