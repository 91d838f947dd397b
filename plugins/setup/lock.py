r"""A lock file's text → its entries.

lock   := (entry | comment | blank)*
entry  := (NAME "==" VERSION | "./" FOLDER "/" WHEEL) [" ; " MARKER] (" \" newline hash)*
          at the start of a line
hash   := "    --hash=sha256:" HEX                                  indented, for the entry above
"""

import re

ENTRY = re.compile(
    r"^(?:(?P<name>[A-Za-z0-9][\w.-]*)==|\./\S*/(?P<wheel>\w+)-\d).*(?:\n[ \t]+.*)*",
    re.MULTILINE,
)
"""Matches `idna==3.20 \\` or `./wheels/idna-3.20-py3-none-any.whl \\`, and the indented lines after
it; not `# idna==3.20`."""

SEPARATORS = re.compile(r"[-_.]+")


def entries(text: str) -> dict[str, str]:
    """Each entry's lines, hashes included, by its first line (a name may have one a marker)."""
    found = (match.group() for match in ENTRY.finditer(text))
    return {entry.partition("\n")[0].rstrip(" \\"): entry for entry in found}


def package_names(text: str) -> frozenset[str]:
    """The names that have an entry, in the form in which two spellings of one name are equal."""
    return frozenset(_name(match) for match in ENTRY.finditer(text))


def wheel_names(text: str) -> frozenset[str]:
    """Return the names of the packages that are wheels beside the lock."""
    return frozenset(_name(match) for match in ENTRY.finditer(text) if match["wheel"])


def entries_of(text: str, name: str) -> str:
    """The lines of one package, hashes included; empty if the lock does not name it."""
    found = (match for match in ENTRY.finditer(text) if _name(match) == name)
    return "".join(f"{match.group()}\n" for match in found)


def is_within(text: str, other: str) -> bool:
    """True if the other lock holds every entry of this one, with the same hashes."""
    return entries(text).items() <= entries(other).items()


def _name(match: "re.Match[str]") -> str:
    return canonical(match["name"] or match["wheel"])


def canonical(name: str) -> str:
    """`Ordered_Set` as `ordered-set`, after the packaging standard (PEP 503)."""
    return SEPARATORS.sub("-", name).lower()
