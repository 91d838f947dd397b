"""Changelogs of other programs become posts that build."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from plugins.release.imports.__main__ import main
from tests.cases import read_cases
from tests.site_folder import copied_site

CASES = Path(__file__).parent / "cases" / "imports.md"


def imported(text: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """All that an import of a text writes and says."""
    file = folder / ("changes.json" if text.lstrip().startswith(("[{", "{")) else "changes.md")
    file.write_text(text, "utf-8")
    code = main([str(folder / "content"), str(file), "tea"])
    said = capsys.readouterr().err.replace(f"{folder}/", "")
    files = sorted((folder / "content").rglob("*.*"))
    written = [f"== {file.relative_to(folder).as_posix()}\n{file.read_text()}" for file in files]
    return "".join([*written, said, f"exit {code}"])


@pytest.mark.parametrize(("given", "wanted"), read_cases(CASES))
def test_changelog_becomes_posts(
    given: str, wanted: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert imported(given, tmp_path, capsys) == wanted


def test_what_a_person_edited_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "## 1.0.0 - 2024-01-01\n\n### Fixed\n\n- A leak.\n"
    imported(text, tmp_path, capsys)
    post = tmp_path / "content/posts/tea-1-0-0.md"
    post.write_text("mine", "utf-8")

    said = imported(text, tmp_path, capsys)

    assert post.read_text("utf-8") == "mine"
    assert said.endswith(
        "content/posts/tea-1-0-0.md: is there already, kept\n"
        "content/products/tea.yaml: is there already, kept\n"
        "tea: 1 release with 1 change from a changelog in Markdown; 0 files written.\nexit 0"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["", "tea"], "FROM: found nothing; expected it, as in"),
        (["no.md", ""], "PRODUCT: found nothing; expected it, as in"),
        (["no.md", "tea"], "FROM: found “no.md”, which is no file; expected one, saved here"),
        ([__file__, "A B"], "PRODUCT: found “A B”; expected letters, digits and “-”"),
    ],
)
def test_wrong_command_is_told(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["content", *arguments]) == 2
    assert capsys.readouterr().err.startswith(said)


def test_imported_releases_build(tmp_path: Path) -> None:
    site = copied_site("minimal", tmp_path / "site")
    site.write("settings.py", 'from pelicanconf import *\n\nPLUGINS += ["plugins.release"]\n')
    site.write(
        "CHANGELOG.md",
        "# Changelog\n\n## [Unreleased]\n\n- Later\n\n## [1.1.0] - 2012-02-01\n\n### Security\n\n"
        "- CVE-2012-0866: leaks.\n\n## [1.0.0] - 2012-01-01\n\n### Added\n\n- A pot.\n"
        "  It is *blue*.\n",
    )

    command = [sys.executable, "-m", "plugins.release.imports", "content", "CHANGELOG.md", "tea"]
    finished = site.run(command)
    built = site.build()

    assert finished.whole == (
        "CHANGELOG.md: line 3: 1 unreleased, passed over\n"
        "tea: 2 releases with 2 changes from a changelog in Markdown; 3 files written.\nexit 0\n"
    )
    assert built.code == 0, built.report
    assert '"CVE-2012-0866"' in site.page("products/tea/product.json")
