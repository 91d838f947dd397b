"""The full site's pages: every id once, every link alive, nothing that the public may not see."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import etree, html

from tests.site_folder import SiteFolder

BASE = "/blog/"
ADDRESS = "https://full.example"

WITHHELD = ["draft", "future", "expired"]
"""Posts of the full site that only its author sees."""


@pytest.fixture(params=["html", "publish"])
def built(request: pytest.FixtureRequest) -> SiteFolder:
    """The site, as its author and as the public sees it."""
    site = "full_site" if request.param == "html" else "published_site"
    folder: SiteFolder = request.getfixturevalue(site)
    return folder


def pages(site: SiteFolder) -> dict[str, html.HtmlElement]:
    return {
        file.relative_to(site.output).as_posix(): html.document_fromstring(file.read_bytes())
        for file in sorted(site.output.rglob("*.html"))
    }


def texts(page: html.HtmlElement, path: str) -> list[str]:
    """The texts of the elements at a path, in order."""
    return [" ".join(element.text_content().split()) for element in page.xpath(path)]


def headings(site: SiteFolder, path: str) -> list[str]:
    """The titles of the posts on a list."""
    page = html.document_fromstring((site.output / path).read_bytes())
    return texts(page, '//*[contains(@class, "card-title")]')


def test_every_id_stands_on_its_page_once(built: SiteFolder) -> None:
    twice = {
        path: found
        for path, page in pages(built).items()
        if (found := [i for i, n in Counter(page.xpath("//@id")).items() if n > 1])
    }
    assert twice == {}


def test_every_link_within_the_site_leads_somewhere(built: SiteFolder) -> None:
    ids = {path: set(page.xpath("//@id")) for path, page in pages(built).items()}
    for file in built.output.rglob("glyphs.svg"):
        drawings = etree.parse(file).xpath("//@id")
        ids[file.relative_to(built.output).as_posix()] = set(drawings)
    dead = [
        (path, address)
        for path, page in pages(built).items()
        for address in addresses(page)
        if not is_alive(built.output, ids, path, address)
    ]
    assert dead == []


def addresses(page: html.HtmlElement) -> Iterator[str]:
    yield from page.xpath("//@href | //@src | //@poster")
    for sources in page.xpath("//@srcset"):
        yield from (source.split()[0] for source in sources.split(","))


def is_alive(output: Path, ids: dict[str, set[str]], page: str, address: str) -> bool:
    """Whether an address is of another site, or one of a file here and an id that is in it."""
    parts = urlsplit(address.removeprefix(ADDRESS))
    if parts.scheme or parts.netloc:
        return True
    path = unquote(parts.path)
    if path.startswith("/"):
        if not path.startswith(BASE):
            return False
        file = path.removeprefix(BASE)
    else:
        file = posixpath.join(posixpath.dirname(page), path) if path else page
    if not file or file.endswith("/"):
        file += "index.html"
    fragment = unquote(parts.fragment)
    return (output / file).is_file() and (not fragment or fragment in ids[file])


def test_nothing_is_loaded_from_elsewhere(built: SiteFolder) -> None:
    loaded = {
        address
        for page in pages(built).values()
        for address in page.xpath("//@src | //@poster | //link[@rel!='canonical']/@href")
        if urlsplit(address).netloc not in {"", "full.example"}
    }
    assert loaded == set()


def test_every_page_says_its_title_address_language_and_feeds(built: SiteFolder) -> None:
    for path, page in pages(built).items():
        if page.xpath("//meta[@http-equiv='refresh']"):
            continue
        assert len(page.xpath("/html/head/title")) == 1, path
        assert page.xpath("/html/@lang"), path
        (canonical,) = page.xpath("/html/head/link[@rel='canonical']/@href")
        assert canonical.startswith(f"{ADDRESS}{BASE}"), path
        assert page.xpath("/html/head/link[@rel='alternate'][@type]/@href")[:3] == [
            "/blog/feeds/all.atom.xml",
            "/blog/feeds/all.rss.xml",
            "/blog/feeds/all.json",
        ], path
        assert len(page.xpath("//h1")) == 1, path


def test_titles_are_text(built: SiteFolder) -> None:
    page = pages(built)["posts/guide-one/index.html"]

    title = 'A guide with <b>markup</b> & quotes: "all" of it'
    assert texts(page, "//h1") == [title]
    assert texts(page, "/html/head/title") == [f"{title} · Full & whole"]
    assert title in headings(built, "guides/index.html")


def test_author_sees_drafts_and_future_posts_marked(full_site: SiteFolder) -> None:
    marks = {
        name: texts(page, "//header//*[@class='mark']")
        for name in [*WITHHELD, "hidden", "essay"]
        for page in [pages(full_site)[f"posts/{name}/index.html"]]
    }
    assert marks == {
        "draft": ["Draft"],
        "future": ["Scheduled for 2 June 2012"],
        "expired": ["Expired"],
        "hidden": ["Hidden"],
        "essay": [],
    }


def test_robots_are_told_to_pass_over_what_is_marked(full_site: SiteFolder) -> None:
    passed = {
        path
        for path, page in pages(full_site).items()
        if page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    }
    marked = {f"posts/{name}/index.html" for name in [*WITHHELD, "hidden"]}
    assert passed == {*marked, "drafted/index.html", "404.html"}


def test_public_gets_nothing_of_what_is_withheld(published_site: SiteFolder) -> None:
    """Not a page, not a word, not a tag, not a count; and no file that only it links to."""
    tree = published_site.tree()

    assert [path for path in tree if any(f"posts/{name}" in path for name in WITHHELD)] == []
    assert "drafted/index.html" not in tree
    assert "tags/secret-tag/index.html" not in tree
    telling = [
        path
        for path, data in tree.items()
        if data
        and any(word in data for word in (b"Secret", b"secret-tag", b"The future", b"A draft"))
    ]
    assert telling == []


def test_hidden_post_is_published_and_on_no_list(built: SiteFolder) -> None:
    naming = {path for path, page in pages(built).items() if "Hidden words" in page.text_content()}
    linking = {
        path for path, page in pages(built).items() if page.xpath("//a[contains(@href, 'hidden')]")
    }
    assert naming == {"posts/hidden/index.html"}
    assert linking == set()
    assert "tags/hidden-tag/index.html" not in pages(built)


def test_home_page_lists_the_newest(published_site: SiteFolder) -> None:
    assert headings(published_site, "index.html")[:4] == [
        "Small news",
        "A talk",
        "A call, open",
        "A call, closed",
    ]


def test_list_is_split_into_pages_that_know_each_other(published_site: SiteFolder) -> None:
    all_pages = pages(published_site)
    paths = ["authors/ada/index.html", *(f"authors/ada/page/{n}/index.html" for n in range(2, 7))]
    present = [path for path in paths if path in all_pages]
    posts = [title for path in present for title in headings(published_site, path)]

    assert len(posts) == len(set(posts)) == 20
    assert [len(headings(published_site, path)) for path in present] == [4, 4, 4, 4, 4]
    assert [all_pages[path].xpath("//nav//a[@rel='next']/@href") for path in present[-2:]] == [
        ["/blog/authors/ada/page/5/"],
        [],
    ]
    assert [all_pages[path].xpath("//nav//a[@rel='prev']/@href") for path in present[:2]] == [
        [],
        ["/blog/authors/ada/"],
    ]


def test_posts_of_one_instant_stand_in_the_order_of_their_files(
    published_site: SiteFolder,
) -> None:
    news = headings(published_site, "news/index.html")

    assert news.index("Same instant A") + 1 == news.index("Same instant B")


def test_series_names_its_parts_oldest_first(published_site: SiteFolder) -> None:
    page = pages(published_site)["posts/guide-two/index.html"]

    assert texts(page, "//nav[@class='series']//li") == [
        'A guide with <b>markup</b> & quotes: "all" of it',
        "Guide two",
        "An essay",
    ]
    assert texts(page, "//nav[@class='series']//*[@aria-current]") == ["Guide two"]


def test_neighbours_are_the_posts_before_and_after(published_site: SiteFolder) -> None:
    all_pages = pages(published_site)
    first, last = all_pages["posts/welcome/index.html"], all_pages["posts/news/index.html"]

    assert first.xpath("//a[@rel='next']/@href") == ["/blog/posts/welcome-de/"]
    assert first.xpath("//a[@rel='prev']/@href") == []
    assert last.xpath("//a[@rel='next']/@href") == []
    assert last.xpath("//a[@rel='prev']/@href") == ["/blog/posts/talk/"]


def test_translations_name_each_other_in_their_own_language(published_site: SiteFolder) -> None:
    all_pages = pages(published_site)

    for path, link in {
        "posts/welcome/index.html": ("Deutsch", "/blog/posts/welcome-de/"),
        "posts/welcome-de/index.html": ("English", "/blog/posts/welcome/"),
    }.items():
        (anchor,) = all_pages[path].xpath("//a[@rel='alternate']")
        assert (anchor.text, anchor.get("href")) == link


def test_text_has_its_own_language_and_direction(published_site: SiteFolder) -> None:
    prose = {
        name: pages(published_site)[f"posts/{name}/index.html"].xpath("//div[@class='prose']")[0]
        for name in ("arabic-ar", "日本語-ja", "hindi-hi", "essay")
    }
    assert {name: (p.get("lang"), p.get("dir")) for name, p in prose.items()} == {
        "arabic-ar": ("ar", "rtl"),
        "日本語-ja": ("ja", "ltr"),
        "hindi-hi": ("hi", "ltr"),
        "essay": ("en", "ltr"),
    }


def test_old_addresses_lead_to_the_new(published_site: SiteFolder) -> None:
    refresh = {
        path: page.xpath("//meta[@http-equiv='refresh']/@content")[0]
        for path, page in pages(published_site).items()
        if page.xpath("//meta[@http-equiv='refresh']")
    }
    assert refresh == {
        "me/index.html": "0; url=/blog/about/",
        "old/guide/index.html": "0; url=/blog/posts/guide-one/",
        "older.html": "0; url=/blog/posts/guide-one/",
    }


def test_files_are_published_when_linked_or_in_their_folder(published_site: SiteFolder) -> None:
    others = [
        path
        for path, data in published_site.tree().items()
        if data is not None
        and not path.startswith(("theme/", "feeds/", "subscribe/", "."))
        and not path.endswith(".html")
    ]
    assert others == [
        "_redirects",
        "files/sample.sql",
        "images/map.svg",
        "images/map2.svg",
        "posts/with-files/files/run.sh",
        "posts/with-files/map.svg",
        "robots.txt",
    ]


def test_excerpt_on_a_list_ends_at_the_marker(published_site: SiteFolder) -> None:
    page = pages(published_site)["guides/index.html"]
    (card,) = (
        card
        for card in page.xpath("//article")
        if "A guide with" in card.xpath(".//h2")[0].text_content()
    )

    assert texts(card, ".//p[@class='card-text']") == [
        "The first paragraph has a note and a link to its own section."
    ]


def test_call_says_whether_it_is_open(published_site: SiteFolder) -> None:
    all_pages = pages(published_site)
    status = {
        name: (
            texts(all_pages[f"posts/{name}/index.html"], "//*[@class='call-status']"),
            all_pages[f"posts/{name}/index.html"].xpath("//call-status//a/@href"),
        )
        for name in ("call-open", "call-closed")
    }
    assert status == {
        "call-open": (["Open until 10 June 2012"], ["mailto:ada@full.example"]),
        "call-closed": (["Closed on 31 May 2012"], []),
    }


def test_menu_holds_the_pages_that_ask_for_it_in_their_order(published_site: SiteFolder) -> None:
    page = pages(published_site)["about/index.html"]

    assert texts(page, "//nav[@class='header-nav']//a") == [
        "Posts",
        "Contact",
        "About & more",
        "Elsewhere",
    ]
    assert texts(page, "//nav[@class='header-nav']//a[@aria-current]") == ["About & more"]


def test_years_of_the_archive_hold_every_listed_post_once(published_site: SiteFolder) -> None:
    entries = {
        year: pages(published_site)[f"archive/{year}/index.html"].xpath("//main//li//a/@href")
        for year in (2011, 2012)
    }
    posts = [address for found in entries.values() for address in found if "/posts/" in address]

    assert len(posts) == len(set(posts))
    assert {a for a in entries[2011] if "/posts/" in a} == {
        "/blog/posts/classic/",
        "/blog/posts/with-files/",
        "/blog/posts/welcome/",
        "/blog/posts/welcome-de/",
    }


def test_folder_of_all_posts_is_the_archive_whose_address_it_names(
    published_site: SiteFolder,
) -> None:
    folder, archive = (
        pages(published_site)[path] for path in ("posts/index.html", "archive/index.html")
    )

    assert texts(folder, "//main//a") == texts(archive, "//main//a")
    assert folder.xpath("//link[@rel='canonical']/@href") == archive.xpath(
        "//link[@rel='canonical']/@href"
    )
