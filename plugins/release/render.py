"""The markup of a release post: the head before its text, and the facts of its entries.

No element is a `p`, since lists show the first paragraph of a text.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement

from ..blog.kinds import ReleaseFrontMatter
from ..source.slug import slugify
from .model import Condition, Entry, Type
from .parse import FACT, ParsedEntry, fact_key

TYPE_WORDS = {
    "security": "Security release",
    "maintenance": "Maintenance release",
    "feature": "Feature release",
}


def render_head(head: ReleaseFrontMatter, entries: tuple[Entry, ...]) -> Element:
    """Return the versions as plates, the type of the release, who is affected, and what to do."""
    box = Element("div", {"class": "release-head"})
    if head.withdrawn:
        _withdrawn(box, head)
    plates = SubElement(box, "ul", {"class": "version-plates", "role": "list"})
    for version in head.versions:
        is_withdrawn = version in head.withdrawn or "all" in head.withdrawn
        item = SubElement(plates, "li", {"class": "version-plate"})
        SubElement(item, "del" if is_withdrawn else "span").text = version
    repaired = [entry for entry in entries if entry.type is Type.SECURITY]
    if head.type or repaired:
        _flag(box, head.type or "security", len(repaired))
    _group(box, "Who is affected", _affected(repaired))
    _group(box, "Before the restart", _actions(entry.before for entry in entries))
    _group(box, "After the upgrade", _actions(entry.after for entry in entries))
    _tools(box, slugify(head.product or ""))
    box.tail = "\n"
    return box


def _withdrawn(box: Element, head: ReleaseFrontMatter) -> None:
    banner = SubElement(box, "div", {"class": "release-withdrawn", "role": "note"})
    strong = SubElement(banner, "strong")
    reasons = [
        reason if name == "all" else f"{name}: {reason}" for name, reason in head.withdrawn.items()
    ]
    strong.text = "Withdrawn."
    strong.tail = f" {' '.join(reasons)}"


def _flag(box: Element, type: str, repaired: int) -> None:
    line = SubElement(box, "div", {"class": f"release-type release-type-{type}"})
    words = TYPE_WORDS[type]
    if repaired:
        words += f", {repaired} {'vulnerability' if repaired == 1 else 'vulnerabilities'} repaired"
    line.text = words


def _affected(repaired: Iterable[Entry]) -> list[str]:
    return [_who(entry) for entry in repaired]


def _who(entry: Entry) -> str:
    name = ", ".join(entry.cves) or entry.text
    versions = _versions(entry)
    return f"{name}: {versions}{_if(entry.condition)}"


def _versions(entry: Entry) -> str:
    if entry.affects is None:
        return "which versions it affects is not known"
    return f"versions {', '.join(term.text for term in entry.affects)}"


def _if(condition: Condition | None) -> str:
    return f", if {condition.words}" if condition else ""


def _actions(lists: Iterable[tuple[str, ...]]) -> list[str]:
    return list(dict.fromkeys(action for actions in lists for action in actions))


def _group(box: Element, title: str, lines: list[str]) -> None:
    if not lines:
        return
    group = SubElement(box, "div", {"class": "release-group"})
    SubElement(group, "strong").text = title
    items = SubElement(group, "ul")
    for line in lines:
        SubElement(items, "li").text = line


def _tools(box: Element, slug: str) -> None:
    tools = SubElement(box, "div", {"class": "release-tools"})
    links = {
        f"/products/{slug}/affected/": "Am I affected?",
        f"/products/{slug}/upgrade/": "From my version to another",
        f"/products/{slug}/": "All versions",
    }
    for url, label in links.items():
        link = SubElement(tools, "a", {"href": url})
        link.text, link.tail = label, " "


def render_entry(parsed: ParsedEntry) -> None:
    """Set the item's permanent id, and make the names of its facts stand out."""
    item, entry = parsed.item, parsed.entry
    item.set("class", f"change change-{entry.type.value.lower()}")
    item.set("id", entry.anchor)
    if parsed.facts is None:
        return
    parsed.facts.set("class", "change-facts")
    for li in list(parsed.facts):
        if fact_key(li) == "Name":
            parsed.facts.remove(li)
        else:
            _fact(li, entry)
    if not len(parsed.facts):
        item.remove(parsed.facts)


def _fact(li: Element, entry: Entry) -> None:
    """Put the key in bold, and show a vector as the severity that it gives."""
    holder = li if (li.text or "").strip() or not len(li) else li[0]
    match = FACT.match(holder.text or "")
    if not match:
        return
    strong = Element("strong")
    strong.text = f"{match['key']}:"
    holder.text = None
    holder.insert(0, strong)
    strong.tail = f" {match['value']}"
    if match["key"].casefold() == "severity" and entry.severity:
        severity = entry.severity
        strong.tail = f" {severity.rating}, {severity.score} of 10, "
        code = Element("code")
        code.text = severity.vector
        holder.insert(1, code)
