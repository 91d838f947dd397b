"""Settings as Structs: all faults are reported at once, before any page is read."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Annotated, Any, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct, field

from .errors import ConfigurationError
from .problem import did_you_mean
from .rules import Before
from .schema import SitePath, keys_of
from .times import find_zone

S = TypeVar("S", bound=Struct)

MOST_SHOWN = 200
"""The number of characters of a wrong value that are shown."""

ALMOST = 0.85
"""The likeness from which one name is taken for the other misspelt: SITENAM, but not SITE_NAMES."""


def _zone(value: object) -> object:
    zone = find_zone(value) if isinstance(value, str) else value
    if zone is None:
        raise ValueError("a zone of the IANA database, like Europe/Amsterdam")
    return zone


def _site_url(value: object) -> object:
    if isinstance(value, str) and value and urlsplit(value).scheme not in {"http", "https"}:
        raise ValueError("an address like https://example.org or https://example.org/blog")
    return value.rstrip("/") if isinstance(value, str) else value


def _address_pattern(value: object, *, fields: tuple[str, ...]) -> object:
    """Return the value; raise ValueError if it is a text but no address pattern of these fields."""
    if not isinstance(value, str):
        return value
    day = datetime(2000, 1, 1)  # noqa: DTZ001  only tried out
    if set(re.findall(r"%(.)", value)) - set("YmdjHMS"):
        raise ValueError("a date of numbers only, like {date:%Y/%m}: names depend on the machine")
    try:
        value.format(**{field: day if field == "date" else 2000 for field in fields})
    except (KeyError, IndexError, ValueError, AttributeError, TypeError):
        names = ", ".join(f"{{{field}}}" for field in fields)
        raise ValueError(f"a pattern of an address with no fields but {names}") from None
    return value


TermPattern = Annotated[str, Before(partial(_address_pattern, fields=("slug",)))]
PagePattern = Annotated[str, Before(partial(_address_pattern, fields=("slug", "date", "lang")))]
StandingPattern = Annotated[str, Before(partial(_address_pattern, fields=("slug", "lang")))]
YearPattern = Annotated[str, Before(partial(_address_pattern, fields=("year",)))]
Zone = Annotated[ZoneInfo, Before(_zone)]
Links = tuple[tuple[str, str], ...]


class SiteSettings(Struct, frozen=True, kw_only=True, dict=True):
    """The settings in `pelicanconf.py` that all features need; the aliases are their names there.

    Where Pelican 4.12 has a setting, the default here is Pelican's, which always comes first.
    """

    name: Annotated[str, Meta(min_length=1)] = field(name="SITENAME")
    """The site's name."""
    subtitle: str = field(default="", name="SITESUBTITLE")
    """The site's subject, in a line."""
    url: Annotated[str, Before(_site_url)] = field(default="", name="SITEURL")
    """The address of its home page; if empty, the address of `make serve`."""
    port: int = field(default=8000, name="PORT")
    """The port of `make serve`."""
    language: str = field(default="en", name="DEFAULT_LANG")
    """The language of everything that does not name its own."""
    smart_punctuation: bool = field(default=True, name="SMART_PUNCTUATION")
    """True to turn typed quotes, dashes and dots into those of a text's language."""
    zone: Zone = field(default=ZoneInfo("UTC"), name="TIMEZONE")
    """The zone of dates that name none."""
    author: str = field(default="", name="AUTHOR")
    """The author of posts that name none."""
    copyright: str = field(default="", name="COPYRIGHT")
    """The line at the foot of every page."""
    licence: tuple[str, str] | None = field(default=None, name="LICENCE")
    """The name and address of the licence of the texts."""
    source: tuple[str, str] | None = field(default=None, name="SOURCE")
    """The name and address of the site's own source."""
    menu: Links = field(default=(), name="MENUITEMS")
    """More entries of the navigation: (label, address)."""
    fast_markdown: bool = field(default=True, name="FAST_MARKDOWN")
    """True to use `markdown/fast/` in place of loops of libraries; the output is the same."""
    article_paths: tuple[str, ...] = field(default=("",), name="ARTICLE_PATHS")
    """Folders below the content folder that hold posts."""
    page_paths: tuple[str, ...] = field(default=("pages",), name="PAGE_PATHS")
    """Folders that hold pages."""
    static_paths: tuple[str, ...] = field(default=("images",), name="STATIC_PATHS")
    """Folders whose files are all published; other files are published if they are linked."""
    extra_paths: Mapping[str, Mapping[str, str]] = field(
        default_factory=dict, name="EXTRA_PATH_METADATA"
    )
    """The output paths of single files: {"extra/robots.txt": {"path": "robots.txt"}}."""
    article_url: PagePattern = field(default="{slug}.html", name="ARTICLE_URL")
    page_url: StandingPattern = field(default="pages/{slug}.html", name="PAGE_URL")
    tag_url: TermPattern = field(default="tag/{slug}.html", name="TAG_URL")
    category_url: TermPattern = field(default="category/{slug}.html", name="CATEGORY_URL")
    author_url: TermPattern = field(default="author/{slug}.html", name="AUTHOR_URL")
    kind_url: TermPattern = field(default="{slug}/", name="KIND_URL")
    series_url: TermPattern = field(default="series/{slug}/", name="SERIES_URL")
    archive_url: YearPattern = field(default="archive/{year}/", name="ARCHIVE_URL")
    pagination: Annotated[int, Meta(ge=0)] = field(default=0, name="DEFAULT_PAGINATION")
    """The number of posts on one page of a list; 0 or False puts all on one."""
    redirects: Mapping[SitePath, SitePath | None] = field(default_factory=dict, name="REDIRECTS")
    """New addresses by old; None if gone for good: {"/old/": "/new/", "/older/": None}."""
    publish: bool = field(default=False, name="PUBLISH")
    """True for a build for the public: without drafts and future posts."""
    clock_may_go_back: bool = field(default=False, name="CLOCK_MAY_GO_BACK")
    """Publish although the clock is before the last publish, as `make publish CLOCK=back` does."""
    time_limit: Annotated[float, Meta(gt=0)] = field(default=20.0, name="READ_TIME_LIMIT")
    """Seconds that one file may take to read."""
    template_time_limit: Annotated[float, Meta(gt=0)] = field(
        default=20.0, name="TEMPLATE_TIME_LIMIT"
    )
    """Seconds of processor time that the template of one page may take."""
    page_size_limit: Annotated[int, Meta(gt=0)] = field(default=20_000_000, name="PAGE_SIZE_LIMIT")
    """The largest size of one page, in bytes."""

    @functools.cached_property
    def address(self) -> str:
        """The site's absolute address, without a slash at its end."""
        return self.url or f"http://localhost:{self.port}"

    @functools.cached_property
    def base(self) -> str:
        """The path that all addresses begin with: `/`, or `/blog/` for a site in a folder."""
        return urlsplit(self.address).path.rstrip("/") + "/"


def read_site_settings(settings: Mapping[str, Any]) -> SiteSettings:
    """Return the site's settings; raise ConfigurationError with every fault."""
    return _validated(SiteSettings, settings, prefix="{}")


def refuse_misspelt(settings: Mapping[str, Any], known: Iterable[str]) -> None:
    """Raise ConfigurationError with every name that is almost one of the known settings.

    Other names are the author's own, to build settings from.
    """
    names = sorted({*known, *keys_of(SiteSettings)})
    faults = [
        f"{name}: found an unknown setting; expected {match}"
        for name in sorted({*settings} - {*names})
        for match in get_close_matches(name, names, n=1, cutoff=ALMOST)
    ]
    if faults:
        raise ConfigurationError(*faults)


def setting_place(file: str, name: str) -> str:
    """Return the file and line at which a setting is last set; empty if it is not set there.

    If the file begins with `from pelicanconf import *`, the file of that name is searched too.
    """
    try:
        lines = ast.parse(Path(file).read_bytes()).body
    except (OSError, SyntaxError, ValueError):
        return ""
    for line in reversed(lines):
        if isinstance(line, ast.Assign) and name in map(_name_of, line.targets):
            return f"{file}:{line.lineno}"
        if isinstance(line, ast.ImportFrom) and line.module and line.names[0].name == "*":
            other = str(Path(file).with_name(f"{line.module}.py"))
            if other != file and (place := setting_place(other, name)):
                return place
    return ""


def _name_of(target: ast.expr) -> str:
    return target.id if isinstance(target, ast.Name) else ""


def read_feature_settings(kind: type[S], settings: Mapping[str, Any], name: str) -> S:
    """Return a feature's settings from the mapping in one setting, like `COMMAND`.

    Raise ConfigurationError with every fault, each by its full name.
    """
    return _validated(kind, settings.get(name, {}), prefix=name + "[{!r}]")


def _validated(kind: type[S], values: Mapping[str, Any], *, prefix: str) -> S:
    from pydantic import ValidationError  # noqa: PLC0415  only where settings are read anew

    from .checked import checked  # noqa: PLC0415  as above

    try:
        return checked(kind, values)
    except ValidationError as error:
        known = keys_of(kind)
        faults = error.errors(include_url=False)
        raise ConfigurationError(*(_sentence(f, known, prefix) for f in faults)) from None


def _sentence(fault: Any, known: list[str], prefix: str) -> str:
    key, *inner = fault["loc"]
    # In pydantic 2, “[key]” marks a fault in a mapping's key itself.
    name = prefix.format(key) + "".join(f"[{step!r}]" for step in inner if step != "[key]")
    if fault["type"] == "extra_forbidden":
        hint = did_you_mean(str(key), known)
        return f"{name}: found an unknown setting; expected one of {', '.join(known)}; {hint}"
    expected = re.sub("^(Value error, |Input should be |expected )", "", fault["msg"])
    return f"{name}: found {_shown(fault['input'])}; expected {expected}"


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= MOST_SHOWN else f"{text[: MOST_SHOWN - 1]}…"
