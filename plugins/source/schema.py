"""The front matter of posts and pages as Structs, and its JSON Schema for editors.

One schema serves YAML and classic heads: both give text, and the types here read it. A feature
whose posts have facts of their own extends `PostFrontMatter` and names that class in its `Kind`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct, field
from msgspec.structs import fields

from .patience import limited
from .placeholder import NAME, Placeholder
from .problem import one_of, quoted
from .rules import TEXT, After, Before, WrongValueError, fault
from .slug import is_mark
from .times import EXPECTED_DAY, EXPECTED_MOMENT, NOT_ISO, parse_day, parse_moment, with_offset

if TYPE_CHECKING:
    from pydantic import ValidationInfo

    from .marked import Location

# Matches `pt`, `pt-BR`, `zh-Hant-TW`; not `english` or `pt_BR`. The shape of BCP 47, section 2.1.
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")

# Matches `alembic-in-practice`, `Größe`, `9.1`; not `..`, `a/b`, `a b` or an empty text.
SLUG = re.compile(r"(?!\.+$)[\w.~-]+")

PATTERN_SECONDS = 2
"""Seconds of processor time that the pattern of a placeholder may take to match its default."""

MOST_WORDS = 200
"""The most tags or authors of one post: each has a page that names all others, so that work grows
with the square.
"""


def _moment(value: object, info: ValidationInfo) -> object:
    """Return the moment with its zone's offset at that time: a zone would not survive the memo."""
    moment = _zoned(value, info)
    return with_offset(moment) if isinstance(moment, datetime) else moment


def _zoned(value: object, info: ValidationInfo) -> object:
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
    """Return the moment at which something closes: for a day alone, the next midnight."""
    moment = _zoned(value, info)
    if isinstance(value, str) and isinstance(moment, datetime) and ":" not in value:
        moment += timedelta(days=1)
    return with_offset(moment) if isinstance(moment, datetime) else moment


def _day(value: object) -> object:
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise fault(EXPECTED_DAY)
    try:
        return parse_day(value)
    except ValueError as error:
        raise _date_fault(value, error, EXPECTED_DAY) from None


def _date_fault(value: str, error: ValueError, expected: str) -> WrongValueError:
    if str(error) == NOT_ISO:
        hint = "write year, month and day in full: YYYY-MM-DD"
        return fault(expected, found=quoted(value), hint=hint)
    return fault("a day and time that exist", found=f"{quoted(value)}, whose {error}")


def _list(value: object) -> object:
    """Return a list: a text is split at its semicolons, or if it has none, at its commas."""
    if isinstance(value, str):
        mark = ";" if ";" in value else ","
        return [part.strip() for part in value.split(mark) if part.strip()]
    return value


def _few(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words; raise a fault for more than `MOST_WORDS`."""
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
    """Return the default of a placeholder, if its own choices and pattern allow it."""
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


Text = Annotated[str, Before(_not_blank)]
Moment = Annotated[datetime, Before(_moment, TEXT)]
Closing = Annotated[datetime, Before(_closing, TEXT)]
Day = Annotated[date, Before(_day, (*TEXT, ("format", "date")))]
Words = Annotated[tuple[Text, ...], Before(_list)]
FewWords = Annotated[Words, After(_few)]
Slug = Annotated[str, Before(_slug)]
Language = Annotated[str, Before(_language)]
SitePath = Annotated[str, Before(_site_path)]
OutputPath = Annotated[str, Before(_output_path)]
WebAddress = Annotated[str, Before(partial(_address, schemes=("https", "http")))]
AnswerAddress = Annotated[str, Before(partial(_address, schemes=("https", "http", "mailto")))]
Status = Literal["published", "draft", "hidden"]


class Strict(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Front matter, or a part of it, that allows only the keys it declares."""


class Image(Strict, frozen=True, kw_only=True):
    """A picture that stands for the post."""

    src: Text
    """The file, relative to the document, like a picture in the text."""
    alt: Text
    """A description for readers who do not see it."""


class Verify(Strict, frozen=True, kw_only=True):
    """The way `make verify` runs the commands of a post."""

    folder: Text
    """The folder next to the post; the commands run in a copy of it."""
    requires: str = ""
    """A locked requirements file in that folder."""
    timeout: Annotated[int, Meta(gt=0, le=3600)] = 60
    """Seconds for each block."""
    network: bool = False
    """True if the commands may use the network."""
    about: Words = ()
    """Packages whose versions the page names next to the result of the check, like `[Alembic]`."""


class PlaceholderDeclaration(Strict, frozen=True, kw_only=True):
    """A value that the reader may fill in."""

    label: str = ""
    pattern: Annotated[str, Before(_pattern)] = ""
    choices: Words = ()
    default: Annotated[Text, After(_allowed)]
    """The last field, since it has to be allowed by the others."""


def _declared(value: object) -> object:
    return {"default": value} if isinstance(value, str) else value


PlaceholderName = Annotated[str, Meta(pattern=f"^{NAME}$")]
Declarations = dict[PlaceholderName, Annotated[PlaceholderDeclaration, Before(_declared)]]


class FrontMatter(Strict, frozen=True, kw_only=True, tag=True, tag_field="head"):
    """The front matter that posts and pages share."""

    refused: ClassVar[tuple[str, ...]] = ()
    """Keys of all documents that documents of this class may not have."""

    title: Text
    """The title, as text."""
    slug: Slug | None = None
    """The last part of the address; the file's name if absent."""
    summary: str = ""
    """A sentence or two, as text, for lists and search engines."""
    modified: Moment | None = None
    """The moment of the last change that readers should know of."""
    status: Status = "published"
    """`draft` is never published; `hidden` is published, but not listed."""
    lang: Language | None = None
    """The language of the text; the site's own if absent."""
    punctuation: Literal["smart", "plain"] | None = None
    """`smart` turns typed quotes and dashes into those of the language; the site's setting if
    absent.
    """
    aliases: Annotated[tuple[SitePath, ...], Before(_list)] = ()
    """Old addresses that lead here."""
    image: Image | None = None
    template: Slug | None = None
    """A template of the theme to use, without `.html`."""
    save_as: OutputPath | None = None
    """The file in the output, if it should not be the usual one."""
    declared: Declarations = field(default_factory=dict, name="placeholders")
    """Values that the reader may fill in, by name."""
    verify: Verify | None = None
    """Settings for the check of the commands that are marked `run`."""

    @property
    def references(self) -> tuple[tuple[Location, str], ...]:
        """Addresses in the front matter that may be files of this site, each with its location."""
        return ((("image", "src"), self.image.src),) if self.image else ()

    @property
    def placeholders(self) -> Mapping[str, Placeholder]:
        """The declared placeholders by name."""
        return {
            name: Placeholder(name, d.default, d.label, d.pattern, d.choices)
            for name, d in self.declared.items()
        }


class PageFrontMatter(FrontMatter, frozen=True, kw_only=True):
    """A page that stands by itself."""

    menu: int | None = None
    """Its place in the navigation; it is not there if absent."""


class PostFrontMatter(FrontMatter, frozen=True, kw_only=True):
    """A post of any kind."""

    kind: str
    date: Moment
    """The moment from which it is published; a post in the future waits for it."""
    category: Text | None = None
    tags: FewWords = ()
    authors: FewWords = ()
    expires: Moment | None = None
    """The moment from which it is no longer published."""
    event: Slug | None = None
    """The event that it is about."""
    series: Text | None = None
    """The series that it is part of."""


def keys_of(schema: type[Struct]) -> list[str]:
    """Return the names of a schema's fields in front matter."""
    return list(schema.__struct_encode_fields__)


def required_keys(schema: type[Struct]) -> list[str]:
    """Return the names in front matter of the fields that a schema requires."""
    return [field.encode_name for field in fields(schema) if field.required]


def json_schema(kinds: Mapping[str, type[PostFrontMatter]]) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of front matter, given that of each kind of post."""
    from .checked import json_schemas_of  # noqa: PLC0415  brings pydantic along

    known: list[type[Struct]] = [PostFrontMatter, *kinds.values(), PageFrontMatter]
    heads = dict.fromkeys(known)
    options, schema = json_schemas_of(heads)
    for kind, head in kinds.items():
        definition = schema["$defs"][options[head]["$ref"].rpartition("/")[2]]
        definition["properties"]["kind"].setdefault("enum", []).append(kind)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Front matter of a Hallway post or page",
        "anyOf": list(options.values()),
        **schema,
    }
