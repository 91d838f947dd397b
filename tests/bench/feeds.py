"""What feeds cost: ours, and Pelican's own of the same posts, each in a process of its own.

`python -m tests.bench.feeds ours CONTENT OUTPUT`, or `pelican`, prints the seconds of processor
time that the feeds take once all posts are read. Pelican's hold every post (`FEED_MAX_ITEMS`), as
ours do with their archives; as it is set up by itself, it stops at the newest 100.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import SimpleNamespace

from pelican import Pelican
from pelican.generators import ArticlesGenerator
from pelican.settings import read_settings
from pelican.writers import Writer

from plugins.blog.plugin import feature as blog_feature
from plugins.engine.collect import collect_site, with_parts
from plugins.engine.memo import Memo
from plugins.engine.read import FileReader, read_documents
from plugins.engine.render import answer_calls
from plugins.engine.scan import find_content
from plugins.feeds.plugin import feature as feeds_feature
from plugins.site.ledger import Ledger
from plugins.site.site import WriterRow
from plugins.source.settings import SiteSettings

ROOT = Path(__file__).resolve().parents[2]
URL = "https://big.example"
SORTS = ("CATEGORY", "AUTHOR", "TAG")


def feed_seconds(whose: str, content: Path, output: Path) -> float:
    """The processor time of the feeds of all posts."""
    command = [sys.executable, "-m", "tests.bench.feeds", whose, str(content), str(output)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return float(done.stdout.split()[-1])


def ours(content: Path, output: Path) -> Callable[[], None]:
    """All posts read; what is given back makes, writes and checks our feeds."""
    settings = SiteSettings(name="Big", url=URL, author="Ada", article_paths=("posts",))
    engine = SimpleNamespace(site_settings=settings, settings={}, theme=ROOT / "theme")
    blog, feeds = blog_feature(engine), feeds_feature(engine)
    found = find_content(content, blog.sections, (), [])
    memo = contextlib.ExitStack().enter_context(Memo().opened())
    documents = read_documents(
        content,
        found,
        reader=FileReader(content, settings, (blog,), memo),
        memo=memo,
        problems=[],
        progress=lambda what, done, total: None,
    )
    now = datetime(2030, 1, 1, tzinfo=UTC)
    site = collect_site(
        documents,
        found,
        {},
        {},
        Ledger(),
        folder=content,
        settings=settings,
        features=(blog,),
        now=now,
        problems=[],
        memo=memo,
    )

    def work() -> None:
        fresh = with_parts(site, (blog, feeds), [])
        rows = [
            row for row in (feeds.plan(fresh) if feeds.plan else ()) if isinstance(row, WriterRow)
        ]
        answer_calls(rows, memo)
        for row in rows:
            _write(row, memo, output)

    return work


def _write(row: WriterRow, memo: Memo, output: Path) -> None:
    data = row.data(memo)
    file = output / row.path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    assert not row.check or row.check(data) == []


def pelican(content: Path, output: Path, *, most: int | None = None) -> Callable[[], None]:
    """All posts read by Pelican; what is given back writes its feeds, with the whole text."""
    feeds = {
        f"{sort}_FEED_{form}": f"feeds/{sort.lower()}/{{slug}}.{form.lower()}.xml"
        for sort in SORTS
        for form in ("ATOM", "RSS")
    }
    settings = read_settings(
        override={
            "PATH": str(content),
            "OUTPUT_PATH": str(output),
            "SITENAME": "Big",
            "SITEURL": URL,
            "AUTHOR": "Ada",
            "TIMEZONE": "UTC",
            "PLUGINS": [],
            "RSS_FEED_SUMMARY_ONLY": False,
            "FEED_MAX_ITEMS": most,
            "FEED_ALL_ATOM": "feeds/all.atom.xml",
            "FEED_ALL_RSS": "feeds/all.rss.xml",
            **feeds,
        }
    )
    host = Pelican(settings)
    context = {**settings, "generated_content": {}, "static_links": set(), "static_content": {}}
    context["localsiteurl"] = URL
    generator = ArticlesGenerator(context, settings, host.path, host.theme, host.output_path)
    generator.generate_context()
    return lambda: generator.generate_feeds(Writer(host.output_path, settings=settings))


SIDES: Mapping[str, Callable[[Path, Path], Callable[[], None]]] = {
    "ours": ours,
    "pelican": pelican,
    "pelican-by-itself": partial(pelican, most=100),
}


def main(whose: str, content: str, output: str) -> None:
    """Print the seconds that one of the two takes."""
    work = SIDES[whose](Path(content), Path(output))
    start = time.process_time()
    work()
    print(time.process_time() - start)


if __name__ == "__main__":
    main(*sys.argv[1:])
