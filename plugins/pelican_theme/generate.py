"""Pelican's generators, run on contents that are already read.

Their writer writes nothing: what it is asked to write becomes rows of the plan.
"""

from __future__ import annotations

import functools
import locale
from collections import ChainMap
from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import Environment
from msgspec import Struct, field
from pelican.contents import Content
from pelican.generators import ArticlesGenerator, PagesGenerator
from pelican.paginator import Paginator
from pelican.settings import DEFAULT_CONFIG

from ..site.site import PelicanRow, Site
from ..source.problem import Place
from .contents import Contents
from .context import pelican_settings


def pelican_rows(site: Site, settings: Mapping[str, Any]) -> list[PelicanRow]:
    """Return every page that Pelican makes from the site's posts and pages."""
    if settings["LOCALE"] == DEFAULT_CONFIG["LOCALE"]:
        locale.setlocale(locale.LC_TIME, "C")  # no setting: do not use the machine's locale
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


class Template(Struct, frozen=True):
    """A template by its name; it is compiled only when it is rendered."""

    name: str
    environment: Environment


class Given:
    """A mixin that makes a generator of Pelican's use given contents and read no file."""

    contents: list[Content]
    settings: Mapping[str, Any]
    env: Environment

    def get_files(self, *_: object, **__: object) -> list[Content]:
        """Return the contents in place of files."""
        return self.contents

    def get_cached_data(self, content: Content, default: None) -> Content:
        """Return the content, as if it came from Pelican's cache."""
        return content

    def get_template(self, name: str) -> Template:
        """Return the template of the theme, or else that of Pelican's theme `simple`."""
        names = [name + ending for ending in self.settings["TEMPLATE_EXTENSIONS"]]
        return Template(next((n for n in names if n in self.known), f"{name}.html"), self.env)

    @functools.cached_property
    def known(self) -> frozenset[str]:
        """The names of all templates."""
        return frozenset(self.env.list_templates())


class Articles(Given, ArticlesGenerator):  # type: ignore[misc]
    """Pelican's generator of articles, their lists and archives."""


class Pages(Given, PagesGenerator):  # type: ignore[misc]
    """Pelican's generator of pages."""


class Writer(Struct):
    """A writer that collects the pages of Pelican's generators, in the order of their calls."""

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
        """Collect a page, or each part of a paginated list; `names` is what the template sees.

        The engine decides what is relative, and reports two pages at one address.
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
    """Yield what a template sees of one part of a list."""
    last = paginator.num_pages
    yield f"{key}_paginator", paginator
    yield f"{key}_page", paginator.page(number)
    yield f"{key}_previous_page", paginator.page(number - 1) if number > 1 else None
    yield f"{key}_next_page", paginator.page(number + 1) if number < last else None
