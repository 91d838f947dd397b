"""Exit code 3 is for faults of Hallway's own: what the machine refuses is said as what it is."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.engine.workers import WorkerKilledError, run_tasks
from plugins.source.errors import full_disk, refusal_of
from tests.faults.forked import build_forked
from tests.fork_server import preload
from tests.modes import obey_modes
from tests.site_folder import SiteFolder, copied_site, surroundings


@pytest.fixture
def site(tmp_path: Path) -> SiteFolder:
    """A site that is built."""
    preload()
    return copied_site("minimal", tmp_path / "site").built()


def remake(path: Path, make: Callable[[Path], object]) -> None:
    """Put something else where a file or a folder is."""
    subprocess.run(["rm", "-rf", str(path)], check=True)
    make(path)


def cache_of(site: SiteFolder) -> Path:
    return next((site.folder / ".cache").glob("*.sqlite"))


CACHES: dict[str, Callable[[SiteFolder], object]] = {
    "folder that nobody may enter": lambda site: (site.folder / ".cache").chmod(0),
    "folder that is read-only": lambda site: (site.folder / ".cache").chmod(0o555),
    "file in place of the folder": lambda site: remake(site.folder / ".cache", Path.touch),
    "folder in place of the file": lambda site: remake(cache_of(site), Path.mkdir),
    "file of another program": lambda site: cache_of(site).write_bytes(b"PK" * 5000),
    "file that nobody may read": lambda site: cache_of(site).chmod(0),
    "file that is cut": lambda site: os.truncate(cache_of(site), 5000),
    "link to nowhere": lambda site: remake(cache_of(site), lambda p: p.symlink_to("/nowhere/x")),
}


@pytest.mark.parametrize("damage", CACHES)
def test_foreign_or_damaged_cache_only_costs_time(site: SiteFolder, damage: str) -> None:
    before = site.tree()
    CACHES[damage](site)

    finished = build_forked(site, prepare=obey_modes)
    (site.folder / ".cache").chmod(0o755)

    assert (finished.code, site.tree()) == (0, before), finished.report


def test_output_that_nobody_may_read_is_the_settings_fault(site: SiteFolder) -> None:
    site.output.chmod(0)

    finished = build_forked(site, prepare=obey_modes)
    site.output.chmod(0o755)

    assert finished.whole == (
        "configuration: OUTPUT_PATH: found 'output', a folder that cannot be read (Permission"
        " denied); expected one that you may read and write\nexit 2\n"
    )


def test_output_that_is_read_only_is_built_again_and_again(site: SiteFolder) -> None:
    for number in range(4):
        for folder in (site.output, site.output / "posts"):
            folder.chmod(0o555)
        site.write("content/posts/first.md", POST.format(number=number))

        finished = build_forked(site, prepare=obey_modes)

        assert finished.code == 0, finished.report
        assert f"Text {number}." in site.page("posts/first/index.html")


POST = "---\ntitle: First\nkind: news\ndate: 2012-05-14\n---\n\nText {number}.\n"


def test_moment_that_no_calendar_has_is_refused(site: SiteFolder) -> None:
    finished = site.build(SOURCE_DATE_EPOCH="1099511627776")

    assert finished.whole == (
        "configuration: SOURCE_DATE_EPOCH: found '1099511627776', which is in no year before"
        " 10000; expected whole seconds since 1970\nexit 2\n"
    )


def killing(number: int) -> bytes:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return b"%d" % number


def test_worker_that_is_killed_says_that_memory_may_be_too_little() -> None:
    with pytest.raises(WorkerKilledError) as raised:
        dict(run_tasks(killing, 10, processes=2))

    assert str(raised.value) == (
        "a process of this build was ended from outside (signal 9): there may be too little"
        " memory; nothing was changed in the output"
    )


def test_build_whose_workers_are_killed_ends_with_2(site: SiteFolder) -> None:
    read = Path.read_bytes

    def prepare() -> None:
        main = os.getpid()

        def reading(file: Path) -> bytes:
            if os.getpid() != main and file.suffix == ".md":
                os.kill(os.getpid(), signal.SIGKILL)
            return read(file)

        Path.read_bytes = reading  # type: ignore[method-assign]

    for number in range(3):
        site.write(f"content/posts/more-{number}.md", POST.format(number=number))
    before = site.tree()

    finished = build_forked(site, prepare=prepare)

    assert finished.whole == (
        "a process of this build was ended from outside (signal 9): there may be too little"
        " memory; nothing was changed in the output\nexit 2\n"
    )
    assert site.tree() == before


def test_full_disk_is_named(tmp_path: Path) -> None:
    error = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(tmp_path / "a"))
    other = OSError(errno.EIO, os.strerror(errno.EIO), str(tmp_path / "a"))

    assert full_disk(OSError(errno.ENOSPC, "full"), Path("/proc/self/x")) == (
        "; the disk at /proc is full"
    )
    assert refusal_of(error, tmp_path).startswith(
        f"{tmp_path}/a: cannot be read or written (No space left on device); the disk at /"
    )
    assert refusal_of(other, tmp_path) == (
        f"{tmp_path}/a: cannot be read or written (Input/output error)"
    )


def test_file_that_cannot_be_removed_is_named_whole(site: SiteFolder) -> None:
    old = site.folder / ".output.old/feeds/subscribe"
    old.mkdir(parents=True)
    (old / "index.html").touch()
    old.chmod(0o555)
    (site.folder / "content/posts/first.md").touch()  # where nothing has changed, none is removed

    finished = build_forked(site, prepare=obey_modes)
    old.chmod(0o755)

    assert finished.whole == (
        "configuration: .output.old/feeds/subscribe/index.html: cannot be written (Permission"
        " denied); the site in output is as it was\nexit 2\n"
    )


def test_ctrl_c_prints_one_line(site: SiteFolder) -> None:
    for number in range(200):
        site.write(f"content/posts/more-{number}.md", POST.format(number=number))
    process = subprocess.Popen(
        site.command(),
        cwd=site.folder,
        env=surroundings(),
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while not (site.folder / ".output.lock").is_file() or not lock_is_held(site):
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    _, report = process.communicate()

    assert (process.returncode, report) == (
        130,
        "Interrupted: what was there is there still, whole.\n",
    )


def lock_is_held(site: SiteFolder) -> bool:
    return (site.folder / ".output.lock").read_text() != ""
