"""Builds the events of these tests and the site's own, and reads their pages as readers do."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import html
from lxml.html import HtmlElement

from tests.site_folder import SITES, SiteFolder

SITE = Path(__file__).parent / "site"
BLOCKS = {"h1", "h2", "h3", "h4", "p", "li", "dt", "dd", "address"}


def small_site(folder: Path) -> SiteFolder:
    """The site of three small events, with the real theme, built."""
    shutil.copytree(SITE, folder)
    shutil.copy(SITES / "pelicanconf.py", folder)
    return SiteFolder(folder).built()


def page(site: SiteFolder, path: str) -> HtmlElement:
    """A page of the output."""
    return html.fromstring(site.page(f"{path}index.html"))


def session_ids(root: HtmlElement) -> list[str]:
    """The ids of all sessions on a page, in order."""
    return [str(id) for id in root.xpath("//li[@class='session']/@data-session")]


def spoken(element: HtmlElement) -> str:
    """The text of a part of a page in the order in which it is read aloud, a line a block.

    Headings begin with their rank; what assistive technology does not see is left out.
    """
    return "".join(f"{line}\n" for line in _lines(element) if line)


def _lines(element: HtmlElement) -> Iterator[str]:
    if element.get("aria-hidden") == "true" or element.get("hidden") is not None:
        return
    if not any(child.tag in BLOCKS for child in element.iterdescendants()):
        rank = f"{element.tag} " if element.tag in {"h1", "h2", "h3", "h4"} else ""
        text = " ".join(element.text_content().split())
        yield f"{rank}{text}" if text else ""
        return
    for child in element:
        if isinstance(child, HtmlElement):
            yield from _lines(child)


def structured(root: HtmlElement) -> Any:
    """The JSON-LD of a page; None without one."""
    (*found,) = root.xpath("//script[@type='application/ld+json']/text()")
    return json.loads(found[0]) if found else None
