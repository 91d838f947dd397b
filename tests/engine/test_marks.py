"""A mark of ours in an output is a fault of ours: the build stops with exit code 3."""

from __future__ import annotations

from collections.abc import Callable

from tests.site_folder import SiteFolder

HEAD = "---\ntitle: A\nkind: news\ndate: 2012-01-01\n---\n"

LEAKY = """
from xml.etree.ElementTree import SubElement

from plugins.site import signals
from plugins.site.feature import Feature


def leak(root, reading):
    if reading.slug == "a":
        SubElement(root, "script").text = "\\x02"


def answer(engine):
    return Feature(name="leaky", trees=(leak,))


def register():
    signals.feature_init.connect(answer)
"""


def test_mark_that_is_left_stops_the_build(site: Callable[..., SiteFolder]) -> None:
    folder = site("minimal")
    folder.write("leaky.py", LEAKY)
    folder.write("settings.py", 'from pelicanconf import *\n\nPLUGINS = [*PLUGINS, "leaky"]\n')
    folder.write("content/posts/a.md", f"{HEAD}Text.\n")

    finished = folder.build()

    assert finished.code == 3
    assert "a.md: a mark of the Markdown reader is left near" in finished.report
