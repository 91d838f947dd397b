"""The answer to a request: status, headers and body."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from datetime import UTC
from email.utils import formatdate, parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from .address import File, Moved, base_of, find
from .media import media_type
from .reload import State, with_script

MISSING = "404.html"

STAND_IN = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{text}</title>
</head>
<body><p>{text}</p></body>
</html>
"""


PIECE = 65_536
"""The number of bytes of a large file that are in memory at once."""

# Matches `bytes=0-499`, `bytes=500-` and `bytes=-500`; not `bytes=0-1,4-5` or `lines=1-2`.
RANGE = re.compile(r"bytes=(?P<first>\d{0,18})-(?P<last>\d{0,18})", re.IGNORECASE | re.ASCII)


class Span(Struct, frozen=True):
    """Bytes of a file, from `start` to `end` (exclusive)."""

    start: int
    end: int


class Request(Struct, frozen=True):
    """The parts of a request that its answer depends on."""

    path: str
    """The address's path, percent-encoded."""
    query: str = ""
    known: str = ""
    """The value of If-None-Match."""
    since: str = ""
    """The value of If-Modified-Since."""
    range: str = ""
    """The value of Range; empty unless the method is GET."""
    unless: str = ""
    """The value of If-Range."""


class Answer(Struct, frozen=True):
    """An answer; the server adds the length and the date."""

    status: HTTPStatus
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    stream: BinaryIO | None = None
    """A large file, instead of a body; the caller closes it after sending."""
    span: Span = Span(0, 0)
    """The part of the stream that is sent."""

    @property
    def length(self) -> int:
        """The number of bytes to send."""
        return self.span.end - self.span.start if self.stream else len(self.body)

    def pieces(self) -> Iterator[bytes]:
        """Yield the bytes to send, in pieces of at most PIECE bytes from a stream."""
        if not self.stream:
            yield self.body
            return
        self.stream.seek(self.span.start)
        left = self.length
        while left and (piece := self.stream.read(min(left, PIECE))):
            yield piece
            left -= len(piece)

    def close(self) -> None:
        """Close the stream, if there is one."""
        if self.stream:
            self.stream.close()


def answer(output: Path, request: Request, *, live: State | None = None) -> Answer:
    """Return the answer to a request for a file of the output.

    With `live`, the state of the builds, pages carry the script that reloads them.
    """
    found = find(output, request.path)
    if isinstance(found, Moved):
        query = f"?{request.query}" if request.query else ""
        # Not "permanently": browsers would remember it for every site shown on this port.
        return Answer(HTTPStatus.FOUND, (("Location", found.path + query),))
    status = HTTPStatus.OK if found else HTTPStatus.NOT_FOUND
    file = found or _missing_page(output)
    whole = _with_body(status, file, live)
    if not found:
        return whole
    known = _unless_known(whole, request, file)
    return _part(known, request) if known.status is HTTPStatus.OK else known


def _missing_page(output: Path) -> File:
    """Return the site's own 404 page, or else one that says what is missing."""
    page = find(output, base_of(output) + MISSING)
    if isinstance(page, File):
        return page
    text = "404: nothing is here." if output.is_dir() else f"No site in {output} yet."
    return File(MISSING, STAND_IN.format(text=html.escape(text)).encode())


def _with_body(status: HTTPStatus, file: File, live: State | None) -> Answer:
    kind = media_type(file.name)
    carries_script = live is not None and kind.startswith("text/html")
    stream, body, mark = file.stream, file.data, file.mark
    if live and carries_script:
        if stream:  # a page has to be in memory for its script
            with stream:
                body, stream = stream.read(), None
        body = with_script(body, live)
    if not stream:
        mark = hashlib.sha256(body).hexdigest()[:32]
    headers = [("Content-Type", kind), ("ETag", f'"{mark}"')]
    # A file's time stamp says nothing about the script in it, which differs with every build.
    if file.modified is not None and not carries_script:
        headers.append(("Last-Modified", formatdate(file.modified, usegmt=True)))
    if status is HTTPStatus.OK:
        headers.append(("Accept-Ranges", "bytes"))
    return Answer(status, tuple(headers), body, stream, Span(0, file.size))


def _part(whole: Answer, request: Request) -> Answer:
    """Return the part of a file that a browser asks for (RFC 9110, section 14), such as of a video.

    Several parts at once, and a range that cannot be read, get the whole file.
    """
    headers = dict(whole.headers)
    if request.unless and request.unless not in (headers["ETag"], headers.get("Last-Modified")):
        return whole
    found = RANGE.fullmatch(request.range.strip())
    if not found or not (found["first"] or found["last"]):
        return whole
    span = _span(found["first"], found["last"], whole.length)
    if span is None:
        whole.close()
        size = ("Content-Range", f"bytes */{whole.length}")
        return Answer(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, (size,))
    if span.end <= span.start:  # the last byte comes before the first, which is no range
        return whole
    named = ("Content-Range", f"bytes {span.start}-{span.end - 1}/{whole.length}")
    body = whole.body[span.start : span.end]
    parts = (*whole.headers, named)
    return Answer(HTTPStatus.PARTIAL_CONTENT, parts, body, whole.stream, span)


def _span(first: str, last: str, size: int) -> Span | None:
    """Return the bytes that a range names; None if the file has none of them."""
    if not first:
        start, end = max(size - int(last), 0), size
        return Span(start, end) if start < end else None
    if int(first) >= size:
        return None
    return Span(int(first), min(int(last) + 1, size) if last else size)


def _unless_known(whole: Answer, request: Request, file: File) -> Answer:
    """Return 304 without a body if the browser has the file already (RFC 9110, section 13.2.2)."""
    headers = dict(whole.headers)
    if request.known:
        tags = {tag.strip().removeprefix("W/") for tag in request.known.split(",")}
        is_known = bool(tags & {"*", headers["ETag"]})
    else:
        is_known = "Last-Modified" in headers and _is_unchanged(file, request.since)
    if not is_known:
        return whole
    whole.close()
    return Answer(HTTPStatus.NOT_MODIFIED, whole.headers)


def _is_unchanged(file: File, since: str) -> bool:
    """Return True if a file is no newer than an HTTP date; False if the date cannot be read."""
    try:
        date = parsedate_to_datetime(since)
    except ValueError:
        return False
    moment = date if date.tzinfo else date.replace(tzinfo=UTC)
    return file.modified is not None and int(file.modified) <= moment.timestamp()
