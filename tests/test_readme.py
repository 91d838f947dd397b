"""The README's example is built for real, and its error message is the one that an author gets."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FENCE = re.compile(r"^ *```(\w+)\n(.*?)^ *```", re.DOTALL | re.MULTILINE)


def fences(language: str) -> list[str]:
    text = (ROOT / "README.md").read_text("utf-8")
    found = [body for name, body in FENCE.findall(text) if name == language]
    return [re.sub(r"^   ", "", body, flags=re.MULTILINE) for body in found]


def build(folder: Path) -> subprocess.CompletedProcess[str]:
    settings = ["-s", str(ROOT / "pelicanconf.py"), "-o", str(folder / "output")]
    return subprocess.run(
        [sys.executable, "-m", "plugins.engine", str(folder / "content"), *settings],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


def write_post(folder: Path, text: str) -> None:
    post = folder / "content" / "posts" / "hello.md"
    post.parent.mkdir(parents=True)
    post.write_text(text, "utf-8")


def test_first_post_is_built(tmp_path: Path) -> None:
    write_post(tmp_path, fences("markdown")[0])

    result = build(tmp_path)

    assert result.returncode == 0, result.stderr
    page = (tmp_path / "output" / "posts" / "hello" / "index.html").read_text("utf-8")
    assert "<p>A post begins with its front matter. Then comes <em>Markdown</em>.</p>" in page


def test_shown_error_is_what_an_author_gets(tmp_path: Path) -> None:
    write_post(tmp_path, fences("markdown")[0].replace("kind: news", "kind: nwes"))

    result = build(tmp_path)

    assert result.stderr == fences("text")[0]
    assert result.returncode == 1


def test_json_schema_for_editors_is_current(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "plugins.engine.schema", str(tmp_path), "-s", "pelicanconf.py"],
        cwd=ROOT,
        check=True,
    )

    name = ".front-matter.schema.json"
    assert (ROOT / "content" / name).read_bytes() == (tmp_path / name).read_bytes()
