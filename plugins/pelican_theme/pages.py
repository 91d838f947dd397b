"""The pages that plain Pelican makes of a site, by its own generators, in the place of ours.

They are given contents that are read already, and a writer that writes nothing: what it is told to
write become rows of the plan.
"""

from __future__ import annotations

import locale
from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from jinja2 import Environment
from pelican.contents import Content
from pelican.generators import ArticlesGenerator, PagesGenerator
from pelican.paginator import Paginator
from pelican.settings import DEFAULT_CONFIG

from ..blog.view import (
    ArchivePage,
    ArticlePage,
    HomePage,
    ListPage,
    MissingPage,
    StandingPage,
    TermsPage,
)
from ..core.problem import Place
from ..core.site import PelicanRow, Row, Site, TemplateRow
from .contents import Contents
from .context import pelican_settings

LISTS = {"tag": "tags", "category": "categories", "author": "authors"}
"""By what our lists are of: the template of the page that names them all."""


def in_its_pages(site: Site, rows: Iterable[Row], settings: Mapping[str, Any]) -> Iterator[Row]:
    """The rows, with Pelican's pages in the place of all of ours that it has a page for.

    What stays is shown by our own theme; whatever had an address has it still.
    """
    rows = list(rows)
    origins = {row.path: row.origin for row in rows}
    made = [replace(r, origin=origins.get(r.path, r.origin)) for r in pelican_rows(site, settings)]
    paths, by_template = {row.path for row in made}, {row.template: row for row in reversed(made)}
    yield from made
    for row in rows:
        template = _template_for(row)
        if template is None:
            yield row
        elif template and row.path not in paths:
            yield _moved(by_template[template], row) if template in by_template else row


def _template_for(row: Row) -> str | None:
    """The template of Pelican's that shows what the row does; None where none does.

    Empty for what Pelican always makes, if not with the same address: it parts lists in its own.
    """
    view = row.view if isinstance(row, TemplateRow) else None
    match view:
        case ArticlePage() | StandingPage():
            return ""
        case HomePage():
            return "index.html"
        case ArchivePage():
            return "archives.html"
        case ListPage() if view.sort in LISTS:
            return ""
        case TermsPage() if view.sort in LISTS:
            return f"{LISTS[view.sort]}.html"
        case MissingPage():
            return "404.html"
    return None


def _moved(row: PelicanRow, to: Row) -> PelicanRow:
    """The same page at another address."""
    return replace(row, path=to.path, origin=to.origin, names={**row.names, "output_file": to.path})


def pelican_rows(site: Site, settings: Mapping[str, Any]) -> list[PelicanRow]:
    """Every page that Pelican makes of the site's posts and pages."""
    if settings["LOCALE"] == DEFAULT_CONFIG["LOCALE"]:
        locale.setlocale(locale.LC_TIME, "C")  # nothing said: not what the machine happens to have
    settings = pelican_settings(site, settings)
    context = {
        **settings,
        "generated_content": {},
        "static_links": set(),
        "static_content": {},
        "staticfiles": [],
        "localsiteurl": settings["SITEURL"],
    }
    contents, writer = Contents(site, settings, context), Writer(settings)
    articles, pages = (
        generator(context, settings, settings["PATH"], settings["THEME"], output_path="")
        for generator in (Articles, Pages)
    )
    articles.contents, pages.contents = contents.articles(), contents.pages()
    articles.generate_context()
    pages.generate_context()
    articles.generate_pages(writer)
    pages.generate_output(writer)
    return writer.rows


@dataclass(frozen=True, slots=True)
class Template:
    """A template by its name: it is compiled where it is rendered."""

    name: str
    environment: Environment


class Given:
    """Makes a generator of Pelican's take contents that are there, and read no file."""

    contents: list[Content]
    settings: Mapping[str, Any]
    env: Environment

    def get_files(self, *_: object, **__: object) -> list[Content]:
        """The contents, in the place of files."""
        return self.contents

    def get_cached_data(self, content: Content, default: None) -> Content:
        """Every content, as if it had been read before."""
        return content

    def get_template(self, name: str) -> Template:
        """The template of the theme, of Pelican's theme `simple` otherwise."""
        names = [name + ending for ending in self.settings["TEMPLATE_EXTENSIONS"]]
        known = self.env.list_templates()
        return Template(next((n for n in names if n in known), f"{name}.html"), self.env)


class Articles(Given, ArticlesGenerator):  # type: ignore[misc]
    """Pelican's pages of articles, their lists and archives."""


class Pages(Given, PagesGenerator):  # type: ignore[misc]
    """Pelican's pages that stand by themselves."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Keeps what Pelican's generators would write, in the order in which they ask for it."""

    settings: Mapping[str, Any]
    rows: list[PelicanRow] = field(default_factory=list)

    def write_file(
        self,
        name: str,
        template: Template,
        context: dict[str, Any],
        *,
        template_name: str = "",
        url: str = "",
        relative_urls: bool = False,
        override_output: bool = False,
        **names: Any,
    ) -> None:
        """Keep a page, or each part of a list that has several; `names` is what it sees.

        The engine decides on what is relative, and tells of two pages at one address.
        """
        if not name:
            return
        lists = {key: names[key] for key in ("articles", "dates") if key in names}
        if not lists or template_name not in self.settings["PAGINATED_TEMPLATES"]:
            self._keep(name, template, context, names)
            return
        length = self.settings["PAGINATED_TEMPLATES"][template_name]
        length = length or self.settings["DEFAULT_PAGINATION"]
        paginators = {
            key: Paginator(name, url, items, self.settings, length) for key, items in lists.items()
        }
        for number in range(1, paginators["articles"].num_pages + 1):
            parts = {k: v for key, p in paginators.items() for k, v in _part(key, p, number)}
            self._keep(parts["articles_page"].save_as, template, context, names | parts)

    def _keep(
        self, path: str, template: Template, context: dict[str, Any], names: dict[str, Any]
    ) -> None:
        own = ChainMap({**names, "output_file": path}, context)
        origin = Place(f"the page {path} of the theme")
        self.rows.append(PelicanRow(path, origin, template.name, template.environment, own))


def _part(key: str, paginator: Paginator, number: int) -> Iterator[tuple[str, Any]]:
    """What a template sees of one part of a list."""
    last = paginator.num_pages
    yield f"{key}_paginator", paginator
    yield f"{key}_page", paginator.page(number)
    yield f"{key}_previous_page", paginator.page(number - 1) if number > 1 else None
    yield f"{key}_next_page", paginator.page(number + 1) if number < last else None
