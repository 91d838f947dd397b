"""What the blog's views are made from, so that unchanged ones need not be made again.

The page of a post shows its own document whole, and of the site what `common_inputs` holds: of
other posts no more than heads and addresses. Lists show cards, and are else made of heads as well.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct, field

from ..site.announce import feed_views
from ..site.events import event_link
from ..site.site import Site, TemplateRow
from ..source.kept import Kept, Made
from ..source.problem import Place
from .kinds import CallFrontMatter
from .model import Blog, Page, Post
from .view import CardView


class KeptViews(Struct, frozen=True):
    """The views of the last build and of this one."""

    cards: Kept[Made[CardView]] = field(default_factory=Kept)
    """By source."""
    rows: Kept[TemplateRow] = field(default_factory=Kept)
    """By path."""

    def turn(self) -> None:
        """Begin another build."""
        self.cards.turn()
        self.rows.turn()

    def card(self, source: str, inputs: object, make: Callable[[], CardView]) -> Made[CardView]:
        """The card of a post: that of the last build if nothing changed that it is made from."""
        return self.cards.of(source, inputs, lambda: Made(inputs, make))

    def row(
        self, path: str, place: tuple[Place, str], inputs: object, make: Callable[[], object]
    ) -> TemplateRow:
        """The row of a page, of this origin and template."""
        view = Made(inputs, make)
        return self.rows.of(path, (place, inputs), lambda: TemplateRow(path, *place, view))


def common_inputs(site: Site, blog: Blog) -> tuple[object, ...]:
    """What the views of every post may depend on."""
    events = dict.fromkeys(post.front_matter.event for post in blog.posts)
    links = tuple(event_link(site, event) for event in events)
    return site.settings, site.menu, dict(site.sizes), blog.heads, feed_views(site), links


def own_inputs(site: Site, item: Post | Page) -> tuple[object, ...]:
    """What only the views of this post or page depend on; a call is open or closed by the clock."""
    document, source = item.document, item.document.source
    moment = site.now if isinstance(item.front_matter, CallFrontMatter) else None
    place = item.path, item.mark
    return document, place, site.links[source], site.downloads.get(source, ()), moment
