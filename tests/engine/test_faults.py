"""A build that is disturbed leaves the old site or the new one, and the next build heals.

`make crash` tries every step; this is a sample of them, spread over kinds and steps.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.forked import build_forked
from tests.faults.matrix import Trial
from tests.faults.polled import polled_builds
from tests.fork_server import preload
from tests.site_folder import Finished, SiteFolder, copied_site

SAMPLE = 151
"""Every how many cases one is tried; a prime, so that steps and kinds mix."""

LAST = 9
"""The steps of a publish from the exchange on, or from shortly before it."""

FIRST = "content/posts/first.md"


@pytest.mark.parametrize("has_exchange", [True, False], ids=["exchange", "link"])
def test_disturbed_build_leaves_one_whole_site_and_the_next_heals(
    tmp_path: Path, has_exchange: bool
) -> None:
    trial = Trial(tmp_path, has_exchange=has_exchange)

    failures = [trial.failure(case) for case in list(trial.cases())[::SAMPLE]]

    assert [failure for failure in failures if failure] == []


def test_publish_disturbed_at_its_end_leaves_one_whole_ledger_and_the_next_heals(
    tmp_path: Path,
) -> None:
    trial = Trial(tmp_path, has_exchange=True, is_publish=True)
    end = trial.steps - len(trial.old)  # after it, the old site is removed, file by file
    late = [case for case in trial.cases() if end - LAST < case.step <= end]

    failures = [trial.failure(case) for case in late[::7]]

    assert [failure for failure in failures if failure] == []


def test_reader_never_sees_an_empty_cut_or_missing_file(tmp_path: Path) -> None:
    seen = polled_builds(tmp_path, 3)

    assert seen.faults == ()
    assert seen.reads > 1000


def test_file_that_vanishes_while_it_is_read_is_told(tmp_path: Path) -> None:
    site = copied_site("minimal", tmp_path / "site").built()
    before = site.tree()

    finished = built_while(site, lambda file: file.unlink())

    assert finished.whole == (
        f"{FIRST}: found a file that cannot be read (No such file or directory); "
        "expected a readable file\n"
        "1 problem: nothing was changed in the output\n"
        "exit 1\n"
    )
    assert site.tree() == before


def test_file_that_changes_while_it_is_read_is_whole_in_the_next_build(tmp_path: Path) -> None:
    site = copied_site("minimal", tmp_path / "site").built()

    finished = built_while(site, lambda file: file.write_text(file.read_text() + "\nMore.\n"))
    again = build_forked(site)

    assert (finished.code, again.code) == (0, 0)
    assert "<p>More.</p>" in site.page("posts/first/index.html")


def test_clock_that_jumps_back_changes_nothing_but_what_shows_it(tmp_path: Path) -> None:
    late, clean = (copied_site("minimal", tmp_path / name) for name in ("late", "clean"))
    late.built(SOURCE_DATE_EPOCH="1999999999").built(SOURCE_DATE_EPOCH="1338552000")

    assert late.tree() == clean.built(SOURCE_DATE_EPOCH="1338552000").tree()


def built_while(site: SiteFolder, disturb: Callable[[Path], object]) -> Finished:
    """Build the site; right before the first post is read, something happens to its file."""
    preload()
    (site.folder / FIRST).touch()  # where nothing has changed, no file is read

    def prepare() -> None:
        read = Path.read_bytes

        def reading(file: Path) -> bytes:
            if str(file).endswith(FIRST):
                Path.read_bytes = read  # type: ignore[method-assign]
                disturb(file)
            return read(file)

        Path.read_bytes = reading  # type: ignore[method-assign]

    return build_forked(site, prepare=prepare)
