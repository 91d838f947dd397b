"""A stranger begins a site: with the package as it is installed, in a folder of their own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from plugins.begin.package import own_package

ROOT = Path(__file__).parents[2]

ALWAYS = """\
.gitattributes .gitignore .hallway/hallway-0.1.0-py3-none-any.whl Makefile README.md
content/pages/about.md pelicanconf.py publishconf.py requirements.txt
""".split()
POST = ["content/posts/hello.md"]
EVENT = ["content/events/first-event/index.md", "content/events/first-event/schedule.yaml"]

GIVEN = ("--name", 'Ten "good" nights & days', "--author", "Ana: B", "--zone", "Europe/Lisbon")
TOOK = "SITEURL was not given: took “https://example.org”\nLANGUAGE was not given: took “en”\n"

KINDS = "call checklist essay guide itinerary news recap release talk page event".split()


@dataclass(frozen=True)
class Answer:
    """How a command ended."""

    code: int
    output: str
    complaint: str


@dataclass(frozen=True)
class Installed:
    """An environment in which the package is installed, and all that it needs."""

    folder: Path

    def run(self, *arguments: str, folder: Path) -> Answer:
        """Run `hallway` in a folder, with nobody at the terminal."""
        return run(str(self.folder / "bin" / "hallway"), *arguments, folder=folder)


def run(*command: str, folder: Path) -> Answer:
    outer = {"MAKEFLAGS", "MAKELEVEL", "MFLAGS", "PYTHONPATH", "EDITOR"}
    done = subprocess.run(
        command,
        cwd=folder,
        env={key: value for key, value in os.environ.items() if key not in outer},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return Answer(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """A fresh environment with the package; what it needs is read from the tests' own."""
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder / "env", with_pip=True)
    wheel = changed_wheel(folder)
    share_packages(folder / "env")
    pip = [str(folder / "env/bin/python"), "-m", "pip", "install", "--no-deps", "--no-index"]
    subprocess.run([*pip, "-q", str(wheel)], check=True)
    return Installed(folder / "env")


def changed_wheel(folder: Path, *, version: str = "0.1.0", changes: str = "") -> Path:
    """Write the package with a version and a changelog of its own, and nothing that it needs."""
    original = zipfile.ZipFile(io.BytesIO(own_package().wheel.data))
    texts = {"hallway/requirements.txt": "", "hallway/CHANGELOG.md": f"# News\n\n{changes}"}
    file = folder / f"hallway-{version}-py3-none-any.whl"
    with zipfile.ZipFile(file, "w") as archive:
        for name in original.namelist():
            data = texts.get(name, original.read(name).decode())
            path = name.replace("hallway-0.1.0", f"hallway-{version}")
            if path.endswith("/METADATA"):
                data = data.replace("Version: 0.1.0", f"Version: {version}")
            if path.endswith("theme/templates/base.html"):
                data = data.replace("</body>", f"<!-- {version} --></body>")
            if path.endswith("/RECORD"):
                rows = (row.partition(",")[0] for row in data.splitlines())
                data = "".join(f"{row},,\n" for row in rows)
                data = data.replace("hallway-0.1.0", f"hallway-{version}")
            archive.writestr(path, data)
    return file


def share_packages(environment: Path) -> None:
    """Let an environment import what is installed for the tests."""
    base = {"base": str(environment), "platbase": str(environment)}
    packages = Path(sysconfig.get_path("purelib", "venv", base))
    (packages / "others.pth").write_text(f"{sysconfig.get_path('purelib')}\n", "utf-8")


@pytest.mark.parametrize(
    ("purpose", "first"), [("blog", POST), ("conference", EVENT), ("both", [*POST, *EVENT])]
)
def test_new_site_builds_and_publishes(
    installed: Installed, tmp_path: Path, purpose: str, first: list[str]
) -> None:
    made = installed.run("new-site", "site", "--for", purpose, *GIVEN, folder=tmp_path)
    site = tmp_path / "site"
    written = sorted(p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file())
    preview = installed.run("html", folder=site)
    public = installed.run("publish", folder=site)

    assert made == Answer(
        0, f"{TOOK}The site is in site. Next: cd site, then make devserver.\n", ""
    )
    assert written == sorted([*ALWAYS, *first])
    assert (preview.code, preview.complaint.partition(" ")[0]) == (0, "Built")
    assert (public.code, public.complaint.partition(" ")[0]) == (0, "Built")
    assert "Ten &#34;good&#34; nights &amp; days" in (site / "output/index.html").read_text("utf-8")


@pytest.fixture(scope="module")
def site(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site for both, to which each test adds files of its own."""
    folder = tmp_path_factory.mktemp("both")
    installed.run("new-site", "site", "--for", "both", *GIVEN, folder=folder)
    return folder / "site"


def test_every_kind_of_text_builds(installed: Installed, site: Path) -> None:
    answers = [installed.run("new", kind, f"A: “{kind}”", folder=site) for kind in KINDS]
    answers += [
        installed.run("new", "speaker", "Ada L.", "--event", "first-event", folder=site),
        installed.run("new", "session", "Opening", "--event", "first-event", folder=site),
    ]

    assert [answer for answer in answers if answer.code or answer.complaint] == []
    assert installed.run("check", folder=site).code == 0


def test_skeleton_of_the_site_wins(installed: Installed, site: Path) -> None:
    skeleton = site / "content/.skeletons/news.md"
    skeleton.parent.mkdir()
    skeleton.write_text("---\ntitle: $title\nkind: news\ndate: 2026-01-01\n---\n\nOurs.\n", "utf-8")

    installed.run("new", "news", "Ropes", folder=site)

    assert (site / "content/posts/ropes.md").read_text("utf-8") == (
        '---\ntitle: "Ropes"\nkind: news\ndate: 2026-01-01\n---\n\nOurs.\n'
    )
    assert installed.run("check", folder=site).code == 0


def test_installed_package_can_be_packed_again(
    installed: Installed, site: Path, tmp_path: Path
) -> None:
    """A site that was begun out of an installation has a package that installs as well."""
    wheel = next((site / ".hallway").glob("*.whl"))
    target = ["-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target", "again"]
    done = run(str(installed.folder / "bin/python"), *target, str(wheel), folder=tmp_path)

    assert done == Answer(0, "", "")
    assert {file.name for file in (tmp_path / "again/hallway/theme").iterdir()} == {
        "feed.css",
        "static",
        "templates",
    }


def test_set_up_of_a_site_begins_from_its_package(tmp_path: Path) -> None:
    """What `make` runs first works from the package as it lies there, with Python alone."""
    package = own_package()
    (tmp_path / "p.whl").write_bytes(package.wheel.data)
    (tmp_path / "requirements.txt").write_text("", "utf-8")
    done = subprocess.run(
        [sys.executable, "-I", "-c", "import sys; sys.path.insert(0, 'p.whl'); " + SET_UP],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / ".venv/.installed-requirements").is_file()


SET_UP = "from hallway.setup.__main__ import main; sys.exit(main('requirements.txt'))"

TAKEN = "is there and not empty; expected a new name or an empty folder"

WRONG = [
    ((), "TO: found nothing; expected a folder, as in `make new-site TO=../my-site`"),
    (("full",), f"full {TAKEN}"),
    (("full/file",), f"full/file {TAKEN}"),
    (
        "new --for blogs --siteurl x.org --zone Lisbon --language english".split(),
        "FOR: found “blogs”; expected one of blog, conference, both; did you mean “blog”?\n"
        "SITEURL: found “x.org”; expected an address like https://example.org or"
        " https://example.org/blog\n"
        "LANGUAGE: found “english”; expected a language tag like en, de or pt-BR\n"
        "ZONE: found “Lisbon”; expected a zone of the IANA database, like Europe/Amsterdam",
    ),
]


@pytest.mark.parametrize(("arguments", "complaint"), WRONG)
def test_wrong_requests_write_nothing(
    tmp_path: Path, arguments: Sequence[str], complaint: str
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/file").write_text("x", "utf-8")
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {MAIN}"]
    done = run(*command, *arguments, folder=tmp_path)

    assert (done.code, done.complaint) == (2, f"{complaint}\n")
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["file", "full"]


MAIN = "from plugins.begin.new_site import main; sys.exit(main(sys.argv[1:]))"


def test_wrong_texts_are_refused_by_name(installed: Installed, site: Path) -> None:
    kinds = ", ".join(sorted([*KINDS, "speaker", "session"]))
    events = ", ".join(sorted(path.name for path in (site / "content/events").iterdir()))
    found = [
        installed.run(*arguments, folder=site).complaint
        for arguments in [
            ("new", "gide", "x"),
            ("new", "guide", "…"),
            ("new", "news", "Hello"),
            ("new", "speaker", "Ada", "--event", "second-event"),
        ]
    ]

    assert found == [
        f"KIND: found “gide”; expected one of {kinds}; did you mean “guide”?\n",
        'TITLE: found no letters; expected a title, as in TITLE="Moving to Alembic"\n',
        "content/posts/hello.md is there already; expected another title\n",
        f"EVENT: found “second-event”; expected one of {events}\n",
    ]


def test_upgrade_shows_what_changes_and_can_be_taken_back(
    installed: Installed, tmp_path: Path
) -> None:
    installed.run("new-site", "site", "--for", "blog", *GIVEN, folder=tmp_path)
    site = tmp_path / "site"
    run("make", "check", folder=site)  # sets up .venv; it lacks what the tests share with it
    share_packages(site / ".venv")
    lock = site / "requirements.txt"
    lock.write_text(lock.read_text("utf-8") + "# mine\n", "utf-8")
    before = lock.read_bytes()
    newer = changed_wheel(
        tmp_path, version="0.2.0", changes="## 0.2.0\n\n- New.\n\n## 0.1.0\n\n- Old.\n"
    )

    up = run("make", "upgrade", f"FROM={newer}", folder=site)
    pages = sorted(p.relative_to(site / "output") for p in (site / "output").rglob("*.html"))
    above = {file.name for file in (site / ".hallway").glob("*.whl")}
    added = lock.read_text("utf-8").splitlines()[-1]
    down = run("make", "downgrade", folder=site)

    assert (up.code, down.code) == (0, 0), up.complaint + down.complaint
    assert up.output.partition("## 0.2.0")[2] == (
        f"\n\n- New.\n\nFiles added: 0\nFiles removed: 0\nFiles changed: {len(pages)}\n"
        + "".join(f"  {page}\n" for page in pages[:10])
        + f"  and {len(pages) - 10} more\n`make downgrade` takes it back.\n"
    )
    assert (above, added) == ({"hallway-0.2.0-py3-none-any.whl"}, "# mine")
    assert lock.read_bytes() == before
    assert [file.name for file in (site / ".hallway").iterdir()] == [
        "hallway-0.1.0-py3-none-any.whl"
    ]


def test_upgrade_from_elsewhere_changes_nothing(installed: Installed, site: Path) -> None:
    found = [installed.run("upgrade", *where, folder=site) for where in [(), ("content",)]]

    assert found == [
        Answer(2, "", "FROM: found “.”; expected a clone of Hallway, or its wheel\n"),
        Answer(2, "", "FROM: found “content”; expected a clone of Hallway, or its wheel\n"),
    ]
