"""Parts of files, as players of videos ask for them (RFC 9110, section 14), and large files."""

from __future__ import annotations

import os
import resource
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.serve.address import LARGE
from plugins.serve.reload import Bulletin
from plugins.serve.server import Handler
from tests.serve.running import Browser

SMALL_FILE = bytes(range(256))
LARGE_FILE = os.urandom(LARGE + 1_000)


@pytest.fixture(params=["small.webm", "large.webm"])
def film(request: pytest.FixtureRequest, output: Path) -> tuple[str, bytes]:
    """The path of a film, and its bytes."""
    data = SMALL_FILE if request.param == "small.webm" else LARGE_FILE
    (output / request.param).write_bytes(data)
    return f"/{request.param}", data


def test_whole_says_that_there_are_ranges(browser: Browser, film: tuple[str, bytes]) -> None:
    path, data = film

    reply = browser.get(path)

    assert (reply.status, reply.body) == (200, data)
    assert reply.headers["Accept-Ranges"] == "bytes"
    assert reply.headers["Content-Length"] == str(len(data))


@pytest.mark.parametrize(
    ("wanted", "first", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=10-19", 10, 20),
        ("bytes=100-", 100, None),
        ("bytes=-7", -7, None),
        ("bytes=200-99999999", 200, None),
        ("bytes=-99999999", 0, None),
        ("Bytes=1-2", 1, 3),
        (" bytes=1-2 ", 1, 3),
    ],
)
def test_range_is_sent_alone(
    wanted: str, first: int, end: int | None, browser: Browser, film: tuple[str, bytes]
) -> None:
    path, data = film
    start = range(len(data))[first]

    reply = browser.get(path, Range=wanted)

    assert (reply.status, reply.body) == (206, data[first:end])
    assert reply.headers["Content-Range"] == (
        f"bytes {start}-{start + len(reply.body) - 1}/{len(data)}"
    )
    assert reply.headers["Content-Length"] == str(len(reply.body))
    assert reply.headers["Content-Type"] == "video/webm"
    assert "ETag" in reply.headers


@pytest.mark.parametrize("wanted", ["bytes=9999999-", "bytes=9999999-10000000", "bytes=-0"])
def test_range_that_is_not_there_is_told(
    wanted: str, browser: Browser, film: tuple[str, bytes]
) -> None:
    path, data = film

    reply = browser.get(path, Range=wanted)

    assert (reply.status, reply.body) == (416, b"")
    assert reply.headers["Content-Range"] == f"bytes */{len(data)}"


@pytest.mark.parametrize(
    "wanted",
    ["bytes=5-2", "bytes=-", "bytes=a-b", "lines=1-2", "bytes=0-1,4-5", "bytes", "bytes=٣-٤"],
)
def test_range_that_is_none_or_many_is_answered_with_the_whole(
    wanted: str, browser: Browser, film: tuple[str, bytes]
) -> None:
    path, data = film

    reply = browser.get(path, Range=wanted.encode().decode("latin-1"))

    assert (reply.status, reply.body) == (200, data)


def test_range_of_head_and_of_a_missing_page_is_no_matter(
    browser: Browser, film: tuple[str, bytes]
) -> None:
    path, data = film

    head = browser.get(path, method="HEAD", Range="bytes=0-9")

    assert (head.status, head.headers["Content-Length"]) == (200, str(len(data)))
    assert browser.get("/nothing", Range="bytes=0-1").status == 404


def test_range_of_another_version_is_answered_with_the_whole(
    browser: Browser, film: tuple[str, bytes], output: Path
) -> None:
    path, data = film
    first = browser.get(path).headers
    tag, date = first["ETag"], first["Last-Modified"]

    assert browser.get(path, Range="bytes=0-1", If_Range=tag).status == 206
    assert browser.get(path, Range="bytes=0-1", If_Range=date).status == 206
    assert browser.get(path, Range="bytes=0-1", If_Range='"other"').status == 200
    assert browser.get(path, Range="bytes=0-1", If_None_Match=tag).status == 304

    (output / path[1:]).write_bytes(data[::-1])
    os.utime(output / path[1:], (1, 1))
    assert browser.get(path, Range="bytes=0-1", If_Range=tag).body == data[::-1]


def test_large_file_is_not_sent_again(browser: Browser, output: Path) -> None:
    (output / "film.webm").write_bytes(LARGE_FILE)
    first = browser.get("/film.webm").headers

    again = browser.get("/film.webm", If_None_Match=first["ETag"])
    since = browser.get("/film.webm", If_Modified_Since=first["Last-Modified"])

    assert (again.status, again.body, since.status) == (304, b"", 304)


def test_large_file_stays_whole_while_the_output_is_exchanged(
    browser: Browser, output: Path
) -> None:
    (output / "film.webm").write_bytes(LARGE_FILE * 20)
    connection = ask(browser, "/film.webm")
    first = connection.recv(1_000)
    output.rename(output.with_name("old"))
    (output.with_name("old") / "film.webm").unlink()

    rest = b"".join(iter(lambda: connection.recv(1_000_000), b""))

    assert (first + rest).partition(b"\r\n\r\n")[2] == LARGE_FILE * 20


def test_slow_readers_of_a_large_file_take_no_memory(browser: Browser, output: Path) -> None:
    with (output / "film.webm").open("wb") as file:
        file.truncate(50_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    readers = [ask(browser, "/film.webm") for _ in range(20)]
    heads = [reader.recv(100) for reader in readers]

    assert [head[:12] for head in heads] == [b"HTTP/1.1 200"] * 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000
    for reader in readers:
        reader.close()


def test_page_larger_than_most_has_its_script(serve: Callable[..., Browser], output: Path) -> None:
    page = "<body>" + "x" * LARGE + "</body>"
    (output / "index.html").write_text(page, "utf-8")

    text = serve(Bulletin()).get("/").text

    assert text.startswith("<body>xxx")
    assert text.endswith("</script>\n</body>")


def test_fifo_is_not_waited_for(browser: Browser, output: Path) -> None:
    os.mkfifo(output / "pipe")

    assert browser.get("/pipe").status == 404


# Many and idle ------------------------------------------------------------------------------


def test_thousand_requests_at_once_are_answered(browser: Browser) -> None:
    waiting = [ask(browser, "/posts/empty/notes.txt") for _ in range(1_000)]

    answers = [b"".join(iter(lambda one=one: one.recv(4_096), b"")) for one in waiting]

    assert {answer.partition(b"\r\n\r\n")[2] for answer in answers} == {b"Notes"}


def test_idle_connection_is_closed(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Handler, "timeout", 0.2)
    with socket.create_connection(("127.0.0.1", port_of(browser))) as silent:
        silent.settimeout(20)
        assert silent.recv(10) == b""
    with socket.create_connection(("127.0.0.1", port_of(browser))) as half:
        half.settimeout(20)
        half.sendall(b"GET / HTTP/1.1\r\nHost: loc")
        assert half.recv(10) == b""
    assert capsys.readouterr() == ("", "")


def test_reader_who_takes_nothing_is_let_go(
    browser: Browser,
    output: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(Handler, "timeout", 0.2)
    (output / "film.webm").write_bytes(LARGE_FILE * 20)
    before = threading.active_count()
    with ask(browser, "/film.webm") as connection:
        connection.recv(1)  # it is being answered
        end = time.monotonic() + 20
        while threading.active_count() > before and time.monotonic() < end:
            time.sleep(0.01)
        assert threading.active_count() <= before
    assert capsys.readouterr() == ("", "")


def ask(browser: Browser, path: str) -> socket.socket:
    """A connection on which a file was asked for."""
    connection = socket.create_connection(("127.0.0.1", port_of(browser)), timeout=60)
    request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    connection.sendall(request.encode())
    return connection


def port_of(browser: Browser) -> int:
    return int(browser.address.rstrip("/").rpartition(":")[2])
