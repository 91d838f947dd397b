"""Sites to measure, made from a seed: the same seed gives the same bytes."""

from __future__ import annotations

import random
import re
import shutil
from datetime import date, timedelta
from pathlib import Path

WORDS = (
    "database revision migration schema table index query plan server copy write read commit "
    "branch head upgrade downgrade replica backup restore session room track speaker agenda"
).split()

FIRST_DAY = date(2026, 10, 22)

POST = """---
title: {title}
kind: guide
date: {date}
category: {category}
tags: [{tags}]
summary: {summary}
---
{sections}"""

SECTION = """
## {heading}

{text} **{strong}** `{code}` [more](https://example.org/{number})

```python
def step_{number}(a, b):
    return a + b * {number}
```

| key | value |
| --- | --- |
| {code} | {strong} |

- {strong}
- {heading}
"""

EVENT = """---
title: Big Conference
dates: {first} to {last}
zone: Europe/Berlin
---
A large event.
"""


def write_posts(content: Path, *, count: int, seed: int) -> None:
    """Posts of about 5 kB with two tags each, code and a table."""
    chance = random.Random(seed)
    folder = content / "posts"
    folder.mkdir(parents=True)
    for number in range(count):
        (folder / f"post-{number}.md").write_text(_post(chance, number), "utf-8")


def write_classic_posts(content: Path, *, count: int, seed: int) -> None:
    """The same posts with heads that Pelican reads as well: `Key: value`, without YAML's signs."""
    write_posts(content, count=count, seed=seed)
    for file in (content / "posts").iterdir():
        head, _, body = file.read_text("utf-8").removeprefix("---\n").partition("---\n")
        plain = head.replace("[", "").replace("]", "")
        file.write_text(f"{plain}\n{body}", "utf-8")


def write_for_pelican(content: Path, posts: Path) -> None:
    """The same posts with heads as stock Pelican reads them: no fences, no brackets."""
    folder = content / "posts"
    folder.mkdir(parents=True)
    for file in sorted(posts.glob("posts/*.md")):
        _, head, body = file.read_text("utf-8").split("---\n", 2)
        plain = re.sub(r"^tags: \[(.*)\]$", r"tags: \1", head, flags=re.MULTILINE)
        (folder / file.name).write_text(f"{plain}\n{body}", "utf-8")


def write_for_hugo(site: Path, posts: Path, *, setup: str) -> None:
    """The same posts with lists for Hugo's taxonomies, in a site that is set up like this."""
    shutil.copytree(Path(__file__).parent / setup, site)
    folder = site / "content" / "posts"
    folder.mkdir(parents=True)
    for file in sorted(posts.glob("posts/*.md")):
        text = file.read_text("utf-8")
        year = text.partition("date: ")[2][:4]
        text = re.sub(r"^kind: (.*)$", r"kinds: [\1]", text, count=1, flags=re.MULTILINE)
        text = re.sub(r"^category: (.*)$", r"categories: [\1]", text, count=1, flags=re.MULTILINE)
        more = f'slug: {file.stem}\nyears: ["{year}"]\nauthors: [Ines]\n'
        (folder / file.name).write_text(text.replace("---\n", f"---\n{more}", 1), "utf-8")


def write_event(content: Path, *, sessions: int, rooms: int, days: int, seed: int) -> None:
    """One event: each session has a title, a speaker, a room, a track and a short abstract."""
    chance = random.Random(seed)
    folder = content / "events" / "big"
    folder.mkdir(parents=True)
    (content / "posts").mkdir(exist_ok=True)
    last = FIRST_DAY + timedelta(days=days - 1)
    (folder / "index.md").write_text(EVENT.format(first=FIRST_DAY, last=last), "utf-8")
    lines = ["zone: Europe/Berlin", f"rooms: [{', '.join(f'Room {n}' for n in range(rooms))}]"]
    for day in range(days):
        lines.append(f"{FIRST_DAY + timedelta(days=day)}:")
        mine = range(day * sessions // days, (day + 1) * sessions // days)
        lines += [_session(chance, number, place, rooms) for place, number in enumerate(mine)]
    (folder / "schedule.yaml").write_text("\n".join(lines) + "\n", "utf-8")


def _post(chance: random.Random, number: int) -> str:
    sections = (
        SECTION.format(
            heading=_words(chance, 3),
            text=_words(chance, 90),
            strong=_words(chance, 2),
            code=_words(chance, 1),
            number=n,
        )
        for n in range(6)
    )
    return POST.format(
        title=f"Post {number} on {_words(chance, 4)}",
        date=date(2000, 1, 1) + timedelta(days=number),
        category=f"Category {number % 5}",
        tags=f"tag{number % 50}, tag{number * 7 % 50}",
        summary=_words(chance, 15),
        sections="".join(sections),
    )


def _session(chance: random.Random, number: int, place: int, rooms: int) -> str:
    slot, room = divmod(place, rooms)
    start = 9 * 60 + slot * 90
    title = f"Session {number} on {_words(chance, 4)}"
    return (
        f"  - {{title: {title}, start: '{start // 60:02}:{start % 60:02}', length: 45m,"
        f" room: Room {room}, speakers: [Speaker {number % 400}], id: s{number},"
        f" abstract: {_words(chance, 40)}}}"
    )


def _words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(count))
