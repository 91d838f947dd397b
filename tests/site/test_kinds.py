"""A new kind of post with facts of its own is one folder and one line in `PLUGINS`."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from tests.site_folder import SiteFolder, copied_site

PLUGIN = '''\
"""Adds recipes: posts that say how many they serve and how long they take."""

from plugins.site.feature import Feature
from plugins.site.signals import feature_init
from plugins.source.kinds import Channel, Fact, Kind
from plugins.source.schema import PostFrontMatter, Words


class RecipeFrontMatter(PostFrontMatter):
    """A recipe."""

    serves: int
    needs: Words = ()


def facts(recipe):
    """Yield what a cook has to know."""
    yield Fact.of_texts("Serves", [str(recipe.serves)])
    if recipe.needs:
        yield Fact.of_texts("Needs", recipe.needs)


def is_large(recipe):
    """Return whether many eat of it."""
    return recipe.serves >= 10


RECIPE = Kind(
    name="recipe",
    label="Recipe",
    plural="Recipes",
    introduction="What to cook.",
    place=15,
    front_matter=RecipeFrontMatter,
    facts=facts,
    channels=(Channel("feasts", "feasts", "Feasts", "Recipes for many.", is_large),),
)


def register():
    """Answer the engine's signal."""
    feature_init.connect(feature)


def feature(_):
    """Add the kind."""
    return Feature(name="recipe", kinds=(RECIPE,))
'''

SETTINGS = """\
from pathlib import Path

from pelicanconf import *

import plugins

THEME = str(Path(plugins.__file__).parents[1] / "theme")
PLUGINS = [*PLUGINS, "recipe"]
"""

SOUP = """\
---
title: Soup
kind: recipe
date: 2012-01-01
serves: 12
needs: [leeks, a large pot]
---
Chop and boil.
"""


@pytest.fixture
def kitchen(tmp_path: Path) -> SiteFolder:
    """A site with the kind `recipe`."""
    site = copied_site("minimal", tmp_path / "site")
    site.write("recipe/__init__.py", '"""Recipes."""\n')
    site.write("recipe/plugin.py", PLUGIN)
    site.write("settings.py", SETTINGS)
    site.write("content/posts/soup.md", SOUP)
    return site


def test_kind_has_a_page_a_list_facts_and_feeds_of_its_own(kitchen: SiteFolder) -> None:
    kitchen.built()
    page = html.fromstring(kitchen.page("posts/soup/index.html"))
    listed = html.fromstring(kitchen.page("recipes/index.html"))
    feeds = sorted(p.name for p in (kitchen.output / "feeds").glob("**/*ecipes.*"))
    facts = [" ".join(e.text_content().split()) for e in page.xpath("//dl[@class='facts']/div")]

    assert facts == ["Serves 12", "Needs leeks a large pot"]
    assert page.xpath("string(//*[contains(@class, 'eyebrow-kind')])") == "Recipe"
    assert listed.xpath("string(//h1)") == "Recipes"
    assert listed.xpath("string(//p[@class='masthead-text'])") == "What to cook."
    assert feeds == ["recipes.atom.xml", "recipes.json", "recipes.rss.xml"]
    assert (kitchen.output / "feeds/feasts.atom.xml").is_file()
    assert "&lt;li&gt;Serves: 12&lt;/li&gt;" in kitchen.page("feeds/all.atom.xml")


def test_front_matter_of_a_kind_is_checked(kitchen: SiteFolder) -> None:
    kitchen.write("content/posts/soup.md", SOUP.replace("serves: 12\n", ""))
    kitchen.write("content/posts/tea.md", SOUP.replace("kind: recipe", "kind: recipes"))
    kitchen.write("content/posts/cup.md", SOUP.replace("kind: recipe", "kind: essay"))

    assert (
        kitchen.build().whole
        == """\
content/posts/cup.md:5:1: found the key “serves”; expected it only in a post of kind recipe
    5 | serves: 12
      | ^
content/posts/cup.md:6:1: found the key “needs”; expected it only in a post of kind recipe
    6 | needs: [leeks, a large pot]
      | ^
content/posts/soup.md:2:1: found no “serves” in the front matter; expected a line “serves: …”
    2 | title: Soup
      | ^
content/posts/tea.md:3:7: found “recipes”; expected guide, recipe, essay, release, itinerary, \
recap, checklist, call, talk or news
    3 | kind: recipes
      |       ^
    hint: did you mean “recipe”?
4 problems: nothing was changed in the output
exit 1
"""
    )


def test_plugin_that_raises_is_named_with_the_post(kitchen: SiteFolder) -> None:
    kitchen.write("recipe/plugin.py", PLUGIN.replace("if recipe.needs:", "if recipe.need:"))

    assert (
        kitchen.build().whole
        == """\
configuration: PLUGINS: 'recipe' failed in the facts of 'recipe' for “Soup”: AttributeError: \
'RecipeFrontMatter' object has no attribute 'need' (recipe/plugin.py:19)
exit 2
"""
    )


def test_kind_that_two_plugins_add_is_refused(kitchen: SiteFolder) -> None:
    kitchen.write("recipe/plugin.py", PLUGIN.replace('name="recipe",\n', 'name="essay",\n', 1))

    assert (
        kitchen.build().whole
        == """\
settings.py:8: PLUGINS: found the kind of post 'essay' in recipe; expected \
each kind once, and blog has it
exit 2
"""
    )
