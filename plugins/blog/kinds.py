"""The kinds of post that every site has, and the front matter that some of them add."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from msgspec import field
from msgspec.structs import replace

from ..source.kinds import Channel, Fact, Kind
from ..source.rules import Before
from ..source.schema import (
    AnswerAddress,
    Closing,
    Day,
    PostFrontMatter,
    Strict,
    Text,
    WebAddress,
    Words,
)
from ..source.times import day_in_words


def _withdrawn(value: object) -> object:
    """Return reasons by version; one text is the reason for all versions."""
    return {"all": value} if isinstance(value, str) else value


ReleaseType = Literal["security", "maintenance", "feature"]


class EndOfLife(Strict, frozen=True, kw_only=True):
    """The end of support for a branch."""

    version: Text
    date: Day


class ReleaseFrontMatter(PostFrontMatter, frozen=True, kw_only=True):
    """Release notes."""

    product: Text | None = None
    """The name or slug of a product that has a file below `products/`."""
    versions: Words = ()
    type: ReleaseType | None = None
    """The reason for the release."""
    withdrawn: Annotated[Mapping[str, Text], Before(_withdrawn)] = field(default_factory=dict)
    """The reasons why versions were withdrawn, by version; a single text applies to all of them."""
    end_of_life: tuple[EndOfLife, ...] = ()


class CallFrontMatter(PostFrontMatter, frozen=True, kw_only=True):
    """A question to the readers."""

    closes: Closing
    """The moment at which it closes; a date alone counts to the end of that day."""
    respond: AnswerAddress | None = None
    """The address for answers."""


class TalkFrontMatter(PostFrontMatter, frozen=True, kw_only=True):
    """A talk."""

    place: Text | None = None
    slides: WebAddress | None = None
    recording: WebAddress | None = None


def release_facts(release: ReleaseFrontMatter) -> Iterator[Fact]:
    """Yield the ends of support, and the versions if the release is of no product of the site."""
    if release.versions and not release.product:  # a product's versions open the text itself
        yield Fact.of_texts("Versions", release.versions)
    if release.end_of_life:
        ends = [f"{e.version} on {day_in_words(e.date)}" for e in release.end_of_life]
        yield Fact.of_texts("End of life", ends)


def fixes_security(release: ReleaseFrontMatter) -> bool:
    """Return True if a release fixes security holes."""
    return release.type == "security"


def talk_facts(talk: TalkFrontMatter) -> Iterator[Fact]:
    """Yield the place of a talk, and its slides and recording."""
    if talk.place:
        yield Fact.of_texts("Place", [talk.place])
    links = {"Slides": talk.slides, "Recording": talk.recording}
    for label, url in links.items():
        if url:
            yield Fact(label, ((url, url),))


SECURITY = Channel(
    sort="security",
    title="security releases",
    label="Security",
    introduction="Releases that close a security hole, and nothing else.",
    holds=fixes_security,
)

OWN = (
    Kind("guide", "Guide", "Guides", "How to do a thing, step by step, with the commands.", 10),
    Kind("essay", "Essay", "Essays", "One thought, argued through.", 20),
    Kind(
        "release",
        "Release",
        "Releases",
        "What a new version changes, and who should care.",
        30,
        ReleaseFrontMatter,
        release_facts,
        (SECURITY,),
    ),
    Kind("itinerary", "Itinerary", "Itineraries", "Where to be found, and when.", 40),
    Kind("recap", "Recap", "Recaps", "What happened at an event.", 50),
    Kind("checklist", "Checklist", "Checklists", "Things to go through, one by one.", 60),
    Kind(
        "call", "Call", "Calls", "Questions to the readers, open until a date.", 70, CallFrontMatter
    ),
    Kind("talk", "Talk", "Talks", "Talks given or to be given.", 80, TalkFrontMatter, talk_facts),
    Kind("news", "News", "News", "Short notices.", 90),
)

KINDS = tuple(replace(kind, glyph=kind.name, tint=tint) for tint, kind in enumerate(OWN, 1))
"""The kinds, each with the name of its drawing and the number of its colour."""
