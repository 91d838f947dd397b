"""The server answers under its own names only, so that no page of the web reads drafts."""

from __future__ import annotations

import http.client
import socket

import pytest

from plugins.serve.server import FOREIGN, is_ours, own_names
from tests.serve.running import Browser
from tests.serve.test_ranges import port_of


@pytest.mark.parametrize(
    "host",
    [
        *["localhost", "localhost:8000", "LOCALHOST:1", "localhost.", "site.localhost:8000"],
        *["127.0.0.1", "127.0.0.1:8000", "192.168.1.7:8000", "[::1]:8000", "[::1]", "[fe80::1]"],
        socket.gethostname(),
    ],
)
def test_own_names_are_answered(host: str, browser: Browser) -> None:
    assert status(browser, [host]) == 200


@pytest.mark.parametrize(
    "hosts",
    [
        ["evil.example"],
        ["evil.example:8000"],
        ["localhost.evil.example"],
        ["127.0.0.1.evil.example"],
        ["evil.example#localhost"],
        ["localhost", "evil.example"],
        ["localhost@evil.example"],
        [""],
        [],
    ],
    ids=str,
)
def test_other_names_are_refused(hosts: list[str], browser: Browser) -> None:
    assert status(browser, hosts) == 421
    assert status(browser, hosts, "/.hallway/events") == 421


def test_refusal_says_why(browser: Browser) -> None:
    reply = browser.get("/", Host="evil.example")

    assert reply.main == (421, "text/plain; charset=utf-8", None)
    assert reply.body == FOREIGN


def test_name_that_is_bound_is_ours() -> None:
    assert is_ours("writing.example:80", own_names("writing.example"))
    assert not is_ours("writing.example:80", own_names(""))


def status(browser: Browser, hosts: list[str], path: str = "/") -> int:
    """The status of an answer to a request with these fields `Host`."""
    connection = http.client.HTTPConnection("127.0.0.1", port_of(browser), timeout=60)
    connection.putrequest("GET", path, skip_host=True)
    for host in hosts:
        connection.putheader("Host", host)
    connection.endheaders()
    answered = connection.getresponse().status
    connection.close()
    return answered
