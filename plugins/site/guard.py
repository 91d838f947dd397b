"""Guards around calls of third-party plugins: an error names the plugin and the post.

Our own plugins are not guarded: an exception there is a bug in Hallway, and is reported as one.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ..source.errors import ConfigurationError, Failure, HallwayError
from ..source.kinds import Kind
from .feature import Feature, Section

MEMBERS = (
    "reads_data reads_bytes menu announces address downloads own_links plain collect plan counts"
    " theme moved remember"
).split()
"""The members of a feature that are functions."""


class Guarded(Struct, frozen=True):
    """A plugin's function, wrapped so that an error names the plugin and the function."""

    plugin: str
    name: str
    call: Callable[..., Any]

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Call the function and return its result, an iterator as a tuple.

        A HallwayError or RecursionError passes through; any other exception raises
        ConfigurationError.
        """
        failure = Failure()
        with failure:
            answer = self.call(*arguments, **named)
            return tuple(answer) if isinstance(answer, Iterator) else answer
        if isinstance(failure.error, HallwayError | RecursionError):
            raise failure.error
        of = f" for {subject}" if (subject := _subject(*arguments, *named.values())) else ""
        why = failure.explained_in(_folder(failure.error))
        raise ConfigurationError(f"PLUGINS: {self.plugin!r} failed in {self.name}{of}: {why}")


def _folder(error: Exception | None) -> str:
    """Return the folder of the function that was called: the first stack frame below ours."""
    frames = traceback.extract_tb(error.__traceback__) if error else []
    return str(Path(frames[1].filename).parent) if len(frames) > 1 else ""


def _subject(*arguments: Any) -> str:
    """Return the path of the Markdown file, or else the title, that a function was called for."""
    for argument in arguments:
        held = (getattr(argument, name, None) for name in ("document", "source"))
        for thing in (argument, *held):
            path = getattr(thing, "path", "")
            if isinstance(path, str) and path.endswith(".md"):
                return path
        if title := getattr(argument, "title", ""):
            return f"“{title}”"
    return ""


def guarded(feature: Feature, plugin: str) -> Feature:
    """Return a third-party plugin's feature with all its functions guarded."""

    def guard(name: str, call: Callable[..., Any]) -> Any:
        return Guarded(plugin, name, call)

    calls = {name: getattr(feature, name) for name in MEMBERS}
    members: dict[str, Any] = {name: guard(name, call) for name, call in calls.items() if call}
    return replace(
        feature,
        **members,
        fences={word: guard(f"the fence {word!r}", read) for word, read in feature.fences.items()},
        inlines=tuple(
            replace(each, read=guard(f"the pattern {each.pattern!r}", each.read))
            for each in feature.inlines
        ),
        trees=tuple(guard("trees", read) for read in feature.trees),
        sections=tuple(_section(section, guard) for section in feature.sections),
        kinds=tuple(_kind(kind, guard) for kind in feature.kinds),
    )


Guard = Callable[[str, Callable[..., Any]], Any]


def _section(section: Section, guard: Guard) -> Section:
    return replace(
        section,
        holds=guard(f"the section {section.name!r}", section.holds),
        reads=guard(f"the section {section.name!r}", section.reads),
    )


def _kind(kind: Kind, guard: Guard) -> Kind:
    channels = (
        replace(each, holds=guard(f"the channel {each.sort!r}", each.holds))
        for each in kind.channels
    )
    facts = guard(f"the facts of {kind.name!r}", kind.facts)
    return replace(kind, facts=facts, channels=tuple(channels))
