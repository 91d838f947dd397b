"""The examples in the README work, and its tables are whole."""

from __future__ import annotations

import re
from pathlib import Path

from plugins.release.model import Type
from plugins.release.parse import KEYS
from plugins.release.product_file import BranchFacts, ProductFile
from plugins.release.schemes import SCHEMES
from tests.site_folder import copied_site

README = (Path(__file__).parents[2] / "plugins/release/README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


def named(text: str) -> set[str]:
    prose = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    return set(re.findall(r"`([^`]+)`", prose))


def test_examples_build_without_a_problem(tmp_path: Path) -> None:
    site = copied_site("minimal", tmp_path / "site")
    site.write("settings.py", 'from pelicanconf import *\n\nPLUGINS += ["plugins.release"]\n')
    site.write("content/products/tea.yaml", blocks("yaml")[0])
    site.write("content/posts/tea.md", blocks("markdown")[0])

    finished = site.build(SOURCE_DATE_EPOCH="1735689600")

    assert (finished.code, "warning" in finished.report) == (0, False), finished.report


def test_every_fact_type_scheme_and_key_is_explained() -> None:
    known = named(README)
    keys = {*ProductFile.__struct_fields__, *BranchFacts.__struct_fields__}

    assert {*KEYS, *keys, *SCHEMES, *(type.value for type in Type)} - known == set()
