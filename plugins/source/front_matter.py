"""Front matter: finds its end, reads its keys, and checks them.

    document = ( yaml-head | classic-head ) body
    yaml-head = "---" EOL yaml ( "---" | "..." ) EOL          ; real YAML, see marked.py
    classic-head = 1*field [ blank-line ]
    field = key ":" [ blanks ] value EOL *( 4SP more EOL )    ; more lines join with a blank
    key = 1*( letter / digit / "_" / "-" )                    ; case does not matter

Both forms give marked values for one schema (schema.py); every problem has its line and column.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from .checked import checked, model_of
from .kinds import Kinds
from .marked import Location, Marked, parse_yaml
from .problem import Place, Problem, Problems, Source, did_you_mean, nearest, one_of, quoted
from .rules import WrongValueError
from .schema import FrontMatter, PageFrontMatter, PostFrontMatter, keys_of, required_keys

S = TypeVar("S", bound=FrontMatter)
M = TypeVar("M", bound=Struct)

# Matches `Title: A day` and `date:`; not `http://example.org` (its value must not begin with //),
# `- item` or a line that begins with four blanks.
FIELD = re.compile(r"(?P<key> {0,3}[A-Za-z][\w-]*):(?!//)[ \t]*(?P<value>.*)")

# Matches a line that continues the field above it.
MORE = re.compile(r"(?: {4,}|\t)(?P<value>.*\S.*)")

NO_VALUE = "no value"

STAND_IN = "2000-01-01"
"""The value of a required key that is absent or wrong, where only the text below is checked.

It can be read as a text, as a day and as a moment.
"""

YAML_FENCE = re.compile(r"---[ \t]*")
YAML_END = re.compile(r"(?:---|\.\.\.)[ \t]*")


class _Owners(Struct, frozen=True):
    """The kinds of post, some of which have keys that others may not have."""

    kinds: Kinds
    is_sure: bool
    """True if the kind of this post is known."""


class Head(Struct, frozen=True):
    """Front matter as marked values, and the line of the file on which the body begins."""

    values: Marked
    body_line: int


def split_head(source: Source, problems: Problems) -> Head | None:
    """Return the front matter of a document; None, with a problem, if it is absent or broken."""
    lines = source.lines
    is_yaml = YAML_FENCE.fullmatch(lines[0])
    head = (_yaml_head if is_yaml else _classic_head)(source, lines, problems)
    return _with_authors(head) if head else None


def _with_authors(head: Head) -> Head:
    """Return the head with Pelican's usual `author` renamed to the schema's `authors`."""
    values = head.values.value
    if not isinstance(values, dict) or "author" not in values or "authors" in values:
        return head
    renamed = {"authors" if key == "author" else key: node for key, node in values.items()}
    return replace(head, values=replace(head.values, value=renamed))


def read_post(
    source: Source, head: Head, zone: ZoneInfo, problems: Problems, kinds: Kinds
) -> FrontMatter | None:
    """Return the front matter of a post as far as it is valid, and add all its problems."""
    kind = head.values.at(("kind",)).plain() if _has(head, "kind") else None
    is_known = isinstance(kind, str) and kind in kinds.names
    if kind is None:
        problems.append(_no_kind(source, head, kinds))
    elif isinstance(kind, str) and not is_known:
        problems.append(_unknown_kind(source, head, kinds))
    schema = kinds.schema(str(kind))
    post = read_head(source, head, schema, zone, problems, kinds, kind_known=is_known)
    if isinstance(post, PostFrontMatter):
        _check_dates(source, head, post, problems)
    return post


def places_of(source: Source, head: Head) -> dict[str, tuple[Place, str]]:
    """Return the place of each key's value, and that line of the file, by key."""
    values = head.values.value
    nodes = values if isinstance(values, dict) else {}
    lines = source.lines
    return {
        key: (Place(source.path, node.line, node.column), lines[node.line - 1])
        for key, node in nodes.items()
    }


def read_page(
    source: Source, head: Head, zone: ZoneInfo, problems: Problems, kinds: Kinds
) -> FrontMatter | None:
    """Return the front matter of a page as far as it is valid, and add all its problems."""
    return read_head(source, head, PageFrontMatter, zone, problems, kinds)


def _yaml_head(source: Source, lines: Sequence[str], problems: Problems) -> Head | None:
    end = next((n for n, line in enumerate(lines) if n and YAML_END.fullmatch(line)), None)
    if end is None:
        problems.append(
            source.problem(
                1,
                1,
                found="a head that does not end",
                expected="a second line of “---” after the front matter",
            )
        )
        return None
    known = len(problems)
    values = parse_yaml(Source(source.path, "\n".join(lines[1:end]), first_line=2), problems)
    if values is None:  # broken, or empty
        return Head(Marked({}, 1, 1), end + 2) if len(problems) == known else None
    if isinstance(values.value, dict):
        return Head(values, end + 2)
    problems.append(
        source.problem(
            values.line,
            values.column,
            found="no keys between the “---” lines",
            expected="“key: value” lines",
        )
    )
    return None


def _classic_head(source: Source, lines: Sequence[str], problems: Problems) -> Head | None:
    fields: dict[str, Marked] = {}
    last, number = "", 0
    for number, line in enumerate(lines, 1):
        if match := FIELD.fullmatch(line):
            last = _add_field(source, fields, match, number, problems)
        elif last and (more := MORE.fullmatch(line)):
            fields[last] = _continued(fields[last], more["value"])
        else:
            break
    if not fields:
        problems.append(_no_head(source))
        return None
    return Head(Marked(fields, 1, 1), number if lines[number - 1].strip() else number + 1)


def _add_field(
    source: Source,
    fields: dict[str, Marked],
    match: re.Match[str],
    line: int,
    problems: Problems,
) -> str:
    key, value = match["key"].strip().lower().replace("-", "_"), match["value"].strip()
    column = match.end("key") - len(match["key"].strip()) + 1
    if key in fields:
        first = fields[key].key_line
        expected = f"each key once; it stands in line {first} already"
        found = f"the key {quoted(key)} again"
        problems.append(source.problem(line, column, found=found, expected=expected))
    else:
        fields[key] = Marked(value or None, line, match.start("value") + 1, line, column)
    return key


def _continued(field: Marked, more: str) -> Marked:
    text = f"{field.value} {more.strip()}" if field.value else more.strip()
    return Marked(text, field.line, field.column, field.key_line, field.key_column)


def _no_head(source: Source) -> Problem:
    return source.problem(
        1,
        1,
        found="no front matter",
        expected="its keys, like “title: …”, between two lines of “---” at the top",
        hint="a post needs title, kind and date, a page its title",
    )


def read_head(
    source: Source,
    head: Head,
    schema: type[S],
    zone: ZoneInfo,
    problems: Problems,
    kinds: Kinds,
    *,
    kind_known: bool = True,
) -> FrontMatter | None:
    """Return the front matter as the Struct of a schema; if it has faults, add all its problems.

    With faults, the result holds the valid values, and stand-ins for required keys. If that is too
    little, it holds only the keys that every document may have. None if the declared placeholders
    cannot be known, or if even those keys cannot be read.
    """
    try:
        return checked(schema, head.values.plain(), zone=zone)
    except ValidationError as error:
        faults = error.errors(include_url=False)
        owners = _Owners(kinds, is_sure=kind_known)
        found = (_problem(source, head, schema, fault, owners) for fault in faults)
        told = {problem.place for problem in problems}
        problems += [p for p in found if p and not (p.found == NO_VALUE and p.place in told)]
        return _rest(head, schema, zone, [fault["loc"] for fault in faults])


def validated(
    source: Source, values: Marked, schema: type[M], zone: ZoneInfo, problems: Problems
) -> M | None:
    """Return the values of a YAML file as a Struct; None, with all problems, if not valid."""
    try:
        return checked(schema, values.plain(), zone=zone)
    except ValidationError as error:
        faults = error.errors(include_url=False)
        head, owners = Head(values, 1), _Owners(Kinds(), is_sure=True)
        found = (_problem(source, head, schema, fault, owners) for fault in faults)
        problems += [problem for problem in found if problem]
        return None


def _rest(
    head: Head, schema: type[S], zone: ZoneInfo, faulty: Iterable[Location]
) -> FrontMatter | None:
    """Return front matter without its faulty values, for the checks of the text below it."""
    values = head.values.plain()
    assert isinstance(values, dict)
    for key, *inner in faulty:
        declared = values.get("placeholders")
        if key == "placeholders" and inner and isinstance(declared, dict):
            declared.pop(str(inner[0]))
            if inner[-1] != "[key]":
                declared[str(inner[0])] = STAND_IN
        elif nearest(str(key), ["placeholders"]):
            return None
        else:
            values.pop(str(key), None)
    with contextlib.suppress(ValidationError):
        keys = required_keys(schema) if issubclass(schema, PostFrontMatter) else ["title"]
        needed = dict.fromkeys(keys, STAND_IN)
        return checked(schema, {**needed, **values}, zone=zone)
    known = {key: values[key] for key in keys_of(FrontMatter) if key in values}
    with contextlib.suppress(ValidationError):
        return checked(FrontMatter, {"title": STAND_IN, **known}, zone=zone)
    return None


def _problem(
    source: Source, head: Head, schema: type[Struct], details: ErrorDetails, owners: _Owners
) -> Problem | None:
    """Return the problem of one fault that the schema found, in the author's words."""
    location = details["loc"]
    kind, node = details["type"], head.values.at(location)
    if kind == "extra_forbidden":
        return _unknown_key(source, node, schema, location, owners)
    if kind == "missing":
        return _missing_key(source, head, location) if location != ("kind",) else None
    if location[-1] == "[key]":
        return _bad_name(source, node, str(location[-2]))
    if kind in {"model_type", "dict_type", "model_attributes_type"}:
        return _no_mapping(source, node, _keys_at(schema, location))
    found, expected, hint = _words(details, node)
    return source.problem(node.line, node.column, found=found, expected=expected, hint=hint)


def _words(details: ErrorDetails, node: Marked) -> tuple[str, str, str]:
    context: Mapping[str, Any] = details.get("ctx", {})
    found = _shown(node)
    if isinstance(own := context.get("error"), WrongValueError):
        return own.found or found, own.expected, own.hint
    match details["type"]:
        case "literal_error":
            words = re.findall(r"'([^']*)'", context["expected"])
            return found, one_of(words), did_you_mean(str(node.plain()), words)
        case "string_type":
            return found, "some text", ""
        case "int_parsing" | "int_type":
            return found, "a whole number", ""
        case "tuple_type" | "list_type":
            return found, "a list like [one, two]", ""
        case _:
            return found, details["msg"].removeprefix("Input should be "), ""


def _bad_name(source: Source, node: Marked, name: str) -> Problem:
    return source.problem(
        node.key_line,
        node.key_column,
        found=f"the name {quoted(name)}",
        expected="small letters, digits and “_”, beginning with a letter",
    )


def _no_mapping(source: Source, node: Marked, keys: list[str]) -> Problem:
    is_classic = not YAML_FENCE.fullmatch(source.lines[0])
    return source.problem(
        node.line,
        node.column,
        found=_shown(node),
        expected=f"keys below it: {', '.join(keys)}" if keys else "keys with values below it",
        hint="this needs a head between two lines of “---”" if is_classic else "",
    )


def _shown(node: Marked) -> str:
    if node.value is None:
        return NO_VALUE
    if isinstance(node.value, Mapping):
        return "keys below it"
    return "a list" if isinstance(node.value, tuple) else quoted(node.value)


def _unknown_key(
    source: Source, node: Marked, schema: type[Struct], location: Location, owners: _Owners
) -> Problem | None:
    key = str(location[-1])
    kinds = owners.kinds.with_key(key) if len(location) == 1 else []
    if kinds and not owners.is_sure:
        return None
    line, column = node.key_line or node.line, node.key_column or node.column
    if kinds:
        is_page, is_any = schema is PageFrontMatter, key in keys_of(PostFrontMatter)
        where = "a post" if is_page or is_any else f"a post of kind {one_of(kinds)}"
        where += ", not in a page" if is_page else ""
        found, expected = f"the key {quoted(key)}", f"it only in {where}"
        return source.problem(line, column, found=found, expected=expected)
    refused = getattr(schema, "refused", ()) if len(location) == 1 else ()
    known = [name for name in _keys_at(schema, location[:-1]) if name not in refused]
    return source.problem(
        line,
        column,
        found=f"the unknown key {quoted(key)}",
        expected=one_of(sorted(known)),
        hint=did_you_mean(key, known),
    )


def _keys_at(schema: type[Struct], location: Location) -> list[str]:
    """Return the keys that a nested value may have; at the top, those of the schema itself."""
    definitions = model_of(schema).model_json_schema()
    node: dict[str, Any] = definitions
    for step in location:
        node = node.get("properties", {}).get(str(step)) or node.get("items") or _values_of(node)
        node = _resolved(definitions, node)
    return sorted(node.get("properties", {})) or keys_of(schema)


def _values_of(node: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of the values of a mapping whose keys the author chooses."""
    values: object = node.get("additionalProperties") or next(
        iter(node.get("patternProperties", {}).values()), {}
    )
    return values if isinstance(values, dict) else {}


def _resolved(definitions: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    options = node.get("anyOf", [node])
    reference = next((o["$ref"] for o in options if "$ref" in o), "")
    return definitions["$defs"][reference.rpartition("/")[2]] if reference else node


def _missing_key(source: Source, head: Head, location: Location) -> Problem:
    key, node = str(location[-1]), head.values.at(location[:-1])
    where = _name_of(location[:-1]) if len(location) > 1 else _whole(source)
    return source.problem(
        node.key_line or node.line,
        node.key_column or node.column,
        found=f"no {quoted(key)} in {where}",
        expected=f"a line “{key}: …”",
    )


def _whole(source: Source) -> str:
    return "the front matter" if source.path.endswith(".md") else "the file"


def _name_of(location: Location) -> str:
    """Return the name of a nested value in messages: `“image”`, `entry 2 of “security”`."""
    last = location[-1]
    if isinstance(last, int) and len(location) > 1:
        return f"entry {last + 1} of {quoted(str(location[-2]))}"
    return quoted(str(last))


def _has(head: Head, key: str) -> bool:
    return isinstance(head.values.value, dict) and key in head.values.value


def _no_kind(source: Source, head: Head, kinds: Kinds) -> Problem:
    return source.problem(
        head.values.line,
        head.values.column,
        found="no “kind” in the front matter",
        expected=f"a line “kind: …” with one of {one_of(kinds.names)}",
    )


def _unknown_kind(source: Source, head: Head, kinds: Kinds) -> Problem:
    node = head.values.at(("kind",))
    return source.problem(
        node.line,
        node.column,
        found=_shown(node),
        expected=one_of(kinds.names),
        hint=did_you_mean(str(node.plain()), kinds.names),
    )


def _check_dates(source: Source, head: Head, post: PostFrontMatter, problems: Problems) -> None:
    later = {"modified": post.modified, "expires": post.expires}
    nodes = {key: head.values.at((key,)) for key, moment in later.items() if moment}
    problems += (
        source.problem(
            node.line,
            node.column,
            found=f"{_shown(node)}, which is before the post's date",
            expected=f"a date not before {post.date.date().isoformat()}",
        )
        for key, node in nodes.items()
        if (moment := later[key]) and moment < post.date
    )
