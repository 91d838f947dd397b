"""Prints one table of what was measured, with its bounds, and the same as JSON with `--json FILE`.

Every pair is measured in turn, A B A B, so that a machine that slows down slows both.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from .builds import Row, build_rows
from .conversion import conversion_ratio
from .corpora import write_classic_posts, write_event, write_posts
from .feeds import feed_seconds
from .interaction import filter_milliseconds
from .measure import Cost, build, export_seconds, import_seconds, page_bytes
from .releases import json_bytes, write_releases

SCHEDULE = "events/big/schedule/"


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=1000)
    parser.add_argument("--feeds", type=int, default=10_000, help="posts whose feeds are compared")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--posts", type=int, nargs="*", default=[100, 1000], help="10000 too")
    parser.add_argument(
        "--only",
        choices=["builds", "conversion", "schedule", "feeds", "releases"],
        help="one part of it",
    )
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        if options.only in {None, "builds"}:
            rows += build_rows(Path(folder) / "builds", sizes=options.posts, runs=options.runs)
        if options.only in {None, "conversion"}:
            rows += conversion_rows(Path(folder) / "conversion", runs=options.runs)
        if options.only in {None, "schedule"}:
            rows += schedule_rows(Path(folder), sessions=options.sessions, runs=options.runs)
        if options.only in {None, "releases"}:
            rows += release_rows(Path(folder) / "many", releases=300, runs=options.runs)
        if options.only in {None, "feeds"}:
            rows += feed_rows(Path(folder), posts=options.feeds)
    for row in rows:
        print(row)
    if options.json:
        options.json.write_text(json.dumps([asdict(row) for row in rows], indent=2) + "\n")


def conversion_rows(folder: Path, *, runs: int) -> list[Row]:
    """A post's text made into markup."""
    ratio = conversion_ratio(folder, posts=50, runs=max(5, runs))
    return [Row("posts of 5 kB converted, against Python-Markdown (cpu)", ratio, "ratio", 0.9)]


def schedule_rows(folder: Path, *, sessions: int, runs: int) -> list[Row]:
    """A large event against as many posts, and its page in a browser."""
    event, posts = folder / "event", folder / "posts"
    write_event(event, sessions=sessions, rooms=60, days=4, seed=1)
    write_posts(posts, count=sessions, seed=1)
    one, other = _in_turn(
        lambda: build(event, folder / "event-output"),
        lambda: build(posts, folder / "posts-output"),
        runs=runs,
    )
    output = folder / "event-output"
    waits = filter_milliseconds(output, SCHEDULE, runs=runs)
    size = page_bytes(output, f"{SCHEDULE}index.html") / 1000
    per_page = one.cpu / other.cpu
    exported = statistics.median(export_seconds(event / "events" / "big") for _ in range(runs))
    frab, taken = output / "events/big/schedule.xml", folder / "taken"
    imported = statistics.median(import_seconds(frab, taken) for _ in range(runs))
    return [
        Row(f"{sessions} sessions built, against as many posts (cpu)", per_page, "ratio", 1.0),
        Row(
            f"{sessions} sessions built, against as many posts (wall)",
            one.wall / other.wall,
            "ratio",
            1.0,
        ),
        Row(f"{sessions} sessions written for other programs (cpu)", exported, "s", 3.0),
        Row(f"{sessions} sessions imported from frab (cpu)", imported, "s", 3.0),
        Row("schedule page, compressed, with style and script", size, "kB", 250),
        Row("filter typed to result shown", statistics.median(waits), "ms", 100),
    ]


def release_rows(folder: Path, *, releases: int, runs: int) -> list[Row]:
    """A product of many releases against as many posts with the same texts."""
    write_releases(folder, count=releases, seed=1)
    one, other = _in_turn(
        lambda: build(folder / "releases", folder / "releases-output"),
        lambda: build(folder / "plain", folder / "plain-output"),
        runs=runs,
    )
    size = json_bytes(folder / "releases-output") / 1000
    return [
        Row(f"{releases} releases, more than as many posts", one.wall - other.wall, "s", 2.0),
        Row(f"{releases} releases, their JSON, compressed", size, "kB", 60.0),
    ]


def feed_rows(folder: Path, *, posts: int) -> list[Row]:
    """All feeds of posts with 50 tags, against Pelican's own; once each, since it takes long."""
    content = folder / "classic"
    write_classic_posts(content, count=posts, seed=1)
    ours = feed_seconds("ours", content, folder / "our-feeds")
    pelicans = feed_seconds("pelican", content, folder / "pelicans-feeds")
    return [Row(f"feeds of {posts} posts, against Pelican's (cpu)", ours / pelicans, "ratio", 1.0)]


def _in_turn(one: Callable[[], Cost], other: Callable[[], Cost], *, runs: int) -> tuple[Cost, Cost]:
    """The median run of each, by processor time."""
    pairs = [(one(), other()) for _ in range(runs)]
    middle = len(pairs) // 2
    by_cpu = [sorted(costs, key=lambda cost: cost.cpu) for costs in zip(*pairs, strict=True)]
    return by_cpu[0][middle], by_cpu[1][middle]


if __name__ == "__main__":
    main()
