"""The tokens of a text become a tree whose blocks know their lines.

Blocks end with a newline, as markup that people read does. An item of a tight list holds its text
itself. What is wrong with a text is reported here, where the place of everything is at hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import chain, repeat
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from ..source.problem import Severity, Source, unchecked
from . import slips
from .balance import Balance
from .blocks import Row
from .dollars import Formula
from .fences import FencedCode, read_fence
from .formulas import formula, formula_block
from .reading import Origin, Reading
from .tree import ESCAPED, RAW, RAW_BLOCK, RAWS, add_text

# Matches the first line of an alert: `[!NOTE]`, `[!TIP]- A title`; not `[!a](b)`.
ALERT = re.compile(
    r"\[!(?P<kinds>[\w-]+(?: *\| *[\w-]+)*)\](?P<fold>[-+])?(?![\[(])(?P<title>.*)(?:\n|$)"
)

ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s"'<>/=]+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'<>`]+)))?"""
)

# Matches `<svg width="1">` and `</math>`.
FOREIGN = re.compile(r"<(?P<close>/)?(?:svg|math)(?=[\s>])", re.IGNORECASE)

NO_CELL = ("", 1)

BACK = "\u21a9"
NBSP = "\u00a0"


class Builder:
    """Builds the tree of one text."""

    def __init__(self, md: Any, reading: Reading, body: Source, fences: FencedCode) -> None:
        self.md, self.reading, self.body, self.fences = md, reading, body, fences
        self.env: dict[str, Any] = {"page": self}
        self.root = Element("div")
        self.stack = [self.root]
        self.notes: dict[str, Element] = {}
        self.references: dict[str, int] = {}
        """The number of references to each note, in the order of the first ones."""
        self.tab_sets = 0
        self.origin = Origin(body.first_line, "")
        self.is_too_deep = False
        self.balance = Balance(self._unbalanced)
        self.is_foreign = False
        """True within `<svg>` and `<math>`, whose elements are not those of HTML."""

    # Blocks

    def build(self, tokens: Sequence[Any]) -> Element:
        """Return the tree of all tokens, the notes at its end."""
        for number, token in enumerate(tokens):
            if token.type == "inline":
                self._inline_block(tokens[number - 1] if number else None, token)
            elif handler := HANDLERS.get(token.type):
                handler(self, token)
            elif token.nesting > 0:
                if not token.hidden:
                    self._open(token.tag, token)
            elif token.nesting < 0 and not token.hidden:
                self._close()
        if self.references:
            self._close_notes()
        self._unused_notes()
        self.balance.end()
        return self.root

    def _add(self, block: Element, line: int) -> Element:
        """Put a block at the end of the one that is open."""
        parent = self.stack[-1]
        if len(parent):
            tail = parent[-1].tail
            if not tail or tail[-1] != "\n":
                parent[-1].tail = (tail or "") + "\n"
        elif parent is not self.root and (not parent.text or parent.text[-1] != "\n"):
            parent.text = (parent.text or "") + "\n"
        parent.append(block)
        block.tail = "\n"
        self.reading.lines[block] = line
        return block

    def _line(self, token: Any) -> int:
        """Return the line of the file that a token begins in; 0 if the token does not say."""
        line: int = self.body.first_line + token.map[0] if token.map else 0
        return line

    def _open(self, tag: str, token: Any, attributes: dict[str, str] | None = None) -> Element:
        if token.attrs and not attributes:
            attributes = {name: str(value) for name, value in token.attrs.items()}
        element = self._add(Element(tag, attributes or {}), self._line(token))
        self.stack.append(element)
        return element

    def _close(self, token: Any = None) -> None:
        element = self.stack.pop()
        if not element.text and not len(element) and element.tag in {"ul", "ol", "blockquote"}:
            element.text = "\n"

    def _inline_block(self, opening: Any, token: Any) -> None:
        parent, text = self.stack[-1], token.content
        line = self._line(token)
        if opening is not None and opening.type == "paragraph_open" and text[:2] == "[!":
            text, line = self._alert(text, line)
        self.origin = Origin(line, text)
        if opening is not None and opening.type == "paragraph_open":
            slips.check_paragraph(self, text, self.origin)
        self.reading.origins.setdefault(parent, self.origin)
        self.inline(text, parent)

    def _table(self, token: Any) -> None:
        table = self._add(Element("table"), self._line(token))
        table.text = "\n"
        head, *body = token.meta["rows"]
        self._rows([head], "th", token.meta["alignments"], SubElement(table, "thead"))
        if body:
            self._rows(body, "td", token.meta["alignments"], SubElement(table, "tbody"))

    def _rows(
        self, rows: Sequence[Row], tag: str, alignments: Sequence[str], group: Element
    ) -> None:
        """Add rows to the head or the body of a table; cells that a row lacks are empty."""
        group.text = group.tail = "\n"
        for row in rows:
            line = self.body.first_line + row.line
            element = SubElement(group, "tr")
            element.text = element.tail = "\n"
            self.reading.lines[element] = line
            cells = chain(row.cells, repeat(NO_CELL))
            for align, (text, column) in zip(alignments, cells, strict=False):
                style = {"style": f"text-align: {align};"} if align else {}
                cell = SubElement(element, tag, style)
                cell.tail = "\n"
                self.reading.origins[cell] = self.origin = Origin(line, text, column)
                self.inline(text, cell)

    def _rule(self, token: Any) -> None:
        self._add(Element("hr"), self._line(token))

    def _html(self, token: Any) -> None:
        line = self._line(token)
        element = self._add(Element(RAW_BLOCK), line)
        element.text = html = token.content.rstrip("\n")
        written = self.body.excerpt(line)
        self.reading.places[element] = line, max(0, written.find(html.partition("\n")[0])) + 1
        slips.check_markup(self, html, line)

    def _code(self, token: Any) -> None:
        self._add(self.fences.plain(token.content), self._line(token))

    def _fence(self, token: Any) -> None:
        fence = read_fence(token, self.body)
        slips.check_fence(self, token, fence)
        self._add(self.fences.element(fence, token.content, self.reading), fence.line)

    # Blocks of ours

    def _formula(self, token: Any) -> None:
        line = self._line(token)
        origin = Origin(line, token.content)
        element = formula_block(
            token.content[2:-2], self.reading, lambda at: self.reading.place(origin, at + 2)
        )
        self._add(element, line)

    def _alert(self, text: str, line: int) -> tuple[str, int]:
        """Make the quotation that begins with this text an alert; give the rest of the text."""
        match = ALERT.match(text)
        quote = self.stack[-2]
        if not match or quote.tag != "blockquote" or len(quote) != 1:
            return text, line
        kinds = [kind.strip().lower() for kind in match["kinds"].split("|")]
        slips.check_alert(self, match["kinds"], Origin(line, text))
        title = match["title"].strip().removesuffix("\\")  # which breaks the line elsewhere
        paragraph = self.stack[-1]
        is_folded = bool(match["fold"])
        quote.tag = "details" if is_folded else "div"
        quote.set("class", " ".join(kinds if is_folded else ["admonition", *kinds]))
        if match["fold"] == "+":
            quote.set("open", "open")
        head = Element("summary" if is_folded else "p")
        if not is_folded:
            head.set("class", "admonition-title")
        head.tail = "\n"
        self.reading.lines[head] = line
        self.origin = Origin(line, text)
        self.inline(title or kinds[0].title(), head)
        quote.insert(0, head)
        rest = text[match.end() :]
        if not rest.strip():
            quote.remove(paragraph)
        return rest, line + 1

    def _details(self, token: Any) -> None:
        kind, title = _kind_and_title(token.meta)
        attributes = {"class": kind} if kind else {}
        if token.meta["open"]:
            attributes["open"] = "open"
        self._titled("details", "summary", {}, attributes, token, title)

    def _admonition(self, token: Any) -> None:
        kind, title = _kind_and_title(token.meta)
        classes = " ".join(filter(None, ("admonition", kind)))
        label = {"class": "admonition-title"}
        self._titled("div", "p", label, {"class": classes}, token, title)

    def _titled(
        self,
        tag: str,
        head: str,
        label: dict[str, str],
        attributes: dict[str, str],
        token: Any,
        title: str,
    ) -> None:
        element = self._open(tag, token, attributes)
        kind = (token.meta["only"] or token.meta["kind"] or "").partition(" ")[0]
        slips.check_titled(self, token, kind)
        if title or tag == "details":
            line = self._line(token)
            child = self._add(Element(head, label), line)
            self.origin = Origin(line, title)
            self.inline(title, child)
        if element.text is None:
            element.text = "\n"

    def _tab(self, token: Any) -> None:
        slips.check_titled(self, token, "")
        parent = self.stack[-1]
        tabs = parent[-1] if len(parent) else None
        is_first = tabs is None or tabs.get("data-tabs") is None or "!" in token.meta["signs"]
        if is_first or tabs is None:
            self.tab_sets += 1
            names = {"class": "tabbed-set tabbed-alternate", "data-tabs": f"{self.tab_sets}:0"}
            tabs = self._add(Element("div", names), self._line(token))
            SubElement(tabs, "div", {"class": "tabbed-labels"}).tail = "\n"
            content = SubElement(tabs, "div", {"class": "tabbed-content"})
            content.text = content.tail = "\n"
        group, count = (int(part) for part in (tabs.get("data-tabs") or "").split(":"))
        tabs.set("data-tabs", f"{group}:{count + 1}")
        id = f"__tabbed_{group}_{count + 1}"
        button = Element("input", {"id": id, "name": f"__tabbed_{group}", "type": "radio"})
        if is_first or "+" in token.meta["signs"]:
            for other in tabs.iter("input"):
                other.attrib.pop("checked", None)
            button.attrib = {"checked": "checked", **button.attrib}
        tabs.insert(count, button)
        labels, content = tabs[-2], tabs[-1]
        label = SubElement(labels, "label", {"for": id})
        self.origin = Origin(self._line(token), token.meta["title"])
        self.inline(token.meta["title"], label)
        block = SubElement(content, "div", {"class": "tabbed-block"})
        block.text = block.tail = "\n"
        self.stack.append(block)

    def _note(self, token: Any) -> None:
        label = token.meta["label"]
        item = Element("li", {"id": f"fn:{label}"})
        item.tail = "\n"
        self.reading.lines[item] = self._line(token)
        self.notes.setdefault(label, item)
        self.stack.append(item)

    def _close_notes(self) -> None:
        """Put the notes that are referred to at the end, each with ways back."""
        div = self._add(Element("div", {"class": "footnote"}), 0)
        div.text = "\n"
        SubElement(div, "hr").tail = "\n"
        items = SubElement(div, "ol")
        items.text = items.tail = "\n"
        # A note may refer to another, which then follows.
        for number, label in enumerate(self.references, 1):
            item = self.notes[label]
            items.append(item)
            for count in range(self.references[label]):
                self._way_back(item, label, count, number)

    def _way_back(self, item: Element, label: str, count: int, number: int) -> None:
        if not len(item) or item[-1].tag != "p":
            paragraph = SubElement(item, "p")
            paragraph.tail = "\n"
        else:
            paragraph = item[-1]
            add_text(paragraph, NBSP)
        way = SubElement(paragraph, "a", {"class": "footnote-backref"})
        way.set("href", f"#{_reference_id(label, count)}")
        way.set("title", f"Back to the text, note {number}")
        way.text = BACK

    def _unused_notes(self) -> None:
        for label, line in self.env.get("notes", {}).items():
            if label not in self.references:
                slips.report_unused_note(self, label, line + self.body.first_line)

    def _close_description(self, token: Any) -> None:
        """Close a definition; a single paragraph right below its term needs no element."""
        element = self.stack.pop()
        if token.meta["is_loose"] or len(element) != 1 or element[0].tag != "p":
            return
        paragraph = element[0]
        element.text = paragraph.text
        element[:] = list(paragraph)
        if origin := self.reading.origins.pop(paragraph, None):
            self.reading.origins[element] = origin

    def _element(self, token: Any) -> None:
        attributes = {
            match["name"]: match["double"] or match["single"] or match["bare"] or ""
            for match in ATTRIBUTE.finditer(token.content)
            if match["name"].lower() != "markdown"
        }
        self._open(token.tag, token, attributes)

    # Running text

    def inline(self, text: str, into: Element) -> None:
        """Put running text into an element."""
        inline = self.md.inline
        if not inline.special.search(text):
            if text:
                add_text(into, text)
            return
        self._inline(inline.parse(text, self.md, self.env, []), into)

    def _inline(self, tokens: Sequence[Any], into: Element) -> None:
        stack = [into]
        for token in tokens:
            parent = stack[-1]
            if token.type == "text":
                if token.content:
                    add_text(parent, token.content)
            elif token.nesting > 0:
                element = SubElement(parent, token.tag)
                if token.type == "link_open":
                    self._address(element, "href", token)
                stack.append(element)
            elif token.nesting < 0:
                stack.pop()
            else:
                INLINE[token.type](self, token, parent)

    def _code_span(self, token: Any, parent: Element) -> None:
        SubElement(parent, "code").text = token.content

    def _special(self, token: Any, parent: Element) -> None:
        add_text(parent, ESCAPED + token.content)

    def _hard_break(self, token: Any, parent: Element) -> None:
        SubElement(parent, "br").tail = "\n"

    def _markup(self, token: Any, parent: Element) -> None:
        element = SubElement(parent, RAW)
        element.text = token.content
        line, column = self.place(token.meta["at"])
        self.reading.places[element] = line, column
        slips.check_markup(self, token.content, line, column)
        if match := FOREIGN.match(token.content):
            self.is_foreign = not match["close"]

    def _image(self, token: Any, parent: Element) -> None:
        alt = Element("i")
        if token.children:
            self._inline(token.children, alt)
        element = SubElement(parent, "img", {"alt": text_of_image(alt)})
        self._address(element, "src", token)

    def _address(self, element: Element, name: str, token: Any) -> None:
        """Give a link or picture its address and title, and remember where the address stands."""
        target = str(token.attrs[name])
        element.set(name, target)
        if title := token.attrs.get("title"):
            element.set("title", str(title))
        at = token.meta["at"]
        if token.meta.get("label") in self.env.get("references", {}):
            place = self._definition(token.meta["label"], target)
        else:
            inside = self.origin.text.find(target, at) if target else -1
            place = self.place(inside if inside >= 0 else at)
        self.reading.places[element] = place
        slips.check_target(self, element, target, place)

    def _definition(self, label: str, target: str) -> tuple[int, int]:
        """Return the line and column of the address in the definition of a reference."""
        first, last = self.env["references"][label]["map"]
        for line in range(self.body.first_line + first, self.body.first_line + last):
            at = self.body.excerpt(line).find(target)
            if at >= 0:
                return line, at + 1
        return self.body.first_line + first, 1

    def _made(self, token: Any, parent: Element) -> None:
        parent.append(token.meta["element"])

    def _reference(self, token: Any, parent: Element) -> None:
        label = token.meta["label"]
        count = self.references.get(label, 0)
        self.references[label] = count + 1
        number = list(self.references).index(label) + 1
        sup = SubElement(parent, "sup", {"id": _reference_id(label, count)})
        attributes = {"class": "footnote-ref", "href": f"#fn:{label}"}
        SubElement(sup, "a", attributes).text = str(number)

    # Places

    def place(self, at: int) -> tuple[int, int]:
        """Return the line and column of a character of the running text that is read now."""
        return self.reading.place(self.origin, at)

    def warn(self, place: tuple[int, int], *, found: str, expected: str, hint: str = "") -> None:
        """Report what an author probably did not mean."""
        problem = self.reading.source.problem(
            *place, found=found, expected=expected, hint=hint, severity=Severity.WARNING
        )
        self.reading.problems.append(problem)

    def _unbalanced(self, place: tuple[int, int], found: str, expected: str) -> None:
        self.warn(place, found=found, expected=expected, hint=slips.AS_TEXT)

    def too_deep(self, line: int) -> None:
        """Report blocks that stand deeper than they can be read in good time."""
        if self.is_too_deep:
            return
        self.is_too_deep = True
        number = self.body.first_line + line
        written = self.body.excerpt(number)
        problem = self.body.problem(
            number,
            len(written) - len(written.lstrip(" \t>")) + 1,
            found="a list or quotation more than 50 levels deep",
            expected="fewer levels",
        )
        self.reading.problems += [problem, unchecked(self.body.path)]

    def formula(self, found: Formula) -> Element:
        """Return the element of a formula in the running text."""
        slips.check_formula(self, found.latex, self.place(found.start))
        return formula(
            found.latex,
            self.reading,
            lambda at: self.place(found.start + at),
            is_block=found.is_block,
        )


def text_of_image(alt: Element) -> str:
    """Return the text of an image's description, with its blanks."""
    return "".join(_alt_texts(alt)).replace(ESCAPED, "")


def _alt_texts(element: Element) -> Sequence[str]:
    parts = [element.text or ""]
    for child in element:
        if child.tag == "img":
            parts.append(child.get("alt") or "")
        elif child.tag not in RAWS:
            parts += _alt_texts(child)
        parts.append(child.tail or "")
    return parts


def _kind_and_title(meta: Mapping[str, Any]) -> tuple[str, str]:
    """Return the class and the title of details and admonitions."""
    only = meta["only"]
    kind = re.sub(" +", " ", (only or meta["kind"] or "").lower())
    title = kind.split(" ")[0].capitalize() if only else meta["title"]
    return kind, title or ""


def _reference_id(label: str, count: int) -> str:
    return f"fnref{count + 1 if count else ''}:{label}"


Handler = Callable[[Builder, Any], None]

HANDLERS: Mapping[str, Handler] = {
    "hr": Builder._rule,
    "html_block": Builder._html,
    "code_block": Builder._code,
    "fence": Builder._fence,
    "formula": Builder._formula,
    "table": Builder._table,
    "details_open": Builder._details,
    "admonition_open": Builder._admonition,
    "tab_open": Builder._tab,
    "note_open": Builder._note,
    "dd_close": Builder._close_description,
    "element_open": Builder._element,
}
"""Blocks that are more than an element of HTML."""

INLINE: Mapping[str, Callable[[Builder, Any, Element], None]] = {
    "code_inline": Builder._code_span,
    "text_special": Builder._special,
    "hardbreak": Builder._hard_break,
    "html_inline": Builder._markup,
    "image": Builder._image,
    "element": Builder._made,
    "note_ref": Builder._reference,
}
"""Tokens of running text that hold no others."""
