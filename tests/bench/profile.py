"""`make profile`: the ten functions that a cold build of 200 posts spends most time in.

Everything runs in one process here, so that one profile sees reading and rendering alike.
"""

from __future__ import annotations

import cProfile
import multiprocessing
import os
import pstats
import tempfile
from pathlib import Path

from plugins.engine.command import settings_from
from plugins.engine.engine import Engine

from .corpora import write_posts
from .measure import ROOT

POSTS = 200
TOP = 10


def main() -> None:
    """Build, and print where the time went."""
    os.chdir(ROOT)
    multiprocessing.get_all_start_methods = lambda: ["spawn"]  # as where forking is not possible
    profile = cProfile.Profile()
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder) / "content"
        write_posts(content, count=POSTS, seed=1)
        engine = Engine(settings_from([str(content), "-o", f"{folder}/output"]))
        profile.runcall(engine.run)
        if engine.memo.file:
            engine.memo.file.unlink()
    pstats.Stats(profile).sort_stats("tottime").print_stats(TOP)


if __name__ == "__main__":
    main()
