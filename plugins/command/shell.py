"""Finds what a command of sh, bash or zsh leaves open, and the quoting of values in it.

A command continues on the next line after a backslash, `|`, `&&` or `||` at the end of a line, and
inside a quote, a here-document, `$(…)`, `(…)`, `{ … }`, `for … done`, `if … fi`, `case … esac`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from msgspec import Struct

from .model import Open, Quoting, Scan, Span

CODE = re.compile(
    r"""
      (?P<newline>\n)
    | (?P<blank>(?:[ \t]|\\\n)+)
    | (?P<escape>\\.)
    | (?P<text><<<)
    | (?P<here><<-?[ \t]*(?P<word>(?:'[^'\n]*'|"[^"\n]*"|\\.|[^\s;&|<>()'"`\\])+))
    | (?P<ansi>\$'(?:[^'\\]|\\.)*')
    | (?P<single>'[^']*')
    | (?P<open>\$\(\(|\$\(|\$\{|\$?"|\$?'|\(\(|\(|`)
    | (?P<close>\))
    | (?P<separator>&&|\|\||\|&?|;;&?|;&|;|&)
    | (?P<redirect>[<>]+&?)
    | (?P<name>[^\s\\'"`$();&|<>]+)
    | (?P<rest>.)
    """,
    re.VERBOSE | re.DOTALL,
)

# The tokens in double quotes and in `${…}`; the text between them is one token.
INNER = re.compile(
    r"""(?P<escape>\\.)|(?P<open>\$\(\(|\$\(|\$\{|["`])|(?P<close>[})])|(?P<rest>[^\\"`$})]+|.)""",
    re.DOTALL,
)

CLOSERS = {
    '"': '"',
    '$"': '"',
    "'": "'",
    "$'": "'",
    "`": "`",
    "$(": ")",
    "(": ")",
    "${": "${}",
    "$((": "))",
    "((": "))",
    "for": "done",
    "while": "done",
    "until": "done",
    "select": "done",
    "if": "fi",
    "case": "esac",
    "{": "}",
}
KEYWORDS = frozenset(["for", "while", "until", "select", "if", "case", "{"])
BEFORE_A_COMMAND = frozenset(["do", "then", "else", "elif", "!", "while", "until", "if", "{"])
GOES_ON = frozenset(["|", "|&", "||", "&&"])
QUOTES = frozenset("\"'`")


class _Frame(Struct, frozen=True):
    closes: str
    offset: int


class _Here(Struct, frozen=True):
    delimiter: str
    offset: int
    is_quoted: bool
    strips_tabs: bool


class Shell:
    """A reader of sh, bash or zsh that reads a text once, with a stack of what is open."""

    def __init__(self) -> None:
        self.text = ""
        self.at = 0
        self.stack: list[_Frame] = []
        self.heres: list[_Here] = []
        """Here-documents whose text has not begun yet."""
        self.here: _Here | None = None
        """The here-document whose text is being read."""
        self.spans: list[Span] = []
        self.is_command = True
        """True if the next word is a command, so that `for` is a keyword there."""
        self.is_fresh = True
        """True if a new word begins here, so that `#` begins a comment."""
        self.is_naming = False
        """True if the next word is the name of a `function`."""
        self.last = ""
        """The last token that is neither blank nor comment."""

    def feed(self, line: str) -> None:
        """Read one more line."""
        if self.text:
            # A trailing backslash and the newline after it form one token.
            self.at -= self.last == "\\" and not self.here
            line = f"\n{line}"
        self.text += line
        while self.at < len(self.text):
            read = Shell._body if self.here else self._readers.get(self._top, Shell._code)
            read(self)

    def scan(self) -> Scan:
        """Return the scan of the text so far."""
        return Scan(tuple(self.spans), self.left())

    def left(self) -> Open | None:
        """Return what the text so far leaves open."""
        if here := self.here or next(iter(self.heres), None):
            return Open("here", here.offset, here.delimiter)
        if self.stack:
            frame = self.stack[-1]
            what = "quote" if frame.closes in QUOTES else "block"
            return Open(what, frame.offset, frame.closes.removeprefix("$").removeprefix("{"))
        if self.last in GOES_ON or self.last == "\\":
            return Open("more", len(self.text) - 1)
        return None

    @property
    def _top(self) -> str:
        return self.stack[-1].closes if self.stack else ""

    def _code(self) -> None:
        match = CODE.match(self.text, self.at)
        assert match, "the last alternative takes any character"
        kind, token = match.lastgroup or "rest", match[0]
        if kind == "name" and self.is_fresh and token.startswith("#"):
            self._comment()
            return
        self.at = match.end()
        if kind == "blank":
            self.is_fresh = True
            return
        self.last = token
        self._tokens.get(kind, Shell._part)(self, match)

    def _comment(self) -> None:
        end = self.text.find("\n", self.at)
        self._span(end if end >= 0 else len(self.text), Quoting.NONE)

    def _part(self, match: re.Match[str]) -> None:
        """Take a part of a word that is not a keyword."""
        self.is_command = self.is_fresh = False

    def _single(self, match: re.Match[str]) -> None:
        quoting = Quoting.SINGLE if match[0].startswith("'") else Quoting.PLAIN
        self.spans.append(Span(match.start() + 1, match.end() - 1, quoting))
        self._part(match)

    def _newline(self, match: re.Match[str]) -> None:
        self.is_command = self.is_fresh = True
        if self.heres:
            self.here = self.heres.pop(0)

    def _here(self, match: re.Match[str]) -> None:
        word = match["word"]
        delimiter = re.sub(r"""\\(.)|['"]""", r"\1", word)
        dash = match[0].startswith("<<-")
        self.heres.append(_Here(delimiter, match.start(), delimiter != word, dash))
        self._part(match)

    def _body(self) -> None:
        """Take a line of a here-document; its delimiter ends the document."""
        assert self.here, "it is read only in a here-document"
        start = self.at + (self.text[self.at] == "\n")
        end = self.text.find("\n", start)
        end = end if end >= 0 else len(self.text)
        line = self.text[start:end]
        if (line.lstrip("\t") if self.here.strips_tabs else line) == self.here.delimiter:
            self.here, self.at = None, end
        else:
            self._span(end, Quoting.NONE if self.here.is_quoted else Quoting.HERE)

    def _opener(self, match: re.Match[str]) -> None:
        token = match[0]
        if token == "`" and self._top == "`":
            self.stack.pop()
            self._part(match)
            return
        if token == "((" and not self.is_command:
            self.at -= 1
            token = "("
        self._push(token, match.start())

    def _push(self, token: str, offset: int) -> None:
        self.stack.append(_Frame(CLOSERS[token], offset))
        self.is_command = self.is_fresh = True

    def _closer(self, match: re.Match[str]) -> None:
        if self._top == ")":
            frame = self.stack.pop()
            self.is_command = self.text[frame.offset] == "("
        else:
            self.is_command = self._top == "esac"
        self.is_fresh = self.is_command

    def _separator(self, match: re.Match[str]) -> None:
        self.is_command = self.is_fresh = True

    def _redirect(self, match: re.Match[str]) -> None:
        self.is_fresh = True

    def _name(self, match: re.Match[str]) -> None:
        word, follows = match[0], self.text[match.end() : match.end() + 1]
        is_keyword = (
            self.is_fresh and self.is_command and (not follows or follows in " \t\n;&|)<>\\")
        )
        self.is_fresh = False
        if self.is_naming:
            self.is_naming = False
        elif is_keyword and word == self._top:
            self.stack.pop()
            self.is_command = False
        elif is_keyword and word in KEYWORDS and follows != ")":
            self._push(word, match.start())
            self.is_fresh, self.is_command = False, word in BEFORE_A_COMMAND
        else:
            self.is_naming = is_keyword and word == "function"
            self.is_command = is_keyword and (word in BEFORE_A_COMMAND or self.is_naming)

    def _double(self) -> None:
        self._inner(Quoting.DOUBLE, '"')

    def _parameter(self) -> None:
        self._inner(Quoting.PLAIN, "}")

    def _inner(self, quoting: Quoting, closes: str) -> None:
        match = INNER.match(self.text, self.at)
        assert match, "the last alternative takes any character"
        token = match[0]
        if token == closes:
            self.stack.pop()
            self.at, self.last = match.end(), token
            self.is_fresh = self.is_command = False
        elif match["open"]:
            self.at = match.end()
            self._push(token, match.start())
        else:
            self._span(match.end(), quoting)

    def _arithmetic(self) -> None:
        """Take the text up to the `))` that closes it."""
        depth, end = 0, self.at
        while end < len(self.text):
            if depth == 0 and self.text.startswith("))", end):
                self.stack.pop()
                self._span(end, Quoting.PLAIN)
                self.at, self.last = end + 2, "))"
                self.is_fresh = self.is_command = False
                return
            depth += {"(": 1, ")": -1}.get(self.text[end], 0)
            end += 1
        self._span(end, Quoting.PLAIN)

    def _quote(self) -> None:
        """Take the text up to the single quote that closes it."""
        end = self.text.find("'", self.at)
        self._span(end if end >= 0 else len(self.text), Quoting.SINGLE)
        if end >= 0:
            self.stack.pop()
            self.at, self.last = end + 1, "'"
            self.is_fresh = self.is_command = False

    def _span(self, end: int, quoting: Quoting) -> None:
        if self.spans and self.spans[-1].end == self.at and self.spans[-1].quoting is quoting:
            self.spans[-1] = Span(self.spans[-1].start, end, quoting)
        elif end > self.at:
            self.spans.append(Span(self.at, end, quoting))
        self.at = end

    _readers: Mapping[str, Callable[[Shell], None]] = {
        '"': _double,
        "'": _quote,
        "${}": _parameter,
        "))": _arithmetic,
    }
    _tokens: Mapping[str, Callable[[Shell, re.Match[str]], None]] = {
        "newline": _newline,
        "here": _here,
        "ansi": _single,
        "single": _single,
        "open": _opener,
        "close": _closer,
        "separator": _separator,
        "redirect": _redirect,
        "name": _name,
    }
