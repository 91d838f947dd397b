"""The view of the frame around every page's content."""

from __future__ import annotations

from msgspec import Struct

from ..site.site import Site
from ..site.view import LinkView, SiteView
from .assets import STYLE, Assets


class Shell(Struct, frozen=True):
    """The shell of a site: the theme's files, and the view of the frame that templates see."""

    assets: Assets
    view: SiteView


def view_site(site: Site, assets: Assets) -> SiteView:
    """Return the view of the frame that all pages share."""
    settings = site.settings
    folder = settings.base + assets.folder
    return SiteView(
        name=settings.name,
        subtitle=settings.subtitle,
        language=settings.language,
        base=settings.base,
        assets=folder,
        copyright=settings.copyright,
        licence=LinkView(*settings.licence) if settings.licence else None,
        source=LinkView(*settings.source) if settings.source else None,
        styles=(folder + STYLE,),
        scheme_script=assets.scheme_script,
        script=folder + "js/site.js",
        feeds=site.feeds,
        subscribe=site.landmark("subscribe"),
        search=site.landmark("search"),
    )
