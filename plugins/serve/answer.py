"""What is answered to a request: status, headers and body."""

from __future__ import annotations

import hashlib
import html
from datetime import UTC
from email.utils import formatdate, parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path

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


class Request(Struct, frozen=True):
    """What an answer depends on."""

    path: str
    """The address's path, percent-encoded."""
    query: str = ""
    known: str = ""
    """The value of If-None-Match."""
    since: str = ""
    """The value of If-Modified-Since."""


class Answer(Struct, frozen=True):
    """What goes back; the length and the date are the server's to add."""

    status: HTTPStatus
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


def answer(output: Path, request: Request, *, live: State | None = None) -> Answer:
    """The answer to a request for a file of the output.

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
    return _unless_known(whole, request, file) if found else whole


def _missing_page(output: Path) -> File:
    """The site's own page for addresses that lead nowhere, or one that says what is missing."""
    page = find(output, base_of(output) + MISSING)
    if isinstance(page, File):
        return page
    text = "404: nothing is here." if output.is_dir() else f"No site in {output} yet."
    return File(MISSING, STAND_IN.format(text=html.escape(text)).encode())


def _with_body(status: HTTPStatus, file: File, live: State | None) -> Answer:
    kind = media_type(file.name)
    carries_script = live is not None and kind.startswith("text/html")
    body = with_script(file.data, live) if live and carries_script else file.data
    headers = [("Content-Type", kind), ("ETag", f'"{hashlib.sha256(body).hexdigest()[:32]}"')]
    # The time stamp of a file says nothing of the script in it, which differs with every build.
    if file.modified is not None and not carries_script:
        headers.append(("Last-Modified", formatdate(file.modified, usegmt=True)))
    return Answer(status, tuple(headers), body)


def _unless_known(whole: Answer, request: Request, file: File) -> Answer:
    """The answer without its body when the browser has it (RFC 9110, section 13.2.2)."""
    headers = dict(whole.headers)
    if request.known:
        tags = {tag.strip().removeprefix("W/") for tag in request.known.split(",")}
        is_known = bool(tags & {"*", headers["ETag"]})
    else:
        is_known = "Last-Modified" in headers and _is_unchanged(file, request.since)
    return Answer(HTTPStatus.NOT_MODIFIED, whole.headers) if is_known else whole


def _is_unchanged(file: File, since: str) -> bool:
    """Whether a file is no newer than a date of HTTP; one that cannot be read is none."""
    try:
        date = parsedate_to_datetime(since)
    except ValueError:
        return False
    moment = date if date.tzinfo else date.replace(tzinfo=UTC)
    return file.modified is not None and int(file.modified) <= moment.timestamp()
