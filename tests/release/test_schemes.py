"""Versions: the libraries' order, and the branch that each is of."""

from __future__ import annotations

import pytest

from plugins.release.model import Version
from plugins.release.schemes import branch_of, parse_version
from plugins.release.severity import parse_severity
from plugins.release.terms import UnknownVersionError, numbers_of, ranges_of, without_fixed
from tests.release.making import product


@pytest.mark.parametrize(
    ("scheme", "in_order"),
    [
        ("pep440", "9.0.9 9.0.10 9.1rc1 9.1"),
        ("semver", "1.0.0-alpha 1.0.0-alpha.1 1.0.0-rc.1 1.0.0 1.2.0 1.10.0"),
        ("debian", "1.0~rc1-1 1.0-1 1.0-2 1:0.1-1"),
        ("rpm", "1.0-1 1.0-2 1.1-1"),
        ("maven", "1.0-alpha-1 1.0-SNAPSHOT 1.0 1.0.1"),
        ("gem", "1.0.a 1.0 1.0.1"),
        ("alpine", "1.0_alpha1 1.0 1.0-r1 1.1"),
        ("arch", "1.0-1 1.0-2 1:0.1-1"),
        ("gentoo", "1.0_alpha 1.0 1.0-r1 1.1"),
        ("composer", "1.0.0-alpha1 1.0.0 1.10.0"),
        ("golang", "v1.0.0-rc.1 v1.0.0 v1.10.0"),
        ("openssl", "1.0.2a 1.0.2z 1.1.1 3.0.0"),
        ("conan", "1.0 1.2 1.10"),
        ("nuget", "1.0.0-beta 1.0.0 1.0.0.1"),
    ],
)
def test_versions_have_the_order_of_their_scheme(scheme: str, in_order: str) -> None:
    names = in_order.split()

    assert sorted(names, key=lambda name: parse_version(scheme, name)) == names


@pytest.mark.parametrize("scheme", ["pep440", "semver", "debian", "gem"])
@pytest.mark.parametrize("text", ["", "latest", "unreleased"])
def test_words_are_no_versions(scheme: str, text: str) -> None:
    assert parse_version(scheme, text) is None


@pytest.mark.parametrize(
    ("version", "branch"),
    [("9.1.3", "9.1"), ("9.10.1", ""), ("18rc1", "18"), ("v18.2", "18"), ("1.2.3", "1.2")],
)
def test_branch_is_the_longest_that_a_version_begins_with(version: str, branch: str) -> None:
    assert branch_of(version, ["9.1", "18", "1", "1.2"]) == branch


@pytest.mark.parametrize(
    ("vector", "found"),
    [
        ("AV:N/AC:M/Au:N/C:N/I:P/A:N", ("CVSS_V2", 4.3, "Medium")),
        ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", ("CVSS_V3", 9.8, "Critical")),
        (
            "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N",
            ("CVSS_V4", 9.3, "Critical"),
        ),
    ],
)
def test_severity_is_computed_from_its_vector(vector: str, found: tuple[object, ...]) -> None:
    severity = parse_severity(vector)

    assert (severity.standard, severity.score, severity.rating) == found
    assert severity.vector == vector


VERSIONS = product("1.0 1.1 1.2 2.0 2.1 3.0").versions


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ("all", "1.0 1.1 1.2 2.0 2.1 3.0"),
        ("none", ""),
        ("2", "2.0 2.1"),
        ("1.1", "1.1"),
        ("1.1 to 2.0", "1.1 1.2 2.0"),
        ("1.1–2.0", "1.1 1.2 2.0"),
        ("before 1.2", "1.0 1.1"),
        ("< 1.2", "1.0 1.1"),
        ("<= 1.2", "1.0 1.1 1.2"),
        ("since 2.1", "2.1 3.0"),
        (">=2.1", "2.1 3.0"),
        ("2.1 and later", "2.1 3.0"),
    ],
)
def test_term_names_versions(term: str, found: str) -> None:
    assert _names(numbers_of(term, VERSIONS)) == found


def test_term_of_no_version_says_which() -> None:
    with pytest.raises(UnknownVersionError, match=r"9\.9"):
        numbers_of("1.0 to 9.9", VERSIONS)


def test_versions_with_the_fix_are_not_affected() -> None:
    numbers = without_fixed(set(range(6)), (1, 4), VERSIONS)

    assert _names(numbers) == "1.0 2.0 3.0"
    assert ranges_of(numbers) == ((0, 0), (3, 3), (5, 5))


def _names(numbers: set[int]) -> str:
    versions: tuple[Version, ...] = VERSIONS
    return " ".join(versions[number].name for number in sorted(numbers))
