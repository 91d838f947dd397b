"""The skeletons: the files of a new site, and the text of a new post.

A skeleton is a file of `skeletons/` with `$name` where a value goes (`string.Template`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from string import Template

from .model import Answers, NewFile

SKELETONS = Path(__file__).parent / "skeletons"
SITE = SKELETONS / "site"
TEXTS = SKELETONS / "texts"
ENDING = ".template"

FIRST: Mapping[str, tuple[str, ...]] = {
    "blog": ("content/posts/hello.md",),
    "conference": ("content/events/",),
    "both": ("content/posts/hello.md", "content/events/"),
}
"""The sample texts of a new site, by purpose. The other files go into every site."""

SAMPLES = ("content/posts/", "content/events/")

UNTIL_EVENT = timedelta(days=180)
"""The time from today to the sample event: long enough for a call for proposals."""


def site_files(answers: Answers, *, today: date) -> Iterator[NewFile]:
    """Yield the files of a new site, sorted by path."""
    values = site_values(answers, today=today)
    for file in sorted(SITE.rglob(f"*{ENDING}")):
        path = file.relative_to(SITE).as_posix().removesuffix(ENDING)
        if not path.startswith(SAMPLES) or path.startswith(FIRST[answers.purpose]):
            yield NewFile(path, filled(file, values).encode())


def site_values(answers: Answers, *, today: date) -> dict[str, str]:
    """Return the value of each name in the skeletons; quoted texts suit both Python and YAML."""
    event = today + UNTIL_EVENT
    return {
        "name": quoted(answers.name),
        "plain_name": answers.name,
        "author": quoted(answers.author),
        "plain_author": answers.author,
        "url": quoted(answers.url),
        "language": quoted(answers.language),
        "zone": quoted(answers.zone),
        "today": today.isoformat(),
        "closes": (today + UNTIL_EVENT / 2).isoformat(),
        "first_day": event.isoformat(),
        "second_day": (event + timedelta(days=1)).isoformat(),
    }


def quoted(text: str) -> str:
    """Return the text as a JSON string, which is a literal of Python and of YAML too."""
    return json.dumps(text, ensure_ascii=False)


def filled(file: Path, values: Mapping[str, str]) -> str:
    """Return a skeleton's text with every name replaced; raise KeyError for an unknown name."""
    return Template(file.read_text("utf-8")).substitute(values)


def skeleton_names(own: Path) -> list[str]:
    """Return the kinds of text that have a skeleton: ours, and those of a site's own folder."""
    files = [*TEXTS.glob(f"*{ENDING}"), *own.glob("*.md")]
    return sorted({file.name.removesuffix(ENDING).removesuffix(".md") for file in files})


def text_of(kind: str, values: Mapping[str, str], *, own: Path) -> str:
    """Return a new text of this kind; a skeleton of the site's own is preferred to ours."""
    ours = TEXTS / f"{kind}.md{ENDING}"
    mine = own / f"{kind}.md"
    return filled(mine if mine.is_file() else ours, values)
