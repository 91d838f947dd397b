"""A build that takes over what the last one made is, byte for byte, the build that starts anew.

By hand, for longer: `HALLWAY_STEPS=2000 python -m pytest tests/engine/test_incremental.py`.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from plugins.engine.build import Job, build
from plugins.engine.command import settings_from
from plugins.engine.engine import Engine
from plugins.engine.memo import Memo
from plugins.engine.report import Reporter
from plugins.source.errors import ContentError
from tests.site_folder import BUILD_DAY, ROOT, Tree, tree_of

STEPS = int(os.environ.get("HALLWAY_STEPS", "6"))
EXAMPLES = max(1, min(3, STEPS // 4), STEPS // 40)

POST = """---
title: {title}
kind: {kind}
date: {date}
tags: [{tags}]
status: {status}
{more}---
{text}
"""

EVENT = """---
title: A small event
dates: 2012-06-09 to 2012-06-10
zone: Europe/Berlin
---
Come.
"""

SCHEDULE = """zone: Europe/Berlin
rooms: [Hall]
2012-06-09:
  - {{title: {title}, start: '10:00', length: 45m, room: Hall, speakers: [Ada], id: one}}
"""

SETTINGS = (ROOT / "pelicanconf.py").read_text("utf-8") + "\nDEFAULT_PAGINATION = {length}\n"

TEXTS = [
    "A plain text.",
    "## One\n\nText with `code`.\n\n```python\na = 1 < 2\n```\n",
    "First.\n\n<!-- more -->\n\n- [ ] A task\n- [x] Another\n",
    "```console\n$ echo name\n```\n",
    "A [link](/tags/alpha/) and a [file](../files/data.txt) ![drawing](../files/data.svg).",
    "> [!NOTE]\n> Noted.[^1]\n\n[^1]: A note.\n",
]

numbers = st.integers(0, 3)
names = st.sampled_from(["alpha", "beta", "C++"])


class Edits(RuleBasedStateMachine):
    """Edits of a small site; after each, a warm build is compared with one without a cache."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="hallway-edits-"))
        self.before = Path.cwd()
        os.chdir(self.folder)
        os.environ["SOURCE_DATE_EPOCH"] = BUILD_DAY
        shutil.copytree(ROOT / "theme", "theme")
        self.posts: dict[int, dict[str, str]] = {}
        self.resident: tuple[str, Engine] | None = None
        self.change_setting(20)
        self.write("content/pages/about.md", "---\ntitle: About\nmenu: 1\n---\nAbout.\n")
        self.write("content/files/data.txt", "one")
        self.change_picture(40)
        for number in range(3):
            self.save(number, {})
        self.write("content/events/small/index.md", EVENT)
        self.write("content/events/small/schedule.yaml", SCHEDULE.format(title="A talk"))

    @rule(number=numbers, text=st.sampled_from(TEXTS))
    def change_text(self, number: int, text: str) -> None:
        self.save(number, {"text": text})

    @rule(number=numbers, title=st.text("ab é&<", min_size=1, max_size=5).filter(str.strip))
    def change_title(self, number: int, title: str) -> None:
        self.save(number, {"title": repr(title.strip())})

    @rule(number=numbers, slug=st.sampled_from(["moved", "other", "post-1"]))
    def change_slug(self, number: int, slug: str) -> None:
        self.save(number, {"more": f"slug: {slug}\n"})

    @rule(number=numbers, tags=st.lists(names, max_size=2, unique=True))
    def change_tags(self, number: int, tags: list[str]) -> None:
        self.save(number, {"tags": ", ".join(tags)})

    @rule(number=numbers, day=st.integers(1, 28), year=st.sampled_from([2010, 2012, 2013]))
    def change_date(self, number: int, day: int, year: int) -> None:
        self.save(number, {"date": f"{year}-05-{day:02}"})

    @rule(number=numbers, moment=st.sampled_from(["2012-05-04T10:00+02:00", "2012-05-04T08:00Z"]))
    def change_zone(self, number: int, moment: str) -> None:
        self.save(number, {"date": moment, "more": f"modified: {moment}\n"})

    @rule(number=numbers, status=st.sampled_from(["published", "draft", "hidden"]))
    def change_status(self, number: int, status: str) -> None:
        self.save(number, {"status": status})

    @rule(number=numbers, kind=st.sampled_from(["guide", "essay", "checklist"]))
    def change_kind(self, number: int, kind: str) -> None:
        self.save(number, {"kind": kind})

    @rule(number=numbers)
    def change_template(self, number: int) -> None:
        self.save(number, {"more": "template: page\n" if number == 0 else "template: article\n"})

    @rule(text=st.sampled_from(["", "<!-- a -->", "<!-- b -->"]))
    def change_macro(self, text: str) -> None:
        original = (ROOT / "theme/templates/macros/eyebrow.html").read_text("utf-8")
        changed = original.replace("{%- endmacro", text + "{%- endmacro") + "\n"
        self.write("theme/templates/macros/eyebrow.html", changed)

    @rule(text=st.sampled_from(["a { color: red }\n", "a { color: blue }\n"]))
    def change_style(self, text: str) -> None:
        self.write("theme/static/css/components/extra.css", text)

    @rule(length=st.sampled_from([1, 2, 20]))
    def change_setting(self, length: int) -> None:
        self.write("pelicanconf.py", SETTINGS.replace("{length}", str(length)))

    @rule(title=st.sampled_from(["A talk", "Another talk"]))
    def change_data_file(self, title: str) -> None:
        self.write("content/events/small/schedule.yaml", SCHEDULE.format(title=title))

    @rule(text=st.sampled_from(["one", "two"]))
    def change_file(self, text: str) -> None:
        self.write("content/files/data.txt", text)

    @rule(width=st.sampled_from([40, 50]))
    def change_picture(self, width: int) -> None:
        self.write("content/files/data.svg", f'<svg width="{width}" height="30"/>')

    @rule(number=numbers)
    def delete(self, number: int) -> None:
        if self.posts.pop(number, None) is not None:
            self.file(number).unlink()

    @rule(number=numbers)
    def rename(self, number: int) -> None:
        fields = self.posts.pop(number, None)
        if fields is not None:
            self.file(number).replace(self.file(9 - number))
            self.posts[9 - number] = fields

    @rule(path=st.sampled_from(["index.html", "tags/alpha/index.html", "feeds/all.atom.xml"]))
    def touch_output(self, path: str) -> None:
        file = Path("output") / path
        if file.is_file():
            file.unlink()
            file.write_text("overwritten", "utf-8")

    @rule(data=st.binary(max_size=40), at=st.integers(0, 20_000))
    def damage_cache(self, data: bytes, at: int) -> None:
        for file in Path(".cache").glob("*.sqlite"):
            whole = bytearray(file.read_bytes())
            whole[at : at + len(data)] = data
            file.write_bytes(whole)

    @invariant()
    def warm_equals_clean(self) -> None:
        if not hasattr(self, "folder"):
            return
        clean = outcome(self.forgetful_job())
        assert outcome(self.job("output")) == clean
        assert outcome(self.resident_job()) == clean

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            os.chdir(self.before)
            shutil.rmtree(self.folder)

    def file(self, number: int) -> Path:
        return self.folder / f"content/posts/post-{number}.md"

    def save(self, number: int, fields: dict[str, str]) -> None:
        usual = {
            "title": f"Post {number}",
            "kind": "guide",
            "date": f"2012-05-0{number + 1}" if number < 9 else "2012-05-20",
            "tags": "alpha",
            "status": "published",
            "more": "",
            "text": TEXTS[number % len(TEXTS)],
        }
        self.posts[number] = {**usual, **self.posts.get(number, {}), **fields}
        self.write(f"content/posts/post-{number}.md", POST.format(**self.posts[number]))

    def write(self, path: str, text: str) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def job(self, output: str) -> Job:
        return self.engine(output).job()

    def engine(self, output: str) -> Engine:
        arguments = ["content", "-o", output, "-s", "pelicanconf.py"]
        return Engine(settings_from(arguments))

    def forgetful_job(self) -> Job:
        engine = self.engine("clean")
        engine.memo = Memo()
        return engine.job()

    def resident_job(self) -> Job:
        """Of a process that stays until the settings change; its memory outlives even that."""
        text = Path("pelicanconf.py").read_text("utf-8")
        if not self.resident or text != self.resident[0]:
            before, engine = self.resident, self.engine("resident")
            if before:
                before[1].memo.fingerprint = engine.memo.fingerprint
                engine.memo = before[1].memo
            self.resident = text, engine
        self.resident[1].get_ready()
        return self.resident[1].job()


def outcome(job: Job) -> Tree | list[str]:
    """The output of a build, or its problems."""
    try:
        with Path(os.devnull).open("w") as silence:
            build(job, Reporter(silence))
    except ContentError as error:
        return sorted({str(problem) for problem in error.problems})
    return tree_of(job.output)


Edits.TestCase.settings = settings(
    max_examples=EXAMPLES, stateful_step_count=min(STEPS, 40), deadline=None
)
TestEdits = Edits.TestCase
