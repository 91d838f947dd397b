"""`python -m tests.screenshots` takes a picture of every page type into `screenshots/`.

Each page is taken at five widths, light and dark, and as it is printed; pages that change with the
clock are also taken before, during and after the sample's conference. The folder is not kept in
the repository. Words after the command choose pages, `--widths` and `--looks` choose among those.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from plugins.setup.chromium import ADVICE, find_chromium

from tests.browser.pages import CHANGES_WITH_THE_CLOCK, MOMENTS, PAGES
from tests.browser.visit import served
from tests.site_folder import copied_real_site

WIDTHS = {320: 640, 360: 740, 768: 1024, 1280: 800, 1920: 1080}
"""The window's height by its width."""

BUILD_DAY = "1791626400"
"""10 October 2026, two weeks before the sample's conference: the clock of readers goes on."""

LOOKS = ("light", "dark", "print")
LONGEST = 9000
"""Pixels of a page that a picture shows; programs show no picture that is much longer."""


class Wanted(Struct, frozen=True):
    """What the command line asks for."""

    pages: tuple[str, ...]
    widths: tuple[int, ...]
    looks: tuple[str, ...]
    moments: tuple[str, ...]
    is_whole: bool
    folder: Path


def main(arguments: list[str]) -> int:
    """Build the site, take the pictures, and print how many there are."""
    path = find_chromium()
    if not path:
        print(ADVICE, file=sys.stderr)
        return 2
    wanted = _wanted(arguments)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = copied_real_site(Path(folder) / "site").built(
            settings="publishconf.py", SOURCE_DATE_EPOCH=BUILD_DAY
        )
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        with served(site.output) as home:
            count = sum(_pictures(browser, home, wanted))
        browser.close()
    print(f"{count} pictures in {wanted.folder}/")
    return 0


def _wanted(arguments: list[str]) -> Wanted:
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots")
    parser.add_argument("pages", nargs="*", help="names of pages; all when left out")
    parser.add_argument("--widths", nargs="*", type=int, default=list(WIDTHS))
    parser.add_argument("--looks", nargs="*", default=list(LOOKS), choices=LOOKS)
    parser.add_argument("--moments", nargs="*", default=list(MOMENTS), choices=list(MOMENTS))
    parser.add_argument("--window", action="store_true", help="only what the window shows")
    parser.add_argument("--folder", type=Path, default=Path("screenshots"))
    found = parser.parse_args(arguments)
    return Wanted(
        tuple(found.pages or PAGES),
        tuple(found.widths),
        tuple(found.looks),
        tuple(found.moments),
        not found.window,
        found.folder,
    )


def _pictures(browser: Browser, home: str, wanted: Wanted) -> Iterator[int]:
    """Take the pictures of each moment and look; yield one for each that was taken."""
    wanted.folder.mkdir(parents=True, exist_ok=True)
    for moment in wanted.moments:
        for look in wanted.looks:
            scheme = "dark" if look == "dark" else "light"
            context = browser.new_context(color_scheme=scheme, timezone_id="Europe/Berlin")
            _stop_clock(context, MOMENTS[moment])
            for name in wanted.pages:
                if moment == "after" or name in CHANGES_WITH_THE_CLOCK:
                    yield from _takes(context, home, name, f"{name}-{moment}-{look}", wanted)
            context.close()


def _stop_clock(context: BrowserContext, moment: str) -> None:
    context.clock.set_fixed_time(datetime.fromisoformat(moment))


def _takes(
    context: BrowserContext, home: str, name: str, stem: str, wanted: Wanted
) -> Iterator[int]:
    page = context.new_page()
    is_printed = stem.endswith("print")
    page.goto(f"{home}{PAGES[name]}")
    page.wait_for_load_state("networkidle")
    if is_printed:
        page.emulate_media(media="print")
        page.pdf(path=wanted.folder / f"{stem}.pdf", prefer_css_page_size=True)
        yield 1
    for width in () if is_printed else wanted.widths:
        _take(page, width, wanted.folder / f"{stem}-{width}.png", is_whole=wanted.is_whole)
        yield 1
    page.close()


def _take(page: Page, width: int, file: Path, *, is_whole: bool) -> None:
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    page.wait_for_timeout(100)
    height = min(int(page.evaluate("document.documentElement.scrollHeight")), LONGEST)
    clip = {"x": 0, "y": 0, "width": width, "height": height}
    page.screenshot(path=file, full_page=is_whole, clip=clip if is_whole else None)  # type: ignore[arg-type]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
