"""A server for the author's own machine; it shows the output as a web server would."""

from __future__ import annotations

import contextlib
import ipaddress
import re
import socket
import sys
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from typing import Any

from .answer import Answer, Request, answer
from .reload import EVENTS, GREETING, KEEP_ALIVE, Bulletin, event

PATIENCE = 1.0
"""Seconds without news after which a listener gets a sign of life, which detects closed ones."""

LISTENERS = 3
"""The most listeners that may wait for news.

A browser allows six connections to a server: if all of them waited, no page would load any more.
Later listeners get the news once and ask again.
"""


IDLE = 30.0
"""Seconds for which a browser may neither send nor receive before its connection is closed."""

BACKLOG = 1_024
"""Connections that wait while others are accepted."""

FOREIGN = b"""\
This server answers to localhost, to addresses of numbers and to the name of its machine alone, so
that no page of the web can read your drafts by another name that leads here.
"""


class Server(ThreadingHTTPServer):
    """A server of one folder, read anew for each request; with a bulletin, pages reload."""

    request_queue_size = BACKLOG

    def __init__(
        self, output: Path, *, bind: str, port: int, bulletin: Bulletin | None = None
    ) -> None:
        self.output = output
        self.names = own_names(bind)
        self.bulletin = bulletin
        self.seats = threading.BoundedSemaphore(LISTENERS)
        found = socket.getaddrinfo(
            bind or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        self.address_family, *_ = found[0]
        super().__init__((bind, port), Handler)

    @property
    def address(self) -> str:
        """The address to type into a browser on this machine."""
        host, port = self.server_address[:2]
        name = host.decode() if isinstance(host, bytes | bytearray) else str(host)
        if name in {"0.0.0.0", "127.0.0.1", "::", "::1"}:
            name = "localhost"
        return f"http://{f'[{name}]' if ':' in name else name}:{port}/"

    @property
    def port(self) -> int:
        """The port on which it listens, also if it chose a free one."""
        return int(self.server_address[1])

    def server_bind(self) -> None:
        """Bind without asking the name service for our own name, as HTTPServer (3.11) does."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "localhost", self.port

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore browsers that went away; show any other error, which is a bug."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    """The handler of one browser's connection."""

    server: Server
    protocol_version = "HTTP/1.1"
    timeout = IDLE

    def parse_request(self) -> bool:
        """Read a request; answer it here if it is for a server of another name."""
        if not super().parse_request():
            return False
        hosts = self.headers.get_all("Host") or [""]
        if len(hosts) == 1 and is_ours(hosts[0], self.server.names):
            return True
        self.close_connection = True
        headers = (("Content-Type", "text/plain; charset=utf-8"), ("Connection", "close"))
        self._send(Answer(HTTPStatus.MISDIRECTED_REQUEST, headers, FOREIGN))
        return False

    def do_GET(self) -> None:
        """Answer with a file, or with the news of builds as they come."""
        if self.server.bulletin and self._request().path == EVENTS:
            self._tell(self.server.bulletin)
        else:
            self._send(self._answer())

    def do_HEAD(self) -> None:
        """Answer as GET would, without the body."""
        self._send(self._answer(), with_body=False)

    def log_message(self, format: str, *arguments: object) -> None:
        """Log nothing: the terminal is for the builds' reports."""

    def _request(self) -> Request:
        path, _, query = self.path.partition("?")
        return Request(
            path=path,
            query=query,
            known=self.headers.get("If-None-Match", ""),
            since=self.headers.get("If-Modified-Since", ""),
            range=self.headers.get("Range", "") if self.command == "GET" else "",
            unless=self.headers.get("If-Range", ""),
        )

    def _answer(self) -> Answer:
        # The state is read before the file: a page may be newer than it says, never older.
        live = self.server.bulletin.state if self.server.bulletin else None
        return answer(self.server.output, self._request(), live=live)

    def _send(self, given: Answer, *, with_body: bool = True) -> None:
        with contextlib.closing(given):
            self.send_response(given.status)
            for name, value in given.headers:
                self.send_header(name, value)
            self.send_header("Cache-Control", "no-cache")
            if given.status is not HTTPStatus.NOT_MODIFIED:
                self.send_header("Content-Length", str(given.length))
            self.end_headers()
            for piece in given.pieces() if with_body else ():
                self.wfile.write(piece)

    def _tell(self, bulletin: Bulletin) -> None:
        """Send the state of the builds; with a seat, send it again at each change."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        # The seat is taken before anything is sent: whoever has heard the news is seated or sent
        # away.
        seated = self.server.seats.acquire(blocking=False)
        try:
            self._greet(bulletin, stays=seated)
        finally:
            if seated:
                self.server.seats.release()

    def _greet(self, bulletin: Bulletin, *, stays: bool) -> None:
        known = bulletin.state
        self.wfile.write(GREETING + event(known))
        while stays and not bulletin.is_closed:
            news = bulletin.after(known, timeout=PATIENCE)
            self.wfile.write(event(news) if news else KEEP_ALIVE)
            known = news or known


def own_names(bind: str) -> frozenset[str]:
    """Return the names that this server answers to, in lower case."""
    own = socket.gethostname().lower()
    return frozenset({"localhost", own, f"{own}.local"} | ({bind.lower()} if bind else set()))


def is_ours(host: str, names: frozenset[str]) -> bool:
    """Return True if a value of `Host` means this server: an address, or one of its names.

    A web page can make its own name lead to this machine (DNS rebinding), and could then read what
    is served; but the browser still sends that name.
    """
    name = host.rpartition(":")[0] if re.search(r":\d*\Z", host) else host
    name = name.lower().rstrip(".")
    return name in names or name.endswith(".localhost") or _is_address(name.strip("[]"))


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
