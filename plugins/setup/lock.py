r"""The parser of a lock file, which returns its entries.

lock   := (entry | comment | blank)*
entry  := (NAME "==" VERSION | "./" FOLDER "/" WHEEL) [" ; " MARKER] (" \" newline hash)*
          at the start of a line
hash   := "    --hash=sha256:" HEX                              indented, for the entry above
"""

import re

ENTRY = re.compile(
    r"^(?:(?P<name>[A-Za-z0-9][\w.-]*)==|\./\S*/(?P<wheel>\w+)-\d).*(?:\n[ \t]+.*)*",
    re.MULTILINE,
)
"""Matches one entry with the indented lines after it.

Its first line is like `idna==3.20 \\` or `./wheels/idna-3.20-py3-none-any.whl \\`; not `#
idna==3.20`.
"""

SEPARATORS = re.compile(r"[-_.]+")


def entries(text: str) -> dict[str, str]:
    """Return each entry's lines with hashes, by its first line; a name may have several markers."""
    found = (match.group() for match in ENTRY.finditer(text))
    return {entry.partition("\n")[0].rstrip(" \\"): entry for entry in found}


def package_names(text: str) -> frozenset[str]:
    """Return the canonical names of all entries, in which two spellings of a name are equal."""
    return frozenset(_name(match) for match in ENTRY.finditer(text))


def wheel_names(text: str) -> frozenset[str]:
    """Return the names of the packages that are wheels beside the lock."""
    return frozenset(_name(match) for match in ENTRY.finditer(text) if match["wheel"])


def entries_of(text: str, name: str) -> str:
    """Return the lines of one package, hashes included; empty if the lock does not name it."""
    found = (match for match in ENTRY.finditer(text) if _name(match) == name)
    return "".join(f"{match.group()}\n" for match in found)


def is_within(text: str, other: str) -> bool:
    """Return True if the other lock contains every entry of this one, with the same hashes."""
    return entries(text).items() <= entries(other).items()


def _name(match: "re.Match[str]") -> str:
    return canonical(match["name"] or match["wheel"])


def canonical(name: str) -> str:
    """Return the canonical name (PEP 503): `Ordered_Set` gives `ordered-set`."""
    return SEPARATORS.sub("-", name).lower()
