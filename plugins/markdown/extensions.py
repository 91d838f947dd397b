"""Extensions of Python-Markdown that a site names in its setting `MARKDOWN`, as Pelican has it.

An extension's inline patterns and tree processors run on our tree, with the features' tree readers:
patterns on running text after our own rules, then tree processors, each by its priority. What else
an extension may bring works on text that is not yet read, for which there is no place here; such an
extension is refused by name. Extensions whose syntax we have ourselves are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from ..source.errors import ConfigurationError
from ..source.problem import quoted
from .reading import Reading, TreeReader
from .tree import CLOSED, RAW, replace_texts

if TYPE_CHECKING:
    from markdown import Markdown

OURS = frozenset(
    "extra abbr attr_list def_list fenced_code footnotes md_in_html tables admonition codehilite"
    " meta sane_lists smarty toc details highlight keys magiclink mark quotes superfences tabbed"
    " tilde caret".split()
)
"""Extensions of Python-Markdown and pymdownx by their last name, whose syntax is read without."""

WITHOUT_PLACE = {
    "preprocessors": "a preprocessor",
    "blockprocessors": "a block processor",
    "postprocessors": "a postprocessor",
}
"""The parts of an extension that cannot run, by the registry that holds them."""

EXPECTED = "one with inline patterns and tree processors only"


def extension_reader(setting: Mapping[str, Any]) -> TreeReader | None:
    """Return what runs the extensions that a setting names; None if there are none but ours.

    Raises ConfigurationError with every extension that cannot run.
    """
    configs = setting.get("extension_configs", {})
    named = dict.fromkeys([*setting.get("extensions", ()), *configs])
    names = [name for name in named if str(name).rpartition(".")[2] not in OURS]
    if wrong := [fault for name in names for fault in _faults(name, configs)]:
        raise ConfigurationError(*wrong)
    return _Extensions(names, configs).read if names else None


def _converter(names: Sequence[Any], configs: Mapping[str, Any]) -> Markdown:
    from markdown import Markdown  # noqa: PLC0415  few sites name any, and it takes long

    chosen = {name: configs[name] for name in names if name in configs}
    return Markdown(extensions=list(names), extension_configs=chosen)


def _faults(name: Any, configs: Mapping[str, Any]) -> Iterator[str]:
    """Say why an extension cannot run, if it cannot."""
    start = f"MARKDOWN: found the extension {quoted(str(name))}, "
    try:
        with_it, bare = _converter([name], configs), _converter([], {})
    except (ImportError, AttributeError, TypeError, KeyError, ValueError) as error:
        yield f"{start}which cannot be loaded ({error}); expected {EXPECTED}"
        return
    for registry, words in WITHOUT_PLACE.items():
        for part in _added(with_it, bare, registry):
            yield f"{start}which brings {words} ({part}); expected {EXPECTED}"


class _Extensions:
    """The extensions of one site, ready to run on trees."""

    def __init__(self, names: Sequence[Any], configs: Mapping[str, Any]) -> None:
        self.md, bare = _converter(names, configs), _converter([], {})
        self.trees = _added(self.md, bare, "treeprocessors")
        self.patterns = _added(self.md, bare, "inlinePatterns")
        for name in _names(self.md, "inlinePatterns"):
            if name not in self.patterns:
                self.md.inlinePatterns.deregister(name)

    def read(self, root: Element, reading: Reading) -> None:
        """Let the extensions change a tree."""
        from markdown.util import HTML_PLACEHOLDER_RE, AtomicString  # noqa: PLC0415

        self.md.reset()
        for element in root.iter():
            if element.tag in CLOSED and element.text:
                element.text = AtomicString(element.text)
        processors = [self.md.treeprocessors["inline"]] if self.patterns else []
        for processor in [*processors, *self.trees.values()]:
            changed = processor.run(root)
            if changed is not None and changed is not root:
                root[:] = list(changed)
        replace_texts(root, HTML_PLACEHOLDER_RE, self._stashed, may_match=lambda t: "wzxhzdk" in t)

    def _stashed(self, match: Any) -> Element:
        element = Element(RAW)
        element.text = str(self.md.htmlStash.rawHtmlBlocks[int(match[1])])
        return element


def _registry(md: Markdown, name: str) -> Any:
    return getattr(md.parser if name == "blockprocessors" else md, name)


def _names(md: Markdown, name: str) -> list[str]:
    registry = _registry(md, name)
    registry._sort()
    return [item.name for item in registry._priority]


def _added(md: Markdown, bare: Markdown, name: str) -> dict[str, Any]:
    """Return the items that the extensions added to a registry, in its order."""
    known, registry = set(_names(bare, name)), _registry(md, name)
    return {each: registry[each] for each in _names(md, name) if each not in known}
