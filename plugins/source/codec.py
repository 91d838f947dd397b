"""Our values as plain data and back: what a cache keeps, and what its keys are made of.

    value = null / true / false / number / text     ; themselves
          / [ "(" *value ]                          ; a tuple
          / [ "[" *value ]                          ; a list
          / [ "{" *( value value ) ]                ; a mapping, in its own order
          / [ "<" *value ]                          ; a frozenset, sorted by their plain data
          / [ "@" text ]                            ; a date, time, zone or span of time; see TIMES
          / [ "b" text ]                            ; bytes, base64
          / [ "f" text ]                           ; a function by its name: only in fingerprints
          / [ name *value ]                         ; a record or a pydantic model: its fields
          / [ name value ]                          ; an enum's member: its value

A name is `module:Class`. Only classes that are loaded are found, never imported; only records,
models and enums are made, and none of their code is chosen by the data.
"""

from __future__ import annotations

import base64
import dataclasses
import enum
import functools
import hashlib
import marshal
import sys
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from operator import attrgetter
from types import FunctionType
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct
from pydantic import BaseModel

from .deferred import Deferred
from .kept import Shared

Plain = Any
"""Numbers, texts, None and lists of them, as above."""


class NotPlainError(TypeError):
    """A value that is no data: a function, an open file."""


def encode(value: object) -> Plain:
    """The value as plain data; raises NotPlainError."""
    kind: Any = type(value)
    return value if kind in ATOMS else _encoder(kind)(value)


def decode(plain: Plain) -> Any:
    """The value that was encoded; raises ValueError for what no value is encoded as."""
    if type(plain) is not list:
        return plain
    if not plain or type(plain[0]) is not str:
        raise ValueError("no encoded value")
    return _decoder(plain[0])(plain)


def digest(*values: object) -> str:
    """A fingerprint of values: the same for equal ones, in every process of one Python."""
    return _sum([encode(value) for value in values])


class Digests:
    """Fingerprints of many values that share large parts, each of which is looked at once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, str]] = {}
        """By identity: the value, which so stays alive, and its fingerprint."""
        self._before: dict[int, tuple[object, str]] = {}

    def turn(self) -> None:
        """Begin another build: what that does not ask for either is let go of."""
        self._before, self._known = self._known, {}

    def know(self, value: object, fingerprint: str) -> None:
        """Take this fingerprint for the value, which it has to tell from all others."""
        self._known[id(value)] = value, fingerprint

    def of(self, *values: object) -> str:
        """A fingerprint of the values; raises NotPlainError."""
        return _sum([self._folded(value) for value in values])

    def _folded(self, value: object) -> Plain:
        """The value as plain data, in which a fingerprint stands for each large part."""
        kind: Any = type(value)
        if kind in ATOMS:
            return value
        if kind is tuple:
            return ["(", *map(self._folded, value)]  # type: ignore[call-overload]
        if isinstance(value, Shared):
            value.fingerprint = value.fingerprint or _sum(self._folded(value.inputs))
            return value.fingerprint
        known = self._known.get(id(value)) or self._before.get(id(value))
        if known:
            self._known[id(value)] = known
            return known[1]
        name, fields, is_large = _shape(kind)
        if not name:
            return encode(value)
        plain = [name, *[self._folded(getattr(value, field)) for field in fields]]
        if not is_large:
            return plain
        self.know(value, _sum(plain))
        return self._known[id(value)][1]


RECORDS = Struct, Deferred
"""What our values are made of: fields in an order."""

LARGE = 7
"""Fields from which on a record is worth remembering."""


@functools.cache
def _shape(kind: type[Any]) -> tuple[str, tuple[str, ...], bool]:
    """The name and fields of what is folded, and whether it is remembered; no name for the rest."""
    if issubclass(kind, RECORDS):
        return _name(kind), field_names(kind), len(field_names(kind)) >= LARGE
    return "", (), False


def _sum(plain: Plain) -> str:
    # Version 2 of marshal writes what is shared as often as it occurs, so that equal is equal.
    return hashlib.blake2b(marshal.dumps(plain, 2), digest_size=16).hexdigest()


ATOMS: frozenset[type] = frozenset({str, int, float, bool, type(None)})


def _with_zone(moment: datetime) -> str:
    zone = f" {moment.tzinfo.key}" if isinstance(moment.tzinfo, ZoneInfo) else ""
    fold = f"~{zone}" if moment.fold else zone
    return moment.isoformat() + fold


def _moment(text: str) -> datetime:
    stamp, _, zone = text.partition(" ")
    moment = datetime.fromisoformat(stamp.removesuffix("~")).replace(fold=stamp.endswith("~"))
    return moment.replace(tzinfo=ZoneInfo(zone)) if zone else moment


def _span(text: str) -> timedelta:
    return timedelta(microseconds=float(text))


TIMES: Mapping[type, tuple[str, Callable[[Any], str], Callable[[str], Any]]] = {
    datetime: ("t", _with_zone, _moment),
    date: ("d", date.isoformat, date.fromisoformat),
    time: ("c", time.isoformat, time.fromisoformat),
    timedelta: ("s", lambda s: repr(s / timedelta(microseconds=1)), _span),
    ZoneInfo: ("z", lambda zone: zone.key, ZoneInfo),
}
"""By type: a letter, how it is written after it, and how it is read."""


@functools.cache
def _encoder(kind: type[Any]) -> Callable[[Any], Plain]:
    """How values of a type are encoded."""
    if kind in TIMES:
        letter, write, _ = TIMES[kind]
        return lambda value: ["@", letter + write(value)]
    if kind is bytes:
        return lambda value: ["b", base64.b64encode(value).decode()]
    if kind in {tuple, list} or issubclass(kind, frozenset):
        return _sequence_encoder(kind)
    if issubclass(kind, Mapping):
        return lambda value: ["{", *(encode(one) for item in value.items() for one in item)]
    if issubclass(kind, enum.Enum):
        return lambda value: [_name(kind), encode(value.value)]
    if issubclass(kind, str):
        return str
    if issubclass(kind, (*RECORDS, BaseModel)):
        return _fields_encoder(kind)
    if kind is FunctionType:
        return _function
    raise NotPlainError(f"{kind.__name__} is no data")


def _function(value: Any) -> Plain:
    """The name of a function, if that tells it from all others."""
    if "<" in value.__qualname__:
        raise NotPlainError(f"{value.__qualname__} is no data")
    return ["f", f"{value.__module__}:{value.__qualname__}"]


def _sequence_encoder(kind: type) -> Callable[[Any], Plain]:
    if issubclass(kind, frozenset):
        return lambda value: ["<", *sorted(map(encode, value), key=repr)]
    sign = "(" if issubclass(kind, tuple) else "["
    return lambda value: [sign, *map(encode, value)]


def _fields_encoder(kind: type) -> Callable[[Any], Plain]:
    name, fields = _name(kind), field_names(kind)
    if not fields:
        return lambda value: [name]
    if len(fields) == 1:
        return lambda value: [name, encode(getattr(value, fields[0]))]
    get = attrgetter(*fields)
    return lambda value: [name, *[v if type(v) in ATOMS else encode(v) for v in get(value)]]


def field_names(kind: type) -> tuple[str, ...]:
    """The fields of a record or a model, in the order in which they are encoded."""
    if issubclass(kind, BaseModel):
        return tuple(kind.model_fields)
    if issubclass(kind, Struct):
        return kind.__struct_fields__
    made: Any = kind
    return tuple(field.name for field in dataclasses.fields(made))


def _name(kind: type) -> str:
    return f"{kind.__module__}:{kind.__qualname__}"


@functools.cache
def _decoder(sign: str) -> Callable[[list[Plain]], Any]:
    """How a list that begins with a sign or name is decoded."""
    simple: dict[str, Callable[[list[Plain]], Any]] = {
        "(": lambda plain: tuple(map(decode, plain[1:])),
        "[": lambda plain: list(map(decode, plain[1:])),
        "<": lambda plain: frozenset(map(decode, plain[1:])),
        "{": lambda plain: dict(zip(*[iter(map(decode, plain[1:]))] * 2, strict=True)),
        "b": lambda plain: base64.b64decode(plain[1], validate=True),
        "@": lambda plain: _time(plain[1]),
    }
    return simple.get(sign) or _class_decoder(_class(sign))


def _time(text: str) -> Any:
    for letter, _, read in TIMES.values():
        if text.startswith(letter):
            return read(text[1:])
    raise ValueError(f"no time: {text!r}")


def _class(name: str) -> type:
    """The class of a name, in a module that is loaded."""
    module, _, path = name.partition(":")
    found: Any = sys.modules.get(module)
    for step in path.split("."):
        found = getattr(found, step, None)
    if not isinstance(found, type) or _name(found) != name:
        raise ValueError(f"no class: {name!r}")
    return found


def _class_decoder(kind: type) -> Callable[[list[Plain]], Any]:
    if issubclass(kind, enum.Enum):
        return lambda plain: kind(decode(plain[1]))
    if issubclass(kind, BaseModel):
        return functools.partial(_model, kind, field_names(kind))
    if not issubclass(kind, RECORDS):
        raise ValueError(f"no class of data: {kind!r}")
    return functools.partial(_instance, kind, len(field_names(kind)) + 1)


def _instance(kind: type, length: int, plain: list[Plain]) -> Any:
    if len(plain) != length:
        raise ValueError(f"not the fields of {kind!r}")
    return kind(*[v if type(v) is not list else _decoder(v[0])(v) for v in plain[1:]])


def _model(kind: type[BaseModel], names: tuple[str, ...], plain: list[Plain]) -> BaseModel:
    """The model of values that it has checked once already.

    So does `model_construct` of pydantic 2, but it asks each field for its aliases and default.
    """
    model = kind.__new__(kind)
    values = dict(zip(names, map(decode, plain[1:]), strict=True))
    object.__setattr__(model, "__dict__", values)
    object.__setattr__(model, "__pydantic_fields_set__", set(names))
    object.__setattr__(model, "__pydantic_extra__", None)
    object.__setattr__(model, "__pydantic_private__", None)
    return model
