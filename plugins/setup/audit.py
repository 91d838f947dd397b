"""`python -m plugins.setup.audit requirements-test.txt`: look for unsafe versions in a lock.

Exit codes: 0 every package was looked up and none is unsafe, 1 some are (each is reported), 2 it
could not be found out. pip-audit calls a package that its data does not name “skipped”, and still
says that no problem is known; here that counts as no answer.
"""

import json
import subprocess
import sys
from collections.abc import Sequence

AUDIT = ("-m", "pip_audit", "--require-hashes", "--disable-pip", "--progress-spinner=off")
UNREACHABLE = """\
It could not be found out whether packages are unsafe: {reason}.
pip-audit asks the Python Package Index. Run `make audit` again where that can be reached.\
"""


def main(lock_file: str) -> int:
    """Look up all packages and print what is known; return the exit code."""
    command = [sys.executable, *AUDIT, "--format=json", "-r", lock_file]
    found = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
    try:
        packages = json.loads(found.stdout)["dependencies"]
    except ValueError:
        said = found.stderr.strip().splitlines() or [f"pip-audit ended with {found.returncode}"]
        print(UNREACHABLE.format(reason=said[-1].rstrip(".")), file=sys.stderr)
        return 2
    code, lines = report(packages)
    print("\n".join(lines), file=sys.stderr)
    return code


def report(packages: Sequence[dict[str, object]]) -> tuple[int, list[str]]:
    """Return the exit code and the lines to print, for packages as pip-audit lists them."""
    skipped = [str(package["name"]) for package in packages if "skip_reason" in package]
    lines = [line for package in packages for line in unsafe(package)]
    if skipped:
        reason = f"{len(skipped)} of {len(packages)} packages are not in the data that was reached"
        lines.append(UNREACHABLE.format(reason=reason))
    if not lines:
        lines = [f"{len(packages)} packages: no version is known to be unsafe."]
    return (1 if any(map(unsafe, packages)) else 2 if skipped else 0), lines


def unsafe(package: dict[str, object]) -> list[str]:
    """Return a line for each known vulnerability of a package."""
    known = package.get("vulns", [])
    assert isinstance(known, list)
    return [
        f"{package['name']} {package['version']}: {one['id']}; mended in "
        f"{', '.join(one['fix_versions']) or 'no version yet'}"
        for one in known
    ]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
