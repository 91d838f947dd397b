"""Settings, typed: all faults of a settings file are told at once, before any page is read."""

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
"""Characters of a wrong value that are told."""

ALMOST = 0.85
"""How alike two names are of which one is the other, misspelt: SITENAM, but not SITE_NAMES."""


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
    """A pattern that makes an address of these fields, and of no others."""
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
    """What all features need of `pelicanconf.py`; the aliases are the settings' names there.

    Where Pelican 4.12 has a setting, the default here is Pelican's, which always comes first.
    """

    name: Annotated[str, Meta(min_length=1)] = field(name="SITENAME")
    """The site's name."""
    subtitle: str = field(default="", name="SITESUBTITLE")
    """What it is about, in a line."""
    url: Annotated[str, Before(_site_url)] = field(default="", name="SITEURL")
    """The address of its home page; empty stands for the address of `make serve`."""
    port: int = field(default=8000, name="PORT")
    """Where `make serve` listens."""
    language: str = field(default="en", name="DEFAULT_LANG")
    """The language of everything that does not name its own."""
    smart_punctuation: bool = field(default=True, name="SMART_PUNCTUATION")
    """Whether typed quotes, dashes and dots become those of a text's language."""
    zone: Zone = field(default=ZoneInfo("UTC"), name="TIMEZONE")
    """The zone of dates without one."""
    author: str = field(default="", name="AUTHOR")
    """Who wrote a post that names nobody."""
    copyright: str = field(default="", name="COPYRIGHT")
    """The line at the foot of every page."""
    licence: tuple[str, str] | None = field(default=None, name="LICENCE")
    """The name and address of the licence of the texts."""
    source: tuple[str, str] | None = field(default=None, name="SOURCE")
    """The name and address of the site's own source."""
    menu: Links = field(default=(), name="MENUITEMS")
    """More entries of the navigation: (label, address)."""
    fast_markdown: bool = field(default=True, name="FAST_MARKDOWN")
    """Whether `markdown/fast/` stands in for loops of libraries; the output is the same."""
    article_paths: tuple[str, ...] = field(default=("",), name="ARTICLE_PATHS")
    """Folders below the content folder that hold posts."""
    page_paths: tuple[str, ...] = field(default=("pages",), name="PAGE_PATHS")
    """Folders that hold pages."""
    static_paths: tuple[str, ...] = field(default=("images",), name="STATIC_PATHS")
    """Folders whose files are all published; elsewhere, files are published when linked."""
    extra_paths: Mapping[str, Mapping[str, str]] = field(
        default_factory=dict, name="EXTRA_PATH_METADATA"
    )
    """Where single files go: {"extra/robots.txt": {"path": "robots.txt"}}."""
    article_url: PagePattern = field(default="{slug}.html", name="ARTICLE_URL")
    page_url: StandingPattern = field(default="pages/{slug}.html", name="PAGE_URL")
    tag_url: TermPattern = field(default="tag/{slug}.html", name="TAG_URL")
    category_url: TermPattern = field(default="category/{slug}.html", name="CATEGORY_URL")
    author_url: TermPattern = field(default="author/{slug}.html", name="AUTHOR_URL")
    kind_url: TermPattern = field(default="{slug}/", name="KIND_URL")
    series_url: TermPattern = field(default="series/{slug}/", name="SERIES_URL")
    archive_url: YearPattern = field(default="archive/{year}/", name="ARCHIVE_URL")
    pagination: Annotated[int, Meta(ge=0)] = field(default=0, name="DEFAULT_PAGINATION")
    """Posts on one page of a list; 0 or False puts all on one."""
    redirects: Mapping[SitePath, SitePath | None] = field(default_factory=dict, name="REDIRECTS")
    """Where old addresses lead, and which are gone for good: {"/old/": "/new/", "/older/": None}"""
    publish: bool = field(default=False, name="PUBLISH")
    """Whether this build is for the public: without drafts and future posts."""
    clock_may_go_back: bool = field(default=False, name="CLOCK_MAY_GO_BACK")
    """Publish although the clock is before the last publish, as `make publish CLOCK=back` does."""
    time_limit: Annotated[float, Meta(gt=0)] = field(default=20.0, name="READ_TIME_LIMIT")
    """Seconds that one file may take to read."""
    template_time_limit: Annotated[float, Meta(gt=0)] = field(
        default=20.0, name="TEMPLATE_TIME_LIMIT"
    )
    """Seconds of the processor that the template of one page may take."""
    page_size_limit: Annotated[int, Meta(gt=0)] = field(default=20_000_000, name="PAGE_SIZE_LIMIT")
    """Bytes of one page."""

    @functools.cached_property
    def address(self) -> str:
        """The site's absolute address, without a slash at its end."""
        return self.url or f"http://localhost:{self.port}"

    @functools.cached_property
    def base(self) -> str:
        """The path that all addresses begin with: `/`, or `/blog/` for a site in a folder."""
        return urlsplit(self.address).path.rstrip("/") + "/"


def read_site_settings(settings: Mapping[str, Any]) -> SiteSettings:
    """The site's settings; raises ConfigurationError with every fault."""
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
    """The file and line at which a setting is last set; empty when it is set nowhere there.

    A settings file that begins with `from pelicanconf import *` goes on in the file of that name.
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
    """A feature's settings from the mapping that one setting holds, like `COMMAND`.

    Raises ConfigurationError with every fault, each by its full name.
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
    # pydantic 2 calls a key of a mapping, where that is at fault, “[key]”.
    name = prefix.format(key) + "".join(f"[{step!r}]" for step in inner if step != "[key]")
    if fault["type"] == "extra_forbidden":
        hint = did_you_mean(str(key), known)
        return f"{name}: found an unknown setting; expected one of {', '.join(known)}; {hint}"
    expected = re.sub("^(Value error, |Input should be |expected )", "", fault["msg"])
    return f"{name}: found {_shown(fault['input'])}; expected {expected}"


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= MOST_SHOWN else f"{text[: MOST_SHOWN - 1]}…"
