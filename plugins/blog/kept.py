"""What the blog's views are made from, so that unchanged ones need not be made again.

The page of a post shows its own document whole, and of the site what `common_inputs` holds: of
other posts no more than heads and addresses. Lists show cards, and are else made of heads as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ..core.announce import own_feeds
from ..core.kept import Kept, Made
from ..core.schema import CallFrontMatter
from ..core.site import Site
from ..schedule.events import event_link
from .model import Blog, Page, Post
from .present import feed_keys
from .view import CardView


@dataclass(frozen=True, slots=True)
class KeptViews:
    """The views of the last build and of this one."""

    cards: Kept[Made[CardView]] = field(default_factory=Kept)
    """By source."""
    pages: Kept[Made[object]] = field(default_factory=Kept)
    """By path."""

    def turn(self) -> None:
        """Begin another build."""
        self.cards.turn()
        self.pages.turn()

    def card(self, source: str, inputs: object, make: Callable[[], CardView]) -> Made[CardView]:
        """The card of a post."""
        return self.cards.of(source, inputs, lambda: Made(inputs, make))

    def page(self, path: str, inputs: object, make: Callable[[], object]) -> Made[object]:
        """What the template of the page at a path sees."""
        return self.pages.of(path, inputs, lambda: Made(inputs, make))


def common_inputs(site: Site, blog: Blog) -> tuple[object, ...]:
    """What the views of every post may depend on."""
    feeds = dict.fromkeys(key for post in blog.posts for key in feed_keys(post))
    events = dict.fromkeys(post.front_matter.event for post in blog.posts)
    return (
        site.settings,
        site.menu,
        dict(site.sizes),
        tuple(_face(post) for post in blog.posts),
        tuple(_face(page) for page in blog.pages),
        own_feeds(site, feeds),
        tuple(event_link(site, event) for event in events),
    )


def _face(item: Post | Page) -> tuple[object, ...]:
    """What the pages of others show of it."""
    is_listed = isinstance(item, Post) and item.is_listed
    return item.document.slug, item.front_matter, item.path, item.language, item.mark, is_listed


def own_inputs(site: Site, item: Post | Page) -> tuple[object, ...]:
    """What only the views of this post or page depend on; a call is open or closed by the clock."""
    document, source = item.document, item.document.source
    moment = site.now if isinstance(item.front_matter, CallFrontMatter) else None
    place = item.path, item.mark
    return document, place, site.links[source], site.downloads.get(source, ()), moment
