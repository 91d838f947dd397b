"""A real server answers real requests as a web server would."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.serve.reload import Bulletin
from plugins.serve.server import LISTENERS
from tests.serve.running import Browser

HTML = "text/html; charset=utf-8"


def test_a_page_is_served_as_it_is(browser: Browser, output: Path) -> None:
    reply = browser.get("/")

    assert reply.main == (200, HTML, None)
    assert reply.headers["Cache-Control"] == "no-cache"
    assert reply.body == (output / "index.html").read_bytes()


def test_a_missing_page_is_answered_with_the_sites_own(browser: Browser) -> None:
    reply = browser.get("/nothing/here/")

    assert (reply.main, reply.text) == ((404, HTML, None), "<body>Not here</body>")


def test_a_site_without_such_a_page_gets_a_plain_one(browser: Browser, output: Path) -> None:
    (output / "404.html").unlink()

    reply = browser.get("/nothing/here/")

    assert reply.main == (404, HTML, None)
    assert "<p>404: nothing is here.</p>" in reply.text


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/%2e%2e/secret.txt", "/%2e%2e%2fsecret.txt", "//secret.txt"]
)
def test_no_path_leads_out_of_the_output(browser: Browser, output: Path, path: str) -> None:
    output.with_name("secret.txt").write_text("secret", "utf-8")

    assert browser.get(path).main == (404, HTML, None)


def test_a_folder_is_moved_with_its_query(browser: Browser) -> None:
    assert browser.get("/posts/first?page=2").main == (302, None, "/posts/first/?page=2")


def test_a_folder_is_never_moved_to_another_server(browser: Browser) -> None:
    assert browser.get("//posts").main == (302, None, "/posts/")


def test_the_root_leads_to_the_base(browser: Browser, output: Path) -> None:
    home = '<link rel="canonical" href="https://tiny.example/blog/"><p>Home</p>'
    (output / "index.html").write_text(home, "utf-8")

    assert browser.get("/").main == (302, None, "/blog/")
    assert browser.get("/blog/").text == home
    assert browser.get("/posts/first/").text == "<body>Not here</body>"


@pytest.mark.parametrize("path", ["/", "/nothing", "/posts"])
def test_head_says_what_get_would_without_the_body(browser: Browser, path: str) -> None:
    got, head = browser.get(path), browser.get(path, method="HEAD")

    assert head.body == b""
    assert (head.status, without_date(head.headers)) == (got.status, without_date(got.headers))


def test_other_methods_are_refused(browser: Browser) -> None:
    assert browser.get("/", method="POST").status == 501


def test_what_a_browser_has_is_not_sent_again(browser: Browser) -> None:
    first = browser.get("/")
    tag, date = first.headers["ETag"], first.headers["Last-Modified"]

    again = browser.get("/", If_None_Match=f'"other", W/{tag}')

    assert (again.status, again.body, again.headers["ETag"]) == (304, b"", tag)
    assert browser.get("/", If_None_Match="*").status == 304
    assert browser.get("/", If_Modified_Since=date).status == 304


def test_what_a_browser_has_of_an_older_build_is_sent(browser: Browser, output: Path) -> None:
    tag = browser.get("/").headers["ETag"]
    (output / "index.html").write_text("new", "utf-8")

    again = browser.get("/", If_None_Match=tag, If_Modified_Since="Fri, 01 Jan 2100 00:00:00 GMT")

    assert (again.status, again.text) == (200, "new")


@pytest.mark.parametrize("date", ["Thu, 01 Jan 1970 00:00:00 GMT", "yesterday", "-1"])
def test_a_date_that_is_old_or_unreadable_changes_nothing(browser: Browser, date: str) -> None:
    assert browser.get("/", If_Modified_Since=date).status == 200


def test_a_missing_page_is_sent_whole_every_time(browser: Browser) -> None:
    assert browser.get("/nothing", If_None_Match="*").status == 404


def test_the_output_may_be_exchanged_between_two_requests(browser: Browser, output: Path) -> None:
    browser.get("/")
    output.rename(output.with_name("old"))
    between = browser.get("/")
    output.mkdir()
    (output / "index.html").write_text("new", "utf-8")

    assert between.status == 404
    assert f"No site in {output} yet." in between.text
    assert browser.get("/").text == "new"


def test_pages_have_no_script_and_there_are_no_events(browser: Browser) -> None:
    assert b"<script" not in browser.get("/").body
    assert browser.get("/.hallway/events").status == 404


def test_with_a_bulletin_pages_have_the_script_and_files_do_not(
    serve: Callable[..., Browser], output: Path
) -> None:
    bulletin = Bulletin()
    browser = serve(bulletin)
    home = (output / "index.html").read_text("utf-8")

    served = browser.get("/").text

    before, _, after = home.partition("</body>")
    assert served.startswith(f'{before}<script data-build="{bulletin.state.build}" ')
    assert served.endswith(f"</script>\n</body>{after}")
    assert "<script" in browser.get("/nothing").text
    assert browser.get("/posts/empty/notes.txt").text == "Notes"
    assert (output / "index.html").read_text("utf-8") == home


def test_a_page_is_sent_anew_after_each_build_since_its_script_is_another(
    serve: Callable[..., Browser],
) -> None:
    bulletin = Bulletin()
    browser = serve(bulletin)
    first = browser.get("/")
    same = browser.get("/", If_None_Match=first.headers["ETag"])

    bulletin.succeeded()
    after = browser.get("/", If_None_Match=first.headers["ETag"])

    assert (same.status, after.status) == (304, 200)
    assert "Last-Modified" not in first.headers


def test_every_listener_hears_the_state_now_and_at_each_change(
    serve: Callable[..., Browser],
) -> None:
    bulletin = Bulletin()
    browser = serve(bulletin)
    tabs = [browser.news() for _ in range(3)]
    first = [next(tab) for tab in tabs]

    bulletin.failed("content/a.md:1:2: found “x”")
    failed = [next(tab) for tab in tabs]
    bulletin.succeeded()
    good = [next(tab) for tab in tabs]

    assert {(n.build, n.report) for n in first} == {(first[0].id, "")}
    assert {(n.build, n.report) for n in failed} == {(first[0].id, "content/a.md:1:2: found “x”")}
    assert {(n.build, n.report) for n in good} == {(good[0].id, "")}
    assert len({first[0].id, failed[0].id, good[0].id}) == 3


def test_more_listeners_than_a_browser_has_connections_are_told_and_let_go(
    serve: Callable[..., Browser],
) -> None:
    bulletin = Bulletin()
    browser = serve(bulletin)
    waiting = [browser.news() for _ in range(LISTENERS)]
    told = [next(tab) for tab in waiting]

    late = list(browser.news())

    assert told == [*late] * LISTENERS
    assert browser.get("/").status == 200


def test_a_listener_who_went_away_leaves_the_seat(serve: Callable[..., Browser]) -> None:
    bulletin = Bulletin()
    browser = serve(bulletin)
    for _ in range(LISTENERS):
        tab = browser.news()
        next(tab)
        tab.close()

    assert any(is_told_of_the_next_build(browser, bulletin) for _ in range(60))


def test_a_listener_who_comes_back_hears_what_was_missed(serve: Callable[..., Browser]) -> None:
    bulletin = Bulletin()
    browser = serve(bulletin)
    next(browser.news())
    bulletin.succeeded()
    bulletin.failed("a problem")

    missed = next(browser.news())

    assert (missed.build, missed.report) == (bulletin.state.build, "a problem")
    assert missed.id != missed.build


def is_told_of_the_next_build(browser: Browser, bulletin: Bulletin) -> bool:
    tab = browser.news()
    next(tab)
    time.sleep(0.1)
    bulletin.succeeded()
    return next(tab, None) is not None


def without_date(headers: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name != "Date"}
