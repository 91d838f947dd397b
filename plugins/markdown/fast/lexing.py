"""The loop of Pygments' lexers, with less work and the same tokens.

Colours take a third of the time with it, and the conversion of a post three quarters. It replaces
the loop of Pygments 2.18 and 2.19, for every lexer that uses Pygments' own. `FAST_MARKDOWN = False`
switches it off.

Pygments tries the rules of a state one by one. Here they are branches of one pattern, each with an
empty group at its end that tells which branch matched. All other groups are removed: `re` passes
over a branch at once if it begins with a character that does not stand there, but not if it begins
with a group. Such a pattern takes milliseconds to compile, so a lexer has them only when there is
much to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any

import pygments
from msgspec import Struct, field
from pygments.lexer import RegexLexer
from pygments.token import Error, Whitespace, _TokenType

Rule = tuple[Any, Any, Any]
"""A compiled pattern's `match`, what becomes of what it matched, and the state that follows."""

Branches = tuple[Any, Rule | None, Mapping[int, Rule]]
"""A pattern's `match`, and its one rule; or several, each by the number of its branch's group."""

MUCH = 3000
"""Characters of a language after which joining its lexer's rules has paid."""

# Matches the flags that a pattern begins with: `(?i)`.
OWN_FLAGS = re.compile(r"\(\?([imsx]+)\)")

# Matches what counts groups, names them or sets flags for all: `\1`, `(?P<a>`, `(?(1)`, `(?a)`.
# A pattern with that cannot be a branch.
LONE = re.compile(r"\\[1-9]|\(\?P|\(\?\(|\(\?[aiLmsux]+\)")

# Matches `(`, but not that of `(?:`, `\(` or `[(]`.
GROUP = re.compile(r"(\\.|\[\^?\]?(?:\\.|[^\]\\])*\])|\((?!\?)", re.DOTALL)

FITS = tuple(pygments.__version__.split(".")[:2]) in {("2", "18"), ("2", "19")}


def tokens_of(lexer: Any, code: str) -> Iterator[tuple[Any, str]]:
    """Return the tokens of the code, which are those of the lexer's own `get_tokens`."""
    kind: Any = type(lexer)
    states = _states_of(kind) if FITS else None
    if states and code.endswith("\n") and not (lexer.stripnl or lexer.stripall or lexer.filters):
        states.characters += len(code)
        if states.characters > MUCH:
            return _tokens(lexer, states, code)
    tokens: Iterator[tuple[Any, str]] = lexer.get_tokens(code)
    return tokens


class States(Struct):
    """The states of one class of lexers."""

    rules: Mapping[str, Sequence[Rule]]
    joined: dict[str, tuple[Branches, ...]] = field(default_factory=dict)
    characters: int = 0
    """The number of characters read so far."""

    def branches(self, name: str) -> tuple[Branches, ...]:
        """Return the rules of a state, to be tried after each other."""
        if name not in self.joined:
            self.joined[name] = tuple(_joined(self.rules[name]))
        return self.joined[name]


@lru_cache(maxsize=1000)
def _states_of(kind: Any) -> States | None:
    """Return the states of lexers that use Pygments' own loop and one set of rules; else None."""
    is_plain = getattr(kind, "get_tokens_unprocessed", None) is RegexLexer.get_tokens_unprocessed
    return States(kind._tokens) if is_plain and "_tokens" in vars(kind) else None


def _joined(rules: Sequence[Rule]) -> Iterator[Branches]:
    """Yield the rules in their order, as few patterns as can be."""
    for flags, members in groupby(rules, _flags):
        several = list(members)
        if flags is None or len(several) == 1:
            yield from ((rule[0], rule, {}) for rule in several)
        else:
            yield _pattern(several, flags)


def _flags(rule: Rule) -> int | None:
    """Return the flags of the pattern that a rule can be a branch of; None if it cannot be one."""
    pattern: re.Pattern[str] = rule[0].__self__
    own = OWN_FLAGS.match(pattern.pattern)
    if LONE.search(pattern.pattern, own.end() if own else 0):
        return None
    return pattern.flags & ~sum(re.RegexFlag[sign.upper()] for sign in (own[1] if own else ""))


def _pattern(rules: Sequence[Rule], flags: int) -> Branches:
    """Return one pattern for several rules."""
    texts, groups, numbers = [], 0, {}
    for rule in rules:
        pattern: re.Pattern[str] = rule[0].__self__
        own = OWN_FLAGS.match(pattern.pattern)
        text = pattern.pattern[own.end() if own else 0 :]
        if pattern.flags & re.VERBOSE:  # a comment may hold brackets, and stand at the end
            text, groups = f"{text}\n", groups + pattern.groups
        else:
            text = GROUP.sub(lambda found: found[1] or "(?:", text)
        texts.append(f"(?{own[1] if own else ''}:{text})()")
        groups += 1
        numbers[groups] = rule
    return re.compile("|".join(texts), flags).match, None, numbers


def _tokens(lexer: Any, states: States, text: str) -> Iterator[tuple[Any, str]]:
    """Yield the tokens of `RegexLexer.get_tokens` for a text that ends with a newline."""
    position, stack = 0, ["root"]
    branches = states.branches(stack[-1])
    while True:
        for match, one, several in branches:
            if found := match(text, position):
                rule, action, following = one or several[found.lastindex]
                if type(action) is _TokenType:
                    yield action, found.group()
                elif action is not None:
                    for _, kind, value in action(lexer, found if one else rule(text, position)):
                        yield kind, value
                position = found.end()
                if following is not None:
                    _change(stack, following)
                    branches = states.branches(stack[-1])
                break
        else:
            if position >= len(text):
                return
            if text[position] == "\n":
                stack, branches = ["root"], states.branches("root")
            yield Whitespace if text[position] == "\n" else Error, text[position]
            position += 1


def _change(stack: list[str], following: Any) -> None:
    """Go on from one state to what its rule names."""
    if isinstance(following, int):  # so many states are left; the first one never is
        del stack[max(1, len(stack) + following) :]
        return
    for name in following if isinstance(following, tuple) else (following,):
        if name == "#pop":
            del stack[max(1, len(stack) - 1) :]
        else:
            stack.append(stack[-1] if name == "#push" else name)
