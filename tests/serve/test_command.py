"""`make serve` and `make devserver`, run for real."""

import fcntl
import os
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.serve.running import Running, await_news, await_text, command
from tests.site_folder import SiteFolder

WATCH = ("--watch", "content", "-o", "output", "-s", "pelicanconf.py")

TOLD = "is building into the same folder"

POST = """\
---
title: Third
kind: {kind}
date: 2012-03-03
---

{text}
"""

FAULT = """\
content/posts/third.md:3:7: found “esay”; expected guide, essay, release, itinerary, recap, \
checklist, call, talk or news
    3 | kind: esay
      |       ^
    hint: did you mean “essay”?
1 problem: nothing was changed in the output
"""


@pytest.fixture
def minimal(site: Callable[[str], SiteFolder]) -> SiteFolder:
    return site("minimal")


def test_serve_shows_a_site_until_ctrl_c(output: Path, run: Callable[..., Running]) -> None:
    running = run(output.parent, "output")
    reply = running.browser.get("/")

    code = running.stop()

    assert reply.body == (output / "index.html").read_bytes()
    address = running.browser.address
    assert (code, running.screen) == (0, f"Serving output at {address} (Ctrl+C ends)\n")


def test_a_change_comes_to_every_open_page(
    minimal: SiteFolder, run: Callable[..., Running]
) -> None:
    running = run(minimal.folder, *WATCH)
    browser = running.browser
    tabs = [browser.news(), browser.news()]
    first = [await_news(tab, lambda news: not news.id.endswith("-0")) for tab in tabs]
    missing = browser.get("/posts/third/")

    minimal.write("content/posts/third.md", POST.format(kind="essay", text="The first words."))
    second = [await_news(tab, lambda news: news.id != first[0].id) for tab in tabs]
    page = browser.get("/posts/third/")
    code = running.stop()

    assert missing.status == 404
    assert [news.report for news in first + second] == [""] * 4
    assert page.status == 200
    assert "The first words." in page.text
    assert f'<script data-build="{second[0].build}"' in page.text
    assert "<script data-build" not in minimal.page("posts/third/index.html")
    assert code == 0
    assert "\nChanged: content/posts/third.md\nBuilt 3 posts" in running.screen
    assert "Traceback" not in running.screen


def test_the_problems_of_a_failed_build_come_whole_and_go_with_the_next_good_one(
    minimal: SiteFolder, run: Callable[..., Running]
) -> None:
    running = run(minimal.folder, *WATCH)
    news = running.browser.news()
    good = await_news(news, lambda item: item.id == item.build and not item.id.endswith("-0"))

    minimal.write("content/posts/third.md", POST.format(kind="esay", text="Words."))
    bad = await_news(news, lambda item: item.report != "")
    page = running.browser.get("/")
    minimal.write("content/posts/third.md", POST.format(kind="essay", text="Words."))
    again = await_news(news, lambda item: item.report == "")

    assert (bad.build, bad.report) == (good.build, FAULT)
    assert page.status == 200
    assert again.build not in {good.build, bad.id}
    running.stop()
    assert FAULT in running.screen


def test_a_site_that_was_never_built_tells_its_problems_too(
    minimal: SiteFolder, run: Callable[..., Running]
) -> None:
    minimal.write("content/posts/third.md", POST.format(kind="esay", text="Words."))
    running = run(minimal.folder, *WATCH)
    news = running.browser.news()
    bad = await_news(news, lambda item: item.report != "")
    page = running.browser.get("/")

    (minimal.folder / "content/posts/third.md").unlink()
    await_news(news, lambda item: item.report == "")

    assert (page.status, bad.report) == (404, FAULT)
    assert "No site in output yet." in page.text
    assert "<script data-build" in page.text
    assert running.browser.get("/").status == 200


def test_settings_templates_and_what_settings_name_count_as_they_are_now(
    minimal: SiteFolder, run: Callable[..., Running]
) -> None:
    running = run(minimal.folder, *WATCH)
    news = running.browser.news()
    await_news(news, lambda item: not item.id.endswith("-0"))

    settings = (minimal.folder / "pelicanconf.py").read_text("utf-8")
    (minimal.folder / "theme").rename(minimal.folder / "house")
    minimal.write("pelicanconf.py", settings.replace('"theme"', '"house"').replace("Tiny", "Vast"))
    await_news(news, lambda _: b"Vast" in running.browser.get("/").body)
    minimal.write(
        "house/templates/404.html", "<!doctype html><title>Lost</title><p>Lost in the house</p>"
    )
    # Whether it is this change or the new watch that a build answers, both come to this.
    await_text(running.browser, "/nothing", "Lost in the house")

    assert running.stop() == 0


def test_a_change_during_a_build_is_built_after_it(
    minimal: SiteFolder, run: Callable[..., Running]
) -> None:
    running = run(minimal.folder, *WATCH)
    news = running.browser.news()
    await_news(news, lambda item: not item.id.endswith("-0"))

    for word in ("one", "two", "three", "four"):
        minimal.write("content/posts/third.md", POST.format(kind="essay", text=f"Word {word}."))
        time.sleep(0.3)

    await_news(news, lambda _: b"Word four." in running.browser.get("/posts/third/").body)


def test_a_build_that_is_locked_out_waits_for_the_other(
    minimal: SiteFolder, run: Callable[..., Running]
) -> None:
    with (minimal.folder / ".output.lock").open("a", encoding="utf-8") as lock:
        fcntl.flock(lock.fileno(), fcntl.LOCK_EX)
        running = run(minimal.folder, *WATCH)
        wait_for(lambda: TOLD in running.screen)
        time.sleep(1.5)
        news = running.browser.news()
        first = next(news)
    good = next(news)
    running.stop()

    assert (first.id[-2:], good.id[-2:]) == ("-0", "-1")
    assert good.report == ""
    assert running.screen.count(TOLD) == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_end_during_a_build_is_clean(
    minimal: SiteFolder, run: Callable[..., Running], number: signal.Signals
) -> None:
    running = run(minimal.folder, *WATCH)
    wait_for((minimal.folder / ".output.stage").exists)

    code = running.stop(number)

    assert (code, running.screen.count("\n")) == (0, 2)  # where it serves, and that it builds
    assert minimal.beside() == []


@pytest.mark.parametrize(("arguments", "target"), [(("output",), "serve"), (WATCH, "devserver")])
def test_a_taken_port_is_told_in_one_line(
    output: Path, arguments: tuple[str, ...], target: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = refused(output.parent, *arguments, "--port", str(port))

    assert done == (
        2,
        f"Port {port} of 127.0.0.1 is taken: end what listens there, or take another, "
        f"as in `make {target} PORT={port + 1}`.\n",
    )


def test_an_address_of_another_machine_is_told_in_one_line(output: Path) -> None:
    code, said = refused(output.parent, "output", "--port", "0", "--bind", "192.0.2.1")

    assert (code, said) == (
        2,
        "Port 0 of 192.0.2.1 cannot be listened at: Cannot assign requested address.\n",
    )


def test_a_folder_that_is_not_there_is_told_in_one_line(tmp_path: Path) -> None:
    assert refused(tmp_path, "output", "--port", "0") == (
        2,
        "There is no folder output: `make html` builds the site into it.\n",
    )


@pytest.mark.parametrize("port", ["x", "65536", "-1"])
def test_a_port_that_is_none_is_told(tmp_path: Path, port: str) -> None:
    code, said = refused(tmp_path, "output", f"--port={port}")

    assert code == 2
    assert said.endswith(f"argument --port: found {port!r}; expected a number up to 65535\n")


def refused(folder: Path, *arguments: str) -> tuple[int, str]:
    """The exit code and the words of a command that cannot begin."""
    done = SiteFolder(folder).run(command(*arguments))
    return done.code, done.report


def wait_for(claim: Callable[[], bool]) -> None:
    for _ in range(6000):
        if claim():
            return
        time.sleep(0.01)
    raise AssertionError("it did not come true within a minute")


def test_builder_that_is_killed_is_replaced_before_the_next_save(
    minimal: SiteFolder, run: Callable[..., Running]
) -> None:
    running = run(minimal.folder, *WATCH)
    tab = running.browser.news()
    first = await_news(tab, lambda news: not news.id.endswith("-0"))
    (killed,) = builders(running)

    os.kill(killed, signal.SIGKILL)
    end = time.monotonic() + 60
    while (there := builders(running)) in ([], [killed]):
        assert time.monotonic() < end
        time.sleep(0.05)
    minimal.write("content/posts/third.md", POST.format(kind="essay", text="The first words."))
    second = await_news(tab, lambda news: news.id != first.id)

    assert second.report == ""
    assert builders(running) == there
    assert "in silence" not in running.screen
    assert running.stop() == 0
    assert [pid for pid in there if Path(f"/proc/{pid}").exists()] == []


def builders(running: Running) -> list[int]:
    """The processes that build for a run of the command."""
    listed = Path(f"/proc/{running.process.pid}/task").glob("*/children")
    numbers = [number for file in listed for number in file.read_text().split()]
    return [
        int(number)
        for number in numbers
        if b"--resident" in Path(f"/proc/{number}/cmdline").read_bytes()
    ]
