"""The typed front matter of posts and pages, and its JSON Schema for editors.

One schema serves YAML and classic heads: both give text, and the types here read it. A feature
whose posts have facts of their own extends `PostFrontMatter` and names it in its `Kind`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import PurePosixPath
from typing import Annotated, Any, ClassVar, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic.json_schema import models_json_schema
from pydantic_core import PydanticCustomError

from .codec import encode
from .marked import Location
from .patience import limited
from .placeholder import NAME, Placeholder
from .problem import one_of, quoted
from .slug import is_mark
from .times import EXPECTED_DAY, EXPECTED_MOMENT, NOT_ISO, parse_day, parse_moment

# Matches `pt`, `pt-BR`, `zh-Hant-TW`; not `english` or `pt_BR`. The shape of BCP 47, section 2.1.
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")

# Matches `alembic-in-practice`, `Größe`, `9.1`; not `..`, `a/b`, `a b` or an empty text.
SLUG = re.compile(r"(?!\.+$)[\w.~-]+")

PATTERN_SECONDS = 2
"""How long the pattern of a placeholder may take to read its default."""

MOST_WORDS = 200
"""Tags or authors of one post: each has a page that names all others, so work grows by squares."""


def fault(expected: str, *, found: str = "", hint: str = "") -> PydanticCustomError:
    """An error that carries its own words: what was expected, and a hint."""
    context = {"expected": expected, "found": found, "hint": hint}
    return PydanticCustomError("hallway", "expected {expected}", context)


def _moment(value: object, info: ValidationInfo) -> object:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str):
        raise fault(EXPECTED_MOMENT)
    zone = (info.context or {}).get("zone") or ZoneInfo("UTC")
    try:
        return parse_moment(value, zone=zone)
    except ValueError as error:
        raise _date_fault(value, error, EXPECTED_MOMENT) from None


def _closing(value: object, info: ValidationInfo) -> object:
    """A day alone closes at its end, which is the next day's beginning."""
    moment = _moment(value, info)
    if isinstance(value, str) and isinstance(moment, datetime) and ":" not in value:
        return moment + timedelta(days=1)
    return moment


def _day(value: object) -> object:
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise fault(EXPECTED_DAY)
    try:
        return parse_day(value)
    except ValueError as error:
        raise _date_fault(value, error, EXPECTED_DAY) from None


def _date_fault(value: str, error: ValueError, expected: str) -> PydanticCustomError:
    if str(error) == NOT_ISO:
        hint = "write year, month and day in full: YYYY-MM-DD"
        return fault(expected, found=quoted(value), hint=hint)
    return fault("a day and time that exist", found=f"{quoted(value)}, whose {error}")


def _list(value: object) -> object:
    """One text where a list is wanted is a list of what its commas separate."""
    if isinstance(value, str):
        mark = ";" if ";" in value else ","
        return [part.strip() for part in value.split(mark) if part.strip()]
    return value


def _few(words: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse so many words that every page of one of them would name all the others."""
    if len(words) > MOST_WORDS:
        raise fault(f"at most {MOST_WORDS}", found=f"{len(words):,} of them")
    return words


def _slug(value: object) -> object:
    if isinstance(value, str) and not SLUG.fullmatch("".join(c for c in value if not is_mark(c))):
        raise fault(
            "letters, digits, “-”, “_”, “.” or “~”, without a slash",
            hint="a slug is one part of an address, like alembic-in-practice",
        )
    return value


def _language(value: object) -> object:
    if isinstance(value, str) and not LANGUAGE.fullmatch(value):
        dashed = value.replace("_", "-")
        hint = f"write {quoted(dashed)}" if LANGUAGE.fullmatch(dashed) else ""
        raise fault("a language tag like en, pt-BR or zh-Hant", hint=hint)
    return value


def _address(value: object, *, schemes: tuple[str, ...]) -> object:
    if isinstance(value, str) and urlsplit(value).scheme.lower() not in schemes:
        raise fault(f"an address that begins with {one_of(f'{s}:' for s in schemes)}")
    return value


def _site_path(value: object) -> object:
    if isinstance(value, str) and (not value.startswith("/") or ".." in value.split("/")):
        raise fault("a path on this site that begins with “/” and does not climb with “..”")
    return value


def _output_path(value: object) -> object:
    if isinstance(value, str) and (
        PurePosixPath(value).is_absolute() or ".." in value.split("/") or "\\" in value
    ):
        raise fault(
            "a path inside the output, like about/index.html",
            hint="no page may be written outside the output folder",
        )
    return value


def _not_blank(value: object) -> object:
    if isinstance(value, str) and not value.strip():
        raise fault("some text", found="an empty text")
    return value


def _pattern(value: object) -> object:
    if isinstance(value, str):
        try:
            re.compile(value)
        except re.error as error:
            raise fault("a regular expression", hint=str(error)) from None
    return value


def _allowed(default: str, info: ValidationInfo) -> str:
    """The default of a placeholder, if its own rules allow it."""
    choices, pattern = info.data.get("choices"), info.data.get("pattern") or ""
    if choices and default not in choices:
        raise fault(f"one of the choices: {one_of(choices)}")
    try:
        with limited(PATTERN_SECONDS):
            is_matched = not pattern or re.fullmatch(pattern, default)
    except TimeoutError:
        found = f"the pattern {quoted(pattern)}, which takes over {PATTERN_SECONDS} seconds for it"
        hint = "a part that repeats what repeats already, like (a+)+, takes that long"
        raise fault("a pattern that is tried at once", found=found, hint=hint) from None
    if not is_matched:
        raise fault(f"a text that the pattern {quoted(pattern)} matches as a whole")
    return default


Text = Annotated[str, BeforeValidator(_not_blank)]
Moment = Annotated[datetime, BeforeValidator(_moment), WithJsonSchema({"type": "string"})]
Closing = Annotated[datetime, BeforeValidator(_closing), WithJsonSchema({"type": "string"})]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Words = Annotated[tuple[Text, ...], BeforeValidator(_list)]
FewWords = Annotated[Words, AfterValidator(_few)]
Slug = Annotated[str, BeforeValidator(_slug)]
Language = Annotated[str, BeforeValidator(_language)]
SitePath = Annotated[str, BeforeValidator(_site_path)]
OutputPath = Annotated[str, BeforeValidator(_output_path)]
WebAddress = Annotated[str, BeforeValidator(partial(_address, schemes=("https", "http")))]
AnswerAddress = Annotated[
    str, BeforeValidator(partial(_address, schemes=("https", "http", "mailto")))
]
Status = Literal["published", "draft", "hidden"]


class Strict(BaseModel):
    """Front matter, or a part of it, that holds the keys it names and no other."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)


class Image(Strict):
    """A picture that stands for the post."""

    src: Text
    """Relative to the file, like a picture in the text."""
    alt: Text
    """What it shows, for those who do not see it."""


class Verify(Strict):
    """How the commands of a post are run by `make verify`."""

    folder: Text
    """The folder beside the post in whose copy they run."""
    requires: str = ""
    """A locked requirements file in that folder."""
    timeout: int = Field(default=60, gt=0, le=3600)
    """Seconds for each block."""
    network: bool = False
    """Whether the commands may use the network."""
    about: Words = ()
    """The packages whose versions the page names beside what was checked, like `[Alembic]`."""


class PlaceholderDeclaration(Strict):
    """A value that the reader may fill in."""

    label: str = ""
    pattern: Annotated[str, BeforeValidator(_pattern)] = ""
    choices: Words = ()
    default: Annotated[Text, AfterValidator(_allowed)]
    """Comes last, since it has to be what the others allow."""


def _declared(value: object) -> object:
    return {"default": value} if isinstance(value, str) else value


PlaceholderName = Annotated[str, Field(pattern=f"^{NAME}$")]
Declarations = dict[PlaceholderName, Annotated[PlaceholderDeclaration, BeforeValidator(_declared)]]


class FrontMatter(Strict):
    """What posts and pages both may say of themselves."""

    refused: ClassVar[tuple[str, ...]] = ()
    """Keys of all documents that those of this kind may not have."""

    title: Text
    """The title, as text."""
    slug: Slug | None = None
    """The last part of the address; the file's name when absent."""
    summary: str = ""
    """A sentence or two, as text, for lists and search engines."""
    modified: Moment | None = None
    """When the text last changed in a way that readers should know of."""
    status: Status = "published"
    """`draft` is never published; `hidden` is, but stands on no list."""
    lang: Language | None = None
    """The language of the text; the site's own when absent."""
    punctuation: Literal["smart", "plain"] | None = None
    """Whether typed quotes and dashes become those of the language; the site's way when absent."""
    aliases: Annotated[tuple[SitePath, ...], BeforeValidator(_list)] = ()
    """Old addresses that lead here."""
    image: Image | None = None
    template: Slug | None = None
    """A template of the theme to use, without `.html`."""
    save_as: OutputPath | None = None
    """The file in the output, when the usual place is not wanted."""
    declared: Declarations = Field(default_factory=dict, alias="placeholders")
    """Values that the reader may fill in, by name."""
    verify: Verify | None = None
    """How the commands marked `run` are checked."""

    def __eq__(self, other: object) -> bool:
        """Whether both say the same: one moment as two zones write it is not the same."""
        return self is other or (type(self) is type(other) and encode(self) == encode(other))

    __hash__ = BaseModel.__hash__

    @property
    def references(self) -> tuple[tuple[Location, str], ...]:
        """The addresses in the head that may be files of this site, each with where it stands."""
        return ((("image", "src"), self.image.src),) if self.image else ()

    @property
    def placeholders(self) -> Mapping[str, Placeholder]:
        """The declared placeholders by name."""
        return {
            name: Placeholder(name, d.default, d.label, d.pattern, d.choices)
            for name, d in self.declared.items()
        }


class PageFrontMatter(FrontMatter):
    """A page that stands by itself."""

    menu: int | None = None
    """Its place in the navigation; absent, it is not in it."""


class PostFrontMatter(FrontMatter):
    """A post of any kind."""

    kind: str
    date: Moment
    """When it is published; in the future, it waits."""
    category: Text | None = None
    tags: FewWords = ()
    authors: FewWords = ()
    expires: Moment | None = None
    """From when it is published no more."""
    event: Slug | None = None
    """The event that it is about."""
    series: Text | None = None
    """The series that it is part of."""


def keys_of(schema: type[BaseModel]) -> list[str]:
    """What authors call the fields of a schema."""
    return [field.alias or name for name, field in schema.model_fields.items()]


def required_keys(schema: type[BaseModel]) -> list[str]:
    """Return what authors call the fields that a schema cannot do without."""
    fields = schema.model_fields.items()
    return [field.alias or name for name, field in fields if field.is_required()]


def json_schema(kinds: Mapping[str, type[PostFrontMatter]]) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of front matter, given that of each kind of post."""
    known: list[type[BaseModel]] = [PostFrontMatter, *kinds.values(), PageFrontMatter]
    heads = dict.fromkeys(known)
    places, schema = models_json_schema([(head, "validation") for head in heads])
    options = {head: places[head, "validation"] for head in heads}
    for kind, head in kinds.items():
        definition = schema["$defs"][options[head]["$ref"].rpartition("/")[2]]
        definition["properties"]["kind"].setdefault("enum", []).append(kind)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Front matter of a Hallway post or page",
        "anyOf": list(options.values()),
        **schema,
    }
