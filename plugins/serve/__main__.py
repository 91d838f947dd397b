"""`python -m plugins.serve output` shows a site; with `--watch content` it is built as you write.

Exit codes: 0 ended by Ctrl+C, 2 it could not begin (the message says why).
"""

from __future__ import annotations

import argparse
import errno
import os
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from ..source.errors import ConfigurationError
from .reload import Bulletin
from .server import Server
from .watch import Job, build_on_change

PORTS = range(65_536)


def main(arguments: Sequence[str]) -> int:
    """Serve until Ctrl+C; return the exit code."""
    options = _options(arguments)
    # Services (systemd, containers) are stopped by SIGTERM; end as cleanly as after Ctrl+C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        if options.watch:
            _serve_and_watch(options)
        else:
            _serve(options)
    except KeyboardInterrupt:
        return 0
    except ConfigurationError as error:
        _say(str(error))
        return error.exitcode
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m plugins.serve", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="what to show (output)")
    parser.add_argument("--watch", type=Path, metavar="CONTENT", help="build at every change of it")
    parser.add_argument("-o", "--output", type=Path, default=Path("output"), help="what to show")
    parser.add_argument("-s", "--settings", type=Path, default=Path("pelicanconf.py"))
    parser.add_argument("--port", type=_port, default=8000, help="0 takes one that is free")
    parser.add_argument("--bind", default="127.0.0.1", help="0.0.0.0 shows it to the network")
    return parser.parse_args(arguments)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) not in PORTS:
        raise argparse.ArgumentTypeError(f"found {text!r}; expected a number up to {PORTS[-1]}")
    return int(text)


def _serve(options: argparse.Namespace) -> None:
    output = options.folder or options.output
    if not output.is_dir():
        raise ConfigurationError(
            f"There is no folder {output}: `make html` builds the site into it."
        )
    with _server(output, options) as server:
        _say(f"Serving {output} at {server.address} (Ctrl+C ends)")
        server.serve_forever()


def _serve_and_watch(options: argparse.Namespace) -> None:
    bulletin = Bulletin()
    with _server(options.output, options, bulletin) as server:
        _say(f"Serving {options.output} at {server.address} as you write (Ctrl+C ends)")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        job = Job(options.watch, options.output, options.settings, server.port)
        try:
            build_on_change(job, bulletin, screen=sys.stderr)
        finally:
            bulletin.close()
            server.shutdown()


def _server(output: Path, options: argparse.Namespace, bulletin: Bulletin | None = None) -> Server:
    try:
        return Server(output, bind=options.bind, port=options.port, bulletin=bulletin)
    except OSError as error:
        raise ConfigurationError(_explained(error, options)) from error


def _explained(error: OSError, options: argparse.Namespace) -> str:
    place = f"Port {options.port} of {options.bind}"
    if error.errno == errno.EADDRINUSE:
        target = "devserver" if options.watch else "serve"
        free = f"make {target} PORT={min(options.port + 1, PORTS[-1])}"
        return f"{place} is taken: end what listens there, or take another, as in `{free}`."
    return f"{place} cannot be listened at: {error.strerror or os.strerror(error.errno or 0)}."


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
