"""What is encoded comes back equal, in type and value; what is no data is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from plugins.blog.kinds import CallFrontMatter
from plugins.source.codec import Digests, NotPlainError, decode, digest, encode
from plugins.source.problem import Place, Problem, Severity
from plugins.source.schema import Image

BERLIN = ZoneInfo("Europe/Berlin")

VALUES = [
    None,
    True,
    3,
    2.5,
    "text",
    ["(", "no", "tuple"],
    ("@", ("a",), []),
    {"a": (1, 2), "(": None},
    frozenset({"a"}),
    b"\x00\xff",
    date(2012, 6, 1),
    time(9, 30),
    timedelta(days=2, microseconds=1),
    datetime(2012, 6, 1, 12, tzinfo=UTC),
    datetime(2012, 10, 28, 2, 30, tzinfo=BERLIN, fold=1),
    datetime.fromisoformat("2012-06-01T12:00:00.000001+05:30"),
    BERLIN,
    Problem(Place("a.md", 1, 2), "x", "y", severity=Severity.WARNING),
]

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


class Wide(Struct, frozen=True):
    """Large enough to be remembered."""

    a: str
    b: str = ""
    c: str = ""
    d: str = ""
    e: str = ""
    f: str = ""
    g: tuple[object, ...] = ()


def through_json(value: object) -> object:
    return decode(json.loads(json.dumps(encode(value))))


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_values_come_back(value: object) -> None:
    back = through_json(value)

    assert (back, type(back)) == (value, type(value))


@given(plain)
def test_any_plain_value_comes_back(value: object) -> None:
    assert through_json(value) == value


def test_front_matter_comes_back_as_its_model() -> None:
    head = {"title": "T", "kind": "call", "date": "2012-06-01", "closes": "2012-07-01"}
    call = CallFrontMatter.model_validate({**head, "image": {"src": "a.png", "alt": "A"}})
    back = through_json(call)

    assert isinstance(back, CallFrontMatter)
    assert back == call
    assert isinstance(back.image, Image)


class Pair(NamedTuple):
    """Would come back as a tuple like any other."""

    a: int


@pytest.mark.parametrize("value", [lambda: 0, open, object(), (1, lambda: 0), Pair(1)])
def test_what_is_no_data_is_refused(value: object) -> None:
    with pytest.raises(NotPlainError):
        encode(value)


@pytest.mark.parametrize(
    "data",
    [
        *([], [1], ["os:system", "ls"], ["builtins:eval", "1"], ["f", "os:system"], ["@", "?"]),
        *(["pathlib:Path", "/"], ["plugins.source.problem:Place"]),
        ["plugins.source.problem:quoted", "a"],
    ],
)
def test_data_that_no_value_is_encoded_as_is_refused(data: list[object]) -> None:
    with pytest.raises(ValueError, match=r"^no"):
        decode(data)


@pytest.mark.parametrize("fingerprint", [digest, Digests().of])
def test_fingerprints_tell_values_apart(fingerprint: Callable[..., str]) -> None:
    one = Wide("a", g=(Wide("b"),))

    assert fingerprint(one, one) == fingerprint(Wide("a", g=(Wide("b"),)), one)
    assert fingerprint(one) != fingerprint(replace(one, g=(Wide("c"),)))
    assert fingerprint(("a",), "b") != fingerprint(("a", "b"))
    assert fingerprint(Severity.ERROR) != fingerprint(0)


class Colour(Enum):
    """As features have them."""

    RED = "red"


def test_a_member_comes_back_as_itself() -> None:
    assert through_json((Colour.RED,))[0] is Colour.RED  # type: ignore[index]
