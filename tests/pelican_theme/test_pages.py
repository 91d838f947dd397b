"""Themes for plain Pelican show what they show in stock Pelican, and the rest is not lost."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.site_folder import SiteFolder, copied_site, tree_of

Site = Callable[[str], SiteFolder]

THEMES = ["awkward", "simple", "notmyidea"]
"""A theme of the tests, that tries what themes may do; and the two that come with Pelican."""

STOCK = [sys.executable, "-m", "pelican", "content", "-o", "stock", "-s", "stock.py", "-t"]

OUR_OWN = [
    "404.html",
    "essays/index.html",
    "essays/page/2/index.html",
    "news/index.html",
    "recaps/index.html",
    "series/index.html",
    "series/kettles/index.html",
    "subscribe/index.html",
]
"""The pages that Pelican has none for: our own theme shows them."""

AGAIN = {
    "archive/index.html": "archives.html",
    "authors/index.html": "authors.html",
    "categories/index.html": "categories.html",
    "posts/index.html": "archives.html",
    "tags/index.html": "tags.html",
}
"""Addresses of our own, and the page of Pelican's that stands there too."""

TYPED = """---
title: Typed
kind: guide
date: 2012-05-20
---

```console
$ make tea
```
"""

FAIR = """---
title: A fair
dates: 2012-06-09
zone: Europe/Berlin
---
"""

SUMMARY = re.compile(
    r"Built 7 posts, 1 page, 39 feeds, \d+ files \(with 1 text that only you see\)"
    r" in \d+\.\d s into output/\n"
    r"Theme (\w+) is written for plain Pelican: all 30 pages were rendered;"
    r" 8 more that it has no template for: Hallway's own theme shows them\n"
    r"Next: make serve to look at it, make devserver to write, make publish for the public\.\n"
)


def add_settings(site: SiteFolder, lines: str) -> None:
    before = (site.folder / "settings.py").read_text("utf-8")
    site.write("settings.py", f"{before}\n{lines}")


@pytest.fixture(scope="module", params=THEMES)
def tea(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """The site in `output/`, and as stock Pelican makes it in `stock/`; tests only look at it."""
    folder = copied_site("pelican", tmp_path_factory.mktemp("tea") / request.param)
    stock = folder.run([*STOCK, request.param])
    assert stock.code == 0, stock.report
    return folder.built("-t", request.param)


def pages(folder: Path) -> dict[str, bytes]:
    return {path: data for path, data in tree_of(folder).items() if data and path[-5:] == ".html"}


def test_pages_are_those_of_stock_pelican_byte_for_byte(tea: SiteFolder) -> None:
    ours, stock = pages(tea.output), pages(tea.folder / "stock")

    assert {path: ours.get(path) for path in stock} == stock


def test_every_address_of_ours_is_still_there(tea: SiteFolder) -> None:
    ours, stock = pages(tea.output), pages(tea.folder / "stock")

    assert sorted(ours.keys() - stock.keys()) == sorted([*OUR_OWN, *AGAIN])
    assert [path for path in OUR_OWN if b"script" not in ours[path]] == []
    assert {p for p, same in AGAIN.items() if titled(ours[p]) != titled(ours[same])} == set()


def titled(page: bytes) -> str:
    return re.sub(r"(?s).*<title>(.*)</title>.*", r"\1", page.decode())


def test_files_of_the_theme_are_where_pelican_puts_them(tea: SiteFolder) -> None:
    ours, stock = tree_of(tea.output / "theme"), tree_of(tea.folder / "stock" / "theme")

    assert {path: ours.get(path) for path in stock} == stock


def test_second_build_renders_all_and_keeps_files_as_they_are(site: Site) -> None:
    tea = site("pelican").built()
    stamps = {path: (tea.output / path).stat().st_mtime_ns for path in tea.tree()}
    before = tea.tree()

    again = tea.build()

    assert tea.tree() == before
    files = [path for path, data in before.items() if data is not None]
    assert [p for p in files if (tea.output / p).stat().st_mtime_ns != stamps[p]] == []
    said = SUMMARY.fullmatch(again.report)
    assert said, again.report
    assert said[1] == "awkward"


def test_features_are_plain_and_events_in_the_menu(site: Site) -> None:
    tea = site("pelican")
    add_settings(tea, 'PLUGINS += ["plugins.command", "plugins.schedule"]\ndel MENUITEMS\n')
    tea.write("content/events/fair/index.md", FAIR)
    tea.write("content/posts/typed.md", TYPED)

    typed = tea.built().page("posts/typed/index.html")

    assert "<pre><code>$ make tea</code></pre>" in typed
    assert "<button" not in typed
    assert '<a href="/events/">Events</a>' in typed


def test_large_site_has_no_warning(tmp_path: Path) -> None:
    full = copied_site("full", tmp_path / "full")

    finished = full.build("-t", "notmyidea")

    assert finished.code == 0
    assert re.sub(r"\d+", "…", finished.report).splitlines()[1:-1] == [
        "Theme notmyidea is written for plain Pelican: all … pages were rendered;"
        " … more that it has no template for: Hallway's own theme shows them"
    ]
    release = full.page("posts/release/index.html")
    assert "<li>Versions:<ul><li>9.1.3</li><li>9.10</li></ul></li>" in release
    assert "heading-anchor" not in release
    assert ">About &amp; more</a>" in release


def test_faulty_templates_are_told_with_their_line(site: Site) -> None:
    tea = site("pelican")
    tea.write("awkward/templates/tag.html", "{{ tag }}\n  {{ tag.name | shouter }}\n")
    tea.write(
        "content/posts/odd.md", "Title: Odd\nKind: essay\nDate: 2012-05-05\nTemplate: artcle\n"
    )

    assert tea.build().whole == (
        "awkward/templates/tag.html:2:17: found a fault in the template (no filter named"
        " 'shouter'); expected a template that can be rendered\n"
        "    2 |   {{ tag.name | shouter }}\n"
        "      |                 ^\n"
        "    hint: it was rendered for the list of the tag “green tea”\n"
        "content/posts/odd.md:4:11: found the template “artcle.html”, which the theme does not"
        " have; expected a template of the theme\n"
        "    4 | Template: artcle\n"
        "      |           ^\n"
        "    hint: did you mean “article.html”?\n"
        "2 problems: nothing was changed in the output\nexit 1\n"
    )


def test_faults_while_rendering_are_told_with_their_line(site: Site) -> None:
    tea = site("pelican")
    tea.write("awkward/templates/page.html", "{{ page.title }}\n{{ page.cover.url }}\n")
    tea.write("awkward/templates/tags.html", "{{ tags[0].name }}\n{{ article.title | shouted }}\n")

    assert tea.build().whole == (
        "awkward/templates/page.html:2:9: found 'pelican.contents.Page object' has no attribute"
        " 'cover'; expected a name that Pelican or a setting has\n"
        "    2 | {{ page.cover.url }}\n"
        "      |         ^\n"
        "    hint: it was rendered for content/pages/about.md\n"
        "awkward/templates/tags.html:2:4: found 'article' is undefined; expected a name that"
        " Pelican or a setting has\n"
        "    2 | {{ article.title | shouted }}\n"
        "      |    ^\n"
        "    hint: it was rendered for the list of all tags; 1 other page has it too\n"
        "2 problems: nothing was changed in the output\nexit 1\n"
    )


def test_settings_that_a_theme_asks_for_are_no_misspelt_ones(site: Site) -> None:
    tea = site("pelican")
    add_settings(tea, 'SITETITLE = "Tea"\n')

    assert tea.build("--check").code == 0
    assert tea.build("--check", "-t", "simple").whole == (
        "settings.py:25: SITETITLE: found an unknown setting; expected SITESUBTITLE\nexit 2\n"
    )


def test_dead_links_of_a_theme_warn(site: Site) -> None:
    tea = site("pelican")
    tea.write("awkward/templates/article.html", '<a href="{{ SITEURL }}/favicon.ico">x</a>\n')

    finished = tea.build()

    assert finished.code == 0
    assert finished.report.splitlines()[:2] == [
        "awkward: warning: found a link to “/favicon.ico”, which the site does not have"
        " (on the page posts/draft/index.html); expected a link that leads somewhere",
        "    hint: 6 other pages have it too",
    ]


def test_two_pages_at_one_address_are_told(site: Site) -> None:
    tea = site("pelican")
    tea.write("content/pages/list.md", "Title: List\nSave_as: tags/leaves/index.html\n\nHi.\n")

    assert tea.build().whole == (
        "content/pages/list.md:2:10: found the output path “tags/leaves/index.html”, which the"
        " list of the tag “leaves” has too; expected an address of its own for each\n"
        "    2 | Save_as: tags/leaves/index.html\n"
        "      |          ^\n"
        "    hint: change the slug, save_as or alias of one of them\n"
        "1 problem: nothing was changed in the output\nexit 1\n"
    )


def test_settings_that_pelican_cannot_work_with_are_told(site: Site) -> None:
    tea = site("pelican")
    add_settings(tea, 'JINJA_ENVIRONMENT = {"extensions": ["no.such"]}\n')

    assert tea.build().whole == (
        "configuration: THEME: Pelican makes no pages for it: No module named 'no'\nexit 2\n"
    )
