"""Renders checklists as elements: real boxes in real labels, and controls that script unhides.

No control is a `p`: lists of posts show the first paragraph of a text, and a control must not be
that paragraph. A control with the class `waits` is hidden but takes up its space before its script
has loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from functools import partial
from xml.etree.ElementTree import Element, SubElement

from .ids import normalised
from .model import Checklist, Section, State
from .parse import ParsedList
from .tree import Label
from .view import STATE_WORDS, ChecklistView, ItemView, view_checklist, view_item

GLYPHS = {"open": "☐", "doing": "◐", "done": "☑", "skipped": "☐"}

# The script's action and the words of each button; the first row is visible, the rest is folded.
ROW = (("undo", "Undo"), ("reset", "Reset"), ("print", "Print"), ("link", "Copy link"))
MORE = (
    ("markdown", "Copy as Markdown"),
    ("text", "Copy as text"),
    ("empty", "Print empty"),
    ("save", "Save to a file"),
    ("load", "Load from a file"),
)

BUTTON = "button button-quiet"

UniqueId = Callable[[str], str]


def render_checklist(
    checklist: Checklist,
    lists: Sequence[ParsedList],
    *,
    around: Element,
    slug: str,
    note: str,
    unique_id: UniqueId,
) -> None:
    """Replace the lists by the checklist; text and notes keep their elements.

    Everything in `around` between the first list (with its heading) and the last moves into the
    checklist.
    """
    view = view_checklist(checklist, slug=slug)
    is_joined = len(lists) > 1
    first, last = _span(lists, around)
    for parsed, section in zip(lists, checklist.sections, strict=True):
        _render_list(parsed, section, unique_id=unique_id, is_joined=is_joined)
        title_id = partial(unique_id, f"{slug}-{section.id}-title")
        group = _frame(parsed, title=section.title or view.title, title_id=title_id)
        if is_joined:
            _section_progress(group)
    whole = _shell(view, unique_id=unique_id, is_joined=is_joined)
    whole.append(_head(view))
    whole.extend(list(around)[first : last + 1])
    whole.extend([_note(note), _tools(view), _state_template(), _question(view)])
    around[first : last + 1] = [whole]


def _span(lists: Sequence[ParsedList], around: Element) -> tuple[int, int]:
    holders = [
        index for index, child in enumerate(around) for e in child.iter() if _is_list(e, lists)
    ]
    first, heading = holders[0], lists[0].heading
    if len(lists) > 1 and heading is not None and heading in list(around):
        first = list(around).index(heading)
    return first, holders[-1]


def _is_list(element: Element, lists: Sequence[ParsedList]) -> bool:
    return any(element is one.element for one in lists)


def _shell(view: ChecklistView, *, unique_id: UniqueId, is_joined: bool) -> Element:
    whole = Element("check-list", {"class": "checklist", "data-key": view.key})
    whole.set("data-title", view.title)
    if view.anchor:
        whole.set("id", unique_id(view.anchor))
    if is_joined:
        whole.set("role", "group")
        whole.set("aria-label", view.title)
    whole.tail = "\n"
    return whole


def _head(view: ChecklistView) -> Element:
    head = Element("div", {"class": "checklist-head waits", "hidden": "hidden"})
    head.append(_progress(view.title))
    SubElement(head, "div", {"class": "checklist-news", "role": "status"})
    return head


def _progress(title: str) -> Element:
    line = Element("div", {"class": "checklist-progress"})
    SubElement(line, "progress", {"max": "1", "value": "0", "aria-label": f"Progress: {title}"})
    SubElement(line, "span")
    return line


def _frame(parsed: ParsedList, *, title: str, title_id: Callable[[], str]) -> Element:
    """Put the list into a group with an accessible name, and return the group."""
    group = Element("div", {"class": "checklist-section", "role": "group"})
    group.set("data-title", title)
    group.tail, parsed.element.tail = parsed.element.tail, "\n"
    if parsed.naming and parsed.naming.title:
        heading = SubElement(group, "p", {"class": "checklist-title", "id": title_id()})
        heading.text = title
    else:
        heading = parsed.heading if parsed.heading is not None else Element("p")
    _set_name(group, heading.get("id"), title)
    index = list(parsed.parent).index(parsed.element)
    parsed.parent[index] = group
    group.append(parsed.element)
    return group


def _set_name(group: Element, heading_id: str | None, title: str) -> None:
    """Name the group by its heading's id, or by words where the heading has no id (yet)."""
    if heading_id:
        group.set("aria-labelledby", heading_id)
    else:
        group.set("aria-label", title)


def _section_progress(group: Element) -> None:
    progress = _progress(group.get("data-title") or "")
    _add_class(progress, "waits")
    progress.set("hidden", "hidden")
    group.insert(0, progress)


def _render_list(
    parsed: ParsedList, section: Section, *, unique_id: UniqueId, is_joined: bool
) -> None:
    for li, item in parsed.items.items():
        label = parsed.labels[li]
        words = normalised(item.text)
        line = _plain_line(label) if item.state is None else None
        if line is None:
            view = view_item(item, section, words=words, is_joined=is_joined)
            _item_attributes(li, view, unique_id)
            line = _line(label, view)
        li.insert(0, line)
        _add_class(li, "checklist-item")
    for element in {parsed.element, *_lists_of(parsed)}:
        _add_class(element, "checklist-items")
        # Safari does not announce a list without bullets as a list.
        element.set("role", "list")


def _lists_of(parsed: ParsedList) -> list[Element]:
    return [e for e in parsed.element.iter() if any(child in parsed.items for child in e)]


def _add_class(element: Element, name: str) -> None:
    element.set("class", " ".join([*(element.get("class") or "").split(), name]))


def _item_attributes(li: Element, view: ItemView, unique_id: UniqueId) -> None:
    if view.anchor:
        li.set("id", unique_id(view.anchor))
    li.set("data-item", view.key)
    li.set("data-words", view.words)
    li.set("data-state", view.state)
    if view.due:
        li.set("data-due", view.due)


def _plain_line(label: Label) -> Element:
    line = Element("div", {"class": "checklist-line"})
    line.append(_text(label))
    return line


def _line(label: Label, view: ItemView) -> Element:
    line = Element("div", {"class": "checklist-line"})
    outer = SubElement(line, "label", {"class": "checklist-label"})
    box = SubElement(outer, "input", {"type": "checkbox", "class": "checklist-box"})
    # Firefox would restore its own tick after a reload.
    box.set("autocomplete", "off")
    if view.is_ticked:
        box.set("checked", "checked")
    box.tail = " "
    outer.append(_text(label))
    outer[-1].tail = " "
    SubElement(outer, "span", {"class": "checklist-state"}).text = view.state_words
    outer[-1].tail = " "
    if view.due:
        SubElement(outer, "span", {"class": "checklist-due"}).text = view.due_words
    return line


def _text(label: Label) -> Element:
    text = label.element
    text.set("class", "checklist-text")
    text.set("dir", "auto")
    return text


def _note(note: str) -> Element:
    outer = Element("noscript")
    SubElement(outer, "div", {"class": "checklist-note"}).text = note
    return outer


def _tools(view: ChecklistView) -> Element:
    tools = Element("div", {"class": "checklist-tools waits", "hidden": "hidden"})
    if view.has_due:
        _day(tools)
    row = SubElement(tools, "div", {"class": "checklist-row"})
    _buttons(row, ROW)
    more = SubElement(row, "details", {"class": "checklist-more"})
    SubElement(more, "summary").text = "More"
    _buttons(SubElement(more, "div", {"class": "checklist-row"}), MORE)
    SubElement(tools, "div", {"class": "checklist-said", "role": "status"})
    return tools


def _day(tools: Element) -> None:
    row = SubElement(tools, "div", {"class": "checklist-row"})
    label = SubElement(row, "label", {"class": "checklist-day"})
    SubElement(label, "span").text = "The day it is for"
    SubElement(label, "input", {"type": "date", "autocomplete": "off"})
    _buttons(row, (("calendar", "Calendar file of the open items"),))


def _buttons(parent: Element, buttons: Sequence[tuple[str, str]]) -> None:
    for action, words in buttons:
        button = SubElement(parent, "button", {"class": BUTTON, "type": "button"})
        button.set("data-do", action)
        button.text = words


def _state_template() -> Element:
    """Return a select of the four states; the script puts a copy next to every item."""
    template = Element("template")
    choice = SubElement(template, "select", {"class": "checklist-choice"})
    for state in State:
        SubElement(choice, "option", {"value": state.value}).text = STATE_WORDS[state]
    return template


def _question(view: ChecklistView) -> Element:
    dialog = Element("dialog", {"class": "checklist-question", "aria-label": "Reset"})
    form = SubElement(dialog, "form", {"method": "dialog"})
    SubElement(form, "div").text = f"Set every box of “{view.title}” back?"
    row = SubElement(form, "div", {"class": "checklist-row"})
    SubElement(row, "button", {"class": BUTTON, "value": "reset"}).text = "Reset"
    SubElement(row, "button", {"class": BUTTON, "value": ""}).text = "Keep my ticks"
    return dialog


def render_glyphs(root: Element) -> Element:
    """Return a copy of a tree with checklists as plain lists with ☐, ◐ and ☑, for feeds and text.

    Nothing in it needs a style, a script or a form; states that a glyph does not show are in words.
    """
    fresh = copy(root)
    fresh[:] = [part for child in root for part in _glyph_parts(child)]
    return fresh


def _glyph_parts(element: Element) -> list[Element]:
    """Return the replacement of one element: a changed copy, its children, or nothing."""
    names = (element.get("class") or "").split()
    if element.tag == "check-list" or "checklist-section" in names:
        return [part for child in element for part in _glyph_parts(child)]
    if _is_control(element, names):
        return []
    if "checklist-item" in names:
        return [_glyph_item(element)]
    fresh = render_glyphs(element)
    if "checklist-items" in names:
        _forget(fresh, "class", "role")
    if "checklist-title" in names:
        _forget(fresh, "class", "id")
        fresh[:] = [_strong(fresh)]
        fresh.text = None
    return [fresh]


def _is_control(element: Element, names: list[str]) -> bool:
    controls = {"checklist-head", "checklist-tools", "checklist-question", "checklist-progress"}
    return bool(controls & set(names)) or _is_inside_list_only(element)


def _is_inside_list_only(element: Element) -> bool:
    if element.tag == "noscript":
        return any(child.get("class") == "checklist-note" for child in element)
    if element.tag == "template":
        return any(child.get("class") == "checklist-choice" for child in element)
    return False


def _strong(title: Element) -> Element:
    strong = Element("strong")
    strong.text = title.text
    return strong


def _glyph_item(li: Element) -> Element:
    fresh = Element("li")
    line, *notes = list(li)
    text = next(line.iter("span"))
    state = li.get("data-state")
    fresh.text = f"{GLYPHS[state]} {text.text or ''}" if state else text.text
    fresh.extend(part for child in text for part in _glyph_parts(child))
    words = _words_after(line)
    if words:
        _append_text(fresh, f" ({words})")
    fresh.extend(part for child in notes for part in _glyph_parts(child))
    fresh.tail = li.tail
    return fresh


def _words_after(line: Element) -> str:
    said = {"checklist-state", "checklist-due"}
    spans = (span for span in line.iter("span") if span.get("class") in said)
    return ", ".join(span.text for span in spans if span.text)


def _append_text(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _forget(element: Element, *keys: str) -> None:
    for key in keys:
        element.attrib.pop(key, None)
