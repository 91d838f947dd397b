"""A build that is killed, at whatever moment, leaves the site wholly old or wholly new."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from pathlib import Path

from tests.site_folder import SiteFolder, Tree, copied_site, surroundings

POSTS = 60
KILLS = 8

POST = """\
---
title: Post {number}
kind: essay
date: 2012-01-{day:02}
tags: [tag-{tag}]
---

Version {version} of post {number}, with a [link](post-{other}.md).

## Section

```python
print({number})
```
"""


def test_site_is_wholly_old_or_wholly_new_after_kill_9(tmp_path: Path) -> None:
    """The build's two versions take turns; each kill lands in one of eight spans of its work.

    That a killed build's left-overs are in the way of no later one shows each next turn.
    """
    site = copied_site("minimal", tmp_path / "site")
    versions = {"old": site.folder / "old", "new": site.folder / "new"}
    trees: dict[str, Tree] = {}
    for version, content in versions.items():
        write_posts(content, version)
        trees[version] = built(site, version).tree()
    start, end = seconds_of(site, "nothing"), seconds_of(site, "old")
    live = site.tree()
    chance = random.Random(20)
    seen = []

    for number in range(KILLS):
        other = "new" if live == trees["old"] else "old"
        kill_after(site, other, start + (end - start) * (number + chance.random()) / KILLS)
        live = site.tree()
        seen.append(next((v for v, tree in trees.items() if tree == live), "mixed"))

    assert set(seen) <= {"old", "new"}
    assert built(site, "new").tree() == trees["new"]
    assert site.beside() == [".output.stage"]


def write_posts(content: Path, version: str) -> None:
    (content / "posts").mkdir(parents=True)
    for number in range(POSTS):
        text = POST.format(
            number=number,
            version=version,
            day=1 + number % 28,
            tag=number % 7,
            other=(number + 1) % POSTS,
        )
        (content / "posts" / f"post-{number}.md").write_text(text)


def command(site: SiteFolder, version: str) -> list[str]:
    return [part.replace("content", version) for part in site.command()]


def built(site: SiteFolder, version: str) -> SiteFolder:
    finished = site.run(command(site, version))
    assert finished.code == 0, finished.report
    return site


def seconds_of(site: SiteFolder, version: str) -> float:
    """How long a build takes, or one that only starts, of a version that is not there."""
    before = time.monotonic()
    begun(site, version).wait()
    return time.monotonic() - before


def kill_after(site: SiteFolder, version: str, seconds: float) -> None:
    """Begin a build; end it with a signal that it cannot catch; its workers end by themselves."""
    process = begun(site, version)
    time.sleep(seconds)
    process.kill()
    assert process.wait() in {0, -signal.SIGKILL}


def begun(site: SiteFolder, version: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command(site, version), cwd=site.folder, env=surroundings(), stderr=subprocess.DEVNULL
    )
