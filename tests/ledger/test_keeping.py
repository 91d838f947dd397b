"""The last publishes are kept beside the output, come back in one step, and can be checked."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.engine.build import Job, build
from plugins.engine.publishes import Publishes
from plugins.engine.report import Reporter, explanation
from plugins.engine.tasks import roll_back_output, verify_output
from plugins.source.errors import HallwayError
from tests.ledger.press import Press, quiet
from tests.site_folder import Tree, tree_of

Said = Callable[[Callable[[Job, Reporter], None]], str]


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Press:
    """A site whose post was published in five versions."""
    press = Press(tmp_path_factory.mktemp("versions"))
    for version in "abcde":
        publish_version(press, version)
    return press


@pytest.fixture
def press(versions: Press, tmp_path: Path) -> Press:
    """The site, to be changed."""
    return versions.copied(tmp_path / "site")


@pytest.fixture
def said(press: Press, capsys: pytest.CaptureFixture[str]) -> Said:
    """What a task says."""

    def run(task: Callable[[Job, Reporter], None]) -> str:
        try:
            task(press.job(), quiet())
        except HallwayError as error:
            return "\n".join(explanation(error))
        return capsys.readouterr().out.rstrip("\n")

    return run


def publish_version(press: Press, version: str) -> None:
    press.write("posts/tea.md", title="Tea", body=f"Version {version}.", slug=version)
    press.publish()


def kept(press: Press) -> list[int]:
    return [publish.number for publish in Publishes(press.output).kept()]


def site_of(press: Press) -> Tree:
    """The output without the builds' own mark."""
    return {path: data for path, data in tree_of(press.output).items() if path != ".hallway"}


def test_last_three_publishes_are_kept(press: Press) -> None:
    assert kept(press) == [3, 4, 5]
    assert site_of(press) == tree_of(press.folder / ".output.publishes/5/site")


def test_publish_of_the_same_is_not_kept_twice(press: Press) -> None:
    press.publish()

    assert kept(press) == [3, 4, 5]


def test_rollback_goes_back_a_publish_at_a_time(press: Press, said: Said) -> None:
    """The ledger keeps what readers have seen, and a publish goes on from there."""
    newest, ledger = site_of(press), press.ledger_file.read_bytes()

    assert [said(roll_back_output) for _ in range(3)] == [
        "The output holds publish 4 again; the ledger stays as it is.",
        "The output holds publish 3 again; the ledger stays as it is.",
        "configuration: .output.publishes: holds no publish to go back to",
    ]
    assert "Version c." in press.page("posts/c/index.html")
    assert press.ledger_file.read_bytes() == ledger
    press.publish()
    assert site_of(press) == newest
    assert press.ledger_file.read_bytes() == ledger


def test_rollback_brings_a_publish_back_that_was_built_over(press: Press, said: Said) -> None:
    published = site_of(press)
    build(press.job(PUBLISH=False, SITENAME="Draft"), quiet())

    assert said(verify_output) == (
        "configuration: OUTPUT_PATH: found 'output', which holds no publish; make publish first"
    )
    assert said(roll_back_output).startswith("The output holds publish 5 again")
    assert site_of(press) == published


def test_rollback_refuses_a_copy_that_was_changed(press: Press, said: Said) -> None:
    live = site_of(press)
    (press.folder / ".output.publishes/4/site/index.html").write_text("spoiled")

    assert said(roll_back_output) == (
        ".output.publishes/4/site/index.html: found other bytes; expected those that were"
        " published\n"
        "1 problem: nothing was changed in the output"
    )
    assert site_of(press) == live


def test_each_difference_of_the_output_is_told(press: Press, said: Said) -> None:
    assert said(verify_output).endswith(" of publish 5: all as they were published")

    (press.output / "index.html").unlink()
    (press.output / "index.html").write_text("defaced")
    (press.output / "feeds/all.rss.xml").unlink()
    (press.output / "posts/extra.html").write_text("more")

    assert said(verify_output) == (
        "output/feeds/all.rss.xml: found no file; expected the one that was published\n"
        "output/index.html: found other bytes; expected those that were published\n"
        "output/posts/extra.html: found a file; expected none: no publish put it there\n"
        "3 problems: nothing was changed in the output"
    )


def test_hashes_are_as_other_tools_read_them(press: Press) -> None:
    sums = press.folder / ".output.publishes/5/SHA256SUMS"
    check = ["sha256sum", "--check", "--strict", "--quiet", str(sums)]

    assert subprocess.run(check, cwd=press.output, check=False).returncode == 0
