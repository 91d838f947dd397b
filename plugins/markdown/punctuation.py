"""Typed quotes, dashes and dots become the signs of the language that the text is in.

    quote = DQUOTE / "'"        ; the marks of the language, inner ones inside others
    apostrophe = "'"            ; ’: in don't, dogs', '90s and 'tis
    dash = "--" / "---"         ; – and —, between blanks or between words
    range = year "-" year / time "-" time    ; with –
    ellipsis = "..."            ; …

The text of a block is seen as a whole, so that a quotation may begin before an emphasis and end
inside it. A `lang` attribute counts for what stands inside its element. Code, mathematics, elements
of features and addresses are not touched; to the text around them each is a word.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from msgspec import Struct

from .html import VOID
from .tree import ESCAPED, RAW_BLOCK, RAWS

DOUBLE, SINGLE = ("“", "”"), ("‘", "’")
LOW, LOW_SINGLE = ("„", "“"), ("‚", "‘")
ANGLES, ANGLE = ("«", "»"), ("‹", "›")
FRENCH = ("«\u202f", "\u202f»")

Pair = tuple[str, str]

ENGLISH = DOUBLE, SINGLE

MARKS: Mapping[str, tuple[Pair, Pair]] = {
    "ar": (("”", "“"), ("’", "‘")),
    "be": (ANGLES, LOW),
    "bg": (LOW, LOW),
    "ca": (ANGLES, DOUBLE),
    "cs": (LOW, LOW_SINGLE),
    "de": (LOW, LOW_SINGLE),
    "el": (ANGLES, DOUBLE),
    "et": (LOW, LOW_SINGLE),
    "eu": (ANGLES, DOUBLE),
    "fa": (ANGLES, ANGLE),
    "fi": (("”", "”"), ("’", "’")),
    "fr": (FRENCH, FRENCH),
    "fr-ca": (("«\u00a0", "\u00a0»"), ("”", "“")),
    "fr-ch": (FRENCH, ("‹\u202f", "\u202f›")),
    "he": (("”", "”"), ("’", "’")),
    "hr": (LOW, LOW_SINGLE),
    "hu": (("„", "”"), ("»", "«")),
    "hy": (ANGLES, ANGLES),
    "is": (LOW, LOW_SINGLE),
    "it": (ANGLES, DOUBLE),
    "ja": (("「", "」"), ("『", "』")),
    "ka": (LOW, ANGLES),
    "lt": (LOW, LOW),
    "mk": (LOW, LOW_SINGLE),
    "nb": (ANGLES, SINGLE),
    "nn": (ANGLES, SINGLE),
    "no": (ANGLES, SINGLE),
    "pl": (("„", "”"), ANGLES),
    "pt-pt": (ANGLES, DOUBLE),
    "ro": (("„", "”"), ANGLES),
    "ru": (ANGLES, LOW),
    "sk": (LOW, LOW_SINGLE),
    "sl": (LOW, LOW_SINGLE),
    "sq": (ANGLES, DOUBLE),
    "sr": (("„", "”"), ("’", "’")),
    "sv": (("”", "”"), ("’", "’")),
    "uk": (ANGLES, LOW),
    "zh-hant": (("「", "」"), ("『", "』")),
    "zh-hk": (("「", "」"), ("『", "』")),
    "zh-tw": (("「", "」"), ("『", "』")),
}
"""The marks of CLDR 48 (delimiters), outer and inner, where they are not those of English.

Dutch is among the latter: CLDR has single marks for it, most people type and print double ones.
"""

INLINE = frozenset(
    "a abbr b bdi bdo big cite data del dfn em font i ins label mark q rb rp rt ruby s small span"
    " strike strong sub time u".split()
)
"""Elements inside a line of text; any other that is not opaque begins a block of its own."""

OPAQUE = frozenset(
    "audio button canvas code iframe img input kbd math meter noscript object output picture pre"
    " progress samp script select style svg template textarea tt var video".split()
)
"""Elements that are not read, and that are like a word to what stands around them."""

OBJECT = "\ufffc"
"""Stands for what is not read."""

NOTE = "\u2060"
"""Stands for a note's number: what stands before it is the end of a word, or of a quotation."""

BEFORE_QUOTES = "([{</=«„‚“‘‹—–-¿¡…「『（"
"""After these, and after blanks, a quotation may begin."""

DEEPEST = 50
"""Levels of elements written as HTML that are followed."""

# Matches a character that was escaped, or written as an entity.
NO_SIGN = re.compile(f"{ESCAPED}.", re.DOTALL)

# Matches `<em lang="de">`, `<code>` and `</code>` in markup that an author wrote.
RAW_TAG = re.compile(
    r"""<(?P<close>/)?(?P<name>[A-Za-z][\w-]*)(?P<attributes>(?:[^<>"']|"[^"]*"|'[^']*')*)>"""
)
RAW_LANGUAGE = re.compile(r"""\slang\s*=\s*["']?(?P<language>[\w-]+)""", re.IGNORECASE)

# Matches `https://a.b/c--d`, `me@a.org`, `./...`, `a/b--c`, `--verbose` and `{: title="a" }`; not
# `a--b`.
UNTOUCHED = re.compile(
    r"""
    (?<![\w+.-])(?:[A-Za-z][A-Za-z0-9+.-]*+://|www\.|mailto:)(?:[^\s"'<>]|'(?=\w))*+
    | (?<![\w+.-])[\w.+-]++@[\w-]++\.[\w.-]*\w
    | (?<![\w/\\~.-])(?:[\w.~-]*+[/\\])++[\w.~*-]*+
    | (?<![^\s(])--?[A-Za-z][\w-]*+
    | \{[^{}\n]*+\}
    """,
    re.VERBOSE,
)

# Matches a sign that each of these holds, but for `www.`.
UNTOUCHED_SIGN = re.compile(r"[/\\@{:-]")

# Matches what may have to change: quotes, `--`, `...`, `1-2`, and for French ` :` and `« `. It asks
# for one of a set first, which takes an eighth of the time.
SIGNS = re.compile(
    r"""
    ['"\-.;:!?«»]
    (?: (?<=['"]) | (?<=-)- | (?<=\d-)\d | (?<=\.)\.\. | (?<=[ ][;:!?»]) | (?<=«)[ ] )
    """,
    re.VERBOSE,
)

ELLIPSIS = re.compile(r"(?<![.])\.\.\.(?![.])")

# Matches the hyphens of `a --- b`, `a -- b`, `a---b` and `-- Ada` at a beginning; not `a -- `.
DASH = re.compile(
    r"(?:(?<![-\S])(?=-+\s+\S)|(?<=[\w\ufffc,.;:!?)\"'])(?=-+[\w\ufffc\"'(]))(-{2,3})(?!-)"
)

# Matches the hyphen of `2011-2013`; not of `2011-12-13`, `CVE-2012-2013`, `ISO 1996-2003`.
YEARS = re.compile(r"(?<![\w.:/+-])([12]\d{3})(-)([12]\d{3})(?![\w:/-]|\.\d)")
STANDARD = re.compile(r"[A-Z][A-Z0-9]+\s+$")

# Matches the hyphen of `10:00-11:30`; not of `10:00-11`, `1:10:00-11:00`.
TIMES = re.compile(
    r"(?<![\w.:/+-])(?:[01]?\d|2[0-4]):[0-5]\d(-)(?:[01]?\d|2[0-4]):[0-5]\d(?![\w:/-]|\.\d)"
)

# Matches the blank of `Quoi ?`, `« Oui »` and `Voici : un`; not of `a :b`.
FRENCH_BLANK = re.compile(r"(?<=\S)[ ](?=(?P<high>[;!?])|(?P<colon>:(?!\S))|»)|(?<=«)[ ](?=\S)")

ELIDED: Mapping[str, str] = {
    "en": "n'|(?:tis|twas|twere|twill|til|cause|em|n|bout|round|neath|cuz)(?!')",
    "de": "(?:s|n|ne|nen|ner|rein|raus|rum)(?!')",
    "nl": "(?:s|t|n|k|m|r|ns|er|ie)(?!')",
}
"""Words whose first letters are left out, by language."""

WORDLESS = ("\u3001", "\u30ff"), ("\u3400", "\u9fff"), ("\uff01", "\uff65")

YEAR = r"\d\ds?(?!')"


class Piece(Struct, frozen=True):
    """One text of a block: of an element, or after it."""

    owner: Element | None
    """None for what is not read."""
    is_tail: bool
    text: str
    start: int
    """Where it begins in the block."""
    language: str


class Edit(Struct, frozen=True, order=True):
    """Characters of a block that give way to others."""

    start: int
    length: int
    text: str


def smarten(root: Element, language: str) -> None:
    """Change the texts of a tree; `language` is that of texts outside every `lang` attribute."""
    walk = _Walk()
    walk.enter(root, language)
    walk.end_block()


class _Walk:
    """Collects the texts of a block, and changes them where it ends."""

    def __init__(self) -> None:
        self.block: list[Piece] = []
        self.length = 0
        self.raw: list[tuple[str, str]] = []
        """The elements written as HTML that are open, each with its language."""

    def enter(self, element: Element, language: str) -> None:
        """Add an element's texts, but for the one after it."""
        language = element.get("lang") or language
        self.add(element.text, language, element)
        for child in element:
            self.add_child(child, language)
            self.add(child.tail, language, child, is_tail=True)

    def add_child(self, child: Element, language: str) -> None:
        """Add what an element is to the text around it."""
        tag = str(child.tag)
        if tag in RAWS:
            if "data-plain" not in child.attrib:  # else it is code, with its colours
                self.add_raw(child.text or "", is_block=tag == RAW_BLOCK)
        elif tag == "br":
            self.add("\n", language)
        elif tag == "sup":
            self.add(NOTE, language)
        elif tag in OPAQUE or "-" in tag or child.get("translate") == "no":
            self.add(OBJECT, language)
        elif tag in INLINE:
            self.enter(child, language)
        elif not tag.startswith("<") and tag != "wbr":  # a comment's tag is a function
            self.end_block()
            # To look for signs first takes less time than to walk through all.
            if self.raw or SIGNS.search("".join(child.itertext())):
                self.enter(child, language)
                self.end_block()

    def add_raw(self, html: str, *, is_block: bool) -> None:
        """Add markup that its author wrote: the text after it may be code or in its language."""
        if is_block:
            self.end_block()
        for match in RAW_TAG.finditer(html):
            name, language = match["name"].lower(), RAW_LANGUAGE.search(match["attributes"])
            if match["close"]:
                self._close_raw(name)
            elif name in VOID:
                self.add("\n" if name == "br" else OBJECT, "")
            elif len(self.raw) < DEEPEST and not match["attributes"].endswith("/"):
                self.raw.append((name, language["language"] if language else ""))

    def _close_raw(self, name: str) -> None:
        names = [name for name, _ in reversed(self.raw)]
        if name in names:
            del self.raw[len(names) - 1 - names.index(name) :]

    def add(
        self,
        text: str | None,
        language: str,
        owner: Element | None = None,
        *,
        is_tail: bool = False,
    ) -> None:
        """Add one text; it is an object where it stands in code that was written as HTML."""
        if not text:
            return
        if self.raw:
            if any(name in OPAQUE for name, _ in self.raw):
                text, owner = OBJECT, None
            language = next((own for _, own in reversed(self.raw) if own), language)
        elif text == "\n" and not self.block:  # between two blocks
            return
        self.block.append(Piece(owner, is_tail, text, self.length, language.lower()))
        self.length += len(text)

    def end_block(self) -> None:
        """Change the texts of the block, and begin another."""
        if self.block and SIGNS.search("".join([piece.text for piece in self.block])):
            _smarten_block(self.block)
        self.block, self.length = [], 0


def _smarten_block(pieces: list[Piece]) -> None:
    flow = _Flow(pieces)
    edits = sorted({*_plain_edits(flow), *_Quotes(flow).edits()})
    starts = [edit.start for edit in edits]
    for piece in pieces:
        end = piece.start + len(piece.text)
        mine = edits[bisect_left(starts, piece.start) : bisect_left(starts, end)]
        if mine and piece.owner is not None:
            _put(piece.owner, _edited(piece, mine), is_tail=piece.is_tail)


def _put(owner: Element, text: str, *, is_tail: bool) -> None:
    if is_tail:
        owner.tail = text
    else:
        owner.text = text


def _edited(piece: Piece, edits: list[Edit]) -> str:
    """Return the text of a piece with its edits; one that goes on in the next piece is left out."""
    parts, position = [], 0
    for edit in edits:
        start = edit.start - piece.start
        if position <= start and start + edit.length <= len(piece.text):
            parts += [piece.text[position:start], edit.text]
            position = start + edit.length
    return "".join([*parts, piece.text[position:]])


class _Flow:
    """The text of a block as one, with what is not to be touched made unreadable."""

    def __init__(self, pieces: list[Piece]) -> None:
        text = "".join([piece.text for piece in pieces])
        text = NO_SIGN.sub(_unreadable, text)
        if "www." in text or UNTOUCHED_SIGN.search(text):
            text = UNTOUCHED.sub(_unreadable, text)
        self.text, self.pieces = text, pieces
        self.starts = [piece.start for piece in pieces]

    def language_at(self, position: int) -> str:
        """Return the language of a character."""
        return self.pieces[bisect_right(self.starts, position) - 1].language

    def at(self, position: int) -> str:
        """Return a character; a blank before the first and after the last."""
        return self.text[position] if 0 <= position < len(self.text) else " "


def _unreadable(match: re.Match[str]) -> str:
    return OBJECT * len(match[0])


def _plain_edits(flow: _Flow) -> Iterator[Edit]:
    """Yield all edits but those of quotes."""
    text = flow.text
    if "..." in text:
        for match in ELLIPSIS.finditer(text):
            yield Edit(match.start(), 3, "…")
    if "-" in text:
        yield from _dashes(text)
    if any(_base(piece.language) == "fr" for piece in flow.pieces):
        for match in FRENCH_BLANK.finditer(text):
            if blank := _french_blank(match, flow.language_at(match.start())):
                yield Edit(match.start(), 1, blank)


def _dashes(text: str) -> Iterator[Edit]:
    """Yield the dashes between words and in ranges."""
    for match in DASH.finditer(text):
        yield Edit(match.start(1), len(match[1]), "–" if len(match[1]) == 2 else "—")
    for match in YEARS.finditer(text):
        before = text[max(0, match.start() - 20) : match.start()]
        if match[1] < match[3] and not STANDARD.search(before):
            yield Edit(match.start(2), 1, "–")
    for match in TIMES.finditer(text):
        yield Edit(match.start(1), 1, "–")


def _french_blank(match: re.Match[str], language: str) -> str:
    """Return the blank that does not break there; in Canada none is narrow, or before `?`."""
    if _base(language) != "fr":
        return ""
    if language == "fr-ca":
        return "" if match["high"] else "\u00a0"
    return "\u00a0" if match["colon"] else "\u202f"


class _Quotes:
    """Finds which quotes of a block belong together; the others are apostrophes, or stay."""

    def __init__(self, flow: _Flow) -> None:
        self.flow = flow
        self.open: list[int] = []
        self.doubles = 0
        """The number of double quotes among them."""
        self.closed: dict[int, int] = {}
        """By the place of an opening quote, that of the closing one."""
        self.others: dict[int, str] = {}

    def edits(self) -> Iterator[Edit]:
        """Yield the edits of all quotes."""
        text = self.flow.text
        for match in re.finditer("[\"']", text):
            self._read(match.start())
        self._end()
        yield from (Edit(place, 1, sign) for place, sign in self.others.items())
        yield from self._pairs()

    def _read(self, place: int) -> None:
        sign, before, after = (self.flow.at(place + n) for n in (0, -1, 1))
        if inside := self._inside_word(place, sign, before, after):
            self.others[place] = inside
        elif self._may_close(place, before, after) and self._close(place, sign):
            return
        elif self._may_open(place, before, after):
            self.open.append(place)
            self.doubles += sign == '"'
        elif sign == "'" and (before.isalpha() or before in OBJECT + NOTE):
            self.others[place] = "’"

    def _inside_word(self, place: int, sign: str, before: str, after: str) -> str:
        """Return the sign for a quote between letters or for elided letters; empty for others."""
        if sign == '"':
            return "״" if _is_hebrew(before) and _is_hebrew(after) else ""
        is_between = _is_letter(before) and _is_letter(after) and not _is_wordless(after)
        is_number = before.isdigit() and after.isdigit()
        return "’" if (is_between and not is_number) or self._is_elided(place, before) else ""

    def _is_elided(self, place: int, before: str) -> bool:
        words = ELIDED.get(_base(self.flow.language_at(place)), "")
        pattern = rf"(?:{YEAR}|{words})(?!\w)" if words else rf"{YEAR}(?!\w)"
        found = re.compile(pattern, re.IGNORECASE).match(self.flow.text, place + 1)
        return found is not None and not _is_letter(before)

    def _may_open(self, place: int, before: str, after: str) -> bool:
        begins = before.isspace() or before in BEFORE_QUOTES or _is_wordless(before)
        return (begins or self.open[-1:] == [place - 1]) and not after.isspace() and after != NOTE

    def _may_close(self, place: int, before: str, after: str) -> bool:
        ends = not _is_letter(after) or _is_wordless(after)
        return ends and not before.isspace() and self.open[-1:] != [place - 1]

    def _close(self, place: int, sign: str) -> bool:
        """End a quotation here, if one is open; quotes that are open inside it are none."""
        if (sign == '"' and not self.doubles) or (sign == "'" and not self._ends_with("'")):
            return False
        while not self._ends_with(sign):
            self._give_up([self.open.pop()])
        self.closed[self.open.pop()] = place
        self.doubles -= sign == '"'
        return True

    def _ends_with(self, sign: str) -> bool:
        return bool(self.open) and self.flow.text[self.open[-1]] == sign

    def _end(self) -> None:
        """Take quotes that nothing closes for what they are.

        A double one at the very beginning opens a quotation of several paragraphs.
        """
        self._give_up(self.open)
        if self.open and self.flow.text[: self.open[0]].strip() == "":
            first = self.open[0]
            if self.flow.text[first] == '"':
                self.others[first] = _marks(self.flow.language_at(first))[0][0]

    def _give_up(self, places: list[int]) -> None:
        singles = (place for place in places if self.flow.text[place] == "'")
        self.others.update({n: "’" for n in singles if _is_letter(self.flow.at(n + 1))})

    def _pairs(self) -> Iterator[Edit]:
        """Yield the marks of each quotation: the inner ones inside another of its own kind."""
        around: list[tuple[int, bool]] = []
        for start in sorted(self.closed):
            end = self.closed[start]
            around = [(other, inner) for other, inner in around if other > start]
            is_inner = self.flow.text[start] == "'"
            if around and around[-1][1] == is_inner:
                is_inner = not is_inner
            around.append((end, is_inner))
            opening, closing = _marks(self.flow.language_at(start))[is_inner]
            yield Edit(start, 1, opening)
            yield Edit(end, 1, closing)


def _marks(language: str) -> tuple[Pair, Pair]:
    """Return the outer and the inner marks of a language."""
    parts = language.split("-")
    names = ("-".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((MARKS[name] for name in names if name in MARKS), ENGLISH)


def _base(language: str) -> str:
    return language.partition("-")[0]


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == OBJECT


def _is_wordless(character: str) -> bool:
    """Return True in scripts without blanks between words: kana, Han and their punctuation."""
    return any(first <= character <= last for first, last in WORDLESS)


def _is_hebrew(character: str) -> bool:
    return "\u05d0" <= character <= "\u05ea"
