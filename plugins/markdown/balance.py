"""Elements of HTML that authors write, and whether each one ends.

An element that does not end holds all that follows it: the rest of the page goes into `<details>`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

Place = tuple[int, int]
Report = Callable[[Place, str, str], None]
"""Takes a place, what was found there and what was expected."""

# Elements with an end tag that may not be left out.
PAIRED = frozenset(
    """
    a abbr address article aside audio b bdi bdo blockquote button canvas cite code data datalist
    del details dfn dialog div dl em fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6
    header hgroup i iframe ins kbd label legend main map mark menu meter nav noscript object ol
    output picture pre progress q ruby s samp search section select small span strong sub summary
    sup table template textarea time u ul var video center font strike tt
    """.split()
)

# Matches `<div`, `</div` and `<div class="a>b">`, as far as the name.
TAG = re.compile(r"<(?P<close>/)?(?P<name>[A-Za-z][A-Za-z0-9]*)(?=[\s/>])")

# Matches what is between quotes in a tag, where there may be tags that are none.
QUOTED = re.compile(r"""(?<==)(?:"[^"]*"|'[^']*')""")


class Balance:
    """The elements that are open where a text is read."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.open: list[tuple[str, Place]] = []
        self.counts: Counter[str] = Counter()
        """How many elements of a name are open."""

    def read(self, html: str, place: Callable[[int], Place]) -> None:
        """Take in the tags of some markup, from which comments and other languages are gone."""
        seen = QUOTED.sub(lambda match: " " * len(match[0]), html)
        for match in TAG.finditer(seen):
            name = match["name"].lower()
            if name not in PAIRED:
                continue
            if match["close"]:
                self._close(name, place(match.start()))
            else:
                self.open.append((name, place(match.start())))
                self.counts[name] += 1

    def end(self) -> None:
        """Report what is still open at the end of the text."""
        for name, place in self.open:
            self._report_open(name, place)

    def _close(self, name: str, place: Place) -> None:
        if not self.counts[name]:
            self.report(place, f"“</{name}>”, which ends nothing", f"a “<{name}>” before it")
            return
        while (opened := self._pop())[0] != name:
            self._report_open(*opened)

    def _pop(self) -> tuple[str, Place]:
        opened = self.open.pop()
        self.counts[opened[0]] -= 1
        return opened

    def _report_open(self, name: str, place: Place) -> None:
        self.report(place, f"“<{name}>”, which does not end", f"“</{name}>” after what it holds")
