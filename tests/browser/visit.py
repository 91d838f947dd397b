"""A reader with a browser of their own, who visits a site that is really built and served."""

from __future__ import annotations

import gzip
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Page, Request, Response

from plugins.serve.server import Server
from tests.site_folder import SiteFolder

SITE = Path(__file__).parent / "site"

WIDE = 1280
HIGH = 900


@dataclass(frozen=True, slots=True)
class Reader:
    """One device: what it keeps, it keeps for all its tabs and for no other test."""

    context: BrowserContext
    home: str
    """The address of the site, without a slash at the end."""
    script: bool = True
    faults: list[str] = field(default_factory=list)
    """What no page may do: errors, and requests to anywhere but its site."""
    spare: list[Page] = field(default_factory=list)
    """Tabs that are open already; making one costs the browser as much as two pages."""

    def open(self, path: str) -> Page:
        """A new tab with a page of the site, its elements defined."""
        page = self.spare.pop() if self.spare else self.new_tab()
        self._load(page, path)
        return page

    def new_tab(self) -> Page:
        """An empty tab, in which every fault is noted."""
        page = self.context.new_page()
        page.on("console", lambda message: self.faults.extend(_complaints(message)))
        page.on("pageerror", lambda error: self.faults.extend(_errors(error)))
        page.on("request", lambda request: self.faults.extend(self._strays(request)))
        return page

    def go(self, page: Page, path: str) -> None:
        """Open another page in a tab, anew even where only the fragment differs."""
        page.goto("about:blank")
        self._load(page, path)

    def reload(self, page: Page) -> None:
        """Load the page of a tab again."""
        page.reload()
        self._wait(page)

    def _load(self, page: Page, path: str) -> None:
        page.goto(f"{self.home}{path}")
        self._wait(page)

    def _wait(self, page: Page) -> None:
        if self.script:
            page.wait_for_function(DEFINED)

    def _strays(self, request: Request) -> list[str]:
        at_home = request.url.startswith((self.home, "data:", "blob:", "about:"))
        return [] if at_home else [f"asked for {request.url}"]


# Chromium's own word when a page is left before the transition to the next one could begin.
LEFT_EARLY = "Transition was aborted because of invalid state"


def _errors(error: Error) -> list[str]:
    return [] if str(error).startswith(LEFT_EARLY) else [str(error)]


def _complaints(message: ConsoleMessage) -> list[str]:
    return [message.text] if message.type in {"error", "warning"} else []


@dataclass(frozen=True, slots=True)
class Desk:
    """A browser with one tab on a site, lent to one test after the other and tidied in between."""

    reader: Reader
    page: Page

    @contextmanager
    def lent(self, width: int = WIDE) -> Iterator[Reader]:
        """The reader for one test; after it, nothing of that is left."""
        self.page.set_viewport_size({"width": width, "height": HIGH})
        self.reader.spare.append(self.page)
        yield self.reader
        self._tidy()
        faults = [*self.reader.faults]
        self.reader.faults.clear()
        assert faults == []

    def _tidy(self) -> None:
        self.reader.spare.clear()
        for page in self.reader.context.pages:
            if page is not self.page:
                page.close()
        self.page.goto("about:blank")
        self.page.emulate_media(media="null", color_scheme="null")
        session = self.reader.context.new_cdp_session(self.page)
        kept = {"origin": self.reader.home, "storageTypes": "all"}
        session.send("Storage.clearDataForOrigin", kept)
        session.detach()


DEFINED = """() => [...document.querySelectorAll(":not(:defined, [data-late])")]
    .every((element) => !element.localName.includes("-"))"""
"""Whether every custom element of the page has got its script, but for those that come late."""


@contextmanager
def served(output: Path) -> Iterator[str]:
    """The address under which a folder is served for the time being."""
    with listening(output) as server:
        yield f"http://127.0.0.1:{server.port}"


@contextmanager
def listening(output: Path) -> Iterator[Server]:
    """A server of a folder, on a free port; which folder, may change while it runs."""
    server = Server(output, bind="127.0.0.1", port=0)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def trial_site(folder: Path) -> SiteFolder:
    """The pages made for these tests, copied and built."""
    shutil.copytree(SITE, folder)
    return SiteFolder(folder).built()


def edited_site(folder: Path, posts: Mapping[str, str]) -> SiteFolder:
    """A site of these posts alone, built."""
    site = SiteFolder(folder)
    site.write("pelicanconf.py", (SITE / "pelicanconf.py").read_text("utf-8"))
    for slug, text in posts.items():
        site.write(f"content/posts/{slug}.md", text)
    return site.built()


@contextmanager
def loading_anew(page: Page) -> Iterator[list[Response]]:
    """What a tab is answered, whose browser takes nothing from what it loaded earlier."""
    answers: list[Response] = []

    def note(response: Response) -> None:
        answers.append(response)

    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.on("response", note)
    yield answers
    page.remove_listener("response", note)
    session.detach()


def compressed_sizes(answers: list[Response], kinds: set[str]) -> dict[str, int]:
    """How large each answer of these kinds is, compressed, by its address."""
    return {
        answer.url: len(gzip.compress(answer.body(), 9, mtime=0))
        for answer in answers
        if answer.request.resource_type in kinds and answer.status == HTTPStatus.OK
    }


ONE_OF_EACH_COLOUR = """() => {
    const looks = "color backgroundColor backgroundImage opacity filter mixBlendMode textShadow"
        + " fontSize fontWeight position visibility";
    const known = new Map();
    const kinds = new Map();
    // Elements look alike if they do so by themselves and so do all that they stand in.
    const kind = (one) => {
        if (!one) return 0;
        if (known.has(one)) return known.get(one);
        const style = getComputedStyle(one);
        const look = looks.split(" ").map((name) => style[name]).join("|");
        const key = `${kind(one.parentElement)} ${one.disabled ?? ""} ${look}`;
        if (!kinds.has(key)) kinds.set(key, kinds.size + 1);
        known.set(one, kinds.get(key));
        return known.get(one);
    };
    const says = (one) => one.matches("input, select, textarea")
        || [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const chosen = new Map();
    for (const one of document.querySelectorAll("body *")) {
        if (says(one) && one.checkVisibility()) chosen.set(kind(one), one);
    }
    for (const one of chosen.values()) one.dataset.colour = "";
}"""


def complaints_of_axe(page: Page, scheme: Literal["light", "dark"]) -> list[tuple[str, list[str]]]:
    """The rules that a page breaks, and where; in the dark those of contrast alone.

    Only colours depend on the scheme, and the slow rule is contrast: in the dark it is tried once
    for all texts that have the same colours on the same ground.
    """
    page.emulate_media(color_scheme=scheme)
    options: dict[str, object] = {
        "resultTypes": ["violations"],
        "rules": {"target-size": {"enabled": True}},
    }
    context = None
    if scheme == "dark":
        page.evaluate(ONE_OF_EACH_COLOUR)
        context = {"include": ["[data-colour]"]}
        options["runOnly"] = ["color-contrast"]
    found = Axe().run(page, context=context, options=options).response["violations"]
    return [(one["id"], [node["target"] for node in one["nodes"]]) for one in found]


def clipboard(page: Page) -> str:
    """What pasting would give."""
    page.bring_to_front()
    return str(page.evaluate("navigator.clipboard.readText()"))


def widest(page: Page) -> int:
    """How wide the page is, whatever it shows of it."""
    return int(page.evaluate("document.documentElement.scrollWidth"))


def style(page: Page, selector: str, name: str, part: str | None = None) -> Any:
    """A computed style of the first element, or of a part like `::before` of it."""
    return page.evaluate(
        "([s, n, p]) => getComputedStyle(document.querySelector(s), p)[n]", [selector, name, part]
    )
