"""Turns foreign long texts, HTML or plain, into Markdown with the same content.

    HTML        nh3 cleans it to a few tags, and those are written as Markdown
    plain text  keeps its paragraphs and lists; `[text](address)` and `**text**` stay as they are

Everything else is escaped, so that no text can bring in markup, a placeholder or a fence.
"""

from __future__ import annotations

import re
from html import unescape
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import nh3

from . import clean

KEPT = frozenset(
    "p br a b i em strong ul ol li h1 h2 h3 h4 h5 h6 pre code blockquote div hr dt dd tr".split()
)

MOST_HTML = 50_000
"""The largest number of characters read as HTML: closing open tags takes quadratic time."""

DEEPEST = 50

CLOSED_BY_OTHERS = frozenset("p br hr img li dt dd tr td th".split())
"""Elements that do not nest, closed or not."""

HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())

BLOCKS = HEADINGS | frozenset("p ul ol li pre blockquote div hr dt dd tr".split())

# Matches every tag that nh3 leaves: `<p>`, `</ul>`, `<a href="https://x.example/?a&amp;b">`.
CLEAN_TAG = re.compile(r'<(?P<is_end>/?)(?P<name>[a-z][a-z0-9]*)(?: href="(?P<href>[^"]*)")?>')

WORD, BLANKS = re.compile(r"\w+"), re.compile(r"\s+")

# Matches every sign that can begin markup within a line, and pairs that can.
SIGN = re.compile(r"[\\`$*\[\]<{|~^]|(?<!\w)_|_(?!\w)|&(?=[#\w])|([=+])(?=\1)")

# Matches what begins a block at the start of a line.
START = re.compile(r"(#|>|[-+](?=\s|-|$)|=+\s*$|:(?=\s)|!!!|\?\?\?|\d{1,9}(?=[.)]))")

# Matches `- item`, `• item` and `1. item`.
ITEM = re.compile(r"\s*(?:[-*•+–]|(?P<number>\d{1,3}[.)]))\s+(?P<text>\S.*)")

# Matches `[text](https://…)`, an image like `![text](https://… "title")`, `**text**` and a bare
# address; in `Wow![text](https://…)` only the link.
INLINE = re.compile(
    r"(?P<picture>(?<!\w)!)?\[(?P<label>[^\[\]\n]{0,300})\]"
    r"\((?P<target>[^\s()<>]{1,2000})(?:\s+\"[^\"\n]{0,300}\")?\)"
    r"|\*\*(?P<strong>[^*\s][^*\n]{0,300}[^*\s])\*\*"
    r"|(?P<bare>https?://[^\s<>\"'`\[\]{}|\\^]{1,2000}[^\s<>\"'`\[\]{}|\\^.,;:!?)])"
)


def markdown(text: str) -> str:
    """Return the text as Markdown."""
    text = clean.visible(text)
    if clean.TAG.search(text) and is_readable(text):
        return _Markdown().read(text)
    blocks = re.split(r"\n\s*\n", _without_tags(text))
    return "\n\n".join(_block(block) for block in blocks if block.strip())


def plain(text: str) -> str:
    """Return the text without markup, with a blank line between its paragraphs."""
    text = clean.visible(text)
    if clean.TAG.search(text) and is_readable(text):
        lines = (line.rstrip() for line in _Plain().read(text).expandtabs(4).split("\n"))
        return "\n".join(lines).strip()
    blocks = re.split(r"\n\s*\n", _without_tags(text))
    return "\n\n".join(" ".join(block.split()) for block in blocks if block.strip())


def is_readable(text: str) -> bool:
    """Return whether a text with tags is as short and as flat as people write.

    Any other would take very long to read as HTML: only its text is used.
    """
    tags = clean.TAG.findall(text)
    if tags and len(text) > MOST_HTML:
        return False
    depth = 0
    for tag in tags:
        name = WORD.search(tag)[0].lower()  # type: ignore[index]  # a tag has a name
        depth += 0 if name in CLOSED_BY_OTHERS else -1 if tag.startswith("</") else 1
        if depth > DEEPEST:
            return False
    return True


def _without_tags(text: str) -> str:
    has_tags = clean.TAG.search(text) is not None
    return clean.visible(unescape(clean.TAG.sub("\n", text))) if has_tags else text


def escaped(text: str) -> str:
    """Return a text escaped for use within a line of Markdown."""
    return SIGN.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    sign = match[0]
    if sign in "<&{|=~+^":
        return {"<": "&lt;", "&": "&amp;"}.get(sign, f"&#{ord(sign)};")
    return f"\\{sign}"


def _at_start(line: str) -> str:
    """Return an escaped line, changed so that it begins no block."""
    match = START.match(line)
    if not match:
        return line
    if match[0].isdigit():
        return f"{match[0]}\\{line[match.end() :]}"
    if match[0][0] in "=:?":
        return f"&#{ord(line[0])};{line[1:]}"
    return f"\\{line}"


def _block(block: str) -> str:
    """Return a block of plain text: its lines, and its lists apart from them."""
    parts: list[str] = []
    was_item = False
    for line in block.split("\n"):
        item = ITEM.fullmatch(line)
        if item:
            mark = f"{item['number'].rstrip('.)')}." if item["number"] else "-"
            parts += [] if was_item or not parts else [""]
            parts.append(f"{mark} {_at_start(_inline(item['text'].strip()))}")
        elif line.strip():
            text = _at_start(_inline(" ".join(line.split())))
            parts.append(f"  {text}" if was_item else text)
        was_item = bool(item) or (was_item and bool(line.strip()))
    return "\n".join(parts)


def _inline(text: str) -> str:
    """Return a line with its harmless Markdown; everything else in it is escaped."""
    parts, position = [], 0
    for match in INLINE.finditer(text):
        parts += [_before_link(escaped(text[position : match.start()])), _inline_part(match)]
        position = match.end()
    return "".join([*parts, escaped(text[position:])])


def _inline_part(match: re.Match[str]) -> str:
    if match["strong"]:
        return f"**{escaped(match['strong'])}**"
    target = clean.address(match["target"] or match["bare"])
    if match["bare"]:
        return f"[{escaped(match['bare'])}]({target})" if target else escaped(match[0])
    label = match["label"].strip() or PurePosixPath(urlsplit(match["target"]).path).name
    return f"[{escaped(label or target)}]({target})" if target else escaped(label)


def _before_link(text: str) -> str:
    """Return escaped text that a link may follow: a `!` there would make it an image."""
    return f"{text[:-1]}\\!" if text.endswith("!") else text


class _Plain:
    """A walk through cleaned HTML that collects blocks of text without markup."""

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self.line: list[str] = []
        self.lists: list[str] = []
        """The marks of the open lists: `-`, or the number of the last item of an ordered one."""
        self.prefix = ""
        self.pre: list[str] | None = None
        self.link = ""

    def read(self, text: str) -> str:
        """Return the blocks of the HTML as one text."""
        cleaned = nh3.clean(
            text,
            tags=set(KEPT),
            attributes={"a": {"href"}},
            url_schemes={"http", "https", "mailto"},
            link_rel=None,
        )
        position = 0
        for tag in CLEAN_TAG.finditer(cleaned):
            self.data(cleaned[position : tag.start()])
            if tag["is_end"]:
                self.end_tag(tag["name"])
            else:
                self.start_tag(tag["name"], unescape(tag["href"] or ""))
            position = tag.end()
        self.data(cleaned[position:])
        self.end_block()
        return self.joined()

    def joined(self) -> str:
        """Return all blocks as one text, with a blank line between them."""
        return "\n\n".join(self.blocks)

    def end_block(self) -> None:
        """Make a block of the line collected so far."""
        lines = [" ".join(line.split()) for line in "".join(self.line).split("\n")]
        lines = [line for line in lines if line]
        if lines:
            self.blocks.append(self.block(lines))
            self.prefix = ""
        self.line = []

    def block(self, lines: list[str]) -> str:
        """Return the lines as a block."""
        return " ".join(lines)

    def start_tag(self, tag: str, href: str) -> None:
        """Begin a tag: a block, a list, or something within a line."""
        if tag in BLOCKS:
            self.end_block()
        if tag == "br":
            self.line.append("\n")
        elif tag in {"ul", "ol"}:
            self.lists.append("-" if tag == "ul" else "0")
        elif tag == "pre":
            self.pre = []
        self.start(tag, href)

    def end_tag(self, tag: str) -> None:
        """End a tag and what it began."""
        self.end(tag)
        if tag in BLOCKS:
            self.end_block()
            self.prefix = ""
        if tag in {"ul", "ol"} and self.lists:
            self.lists.pop()
        elif tag == "pre":
            self.pre = None

    def data(self, data: str) -> None:
        """Add the text between two tags."""
        data = unescape(data)
        if self.pre is not None:
            self.pre.append(data)
        else:
            self.line.append(self.text(BLANKS.sub(" ", data)))

    def start(self, tag: str, href: str) -> None:
        """Write the beginning of a tag; without markup, nothing."""

    def end(self, tag: str) -> None:
        """Write the end of a tag; without markup, only that of preformatted text."""
        if tag == "pre" and self.pre is not None:
            self.blocks.append("".join(self.pre))

    def text(self, data: str) -> str:
        """Return running text, escaped where the output needs it."""
        return data


class _Markdown(_Plain):
    """A walk that writes the HTML that nh3 left as Markdown."""

    def joined(self) -> str:
        text = ""
        for before, block in zip(["", *self.blocks], self.blocks, strict=False):
            both = ITEM.match(before) and ITEM.match(block)
            text += ("\n" if both else "\n\n" if text else "") + block
        return text

    def block(self, lines: list[str]) -> str:
        depth = max(len(self.lists) - 1, 0) * 4 if self.lists else 0
        parts = [f"{self.prefix}{_at_start(lines[0])}", *(_at_start(line) for line in lines[1:])]
        rest = " " * (depth + 4) if self.lists else "> " if self.prefix == "> " else ""
        first = " " * depth if self.prefix else rest
        return "  \n".join([first + parts[0], *(rest + part for part in parts[1:])])

    def start(self, tag: str, href: str) -> None:
        if tag == "a":
            self.link = clean.address(href)
            if self.link:
                self.line = [_before_link("".join(self.line)), "["]
        elif tag == "li" and self.lists:
            mark = self.lists[-1]
            if mark != "-":
                self.lists[-1] = mark = str(int(mark) + 1)
            self.prefix = "-   " if mark == "-" else f"{mark}. "
        elif tag == "blockquote":
            self.prefix = "> "
        elif tag in HEADINGS:
            self.prefix = f"{'#' * max(int(tag[1]), 2)} "

    def end(self, tag: str) -> None:
        if tag == "a" and self.link:
            self.line.append(f"]({self.link})")
            self.link = ""
        elif tag == "pre" and self.pre is not None:
            self.blocks.append(_fenced("".join(self.pre)))

    def text(self, data: str) -> str:
        return escaped(data)


def _fenced(code: str) -> str:
    """Return lines of code in a fence that is longer than any in them."""
    longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{code.strip(chr(10))}\n{fence}"
