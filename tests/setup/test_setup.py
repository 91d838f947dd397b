"""The set-up installs what a lock names and trusts only an installation that ended well."""

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from pathlib import Path

import pytest

from plugins.setup.environment import installed_names
from plugins.setup.install import is_usable, locks_around, locks_within
from plugins.setup.lock import canonical, entries, entries_of, is_within, package_names
from plugins.setup.refusal import missing_modules, refusal
from plugins.setup.stamp import is_installed, is_whole, remove_stamps, stamp_path, write_stamp

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.txt", "requirements-test.txt")

TWO_PINS = """\
# a comment
feedgen==1.0.0 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
pymdown.Extensions==12.3 ; python_full_version < '3.11.5' \\
    --hash=sha256:cc
"""


# The refusal


def test_refusal_of_an_old_python_says_what_to_do() -> None:
    assert refusal((3, 9, 2), missing=()) == (
        "Hallway needs Python 3.11 or newer and this is 3.9.2: install a newer one and name it, "
        "for example `make PYTHON=python3.11 html`."
    )


def test_refusal_without_ensurepip_names_the_debian_package() -> None:
    assert refusal((3, 11, 2), missing=("ensurepip",)) == (
        "This Python lacks ensurepip, without which .venv cannot be made: "
        "on Debian and Ubuntu, `apt install python3.11-venv` brings it."
    )


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 14, 1), (4, 0, 0)])
def test_refusal_is_none_from_3_11_on(version: tuple[int, int, int]) -> None:
    assert refusal(version, missing=()) is None


def test_missing_modules_are_none_where_tests_run() -> None:
    assert missing_modules() == ()


# The lock file


def test_entries_are_named_by_their_first_line() -> None:
    assert entries(TWO_PINS) == {
        "feedgen==1.0.0": "feedgen==1.0.0 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb",
        "pymdown.Extensions==12.3 ; python_full_version < '3.11.5'": (
            "pymdown.Extensions==12.3 ; python_full_version < '3.11.5' \\\n    --hash=sha256:cc"
        ),
    }


def test_package_names_are_canonical() -> None:
    assert package_names(TWO_PINS) == {"feedgen", "pymdown-extensions"}


def test_entries_of_a_package_are_its_lines() -> None:
    assert entries_of(TWO_PINS, "feedgen") == (
        "feedgen==1.0.0 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n"
    )


def test_entries_of_an_unknown_package_are_none() -> None:
    assert entries_of(TWO_PINS, "feed") == ""


@pytest.mark.parametrize("name", LOCKS)
def test_lock_hashes_every_pin(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")

    unhashed = [first for first, entry in entries(text).items() if "--hash=sha256:" not in entry]

    assert unhashed == []


@pytest.mark.parametrize("name", LOCKS)
def test_lock_names_no_address(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")

    assert [line for line in text.splitlines() if "http" in line or "index-url" in line] == []


def test_lock_of_the_tests_holds_the_build_whole() -> None:
    build, test = ((ROOT / name).read_text("utf-8") for name in LOCKS)

    assert is_within(build, test)


def test_locks_hold_what_pyproject_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    build, test = (package_names((ROOT / name).read_text("utf-8")) for name in LOCKS)

    assert requested(project["project"]["dependencies"]) - build == set()
    assert requested(project["dependency-groups"]["test"]) - test == set()


def requested(requirements: list[str]) -> set[str]:
    return {canonical(text.partition("~")[0].partition("[")[0]) for text in requirements}


def test_locks_around_and_within_hold_the_same_entries(tmp_path: Path) -> None:
    build, test, other = (tmp_path / f"requirements{end}.txt" for end in ("", "-test", "-other"))
    build.write_text("a==1 \\\n    --hash=sha256:aa\n")
    test.write_text("a==1 \\\n    --hash=sha256:aa\nb==2 \\\n    --hash=sha256:bb\n")
    other.write_text("a==1 \\\n    --hash=sha256:cc\n")

    assert locks_around(build) == [test, build]
    assert locks_around(test) == [test]
    assert locks_within(build) == [build]
    assert locks_within(test) == [test, build]


# The stamp


@pytest.fixture
def lock_file(tmp_path: Path) -> Path:
    path = tmp_path / "requirements.txt"
    path.write_text(TWO_PINS)
    return path


def test_stamp_holds_python_and_the_hash_of_the_lock(lock_file: Path, tmp_path: Path) -> None:
    write_stamp(lock_file, tmp_path)

    digest = hashlib.sha256(TWO_PINS.encode()).hexdigest()
    stamp = tmp_path / ".installed-requirements"
    assert stamp.read_text() == f"python {platform.python_version()}\nlock {digest}\n"


def test_stamp_of_an_unchanged_lock_is_trusted(lock_file: Path, tmp_path: Path) -> None:
    write_stamp(lock_file, tmp_path)

    assert is_installed(lock_file, tmp_path)
    assert is_whole(tmp_path)


def test_stamp_that_is_missing_is_no_installation(lock_file: Path, tmp_path: Path) -> None:
    assert not is_installed(lock_file, tmp_path)
    assert not is_whole(tmp_path)


def test_stamp_of_a_changed_lock_is_stale_in_a_whole_environment(
    lock_file: Path, tmp_path: Path
) -> None:
    write_stamp(lock_file, tmp_path)
    lock_file.write_text(TWO_PINS.replace("1.0.0", "1.0.1"))

    assert not is_installed(lock_file, tmp_path)
    assert is_whole(tmp_path)


def test_stamp_of_another_python_condemns_the_environment(lock_file: Path, tmp_path: Path) -> None:
    write_stamp(lock_file, tmp_path)
    stamp = stamp_path(lock_file, tmp_path)
    stamp.write_text(stamp.read_text().replace(platform.python_version(), "3.11.0rc1"))

    assert not is_installed(lock_file, tmp_path)
    assert not is_whole(tmp_path)


def test_stamps_removed_condemn_the_environment(lock_file: Path, tmp_path: Path) -> None:
    write_stamp(lock_file, tmp_path)
    remove_stamps(tmp_path)

    assert not is_whole(tmp_path)


# The whole, run for real in a folder of its own, from two wheels made here: nothing is fetched


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheels")
    for name in ("alpha", "beta"):
        make_wheel(folder, name)
    return folder


@pytest.fixture(scope="module")
def repaired(tmp_path_factory: pytest.TempPathFactory, wheels: Path) -> Path:
    """A half-installed folder in which two set-ups, for build and tests, then ran at once."""
    folder = tmp_path_factory.mktemp("site")
    build, test = (folder / name for name in LOCKS)
    build.write_text(lock_entry(wheels, "alpha"))
    test.write_text(lock_entry(wheels, "alpha") + lock_entry(wheels, "beta"))
    half_install(folder, wheels)
    both = [start_set_up(lock, wheels) for lock in (build, test)]
    assert [process.communicate()[1] for process in both] == ["", ""]
    return folder


def half_install(folder: Path, wheels: Path) -> None:
    """As a killed pip leaves it: alpha's metadata is there, its module is not, nor a stamp."""
    site_packages(folder).mkdir(parents=True)
    with zipfile.ZipFile(wheels / "alpha-1.0-py3-none-any.whl") as wheel:
        metadata = [name for name in wheel.namelist() if "dist-info" in name]
        wheel.extractall(site_packages(folder), metadata)
    (folder / ".venv/bin").mkdir()
    (folder / ".venv/bin/python").symlink_to(sys.executable)


@pytest.fixture
def site(repaired: Path, tmp_path: Path) -> Path:
    """A copy of that folder, for one test to change."""
    folder = tmp_path / "site"
    shutil.copytree(repaired, folder, symlinks=True)
    return folder


def test_two_set_ups_at_once_leave_one_whole_environment(site: Path) -> None:
    assert our_packages(site) == {"alpha", "beta"}
    assert all(is_installed(site / name, site / ".venv") for name in LOCKS)


def test_set_up_repairs_an_interrupted_one(site: Path) -> None:
    assert (site_packages(site) / "alpha.py").read_text() == '"""alpha."""\n'


def test_second_set_up_does_nothing(site: Path, wheels: Path) -> None:
    assert set_up(site / "requirements-test.txt", wheels) == (0, "", "")


def test_set_up_of_the_build_leaves_the_tests_packages(site: Path, wheels: Path) -> None:
    stamp_path(site / "requirements.txt", site / ".venv").unlink()

    assert set_up(site / "requirements.txt", wheels) == (0, "", "")
    assert our_packages(site) == {"alpha", "beta"}
    assert is_installed(site / "requirements.txt", site / ".venv")


def test_set_up_removes_what_a_changed_lock_no_longer_names(site: Path, wheels: Path) -> None:
    for name in LOCKS:
        (site / name).write_text(lock_entry(wheels, "beta"))

    code, _, errors = set_up(site / "requirements.txt", wheels)

    assert (code, errors) == (0, "")
    assert our_packages(site) == {"beta"}


def test_set_up_takes_another_wheel_of_the_same_version(site: Path, wheels: Path) -> None:
    """As an upgrade to a clone of Hallway, whose version is that of the last release."""
    (site / "wheels").mkdir()
    make_wheel(site / "wheels", "alpha", text="NEW = True\n")
    entry = lock_entry(site / "wheels", "alpha").replace(
        "alpha==1.0", "./wheels/alpha-1.0-py3-none-any.whl"
    )
    for name in LOCKS:
        (site / name).write_text(entry)

    code, _, errors = set_up(site / "requirements.txt", wheels, folder=site)

    assert (code, errors) == (0, "")
    assert (site_packages(site) / "alpha.py").read_text() == "NEW = True\n"


def test_set_up_with_a_wrong_hash_fails_and_is_not_trusted(site: Path, wheels: Path) -> None:
    lock_file = site / "requirements.txt"
    lock_file.write_text(f"beta==1.0 \\\n    --hash=sha256:{'0' * 64}\n")
    shutil.rmtree(site_packages(site) / "beta-1.0.dist-info")

    code, _, errors = set_up(lock_file, wheels)

    assert code == 2
    assert errors.splitlines()[-2:] == [
        "Could not install requirements.txt (exit code 1): the lines above are its last words.",
        "If the network was away, run the same command again when it is back.",
    ]
    assert not is_whole(site / ".venv")


def test_environment_whose_interpreter_is_gone_is_not_usable(site: Path) -> None:
    assert is_usable(site / ".venv")

    (site / ".venv/bin/python").unlink()
    (site / ".venv/bin/python").symlink_to("/nowhere/python3.11")

    assert not is_usable(site / ".venv")


def test_set_up_of_a_missing_lock_says_so(tmp_path: Path, wheels: Path) -> None:
    lock_file = tmp_path / "requirements.txt"

    assert set_up(lock_file, wheels) == (2, "", f"There is no lock file {lock_file}.\n")


def set_up(lock_file: Path, wheels: Path, *, folder: Path = ROOT) -> tuple[int, str, str]:
    process = start_set_up(lock_file, wheels, folder=folder)
    output, errors = process.communicate()
    return process.returncode, output, errors


def start_set_up(lock_file: Path, wheels: Path, *, folder: Path = ROOT) -> subprocess.Popen[str]:
    """Starts a set-up that knows no place to fetch from but the folder of wheels."""
    ours = {key: value for key, value in os.environ.items() if not key.startswith("PIP_")}
    offline = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels)}
    offline["PYTHONPATH"] = str(ROOT)
    return subprocess.Popen(
        [sys.executable, "-m", "plugins.setup", str(lock_file)],
        cwd=folder,
        env=ours | offline,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def our_packages(site: Path) -> frozenset[str]:
    return installed_names(site / ".venv") & {"alpha", "beta"}


def site_packages(site: Path) -> Path:
    return Path(sysconfig.get_path("purelib", "venv", {"base": str(site / ".venv")}))


def lock_entry(wheels: Path, name: str) -> str:
    digest = hashlib.sha256((wheels / f"{name}-1.0-py3-none-any.whl").read_bytes()).hexdigest()
    return f"{name}==1.0 \\\n    --hash=sha256:{digest}\n"


def make_wheel(folder: Path, name: str, *, text: str = "") -> None:
    files = {
        f"{name}.py": text or f'"""{name}."""\n',
        f"{name}-1.0.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{name}-1.0.dist-info/WHEEL": (
            "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        ),
    }
    record = f"{name}-1.0.dist-info/RECORD"
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as wheel:
        for path, text in files.items():
            wheel.writestr(path, text)
        wheel.writestr(record, "".join(f"{path},,\n" for path in (*files, record)))
