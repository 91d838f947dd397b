"""Calls of somebody else's plugin: when one raises, the build says which plugin and which post.

Ours are not guarded: what they raise is a fault of Hallway's own, and is reported as one.
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
"""The members of a feature that are called."""


class Guarded(Struct, frozen=True):
    """A function of a plugin, called so that it is named when it fails."""

    plugin: str
    name: str
    call: Callable[..., Any]

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Return what the function does; raise ConfigurationError where it raises anything else."""
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
    """The folder of the function that was called: the first place below ours."""
    frames = traceback.extract_tb(error.__traceback__) if error else []
    return str(Path(frames[1].filename).parent) if len(frames) > 1 else ""


def _subject(*arguments: Any) -> str:
    """The file, or else the title, of what a function was called for."""
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
    """Return the feature of somebody else's plugin with all its functions guarded."""

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
