"""The subscribe page lists all there is to subscribe to, and pages announce their own feeds."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree, html

from tests.site_folder import SiteFolder

BASE = "/blog/"


def listed(site: SiteFolder) -> list[str]:
    """The path below the output of each feed that the page links to."""
    page = html.fromstring(site.page("subscribe/index.html"))
    links = page.xpath("//main//a[contains(@href, '/feeds/')]/@href")
    return [unquote(link).removeprefix(BASE) for link in links]


def feed_files(output: Path) -> list[str]:
    files = (file.relative_to(output).as_posix() for file in (output / "feeds").rglob("*.*"))
    return sorted(file for file in files if not file.endswith(".css"))


def test_page_lists_every_feed_once(published_site: SiteFolder) -> None:
    assert sorted(listed(published_site)) == feed_files(published_site.output)


def test_page_says_what_each_feed_is_for_and_works_without_script(
    published_site: SiteFolder,
) -> None:
    page = html.fromstring(published_site.page("subscribe/index.html"))

    titles = page.xpath("//main//section/h2/text()")
    assert titles == [
        "Everything", "Security", "Languages", "Kinds of post", "Categories", "Series", "Authors",
        "Tags",
    ]  # fmt: skip
    buttons = page.xpath("//main//button")
    assert [button for button in buttons if "hidden" not in button.attrib] == []
    assert buttons[0].get("value") == "https://full.example/blog/feeds/all.atom.xml"


def test_opml_holds_one_format_of_each_feed(published_site: SiteFolder) -> None:
    opml = etree.fromstring(published_site.page("subscribe/feeds.opml").encode())

    addresses = opml.xpath("//outline/@xmlUrl")
    paths = [unquote(urlsplit(a).path).removeprefix(BASE) for a in addresses]
    assert sorted(paths) == [
        p for p in feed_files(published_site.output) if p.endswith(".atom.xml")
    ]
    assert all(urlsplit(home).netloc for home in opml.xpath("//outline/@htmlUrl"))


def announced(site: SiteFolder, path: str) -> dict[str, str]:
    """The feeds that a page announces as Atom: address and title."""
    links = html.fromstring(site.page(path)).xpath("//link[@type='application/atom+xml']")
    return {unquote(link.get("href")).removeprefix(BASE): link.get("title") for link in links}


def test_post_announces_the_sites_feed_and_those_that_hold_it(published_site: SiteFolder) -> None:
    assert list(announced(published_site, "posts/guide-one/index.html").items()) == [
        ("feeds/all.atom.xml", "Full & whole"),
        ("feeds/series/deep-dives.atom.xml", "Full & whole: the series Deep dives"),
        ("feeds/kind/guides.atom.xml", "Full & whole: Guides"),
        ("feeds/category/databases.atom.xml", "Full & whole: category Databases"),
        ("feeds/author/ada.atom.xml", "Full & whole: by Ada"),
        ("feeds/author/grace.atom.xml", "Full & whole: by Grace"),
        ("feeds/tag/cpp.atom.xml", "Full & whole: tagged C++"),
        ("feeds/tag/alembic.atom.xml", "Full & whole: tagged alembic"),
        ("feeds/language/en.atom.xml", "Full & whole: in English"),
    ]


def test_list_announces_its_own_feed(published_site: SiteFolder) -> None:
    assert list(announced(published_site, "tags/cpp/index.html")) == [
        "feeds/all.atom.xml",
        "feeds/tag/cpp.atom.xml",
    ]


def test_every_page_leads_to_the_subscribe_page(published_site: SiteFolder) -> None:
    lost = [
        file.relative_to(published_site.output).as_posix()
        for file in published_site.output.rglob("*.html")
        if '<footer class="footer">' in (text := file.read_text("utf-8"))
        and 'href="/blog/subscribe/"' not in text
    ]
    assert lost == []
