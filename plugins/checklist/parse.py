r"""Parses task lists in a document's tree into checklists and removes their syntax from the tree.

    checklist = list *( heading list )              ; joined only in a post of the kind checklist
    list      = 1*item [ naming ]
    item      = ( "-" / "*" / "+" / number "." ) [ mark ] text [ due ] [ braces ] [ notes ] [ list ]
    mark      = "[" ( " " / "x" / "X" / "/" / "-" ) "]" space
    due       = "(due: " day ")"
    braces    = "{" [ ":" ] [ "#" id ] [ "due=" day ] "}"        ; ends a line of the text
    day       = "T" [ ( "-" / "+" ) number [ "d" / "w" ] ]       ; T is the day the reader picks
    naming    = "{: .checklist" [ "title=" quoted ] [ "#" id ] "}"   ; the line after the list

A list is a checklist when one of its items, nested ones too, has a mark. Its title is that of the
naming line, else the text of the heading before it. `\[y]` writes brackets that are not a mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from msgspec import Struct, field

from ..markdown.reading import Origin, Reading
from ..markdown.tree import text_of
from ..source.problem import did_you_mean, quoted
from ..source.slug import slugify
from .ids import Distinct, text_id
from .model import Item, Section, State
from .tree import Label, cut_label, direct_lists, is_of_another_feature, leading_text

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
LISTS = frozenset({"ul", "ol"})
STATES = {
    " ": State.OPEN,
    "x": State.DONE,
    "X": State.DONE,
    "/": State.DOING,
    "-": State.SKIPPED,
}

# Matches `[x] text`, `[?] text` and `[ ]` alone; not `[x](link)`, `[ab] text` or `\[x] text`.
MARK = re.compile(r"\s*\[(.?)\](?:\s+|$)")

# Matches ` {#room due="T-14"}` and ` {: #room }` at a line's end; not `{room}` or `{{room}}`.
BRACES = re.compile(
    r"""
    (?<!\{) [ \t]* \{:?[ \t]*
    (?P<words> (?:\#|due\b) [^{}\n]* )
    \} [ \t]* (?=\n|\Z)
    """,
    re.VERBOSE,
)

# Matches ` (due: T-14)` at a line's end; not `(due T-14)`.
DUE_WORDS = re.compile(r"[ \t]*\(due:[ \t]*(?P<day>[^()\n]*?)[ \t]*\)[ \t]*(?=\n|\Z)")

# Matches one word of the braces: `#room`, `.checklist`, `due=T-14`, `due: T-14`, `title="A b"`.
WORD = re.compile(
    r"""
    \# (?P<id> [^\s\#"'={}]+ )
    | \. (?P<class> [\w-]+ )
    | (?P<key> [\w-]+ ) [ ]* [=:] [ ]* (?: "(?P<double>[^"]*)" | '(?P<single>[^']*)'
                                           | (?P<bare>[^\s"'{}]+) )
    | (?P<other> \S+ )
    """,
    re.VERBOSE,
)

# Matches `T`, `T-14`, `t+3`, `T-2w`; not `14`, `T14` or `2027-03-01`.
DAY = re.compile(r"[Tt](?:(?P<sign>[-+])(?P<number>\d{1,4})(?P<unit>[dw]?))?")

NAMING = re.compile(r"\s*\{:?(?P<words>[^{}]*\.checklist\b[^{}]*)\}\s*")
DUE_EXPECTED = "days counted from the day T, like T-14, T+1 or T-2w"


class Naming(Struct, frozen=True):
    """The id and title of a `{: .checklist … }` line."""

    id: str = ""
    title: str = ""


class ParsedList(Struct, frozen=True):
    """One list of the document as a section, and the elements that it was read from."""

    section: Section
    element: Element
    parent: Element
    heading: Element | None
    naming: Naming | None
    items: Mapping[Element, Item]
    """The items by their `li` elements."""
    labels: Mapping[Element, Label]
    """The text cut out of each `li` element, without syntax."""


class _Found(Struct, frozen=True):
    element: Element
    parent: Element
    heading: Element | None


def parse_lists(root: Element, reading: Reading) -> list[ParsedList]:
    """Return the lists of all checklists in document order; remove their texts from the tree.

    Remove their syntax too, and add their problems to the reading.
    """
    found = list(_find_lists(root))
    parser = _Parser(reading, origins=_origins(root, reading))
    parser.report_unknown_marks(root, found)
    parsed = [parser.parse_list(one) for one in found]
    parser.report_lost_names(root)
    return parsed


def _find_lists(root: Element) -> Iterator[_Found]:
    heading: Element | None = None

    def visit(parent: Element) -> Iterator[_Found]:
        nonlocal heading
        for child in parent:
            if child.tag in HEADINGS:
                heading = child
            elif child.tag in LISTS and _is_checklist(child):
                yield _Found(child, parent, heading)
            else:
                yield from visit(child)

    return visit(root)


def _is_checklist(element: Element) -> bool:
    """Return whether an item, or one of a list directly below it, has a mark with a state.

    The list of a document's footnotes is not a checklist: its items are notes.
    """
    return not any((li.get("id") or "").startswith("fn:") for li in element) and any(
        _mark(li) in STATES or any(_is_checklist(nested) for nested in direct_lists(li))
        for li in element
    )


def _nested_checklists(element: Element) -> Iterator[Element]:
    """Yield the checklists below an item, also inside other elements, but not nested ones."""
    for child in element:
        if is_of_another_feature(child):
            continue
        if child.tag in LISTS and _is_checklist(child):
            yield child
        else:
            yield from _nested_checklists(child)


def _mark(li: Element) -> str | None:
    match = MARK.match(leading_text(li))
    return match[1] if match else None


def _origins(root: Element, reading: Reading) -> Mapping[Element, Origin]:
    """Return all origins; an item without one gets that of its first paragraph."""
    known = dict(reading.origins)
    for li in root.iter("li"):
        if li not in known and len(li) and (origin := known.get(li[0])):
            known[li] = origin
    return known


class _Parser(Struct):
    """A parser of all lists of a document; it knows which ids are taken."""

    reading: Reading
    origins: Mapping[Element, Origin]
    """The source of the text of each item and paragraph."""
    named: dict[str, int] = field(default_factory=dict)
    """The authors' ids, and the line of each."""
    section_ids: Distinct = field(default_factory=Distinct)

    def report_unknown_marks(self, root: Element, found: list[_Found]) -> None:
        """Report every item, of any list, whose brackets hold an unknown state."""
        inside = {li for one in found for li in one.element.iter("li")}
        for li in root.iter("li"):
            mark = _mark(li)
            if mark is None or mark in STATES:
                continue
            # Lists of sources are written `- [1] A book`.
            if li in inside or (mark and not mark.isdigit()):
                self._report_mark(li, mark)

    def parse_list(self, found: _Found) -> ParsedList:
        naming = self._take_naming(found)
        items: dict[Element, Item] = {}
        labels: dict[Element, Label] = {}
        walk = _Walk(self, items, labels, Distinct())
        top = walk.parse_items(found.element, ())
        title = naming.title if naming and naming.title else _heading_text(found.heading)
        wanted = naming.id if naming and naming.id else slugify(title) or "list"
        section = Section(self.section_ids.take(wanted), title, top)
        return ParsedList(
            section, found.element, found.parent, found.heading, naming, items, labels
        )

    def report_lost_names(self, root: Element) -> None:
        """Report every naming line that follows no checklist."""
        for paragraph in root.iter("p"):
            match = NAMING.fullmatch(text_of(paragraph))
            if match:
                self._report_at(
                    paragraph,
                    "{",
                    found="a line that names a checklist, after something else",
                    expected="it right after the list that it names",
                    hint="a task list has items like “- [ ] Book a room”",
                )

    def words(self, text: str, at: Element, known_keys: list[str]) -> dict[str, str]:
        """Return the words in braces by key; `id` and `class` stand for # and the dot."""
        known: dict[str, str] = {}
        for match in WORD.finditer(text):
            if match["id"]:
                known["id"] = match["id"]
            elif match["class"]:
                known["class"] = match["class"]
            elif match["key"]:
                known[match["key"]] = match["double"] or match["single"] or match["bare"] or ""
            else:
                known[match["other"]] = ""
        self._report_words(known, at, known_keys)
        return known

    def due(self, text: str, li: Element) -> int | None:
        """Return the days from T; report a text that is not a day, and return None."""
        match = DAY.fullmatch(text.strip())
        if match is None:
            self._report_at(
                li,
                text,
                found=f"the due day {quoted(text)}",
                expected=DUE_EXPECTED,
                hint="the reader picks the day T; T-14 is two weeks before it",
            )
            return None
        days = int(match["number"] or 0) * (7 if match["unit"] == "w" else 1)
        return -days if match["sign"] == "-" else days

    def check_named(self, name: str, li: Element) -> None:
        """Record an id that an author wrote; report it when it was used before."""
        line = self._place(li, f"#{name}")[0]
        if name in self.named:
            self._report_at(
                li,
                f"#{name}",
                found=f"the id {quoted(name)} again",
                expected=f"an id of its own; line {self.named[name]} has this one",
                hint="ticks are kept by id, so two items with one id would share theirs",
            )
        self.named.setdefault(name, line)

    def report_empty(self, li: Element) -> None:
        """Report an item without text."""
        self._report_at(
            li, "[", found="an empty item", expected="a text after the box, like “[ ] Book a room”"
        )

    def _report_mark(self, li: Element, mark: str) -> None:
        self._report_at(
            li,
            "[",
            found=f"the state {quoted(f'[{mark}]')}",
            expected="[ ] to do, [/] in progress, [x] done or [-] not applicable",
            hint=f"brackets that mean no state are written \\[{mark}]",
        )

    def _report_words(self, words: Mapping[str, str], at: Element, known: list[str]) -> None:
        for word in words:
            if word not in known:
                written = f".{words[word]}" if word == "class" else word
                self._report_at(
                    at,
                    written,
                    found=f"{quoted(written)} in the braces",
                    expected="#id or due" if "due" in known else "#id or title",
                    hint=did_you_mean(word, known),
                )

    def _place(self, element: Element, text: str) -> tuple[int, int]:
        origin = self.origins.get(element)
        return self.reading.place(origin, max(0, origin.text.find(text))) if origin else (0, 0)

    def _report_at(
        self, element: Element, text: str, *, found: str, expected: str, hint: str = ""
    ) -> None:
        """Report a problem at a text of an item or paragraph."""
        problem = self.reading.source.problem(
            *self._place(element, text), found=found, expected=expected, hint=hint
        )
        self.reading.problems.append(problem)

    def _take_naming(self, found: _Found) -> Naming | None:
        """Return the list's naming, from attributes on its last line or from a paragraph, or None.

        Markdown 3.11 gives a line of attributes to the block right before it, which is the last
        item or its last note; after a blank line it leaves the line as a paragraph.
        """
        taken = _take_attributes(found.element)
        if taken is None:
            taken = self._take_paragraph(found)
        return Naming(taken.get("id", ""), taken.get("title", "")) if taken is not None else None

    def _take_paragraph(self, found: _Found) -> dict[str, str] | None:
        siblings = list(found.parent)
        after = siblings[siblings.index(found.element) + 1 :][:1]
        for paragraph in after:
            match = NAMING.fullmatch(text_of(paragraph)) if paragraph.tag == "p" else None
            if match:
                found.parent.remove(paragraph)
                return self.words(match["words"], paragraph, ["id", "class", "title"])
        return None


class _Walk(Struct):
    """One walk over the items of one list."""

    parser: _Parser
    items: dict[Element, Item]
    labels: dict[Element, Label]
    ids: Distinct

    def parse_items(self, element: Element, parents: tuple[str, ...]) -> tuple[Item, ...]:
        return tuple(self._parse_item(li, parents) for li in element if li.tag == "li")

    def _parse_item(self, li: Element, parents: tuple[str, ...]) -> Item:
        mark = _mark(li)
        label = cut_label(li)
        self.labels[li] = label
        if mark is None:
            return self._plain_item(li, label, parents)
        label.cut_start(MARK)
        words = self._take_words(li, label)
        text = text_of(label.element)
        if not text:
            self.parser.report_empty(li)
        if "id" in words:
            self.parser.check_named(words["id"], li)
        wanted = words.get("id") or text_id(text, parents)
        return self._item(
            li,
            self.ids.take(wanted),
            text,
            STATES.get(mark, State.OPEN),
            self.parser.due(words["due"], li) if "due" in words else None,
            (*parents, words.get("id") or text),
        )

    def _plain_item(self, li: Element, label: Label, parents: tuple[str, ...]) -> Item:
        text = text_of(label.element)
        wanted = text_id(text, parents)
        return self._item(li, self.ids.take(wanted), text, None, None, (*parents, text))

    def _item(
        self,
        li: Element,
        item_id: str,
        text: str,
        state: State | None,
        due: int | None,
        path: tuple[str, ...],
    ) -> Item:
        children = [c for nested in _nested_checklists(li) for c in self.parse_items(nested, path)]
        item = Item(item_id, text, state, due, tuple(children))
        self.items[li] = item
        return item

    def _take_words(self, li: Element, label: Label) -> dict[str, str]:
        """Return the words in braces, and those that Markdown made attributes of the list item."""
        braces = label.cut_line_end(BRACES)
        words = self.parser.words(braces["words"], li, ["id", "due"]) if braces else {}
        due = label.cut_line_end(DUE_WORDS)
        if due:
            words.setdefault("due", due["day"])
        for key in ("id", "due"):
            value = li.attrib.pop(key, None)
            if value is not None:
                words.setdefault(key, value)
        return words


def _take_attributes(element: Element) -> dict[str, str] | None:
    node = element
    while True:
        classes = (node.get("class") or "").split()
        if "checklist" in classes:
            return _without_attributes(node, classes)
        if not len(node):
            return None
        node = node[-1]


def _without_attributes(node: Element, classes: list[str]) -> dict[str, str]:
    taken: dict[str, str] = {}
    for key in ("id", "title"):
        if key in node.attrib:
            taken[key] = node.attrib.pop(key)
    classes.remove("checklist")
    node.attrib.pop("class")
    if classes:
        node.set("class", " ".join(classes))
    return taken


def _heading_text(heading: Element | None) -> str:
    return text_of(heading) if heading is not None else ""
