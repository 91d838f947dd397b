"""The text of a post for feed readers: whole, harmless, with absolute addresses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any
from urllib.parse import urljoin

import nh3
from msgspec import Struct

from ..markdown.document import Markup
from ..markdown.html import PLAIN_SPAN, map_attributes
from ..site.head import direction
from ..site.remembers import Remembers, segments_of
from ..source.text import xml_text

# The elements that readers show. Their own lists are shorter; of other elements the text stays.
TAGS = frozenset(
    "a abbr address audio b bdi bdo blockquote br caption cite code col colgroup dd del details "
    "dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p picture "
    "pre q rp rt ruby s samp small source strong sub summary sup table tbody td tfoot th thead "
    "time tr track u ul var video wbr".split()
)

# Elements removed with their text: it is not for reading, or useless without script and style.
DROPPED = frozenset(
    "applet button canvas datalist dialog embed form frame frameset iframe noframes object script "
    "select style svg template textarea title".split()
)

ATTRIBUTES = {
    "*": {"dir", "lang", "title"},
    "a": {"href", "hreflang"},
    "audio": {"controls", "src"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"cite", "datetime"},
    "details": {"open"},
    "img": {"alt", "height", "sizes", "src", "srcset", "width"},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "ol": {"reversed", "start", "type"},
    "q": {"cite"},
    "source": {"media", "sizes", "src", "srcset", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "track": {"default", "kind", "label", "src", "srclang"},
    "video": {"controls", "height", "poster", "src", "width"},
}

RULES: Mapping[str, Any] = {
    "tags": set(TAGS),
    "clean_content_tags": set(DROPPED),
    "attributes": ATTRIBUTES,
    "url_schemes": set("geo http https mailto tel webcal xmpp".split()),
    "link_rel": None,
}


class Content(Struct, frozen=True):
    """The text of an entry, before it is cleaned for readers."""

    markup: Markup
    """The plain markup of the document."""
    url: str
    """The entry's own address."""
    language: str
    before: str = ""
    """Markup before the text, as on the page."""
    segments: tuple[str, ...] = ()
    """The segments of the markup, if the cache does not have them."""

    def html(self, memo: Remembers) -> str:
        """Return the clean markup; every address in it is absolute."""
        segments = self.segments or segments_of(memo, self.markup.digest)
        html = clean_markup(self.before + self.markup.html(segments), self.url)
        if direction(self.language) == "rtl":
            # Readers lay out by the markup; they ignore the feed's `xml:lang`.
            return f'<div lang="{escape(self.language)}" dir="rtl">{html}</div>'
        return html


def clean_markup(html: str, url: str) -> str:
    """Return the markup with only elements that readers show, and absolute addresses."""
    cleaner = nh3.Cleaner(**RULES, url_relative=("rewrite_with_base", url))
    # Spans are a third of the cleaner's work.
    text = _with_absolute_sets(xml_text(PLAIN_SPAN.sub("", html)), url)
    return xml_text(cleaner.clean(text))  # the cleaner reads `&#7;` as the character


def _with_absolute_sets(html: str, url: str) -> str:
    """Return the markup with each `srcset` resolved: nh3 0.3 treats it as text."""
    return map_attributes(html, _set_resolver(url)) if "srcset" in html.lower() else html


def _set_resolver(url: str) -> Callable[[str, str, str], str | None]:
    def change(tag: str, name: str, value: str) -> str | None:
        if name != "srcset":
            return None
        parts = [part.strip().partition(" ") for part in value.split(",")]
        return ", ".join(f"{urljoin(url, u)}{gap}{size}" for u, gap, size in parts if u)

    return change
