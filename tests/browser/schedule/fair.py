"""What tests of the fair look for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

from tests.site_folder import ROOT

BASE = "/hallway/events/fair/"
SCHEDULE = f"{BASE}schedule/"
MY = f"{BASE}my/"
NOW = f"{BASE}now/"

HAMMERS, COFFEE_NL, SAW = "hammers-nails-and-slashes", "koffie-zetten", "long-saw"
"""Three sessions of Saturday: the first two begin together, the third overlaps both."""


def session(page: Page, id: str) -> Locator:
    """A session of the page, by its id."""
    return page.locator(f'.session[data-session="{id}"]')


def star(page: Page, id: str) -> Locator:
    """The star of a session."""
    return page.locator(f'[data-session="{id}"] .session-star')


def shown(page: Page) -> list[str]:
    """The ids of the sessions that are not hidden, in their order."""
    found = page.locator("event-schedule .session:not([hidden])")
    return list(found.evaluate_all("all => all.map((one) => one.dataset.session)"))


def marked(page: Page, state: str) -> list[str]:
    """The ids of the sessions that carry a state."""
    found = page.locator(f".session[data-{state}]")
    return list(found.evaluate_all("all => all.map((one) => one.dataset.session)"))


def change_programme(folder: Path, page: str, *changes: tuple[str, str]) -> None:
    """Replace texts of a page, as a later build would."""
    file = folder / page / "index.html"
    text = file.read_text("utf-8")
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    file.write_text(text, "utf-8")


def add_worker(folder: Path, *, is_on: bool = True, version: str = "1") -> None:
    """Let the pages of the event be kept, or no longer, as a build with that setting would."""
    kept = ["", "schedule/", "my/", "now/", "programme.json"]
    www = folder.parents[2]
    theme = sorted(path for path in (www / "hallway" / "theme").rglob("*") if path.is_file())
    settings: dict[str, Any] | None = None
    if is_on:
        settings = {
            "scope": BASE,
            "theme": "/hallway/theme/",
            "version": version,
            "keep": [BASE + part for part in kept]
            + [f"/{path.relative_to(www).as_posix()}" for path in theme],
        }
    source = (ROOT / "theme/static/js/schedule/offline.js").read_text("utf-8")
    line = f"const OFFLINE = {json.dumps(settings)};\n"
    (folder / "sw.js").write_text(line + source, "utf-8")
    for page in folder.rglob("index.html"):
        text = page.read_text("utf-8")
        if "data-worker=" not in text:
            named = text.replace(' data-base="', f' data-worker="{BASE}sw.js" data-base="')
            page.write_text(named, "utf-8")
