"""A small site of the test's own, published in this process: many times in a second."""

from __future__ import annotations

import io
import shutil
from dataclasses import dataclass
from pathlib import Path

from pelican.settings import read_settings

from plugins.engine.build import Job, build
from plugins.engine.engine import Engine
from plugins.engine.report import Reporter, explanation
from plugins.ledger.parse import parse_ledger
from plugins.site.ledger import LEDGER, Ledger
from plugins.source.errors import HallwayError
from plugins.source.problem import Problems, Source
from tests.site_folder import SITES

SETTINGS = {
    "SITENAME": "Tiny",
    "SITEURL": "https://tiny.example",
    "PLUGINS": ["plugins.shell", "plugins.blog", "plugins.feeds"],
    "THEME": str(SITES / "theme"),
    "ARTICLE_PATHS": ["posts"],
    "ARTICLE_URL": "posts/{slug}/",
    "PAGE_URL": "{slug}/",
    "PUBLISH": True,
}


@dataclass(frozen=True, slots=True)
class Press:
    """A site's folder, and what can be done with it."""

    folder: Path

    @property
    def output(self) -> Path:
        return self.folder / "output"

    @property
    def ledger_file(self) -> Path:
        return self.folder / "content" / LEDGER

    def copied(self, folder: Path) -> Press:
        """The same site, as it is now, in another folder."""
        shutil.copytree(self.folder, folder)
        return Press(folder)

    def write(self, source: str, *, body: str = "Text.", **head: object) -> None:
        """Write a post or a page; one line of its head for each word."""
        head = {"title": source, **head}
        if source.startswith("posts/"):
            head = {"kind": "news", "date": "2012-05-14", **head}
        lines = "".join(f"{key}: {value}\n" for key, value in head.items())
        file = self.folder / "content" / source
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\n{lines}---\n\n{body}\n", "utf-8")

    def remove(self, source: str) -> None:
        (self.folder / "content" / source).unlink()

    def job(self, **settings: object) -> Job:
        places = {"PATH": str(self.folder / "content"), "OUTPUT_PATH": str(self.output)}
        return Engine(read_settings(override={**SETTINGS, **places, **settings})).job()

    def publish(self, **settings: object) -> Ledger:
        """Publish; the ledger afterwards."""
        build(self.job(**settings), quiet())
        return self.ledger()

    def refused(self, **settings: object) -> str:
        """Publish, which has to fail; what is said."""
        try:
            build(self.job(**settings), quiet())
        except HallwayError as error:
            return "\n".join(explanation(error)).replace(f"{self.folder}/", "")
        raise AssertionError("it was published")

    def ledger(self) -> Ledger:
        problems = Problems()
        ledger = parse_ledger(Source(LEDGER, self.ledger_file.read_text("utf-8")), problems)
        assert problems == []
        return ledger

    def page(self, path: str) -> str:
        return (self.output / path).read_text("utf-8")


def quiet() -> Reporter:
    """A reporter that nobody hears."""
    return Reporter(stream=io.StringIO())
