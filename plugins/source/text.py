"""Decodes the bytes of a file into text that every later stage can trust, or reports problems."""

from __future__ import annotations

import re

from .problem import Place, Problem, Problems, Source

# Matches every character that XML 1.0, section 2.2 forbids, lone surrogates among them, and the
# controls U+007F to U+009F, which it discourages; not a tab, a newline or any printable character.
# They are left out: W3C's validator would report a sign in their place, U+FFFD.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

# Matches the same, since no feed could hold it, and U+2028 and U+2029, at which YAML 1.1 (section
# 5.1) breaks lines.
FORBIDDEN = re.compile(NOT_XML.pattern.replace("]", "\u2028\u2029]"))


def decode_source(path: str, data: bytes, problems: Problems) -> Source | None:
    """Return the text of a file with newlines only and no byte order mark.

    None, with problems, if it is not UTF-8 or contains control characters. `path` is the file's
    name in problems.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.append(_undecodable(path, data, error))
        return None
    source = Source(path, text.replace("\r\n", "\n").replace("\r", "\n"))
    known = len(problems)
    _check_characters(source, problems)
    return source if len(problems) == known else None


def _undecodable(path: str, data: bytes, error: UnicodeDecodeError) -> Problem:
    line_start = data.rfind(b"\n", 0, error.start) + 1
    line = data.count(b"\n", 0, error.start) + 1
    column = len(data[line_start : error.start].decode("utf-8", "replace")) + 1
    line_end = data.find(b"\n", error.start)
    excerpt = data[line_start : line_end if line_end >= 0 else len(data)]
    return Problem(
        Place(path, line, column),
        found=f"the byte 0x{data[error.start]:02X}, which is not UTF-8 here",
        expected="a file in UTF-8",
        hint="save the file again with the encoding UTF-8",
        excerpt=excerpt.decode("utf-8", "replace"),
    )


def _check_characters(source: Source, problems: Problems) -> None:
    if not FORBIDDEN.search(source.text):
        return
    problems += (
        source.problem(
            number,
            match.start() + 1,
            found=f"the control character U+{ord(match[0]):04X}",
            expected="text without control characters",
            hint="delete it; it often comes along when text is pasted from a terminal",
        )
        for number, line in enumerate(source.lines, 1)
        for match in FORBIDDEN.finditer(line)
    )


def xml_text(text: str) -> str:
    """Return the text without the characters that XML cannot hold."""
    return NOT_XML.sub("", text)


def counted(number: int, word: str, words: str = "") -> str:
    """Return `1 post`, `2 posts`; with `words` as the plural, `1 entry`, `2 entries`."""
    return f"{number} {word}" if number == 1 else f"{number} {words or f'{word}s'}"


def initials(name: str) -> str:
    """Return the initials of a person without a picture: `TP` for `Tilda Priel`."""
    parts = name.split()
    return "".join(part[0].upper() for part in dict.fromkeys([*parts[:1], *parts[-1:]]))
