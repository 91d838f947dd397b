"""The first stage of the build: turns the bytes of one Markdown file into a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from ..markdown.converter import Converter
from ..markdown.document import Body, Document, Link
from ..markdown.excerpt import read_excerpt
from ..markdown.html import reading_minutes, shortened
from ..markdown.included import FileReader, Whole, no_file, with_included
from ..markdown.plain import plain_markup, plain_tree, words_of
from ..markdown.reading import Reading
from ..markdown.tree import refuse_marks
from ..markdown.write import Fragment, Place, Written, is_ours
from ..source.front_matter import Head, places_of, split_head
from ..source.marked import Location
from ..source.problem import Problem, Problems, Severity, Source, did_you_mean, quoted, unchecked
from ..source.schema import FrontMatter
from ..source.slug import slugify
from ..source.text import decode_source
from .feature import PlainMaker, Section

SUMMARY_CHARACTERS = 300


class DocumentReader(Struct, frozen=True):
    """A reader of one site's documents; it holds the settings that they share."""

    converter: Converter
    zone: ZoneInfo
    plain: tuple[PlainMaker, ...] = ()
    """Each feature's function that makes its elements plain."""
    leaves: tuple[type, ...] = (object,)
    """Types of the parts that later stages need, of all that block readers add."""
    language: str = "en"
    """The language of texts that do not name theirs."""
    has_smart_punctuation: bool = True
    """True if texts that do not set `punctuation` have smart punctuation."""

    def read(
        self,
        source: str,
        path: str,
        data: bytes,
        *,
        section: Section,
        included: FileReader = no_file,
    ) -> tuple[Document | None, list[Problem]]:
        """Return the document and its problems; None if its front matter or encoding is broken.

        `source` is the path below the content folder; `path` is the name of the file in problems.
        If there is no document, the last problem says that the rest of the file was not checked.
        """
        problems = Problems()
        text = decode_source(path, data, problems)
        document = self._read(source, text, section, problems, included) if text else None
        return document, problems if document else [*problems, unchecked(path)]

    def _read(
        self,
        source: str,
        text: Source,
        section: Section,
        problems: Problems,
        included: FileReader,
    ) -> Document | None:
        head = split_head(text, problems)
        known = len(problems)
        front_matter = head and section.read_head(text, head, self.zone, problems)
        is_sound = all(problem.severity is not Severity.ERROR for problem in problems[known:])
        if not head or not front_matter:
            return None
        whole = with_included(text, source, included, problems, first_line=head.body_line)
        found = Problems()
        document = self._document(source, whole.source, head, section, front_matter, found)
        if whole.origins:
            document = _at_origins(document, whole)
        problems += map(whole.problem, found) if whole.origins else found
        return document if is_sound else replace(document, is_sound=False)

    def _document(
        self,
        source: str,
        text: Source,
        head: Head,
        section: Section,
        front_matter: FrontMatter,
        problems: Problems,
    ) -> Document:
        slug = front_matter.slug or slug_of(source)
        body = Source(text.path, _after(text.text, head.body_line), head.body_line)
        reading = Reading(
            text,
            front_matter,
            slug,
            problems,
            section=section.name,
            language=front_matter.lang or self.language,
            has_smart_punctuation=self._is_smart(front_matter),
        )
        converted = self.converter.convert(body, reading)
        excerpt = read_excerpt(converted.root, reading, has_summary=bool(front_matter.summary))
        written = Written(reading).write(converted.root)
        words = words_of(converted.root)
        plain = plain_tree(converted.root, self.plain)
        shown = words if plain is converted.root else words_of(plain)
        bare = Written(reading).write(plain_markup(plain))  # last, since it changes the tree
        for markup in (*written.body.segments, *excerpt.body.segments, shown):
            refuse_marks(text.path, markup)
        problems += [*written.problems, *_repeated_ids(written.ids, text)]
        problems += _dead_fragments(written.fragments, text, {id for id, _ in written.ids})
        return Document(
            source=source,
            path=text.path,
            section=section.name,
            front_matter=front_matter,
            slug=slug,
            body=written.body,
            plain=bare.body,
            lead=excerpt.body,
            is_cut=excerpt.is_cut or excerpt.words != words,
            headings=converted.headings,
            ids=frozenset(id for id, _ in written.ids),
            text=shortened(shown, SUMMARY_CHARACTERS),
            minutes=reading_minutes(shown),
            places=places_of(text, head),
            head_links=_head_links(text, head, front_matter),
            parts=tuple(part for part in reading.parts if isinstance(part, self.leaves)),
        )

    def _is_smart(self, front_matter: FrontMatter) -> bool:
        wanted = front_matter.punctuation
        return wanted == "smart" if wanted else self.has_smart_punctuation


def _at_origins(document: Document, whole: Whole) -> Document:
    """Return the document with each link's place in the file that it was written in."""

    def moved(body: Body) -> Body:
        return replace(body, links=tuple(_moved(link, whole) for link in body.links))

    return replace(document, body=moved(document.body), lead=moved(document.lead))


def _moved(link: Link, whole: Whole) -> Link:
    there = whole.problem(Problem(link.place, "", "", excerpt=link.excerpt))
    return replace(link, place=there.place, excerpt=there.excerpt)


def _head_links(text: Source, head: Head, front_matter: FrontMatter) -> tuple[Link, ...]:
    """Return the links in the front matter that lead to something of this site."""
    return tuple(
        _head_link(text, head, location, target)
        for location, target in front_matter.references
        if location[-1] == "src" or is_ours(target)  # a picture has to be a file of this site
    )


def _head_link(text: Source, head: Head, location: Location, target: str) -> Link:
    node = head.values.at(location)
    problem = text.problem(node.line, node.column, found="", expected="")
    attribute = "src" if location[-1] == "src" else "href"
    return Link(target, attribute, problem.place, problem.excerpt, is_unsized=attribute == "src")


def slug_of(source: str) -> str:
    """Return the slug of a file that sets none: its name, or the folder's name for an index."""
    path = PurePosixPath(source)
    name = path.parent.name if path.stem == "index" and path.parent.name else path.stem
    return slugify(name)


def _after(text: str, line: int) -> str:
    """Return the text from a line on, counted from 1."""
    return "\n".join(text.split("\n")[line - 1 :])


def _dead_fragments(
    fragments: Iterable[Fragment], text: Source, ids: set[str]
) -> Iterator[Problem]:
    """Yield a problem for each link within the document whose target does not exist."""
    for fragment in fragments:
        name = unquote(fragment.name)
        if name not in ids and name not in {"", "top"}:
            yield text.problem(
                *fragment.place,
                found=f"a link to {quoted(f'#{fragment.name}')}, which is not in this document",
                expected="the id of one of its headings",
                hint=did_you_mean(name, sorted(ids)),
            )


def _repeated_ids(ids: Iterable[tuple[str, Place]], text: Source) -> Iterator[Problem]:
    """Yield a problem for each id that an author has given to a second thing."""
    seen: set[str] = set()
    for id, (line, column) in ids:
        if id in seen:
            at = column or text.excerpt(line).find(f"#{id}") + 1
            found = f"the id {quoted(id)} again"
            yield text.problem(line, max(1, at), found=found, expected="each id once")
        seen.add(id)
