"""Collects the pages with commands to run, and reports why some cannot be run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from ...markdown.document import Document
from ...source.errors import ConfigurationError
from ...source.problem import Place, Problem, Problems, did_you_mean
from ...source.schema import Verify
from ..model import CommandBlock, PromptKind, Step
from .record import folder_of, runnable

# The reason a step with such a prompt cannot be run, and a hint.
REFUSED = {
    PromptKind.ROOT: (
        "a root step",
        "`make verify` runs commands as who calls it; write them with `$`, or leave “run” out",
    ),
    PromptKind.REMOTE: (
        "a step on another machine",
        "a prompt with a host counts as remote unless COMMAND[“local_hosts”] names the host",
    ),
    PromptKind.DATABASE: (
        "a step in a database's client",
        "no server is started: run it through a command (`psql -c …`, `sqlite3 …`), "
        "or leave “run” out",
    ),
    PromptKind.POWERSHELL: (
        "a step in PowerShell",
        "only bash and Python are run; leave “run” out",
    ),
}


class Page(Struct, frozen=True):
    """A page with commands to run, and what they need."""

    document: Document
    blocks: tuple[CommandBlock, ...]
    """The blocks in the order of the page."""
    verify: Verify
    folder: Path
    """The path of the folder; the commands run in a copy of it."""

    @property
    def lock(self) -> Path | None:
        """Return the locked requirements; None stands for the environment of this process."""
        return self.folder / self.verify.requires if self.verify.requires else None


def named_documents(
    documents: Sequence[Document], names: Sequence[str], content: Path
) -> tuple[Document, ...]:
    """Return the documents with these paths or slugs, or all; raise ConfigurationError."""
    chosen = {name: [d for d in documents if _is_called(d, name, content)] for name in names}
    known = [document.slug for document in documents]
    unknown = [
        f"{name}: found no such post; expected a post's file or slug; {did_you_mean(name, known)}"
        for name, found in chosen.items()
        if not found
    ]
    if unknown:
        raise ConfigurationError(*(sentence.removesuffix("; ") for sentence in unknown))
    wanted = {document.source for found in chosen.values() for document in found}
    return tuple(d for d in documents if not names or d.source in wanted)


def _is_called(document: Document, name: str, content: Path) -> bool:
    file = content / document.source
    is_file = Path(name).exists() and Path(name).resolve() in (
        file.resolve(),
        file.parent.resolve(),
    )
    return is_file or name in (document.slug, document.source, document.path)


def collect_pages(
    documents: Iterable[Document], content: Path, problems: Problems
) -> tuple[Page, ...]:
    """Return the pages with blocks marked `run`; report what prevents running them."""
    pages = []
    for document in documents:
        blocks = runnable(document.parts_of(CommandBlock))
        if not blocks:
            continue
        verify = document.front_matter.verify
        if not verify:
            problems.append(_undeclared(document, blocks[0]))
            continue
        folder = folder_of(document.source, verify.folder, content)
        page = Page(document, tuple(blocks), verify, folder)
        problems += _faults(page, content)
        pages.append(page)
    return tuple(pages)


def _undeclared(document: Document, block: CommandBlock) -> Problem:
    return Problem(
        Place(document.path, block.line),
        found="a block marked “run” on a page that does not say where",
        expected="“verify: {folder: …}” in the front matter",
        hint="the folder stands beside the file; its commands run in a copy of it",
    )


def _faults(page: Page, content: Path) -> Iterator[Problem]:
    document, verify = page.document, page.verify
    if not page.folder.is_dir():
        yield document.problem(
            "verify", found=f"the folder “{verify.folder}”, which is not there", expected="a folder"
        )
    elif not page.folder.resolve().is_relative_to(content.resolve()):
        yield document.problem(
            "verify",
            found=f"the folder “{verify.folder}” outside the content folder",
            expected="a folder beside this file",
        )
    elif page.lock and not page.lock.is_file():
        yield document.problem(
            "verify",
            found=f"the requirements “{verify.requires}”, which are not in “{verify.folder}”",
            expected="a locked requirements file",
            hint="uv pip compile --generate-hashes writes one",
        )
    for block in page.blocks:
        yield from _refusals(document, block)


def _refusals(document: Document, block: CommandBlock) -> Iterator[Problem]:
    """Yield a problem for the first step of a block that cannot be run; one is enough."""
    for step in block.session.commands:
        if step.prompt.kind in REFUSED:
            yield _refusal(document, step)
            return


def _refusal(document: Document, step: Step) -> Problem:
    found, hint = REFUSED[step.prompt.kind]
    place = Place(document.path, step.lines[0].number)
    return Problem(
        place,
        found=f"{found} in a block marked “run”",
        expected="steps of a shell or of Python",
        hint=hint,
    )
