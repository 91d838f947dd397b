"""Two versions of a site built in turns while a reader looks."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.faults.forked import build_forked
from tests.faults.reader import Seen, reading
from tests.fork_server import preload
from tests.site_folder import SiteFolder, copied_site


def polled_builds(folder: Path, count: int) -> Seen:
    """What a reader sees of the full site's public files throughout this many builds."""
    preload()
    site = copied_site("full", folder / "site")
    content = site.folder / "content"
    one = _read_tree(site)
    shutil.copytree(content, folder / "one")
    for post in sorted(content.glob("posts/*.md"))[:3]:
        post.write_text(post.read_text("utf-8") + "\n\nOne more paragraph.\n", "utf-8")
    two = _read_tree(site)
    shutil.copytree(content, folder / "two")
    versions = {path: {one[path], two[path]} for path in one.keys() & two.keys()}
    with reading(site.output, versions) as seen:
        for number in range(count):
            _take(site, folder / ("one", "two")[number % 2])
            assert build_forked(site).code == 0
    return seen


def _read_tree(site: SiteFolder) -> dict[str, bytes]:
    """Every file of the site, built; without those that each build names anew."""
    finished = build_forked(site)
    assert finished.code == 0, finished.report
    return {path: data for path, data in site.tree().items() if data is not None}


def _take(site: SiteFolder, content: Path) -> None:
    shutil.rmtree(site.folder / "content")
    shutil.copytree(content, site.folder / "content")
