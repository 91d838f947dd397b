"""What a screen reader says of a page, from Chromium's accessibility tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from playwright.sync_api import Page

WHOLE = frozenset(
    "heading link button searchbox checkbox combobox DisclosureTriangle image".split()
)
"""Roles that are said with their name, and not looked into."""

AROUND = frozenset("main navigation search region list banner contentinfo group form".split())
"""Roles that are said, with what is in them below."""

IN_LINE = frozenset("paragraph status time listitem strong emphasis".split())
"""Roles whose texts are one line."""

STATES = ("level", "pressed", "checked", "expanded", "disabled")


def aloud(page: Page, role: str = "main") -> str:
    """The first part of a page with a role, a line for each thing that is said."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    known = {node["nodeId"]: node for node in nodes}
    start = next(node for node in nodes if _value(node, "role") == role)
    lines = (line.rstrip() for line in _said(start, known))
    return "".join(f"{line}\n" for line in lines if line).expandtabs(2)


def _said(node: Mapping[str, Any], known: Mapping[str, Any]) -> Iterator[str]:
    role, name = _value(node, "role"), _value(node, "name")
    if node["ignored"]:
        yield from _children(node, known)
    elif role in WHOLE:
        yield " ".join([role, *([name] if name else []), *_states(node)])
    elif role in {"StaticText", "LineBreak", "ListMarker"}:
        yield from [name] if name else []
    elif role in AROUND:
        yield " ".join([role, *([name] if name else [])])
        yield from (f"\t{line}" for line in _children(node, known))
    else:
        lines = list(_children(node, known))
        is_one = role in IN_LINE and all(_is_text(line) for line in lines)
        yield from [" ".join("".join(lines).split())] if is_one and lines else lines


def _children(node: Mapping[str, Any], known: Mapping[str, Any]) -> Iterator[str]:
    for id in node.get("childIds", ()):
        if id in known:
            yield from _said(known[id], known)


def _is_text(line: str) -> bool:
    return not line.startswith("\t") and line.partition(" ")[0] not in WHOLE | AROUND


def _states(node: Mapping[str, Any]) -> Iterator[str]:
    for state in node.get("properties", ()):
        value = state["value"].get("value")
        if state["name"] in STATES and value not in {None, False}:
            yield f"({state['name']} {value})".lower()


def _value(node: Mapping[str, Any], key: str) -> str:
    return str(node.get(key, {}).get("value", ""))
