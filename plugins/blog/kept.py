"""What the views of a post are made from, so that unchanged ones need not be made again.

The page of a post shows its own document whole, and of the site what `common_inputs` holds: of
other posts no more than heads and addresses.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ..core.announce import own_feeds
from ..core.kept import Kept
from ..core.schema import CallFrontMatter
from ..core.site import Site
from ..schedule.events import event_link
from .model import Blog, Page, Post
from .present import feed_keys
from .view import ArticlePage, CardView


@dataclass(frozen=True, slots=True)
class KeptViews:
    """The views of posts, by source."""

    articles: Kept[ArticlePage] = field(default_factory=Kept)
    cards: Kept[CardView] = field(default_factory=Kept)

    def turn(self) -> None:
        """Begin another build."""
        self.articles.turn()
        self.cards.turn()


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


def own_inputs(site: Site, post: Post) -> tuple[object, ...]:
    """What only the views of this post depend on; a call is open or closed by the clock."""
    source = post.source
    moment = site.now if isinstance(post.front_matter, CallFrontMatter) else None
    return post, site.links[source], site.downloads.get(source, ()), moment
