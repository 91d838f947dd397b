"""The bill of materials says what the lock says; an audit that learned nothing is no good news."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from plugins.setup.audit import UNREACHABLE, report
from plugins.setup.lock import entries
from plugins.setup.sbom import bill

ROOT = Path(__file__).parents[2]
LOCK = """\
# a comment
Ordered_Set==4.1 ; sys_platform == 'linux' and python_full_version < '3.13' \\
    --hash=sha256:{a} \\
    --hash=sha256:{b}
idna==3.20 \\
    --hash=sha256:{b}
""".format(a="a" * 64, b="b" * 64)
PROJECT: dict[str, object] = {"name": "hallway", "version": "1.2", "license": "AGPL-3.0-or-later"}


def test_bill_is_whole() -> None:
    assert bill(LOCK, PROJECT) == {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "pkg:pypi/hallway@1.2",
                "name": "hallway",
                "version": "1.2",
                "purl": "pkg:pypi/hallway@1.2",
                "licenses": [{"license": {"id": "AGPL-3.0-or-later"}}],
            }
        },
        "components": [
            {
                "type": "library",
                "bom-ref": "pkg:pypi/ordered-set@4.1 ; "
                "sys_platform == 'linux' and python_full_version < '3.13'",
                "name": "ordered-set",
                "version": "4.1",
                "purl": "pkg:pypi/ordered-set@4.1",
                "hashes": [
                    {"alg": "SHA-256", "content": "a" * 64},
                    {"alg": "SHA-256", "content": "b" * 64},
                ],
                "properties": [
                    {
                        "name": "environment marker",
                        "value": "sys_platform == 'linux' and python_full_version < '3.13'",
                    }
                ],
            },
            {
                "type": "library",
                "bom-ref": "pkg:pypi/idna@3.20",
                "name": "idna",
                "version": "3.20",
                "purl": "pkg:pypi/idna@3.20",
                "hashes": [{"alg": "SHA-256", "content": "b" * 64}],
            },
        ],
    }


def test_bill_of_this_project_names_every_package_once() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "plugins.setup.sbom", "requirements.txt"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )

    components = json.loads(done.stdout)["components"]

    locked = entries((ROOT / "requirements.txt").read_text("utf-8"))
    assert len({component["bom-ref"] for component in components}) == len(locked)
    assert {"pip", "setuptools", "pelican"} <= {component["name"] for component in components}
    assert all(component["hashes"] for component in components)


def test_entry_without_a_version_is_no_bill() -> None:
    with pytest.raises(ValueError, match="without a version"):
        bill("./wheels/idna-3.20-py3-none-any.whl \\\n    --hash=sha256:" + "a" * 64, PROJECT)


def test_pip_is_the_one_of_the_lock() -> None:
    locked = entries((ROOT / "requirements.txt").read_text("utf-8"))

    assert f"pip=={version('pip')}" in locked


GOOD: dict[str, object] = {"name": "idna", "version": "3.20", "vulns": []}
BAD: dict[str, object] = {
    "name": "anyio",
    "version": "4.1",
    "vulns": [{"id": "PYSEC-1", "fix_versions": ["4.2", "4.3"]}, {"id": "X-2", "fix_versions": []}],
}
SKIPPED: dict[str, object] = {"name": "blinker", "skip_reason": "not found"}


def test_good_news_are_told_with_their_number() -> None:
    assert report([GOOD, GOOD]) == (0, ["2 packages: no version is known to be unsafe."])


def test_unsafe_versions_are_told_each() -> None:
    assert report([GOOD, BAD]) == (
        1,
        ["anyio 4.1: PYSEC-1; mended in 4.2, 4.3", "anyio 4.1: X-2; mended in no version yet"],
    )


def test_package_that_could_not_be_looked_up_is_no_good_news() -> None:
    reason = "1 of 2 packages are not in the data that was reached"

    assert report([GOOD, SKIPPED]) == (2, [UNREACHABLE.format(reason=reason)])
    assert report([BAD, SKIPPED])[0] == 1


def test_data_that_cannot_be_reached_is_told() -> None:
    nowhere = dict.fromkeys(["HTTPS_PROXY", "https_proxy"], "http://127.0.0.1:9")

    done = subprocess.run(
        [sys.executable, "-m", "plugins.setup.audit", "requirements.txt"],
        cwd=ROOT,
        env=os.environ | nowhere,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )

    assert (done.returncode, done.stdout) == (2, "")
    first, last = done.stderr.splitlines()
    assert first.startswith("It could not be found out whether packages are unsafe: ")
    assert last == (
        "pip-audit asks the Python Package Index. Run `make audit` again where that can be reached."
    )
