"""Renders a view as elements, and any tree of elements as a feed may carry it.

    <command-block id data-tab>                a custom element in light DOM
      <figure class="command">
        <figcaption>                           the title, or a caption for screen readers
        <div class="command-tools">            buttons that script unhides
        <ol class="command-steps">
          <li class="command-step" data-kind>
            <p class="command-where">          the band's word: root, remote, database
            <p class="command-comment">
            <div class="command-typed"> <pre><code>…, <button class="command-copy">
            <div class="command-output"> "Output", <pre>, <details> with the folded lines
        <p class="command-checked">            when it was verified, and with what
        <p role="status">                      announces “copied”

CSS shows prompts from attributes, so that they are never selected, copied or read out. A button
with the class `waits` is hidden but takes up its space before its script has loaded. The
`data-copy` of a button holds the whole text that it copies.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from xml.etree.ElementTree import Element

from ..source.text import counted
from .model import Accepts
from .view import BlockView, CopyView, HoleView, LineView, Piece, StepView

FITS = 28
"""The number of characters of a line that fit on a phone of 360 px next to its button."""


def element(
    tag: str, attributes: Mapping[str, str] | None = None, *content: Element | str
) -> Element:
    """Return an element with text and elements in it, in order."""
    made = Element(tag, dict(attributes or {}))
    for part in content:
        if isinstance(part, Element):
            made.append(part)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + part
        else:
            made.text = (made.text or "") + part
    return made


def render_block(view: BlockView) -> Element:
    """Return the block's element, complete without script."""
    attributes = {"id": view.id} | ({"data-tab": view.tab} if view.tab else {})
    steps = [_step(step, number, len(view.steps)) for number, step in enumerate(view.steps, 1)]
    figure = element(
        "figure",
        {"class": "command"},
        _caption(view),
        _tools(view),
        element("ol", {"class": "command-steps", "role": "list"}, *steps),
        element("p", {"class": "command-said visually-hidden", "role": "status"}),
    )
    return element("command-block", attributes, figure)


def add_check(block: Element, note: str) -> None:
    """Add the note on a verified block below its steps."""
    figure = block[0]
    figure.insert(len(figure) - 1, element("p", {"class": "command-checked"}, note))


def _caption(view: BlockView) -> Element:
    unnamed = "" if view.title else " command-unnamed"
    return element("figcaption", {"class": f"command-title{unnamed}"}, view.title or view.caption)


def _tools(view: BlockView) -> Element:
    waits = " waits" if _is_long(view) else ""
    wrap = {**_button(f"command-wrap{waits}"), "aria-pressed": "false"}
    tools = [element("button", wrap, "Wrap lines")]
    if view.copy:
        attributes = {**_button("command-copy waits"), **_copied(view.copy)}
        tools.append(element("button", attributes, "Copy all"))
    return element("div", {"class": "command-tools"}, *tools)


def _is_long(view: BlockView) -> bool:
    """Return whether a line is too long for a phone, so that “Wrap lines” needs its space."""
    lines = (line for step in view.steps for line in (*step.lines, *step.output, *step.folded))
    return any(_length(line) > FITS for line in lines)


def _length(line: LineView) -> int:
    shown = (piece.hole.shown if piece.hole else piece.text for piece in line.pieces)
    return len(line.prompt) + sum(len(text) for text in shown)


def _button(name: str) -> dict[str, str]:
    return {"type": "button", "class": f"{name} command-button", "hidden": "hidden"}


def _copied(copy: CopyView) -> dict[str, str]:
    quotings = {"data-quotings": " ".join(copy.quotings)} if copy.quotings else {}
    return {"data-copy": copy.text, **quotings}


def _step(view: StepView, number: int, count: int) -> Element:
    parts: list[Element] = []
    if view.where and view.lines:
        parts.append(element("p", {"class": "command-where"}, view.where))
    parts += (
        element("p", {"class": "command-comment"}, text or "\u00a0") for text in view.comments
    )
    if view.lines and view.copy:
        parts.append(_typed(view.lines, view.copy, number, count))
    if view.output:
        parts.append(_output(view.output, view.folded))
    return element("li", {"class": "command-step", "data-kind": view.kind}, *parts)


def _typed(lines: Sequence[LineView], copy: CopyView, number: int, count: int) -> Element:
    which = f" command {number} of {count}" if count > 1 else " the command"
    # The style sheet can find out where a line wraps only if the line is the only one.
    many = {"data-lines": str(len(lines))} if len(lines) > 1 else {}
    return element(
        "div",
        {"class": "command-typed"},
        element(
            "pre",
            {"class": "command-lines", "dir": "ltr", **many},
            element("code", {}, *_lines(lines)),
        ),
        element(
            "button",
            {**_button("command-copy waits"), **_copied(copy)},
            "Copy",
            element("span", {"class": "visually-hidden"}, which),
        ),
    )


def _output(shown: Sequence[LineView], folded: Sequence[LineView]) -> Element:
    parts = [
        element("p", {"class": "command-label"}, "Output"),
        element("pre", {"class": "command-printed"}, element("samp", {}, *_lines(shown))),
    ]
    if folded:
        more = counted(len(folded), "more line")
        rest = element("pre", {"class": "command-printed"}, element("samp", {}, *_lines(folded)))
        summary = element("summary", {"class": "command-more"}, more)
        parts.append(element("details", {"class": "command-folded"}, summary, rest))
    return element("div", {"class": "command-output"}, *parts)


def _lines(lines: Sequence[LineView]) -> Iterable[Element | str]:
    for number, line in enumerate(lines):
        if number:
            yield "\n"
        if line.prompt:
            prompt = {"class": "command-prompt", "data-prompt": line.prompt, "aria-hidden": "true"}
            yield element("span", prompt)
        yield from (_piece(piece) for piece in line.pieces)


def _piece(piece: Piece) -> Element | str:
    if piece.hole:
        return render_hole(piece.hole)
    return (
        element("span", {"class": f"command-{piece.style}"}, piece.text)
        if piece.style
        else (piece.text)
    )


# Placeholders -------------------------------------------------------------------------------


def render_hole(view: HoleView) -> Element:
    """Return a placeholder's element: its default, and what script needs to make a field of it."""
    attributes = {
        "data-name": view.name,
        "data-label": view.label,
        "data-default": view.default,
        "data-quoting": view.quoting,
    }
    if view.accepts != Accepts.ANY.value:
        attributes["data-accepts"] = view.accepts
    if view.pattern:
        attributes["data-pattern"] = view.pattern
    if view.choices:
        attributes["data-choices"] = json.dumps(view.choices, ensure_ascii=False)
    if view.is_mirror:
        attributes["data-mirror"] = "data-mirror"
    return element("place-holder", attributes, view.shown)


def render_hole_tools() -> Element:
    """Return the row that says what happens to a reader's values; script unhides it."""
    box = element("input", {"type": "checkbox", "class": "place-holder-agree"})
    quiet = {"type": "button", "class": "command-button"}
    return element(
        "place-holder-tools",
        {"class": "place-holder-tools waits", "hidden": "hidden"},
        element(
            "p", {}, "The fields on this page are yours to fill in. Values stay on this device."
        ),
        element("label", {}, box, " Use them on other pages too"),
        element("button", quiet | {"data-do": "share"}, "Copy a link with my values"),
        element("button", quiet | {"data-do": "forget"}, "Forget my values"),
        element("p", {"class": "place-holder-said", "role": "status"}),
    )


# Tabs ---------------------------------------------------------------------------------------


def render_tabs(panels: Sequence[tuple[str, str, Sequence[Element]]]) -> Element:
    """Return a tabs widget of panels (id, label, blocks); without script all show, with labels."""
    buttons = [
        element(
            "button",
            {
                "type": "button",
                "role": "tab",
                "id": f"{panel_id}-button",
                "aria-controls": panel_id,
            },
            label,
        )
        for panel_id, label, _ in panels
    ]
    chooser = {
        "class": "command-tablist waits" if len(panels) > 1 else "command-tablist",
        "role": "tablist",
        "aria-label": "Variants",
        "hidden": "hidden",
    }
    sections = [_panel(*panel) for panel in panels]
    return element("command-tabs", {}, element("div", chooser, *buttons), *sections)


def _panel(panel_id: str, label: str, blocks: Sequence[Element]) -> Element:
    name = element("p", {"class": "command-panel-label"}, label)
    attributes = {"class": "command-panel", "id": panel_id, "data-label": label}
    return element("section", attributes, name, *blocks)


# Feeds --------------------------------------------------------------------------------------


def plain(tree: Element) -> Element:
    """Return a copy of a tree for feeds and text: no controls, no custom elements, all shown.

    A block becomes its title, remarks, and `pre` elements of commands and of output; tabs become
    their labels and blocks; placeholders become their defaults. Everything else stays as it is.
    """
    copy = deepcopy(tree)
    _make_plain(copy)
    if copy.tag in PLAIN_TAGS:
        copy.tag = PLAIN_TAGS[copy.tag]
        copy.attrib.clear()
    return copy


PLAIN_TAGS = {
    "command-block": "div",
    "command-tabs": "div",
    "section": "div",
    "place-holder": "span",
    "details": "div",
}


def _make_plain(parent: Element) -> None:
    for child in list(parent):
        classes = child.get("class", "").split()
        if "hidden" in child.attrib or child.get("role") == "status":
            _remove(parent, child)
            continue
        if "command-tools" in classes or "command-more" in classes:
            _remove(parent, child)
            continue
        _make_plain(child)
        _plain_one(child, classes)


def _plain_one(child: Element, classes: Sequence[str]) -> None:
    if prompt := child.get("data-prompt"):
        child.text = prompt
    if child.tag in {"command-block", "command-tabs", "place-holder"} or any(
        name.startswith("command") for name in classes
    ):
        child.tag = PLAIN_TAGS.get(child.tag, child.tag)
        child.attrib.clear()
    if "command-lines" in classes or "command-printed" in classes:
        child[:] = [element("code", {}, "".join(child.itertext()))]
    if "command-panel-label" in classes or "command-label" in classes:
        strong = element("strong", {}, child.text or "")
        child.text = None
        child.append(strong)


def _remove(parent: Element, child: Element) -> None:
    """Remove an element but leave the text after it."""
    index = list(parent).index(child)
    parent.remove(child)
    if index:
        parent[index - 1].tail = (parent[index - 1].tail or "") + (child.tail or "")
    else:
        parent.text = (parent.text or "") + (child.tail or "")
