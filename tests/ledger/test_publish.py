"""What readers rely on outlives publishes: ids, addresses, feeds; and what would not is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from plugins.engine.build import build
from plugins.site.ledger import DocumentRecord, Ledger
from tests.ledger.press import Press, quiet
from tests.site_folder import tree_of


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Press:
    """A site with a page and two posts, which was published once."""
    press = Press(tmp_path_factory.mktemp("published"))
    press.write("posts/tea.md", title="Tea")
    press.write("posts/milk.md", title="Milk", date="2012-05-15")
    press.write("pages/about.md", title="About")
    press.publish()
    return press


@pytest.fixture
def press(published: Press, tmp_path: Path) -> Press:
    """The site, to be changed."""
    return published.copied(tmp_path / "site")


def tea(ledger: Ledger) -> DocumentRecord:
    return ledger.documents["posts/tea.md"]


def ids(ledger: Ledger) -> set[str]:
    return {record.id for record in ledger.documents.values() if record.id}


def test_ledger_is_written_by_a_publish_alone(press: Press) -> None:
    press.ledger_file.unlink()
    shutil.rmtree(press.folder / ".output.publishes")

    build(press.job(PUBLISH=False), quiet())

    assert not press.ledger_file.exists()


def test_publish_of_the_same_leaves_the_ledger_as_it_is(press: Press) -> None:
    before = press.ledger_file.stat()

    press.publish()

    assert press.ledger_file.stat().st_mtime_ns == before.st_mtime_ns


def test_two_sites_with_the_same_texts_are_the_same(press: Press, tmp_path: Path) -> None:
    shutil.copytree(press.folder / "content", tmp_path / "other" / "content")
    other = Press(tmp_path / "other")
    other.ledger_file.unlink()
    other.publish()

    assert tree_of(other.folder / "content") == tree_of(press.folder / "content")
    assert tree_of(other.output) == tree_of(press.output)


def test_post_keeps_its_id_through_its_whole_life(press: Press) -> None:
    """New slug, new date, other domain and name, draft and back, renamed file, gone and back."""
    first = tea(press.ledger())
    chapters = [
        ("posts/tea.md", {"slug": "green"}, {}),
        ("posts/tea.md", {"slug": "green", "date": "2012-05-20"}, {}),
        ("posts/tea.md", {"title": "Tea"}, {"SITEURL": "https://x.example", "SITENAME": "X"}),
        ("posts/tea.md", {"status": "draft"}, {}),
        ("posts/tea.md", {"status": "published"}, {}),
        ("posts/2012/tea.md", {}, {}),
    ]
    for source, head, settings in chapters:
        shutil.rmtree(press.folder / "content/posts")
        press.write("posts/milk.md", title="Milk", date="2012-05-15")
        press.write(source, **{"title": "Tea", **head})
        record = press.publish(**settings).documents[source]
        assert (record.id, record.published) == (first.id, first.published)
    feed = press.page("feeds/all.atom.xml")
    assert f"<id>{first.id}</id>" in feed
    assert "<published>2012-05-14T00:00:00+00:00</published>" in feed
    assert press.page("posts/green/index.html").count("/posts/tea/") == 2


def test_feed_of_a_post_that_is_a_draft_again_stays_without_entries(press: Press) -> None:
    press.write("posts/tea.md", title="Tea", tags="[oolong]")
    press.publish()
    press.write("posts/tea.md", title="Tea", tags="[oolong]", status="draft")
    ledger = press.publish()

    assert "feeds/tag/oolong.atom.xml" in ledger.feeds
    assert "<entry>" not in press.page("feeds/tag/oolong.atom.xml")
    assert '<a href="/archive/">moved</a>' in press.page("tag/oolong.html")


def test_new_slug_leaves_a_redirect_at_the_old_address(press: Press) -> None:
    press.write("posts/tea.md", title="Tea", slug="green")
    press.publish()
    press.write("posts/tea.md", title="Tea", slug="black", aliases="/drinks/tea.html")
    press.publish()

    for path in ("drinks/tea.html", "posts/tea/index.html", "posts/green/index.html"):
        assert '<a href="/posts/black/">moved</a>' in press.page(path)
    assert press.page("_redirects") == (
        "/drinks/tea.html /posts/black/ 301\n"
        "/posts/green/ /posts/black/ 301\n"
        "/posts/tea/ /posts/black/ 301\n"
    )


def test_alias_that_is_taken_out_again_still_leads_on(press: Press) -> None:
    press.write("posts/tea.md", title="Tea", aliases="/drinks/tea.html")
    press.publish()
    press.write("posts/tea.md", title="Tea")
    press.publish()

    assert '<a href="/posts/tea/">moved</a>' in press.page("drinks/tea.html")


def test_living_page_is_never_hidden_by_a_redirect(press: Press) -> None:
    """The old address is another post's now, also in other letters, or as a folder."""
    press.write("posts/tea.md", title="Tea", slug="green")
    press.publish()
    press.write("posts/new.md", title="New", slug="Tea")
    press.write("posts/milk.md", title="Milk", date="2012-05-15", save_as="posts/green")
    press.write("posts/tea.md", title="Tea", slug="black")
    ledger = press.publish()

    assert "<title>New</title>" in press.page("posts/Tea/index.html")
    assert "<title>Milk</title>" in press.page("posts/green")
    assert len(ids(ledger)) == 3


def test_posts_that_change_places_lead_nowhere_else(press: Press) -> None:
    press.write("posts/tea.md", title="Tea", slug="milk")
    press.write("posts/milk.md", title="Milk", date="2012-05-15", slug="tea")
    ledger = press.publish()

    assert "<title>Tea</title>" in press.page("posts/milk/index.html")
    assert "<title>Milk</title>" in press.page("posts/tea/index.html")
    assert tea(ledger).addresses == ("posts/milk/index.html",)
    assert not (press.output / "_redirects").exists()


def test_removed_post_has_to_lead_somewhere(press: Press) -> None:
    press.remove("posts/tea.md")

    assert press.refused() == (
        "content/posts/tea.md: found no page at “/posts/tea/” any more, which was published; "
        "expected every published address to lead somewhere\n"
        "    hint: write `aliases: [/posts/tea/]` into the page that takes its place, or if it is "
        "gone for good, `'/posts/tea/': None,` into REDIRECTS in pelicanconf.py\n"
        "1 problem: nothing was changed in the output"
    )


def test_removed_post_may_lead_to_another(press: Press) -> None:
    press.remove("posts/tea.md")
    press.write("posts/milk.md", title="Milk", date="2012-05-15", aliases="/posts/tea/")
    ledger = press.publish()

    assert '<a href="/posts/milk/">moved</a>' in press.page("posts/tea/index.html")
    assert tea(ledger).gone


def test_removed_post_may_be_given_up_once(press: Press) -> None:
    """A new post at its address is a new one, and the old file's return is the old one."""
    first = tea(press.ledger())
    press.remove("posts/tea.md")
    press.publish(REDIRECTS={"/posts/tea/": None})
    press.write("posts/oolong.md", title="Tea", slug="tea")
    renewed = press.publish()
    press.remove("posts/oolong.md")
    press.write("posts/tea.md", title="Tea")
    back = press.publish()

    assert renewed.documents["posts/oolong.md"].id != first.id
    assert tea(back).id == first.id
    assert "posts/oolong.md" not in renewed.documents or not tea(back).gone


def test_feed_has_to_stay_where_it_was(press: Press) -> None:
    text = press.ledger_file.read_text("utf-8")
    press.ledger_file.write_text(
        text.replace('"feed feeds/all.atom.xml": {},\n', OLD_FEED), "utf-8"
    )

    assert press.refused() == (
        "content/ledger.json:8:1: found nothing any more at “/old.xml”, published before; "
        "expected every published address to lead somewhere\n"
        '    8 | "feed old.xml": {},\n'
        "      | ^\n"
        "    hint: say in REDIRECTS in pelicanconf.py where each is now, or None of what is gone "
        "for good:\n"
        "        '/old.xml': '/…',\n"
        "1 problem: nothing was changed in the output"
    )
    press.publish(REDIRECTS={"/old.xml": "/older.xml", "/older.xml": "/feeds/all.atom.xml"})
    assert press.page("old.xml") == press.page("feeds/all.atom.xml") == press.page("older.xml")


def test_feeds_of_one_thing_are_told_and_moved_together(press: Press) -> None:
    text = press.ledger_file.read_text("utf-8")
    old = '"feed tea.atom.xml": {},\n"feed tea.rss.xml": {},\n"end"'
    press.ledger_file.write_text(text.replace('"end"', old), "utf-8")

    assert "        '/tea.*': '/….*',\n" in press.refused()
    ledger = press.publish(REDIRECTS={"/tea.*": "/feeds/all.*"})
    assert press.page("tea.rss.xml") == press.page("feeds/all.rss.xml")
    assert "tea.atom.xml" in ledger.feeds
    assert "/tea.atom.xml /feeds/all.atom.xml 301\n" in press.page("_redirects")
    assert "tea.atom.xml" in press.publish().feeds
    assert "tea.atom.xml" not in press.publish(REDIRECTS={"/tea.*": None}).feeds


OLD_FEED = '"feed feeds/all.atom.xml": {},\n"feed old.xml": {},\n'


def test_ledger_that_was_deleted_is_told(press: Press) -> None:
    text = press.ledger_file.read_bytes()
    press.ledger_file.unlink()

    assert press.refused() == (
        "content/ledger.json: found no ledger, although the last publish wrote one; expected it: "
        "without it, subscribers may be shown every post again\n"
        "    hint: bring it back, as in `git checkout content/ledger.json`, or from "
        ".output.publishes/1/ledger.json; to begin anew on purpose, write {} into it\n"
        "1 problem: nothing was changed in the output"
    )
    press.ledger_file.write_text("{}")
    press.publish()
    assert press.ledger_file.read_bytes() == text


def test_line_that_was_deleted_is_told(press: Press) -> None:
    lines = press.ledger_file.read_text("utf-8").splitlines(keepends=True)
    press.ledger_file.write_text("".join(line for line in lines if "tea.md" not in line), "utf-8")
    press.write("posts/tea.md", title="Other", slug="other", date="2012-06-01")
    press.write("posts/drink.md", title="Tea", slug="tea")

    assert press.refused() == (
        "content/ledger.json: found no id of “document posts/tea.md” any more, which the last "
        "publish wrote; expected every id that readers know\n"
        "    hint: take its line from .output.publishes/1/ledger.json\n"
        "1 problem: nothing was changed in the output"
    )


def test_crash_before_the_ledger_is_written_heals(press: Press) -> None:
    """The site is live, its ledger is the old one: the next publish writes the same one."""
    before = press.ledger_file.read_bytes()
    press.write("posts/sugar.md", title="Sugar")
    press.write("posts/tea.md", title="Tea", slug="green")
    press.publish()
    after = press.ledger_file.read_bytes()
    press.ledger_file.write_bytes(before)
    shutil.rmtree(press.folder / ".output.publishes/2")

    press.publish()

    assert press.ledger_file.read_bytes() == after


def test_ledger_that_cannot_be_written_stops_before_the_exchange(press: Press) -> None:
    live = tree_of(press.output)
    press.write("posts/sugar.md", title="Sugar")
    (press.folder / "content/.ledger.json.new").mkdir()

    assert press.refused().endswith("; the site in output is as it was")
    assert tree_of(press.output) == live
