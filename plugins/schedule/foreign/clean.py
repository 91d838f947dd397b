"""Makes foreign one-line texts harmless, and checks addresses; prose.py does long texts.

The results hold no invisible characters and no control characters but tabs and newlines; titles and
names hold no tags. The results are not escaped for Markdown.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from urllib.parse import quote, urlsplit

from ...source.text import FORBIDDEN

MOST_LINE = 1_000
"""The largest number of characters of a title or a name."""

CUT = "…"

MOST_MARKS = 30
"""The largest number of accents on one letter (UAX #15, section 13); sorting is quadratic."""

MOST_ADDRESS = 2_000

# Matches directional marks and other invisible signs that let a text look like another (UTR 36,
# 2.10), and the byte order mark; not joiners, which Indic scripts and emoji need.
INVISIBLE = re.compile(
    "[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]"
)

BLANK = "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
"""Characters that Unicode classes as letters or signs, but that show nothing."""

# Matches where a letter may have more accents than `MOST_MARKS`.
FOREIGN = re.compile(rf"[^\x00-\x7f]{{{MOST_MARKS + 1}}}")

MARKS_WITHIN = "\u0f73\u0f75\u0f81"
"""Characters that Unicode classes as letters, but that decompose into accents only."""

# Matches `<p>`, `<br/>`, `</a>`; not `a < b` or `List<T>`.
TAG = re.compile(
    r"</?(?:p|br|a|b|i|em|strong|ul|ol|li|div|span|h[1-6]|pre|code|blockquote|img|table|tr|td|th"
    r"|script|style|iframe|font|u|s|hr|dl|dt|dd|sup|sub|tt|small|center|svg|object|video|html|body)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)

# Matches `wanda@weft.example`, also within the path of a mailto address.
MAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")

# Matches `<wanda@weft.example>`, with blanks around it.
MAIL_IN_BRACKETS = re.compile(rf"\s*[<(]?(?:mailto:)?{MAIL.pattern}[>)]?\s*", re.IGNORECASE)

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)

PRIVATE = (
    "mail",
    "phone",
    "answers",
    "internal",
    "notes",
    "token",
    "password",
    "secret",
    "address",
)
"""Parts of field names whose values are private."""

LANGUAGES = {
    "english": "en", "german": "de", "deutsch": "de", "french": "fr", "français": "fr",
    "dutch": "nl", "nederlands": "nl", "spanish": "es", "español": "es", "italian": "it",
    "portuguese": "pt", "polish": "pl", "czech": "cs", "russian": "ru", "japanese": "ja",
}  # fmt: skip


def one_line(text: str) -> str:
    """Return the text on one line, cut with `CUT` at its end; empty if nothing of it is visible."""
    line = " ".join(visible(text).split())
    if not any(map(is_seen, line)):
        return ""
    return line if len(line) <= MOST_LINE else f"{line[: MOST_LINE - len(CUT)]}{CUT}"


def is_seen(sign: str) -> bool:
    """Return whether a sign is visible by itself; blanks, joiners, accents and fillers are not."""
    return sign not in BLANK and unicodedata.category(sign)[0] not in "CMZ"


def visible(text: str) -> str:
    r"""Return the text with `\n` as its only line end and without control or hiding characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").replace("\f", "\n")
    text = INVISIBLE.sub("", FORBIDDEN.sub("", text))
    return unicodedata.normalize("NFC", _with_few_marks(text) if FOREIGN.search(text) else text)


def _with_few_marks(text: str) -> str:
    """Return the text with at most the first `MOST_MARKS` accents on each letter."""
    found, marks = list[str](), 0
    for sign in text:
        marks = marks + 1 if unicodedata.combining(sign) or sign in MARKS_WITHIN else 0
        if marks <= MOST_MARKS:
            found.append(sign)
    return "".join(found)


def title(text: str) -> str:
    """Return a title or a name: one line, without tags."""
    return one_line(unescape(TAG.sub(" ", text)) if TAG.search(text) else text)


def name(text: str) -> str:
    """Return a person's name without a mail address; empty when it is nothing else."""
    return title(MAIL_IN_BRACKETS.sub(" ", text))


def language(text: str) -> str:
    """Return a language's tag, also for some languages called by their names."""
    word = one_line(text)
    return LANGUAGES.get(word.casefold(), word)


def identifier(text: object) -> str:
    """Return another system's id on one line; empty when it is neither a text nor an integer."""
    is_word = isinstance(text, str | int) and not isinstance(text, bool)
    return one_line(str(text))[:255] if is_word else ""


def uuid(text: object) -> str:
    """Return the UUID that a text is, in lower case; empty when it is not one."""
    return text.lower() if isinstance(text, str) and UUID.fullmatch(text) else ""


def capacity(number: object) -> int | None:
    """Return the number of people that a room holds; None for an impossible number."""
    return number if isinstance(number, int) and 0 < number < 1_000_000 else None


def address(text: object, *, base: str = "") -> str:
    """Return the address when it is http, https or mailto; empty for every other one.

    A relative address is appended to `base`, if there is one.
    """
    if not isinstance(text, str):
        return ""
    text = visible(text).strip()
    if base and text and re.match(r"[/\w?]", text) and not re.match(r"[\w+.-]+:|//", text):
        text = f"{base.rstrip('/')}/{text.lstrip('/')}"
    return _quoted(text) if len(text) <= MOST_ADDRESS and _is_open(text) else ""


def web_address(text: object, *, base: str = "") -> str:
    """Return the address when it is http or https; empty for every other one."""
    found = address(text, base=base)
    return "" if found.lower().startswith("mailto:") else found


def is_public(name: str, value: str) -> bool:
    """Return whether an unknown field may be stored: no mail addresses, nothing internal."""
    folded = name.casefold()
    return not MAIL.search(value) and not any(part in folded for part in PRIVATE)


def _is_open(text: str) -> bool:
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return False
    if parts.scheme.lower() == "mailto":
        return MAIL.fullmatch(parts.path) is not None
    is_web = parts.scheme.lower() in {"http", "https"}
    return (
        is_web and bool(host) and "@" not in parts.netloc and not re.search(r"[\s\\]", parts.netloc)
    )


def _quoted(text: str) -> str:
    """Return the address, percent-encoding characters that could end it in Markdown or HTML."""
    return quote(text, safe="/-._~!$&*+,;=:@?#%", encoding="utf-8")
