"""Whether a version is affected: every row of the table in affected.py, and never a guess."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.release.affected import Status, status
from plugins.release.model import Type
from tests.release.making import change, product

VERSIONS = product("1.0 1.1 1.2 2.0 2.1 3.0").versions

KNOWN = change("known", 1, 4, type=Type.SECURITY, affects=((0, 0), (3, 3)))
ASKED = change("asked", 1, 4, type=Type.SECURITY, affects=((0, 0), (3, 3)), condition="you tea")
UNKNOWN = change("unknown", 1, type=Type.SECURITY)
UNKNOWN_ASKED = change("unknown-asked", 1, type=Type.SECURITY, condition="you tea")

UNSAID = msgspec.structs.replace(KNOWN, unknown=((5, 5),))

A, P, N, U = Status.AFFECTED, Status.PERHAPS, Status.NOT_AFFECTED, Status.NOT_KNOWN


@pytest.mark.parametrize(
    ("told", "holds", "wanted"),
    [
        (KNOWN, None, [A, N, N, A, N, N]),
        (ASKED, None, [P, N, N, P, N, N]),
        (ASKED, True, [A, N, N, A, N, N]),
        (ASKED, False, [N, N, N, N, N, N]),
        (UNSAID, None, [A, N, N, A, N, U]),
        (UNKNOWN, None, [P, N, N, U, U, U]),
        (UNKNOWN_ASKED, False, [N, N, N, N, N, N]),
    ],
)
def test_status_of_each_version(told: object, holds: bool | None, wanted: list[Status]) -> None:
    found = [status(told, number, VERSIONS, holds=holds) for number in range(len(VERSIONS))]  # type: ignore[arg-type]

    assert found == wanted


@given(st.integers(0, 5), st.lists(st.integers(0, 5), min_size=1, unique=True))
def test_unknown_is_never_not_affected(number: int, fixed: list[int]) -> None:
    told = change("told", *sorted(fixed), type=Type.SECURITY)
    own = [n for n in fixed if VERSIONS[n].branch == VERSIONS[number].branch and n <= number]

    assert (status(told, number, VERSIONS) is N) == bool(own)
