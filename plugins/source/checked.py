"""Checks front matter and settings with pydantic, and returns them as Structs.

The Structs are declared once, with their rules (rules.py); pydantic's models are made from them
here.
"""

from __future__ import annotations

import functools
import types
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin
from zoneinfo import ZoneInfo

from msgspec import NODEFAULT, Meta, Struct
from msgspec.structs import FieldInfo, fields
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    create_model,
)
from pydantic.json_schema import models_json_schema

from .rules import After, Before

S = TypeVar("S", bound=Struct)

CONFIG = ConfigDict(
    frozen=True, populate_by_name=True, arbitrary_types_allowed=True, defer_build=True
)


def checked(kind: type[S], values: object, *, zone: ZoneInfo | None = None) -> S:
    """Return the values as a Struct; raise pydantic's ValidationError with every fault.

    `zone` is for times that name no zone.
    """
    return as_struct(kind, model_of(kind).model_validate(values, context={"zone": zone}))


def as_struct(kind: type[S], model: BaseModel) -> S:
    """Return the Struct of a model that pydantic has checked."""
    return kind(**model.__dict__)


@functools.cache
def model_of(kind: type[Struct]) -> type[BaseModel]:
    """Return the pydantic model that checks the values of a Struct."""
    is_strict = kind.__struct_config__.forbid_unknown_fields
    config = ConfigDict(**CONFIG, extra="forbid" if is_strict else "ignore")
    made: Any = {field.name: (_checked_type(field.type), _field(field)) for field in fields(kind)}
    model: type[BaseModel] = create_model(
        kind.__name__, __config__=config, __doc__=kind.__doc__, **made
    )
    return model


def json_schemas_of(
    kinds: Iterable[type[Struct]],
) -> tuple[dict[type[Struct], dict[str, Any]], dict[str, Any]]:
    """Return a reference to the JSON Schema of each Struct, and the schema that has them all."""
    models = {kind: model_of(kind) for kind in kinds}
    places, schema = models_json_schema([(model, "validation") for model in models.values()])
    return {kind: places[model, "validation"] for kind, model in models.items()}, schema


def _field(field: FieldInfo) -> Any:
    alias = field.encode_name if field.encode_name != field.name else None
    if field.default_factory is not NODEFAULT:
        return Field(default_factory=field.default_factory, alias=alias)
    return Field(default=... if field.default is NODEFAULT else field.default, alias=alias)


def _checked_type(hint: Any) -> Any:
    """Return a type with our rules as pydantic's validators, and with models instead of Structs."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        marks = [mark for rule in arguments[1:] for mark in _marks(rule)]
        return Annotated[(_checked_type(arguments[0]), *marks)]
    if isinstance(hint, type) and issubclass(hint, Struct):
        return Annotated[model_of(hint), AfterValidator(functools.partial(as_struct, hint))]
    if origin in {Union, types.UnionType}:
        return Union[tuple(map(_checked_type, arguments))]  # noqa: UP007  of a list
    if origin in {tuple, dict}:
        return origin[tuple(map(_checked_type, arguments))]
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return Mapping[tuple(map(_checked_type, arguments))]  # type: ignore[misc]
    return hint


def _marks(rule: object) -> list[Any]:
    """Return a rule in pydantic's terms."""
    match rule:
        case Before(read, schema):
            return [BeforeValidator(read), *([WithJsonSchema(dict(schema))] if schema else [])]
        case After(check):
            return [AfterValidator(check)]
        case Meta():
            limits = {name: getattr(rule, name) for name in ("gt", "ge", "le", "pattern")}
            limits["min_length"] = rule.min_length
            return [Field(**{k: v for k, v in limits.items() if v is not None})]
    return [rule]
