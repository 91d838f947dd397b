"""Recognises the prompt that a line begins with. parse.py has the grammar."""

from __future__ import annotations

import re
from collections.abc import Collection

from msgspec import Struct

from .model import Dialect, Prompt, PromptKind

# Matches `$ `, `# `, `(venv) $ `, `ada@db1:~/src$ `, `[ada@db1 src]# `, `ada@mac ~ % `, `~/src $ `,
# `bash-5.2$ `; not `$5 a month`, `#!/bin/sh`, `/etc/x # a comment`.
SHELL = re.compile(
    r"""
    (?:\((?P<environment>[^()\s]+)\)[ ])?
    (?:
        \[(?P<user>[\w.{}-]+)@(?P<host>[\w.{}-]+)(?:[ ](?P<directory>[^\]]*))?\][ ]?
      | (?P<user2>[\w.{}-]+)@(?P<host2>[\w.{}-]+)(?:[: ](?P<directory2>[^$#%>]*?))?[ ]?
      | (?:ba|z|da|k|fi)?sh(?:-[\d.]+)?(?=[$\#%>])
      | (?P<directory3>[~/][^\s$#%>:]*)(?:[ ](?=[$%❯]))?
    )?
    (?P<sign>[$#%>❯])(?:[ ]|$)
    """,
    re.VERBOSE,
)

# Matches `breakpad=> `, `breakpad=# `, `crash=*> `, `mysql> `, `MariaDB [crash]> `, `sqlite> `;
# not `key => value`.
DATABASE = re.compile(
    r"""
    (?:
        (?P<database>[\w.-]+)[=^!][*!?]?(?P<sign>[>#])
      | MariaDB[ ]\[(?P<database2>[^\]]+)\]>
      | (?:mysql|sqlite)>
    )(?:[ ]|$)
    """,
    re.VERBOSE,
)

# Matches `PS C:\src> `, `PS> `, `(venv) PS /srv> `, `[db1]: PS C:\> `, `C:\src>`; not `PSA> `.
POWERSHELL = re.compile(
    r"""
    (?:\((?P<environment>[^()\s]+)\)[ ])?
    (?:\[(?P<host>[\w.-]+)\]:[ ])?
    (?:PS(?:[ ](?P<directory>[^>]*))?|(?P<directory2>[A-Za-z]:\\[^>]*))>(?![>])[ ]?
    """,
    re.VERBOSE,
)

PYTHON = re.compile(r">>>(?:[ ]|$)")

# Secondary prompts of continued lines: `> ` of bash, `for> ` of zsh, `... `, `>> `, `crash-# `.
SECONDARY = {
    Dialect.SHELL: re.compile(
        r"(?:(?:for|while|until|select|if|then|else|elif|case|function|cursh|subsh|cmdsubst|"
        r"pipe|quote|dquote|bquote|heredoc|cmdand|cmdor)(?: |(?=>)))*>(?: |$)"
    ),
    Dialect.PYTHON: re.compile(r"\.\.\.(?: |$)"),
    Dialect.POWERSHELL: re.compile(r">>(?: |$)"),
    Dialect.SQL: re.compile(
        r"(?:[\w.-]+[-*('\"$][*!?]?[>#]|[ ]*(?:-|'|\"|`|/\*)>|[ ]*\.\.\.>)(?: |$)"
    ),
}

# The beginning of a remark, at the left edge of a block or typed at a prompt.
REMARK = {
    Dialect.SHELL: re.compile(r"#(?: +|$)"),
    Dialect.PYTHON: re.compile(r"#(?: +|$)"),
    Dialect.POWERSHELL: re.compile(r"#(?: +|$)"),
    Dialect.SQL: re.compile(r"--(?: +|$)"),
}

# Matches the host names that Docker gives to containers: twelve hexadecimal digits.
CONTAINER = re.compile(r"[0-9a-f]{12}")


class Found(Struct, frozen=True):
    """A prompt at the beginning of a line."""

    prompt: Prompt
    width: int
    """The number of characters of the line that it takes."""
    bare: str = ""
    """The sign, if the prompt is nothing but a sign."""


def shell_prompt(line: str, *, local_hosts: Collection[str]) -> Found | None:
    """Return the shell prompt that the line begins with, or None."""
    match = SHELL.match(line)
    if not match:
        return None
    host = match["host"] or match["host2"] or ""
    bare = match["sign"] if match[0].rstrip() == match["sign"] else ""
    directory = match["directory"] or match["directory2"] or match["directory3"] or ""
    prompt = Prompt(
        _kind(match["sign"], host, local_hosts),
        match[0],
        user=match["user"] or match["user2"] or "",
        host=host,
        directory=directory,
        environment=match["environment"] or "",
    )
    return Found(prompt, match.end(), bare)


def _kind(sign: str, host: str, local_hosts: Collection[str]) -> PromptKind:
    if sign == "#":
        return PromptKind.ROOT
    return PromptKind.REMOTE if host and host not in local_hosts else PromptKind.USER


def database_prompt(line: str) -> Found | None:
    """Return the prompt of psql, mysql, mariadb or sqlite3 that the line begins with, or None."""
    match = DATABASE.match(line)
    if not match:
        return None
    name = match["database"] or match["database2"] or ""
    return Found(Prompt(PromptKind.DATABASE, match[0], database=name), match.end())


def powershell_prompt(line: str) -> Found | None:
    """Return the PowerShell or Windows command prompt that the line begins with, or None."""
    match = POWERSHELL.match(line)
    if not match:
        return None
    prompt = Prompt(
        PromptKind.POWERSHELL,
        match[0],
        host=match["host"] or "",
        directory=match["directory"] or match["directory2"] or "",
        environment=match["environment"] or "",
    )
    return Found(prompt, match.end())


def python_prompt(line: str) -> Found | None:
    """Return the Python prompt that the line begins with, or None."""
    match = PYTHON.match(line)
    return Found(Prompt(PromptKind.PYTHON, match[0]), match.end()) if match else None
