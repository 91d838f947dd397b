"""`python -m plugins.setup.sbom requirements.txt`: a bill of materials, in CycloneDX 1.6.

It has the contents of the lock in the form that scanners read: each package with its version, the
hashes of the files that may be installed, and the systems it is for. It has no date and no random
number, so that the same lock gives the same bytes.
"""

import json
import re
import sys
import tomllib
from pathlib import Path

from .lock import canonical, entries

PIN = re.compile(r"(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)(?: ; (?P<marker>.*))?")
"""Matches `idna==3.20` and `watchfiles==1.2 ; sys_platform == 'linux'`."""

HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def main(lock_file: str) -> int:
    """Print the bill; return the exit code."""
    project = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["project"]
    print(json.dumps(bill(Path(lock_file).read_text("utf-8"), project), indent=2))
    return 0


def bill(lock: str, project: dict[str, object]) -> dict[str, object]:
    """Return the bill of a lock; `project` is the table of that name in pyproject.toml."""
    name, version = str(project["name"]), str(project["version"])
    root = component(name, version, kind="application")
    root["licenses"] = [{"license": {"id": project["license"]}}]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": root},
        "components": [locked(first, entry) for first, entry in sorted(entries(lock).items())],
    }


def locked(first: str, entry: str) -> dict[str, object]:
    """Return the component of an entry with this first line; raise ValueError without a version."""
    pin = PIN.fullmatch(first)
    if not pin:
        raise ValueError(f"{first}: found an entry without a version")
    made = component(canonical(pin["name"]), pin["version"], kind="library")
    made["hashes"] = [{"alg": "SHA-256", "content": digest} for digest in HASH.findall(entry)]
    if pin["marker"]:
        made["properties"] = [{"name": "environment marker", "value": pin["marker"]}]
        made["bom-ref"] = f"{made['purl']} ; {pin['marker']}"
    return made


def component(name: str, version: str, *, kind: str) -> dict[str, object]:
    """Return the fields that every component has."""
    purl = f"pkg:pypi/{name}@{version}"
    return {"type": kind, "bom-ref": purl, "name": name, "version": version, "purl": purl}


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
